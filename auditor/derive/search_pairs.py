"""What answers to pairs of questions say: does another way of asking find what the first one found?"""

from dataclasses import dataclass

from auditor.model.search import Answer, SearchRecord


@dataclass(frozen=True)
class Pairs:
    """Answers to the second questions of pairs whose first question found what it should."""

    found: tuple[Answer, ...] = ()
    missed: tuple[Answer, ...] = ()
    untested: tuple[Answer, ...] = ()
    """There is no answer, or it was not read to its end."""

    @property
    def judged(self) -> int:
        return len(self.found) + len(self.missed)


def pairs(record: SearchRecord, purpose: str) -> Pairs:
    """The pairs that were asked for *purpose*.

    A first question that does not find its page says that the page is not indexed, or ranks far down: that pair says
    nothing. Nor does a second one that was not read to its end.
    """
    found: list[Answer] = []
    missed: list[Answer] = []
    open_: list[Answer] = []
    for answer in record.of(purpose):
        beside = answer.question.beside
        if not beside:
            continue
        first = record.answer(beside)
        if first is None or first.untested or answer.untested:
            open_.append(answer)
        elif first.rank(answer.question.expects) is None:
            continue
        elif answer.rank(answer.question.expects) is not None:
            found.append(answer)
        elif answer.complete:
            missed.append(answer)
        else:
            open_.append(answer)
    return Pairs(tuple(found), tuple(missed), tuple(open_))

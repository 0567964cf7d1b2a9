"""Lists of hits beside each other: the same question in several orders, and narrowed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.model.outcome import Outcome, Target, untested
from auditor.model.search import Answer, Order, SearchRecord
from auditor.model.site import Site


@dataclass(frozen=True)
class Lists:
    """All lists that one query gave."""

    query: str
    first: Answer | None
    """In the order that the search begins with."""
    ordered: Mapping[Order, Answer]
    narrowed: tuple[Answer, ...]

    @property
    def whole(self) -> tuple[Answer, ...]:
        """The lists that are not narrowed, each read to its end, the first one first."""
        found = (*((self.first,) if self.first else ()), *self.ordered.values())
        return tuple(answer for answer in found if answer.complete and not answer.untested)

    @property
    def union(self) -> frozenset[str]:
        """Addresses that any of the whole lists shows."""
        return frozenset(url for answer in self.whole for url in answer.addresses)

    @property
    def agree(self) -> bool:
        """Whether all whole lists show the same hits."""
        return all(frozenset(answer.addresses) == self.union for answer in self.whole)

    def loses(self, answer: Answer) -> bool:
        """Whether *answer* shows fewer hits than it says there are, and another order shows some of the rest."""
        shown = len(answer.addresses)
        return answer.count is not None and shown < answer.count and shown < len(self.union)


def lists(record: SearchRecord, purpose: str) -> Iterator[Lists]:
    """The lists of each query that was asked for *purpose*, in the order in which they were asked."""
    queries: dict[str, list[Answer]] = defaultdict(list)
    for answer in record.of(purpose):
        queries[answer.question.query].append(answer)
    for query, answers in queries.items():
        plain = [answer for answer in answers if not answer.question.choice]
        yield Lists(
            query=query,
            first=next((answer for answer in plain if answer.question.order is None), None),
            ordered={answer.question.order: answer for answer in plain if answer.question.order},
            narrowed=tuple(answer for answer in answers if answer.question.choice),
        )


def unasked(site: Site) -> Iterator[Outcome]:
    """Says why the search was not asked, if it was not."""
    if site.search.untested:
        yield untested(Target(), site.search.untested)


def target_of(answer: Answer) -> Target:
    """The page of results with *answer*; its text says what was asked."""
    question = answer.question
    order = answer.called(question.order) if question.order else ""
    asked = " · ".join(filter(None, (question.query, order, question.choice)))
    return Target(url=answer.address, text=asked)

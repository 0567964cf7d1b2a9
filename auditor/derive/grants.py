"""What pages say of grants: the last days to apply, and amounts per something."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.derive.wording import plain, words
from auditor.model.site import Given, PageSummary

_DEFINITE = ("et", "en", "ets", "ens", "s")
_VARIABLE = re.compile(
    r"\d+|\b(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\b", re.IGNORECASE
)
_ENOUGH_WORDS = 6
_GENERAL = ("bidrag", "stöd", "föreningsbidrag", "föreningsstöd", "grant", "grants", "support")
"""Names of all grants together, which have days and amounts of many."""


def grant_in(text: str, endings: Sequence[str]) -> str:
    """The one grant that *text* names («aktivitetsbidraget» → «aktivitetsbidrag»); empty if none or several."""
    found = {named for word in words(text) if (named := _grant(word, endings)) and named not in _GENERAL}
    return found.pop() if len(found) == 1 else ""


def _grant(word: str, endings: Sequence[str]) -> str:
    for ending in endings:
        for tail in ("", *_DEFINITE):
            if word.endswith(ending + tail):
                return word.removesuffix(tail) if tail else word
    return ""


@dataclass(frozen=True)
class Told:
    """What one page says about one grant in one respect."""

    page: PageSummary
    grant: str
    about: str
    """days or amount."""
    values: frozenset[str]
    years: frozenset[str]
    shown: str
    sentences: frozenset[str]
    """Without numbers and months, so that two versions of one sentence are the same."""

    def contradicts(self, other: "Told") -> bool:
        """Whether the two pages have nothing in common, and do not speak of different years."""
        apart = self.page.url != other.page.url and self.values.isdisjoint(other.values)
        return apart and not (self.years and other.years and self.years.isdisjoint(other.years))

    def same_words(self, other: "Told") -> bool:
        """Whether one sentence stands on both pages, with other numbers."""
        return any(len(sentence.split()) >= _ENOUGH_WORDS for sentence in self.sentences & other.sentences)


def told_of_grants(page: PageSummary, endings: Sequence[str], other_errands: Sequence[str]) -> Iterator[Told]:
    """What *page* says of each grant that it names beside a day or amount.

    A grant is named by the sentence, else by the heading above, else by the page's main heading. Sentences about other
    errands (reporting, cancelling) are left out.
    """
    found: dict[tuple[str, str, str], list[Given]] = defaultdict(list)
    own = grant_in(page.main_heading, endings)
    for statement in page.statements:
        said = plain(statement.sentence)
        if statement.kind not in ("day", "amount") or any(stem in said for stem in other_errands):
            continue
        grant = grant_in(statement.sentence, endings) or (
            "" if _names_any(statement.sentence, endings) else _of_heading(statement, endings) or own
        )
        if grant:
            unit = statement.value.partition("/")[2] if statement.kind == "amount" else ""
            found[grant, statement.kind, unit].append(statement)
    for (grant, kind, unit), group in found.items():
        yield Told(
            page=page,
            grant=f"{grant} ({unit})" if unit else grant,
            about="days" if kind == "day" else "amount",
            values=frozenset(one.value[-5:] if kind == "day" else one.value for one in group),
            years=frozenset(one.value[:4] for one in group if kind == "day" and one.value[0].isdigit()),
            shown=", ".join(dict.fromkeys(one.shown for one in group)),
            sentences=frozenset(plain(_VARIABLE.sub("", one.sentence)) for one in group),
        )


def _of_heading(statement: Given, endings: Sequence[str]) -> str:
    return grant_in(" ".join(statement.labels), endings)


def _names_any(text: str, endings: Sequence[str]) -> bool:
    """Whether *text* names grants, though not exactly one."""
    return any(_grant(word, endings) not in ("", *_GENERAL) for word in words(text))

"""What pages say that premises cost, so that two pages can be set beside each other.

The same hall has many prices: they differ by who hires it, when, and for how long. Two amounts are about the same only
if all that is said around them is: the name, the unit of time, and every word that is known to tell prices apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.derive.premises import Named, PremisesWords, named_premises
from auditor.derive.urls import path_of
from auditor.derive.wording import plain, words
from auditor.model.site import Given, PageSummary

_UNIT = re.compile(
    r"(?:/|\bper\b|\bför en\b|\bför ett\b|\bi en\b)\s*(?:påbörjad\s+|hel\s+)?"
    r"(halvtimme|timme|tim|h|dygn|dag|heldag|kväll|natt|helg|vecka|månad|termin|säsong|år|tillfälle|gång|pass)\b"
    r"|\b(tim)(?:pris|taxa|avgift|hyra|kostnad)|\b(dags)(?:pris|hyra|avgift)",
    re.IGNORECASE,
)
_AMOUNTS = re.compile(r"(?:\d{1,3}(?:[ \u00a0.]\d{3})+|\d+)(?:[.,]\d\d)?\s*(?:kr\b|kronor\b|sek\b|:-)", re.IGNORECASE)
_SAME_UNIT = {"tim": "timme", "h": "timme", "heldag": "dag", "dags": "dag", "gång": "tillfälle"}
_ENOUGH_WORDS = 6
_CORNER = 3
"""Which label of a price in a table is the table's corner."""
_SMALL = frozenset((
    *("och", "eller", "i", "på", "av", "för", "till", "med", "om", "vad", "hur", "det", "är", "så", "här", "mycket"),
    *("and", "or", "in", "of", "for", "to", "what", "how", "does", "it", "much", "is", "the"),
))  # fmt: skip
"""Words of headings and rows that tell no price from another."""
_MONTHS = frozenset((
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
))  # fmt: skip


@dataclass(frozen=True)
class Fee:
    """What one page says that one thing costs, for one kind of use."""

    page: PageSummary
    thing: str
    is_name: bool
    """The thing is called by a name of its own, not by a word for many."""
    unit: str
    """timme, dag, tillfälle, …; empty if none or several are named."""
    kinds: frozenset[str]
    values: frozenset[str]
    shown: str
    said: frozenset[str]
    """What stands around the amounts, without what names the thing, so that the same words can be known again."""
    years: frozenset[str] = frozenset()
    """From when the page says that its prices hold; empty if it does not."""

    def contradicts(self, other: "Fee") -> bool:
        """Whether two pages give amounts for the same, have none in common, and do not speak of different years."""
        apart = self.page.url != other.page.url and self.values.isdisjoint(other.values)
        return apart and not (self.years and other.years and self.years.isdisjoint(other.years))

    def surely(self, other: "Fee") -> bool:
        """Whether the two are about the same beyond doubt: a name, the same words around the amounts, one validity."""
        return self.is_name and bool(self.said & other.said) and self.years == other.years


def fees(page: PageSummary, known: PremisesWords) -> Iterator[Fee]:
    """What *page* says that premises cost, as far as it is said of what, and for whom or per what."""
    found: dict[tuple[str, bool, str, frozenset[str]], list[tuple[Given, str]]] = defaultdict(list)
    years = frozenset(word for word in words(f"{page.main_heading} {path_of(page.url)}") if _is_year(word))
    valid = frozenset(given.value for given in page.statements if given.kind == "prices")
    for given in page.statements:
        if given.kind != "fee":
            continue
        own, around = (
            (given.sentence, given.labels) if given.sentence else (" | ".join(given.labels[:2]), given.labels[2:])
        )
        named = named_premises((own, *around, page.main_heading), known)
        if named is None:
            continue
        told = " | ".join((own, *around))
        kinds = _kinds(told, named.thing, known) | named.parts | _particulars(given, named, known) | years
        found[named.thing, named.is_name, _unit(told), kinds].append((given, _said(given, own, named.thing, known)))
    for (thing, is_name, unit, kinds), group in found.items():
        said = frozenset(around for given, around in group if around or (unit and not given.sentence))
        if (unit and kinds) or said:
            yield Fee(
                page=page,
                thing=thing,
                is_name=is_name,
                unit=unit,
                kinds=kinds,
                values=frozenset(given.value for given, _ in group),
                shown=", ".join(dict.fromkeys(given.shown for given, _ in group)),
                said=said,
                years=valid,
            )


def _unit(text: str) -> str:
    found = {next(filter(None, match.groups())).lower() for match in _UNIT.finditer(text)}
    units = {_SAME_UNIT.get(unit, unit) for unit in found}
    return units.pop() if len(units) == 1 else ""


def _kinds(text: str, thing: str, known: PremisesWords) -> frozenset[str]:
    """What tells the price apart from others: known stems, numbers that are no amounts, months."""
    rest = [word for word in words(_AMOUNTS.sub(" ", text)) if word not in thing.split()]
    stems = {stem for stem in known.kinds for word in rest if word.startswith(stem)}
    return frozenset(stems | {word for word in rest if word.isdigit() or word in _MONTHS})


def _particulars(given: Given, named: Named, known: PremisesWords) -> frozenset[str]:
    """What a price list's row, and what heads it below the name of the premises, say besides: «cafeteria».

    The table's corner («Lokal», «Typ av hyra») says nothing of a row. In running text only the headings below that name
    count: a sentence has words that tell nothing.
    """
    above = given.labels if given.sentence else given.labels[_CORNER + 1 :]
    before = 1 if given.sentence else _CORNER
    texts = (*above[: max(0, named.index - before)], *(() if given.sentence else (given.labels[0], given.labels[2])))
    left = {word for text in texts for word in words(_AMOUNTS.sub(" ", text))}
    return frozenset(left - set(named.thing.split()) - set(known.fillers) - _SMALL)


def _said(given: Given, own: str, thing: str, known: PremisesWords) -> str:
    """The words around the amount that make it the same one elsewhere; empty if they are too few to be sure.

    In a price list what the row and the column say besides the thing; in running text the whole sentence.
    """
    if given.sentence:
        rest = plain(_AMOUNTS.sub(" ", own))
        return rest if len(rest.split()) >= _ENOUGH_WORDS and set(thing.split()) <= set(rest.split()) else ""
    left = [word for word in words(own) if word not in thing.split() and word not in known.fillers]
    return " ".join(sorted(left))


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")

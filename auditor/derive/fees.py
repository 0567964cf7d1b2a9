"""What pages say that premises cost, so that two pages can be set beside each other.

The same hall has many prices: they differ by who hires it, when, and for how long. Two amounts are about the same only
if all that is said around them is: the name, the unit of time, and every word that is known to tell prices apart.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.derive.urls import path_of
from auditor.derive.wording import plain, words
from auditor.model.site import Given, PageSummary

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_TAILS = ("en", "n", "et", "ens", "ets", "s", "")
_DEFINITE = ("en", "n", "et", "ens", "ets")
_UNIT = re.compile(
    r"(?:/|\bper\b|\bför en\b|\bför ett\b|\bi en\b)\s*(?:påbörjad\s+|hel\s+)?"
    r"(halvtimme|timme|tim|h|dygn|dag|heldag|kväll|natt|helg|vecka|månad|termin|säsong|år|tillfälle|gång|pass)\b"
    r"|\b(tim)(?:pris|taxa|avgift|hyra|kostnad)|\b(dags)(?:pris|hyra|avgift)",
    re.IGNORECASE,
)
_AMOUNTS = re.compile(r"(?:\d{1,3}(?:[ \u00a0]\d{3})+|\d+)(?:[.,]\d\d)?\s*(?:kr\b|kronor\b|sek\b|:-)", re.IGNORECASE)
_SAME_UNIT = {"tim": "timme", "h": "timme", "heldag": "dag", "dags": "dag", "gång": "tillfälle"}
_ENOUGH_WORDS = 6
_MONTHS = frozenset((
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
))  # fmt: skip


@dataclass(frozen=True)
class FeeWords:
    """Words by which prices are told apart; lower-case."""

    premises: Sequence[str]
    """Ends of words that name premises («hall»)."""
    common: Sequence[str]
    """Words that many premises are called by («sporthall»), and what stands before a name without being part of it."""
    kinds: Sequence[str]
    """Stems that tell whom, when or what a price is for («barn», «helg», «moms»)."""
    fillers: Sequence[str]
    """Words that say nothing but that it is a price («avgift», «kr»)."""


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

    def contradicts(self, other: "Fee") -> bool:
        """Whether two pages give amounts for the same, and have none in common."""
        return self.page.url != other.page.url and self.values.isdisjoint(other.values)

    def surely(self, other: "Fee") -> bool:
        """Whether the two are about the same beyond doubt: a name, and the same words around the amounts."""
        return self.is_name and bool(self.said & other.said)


def fees(page: PageSummary, known: FeeWords) -> Iterator[Fee]:
    """What *page* says that premises cost, as far as it is said of what, and for whom or per what."""
    found: dict[tuple[str, bool, str, frozenset[str]], list[tuple[Given, str]]] = defaultdict(list)
    years = frozenset(word for word in words(f"{page.main_heading} {path_of(page.url)}") if _is_year(word))
    for given in page.statements:
        if given.kind != "fee":
            continue
        own, around = (
            (given.sentence, given.labels) if given.sentence else (" | ".join(given.labels[:2]), given.labels[2:])
        )
        things = _things(own, known) or _things(page.main_heading, known)
        thing, is_name = next(iter(things.items())) if len(things) == 1 else ("", False)
        if not thing:
            continue
        told = f"{own} {' '.join(around)}"
        kinds = _kinds(told, thing, known) | years
        found[thing, is_name, _unit(told), kinds].append((given, _said(given, own, thing, known)))
    for (thing, is_name, unit, kinds), group in found.items():
        said = frozenset(words_around for _, words_around in group if words_around)
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
            )


def _things(text: str, known: FeeWords) -> dict[str, bool]:
    """The things that *text* names, and whether by a name of their own; "" for what may be any («en gymnastiksal»).

    «Hallen» alone is none: it means what the page is about.
    """
    found: dict[str, bool] = {}
    tokens = _TOKEN.findall(text)
    for index, token in enumerate(tokens):
        parts = _parted(token.casefold(), known.premises)
        if parts is None:
            continue
        base, tail = parts
        before = tokens[index - 1] if index else ""
        is_common = base in known.premises or base in known.common
        is_vague = is_common and before.casefold() in known.common
        has_name = before[:1].isupper() and before.casefold() not in known.common and not _tells_price(before, known)
        if has_name or (tail in _DEFINITE and base not in known.premises and not is_vague):
            after = tokens[index + 1] if index + 1 < len(tokens) and len(tokens[index + 1]) == 1 else ""
            found[plain(f"{before if has_name else ''} {token} {after}")] = has_name or not is_common
        elif is_vague or tail not in _DEFINITE:
            found[""] = False
    return found


def _parted(word: str, stems: Sequence[str]) -> tuple[str, str] | None:
    """*word* without its ending, and the ending, if it ends as words for premises do."""
    for stem in stems:
        for tail in _TAILS:
            if word.endswith(stem + tail):
                return word.removesuffix(tail) if tail else word, tail
    return None


def _tells_price(token: str, known: FeeWords) -> bool:
    word = token.casefold()
    return word in known.fillers or any(word.startswith(stem) for stem in known.kinds)


def _unit(text: str) -> str:
    found = {next(filter(None, match.groups())).lower() for match in _UNIT.finditer(text)}
    units = {_SAME_UNIT.get(unit, unit) for unit in found}
    return units.pop() if len(units) == 1 else ""


def _kinds(text: str, thing: str, known: FeeWords) -> frozenset[str]:
    """What tells the price apart from others: known stems, numbers that are no amounts, months."""
    rest = [word for word in words(_AMOUNTS.sub(" ", text)) if word not in thing.split()]
    stems = {stem for stem in known.kinds for word in rest if word.startswith(stem)}
    return frozenset(stems | {word for word in rest if word.isdigit() or word in _MONTHS})


def _said(given: Given, own: str, thing: str, known: FeeWords) -> str:
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

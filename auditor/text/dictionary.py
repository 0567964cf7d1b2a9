"""What a spelling dictionary in Hunspell's format knows of words: which there are, and how they stand in compounds.

Read are the entries' flags for compounds (COMPOUNDBEGIN, COMPOUNDMIDDLE, COMPOUNDEND) and those suffix rules whose
results bear such flags («förening» gives «förenings-»). Inflection is left to the stemmer.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_LETTERS = re.compile(r"[a-zåäöéüèà]+")
_SHORTEST = 2


@dataclass(frozen=True, eq=False)
class Dictionary:
    """The words of a language. Two are the same only if they are one: they are too large to be compared."""

    words: frozenset[str] = frozenset()
    """Entries in lower case; inflected forms only where they have entries of their own."""
    firsts: Mapping[str, str] = field(default_factory=dict)
    """Form that may stand first in a compound → the word that it is a form of."""
    lasts: frozenset[str] = frozenset()
    """Words that may stand last in a compound, uninflected."""
    name: str = ""
    """Where it came from and of which version, as a reader is told."""


@dataclass(frozen=True)
class _Suffix:
    strip: str
    add: str
    when: re.Pattern[str]

    def applied(self, word: str) -> str | None:
        if not self.when.search(word) or (self.strip and not word.endswith(self.strip)):
            return None
        return (word[: -len(self.strip)] if self.strip else word) + self.add


def read_dictionary(entries: Iterable[str], affixes: Iterable[str], name: str = "") -> Dictionary:
    """The dictionary in the lines of a ``.dic`` and an ``.aff`` file; lines that make no sense are passed over.

    Args:
        entries: lines of the ``.dic`` file; the first one, the number of entries, is passed over as no word.
        affixes: lines of the ``.aff`` file, with single-letter flags.
        name: what readers are told of it.
    """
    begin, last, joined = _affixes(affixes)
    words: set[str] = set()
    firsts: dict[str, str] = {}
    lasts: set[str] = set()
    for line in entries:
        entry, _, flags = line.split("\t", 1)[0].strip().partition("/")
        word = entry.casefold()
        if len(word) < _SHORTEST or not _LETTERS.fullmatch(word):
            continue
        bound = begin[1] and begin[1] in flags
        if not bound:
            words.add(word)
        if any(flag in flags for flag in begin[0]):
            firsts.setdefault(word, word)
        if last and last in flags:
            lasts.add(word)
        for flag in flags:
            for rule in joined.get(flag, ()):
                if form := rule.applied(word):
                    firsts.setdefault(form, word)
    for form, word in firsts.items():
        if word not in lasts:
            firsts[form] = _whole(word, lasts)
    return Dictionary(frozenset(words), firsts, frozenset(lasts), name)


def _whole(form: str, lasts: set[str]) -> str:
    """The word of which *form*, which stands only in compounds, is a form: «skol» → «skola», «gatu» → «gata»."""
    tries = (form + "a", form + "e", form[:-1] + "a", form[:-1], form[:-1] + "e")
    return next((word for word in tries if word in lasts), form)


def _affixes(lines: Iterable[str]) -> tuple[tuple[str, str], str, Mapping[str, tuple[_Suffix, ...]]]:
    """Flags that begin compounds and the flag of forms that only stand in them; the one that ends; rules that join."""
    begin, only, end = "", "", ""
    rules: dict[str, list[tuple[_Suffix, str]]] = defaultdict(list)
    for line in lines:
        parts = line.split()
        if len(parts) == 2 and parts[0] in ("COMPOUNDBEGIN", "COMPOUNDMIDDLE"):
            begin += parts[1]
        elif len(parts) == 2 and parts[0] == "COMPOUNDEND":
            end = parts[1]
        elif len(parts) == 2 and parts[0] == "ONLYINCOMPOUND":
            only = parts[1]
        elif len(parts) >= 5 and parts[0] == "SFX":
            added, _, flags = parts[3].partition("/")
            strip, add = (part if part != "0" else "" for part in (parts[2], added))
            if flags and _LETTERS.fullmatch(strip + add or "a"):
                rules[parts[1]].append((_Suffix(strip, add, _condition(parts[4])), flags))
    joined = {
        flag: tuple(rule for rule, flags in given if set(flags) & set(begin)) for flag, given in rules.items() if begin
    }
    return (begin, only), end, {flag: kept for flag, kept in joined.items() if kept}


def _condition(told: str) -> re.Pattern[str]:
    """Hunspell's condition: letters, classes and dots, at the end of the word."""
    safe = re.fullmatch(r"(?:[a-zåäöéA-ZÅÄÖ.]|\[\^?[a-zåäöéA-ZÅÄÖ]+\])*", told)
    return re.compile((told if safe else r"(?!)") + "$")

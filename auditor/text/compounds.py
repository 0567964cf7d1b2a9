"""Splits compounds: by a dictionary of the language and the site's own words, or by the latter alone."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from auditor.text.dictionary import Dictionary

SHORTEST_PART = 3
LONGEST_WORD = 50
"""Longer ones are no words; trying to split them takes time."""
MOST_PARTS = 3
_LINKS = ("", "s", "e", "a", "o", "u")
"""What Swedish puts between the parts of a compound, or takes from the first one («skol-», «gatu-», «förenings-»)."""
_SAID_ALONE = """
för till över under efter mot med från bort fram upp ner ned hem ihop igen kring vid mellan genom åter miss van
hos per den det dig dem han hon man min vår era ens ett ska vad vem hur nog men
"""
_PARTICLES = frozenset(_SAID_ALONE.split())
"""Words that stand before verbs, or hardly ever first in a compound; splitting them off says nothing."""
_SHORT_FIRSTS = frozenset({"is", "el", "it", "tv", "öl", "ö"})
"""Words of fewer letters than a part must have, that do begin compounds of municipalities («ishall», «elavtal»)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a compound."""

    surface: str
    """As it stands in the compound, with what links it («förenings»)."""
    word: str
    """The word that it is a form of («förening»)."""


_Split = tuple[float, tuple[Part, ...]]
"""Cost and parts."""


class Splitter(Protocol):
    """What finds the parts of a compound."""

    def split(self, word: str) -> tuple[Part, ...]:
        """The parts of *word*, which is in lower case, in order; none if it is no compound that can be explained."""


_INFLECTIONS = (
    ("en", ""), ("et", ""), ("n", ""), ("t", ""), ("ar", ""), ("er", ""), ("or", "a"), ("r", ""), ("na", ""),
    ("arna", ""), ("erna", ""), ("orna", "a"), ("rna", ""), ("ens", ""), ("ets", ""), ("s", ""), ("arnas", ""),
    ("ernas", ""), ("ornas", "a"), ("ar", "e"), ("arna", "e"), ("lar", "el"), ("larna", "el"), ("rar", "er"),
    ("ningar", "ning"), ("ningarna", "ning"), ("lser", "lse"), ("ngar", "ng"),
)  # fmt: skip
"""Endings of Swedish nouns, and what stands in their place in the uninflected word."""

Stem = Callable[[str], str]


class OwnWordSplitter:
    """Splits into words that the site itself uses: the fewest parts, then the most frequent ones.

    It needs no dictionary, and leaves whole what the site never explains.
    """

    def __init__(self, seen: Mapping[str, int], stem: Stem) -> None:
        """Learns how often each word form is *seen* on the site; *stem* gives a word's stem."""
        self._seen = {word: number for word, number in seen.items() if len(word) >= SHORTEST_PART}
        self._stem = stem
        self._heads = Counter[str]()
        for word, number in self._seen.items():
            self._heads[stem(word)] += number

    def split(self, word: str) -> tuple[Part, ...]:
        """See `Splitter`."""
        found = self._best(word, MOST_PARTS) if 2 * SHORTEST_PART <= len(word) <= LONGEST_WORD else None
        return found[1] if found and len(found[1]) > 1 else ()

    def _best(self, word: str, most: int, *, inner: bool = False) -> tuple[tuple[int, int], tuple[Part, ...]] | None:
        """The best split of *word*: (number of parts, minus the rarest part's frequency), and the parts."""
        best: tuple[tuple[int, int], tuple[Part, ...]] | None = None
        stem = self._stem(word)
        if inner and self._heads[stem] and len(word) >= SHORTEST_PART:
            best = (1, -self._heads[stem]), (Part(word, word),)
        if most > 1:
            for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
                first = self._first(word[:cut])
                if first is None:
                    continue
                rest = self._best(word[cut:], most - 1, inner=True)
                if rest:
                    rank = (rest[0][0] + 1, max(rest[0][1], -first[1]))
                    if best is None or rank < best[0]:
                        best = rank, (Part(word[:cut], first[0]), *rest[1])
        return best

    def _first(self, part: str) -> tuple[str, int] | None:
        """The word, and its frequency, that *part* is a form of when it stands first in a compound."""
        found: tuple[str, int] | None = None
        for link in _LINKS:
            if link and not part.endswith(link):
                continue
            bare = part[: len(part) - len(link)] if link else part
            for form in (bare, bare + "a", bare + "e"):
                number = self._seen.get(form, 0)
                if number and len(form) >= SHORTEST_PART and (found is None or number > found[1]):
                    found = form, number
            if found:
                break
        return found


class DictionarySplitter:
    """Splits into words of a dictionary and of the site, by how readily each of them stands in compounds.

    How readily is learnt from the dictionary itself: how many of its entries begin, or end, with a word
    («productivity»). Of several splits that with the best product of its parts' productivities wins; a word that is an
    entry itself is split only where both parts are productive, since «kontakt» is no «kon» and «takt».
    """

    def __init__(self, dictionary: Dictionary, seen: Mapping[str, int] | None = None) -> None:
        """Learns the words.

        Args:
            dictionary: the language's words.
            seen: how often each word form is used on the site, if there is one.
        """
        self._dictionary = dictionary
        self._own = {word for word in seen or {} if len(word) > SHORTEST_PART and word.isalpha()}
        self._firsts, self._begins, self._ends = _productivity(dictionary)

    def split(self, word: str) -> tuple[Part, ...]:
        """See `Splitter`."""
        if not 2 * SHORTEST_PART - 1 <= len(word) <= LONGEST_WORD or not word.isalpha():
            return ()
        best = self._best(word, {}, whole=True)
        return best[1] if best else ()

    def _best(self, word: str, ends: dict[str, _Split | None], *, whole: bool) -> _Split | None:
        """The best split of *word* into two or more parts, with its cost; None if there is none worth making.

        *ends* holds the best splits of the ends of one word: each is asked for once for every way of beginning it.
        """
        found: _Split | None = None
        known = whole and self._is_entry(word)
        for cut, first, cost in self._begins_of(word):
            rest = word[cut:]
            last = self._last_cost(rest)
            if rest not in ends:
                ends[rest] = self._best(rest, ends, whole=False)
            deeper = ends[rest]
            options = [*([(last, (Part(rest, rest),))] if last is not None else []), *([deeper] if deeper else [])]
            for further, parts in options:
                if known and len(parts) == 1 and not self._transparent(first.word, rest):
                    continue
                if found is None or cost + further < found[0]:
                    found = cost + further, (first, *parts)
        return found

    def _begins_of(self, word: str) -> Iterator[tuple[int, Part, float]]:
        for cut in range(2, len(word) - SHORTEST_PART + 1):
            form = word[:cut]
            if form in _PARTICLES or (cut < SHORTEST_PART and form not in _SHORT_FIRSTS):
                continue
            lemma = self._firsts.get(form) or self._own_first(form)
            if lemma:
                yield cut, Part(form, lemma), _cost(self._begins[lemma], len(form))
            elif form in self._dictionary.lasts and cut > SHORTEST_PART:
                yield cut, Part(form, form), _cost(0, len(form))

    def _own_first(self, form: str) -> str | None:
        bare = form.removesuffix("s")
        return next((word for word in (form, bare) if word in self._own), None)

    def _last_cost(self, word: str) -> float | None:
        """Cost of *word*, inflected or not, as a last part; None if it cannot be one."""
        lemma = self.lemma(word) if len(word) >= SHORTEST_PART else None
        return None if lemma is None else _cost(self._ends[lemma], len(lemma))

    def lemma(self, word: str) -> str | None:
        """The uninflected word that *word* is a form of, among those that may stand last; None if it is of none.

        Where several are, that which stands in most compounds.
        """
        tries = [word] if word in self._dictionary.lasts or word in self._own else []
        for ending, bare in _INFLECTIONS:
            if word.endswith(ending) and len(word) - len(ending) + len(bare) >= SHORTEST_PART:
                whole = word[: len(word) - len(ending)] + bare
                if whole in self._dictionary.lasts or whole in self._own:
                    tries.append(whole)
        return max(tries, key=lambda one: self._ends[one], default=None)

    def _is_entry(self, word: str) -> bool:
        return word in self._dictionary.words or self.lemma(word) is not None

    def _transparent(self, first: str, last: str) -> bool:
        """Whether a word that the dictionary has itself is still felt as these two."""
        last = self.lemma(last) or last
        weight = math.log2(1 + self._begins[first]) + math.log2(1 + self._ends[last])
        return weight >= (_TRANSPARENT if min(len(first), len(last)) <= SHORTEST_PART else _TRANSPARENT_IF_LONG)


@cache
def _productivity(dictionary: Dictionary) -> tuple[Mapping[str, str], Counter[str], Counter[str]]:
    """First parts → words; how many compounds of the dictionary begin with each word, and how many end with it.

    First parts are the dictionary's own, and what begins so many of its compounds that it must be one («gatu»).
    """
    forms, ends = Counter[str](), Counter[str]()
    for word in dictionary.lasts:
        for cut in range(2, len(word) - SHORTEST_PART + 1):
            if word[cut:] in dictionary.lasts:
                forms[word[:cut]] += 1
                if word[:cut] in dictionary.firsts:
                    ends[word[cut:]] += 1
    firsts = dict(dictionary.firsts)
    for form, number in forms.items():
        if number >= _LEARNT_FROM and form not in firsts and form not in _PARTICLES:
            tries = (form, form.removesuffix("s"), form[:-1] + "a", form + "a", form[:-1])
            known = next((word for word in tries if len(word) > 1 and word in dictionary.words), None)
            if known and (len(form) >= SHORTEST_PART or form in _SHORT_FIRSTS):
                firsts[form] = known
    begins = Counter[str]()
    for form, word in firsts.items():
        begins[word] += forms[form]
    return firsts, begins, ends


_TRANSPARENT, _TRANSPARENT_IF_LONG = 8.0, 4.0
"""Bits of productivity that both parts must have together. Long parts hardly ever stand side by side by chance."""
_LEARNT_FROM = 6
"""So many different words must follow a form in the dictionary's compounds."""
_PER_PART = 8.0


def _cost(productivity: int, length: int) -> float:
    """Cost of one part: less for productive and long ones. Fitted on every other line of the benchmark's list."""
    return _PER_PART - min(6.0, math.log2(1 + productivity)) + max(0, 5 - length)

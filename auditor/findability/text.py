"""Texts as weighted terms: words, their stems, the parts of compounds, and related words.

Search and navigation look at texts through the same `Analyzer`, so that what one finds the other can explain.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import snowballstemmer

Bag = Mapping[str, float]
"""Term → weight."""

PART_WEIGHT = 0.6
"""Weight of a compound's part beside the whole word's 1."""
RELATED_WEIGHT = 0.7
"""Weight of a related word beside the word that was said."""
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_PART = 3
_LINKS = ("", "s", "e", "a", "o", "u")
"""What Swedish puts between the parts of a compound, or takes from the first one («skol-», «gatu-», «förenings-»)."""
_MOST_PARTS = 3


@dataclass(frozen=True)
class Tongue:
    """What must be known of a language."""

    stemmer: str
    """Name of the Snowball algorithm."""
    small: frozenset[str]
    """Words without a subject of their own."""
    compounds: bool
    """Whether words are written together."""


_SMALL_SWEDISH = """
och i på av för till från med om en ett den det de dem som att är var vara blir blev har hade kan kunna ska skall
vill vi ni du oss er dig din ditt dina vår vårt våra man jag min mitt mina han hon hans hennes sin sitt sina sig
eller men hos vid under över så hur vad när där här vilka vilken vilket vem varför inte också bara även mer än efter
in ut upp då nu finns få får gör göra någon något några alla allt denna detta dessa sen
"""
_SMALL_ENGLISH = """
the of and in to a is was for as by on with from that at an it are were which be this or his has its also their had
have not but he she they been one other first two who more after such most than into when can all between during
some there only how what where our we you your i do does
"""

SWEDISH = Tongue(
    "swedish",
    frozenset(_SMALL_SWEDISH.split()),
    compounds=True,
)
ENGLISH = Tongue(
    "english",
    frozenset(_SMALL_ENGLISH.split()),
    compounds=False,
)


def tokens(text: str) -> list[str]:
    """The words of *text* in lower case, composed (NFC), without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


class Analyzer:
    """Turns texts into terms, as one language and one site's own words allow.

    Compounds are split into words that the site itself uses: the fewest parts, then the most frequent ones. A
    dictionary of the whole language would split more, and more wrongly.
    """

    def __init__(self, tongue: Tongue, seen: Mapping[str, int], related: Iterable[Sequence[str]] = ()) -> None:
        """Learns a site's words.

        Args:
            tongue: the language.
            seen: how often each word form is used on the site.
            related: groups of words that stand for each other.
        """
        self._tongue = tongue
        self._stemmer = snowballstemmer.stemmer(tongue.stemmer)
        self._stems: dict[str, str] = {}
        self._parts: dict[str, tuple[str, ...]] = {}
        self._small = tongue.small
        self._seen = {
            word: number
            for word, number in seen.items()
            if len(word) >= _SHORTEST_PART and word not in tongue.small and not word[0].isdigit()
        }
        self._heads = Counter[str]()
        for word, number in self._seen.items():
            self._heads[self.stem(word)] += number
        self._related: dict[str, dict[str, float]] = {}
        for group in related:
            self._relate([self.terms(word) for word in group])

    @classmethod
    def of_texts(cls, tongue: Tongue, texts: Iterable[str], related: Iterable[Sequence[str]] = ()) -> "Analyzer":
        """An analyzer that knows the words of *texts*."""
        seen = Counter[str]()
        for text in texts:
            seen.update(tokens(text))
        return cls(tongue, seen, related)

    def stem(self, word: str) -> str:
        """The stem of a word in lower case."""
        known = self._stems.get(word)
        if known is None:
            known = self._stems[word] = str(self._stemmer.stemWord(word))
        return known

    def terms(self, text: str) -> list[str]:
        """The stems of the words of *text*, in order, without small words."""
        return [self.stem(word) for word in tokens(text) if word not in self._small]

    def parts(self, word: str) -> tuple[str, ...]:
        """The stems of the words that a compound is made of; empty if it is none that the site's words explain.

        «föreningsbidrag» → («förening», «bidrag»), if both stand somewhere on the site.
        """
        if not self._tongue.compounds:
            return ()
        known = self._parts.get(word)
        if known is None:
            split = self._split(word, _MOST_PARTS) if len(word) >= 2 * _SHORTEST_PART else None
            known = self._parts[word] = split[1] if split and len(split[1]) > 1 else ()
        return known

    def _split(self, word: str, most: int, *, inner: bool = False) -> tuple[tuple[int, int], tuple[str, ...]] | None:
        """The best split of *word*: (number of parts, minus the rarest part's frequency), and the parts' stems."""
        best: tuple[tuple[int, int], tuple[str, ...]] | None = None
        stem = self.stem(word)
        if inner and self._heads[stem] and len(word) >= _SHORTEST_PART:
            best = (1, -self._heads[stem]), (stem,)
        if most > 1:
            for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
                first = self._first_part(word[:cut])
                if first is None:
                    continue
                rest = self._split(word[cut:], most - 1, inner=True)
                if rest:
                    rank = (rest[0][0] + 1, max(rest[0][1], -first[1]))
                    if best is None or rank < best[0]:
                        best = rank, (first[0], *rest[1])
        return best

    def _first_part(self, part: str) -> tuple[str, int] | None:
        """Stem and frequency of a word that *part* is a form of when it stands first in a compound."""
        found: tuple[str, int] | None = None
        for link in _LINKS:
            if link and not part.endswith(link):
                continue
            bare = part[: len(part) - len(link)] if link else part
            for form in (bare, bare + "a", bare + "e"):
                number = self._seen.get(form, 0)
                if number and len(form) >= _SHORTEST_PART and (found is None or number > found[1]):
                    found = self.stem(form), number
            if found:
                break
        return found

    def bag(self, text: str, *, related: bool = False) -> dict[str, float]:
        """The terms of *text* with their weights: whole words 1 each time, parts of compounds 0.6.

        Args:
            text: any text.
            related: with words that stand for those that were said, 0.7 each: for goals and queries.
        """
        bag: dict[str, float] = {}
        for word in tokens(text):
            if word in self._small:
                continue
            stem = self.stem(word)
            bag[stem] = bag.get(stem, 0.0) + 1.0
            for part in self.parts(word):
                bag[part] = bag.get(part, 0.0) + PART_WEIGHT
        return self._with_related(bag) if related else bag

    def _with_related(self, bag: dict[str, float]) -> dict[str, float]:
        wider = dict(bag)
        for term, weight in bag.items():
            for other, share in self._related.get(term, {}).items():
                if other not in bag:
                    wider[other] = max(wider.get(other, 0.0), weight * share)
        return wider

    def _relate(self, group: Sequence[Sequence[str]]) -> None:
        """Makes the single words of *group* stand for each other, and for each word of the group's longer names."""
        for terms in group:
            if len(terms) != 1:
                continue
            known = self._related.setdefault(terms[0], {})
            for others in group:
                for other in others:
                    if other != terms[0]:
                        known[other] = max(known.get(other, 0.0), RELATED_WEIGHT / len(others))


class Phrases:
    """Names of several words that a site uses as link texts, recognised in running text as one term."""

    def __init__(self, names: Iterable[Sequence[str]]) -> None:
        """Learns *names*, each as its terms in order."""
        self._known = {tuple(name) for name in names if len(name) > 1}
        self._firsts: dict[str, tuple[int, ...]] = {}
        for name in self._known:
            self._firsts[name[0]] = tuple(sorted({*self._firsts.get(name[0], ()), len(name)}))

    def found(self, terms: Sequence[str]) -> list[str]:
        """Every known name in *terms*, as one term («boka lokal»)."""
        return [
            " ".join(terms[place : place + length])
            for place, term in enumerate(terms)
            for length in self._firsts.get(term, ())
            if tuple(terms[place : place + length]) in self._known
        ]

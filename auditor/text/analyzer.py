"""Texts as weighted terms: words, their stems, the parts of compounds, and related words.

Search and navigation look at texts through the same `Analyzer`, so that what one finds the other can explain.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence

import snowballstemmer

from auditor.text.compounds import SHORTEST_PART, OwnWordSplitter, Splitter
from auditor.text.words import Tongue, tokens

Bag = Mapping[str, float]
"""Term → weight."""

PART_WEIGHT = 0.6
"""Weight of a compound's part beside the whole word's 1."""
RELATED_WEIGHT = 0.7
"""Weight of a related word beside the word that was said."""
_SHORTEST_COMPOUND = 2 * SHORTEST_PART - 1


class Analyzer:
    """Turns texts into terms, as one language and one site's own words allow.

    Compounds are split by what is given for that, else into words that the site itself uses.
    """

    def __init__(
        self,
        tongue: Tongue,
        seen: Mapping[str, int],
        related: Iterable[Sequence[str]] = (),
        splitter: Splitter | None = None,
    ) -> None:
        """Learns a site's words.

        Args:
            tongue: the language.
            seen: how often each word form is used on the site.
            related: groups of words that stand for each other.
            splitter: splits compounds; if left out, into the words of *seen*.
        """
        self._tongue = tongue
        self._stemmer = snowballstemmer.stemmer(tongue.stemmer)
        self._stems: dict[str, str] = {}
        self._forms = _Forms(self, tongue.small)
        known = {word: number for word, number in seen.items() if word not in tongue.small and not word[0].isdigit()}
        self._splitter = splitter or OwnWordSplitter(known, self.stem)
        self._related: dict[str, dict[str, float]] = {}
        for group in related:
            self._relate([self.terms(word) for word in group])

    @classmethod
    def of_texts(
        cls,
        tongue: Tongue,
        texts: Iterable[str],
        related: Iterable[Sequence[str]] = (),
        splitter: Splitter | None = None,
    ) -> "Analyzer":
        """An analyzer that knows the words of *texts*."""
        return cls.of_words(tongue, map(tokens, texts), related, splitter)

    @classmethod
    def of_words(
        cls,
        tongue: Tongue,
        texts: Iterable[Sequence[str]],
        related: Iterable[Sequence[str]] = (),
        splitter: Splitter | None = None,
    ) -> "Analyzer":
        """The same of texts that are in words already, as `tokens` gives them."""
        seen = Counter[str]()
        for words in texts:
            seen.update(words)
        return cls(tongue, seen, related, splitter)

    def stem(self, word: str) -> str:
        """The stem of a word in lower case."""
        known = self._stems.get(word)
        if known is None:
            known = self._stems[word] = str(self._stemmer.stemWord(word))
        return known

    def terms(self, text: str) -> list[str]:
        """The stems of the words of *text*, in order, without small words."""
        return self.terms_of(tokens(text))

    def terms_of(self, words: Iterable[str]) -> list[str]:
        """The same of a text that is in words already, as `tokens` gives them."""
        forms = self._forms
        return [form[0] for word in words if (form := forms[word])]

    def parts(self, word: str) -> tuple[str, ...]:
        """The stems of the words that a compound is made of; empty if it is none that can be explained.

        «föreningsbidrag» → («förening», «bidrag»).
        """
        if not self._tongue.compounds or len(word) < _SHORTEST_COMPOUND:
            return ()
        return tuple(self.stem(part.word) for part in self._splitter.split(word))

    def bag(self, text: str, *, related: bool = False) -> dict[str, float]:
        """The terms of *text* with their weights: whole words 1 each time, parts of compounds 0.6.

        Args:
            text: any text.
            related: with words that stand for those that were said, 0.7 each: for goals and queries.
        """
        return self.bag_of(tokens(text), related=related)

    def bag_of(self, words: Iterable[str], *, related: bool = False) -> dict[str, float]:
        """The same of a text that is in words already, as `tokens` gives them."""
        bag: dict[str, float] = {}
        forms = self._forms
        for word in words:
            if form := forms[word]:
                stem, parts = form
                bag[stem] = bag.get(stem, 0.0) + 1.0
                for part in parts:
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


class _Forms(dict[str, tuple[str, tuple[str, ...]] | None]):
    """Word form → its stem, and those of a compound's parts; None for small words. Worked out when first asked for."""

    def __init__(self, analyzer: Analyzer, small: Container[str]) -> None:
        self._analyzer = analyzer
        self._small = small

    def __missing__(self, word: str) -> tuple[str, tuple[str, ...]] | None:
        form = None if word in self._small else (self._analyzer.stem(word), self._analyzer.parts(word))
        self[word] = form
        return form


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

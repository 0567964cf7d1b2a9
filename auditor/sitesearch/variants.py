"""Other ways of typing the same query, one class at a time."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from auditor.model.sitesearch import Variant
from auditor.sitesearch.typos import typo
from auditor.text.analyzer import Analyzer
from auditor.text.compounds import DictionarySplitter, Part, Splitter
from auditor.text.dictionary import Dictionary
from auditor.text.words import SWEDISH, folded, tokens

_SHORTEST = 4
Change = Callable[[str], Iterable[str]]
"""Gives what a word may be changed into."""


class VariantMaker:
    """Makes variants of queries. Each changes one word; a word that cannot be changed in a class gives none."""

    def __init__(
        self,
        seen: Mapping[str, int],
        analyzer: Analyzer,
        splitter: Splitter,
        related: Iterable[Sequence[str]],
        dictionary: Dictionary | None,
    ) -> None:
        """Takes what it knows of words.

        Args:
            seen: how often each word form stands on the site.
            analyzer: gives stems.
            splitter: splits compounds.
            related: groups of words that stand for each other.
            dictionary: the language's words, if there is a dictionary.
        """
        self._seen = seen
        self._analyzer = analyzer
        self._splitter = splitter
        self._words = dictionary.words if dictionary else frozenset[str]()
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        for word, number in seen.items():
            if len(word) >= _SHORTEST and word.isalpha():
                self._forms[analyzer.stem(word)][word] += number
        self._related: dict[str, list[str]] = defaultdict(list)
        for group in related:
            single = [word for word in group if len(tokens(word)) == 1 and word.isalpha()]
            for word in single:
                self._related[analyzer.stem(word)] += [other for other in single if other != word]

    def is_topic(self, word: str) -> bool:
        """Whether people may look for *word*: one that the dictionary knows as a noun, or any if there is none."""
        if not isinstance(self._splitter, DictionarySplitter):
            return True
        return self._splitter.lemma(word) is not None or bool(self._splitter.split(word))

    def is_word(self, word: str) -> bool:
        """Whether *word* is one of the language or the site, inflected or compound."""
        known = word in self._words or word in self._seen or self._analyzer.stem(word) in self._forms
        return known or bool(self._splitter.split(word))

    def variants(self, query: str, question: str, chance: np.random.Generator) -> dict[Variant, str]:
        """One variant of *query* in each class that it allows.

        Args:
            query: a base query.
            question: what it is part of as a whole question; empty if it is of none.
            chance: decides among several.
        """
        words = tokens(query)
        made = {
            Variant.INFLECTION: self._changed(words, self._inflected, chance),
            Variant.JOINED: self._joined(words),
            Variant.SPLIT: self._changed(words, self._said_in_two, chance),
            Variant.APART: self._changed(words, self._apart, chance),
            Variant.SYNONYM: self._changed(words, self._synonyms, chance),
            Variant.TYPO: self._changed(words, lambda word: self._mistyped(word, chance), chance),
            Variant.FOLDED: folded(query) if folded(query) != query.casefold() else None,
            Variant.QUESTION: question or f"var hittar jag {query}",
        }
        return {kind: text for kind, text in made.items() if text and text.casefold() != query.casefold()}

    def _changed(self, words: Sequence[str], change: Change, chance: np.random.Generator) -> str | None:
        """*words* with one of them, of the longest that can be, changed."""
        for place in sorted(range(len(words)), key=lambda number: (-len(words[number]), number)):
            if words[place] in SWEDISH.small:
                continue
            options = list(change(words[place]))
            if options:
                chosen = options[int(chance.integers(len(options)))]
                return " ".join([*words[:place], chosen, *words[place + 1 :]])
        return None

    def _inflected(self, word: str) -> Iterator[str]:
        """Other forms of the word that the site itself uses."""
        forms = self._forms.get(self._analyzer.stem(word)) or Counter[str]()
        yield from sorted(form for form in forms if form != word and abs(len(form) - len(word)) <= 5)

    def _parts(self, word: str) -> tuple[Part, ...]:
        parts = self._splitter.split(word)
        return parts if len(parts) == 2 else ()

    def _said_in_two(self, word: str) -> Iterator[str]:
        if parts := self._parts(word):
            yield f"{parts[1].surface} {parts[0].word}"

    def _apart(self, word: str) -> Iterator[str]:
        if parts := self._parts(word):
            yield f"{parts[0].surface} {parts[1].surface}"

    def _joined(self, words: Sequence[str]) -> str | None:
        """Two neighbours as one word, if the site or the dictionary has that word."""
        for place in range(len(words) - 1):
            first, last = words[place : place + 2]
            if {first, last} & SWEDISH.small:
                continue
            for one, other in ((first, last), (last, first)):
                stem = one.removesuffix("a") if len(one) > _SHORTEST else one
                for word in (one + other, f"{one}s{other}", stem + other):
                    if word in self._seen or word in self._words:
                        return " ".join([*words[:place], word, *words[place + 2 :]])
        return None

    def _synonyms(self, word: str) -> Iterator[str]:
        yield from sorted(set(self._related.get(self._analyzer.stem(word), ())))

    def _mistyped(self, word: str, chance: np.random.Generator) -> Iterator[str]:
        if made := typo(word, chance, self.is_word):
            yield made

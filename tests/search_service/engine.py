"""A search engine that is sound, but for the one defect that it is given."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import snowballstemmer

from tests.search_service.corpus import Text

PAGE = 10
_WORD = re.compile(r"[^\W_]+")
_FUNCTION_WORDS = """
och i på av för till från med om en ett den det de som att är var blir har kan ska vi ni du er din sin men hos vid
under över så hur vad när där inte också även mer än efter ut upp finns får gör alla eller ha man
"""
_SMALL = frozenset(_FUNCTION_WORDS.split())
_STEMMER = snowballstemmer.stemmer("swedish")
_ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"


class Defect(StrEnum):
    """What an engine does wrong."""

    NONE = "sound"
    NO_STEMMING = "no stemming"
    NO_COMPOUNDS = "no compound splitting"
    ALL_WORDS = "only pages with all words"
    CODE_POINTS = "titles sorted by code point"
    FOLDED = "titles sorted without accents"
    INDEX_DATE = "dates of the index"
    LOSES_PAGE = "loses the second page"
    REPEATS = "repeats hits from page to page"
    NO_DOCUMENTS = "ignores documents"
    WRONG_COUNT = "counts wrong"
    STALE = "an old index"
    SCRIPTED = "results put in by a script"
    ORDER_IGNORED = "sorting does nothing"
    ORDER_FILTERS = "an order that leaves hits out"
    WRONG_CHOICES = "choices with wrong numbers"
    CHOICE_WIDENS = "a choice that adds hits"


@dataclass(frozen=True)
class Asked:
    """What a visitor asks for."""

    query: str
    order: str = "relevans"
    """relevans, titel, titel-fallande, datum or datum-stigande."""
    kind: str = ""
    page: int = 1


@dataclass(frozen=True)
class Shown:
    """One page of results."""

    texts: Sequence[Text]
    count: int
    kinds: dict[str, int]
    pages: int


@dataclass(frozen=True)
class Engine:
    """Searches some texts. Documents rank by tf·idf of the words that they share with the query."""

    texts: tuple[Text, ...]
    defect: Defect = Defect.NONE

    def answer(self, asked: Asked) -> Shown:
        """One page of results."""
        found = self._found(asked.query)
        kinds = Counter(text.kind for text in found)
        if asked.kind:
            widens = self.defect is Defect.CHOICE_WIDENS
            found = [text for text in (self._indexed if widens else found) if text.kind == asked.kind]
        ordered = self._ordered(found, asked)
        count = len(ordered)
        pages = math.ceil(count / PAGE)
        begin = (asked.page - 1) * PAGE
        if self.defect is Defect.LOSES_PAGE and asked.page > 1:
            begin, pages = begin + PAGE, max(1, pages - 1)
        if self.defect is Defect.REPEATS and asked.page > 1:
            begin -= asked.page - 1
            pages = 1 + math.ceil(max(0, count - PAGE) / (PAGE - 1))
        elif self.defect is Defect.REPEATS:
            pages = 1 + math.ceil(max(0, count - PAGE) / (PAGE - 1))
        wrong = self.defect is Defect.WRONG_COUNT
        if self.defect is Defect.WRONG_CHOICES:
            kinds = Counter({kind: number + 2 for kind, number in kinds.items()})
        return Shown(ordered[begin : begin + PAGE], count + 7 * wrong * bool(count), dict(sorted(kinds.items())), pages)

    def shown_day(self, text: Text) -> str:
        """The date that a hit shows: the text's own, or the day on which the index took it in."""
        if self.defect is Defect.INDEX_DATE:
            return f"2022-11-{1 + sum(text.path.encode()) % 12:02}"
        return text.day

    @cached_property
    def _indexed(self) -> tuple[Text, ...]:
        texts = self.texts
        if self.defect is Defect.NO_DOCUMENTS:
            texts = tuple(text for text in texts if not text.body)
        if self.defect is Defect.STALE:
            newest = sorted((text for text in texts if not text.body), key=lambda text: text.day)[-3:]
            gone = Text(
                path="/foreningsliv/ishallen-2019/",
                title="Ishallen 2019",
                text="Byalaget och ishallen",
                day="2019-02-01",
            )
            texts = (*(text for text in texts if text not in newest), gone, replace(gone, path="/foreningsliv/gammal/"))
        return texts

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word for text in self.texts for word in _words(f"{text.title} {text.text}"))

    @cached_property
    def _index(self) -> dict[str, Counter[str]]:
        return {
            text.path: Counter(
                term for word in _words(f"{text.title} {text.title} {text.text}") for term in self._terms(word)
            )
            for text in self._indexed
        }

    @cached_property
    def _spread(self) -> Counter[str]:
        return Counter(term for terms in self._index.values() for term in terms)

    def _terms(self, word: str) -> list[str]:
        """What a word is indexed under."""
        forms = [word]
        if self.defect is not Defect.NO_COMPOUNDS:
            forms += self._parts(word)
        if self.defect is Defect.NO_STEMMING:
            return forms
        return [str(_STEMMER.stemWord(form)) for form in forms]

    def _parts(self, word: str) -> list[str]:
        for cut in range(4, len(word) - 3):
            first, last = word[:cut], word[cut:]
            for head in (first, first.removesuffix("s")):
                if head in self._vocabulary and last in self._vocabulary and len(head) >= 4:
                    return [head, last]
        return []

    def _found(self, query: str) -> list[Text]:
        asked = [self._terms(word) for word in _words(query)]
        scored = []
        for text in self._indexed:
            terms = self._index[text.path]
            scores = [max((self._weight(term, terms) for term in forms), default=0.0) for forms in asked]
            if any(scores) and (all(scores) or self.defect is not Defect.ALL_WORDS):
                scored.append((-sum(scores), text.path, text))
        return [text for _, _, text in sorted(scored, key=lambda one: one[:2])]

    def _weight(self, term: str, terms: Counter[str]) -> float:
        if not terms[term]:
            return 0.0
        rare = math.log(1 + len(self._indexed) / self._spread[term])
        return rare * terms[term] / (terms[term] + 1.2 * (0.3 + 0.7 * terms.total() / 200))

    def _ordered(self, found: list[Text], asked: Asked) -> list[Text]:
        if self.defect is Defect.ORDER_IGNORED:
            return found
        if asked.order.startswith("titel"):
            keys = {text.path: self._title_key(text.title) for text in found}
            return sorted(found, key=lambda text: keys[text.path], reverse=asked.order != "titel")
        if asked.order.startswith("datum"):
            if self.defect is Defect.ORDER_FILTERS:
                found = [text for text in found if text.day > "2022-02"]
            return sorted(found, key=self.shown_day, reverse=asked.order == "datum")
        return found

    @property
    def _title_key(self) -> Callable[[str], str | list[int]]:
        if self.defect is Defect.CODE_POINTS:
            return lambda title: title
        if self.defect is Defect.FOLDED:
            return lambda title: "".join(
                sign for sign in unicodedata.normalize("NFD", title.lower()) if not unicodedata.combining(sign)
            )
        return lambda title: [_ALPHABET.find(sign) if sign in _ALPHABET else -1 for sign in title.lower()]


def _words(text: str) -> Iterable[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in _SMALL]

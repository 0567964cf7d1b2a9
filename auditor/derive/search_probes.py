"""What a site's search is asked to find out how it works: made of the site's own words, so that answers are known.

Each probe holds a word that is known to stand on a page and another way of asking for the same page. The first must
find it, or the probe says nothing; whether the second does too tells of the search.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property

from auditor.derive.collation import tells_apart
from auditor.derive.wording import title_parts, words
from auditor.model.search import Answer, Question

Stem = Callable[[str], str]
Split = Callable[[str], Sequence[str]]
"""Word → the words that it is made of, as they are written alone; fewer than two if it is no compound."""

_LONG = 5
_PART = 4
_COMMON = 30
"""A word on more pages than this tells few pages apart, and its hits fill several pages of results."""
_PAIRS = 4
_OWN_TITLES = 8
_DOCUMENTS = 4
_FEW, _MANY = 12, 40
"""Pages that a word for lists should stand on."""
_LISTS = 3
_CHOICES = 3


class Purpose(StrEnum):
    """What a question is asked for."""

    LISTS = "lists"
    """Orders, choices, pages and numbers are judged by its answer."""
    TITLE = "title"
    """A page's own title should find it."""
    DOCUMENT = "document"
    """A document's own title should find it."""
    INFLECTION = "inflection"
    COMPOUND = "compound"
    ANY_WORD = "any-word"


@dataclass(frozen=True)
class ProbePage:
    """A page of the site, or a document, as far as probes need it."""

    url: str
    title: str
    text: str
    day: str = ""
    """When it was last changed, ISO 8601; empty if unknown."""
    is_document: bool = False
    also: tuple[str, ...] = ()
    """Other addresses that lead to it."""

    @property
    def addresses(self) -> tuple[str, ...]:
        return (self.url, *self.also)

    @cached_property
    def used(self) -> frozenset[str]:
        """The words that stand in it."""
        return frozenset(words(f"{self.title} {self.text}"))


@dataclass(frozen=True)
class _Site:
    pages: tuple[ProbePage, ...]
    stem: Stem
    split: Split
    small: frozenset[str]

    @cached_property
    def on(self) -> dict[str, list[ProbePage]]:
        """Word → pages that it stands on, in their order; only words that can be asked for."""
        found: dict[str, list[ProbePage]] = defaultdict(list)
        for page in self.pages:
            for word in page.used:
                if len(word) >= _PART and word.isalpha() and word not in self.small:
                    found[word].append(page)
        return found

    @cached_property
    def stems(self) -> dict[str, frozenset[str]]:
        """Address → stems of all its words and of the parts of its compounds."""
        return {
            page.url: frozenset(self.stem(part) for word in page.used for part in (word, *self.split(word)))
            for page in self.pages
        }

    def words_by_use(self, least: int, most: int) -> list[str]:
        """Words on *least* to *most* pages, the most used first, then by letter."""
        fitting = [word for word, pages in self.on.items() if len(word) >= _LONG and least <= len(pages) <= most]
        return sorted(fitting, key=lambda word: (-len(self.on[word]), word))


def probes(
    pages: Iterable[ProbePage], stem: Stem, split: Split, *, small: Iterable[str] = (), queries: Sequence[str] = ()
) -> list[Question]:
    """The questions that try how a search works, those about lists first.

    Args:
        pages: the site's pages and documents.
        stem: a word's stem.
        split: the parts of a compound.
        small: words without a subject of their own.
        queries: what the site file says should be asked; used for lists.
    """
    known = sorted(pages, key=lambda page: page.url)
    own = tuple(page for page in known if not page.is_document)
    site = _Site(own, cache(stem), cache(lambda word: tuple(split(word))), frozenset(small))
    found = [
        *_lists(site, queries),
        *_titles(site),
        *_documents([page for page in known if page.is_document]),
        *_inflections(site),
        *_compounds(site),
        *_any_word(site),
    ]
    return list(dict.fromkeys(found))


def follow_up(answer: Answer) -> list[Question]:
    """What is asked besides, once a question about lists was answered: each order, and the first choices."""
    question = answer.question
    if answer.untested or question != Question(query=question.query, purpose=Purpose.LISTS):
        return []
    orders = [replace(question, order=order) for order in answer.orders]
    choices = [replace(question, choice=choice.label) for choice in answer.choices[:_CHOICES]]
    return [*orders, *choices]


def _lists(site: _Site, queries: Sequence[str]) -> Iterator[Question]:
    """Words on so many pages that orders and pages of results can be judged, and few enough to read all of them.

    Those whose titles tell Swedish order from its imitations come first.
    """
    if queries:
        yield from (Question(query=query, purpose=Purpose.LISTS) for query in queries[:_LISTS])
        return
    fitting = site.words_by_use(_FEW, _MANY) or site.words_by_use(2, _FEW)
    telling = {word: tells_apart([page.title for page in site.on[word]]) for word in fitting[:50]}
    stems: set[str] = set()
    for word in sorted(telling, key=lambda word: (not telling[word], len(site.on[word]))):
        if site.stem(word) not in stems and len(stems) < _LISTS:
            stems.add(site.stem(word))
            yield Question(query=word, purpose=Purpose.LISTS)


def _titles(site: _Site) -> Iterator[Question]:
    """The newest pages, and as many evenly from the rest: each should be found by its own title."""
    titles = Counter(_own_title(page) for page in site.pages)
    unique = [page for page in site.pages if titles[_own_title(page)] == 1 and words(_own_title(page))]
    newest = sorted((page for page in unique if page.day), key=lambda page: (page.day, page.url), reverse=True)
    chosen = newest[: _OWN_TITLES // 2]
    rest = [page for page in unique if page not in chosen]
    step = max(1, len(rest) // max(1, _OWN_TITLES - len(chosen)))
    for page in (*chosen, *rest[::step][: _OWN_TITLES - len(chosen)]):
        yield Question(query=_own_title(page), purpose=Purpose.TITLE, expects=page.addresses)


def _own_title(page: ProbePage) -> str:
    return next(iter(title_parts(page.title)), page.title)


def _documents(documents: Sequence[ProbePage]) -> Iterator[Question]:
    for document in documents[:_DOCUMENTS]:
        if words(document.title):
            yield Question(query=document.title, purpose=Purpose.DOCUMENT, expects=document.addresses)


def _inflections(site: _Site) -> Iterator[Question]:
    """Two forms of a word on different pages: each form should find both."""
    forms: dict[str, list[str]] = defaultdict(list)
    for word in site.words_by_use(1, _COMMON):
        forms[site.stem(word)].append(word)
    pairs = 0
    for found in sorted(forms.values(), key=lambda found: (-len(site.on[found[0]]), found[0])):
        if len(found) < 2 or pairs == _PAIRS:
            continue
        known, other = found[0], found[1]
        missing = [page for page in site.on[known] if not page.used & set(found[1:])]
        if missing and len({page.url for word in found for page in site.on[word]}) <= _COMMON:
            pairs += 1
            yield from _pair(Purpose.INFLECTION, known, other, missing[:1])


def _compounds(site: _Site) -> Iterator[Question]:
    """A compound asked for by its parts, where these stand on the page by themselves in no form."""
    pairs = 0
    seen: set[str] = set()
    for word in site.words_by_use(1, _FEW):
        parts = site.split(word)
        if (
            len(parts) != 2
            or pairs == _PAIRS
            or parts[1] in seen
            or not all(_stands_alone(site, part) for part in parts)
        ):
            continue
        stems = {site.stem(part) for part in parts}
        without = [page for page in site.on[word] if not stems & {site.stem(used) for used in page.used}]
        if without:
            pairs += 1
            seen.add(parts[1])
            yield from _pair(Purpose.COMPOUND, word, " ".join(parts), without[:1])


def _stands_alone(site: _Site, part: str) -> bool:
    """Whether a part is a word that the site itself uses, on more pages than one; then a name is seldom taken apart."""
    return len(part) >= _PART and len(site.on.get(part, ())) > 1


def _any_word(site: _Site) -> Iterator[Question]:
    """Two words that stand on no page together: each page that holds one of them answers better than none."""
    rare = site.words_by_use(1, 3)
    used: set[str] = set()
    pairs = 0
    for word in rare:
        if pairs == _PAIRS or word in used or site.split(word):
            continue
        stem = site.stem(word)
        other = next((one for one in rare if one not in used and one != word and _apart(site, stem, one)), None)
        if other:
            pairs += 1
            used |= {word, other}
            yield from _pair(Purpose.ANY_WORD, word, f"{word} {other}", site.on[word])


def _apart(site: _Site, stem: str, other: str) -> bool:
    stems = {stem, site.stem(other)}
    return len(stems) == 2 and not site.split(other) and not any(stems <= known for known in site.stems.values())


def _pair(purpose: Purpose, known: str, other: str, pages: Iterable[ProbePage]) -> Iterator[Question]:
    expects = tuple(address for page in pages for address in page.addresses)
    yield Question(query=known, purpose=purpose, expects=expects)
    yield Question(query=other, purpose=purpose, beside=known, expects=expects)

"""Which queries are typed into the site's search: tasks' phrasings, words of pages, names in links, and variants.

Known-item queries are drawn as in Azzopardi, de Rijke & Balog (2007): a page by a prior, a length from a Poisson
distribution, and terms from a mixture of the page's model and the collection's. A page's own title never leaks into
them: its stems are left out, and a query that shares more than half of its stems with the title is dropped.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np

from auditor.model.config import Task
from auditor.model.sitesearch import ANSWERS, Family, SearchQuery, Variant
from auditor.sitesearch.index import Document, ReferenceSearch, idf_of
from auditor.sitesearch.variants import VariantMaker
from auditor.text.analyzer import Analyzer
from auditor.text.words import tokens

MOST = 500
"""Queries of one run, at the most: what is asked of somebody else's server has an end."""
MOST_OVERLAP = 0.5
"""Stem Jaccard of query and title, above which a query made from a page leaks its title."""
_MEAN_LENGTH = 2.0
"""Mean number of words of a known-item query: searches on municipal sites are of one to three words; assumed."""
_NOISE = 0.1
"""Share of terms that come from the collection instead of the page: what people remember wrongly (λ; assumed)."""
_SHORTEST = 4
_TOP = 20
"""Our own search must have the page among so many, or nobody could be asked to find it by these words."""
_LEAD_GRADE, _NEAR_GRADE = 1, 2
_SHARES = {"task": 0.7, "known": 0.15, "anchor": 0.15}
"""How base queries are shared out; what one kind does not use up, the others get."""
_TITLES_SHARE = 0.1


@dataclass(frozen=True, kw_only=True)
class Budget:
    """How many queries of each sort may be typed."""

    bases: int
    variants: int
    titles: int
    """Kept for pages that never came up, to be asked for by their own titles."""

    @classmethod
    def of(cls, questions: int, varied: float) -> "Budget":
        """Shares out *questions*, of which a share *varied* (0 to 1) goes to variants once titles are set aside."""
        questions = min(questions, MOST)
        titles = int(questions * _TITLES_SHARE)
        variants = round((questions - titles) * varied)
        return cls(bases=questions - titles - variants, variants=variants, titles=titles)


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A task with the pages that answer it."""

    task: Task
    answers: tuple[str, ...]
    """Canonical addresses."""
    near: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    """Pages whose content links to an answer."""
    confirmed: bool


@dataclass(frozen=True, kw_only=True)
class Material:
    """What queries are made from."""

    goals: Sequence[Goal]
    search: ReferenceSearch
    analyzer: Analyzer
    maker: VariantMaker
    linked: Mapping[str, int]
    """Address → how many pages link to it."""
    same: Callable[[str], Sequence[str]]
    """Address → further addresses of near-duplicates, which answer as well."""


def derive(material: Material, *, seed: int, most: int) -> tuple[SearchQuery, ...]:
    """At most *most* base queries, the more telling ones first; the same material and seed give the same ones."""
    most = min(most, MOST)
    chance = np.random.default_rng([seed, 1])
    bases = {
        "task": list(_of_tasks(material)),
        "known": list(_known_items(material, chance, max(4, most // 4))),
        "anchor": list(_anchors(material, chance, max(4, most // 4))),
    }
    chosen = {kind: queries[: int(most * _SHARES[kind])] for kind, queries in bases.items()}
    spare = most - sum(map(len, chosen.values()))
    for kind, queries in bases.items():
        more = queries[len(chosen[kind]) :][: max(0, spare)]
        chosen[kind] = [*chosen[kind], *more]
        spare -= len(more)
    return tuple(_once([*chosen["task"], *chosen["known"], *chosen["anchor"]])[:most])


def vary(
    queries: Sequence[SearchQuery], found: Container[str], material: Material, *, seed: int, most: int
) -> tuple[SearchQuery, ...]:
    """At most *most* variants of those base queries that brought up an answer: only these have something to lose.

    All classes get the same number of variants, as far as there are so many.

    Args:
        queries: the base queries.
        found: texts of those that brought up an answer.
        material: what variants are made from.
        seed: of the choice among several forms of a word.
        most: how many there may be.
    """
    chance = np.random.default_rng([seed, 4])
    fruitful = [query for query in queries if query.text in found]
    asked = {query.text.casefold() for query in queries}
    return tuple(_once(_variants(fruitful, material, chance), but=asked)[: max(0, most)])


def titles(missing: Iterable[str], search: ReferenceSearch) -> Iterator[SearchQuery]:
    """A query for each page of *missing* by its own title."""
    known = {document.url: document for document in search.documents}
    for url in missing:
        if url in known and known[url].title.strip():
            yield SearchQuery(
                text=" ".join(known[url].title.split())[:100],
                family=Family.TITLE,
                grades={url: ANSWERS},
                confirmed=True,
                kind=known[url].kind,
                overlap=1.0,
            )


def _once(queries: Iterable[SearchQuery], but: Iterable[str] = ()) -> list[SearchQuery]:
    seen, kept = set(but), []
    for query in queries:
        if query.text.casefold() not in seen:
            seen.add(query.text.casefold())
            kept.append(query)
    return kept


def _of_tasks(material: Material) -> Iterator[SearchQuery]:
    """All tasks' first phrasings, then all second ones, and so on; confirmed tasks first."""
    goals = sorted(material.goals, key=lambda goal: not goal.confirmed)
    rows = [[(goal, text) for text in (goal.task.phrasings or (goal.task.question,))] for goal in goals]
    for row in zip_longest(*rows):
        for pair in row:
            if pair is not None:
                goal, text = pair
                yield _graded(
                    SearchQuery(
                        text=text,
                        family=Family.TASK,
                        grades=grades(goal),
                        task=goal.task.id,
                        confirmed=goal.confirmed,
                    ),
                    material,
                )


def grades(goal: Goal) -> dict[str, int]:
    """Address → grade for a task: its answers 3, what nearly answers 2, what leads to an answer 1."""
    graded = dict.fromkeys(goal.leads, _LEAD_GRADE)
    graded |= dict.fromkeys(goal.near, _NEAR_GRADE)
    return graded | dict.fromkeys(goal.answers, ANSWERS)


def _graded(query: SearchQuery, material: Material) -> SearchQuery:
    """*query* with near-duplicates of its answers, and with the kind and overlap of the best one."""
    every = {other: ANSWERS for url in query.answers for other in material.same(url)}
    best = next((one for one in material.search.documents if one.url in query.answers), None)
    return replace(
        query,
        grades={**query.grades, **every},
        kind=best.kind if best else "page",
        overlap=round(overlap(query.text, best.title, material.analyzer), 3) if best else 0.0,
    )


def overlap(query: str, title: str, analyzer: Analyzer) -> float:
    """Jaccard of the stems of *query* and *title*, parts of compounds among them."""
    first, second = set(analyzer.bag(query)), set(analyzer.bag(title))
    return len(first & second) / len(first | second) if first | second else 0.0


def leaks(query: str, title: str, analyzer: Analyzer) -> bool:
    """Whether *query* says the *title* again: more than half of all stems are shared, or it is a part of the title."""
    asked, named = set(analyzer.terms(query)), set(analyzer.terms(title))
    return overlap(query, title, analyzer) > MOST_OVERLAP or asked <= named


def _known_items(material: Material, chance: np.random.Generator, number: int) -> Iterator[SearchQuery]:
    documents = [one for one in material.search.documents if len(one.text) > 200 and one.title]
    if not documents:
        return
    prior = np.array([np.log1p(material.linked.get(one.url, 0)) + 1.0 for one in documents])
    order = chance.choice(len(documents), size=min(number, len(documents)), replace=False, p=prior / prior.sum())
    model = _Collection(material.search.documents, material.analyzer, material.maker.is_topic)
    for place in order:
        text = model.query(documents[int(place)], chance)
        if text and documents[int(place)].url in dict(material.search.search(text, _TOP)):
            yield _graded(
                SearchQuery(
                    text=text,
                    family=Family.KNOWN,
                    grades={documents[int(place)].url: ANSWERS},
                    confirmed=True,
                ),
                material,
            )


class _Collection:
    """Models of the pages' words. Words are kept as they are written; stems tell which are the same."""

    def __init__(self, documents: Sequence[Document], analyzer: Analyzer, is_topic: Callable[[str], bool]) -> None:
        self._analyzer = analyzer
        self._is_topic = is_topic
        self._counts = Counter[str]()
        self._holding = Counter[str]()
        self._size = len(documents)
        for document in documents:
            words = Counter(filter(_fits, tokens(document.text)))
            self._counts.update(words)
            self._holding.update({analyzer.stem(word) for word in words})
        self._usual = [word for word, _ in self._counts.most_common(500) if is_topic(word)]

    def query(self, document: Document, chance: np.random.Generator) -> str | None:
        """A query for *document*, or None if its text says nothing beside its title."""
        named = set(self._analyzer.bag(f"{document.title} {document.url.rsplit('/', 2)[-1].replace('-', ' ')}"))
        words = Counter(
            word for word in tokens(document.text) if _fits(word) and self._analyzer.stem(word) not in named
        )
        words = Counter(
            {
                word: count
                for word, count in words.items()
                if not named & set(self._analyzer.bag(word)) and self._is_topic(word)
            }
        )
        if len(words) < _SHORTEST:
            return None
        terms = sorted(words)
        # The mixed model: as often as it stands in the page, and as rarely as it stands on others.
        weights = np.array(
            [words[term] * idf_of(self._size, self._holding[self._analyzer.stem(term)]) for term in terms]
        )
        if not weights.any():
            return None
        length = min(max(1, int(chance.poisson(_MEAN_LENGTH))), 4, int(np.count_nonzero(weights)))
        drawn = [
            terms[int(n)] for n in chance.choice(len(terms), size=length, replace=False, p=weights / weights.sum())
        ]
        usual = [word for word in self._usual if self._analyzer.stem(word) not in named]
        said = [
            usual[int(chance.integers(len(usual)))] if length > 1 and usual and chance.random() < _NOISE else word
            for word in drawn
        ]
        text = " ".join(dict.fromkeys(said))
        return None if leaks(text, document.title, self._analyzer) else text


def _fits(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isalpha()


def _anchors(material: Material, chance: np.random.Generator, number: int) -> Iterator[SearchQuery]:
    """What other pages call a page, where that is not its title."""
    named: dict[str, set[str]] = {}
    for document in material.search.documents:
        for anchor in document.anchors:
            named.setdefault(anchor.casefold(), set()).add(document.url)
    found = [
        (document, anchor)
        for document in material.search.documents
        for anchor in document.anchors
        if 1 <= len(material.analyzer.terms(anchor)) <= 5
        and len(named[anchor.casefold()]) == 1
        and document.title
        and not leaks(anchor, document.title, material.analyzer)
        and document.url in dict(material.search.search(anchor, _TOP))
    ]
    order = chance.permutation(len(found))[:number]
    for place in order:
        document, anchor = found[int(place)]
        yield _graded(
            SearchQuery(text=anchor, family=Family.ANCHOR, grades={document.url: ANSWERS}, confirmed=True), material
        )


def _variants(bases: Sequence[SearchQuery], material: Material, chance: np.random.Generator) -> Iterator[SearchQuery]:
    """Variants of *bases*, class by class in turn, so that few queries still show every class."""
    questions = {goal.task.id: goal.task.question for goal in material.goals}
    of_kind: dict[Variant, list[SearchQuery]] = {kind: [] for kind in Variant}
    for base in bases:
        made = material.maker.variants(base.text, questions.get(base.task, ""), chance)
        for kind, text in made.items():
            of_kind[kind].append(replace(base, text=text, variant=kind, base=base.text))
    for row in zip_longest(*of_kind.values()):
        yield from (query for query in row if query is not None)

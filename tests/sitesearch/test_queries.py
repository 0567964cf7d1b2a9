"""Queries: seeded, without the title's words, few enough; variants by class."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from auditor.model.config import SearchConfig, Task
from auditor.model.sitesearch import ANSWERS, FEWEST_PAIRS, Family, SearchQuery, Variant
from auditor.sitesearch.index import Document, ReferenceSearch
from auditor.sitesearch.queries import MOST, Budget, Goal, Material, derive, leaks, titles, vary
from auditor.sitesearch.variants import VariantMaker
from auditor.text.analyzer import Analyzer
from auditor.text.compounds import OwnWordSplitter
from auditor.text.words import SWEDISH, tokens

WORDS = [
    "kassör",
    "årsmöte",
    "protokoll",
    "ansökan",
    "handläggare",
    "beslut",
    "utbetalning",
    "barn",
    "ungdomar",
    "träning",
    "deltagare",
    "termin",
    "lokal",
    "taxa",
    "städning",
    "värme",
    "omklädningsrum",
    "duschar",
    "läktare",
    "belysning",
    "nyckel",
    "vaktmästare",
    "kiosk",
    "publik",
    "match",
    "domare",
    "lag",
    "serie",
]
RELATED = (("bidrag", "stöd"), ("hall", "lokal"))


def pages() -> list[Document]:
    found = [
        Document(
            url="https://x.se/bidrag",
            title="Föreningsbidrag",
            text="En förening kan få bidrag. Bidraget söks av föreningar hos kommunen. " + " ".join(WORDS[:20]) * 3,
            anchors=("Söks hos kommunen", "Föreningsbidrag", "Xylofon"),
        ),
        Document(url="https://x.se/taxa.pdf", title="Taxor", text="Avgift för sporthall och skolsal", kind="pdf"),
    ]
    for number in range(12):
        said = " ".join(WORDS[(number * 2 + place) % len(WORDS)] for place in range(40))
        found.append(Document(url=f"https://x.se/{number}", title=f"Sida nummer {number}", text=said))
    return found


def material(documents: Sequence[Document]) -> Material:
    texts = [f"{page.title} {page.text}" for page in documents]
    analyzer = Analyzer.of_texts(SWEDISH, texts, RELATED)
    seen = Counter(word for text in texts for word in tokens(text))
    task = Task(id="bidrag", question="Hur får vi föreningsbidrag?", phrasings=("föreningsbidrag", "söka bidrag"))
    return Material(
        goals=[
            Goal(
                task=task,
                answers=("https://x.se/bidrag",),
                near=("https://x.se/taxa.pdf",),
                leads=("https://x.se/1",),
                confirmed=True,
            )
        ],
        search=ReferenceSearch(documents, analyzer),
        analyzer=analyzer,
        maker=VariantMaker(seen, analyzer, OwnWordSplitter(seen, analyzer.stem), RELATED, None),
        linked={"https://x.se/bidrag": 9},
        same=lambda url: ("https://x.se/kopia",) if url == "https://x.se/bidrag" else (),
    )


@pytest.fixture(scope="module")
def made() -> tuple[SearchQuery, ...]:
    return derive(material(pages()), seed=1, most=60)


def varied(bases: Sequence[SearchQuery], most: int = 60, seed: int = 1) -> tuple[SearchQuery, ...]:
    return vary(bases, {one.text for one in bases}, material(pages()), seed=seed, most=most)


def test_the_same_seed_gives_the_same_queries(made: tuple[SearchQuery, ...]) -> None:
    assert derive(material(pages()), seed=1, most=60) == made
    assert derive(material(pages()), seed=2, most=60) != made
    assert varied(made) == varied(made)


@pytest.mark.parametrize("most", [0, 3, 10, 60, 10_000])
def test_there_are_never_too_many(most: int) -> None:
    queries = derive(material(pages()), seed=1, most=most)
    assert len(queries) <= min(most, MOST)
    both = (*queries, *varied(queries, most))
    assert len(both) <= len(queries) + most
    assert len({query.text.casefold() for query in both}) == len(both)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.55, 0.9])
@pytest.mark.parametrize("questions", [0, 1, 9, 80, 500, 9000])
def test_a_budget_is_shared_out_whole(questions: int, share: float) -> None:
    shared = Budget.of(questions, share)
    assert min(shared.bases, shared.variants, shared.titles) >= 0
    assert shared.bases + shared.variants + shared.titles == min(questions, MOST)


def test_the_usual_budget_has_five_pairs_for_each_class() -> None:
    told = SearchConfig()
    assert Budget.of(told.questions, told.variants).variants == FEWEST_PAIRS * len(Variant)


def test_only_what_found_something_is_varied_and_all_classes_alike() -> None:
    bases = [
        SearchQuery(text=text, family=Family.TASK, grades={"https://x.se/bidrag": ANSWERS})
        for text in ("föreningsbidrag", "årsmöte", "kassör", "protokoll")
    ]
    found = {"föreningsbidrag", "årsmöte"}
    made = vary(bases, found, material(pages()), seed=1, most=7)
    assert {one.base for one in made} <= found
    assert max(Counter(one.variant for one in made).values()) - 1 <= min(Counter(one.variant for one in made).values())
    assert vary(bases, (), material(pages()), seed=1, most=7) == ()


def test_a_task_is_graded(made: tuple[SearchQuery, ...]) -> None:
    query = next(one for one in made if one.text == "föreningsbidrag")
    assert query.family is Family.TASK
    assert query.confirmed
    assert query.grades == {
        "https://x.se/bidrag": ANSWERS,
        "https://x.se/kopia": ANSWERS,
        "https://x.se/taxa.pdf": 2,
        "https://x.se/1": 1,
    }
    assert query.overlap == 1.0


def test_known_items_do_not_leak_the_title(made: tuple[SearchQuery, ...]) -> None:
    used = material(pages())
    named = {page.url: page.title for page in pages()}
    known = [one for one in made if one.family is Family.KNOWN and one.variant is None]
    assert len(known) >= 5
    for query in known:
        (url,) = [url for url in query.answers if url in named]
        assert not leaks(query.text, named[url], used.analyzer)
        assert url in dict(used.search.search(query.text, 20))


def test_what_other_pages_call_a_page_is_asked_unless_it_is_its_title(made: tuple[SearchQuery, ...]) -> None:
    found = [one for one in made if one.family is Family.ANCHOR and not one.variant]
    assert [(one.text, one.answers) for one in found] == [
        ("Söks hos kommunen", ("https://x.se/bidrag", "https://x.se/kopia"))
    ]


def test_a_leak_is_a_part_of_the_title_or_half_of_its_words() -> None:
    used = material(pages()).analyzer
    assert leaks("bidrag", "Bidrag till föreningar", used)
    assert leaks("bidragen för föreningarna", "Bidrag till föreningar", used)
    assert not leaks("pengar klubb", "Bidrag till föreningar", used)


def test_every_variant_has_its_base(made: tuple[SearchQuery, ...]) -> None:
    bases = {one.text for one in made}
    variants = varied(made)
    assert not any(one.variant for one in made)
    assert all(one.variant and one.base in bases and one.text != one.base for one in variants)
    assert {one.variant for one in variants} >= {Variant.TYPO, Variant.FOLDED, Variant.QUESTION, Variant.INFLECTION}


@pytest.mark.parametrize(
    ("query", "kind", "text"),
    [
        ("föreningsbidrag", Variant.APART, "förenings bidrag"),
        ("föreningsbidrag", Variant.SPLIT, "bidrag förening"),
        ("bidrag förening", Variant.JOINED, "föreningsbidrag"),
        ("föreningsbidrag", Variant.FOLDED, "foreningsbidrag"),
        ("bidrag", Variant.SYNONYM, "stöd"),
        ("bidrag", Variant.INFLECTION, "bidraget"),
        ("bidrag", Variant.QUESTION, "var hittar jag bidrag"),
        ("bidrag", Variant.FOLDED, None),
        ("bidrag", Variant.SPLIT, None),
    ],
)
def test_variants_by_class(query: str, kind: Variant, text: str | None) -> None:
    made = material(pages()).maker.variants(query, "", np.random.default_rng(3))
    assert made.get(kind) == text


def test_pages_are_asked_for_by_their_titles() -> None:
    asked = list(titles(["https://x.se/bidrag", "https://x.se/finns-inte"], material(pages()).search))
    assert [(one.text, one.family) for one in asked] == [("Föreningsbidrag", Family.TITLE)]

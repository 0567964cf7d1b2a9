"""Our own search: BM25 against its formula, compounds, related words, ties; and what it proposes for tasks."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.findability.space import Vectors
from auditor.model.config import Task
from auditor.sitesearch.index import K1, B, Bm25, Document, ReferenceSearch, idf_of
from auditor.sitesearch.suggest import answering, candidates
from auditor.text.analyzer import Analyzer
from auditor.text.words import SWEDISH

PAGES = [
    Document(url="https://x.se/bidrag", title="Bidrag till föreningar", text="Kommunen ger bidrag till föreningar."),
    Document(url="https://x.se/hall", title="Boka en lokal", text="Här kan en förening boka hall eller lokal."),
    Document(url="https://x.se/mat", title="Matsedel", text="Soppa på torsdag."),
]


def search(pages: Sequence[Document] = PAGES, *, hybrid: bool = False) -> ReferenceSearch:
    texts = [f"{page.title} {page.text}" for page in pages]
    return ReferenceSearch(pages, Analyzer.of_texts(SWEDISH, texts, [("boka", "hyra")]), hybrid=hybrid)


def slow(bags: Sequence[dict[str, float]], query: dict[str, float]) -> list[float]:
    """BM25 term by term, as it is written in the books."""
    mean = sum(sum(bag.values()) for bag in bags) / len(bags) if bags else 1.0
    scores = []
    for bag in bags:
        length = sum(bag.values())
        score = 0.0
        for term, weight in query.items():
            count = bag.get(term, 0.0)
            holding = sum(term in other for other in bags)
            if count:
                norm = K1 * (1 - B + B * length / mean)
                score += weight * idf_of(len(bags), holding) * count * (K1 + 1) / (count + norm)
        scores.append(score)
    return scores


_BAG = st.dictionaries(st.sampled_from("abcde"), st.floats(0.1, 5), max_size=5)


@given(st.lists(_BAG, min_size=1, max_size=6).filter(any), _BAG)
def test_bm25_is_its_formula(bags: list[dict[str, float]], query: dict[str, float]) -> None:
    assert Bm25(bags).scores(query) == pytest.approx(slow(bags, query))


def test_bm25_by_hand() -> None:
    # Two documents, both of length 2; "a" stands once in the first: idf = ln(1 + 1.5/1.5) = ln 2, and the part of the
    # frequency is 1 · 2.2 / (1 + 1.2) = 1.
    assert Bm25([{"a": 1.0, "b": 1.0}, {"b": 2.0}]).scores({"a": 1.0}) == pytest.approx([math.log(2), 0.0])


def test_an_empty_index_finds_nothing() -> None:
    assert search([]).search("bidrag") == []


@pytest.mark.parametrize(
    ("query", "first"),
    [("föreningsbidrag", "bidrag"), ("bidragen", "bidrag"), ("hyra lokal", "hall"), ("torsdagssoppa", "mat")],
)
@pytest.mark.parametrize("hybrid", [False, True])
def test_swedish_is_understood(query: str, first: str, hybrid: bool) -> None:
    assert search(hybrid=hybrid).search(query)[0][0] == f"https://x.se/{first}"


class Colours:
    """An embedding that knows three colours by their first letters."""

    def __call__(self, texts: Sequence[str]) -> Vectors:
        return np.array([[text.count(letter) for letter in "rgb"] for text in texts], np.float32)

    passages = __call__


def test_an_embedding_ranks_what_words_do_not_tell_apart() -> None:
    pages = [Document(url=f"https://x.se/{name}", title="Bad", text=f"simma {name}") for name in ("bbb", "rrr")]
    analyzer = Analyzer.of_texts(SWEDISH, ["bad simma"])
    assert ReferenceSearch(pages, analyzer).search("simma r")[0][0] == "https://x.se/bbb"
    assert ReferenceSearch(pages, analyzer, meaning=Colours()).search("simma r")[0][0] == "https://x.se/rrr"
    assert ReferenceSearch([], analyzer, meaning=Colours()).search("bad") == []
    assert ReferenceSearch(pages, analyzer, meaning=Colours()).search("r") == [], "words must say something"


def test_what_is_nowhere_is_not_found() -> None:
    assert search().search("xylofon") == []


def test_equal_scores_come_in_order_of_address() -> None:
    twins = [Document(url=f"https://x.se/{name}", title="Bad", text="simma") for name in "cab"]
    assert [url[-1] for url, _ in search(twins).search("bad")] == ["a", "b", "c"]


def test_a_task_is_answered_by_the_page_that_comes_up_for_all_its_wordings() -> None:
    task = Task(id="t", question="Hur får vi bidrag?", phrasings=("föreningsbidrag", "bidrag förening", "bidragen"))
    found = candidates(task, search())
    assert found[0].url == "https://x.se/bidrag"
    assert found[0].confidence == 1.0
    assert [one.url for one in answering(found)] == ["https://x.se/bidrag"]


def test_a_task_that_no_page_answers_has_no_candidates() -> None:
    assert candidates(Task(id="t", question="Xylofon?", phrasings=("xylofon",)), search()) == ()

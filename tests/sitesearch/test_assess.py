"""What answers come to: figures by stratum, what fails and why, what is not known, and how two runs compare."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from auditor.model.search import Answer, Hit, Question
from auditor.model.sitesearch import Cause, Family, Mend, SearchQuery, Variant
from auditor.sitesearch.assess import Evidence, assess_search, fruitful, never_seen
from auditor.sitesearch.diagnose import diagnose
from auditor.sitesearch.index import Document, ReferenceSearch
from auditor.text.analyzer import Analyzer
from auditor.text.words import SWEDISH

GRANT = "https://x.se/bidrag"
HALL = "https://x.se/hall"
FILE = "https://x.se/taxa.pdf"
DOCUMENTS = (
    Document(url=GRANT, title="Bidrag till föreningar", text="Pengar som en förening kan få. Ansökan senast i mars."),
    Document(url=HALL, title="Idrottshallar", text="Boka hallen på nätet."),
    Document(url=FILE, title="Taxor", text="Hallen kostar hundra kronor", kind="pdf"),
    *(Document(url=f"https://x.se/{n}", title=f"Om väg {n}", text="Vägen sandas. Bussen går.") for n in range(6)),
)
ANALYZER = Analyzer.of_texts(
    SWEDISH, [f"{one.title} {one.text} hall idrott förening bidrag" for one in DOCUMENTS], [("boka", "hyra")]
)


def query(
    text: str, target: str = GRANT, *, variant: Variant | None = None, base: str = "", family: Family = Family.TASK
) -> SearchQuery:
    return SearchQuery(text=text, family=family, grades={target: 3}, variant=variant, base=base, confirmed=True)


def answer(text: str, *urls: str, nothing: bool = False, untested: str = "") -> Answer:
    hits = tuple(Hit(url=url, title=url, place=place) for place, url in enumerate(urls, 1))
    return Answer(question=Question(query=text), hits=hits, says_nothing=nothing, untested=untested)


def evidence(
    queries: Sequence[SearchQuery],
    answers: Sequence[Answer],
    *,
    statuses: Mapping[str, int] | None = None,
    before: Mapping[str, float] | None = None,
    phone: Sequence[Answer] = (),
    why: str = "",
) -> Evidence:
    return Evidence(
        queries=queries,
        answers={one.question.query: one for one in answers},
        phone={one.question.query: one for one in phone},
        phone_untested=why,
        search=ReferenceSearch(DOCUMENTS, ANALYZER),
        analyzer=ANALYZER,
        place=lambda url: url.removesuffix("#del"),
        status=(statuses or {}).get,
        known={one.url for one in DOCUMENTS},
        before=before or {},
        seed=0,
    )


def test_answers_are_counted_and_what_is_not_known_is_told_apart() -> None:
    queries = [query("bidrag"), query("föreningsbidrag"), query("boka hall", HALL), query("taxor", FILE)]
    told = assess_search(
        evidence(
            queries,
            [
                answer("bidrag", GRANT + "#del", HALL),
                answer("föreningsbidrag", nothing=True),
                answer("boka hall", untested="search-unread"),
            ],
        )
    )
    every = told.strata["all"]
    assert (every.queries, every.mrr.value, every.nothing) == (2, 0.5, 0.5)
    assert every.reference_mrr == 1.0
    assert [one.query.text for one in told.failed] == ["föreningsbidrag"]
    assert [one.text for one in told.held] == ["bidrag"]
    assert [(one.query.text, one.reason) for one in told.not_tested] == [
        ("boka hall", "search-unread"),
        ("taxor", "query-not-asked"),
    ]
    assert told.asked == 2
    assert told.reciprocal == {"bidrag": 1.0, "föreningsbidrag": 0.0}


@pytest.mark.parametrize(
    ("hits", "confirmed", "open_"),
    [
        (("https://x.se/ny", GRANT), False, True),
        (("https://x.se/ny",), False, True),
        (("https://x.se/ny", GRANT), True, False),
        ((GRANT, "https://x.se/ny"), False, False),
        ((HALL,), False, False),
        (("https://x.se/borta", GRANT), False, False),
    ],
)
def test_a_guess_is_not_held_against_pages_that_nobody_looked_at(
    hits: Sequence[str], confirmed: bool, open_: bool
) -> None:
    asked = replace(query("bidrag"), confirmed=confirmed)
    told = assess_search(evidence([asked], [answer("bidrag", *hits)], statuses={"https://x.se/borta": 404}))
    assert [one.reason for one in told.not_tested] == ["search-hits-unknown"] * open_
    assert ("all" in told.strata) is not open_
    assert len(told.failed) + len(told.held) == (not open_)


def test_what_is_varied_found_its_answer_before_anything_unknown() -> None:
    queries = [replace(query(text), confirmed=False) for text in ("a", "b", "c", "d")]
    answers = {
        one.question.query: one
        for one in (answer("a", GRANT), answer("b", "https://x.se/ny", GRANT), answer("c", HALL))
    }
    assert fruitful(queries, answers, str, {GRANT, HALL}) == {"a"}


def test_nothing_answered_gives_no_figure() -> None:
    told = assess_search(evidence([query("bidrag")], []))
    assert told.strata == {}
    assert len(told.not_tested) == 1


def test_a_variant_is_compared_with_its_base_and_is_in_no_other_figure() -> None:
    bases = [query(f"bidrag {number}") for number in range(6)]
    typos = [query(f"bidarg {number}", variant=Variant.TYPO, base=f"bidrag {number}") for number in range(6)]
    answers = [answer(one.text, GRANT) for one in bases]
    answers[5] = answer("bidrag 5", HALL)  # it has nothing to lose
    answers += [answer(one.text, GRANT if number else HALL) for number, one in enumerate(typos)]
    told = assess_search(evidence([*bases, *typos], answers))
    assert told.strata["all"].queries == 6
    (row,) = told.robustness
    assert (row.variant, row.pairs, row.base_mrr) == (Variant.TYPO, 5, 1.0)
    assert row.mrr == pytest.approx(0.8)
    assert row.kept == pytest.approx(0.8)
    assert row.interval is not None
    assert row.interval.low < 0.8 <= row.interval.high
    assert (row.base_example, row.example) == ("bidrag 0", "bidarg 0")


@pytest.mark.parametrize("pairs", [0, 1, 4])
def test_too_few_pairs_have_no_figure(pairs: int) -> None:
    bases = [query(f"bidrag {number}") for number in range(4)]
    typos = [query(f"bidarg {number}", variant=Variant.TYPO, base=f"bidrag {number}") for number in range(4)]
    answers = [answer(one.text, GRANT if number < pairs else HALL) for number, one in enumerate(bases)]
    told = assess_search(evidence([*bases, *typos], [*answers, *(answer(one.text, GRANT) for one in typos)]))
    (row,) = told.robustness
    assert (row.pairs, row.base_mrr, row.mrr, row.reference_mrr, row.kept) == (pairs, None, None, None, None)
    assert row.example == ("bidarg 0" if pairs else "")


def test_a_phone_with_the_same_lists_has_the_desktops_figures() -> None:
    queries = [query(f"bidrag {number}") for number in range(5)]
    answers = [answer(one.text, GRANT, HALL) for one in queries]
    told = assess_search(evidence(queries, answers, phone=answers[:3]))
    assert told.phone is not None
    assert (told.phone.compared, told.phone.differing, told.phone.alike) == (3, (), True)
    assert told.phone.strata == told.strata


def test_a_phone_with_other_lists_has_figures_of_its_own() -> None:
    queries = [query("bidrag"), query("pengar"), query("boka hall", HALL)]
    answers = [answer("bidrag", GRANT), answer("pengar", HALL), answer("boka hall", HALL)]
    phone = [answer("bidrag", HALL), answer("pengar", HALL), answer("boka hall", HALL)]
    told = assess_search(evidence(queries, answers, phone=phone))
    assert told.phone is not None
    assert (told.phone.differing, told.phone.asked) == (("bidrag",), 3)
    assert told.strata["all"].success[1] == pytest.approx(2 / 3)
    assert told.phone.strata["all"].success[1] == pytest.approx(1 / 3)
    assert [one.query.text for one in told.phone.lost] == ["bidrag"], "what no desktop finds either is told there"


@pytest.mark.parametrize(
    ("phone", "why", "reason"),
    [
        ([], "search-not-on-phone", "search-not-on-phone"),
        ([], "", "search-not-compared"),
        ([answer("bidrag 0", untested="search-field")], "", "search-field"),
        ([answer("bidrag 0", GRANT), answer("bidrag 1", GRANT)], "", "search-not-compared"),
    ],
)
def test_a_phone_of_which_too_little_is_known_is_untested(phone: Sequence[Answer], why: str, reason: str) -> None:
    queries = [query(f"bidrag {number}") for number in range(5)]
    told = assess_search(evidence(queries, [answer(one.text, GRANT) for one in queries], phone=phone, why=why))
    assert told.phone is not None
    assert (told.phone.untested, told.phone.alike, told.phone.strata) == (reason, False, {})


def test_what_does_not_come_up_for_its_own_title_is_not_indexed() -> None:
    queries = [query("boka hall", HALL), query("taxor", FILE), query("Taxor", FILE, family=Family.TITLE)]
    answers = [answer("boka hall", HALL), answer("taxor", GRANT), answer("Taxor", GRANT)]
    told = assess_search(evidence(queries, answers))
    assert {row.kind: (row.found, row.missing, row.unknown) for row in told.coverage} == {
        "page": (1, (), 0),
        "pdf": (0, (FILE,), 0),
    }
    assert [(one.query.text, one.mend, one.cause) for one in told.failed] == [("taxor", Mend.SEARCH, Cause.NOT_INDEXED)]
    assert told.strata["all"].queries == 2, "titles are in no figure"


def test_pages_that_never_came_up_are_to_be_asked_for() -> None:
    queries = [query("boka hall", HALL), query("taxor", FILE), query("bidrag", GRANT)]
    answers = {"boka hall": answer("boka hall", HALL), "taxor": answer("taxor", GRANT), "bidrag": answer("bidrag")}
    assert never_seen(queries, answers, lambda url: url) == [FILE]


def test_hits_that_lead_nowhere() -> None:
    gone = "https://x.se/borta"
    told = assess_search(evidence([query("bidrag")], [answer("bidrag", gone, GRANT)], statuses={gone: 404, GRANT: 200}))
    assert told.stale == (("bidrag", gone, 404),)
    assert told.looked_at == 2


def test_two_runs_are_compared_by_the_same_queries() -> None:
    texts = [f"bidrag {number}" for number in range(12)]
    told = assess_search(
        evidence(
            [query(text) for text in texts],
            [answer(text, GRANT) for text in texts],
            before={**dict.fromkeys(texts, 0.0), "annat": 1.0},
        )
    )
    assert told.trend is not None
    assert (told.trend.queries, told.trend.before, told.trend.after) == (12, 0.0, 1.0)
    assert told.trend.p < 0.01


@pytest.mark.parametrize(
    ("text", "target", "rank", "ours", "mend", "cause", "words"),
    [
        ("hyra hallen", HALL, None, 1, Mend.SEARCH, Cause.SYNONYM, ("hyra",)),
        ("idrottshallen", HALL, None, 1, Mend.SEARCH, Cause.INFLECTION, ("idrottshallen",)),
        ("idrott", HALL, None, 1, Mend.SEARCH, Cause.COMPOUND, ("idrott",)),
        ("boka gympasal", HALL, None, 2, Mend.SEARCH, Cause.NO_WORD, ("gympasal",)),
        ("boka hallen", HALL, 7, 1, Mend.SEARCH, Cause.ORDER, ()),
        ("boka hallen", HALL, None, 1, Mend.SEARCH, Cause.ORDER, ()),
        ("gympasal", HALL, None, None, Mend.PAGE, Cause.NO_WORD, ("gympasal",)),
        ("ansökan mars", GRANT, None, 9, Mend.PAGE, Cause.TITLE, ("ansökan", "mars")),
        ("bidrag", GRANT, 8, 8, Mend.PAGE, Cause.ORDER, ()),
    ],
)
def test_the_gap_to_our_own_search_tells_what_to_mend(
    text: str, target: str, rank: int | None, ours: int | None, mend: Mend, cause: Cause, words: tuple[str, ...]
) -> None:
    document = next(one for one in DOCUMENTS if one.url == target)
    told = diagnose(query(text, target), document, ANALYZER, rank=rank, reference_rank=ours, unindexed=())
    assert (told.mend, told.cause, told.words) == (mend, cause, words)


def test_a_misspelled_query_is_a_matter_of_the_search() -> None:
    typo = query("bidarg", variant=Variant.TYPO, base="bidrag")
    told = diagnose(typo, DOCUMENTS[0], ANALYZER, rank=None, reference_rank=None, unindexed=())
    assert (told.mend, told.cause, told.words) == (Mend.SEARCH, Cause.SPELLING, ("bidarg",))

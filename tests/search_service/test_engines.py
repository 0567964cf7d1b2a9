"""Each engine's defect is named by the rules, and nothing else is; the sound one is clean."""

from urllib.parse import urlsplit

import pytest

from auditor.derive.search_probes import Purpose
from auditor.model.search import Order
from auditor.model.vocabulary import OutcomeKind
from tests.search_service.drive import ask, ask_in_browser, diagnoses, judged, questions, site
from tests.search_service.engine import Defect
from tests.search_service.service import serving

EXPECTED: dict[Defect, set[str]] = {
    Defect.NONE: set(),
    Defect.NO_STEMMING: {"inflections-found: missed"},
    Defect.NO_COMPOUNDS: {"compounds-found: missed"},
    Defect.ALL_WORDS: {"any-word-found: missed"},
    Defect.CODE_POINTS: {"sort-order-right: code_point"},
    Defect.FOLDED: {"sort-order-right: folded"},
    Defect.INDEX_DATE: {"sort-order-right: index_date"},
    Defect.LOSES_PAGE: {"pages-whole: lost"},
    Defect.REPEATS: {"pages-whole: repeated"},
    Defect.NO_DOCUMENTS: {"documents-found: ignored"},
    Defect.WRONG_COUNT: {"hit-count-true: wrong"},
    Defect.STALE: {"index-fresh: gone", "index-fresh: missing"},
    Defect.ORDER_IGNORED: {"sort-order-right: no_effect"},
    Defect.ORDER_FILTERS: {"same-hits-in-every-order: differs"},
    Defect.WRONG_CHOICES: {"filters-right: count"},
    Defect.CHOICE_WIDENS: {"filters-right: outside"},
    Defect.SCRIPTED: set(),
}
JUDGED = {
    "any-word-found", "compounds-found", "documents-found", "filters-right", "hit-count-true", "index-fresh",
    "inflections-found", "pages-whole", "same-hits-in-every-order", "sort-order-right",
}  # fmt: skip


def test_every_engine_has_a_diagnosis() -> None:
    assert set(EXPECTED) == set(Defect)


@pytest.mark.parametrize("defect", [defect for defect in Defect if defect is not Defect.SCRIPTED])
def test_the_defect_is_named_and_nothing_else(defect: Defect) -> None:
    with serving(defect) as server:
        results = judged(site(server, ask(server, questions(server))))

    assert diagnoses(results) == EXPECTED[defect]


def test_every_rule_has_something_to_say_of_the_sound_engine() -> None:
    with serving(Defect.NONE) as server:
        results = judged(site(server, ask(server, questions(server))))

    passed = {result.rule.removeprefix("search/") for result in results if result.kind is OutcomeKind.PASSED}
    assert passed == JUDGED


@pytest.mark.browser
@pytest.mark.parametrize(
    ("defect", "make_up"),
    [
        (Defect.NONE, "terms"),
        (Defect.NONE, "cards"),
        (Defect.SCRIPTED, "list"),
        (Defect.CODE_POINTS, "cards"),
        (Defect.LOSES_PAGE, "terms"),
    ],
)
def test_the_same_is_said_of_what_must_be_typed_and_pressed(defect: Defect, make_up: str) -> None:
    with serving(defect, make_up) as server:
        lists = [one for one in questions(server) if one.purpose in (Purpose.LISTS, Purpose.DOCUMENT)][:3]
        replies = ask_in_browser(server, lists)
        whole = site(server, replies)

    first = replies[0].answer
    assert set(first.orders) == {Order.RELEVANCE, Order.TITLE, Order.TITLE_BACK, Order.DATE}
    assert {choice.label for choice in first.choices} == {"Nyhet", "Sida"}
    assert first.in_place is (defect is Defect.SCRIPTED)
    assert [reply.answer.untested for reply in replies] == [""] * len(replies)
    assert diagnoses(judged(whole)) == EXPECTED[defect]
    assert {request.method for request in server.requests} == {"GET"}
    assert {urlsplit(request.path).path for request in server.requests} <= {"/", "/sok", "/api/sok", "/favicon.ico"}

"""Verdicts on claims: what holds, what holds in part, what does not, and what cannot be known."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.claims import Basis, Evidence, Ground, Holding, judge_claims
from auditor.claims.base import Results
from auditor.claims.conditions import judge
from auditor.claims.grounds import all_of, any_of, opposite
from auditor.model.claim import Claim, Register, Source, Verdict
from auditor.model.config import ScopeConfig
from auditor.model.facts import Control
from auditor.model.findability import Figures, Findability, TaskResult, ViewResult
from auditor.model.score import AreaScore, Score
from auditor.model.site import Contact, LinkStatus, LinkSummary, PageSummary, Site
from auditor.model.vocabulary import Area, OutcomeKind, Viewport
from tests.builders import REPEATABLE, START, facts, outcome, summary, url

BOTH = (Viewport.PHONE, Viewport.DESKTOP)
HOLDINGS = st.lists(st.sampled_from(Holding), min_size=1, max_size=6)


def to(path: str, name: str = "Bidrag", reachable: Sequence[Viewport] = BOTH) -> LinkSummary:
    """A link of the content."""
    return LinkSummary(href=url(path), name=name, selector="main > a", regions=("main",), reachable=tuple(reachable))


def at(path: str, *links: LinkSummary, heading: str = "", **more: Any) -> PageSummary:
    """A page with links."""
    return replace(summary(path, main_heading=heading), links=links, **more)


def basis(
    *pages: PageSummary,
    results: Mapping[str, Mapping[str, OutcomeKind]] | None = None,
    complete: bool = True,
    hub: str = "",
    texts: Mapping[str, str] | None = None,
    statuses: Sequence[LinkStatus] = (),
    **more: Any,
) -> Basis:
    """A run; *results* are rule → path → what it said on phone and desktop."""
    said: Results = {
        rule: {url(path): dict.fromkeys(BOTH, kind) for path, kind in kinds.items()}
        for rule, kinds in (results or {}).items()
    }
    known = texts or {}
    return Basis(
        site=Site(
            start=START,
            today=date(2024, 5, 15),
            pages=pages,
            complete=complete,
            hub=url(hub) if hub else "",
            statuses={status.url: status for status in statuses},
        ),
        results=said,
        outcomes=lambda rule: [
            outcome(path=path, selector="p")
            for path, kind in (results or {})[rule].items()
            if kind is OutcomeKind.FAILED
        ],
        text=lambda address: known.get(address, ""),
        **more,
    )


def ask(states: Mapping[str, Any], now: Basis, earlier: Basis | None = None, coverage: float = 0.9) -> Ground:
    """What a run says of a condition, as a register writes it."""
    return judge(claim(states).states, Evidence(now=now, earlier=earlier), coverage)


def claim(states: Mapping[str, Any], identifier: str = "ett", **more: Any) -> Claim:
    """A claim."""
    return Claim.model_validate({"id": identifier, "quote": "Så är det.", "source": "A", "states": states, **more})


def register(*claims: Claim) -> Register:
    """A register of claims from one document."""
    return Register(sources={"A": Source(title="Svar", date=date(2020, 9, 16))}, claims=claims)


PASSED, FAILED, OPEN = OutcomeKind.PASSED, OutcomeKind.FAILED, OutcomeKind.CANT_TELL
PAGES = tuple(at(f"/{number}") for number in range(10))
EVERY = {"share": {"where": {"rule": "structure/test"}}}


def said(*kinds: OutcomeKind) -> dict[str, dict[str, OutcomeKind]]:
    """A rule's results, page by page."""
    return {"structure/test": {f"/{number}": kind for number, kind in enumerate(kinds)}}


@pytest.mark.parametrize(
    ("kinds", "spec", "expected"),
    [
        ([PASSED] * 10, {}, Holding.YES),
        ([PASSED] * 9 + [FAILED], {}, Holding.PARTLY),
        ([PASSED] * 9 + [FAILED], {"at_least": 0.9}, Holding.YES),
        ([PASSED] * 4 + [FAILED] * 6, {}, Holding.NO),
        ([PASSED] * 4 + [FAILED] * 6, {"partly_at_least": 0.4}, Holding.PARTLY),
        ([FAILED] * 10, {"partly_at_least": 0}, Holding.NO),
        ([PASSED] * 8 + [OPEN] * 2, {}, Holding.UNKNOWN),
        ([PASSED] * 9 + [OPEN], {}, Holding.YES),
        ([PASSED, FAILED] + [OutcomeKind.INAPPLICABLE] * 8, {}, Holding.PARTLY),
        ([OutcomeKind.INAPPLICABLE] * 10, {}, Holding.UNKNOWN),
        ([OutcomeKind.UNTESTED] * 10, {}, Holding.UNKNOWN),
    ],
)
def test_a_share_of_pages(kinds: list[OutcomeKind], spec: dict[str, float], expected: Holding) -> None:
    condition = {"share": {"where": {"rule": "structure/test"}, **spec}}
    assert ask(condition, basis(*PAGES, results=said(*kinds))).holding is expected


def test_a_share_names_pages_on_both_sides() -> None:
    ground = ask(EVERY, basis(*PAGES[:3], results=said(PASSED, FAILED, PASSED)))
    assert [item.target.url for item in ground.speaks_for] == [url("/0"), url("/2")]
    assert [(item.target.url, item.target.selector) for item in ground.speaks_against] == [(url("/1"), "p")]
    assert (ground.values["yes"], ground.values["asked"]) == (2, 3)


def test_pages_are_chosen_by_all_that_is_said() -> None:
    pages = (
        at("/a/1", heading="Bidrag", words=50),
        at("/a/2", heading="Bidrag", words=10),
        at("/a/3", heading="Hallar", words=50),
        at("/b/1", heading="Bidrag", words=50),
    )
    of = {"paths": ["/a/"], "called": ["^bidrag"], "words_at_least": 20}
    ground = ask({"share": {"of": of, "where": {"text": "x"}}}, basis(*pages, texts={url("/a/1"): "xyz"}))
    assert [item.target.url for item in ground.speaks_for] == [url("/a/1")]
    assert ground.values["chosen"] == 1


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"text": "SENAST 31 mars"}, Holding.YES),
        ({"text": "senast 1 maj"}, Holding.NO),
        ({"not": {"text": "senast 1 maj"}}, Holding.YES),
        ({"all": [{"text": "senast"}, {"text": "maj"}]}, Holding.NO),
        ({"any": [{"text": "senast"}, {"text": "maj"}]}, Holding.YES),
        ({"updated_within": 3}, Holding.YES),
        ({"updated_within": 1}, Holding.NO),
        ({"gives_contact": "any"}, Holding.YES),
        ({"gives_contact": "phone"}, Holding.NO),
        ({"links_to": ["/boka"]}, Holding.YES),
        ({"links_to": ["^Boka$"]}, Holding.YES),
        ({"links_to": ["/gammal"]}, Holding.NO),
        ({"links_to": ["/okand"]}, Holding.UNKNOWN),
        ({"links_to": ["/okand"], "answers": False}, Holding.YES),
        ({"links_to": ["/dator"], "answers": False}, Holding.NO),
        ({"links_to": ["/dator"], "answers": False, "viewports": ["desktop"]}, Holding.YES),
    ],
)
def test_what_one_page_may_be_asked(where: dict[str, Any], expected: Holding) -> None:
    links = (to("/boka", "Boka"), to("/gammal", "G"), to("/okand", "O"), to("/dator", "D", [Viewport.DESKTOP]))
    asked = at("/bidrag", *links, updated="2024-03-20", contacts=(mailbox("service@a.se"),))
    gone = LinkStatus(url=url("/gammal"), status=404)
    here = LinkStatus(url=url("/boka"), status=200)
    now = basis(asked, texts={asked.url: "Sök senast 31 mars."}, statuses=(gone, here))
    condition = {"share": {"of": {"paths": ["/bidrag"]}, "where": where}}
    assert ask(condition, now).holding is expected


def test_a_rule_alone_counts_each_viewport() -> None:
    now = basis(at("/0"), results=said(PASSED))
    mixed: Results = {"structure/test": {url("/0"): {Viewport.PHONE: FAILED, Viewport.DESKTOP: PASSED}}}
    now = replace(now, results=mixed)
    assert ask({"rule": "structure/test"}, now).holding is Holding.PARTLY
    assert ask({"rule": "structure/test", "viewports": ["desktop"]}, now).holding is Holding.YES
    assert ask({"rule": "structure/other"}, now).holding is Holding.UNKNOWN


def test_a_page_must_be_there_and_be_reached() -> None:
    start = at("/", to("/hem"))
    middle = at("/hem", to("/plan", reachable=[Viewport.DESKTOP]))
    plan = at("/plan", heading="Översiktsplan")
    condition: dict[str, Any] = {"page": {"pages": {"called": ["översiktsplan"]}}}
    assert ask(condition, basis(start, middle, plan)).holding is Holding.PARTLY
    assert ask(condition, basis(start, at("/hem", to("/plan")), plan)).holding is Holding.YES
    assert ask(condition, basis(start, middle)).holding is Holding.NO
    assert ask(condition, basis(start, middle, complete=False)).holding is Holding.UNKNOWN
    condition["page"]["linked_from"] = {"paths": ["/hem"]}
    assert ask(condition, basis(start, at("/hem", to("/plan")), plan)).holding is Holding.YES


@pytest.mark.parametrize(
    ("scope", "pages", "expected"),
    [
        (ScopeConfig(), {"paths": ["/plan/"]}, Holding.NO),
        (ScopeConfig(include=("/plan/",)), {"paths": ["/plan/karta/"]}, Holding.NO),
        (ScopeConfig(include=("/bidrag/",)), {"paths": ["/plan/"]}, Holding.UNKNOWN),
        (ScopeConfig(exclude=("/plan/",)), {"paths": ["/plan/"]}, Holding.UNKNOWN),
        (ScopeConfig(exclude=("/plan/",)), {"called": ["plan"]}, Holding.UNKNOWN),
        (ScopeConfig(), {"hosts": ["annan.sjoboda.example"]}, Holding.UNKNOWN),
    ],
)
def test_what_lies_outside_scope_is_not_missing(scope: ScopeConfig, pages: dict[str, Any], expected: Holding) -> None:
    assert ask({"page": {"pages": pages}}, basis(at("/"), scope=scope)).holding is expected


def test_runs_of_different_scope_are_not_compared() -> None:
    now, before = scored(80), replace(scored(70), scope=ScopeConfig(include=("/bidrag/",)))
    assert ask({"better": {"areas": ["structure"]}}, now, before).message == "other-scope"
    assert ask({"changed": {"of": {}}}, now, before).message == "other-scope"


def test_the_hub_must_lead_to_each_topic() -> None:
    start = at("/", to("/f"))
    hub = at("/f", to("/f/bidrag", "Bidrag"), to("/boka", "Boka lokal", [Viewport.DESKTOP]))
    condition = {"hub": {"topics": {"bidrag": ["bidrag"], "bokning": ["boka lokal"]}}}
    ground = ask(condition, basis(start, hub, hub="/f"))
    assert ground.holding is Holding.PARTLY
    assert [(item.target.viewport, item.values["topic"]) for item in ground.speaks_against] == [
        (Viewport.PHONE, "bokning")
    ]
    assert ask(condition, basis(start, hub)).holding is Holding.NO
    assert ask(condition, basis(start, hub="/f")).holding is Holding.UNKNOWN


def mailbox(address: str) -> Contact:
    """A mailbox in the content."""
    return Contact(kind="mail", value=address, shown=address, linked=True, in_main=True, selector="a")


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"at_most": 2}, Holding.YES),
        ({"at_most": 1}, Holding.NO),
        ({"only": ["service@a.se"]}, Holding.PARTLY),
        ({"only": ["service@a.se", "Fritid@a.se"]}, Holding.YES),
        ({"only": ["annan@a.se"]}, Holding.NO),
        ({"others_than": ["service@a.se"]}, Holding.YES),
        ({"others_than": ["service@a.se", "fritid@a.se"]}, Holding.NO),
        ({"kind": "phone", "at_most": 0}, Holding.YES),
    ],
)
def test_contacts_are_counted_over_pages(spec: dict[str, Any], expected: Holding) -> None:
    pages = [
        replace(at(f"/f/{number}"), contacts=(mailbox("service@a.se"), *more))
        for number, more in enumerate(((), (), (mailbox("fritid@a.se"),)))
    ]
    now = basis(*pages)
    assert ask({"contacts": {"of": {}, "kind": "mail", **spec}}, now).holding is expected


def test_contacts_without_pages_are_unknown() -> None:
    assert ask({"contacts": {"at_most": 1}}, basis(at("/"))).holding is Holding.UNKNOWN


def test_orders_are_offered_and_proved() -> None:
    names = ("Relevans", "Datum", "A–Ö")
    controls = tuple(Control(selector=f"b{n}", tag="button", name=name) for n, name in enumerate(names))
    seen = replace(facts(), controls=controls)
    four = {"Relevans": ["relevans"], "Datum": ["datum"], "A–Ö": ["a–ö"], "Ö–A": ["ö–a"]}
    three = {name: patterns for name, patterns in four.items() if name != "Ö–A"}
    now = basis(at("/"), search_pages=(seen,))
    assert ask({"search_orders": {"offered": three, "right": False}}, now).holding is Holding.YES
    assert ask({"search_orders": {"offered": four, "right": False}}, now).holding is Holding.PARTLY
    assert ask({"search_orders": {"offered": three}}, now).holding is Holding.PARTLY
    proved = basis(at("/"), search_pages=(seen,), results={"search/sort-order-right": {"/": PASSED}})
    assert ask({"search_orders": {"offered": three}}, proved).holding is Holding.YES
    assert ask({"search_orders": {"offered": three}}, basis(at("/"))).holding is Holding.UNKNOWN


@pytest.mark.parametrize(
    ("orders", "sets", "expected"),
    [
        ({"/1": PASSED, "/2": PASSED}, {"/1": PASSED}, Holding.YES),
        ({"/1": PASSED, "/2": FAILED}, {}, Holding.PARTLY),
        ({"/1": FAILED, "/2": FAILED}, {"/1": PASSED}, Holding.NO),
        ({"/1": PASSED, "/2": PASSED}, {"/2": FAILED}, Holding.PARTLY),
        ({"/1": PASSED, "/2": OPEN}, {}, Holding.UNKNOWN),
        ({"/1": OutcomeKind.UNTESTED}, {}, Holding.UNKNOWN),
    ],
)
def test_orders_hold_if_each_is_right_and_shows_the_same_hits(
    orders: dict[str, OutcomeKind], sets: dict[str, OutcomeKind], expected: Holding
) -> None:
    seen = replace(facts(), controls=(Control(selector="b", tag="button", name="Datum"),))
    results = {"search/sort-order-right": orders, "search/same-hits-in-every-order": sets}
    now = basis(at("/"), search_pages=(seen,), results=results)
    assert ask({"search_orders": {"offered": {"Datum": ["datum"]}}}, now).parts[1].holding is expected


def scored(value: float, rules: str = "1") -> Basis:
    """A run in which structure came to *value*."""
    score = Score(value=value, coverage=1.0, rules=1)
    scores = [
        AreaScore(area=Area.STRUCTURE, viewport=viewport, every=score, requirement=score, good_practice=score)
        for viewport in BOTH
    ]
    return basis(at("/"), scores=scores, rules_version=rules)


def tried(identifier: str, phone: float, desktop: float, *, confirmed: bool = True) -> TaskResult:
    """A task and the shares of visitors that find it by clicking."""
    figures = Figures(runs=300, found=0, direct=0, first_click=0, lostness=None, taps=None, seconds=None)
    views = tuple(
        ViewResult(
            viewport=viewport,
            navigation=replace(figures, found=found),
            reached=found,
            wordings={},
            opening_band=(found, found),
            shortest=1,
            label_gap=0,
            structure_gap=0,
        )
        for viewport, found in ((Viewport.PHONE, phone), (Viewport.DESKTOP, desktop))
    )
    return TaskResult(id=identifier, question="Hur?", targets=(url("/"),), confirmed=confirmed, own=True, views=views)


def test_tasks_are_found_by_half_of_the_visitors_and_only_confirmed_ones_count() -> None:
    found = Findability(tasks=(tried("a", 0.4, 0.9), tried("b", 0.8, 0.9), tried("gissad", 0, 0, confirmed=False)))
    now = basis(at("/"), findability=found)
    ground = ask({"tasks": {"by": "navigation"}}, now)
    assert ground.holding is Holding.PARTLY
    assert [(item.values["task"], item.target.viewport) for item in ground.speaks_against] == [("a", Viewport.PHONE)]
    assert ask({"tasks": {"viewports": ["desktop"]}}, now).holding is Holding.YES
    phone = {"ids": ["a"], "viewports": ["phone"]}
    assert ask({"tasks": phone | {"by": "navigation"}}, now).holding is Holding.NO
    assert ask({"tasks": phone}, now).message == "no-tasks", "the search may find it, and was not asked"
    assert ask({"tasks": {"by": "search"}}, now).message == "no-tasks"
    assert ask({"tasks": {}}, basis(at("/"))).message == "no-tasks"


def test_better_needs_an_earlier_run_under_the_same_rules() -> None:
    condition = {"better": {"areas": ["structure"]}}
    assert ask(condition, scored(80), scored(70)).holding is Holding.YES
    assert ask(condition, scored(80), scored(79.5)).holding is Holding.NO
    assert ask(condition, scored(80), scored(70, rules="2")).message == "other-rules"
    assert ask(condition, scored(80)).message == "no-earlier-run"
    assert ask({"better": {"areas": ["search"]}}, scored(80), scored(70)).message == "no-scores"


def test_changed_compares_headings_and_texts() -> None:
    condition = {"changed": {"of": {"paths": ["/skolval"]}}}
    before = basis(at("/skolval", heading="Skolval", words=100))
    assert ask(condition, basis(at("/skolval", heading="Skolval", words=105)), before).holding is Holding.NO
    assert ask(condition, basis(at("/skolval", heading="Skolval", words=200)), before).holding is Holding.YES
    assert ask(condition, basis(at("/skolval", heading="Välj skola", words=100)), before).holding is Holding.YES
    assert ask(condition, basis(at("/skolval")), None).message == "no-earlier-run"


def test_what_a_website_does_not_show_is_not_verifiable() -> None:
    claims = register(claim({"outside": "Listan behövs."}), claim({"person": "Läs den."}, "tva"))
    judged = judge_claims(claims, Evidence(now=basis(at("/"))))
    assert [one.verdict for one in judged] == [Verdict.NOT_VERIFIABLE] * 2
    assert [one.too_little for one in judged] == [False, False]


def test_no_verdict_on_less_than_the_coverage_that_the_claim_states() -> None:
    now = basis(*PAGES[:8], results=said(*[PASSED] * 8), untested=2)
    strict, mild = claim(EVERY, coverage=0.9), claim(EVERY, "tva", coverage=0.8)
    first, second = judge_claims(register(strict, mild), Evidence(now=now))
    assert (first.verdict, first.too_little) == (Verdict.NOT_VERIFIABLE, True)
    assert (second.verdict, second.too_little) == (Verdict.SUPPORTED, False)


def test_claims_that_contradict_each_other_are_named_on_both_sides() -> None:
    one = claim({"outside": "x"}, "ett", against=["tva"])
    other = claim({"outside": "x"}, "tva")
    judged = judge_claims(register(one, other), Evidence(now=basis(at("/"))))
    assert {each.claim.id: each.conflicts for each in judged} == {"ett": ("tva",), "tva": ("ett",)}


@REPEATABLE
@given(HOLDINGS)
def test_all_and_any_are_each_others_mirror_where_all_is_known(holdings: list[Holding]) -> None:
    known = [holding for holding in holdings if holding is not Holding.UNKNOWN]
    if known and set(known) != {Holding.NO}:
        assert all_of(known) is not Holding.NO
    assert (any_of(holdings) is Holding.YES) == (Holding.YES in holdings)
    assert (all_of(holdings) is Holding.YES) == (set(holdings) == {Holding.YES})
    assert all_of(list(reversed(holdings))) is all_of(holdings)
    assert [opposite(opposite(holding)) for holding in holdings] == holdings


@REPEATABLE
@given(st.lists(st.sampled_from([PASSED, FAILED, OPEN]), min_size=1, max_size=10), st.integers(0, 9))
def test_mending_a_page_never_lowers_a_verdict(kinds: list[OutcomeKind], mended: int) -> None:
    order = [Holding.NO, Holding.PARTLY, Holding.YES]
    pages = PAGES[: len(kinds)]
    before = ask(EVERY, basis(*pages, results=said(*kinds)), coverage=0)
    kinds[mended % len(kinds)] = PASSED
    after = ask(EVERY, basis(*pages, results=said(*kinds)), coverage=0)
    if before.holding is not Holding.UNKNOWN:
        assert order.index(after.holding) >= order.index(before.holding)

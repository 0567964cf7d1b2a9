"""Rules × artifacts → results: what could not be judged is never a pass and never silence."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from auditor.audit import judge_page, judge_site
from auditor.model.axe import AxeFinding, AxeNode, AxeResult
from auditor.model.keyboard import Keyboard
from auditor.model.outcome import Outcome, RuleResult, Target, cant_tell, dismissed, failed, passed
from auditor.model.page import Document, Page, Rendering
from auditor.model.rule import Rule
from auditor.model.site import Site
from auditor.model.state import State, StateKind
from auditor.model.vocabulary import OutcomeKind, Scope, Viewport
from tests.builders import START, axe_result, facts, heading, page, rendering, rule, summary, url
from tests.test_scoring import PASSED, UNTESTED

TODAY = date(2024, 5, 15)
BOTH = (Viewport.PHONE, Viewport.DESKTOP)


def headings_pass(rendering: Rendering) -> Iterator[Outcome]:
    """Every heading passes."""
    for seen in rendering.facts.headings:
        yield passed(seen)


def phone_fails(rendering: Rendering) -> Iterator[Outcome]:
    """Fails on the phone, passes elsewhere."""
    yield failed(rendering, "small") if rendering.viewport is Viewport.PHONE else passed(rendering)


def breaks(_: Any) -> Iterator[Outcome]:
    """Says something, then breaks."""
    yield passed()
    raise ZeroDivisionError("no columns")


def judged(rules: Iterable[Rule], subject: Page) -> dict[tuple[str, Viewport | None], RuleResult]:
    """Rule and viewport → result; each rule and viewport has one."""
    results = list(judge_page(rules, subject))
    found = {(result.rule, result.viewport): result for result in results}
    assert len(found) == len(results)
    return found


def reasons(results: Iterable[RuleResult]) -> set[str]:
    """The messages of untested outcomes."""
    return {outcome.message for result in results for outcome in result.outcomes if outcome.kind is UNTESTED}


def test_a_check_that_raises_is_untested_and_the_others_go_on() -> None:
    rules = [
        rule("structure/broken", check=breaks, source="structure:breaks"),
        rule("structure/whole", check=phone_fails),
    ]
    found = judged(rules, page())
    for viewport in BOTH:
        broken = found["structure/broken", viewport]
        assert (broken.kind, broken.passed) == (UNTESTED, 0)
        assert [outcome.message for outcome in broken.outcomes] == [
            "check-raised|structure:breaks ZeroDivisionError: no columns"
        ]
        assert broken.outcomes[0].target == Target(url=START, viewport=viewport)
    assert found["structure/whole", Viewport.PHONE].kind is OutcomeKind.FAILED
    assert found["structure/whole", Viewport.DESKTOP].kind is PASSED


@pytest.mark.parametrize("scope", [Scope.DOCUMENT, Scope.PAGE, Scope.SITE])
def test_a_check_of_any_scope_may_raise(scope: Scope) -> None:
    broken = rule("structure/broken", scope=scope, check=breaks)
    site = Site(start=START, today=TODAY)
    results = list(judge_site([broken], site) if scope is Scope.SITE else judge_page([broken], page()))
    assert [result.kind for result in results] == [UNTESTED]
    assert reasons(results) == {"check-raised|tests:check ZeroDivisionError: no columns"}


def test_a_page_that_did_not_load_is_untested_under_every_rule() -> None:
    rules = [
        rule("structure/rendering", check=phone_fails),
        rule("structure/narrow", check=phone_fails, viewports=(Viewport.NARROW,)),
        rule("structure/page", scope=Scope.PAGE, check=breaks),
        rule("structure/document", scope=Scope.DOCUMENT, check=breaks),
        rule("axe/label"),
    ]
    found = judged(rules, page(renderings=[], html=None, status=0, untested={"page": "no-answer|30"}))
    assert set(found) == {
        ("structure/rendering", Viewport.PHONE),
        ("structure/rendering", Viewport.DESKTOP),
        ("structure/narrow", Viewport.NARROW),
        ("structure/page", None),
        ("structure/document", None),
        ("axe/label", Viewport.PHONE),
        ("axe/label", Viewport.DESKTOP),
    }
    assert {result.kind for result in found.values()} == {UNTESTED}
    assert reasons(found.values()) == {"no-answer|30"}


def test_a_page_without_any_reason_is_untested_all_the_same() -> None:
    found = judged([rule(check=headings_pass)], page(renderings=[], html=None))
    assert {result.kind for result in found.values()} == {UNTESTED}
    assert reasons(found.values()) == {"no-look"}


def test_only_the_viewport_that_is_missing_is_untested() -> None:
    seen = rendering(Viewport.DESKTOP, seen=facts(headings=[heading("Bidrag")]))
    subject = page(renderings=[seen], untested={Viewport.PHONE: "viewport-too-long"})
    found = judged([rule(check=headings_pass)], subject)
    assert found["structure/test", Viewport.DESKTOP].kind is PASSED
    assert found["structure/test", Viewport.PHONE].kind is UNTESTED
    assert reasons(found.values()) == {"viewport-too-long"}


@pytest.mark.parametrize("scope", [Scope.RENDERING, Scope.PAGE, Scope.DOCUMENT])
def test_what_is_no_page_of_the_site_gives_nothing(scope: Scope) -> None:
    rules = [rule(scope=scope, check=breaks), rule("axe/label")]
    assert list(judge_page(rules, page(is_content=False))) == []
    assert list(judge_page(rules, page(is_content=False, html=None, renderings=[], status=404))) == []


def test_rules_about_the_site_say_nothing_of_one_page() -> None:
    assert list(judge_page([rule(scope=Scope.SITE, check=breaks)], page())) == []


def test_no_outcome_means_inapplicable() -> None:
    found = judged([rule(check=headings_pass)], page())
    assert {result.kind for result in found.values()} == {OutcomeKind.INAPPLICABLE}
    assert {result.outcomes for result in found.values()} == {()}


def test_passed_targets_are_counted_and_the_others_kept() -> None:
    def mixed(rendering: Rendering) -> Iterator[Outcome]:
        first, second, third = rendering.facts.headings
        yield passed(first)
        yield cant_tell(second, "unsure")
        yield passed(third)

    seen = rendering(Viewport.PHONE, seen=facts(headings=[heading("Ett"), heading("Två", 2), heading("Tre", 3)]))
    only = judged([rule(check=mixed, viewports=(Viewport.PHONE,))], page(renderings=[seen]))
    found = only["structure/test", Viewport.PHONE]
    assert (found.kind, found.passed) == (OutcomeKind.CANT_TELL, 2)
    assert [(one.kind, one.target.selector, one.target.text) for one in found.outcomes] == [
        (OutcomeKind.CANT_TELL, "h2", "Två")
    ]
    assert found.outcomes[0].target.url == START
    assert found.outcomes[0].target.viewport is Viewport.PHONE


def test_a_rule_about_documents_looks_at_the_document_and_has_no_viewport() -> None:
    def titled(document: Document) -> Iterator[Outcome]:
        title = document.tree.title
        yield failed(None, "title", text=title.get_text() if title else "")

    found = judged([rule(scope=Scope.DOCUMENT, check=titled)], page("/a", html="<title>Bidrag</title>"))
    outcome = found["structure/test", None].outcomes[0]
    assert outcome.values == {"text": "Bidrag"}
    assert outcome.target == Target(url=url("/a"))


def test_a_rule_about_pages_may_name_the_viewport() -> None:
    def differs(page: Page) -> Iterator[Outcome]:
        yield failed(Target(viewport=Viewport.DESKTOP), "differs")

    found = judged([rule(scope=Scope.PAGE, check=differs)], page("/a"))
    assert found["structure/test", None].outcomes[0].target == Target(url=url("/a"), viewport=Viewport.DESKTOP)


def judged_by_axe(answer: AxeResult | None, untested: dict[str, str] | None = None) -> RuleResult:
    """What axe's rule label comes to on the phone."""
    subject = page(renderings=[rendering(Viewport.PHONE, axe=answer)], untested=untested)
    return judged([rule("axe/label", viewports=(Viewport.PHONE,))], subject)["axe/label", Viewport.PHONE]


@pytest.mark.parametrize(
    ("answer", "kind", "selectors"),
    [
        (axe_result(violations={"label": ["#a", "#b"]}), OutcomeKind.FAILED, ["#a", "#b"]),
        (axe_result(incomplete={"label": ["#a"]}), OutcomeKind.CANT_TELL, ["#a"]),
        (axe_result(passes=["label"]), PASSED, []),
        (axe_result(inapplicable=["label"]), OutcomeKind.INAPPLICABLE, []),
        (
            axe_result(violations={"label": ["#a"]}, incomplete={"label": ["#b"]}, passes=["label"]),
            OutcomeKind.FAILED,
            ["#a", "#b"],
        ),
        (axe_result(incomplete={"label": ["#b"]}, passes=["label"]), OutcomeKind.CANT_TELL, ["#b"]),
    ],
    ids=["violations", "incomplete", "passes", "inapplicable", "all at once", "incomplete and passes"],
)
def test_what_axe_says_becomes_outcomes(answer: AxeResult, kind: OutcomeKind, selectors: list[str]) -> None:
    found = judged_by_axe(answer)
    assert found.kind is kind
    assert [outcome.target.selector for outcome in found.outcomes] == selectors
    for outcome in found.outcomes:
        message = "axe-look" if outcome.kind is OutcomeKind.CANT_TELL else "axe"
        assert (outcome.message, dict(outcome.values)) == (message, {"summary": "Fix it"})
        assert (outcome.target.url, outcome.target.viewport) == (START, Viewport.PHONE)


@pytest.mark.parametrize(
    "answer",
    [
        axe_result(),
        axe_result(violations={"color-contrast": ["p"]}, passes=["list"], inapplicable=["video-caption"]),
        axe_result(violations={"label-title-only": ["p"]}, passes=["form-label"]),
    ],
)
def test_a_rule_that_axe_did_not_mention_is_untested(answer: AxeResult) -> None:
    found = judged_by_axe(answer)
    assert found.kind is UNTESTED
    assert reasons([found]) == {"axe-silent"}


def test_where_axe_did_not_run_its_rules_are_untested_with_the_reason() -> None:
    assert reasons([judged_by_axe(None, {"phone:axe": "axe-failed|Content Security Policy"})]) == {
        "axe-failed|Content Security Policy"
    }
    assert reasons([judged_by_axe(None)]) == {"axe-silent"}


def test_a_page_outside_the_sample_gives_no_result_and_one_that_failed_in_it_is_untested() -> None:
    asked = replace(rule(check=headings_pass), needs="keyboard")
    seen = [rendering(Viewport.PHONE), replace(rendering(Viewport.DESKTOP), keyboard=Keyboard())]
    outside = page(renderings=seen)
    assert [(one.viewport, one.kind) for one in judge_page([asked], outside)] == [
        (Viewport.DESKTOP, OutcomeKind.INAPPLICABLE)
    ]
    broken = page(renderings=seen[:1], untested={"phone:keyboard": "keyboard-too-long", "desktop": "crashed"})
    assert reasons(list(judge_page([asked], broken))) == {"keyboard-too-long", "crashed"}


def test_what_axe_says_of_an_open_menu_is_told_with_the_state() -> None:
    state = State(kind=StateKind.MENU, opener="#m", axe=axe_result(violations={"color-contrast": ["nav a"]}))
    at_rest = rendering(Viewport.PHONE, axe=axe_result(passes=["color-contrast"]))
    asked = rule("axe/color-contrast", viewports=(Viewport.PHONE,))
    results = {one.rule: one for one in judge_page([asked], page(renderings=[replace(at_rest, states=(state,))]))}
    assert results["states"].kind is PASSED
    assert results[asked.id].kind is OutcomeKind.FAILED
    assert [(one.target.selector, one.target.state) for one in results[asked.id].outcomes] == [("nav a", "menu")]


def levels_fail(rendering: Rendering) -> Iterator[Outcome]:
    """Headings of level 3 fail, those of level 4 need a person, and the rest passes; a level of 6 breaks it."""
    for seen in rendering.facts.headings:
        if seen.level == 6:
            raise ZeroDivisionError("six")
        yield {3: failed(seen, "deep"), 4: cant_tell(seen, "deeper")}.get(seen.level, passed(seen))


def opened(*levels: int, kind: StateKind = StateKind.MENU) -> State:
    """A state in which headings of these levels came to light."""
    return State(kind=kind, opener="#m", name="Kontakt", facts=facts(headings=[heading("Rubrik", at) for at in levels]))


def told_in_states(states: tuple[State, ...], *levels: int, judges: bool = True) -> tuple[OutcomeKind, Any]:
    """What the rule says of a page with headings of *levels* at rest: together, and by element with the state."""
    asked = replace(rule(check=levels_fail, viewports=(Viewport.PHONE,)), states=judges)
    at_rest = rendering(Viewport.PHONE, seen=facts(headings=[heading("Rubrik", at) for at in levels]))
    results = {one.rule: one for one in judge_page([asked], page(renderings=[replace(at_rest, states=states)]))}
    told = results[asked.id]
    return told.kind, [(one.kind, one.target.selector, one.target.state) for one in told.outcomes]


def test_a_rule_that_judges_states_tells_what_opens_and_nothing_twice() -> None:
    states = (opened(2, 3), opened(3, 4, kind=StateKind.DIALOG))
    failing, doubtful = (OutcomeKind.FAILED, "h3", "menu"), (OutcomeKind.CANT_TELL, "h4", "dialog|Kontakt")
    assert told_in_states(states, 2) == (OutcomeKind.FAILED, [failing, doubtful])
    assert told_in_states(states, 3) == (OutcomeKind.FAILED, [(OutcomeKind.FAILED, "h3", ""), doubtful])
    assert told_in_states(states[:1], 2, judges=False) == (OutcomeKind.PASSED, [])


def test_what_passes_in_a_state_says_nothing_of_the_page_and_what_breaks_there_is_untested() -> None:
    assert told_in_states((opened(2),)) == (OutcomeKind.INAPPLICABLE, [])
    assert told_in_states((State(kind=StateKind.MENU, opener="#m"),), 2) == (OutcomeKind.PASSED, [])
    assert told_in_states((opened(6),), 2) == (OutcomeKind.UNTESTED, [(OutcomeKind.UNTESTED, "", "menu")])


def the_site(*paths: str) -> Site:
    """A site of rendered pages."""
    return Site(
        start=START,
        today=TODAY,
        pages=tuple(summary(path) for path in paths),
        complete=True,
    )


def test_results_about_the_site_are_grouped_by_page_and_viewport() -> None:
    def check(site: Site) -> Iterator[Outcome]:
        start, other = site.pages
        yield passed(start.target())
        yield failed(other.target(viewport=Viewport.PHONE), "hidden")
        yield failed(start.target(), "gone")
        yield passed(other.target(viewport=Viewport.DESKTOP))
        yield cant_tell(None, "unsure")

    results = list(judge_site([rule("navigation/test", scope=Scope.SITE, check=check)], the_site("/", "/a")))
    assert [(one.url, one.viewport, one.kind, one.passed) for one in results] == [
        (START, None, OutcomeKind.FAILED, 1),
        (url("/a"), Viewport.PHONE, OutcomeKind.FAILED, 0),
        (url("/a"), Viewport.DESKTOP, PASSED, 1),
        ("", None, OutcomeKind.CANT_TELL, 0),
    ]
    assert [len(one.outcomes) for one in results] == [1, 1, 0, 1]


def test_a_rule_about_the_site_that_says_nothing_is_inapplicable_to_the_site() -> None:
    def silent(site: Site) -> Iterator[Outcome]:
        yield from ()

    results = list(judge_site([rule("navigation/test", scope=Scope.SITE, check=silent)], the_site("/")))
    assert [(one.url, one.viewport, one.kind) for one in results] == [("", None, OutcomeKind.INAPPLICABLE)]


def test_only_rules_about_the_site_judge_the_site() -> None:
    rules = [rule(check=breaks), rule("axe/label"), rule("structure/document", scope=Scope.DOCUMENT, check=breaks)]
    assert list(judge_site(rules, the_site("/"))) == []


def frames_fail(*selectors: str) -> Any:
    """A check that fails the elements with *selectors*."""

    def check(_: Rendering) -> Iterator[Outcome]:
        for selector in selectors:
            yield failed(Target(selector=selector), "left_out")

    return check


def overruled(check: Any, axe: AxeResult, *more: Rule) -> RuleResult:
    """What becomes of axe's rule frame on a phone when a rule with *check* overrules it."""
    own = rule("accessibility/frame", check=check, viewports=(Viewport.PHONE,), overrules=("axe/frame",))
    subject = page(renderings=[rendering(axe=axe)])
    return judged([rule("axe/frame", viewports=(Viewport.PHONE,)), own, *more], subject)["axe/frame", Viewport.PHONE]


def test_what_the_overruling_rule_does_not_find_is_taken_back_with_the_rule_that_says_why() -> None:
    found = overruled(frames_fail(), axe_result(violations={"frame": ["#map"]}))
    assert found.kind is OutcomeKind.INAPPLICABLE
    assert [(one.kind, one.message, one.values["by"]) for one in found.outcomes] == [
        (OutcomeKind.INAPPLICABLE, "overruled", "accessibility/frame")
    ]
    assert found.outcomes[0].target.selector == "#map"
    assert found.outcomes[0].values["summary"] == "Fix it"


def test_what_the_overruling_rule_finds_too_is_told_by_it_alone() -> None:
    found = overruled(frames_fail("#map"), axe_result(violations={"frame": ["#map"]}, passes=["frame"]))
    assert (found.kind, found.passed, found.outcomes) == (PASSED, 1, ())


def test_what_axe_asks_a_person_about_is_taken_back_too() -> None:
    found = overruled(frames_fail("#map"), axe_result(incomplete={"frame": ["#map", "#film"]}))
    assert [(one.kind, one.target.selector) for one in found.outcomes] == [(OutcomeKind.INAPPLICABLE, "#film")]


def test_axe_stands_where_the_overruling_rule_could_not_be_tested() -> None:
    found = overruled(breaks, axe_result(violations={"frame": ["#map"]}))
    assert (found.kind, found.outcomes[0].message) == (OutcomeKind.FAILED, "axe")


def test_axe_stands_on_what_is_in_frames_which_no_rule_of_ours_sees() -> None:
    inner = AxeNode(target=("#frame", "#map"), html="<p>", summary="Fix it", place="#frame")
    axe = AxeResult(version="4", violations=(AxeFinding(id="frame", impact="serious", nodes=(inner,)),))
    assert overruled(frames_fail(), axe).kind is OutcomeKind.FAILED
    assert overruled(lambda _: [dismissed(Target(selector="#frame"))], axe).kind is OutcomeKind.INAPPLICABLE


def test_all_rules_that_overrule_one_of_axes_have_a_say() -> None:
    more = rule(
        "accessibility/other", check=frames_fail("#film"), viewports=(Viewport.PHONE,), overrules=("axe/frame",)
    )
    found = overruled(frames_fail("#map"), axe_result(violations={"frame": ["#map", "#film"]}), more)
    assert found.outcomes == ()


def test_axe_that_was_silent_is_untested_though_overruled() -> None:
    assert overruled(frames_fail(), axe_result()).kind is UNTESTED


def test_a_rule_that_covers_one_of_axes_tells_alone_of_what_both_find_and_leaves_the_rest() -> None:
    own = rule("structure/empty", check=frames_fail("#a"), viewports=(Viewport.PHONE,), covers=("axe/empty",))
    subject = page(renderings=[rendering(axe=axe_result(violations={"empty": ["#a", "#b"]}))])
    found = judged([own, rule("axe/empty", viewports=(Viewport.PHONE,))], subject)
    assert [one.target.selector for one in found["structure/empty", Viewport.PHONE].outcomes] == ["#a"]
    told = [(one.kind, one.target.selector) for one in found["axe/empty", Viewport.PHONE].outcomes]
    assert told == [(OutcomeKind.FAILED, "#b")]

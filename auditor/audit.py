"""Rules × artifacts → results. What a check cannot judge, or raises over, becomes untested with the reason."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from auditor.model.axe import FOUND, LOOK, AxeFinding, AxeNode, AxeResult
from auditor.model.outcome import Outcome, RuleResult, Target, target_of
from auditor.model.page import Page, Rendering
from auditor.model.rule import OVERRULED, Rule
from auditor.model.site import Site
from auditor.model.state import STATES, State
from auditor.model.statement import Claimed
from auditor.model.vocabulary import OutcomeKind, Scope, Viewport


@dataclass(frozen=True)
class _Ruling:
    """What a rule said that has a say over one of axe's."""

    result: RuleResult
    takes_back: bool
    """It overrules: what it does not find is nothing. Else it only tells alone of what both find."""


_Rulings = Mapping[str, list[_Ruling]]
"""axe's rule → what the rules said that have a say over it."""


AFTER_THE_WALK = (Scope.SITE, Scope.CLAIMED)
"""Scopes of rules that are judged when all pages were gathered."""


def judge_page(rules: Iterable[Rule], page: Page) -> Iterator[RuleResult]:
    """One result per rule and viewport for an HTML page of the site.

    Rules that need a sampled artifact give none for pages outside the sample.
    Rules of the scopes document and page give one result without viewport; rules about the whole site give none.
    A page that could not be looked at is untested under every rule. What is no page of the site gives nothing. Rules
    that overrule axe's are judged before those.
    """
    if not page.is_content:
        return
    yield from (_states_result(page, rendering) for rendering in page.renderings if rendering.states is not None)
    rulings: dict[str, list[_Ruling]] = defaultdict(list)
    for rule in sorted(rules, key=lambda rule: rule.check is None):
        for result in _judge_rule(rule, page, rulings):
            for name in (*rule.overrules, *rule.covers):
                rulings[name].append(_Ruling(result, takes_back=name in rule.overrules))
            yield result


def _judge_rule(rule: Rule, page: Page, rulings: _Rulings) -> Iterator[RuleResult]:
    if rule.scope in AFTER_THE_WALK:
        return
    if rule.scope is Scope.RENDERING:
        for viewport in rule.viewports:
            if not _outside_sample(rule, page, viewport):
                yield _judge_rendering(rule, page, viewport, rulings.get(rule.id, []))
    elif page.document is None or not page.renderings:
        yield _untested(rule, page.url, None, page.untested.get("page", "no-look"))
    else:
        subject = page.document if rule.scope is Scope.DOCUMENT else page
        yield _judge(rule, subject, page.url, None)


def judge_site(rules: Iterable[Rule], site: Site) -> Iterator[RuleResult]:
    """The results of rules about the whole site: one per page and viewport that their targets name."""
    for rule in rules:
        if rule.scope is Scope.SITE:
            yield from _judge_whole(rule, site)


def judge_claimed(rules: Iterable[Rule], claimed: Claimed) -> Iterator[RuleResult]:
    """The results of rules that set what the site says of itself beside what the other rules found."""
    for rule in rules:
        if rule.scope is Scope.CLAIMED:
            yield from _judge_whole(rule, claimed)


def _judge_whole(rule: Rule, subject: Any) -> Iterator[RuleResult]:
    if rule.check is None:
        return
    try:
        outcomes = list(rule.check(subject))
    except Exception as error:
        yield _untested(rule, "", None, _defect(rule, error))
        return
    groups: dict[tuple[str, Viewport | None], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.target.url, outcome.target.viewport].append(outcome)
    for (url, viewport), group in groups.items():
        yield _result(rule, url, viewport, group)
    if not outcomes:
        yield _result(rule, "", None, [])


def _outside_sample(rule: Rule, page: Page, viewport: Viewport) -> bool:
    """Whether the artifact that *rule* needs was left out on purpose: a page like this one was looked at instead."""
    rendering = page.rendering(viewport)
    if not rule.needs or rendering is None or getattr(rendering, rule.needs) is not None:
        return False
    return f"{viewport}:{rule.needs}" not in page.untested


def _judge_rendering(rule: Rule, page: Page, viewport: Viewport, rulings: list[_Ruling]) -> RuleResult:
    rendering = page.rendering(viewport)
    if rendering is None:
        reason = page.untested.get(viewport) or page.untested.get("page") or "no-look"
        return _untested(rule, page.url, viewport, reason)
    if rule.needs and (missing := page.untested.get(f"{viewport}:{rule.needs}")):
        return _untested(rule, page.url, viewport, missing)
    if rule.check is not None:
        rest = _judge(rule, rendering, page.url, viewport)
        return _with_states(rule, rendering, rest) if rule.states and rendering.states else rest
    if rendering.axe is None:
        return _untested(rule, page.url, viewport, page.untested.get(f"{viewport}:axe", "axe-silent"))
    rulers = [ruling for ruling in rulings if ruling.result.viewport in (viewport, None)]
    return _axe_result(rule, rendering, rendering.axe, page.url, rulers)


def _states_result(page: Page, rendering: Rendering) -> RuleResult:
    """Says that the page's states were looked at: without that, nothing found in one counts as fixed."""
    return RuleResult(rule=STATES, url=page.url, viewport=rendering.viewport, kind=OutcomeKind.PASSED)


def _judge(rule: Rule, subject: Any, url: str, viewport: Viewport | None) -> RuleResult:
    assert rule.check is not None
    try:
        outcomes = list(_placed(rule.check, subject, url, viewport))
    except Exception as error:
        return _untested(rule, url, viewport, _defect(rule, error))
    return _result(rule, url, viewport, outcomes)


def _with_states(rule: Rule, rendering: Rendering, rest: RuleResult) -> RuleResult:
    """*rest*, and what *rule* finds in what shows only while something is open; its passes there say nothing."""
    outcomes = list(rest.outcomes)
    for state in rendering.states or ():
        if state.facts is None:
            continue
        shown = replace(rendering, facts=state.facts, access=state.access, axe=state.axe)
        told = {(one.kind, one.target.selector) for one in outcomes}
        for outcome in _judge(rule, shown, rest.url, rest.viewport).outcomes:
            target = outcome.target
            if outcome.kind is OutcomeKind.UNTESTED or (
                target.selector and (outcome.kind, target.selector) not in told
            ):
                outcomes.append(replace(outcome, target=replace(target, state=state.key)))
    kinds = [outcome.kind for outcome in outcomes] + [OutcomeKind.PASSED] * bool(rest.passed)
    return replace(rest, kind=OutcomeKind.combine(kinds), outcomes=tuple(outcomes))


def _placed(
    check: Callable[[Any], Iterable[Outcome]], subject: Any, url: str, viewport: Viewport | None
) -> Iterator[Outcome]:
    for outcome in check(subject):
        target = outcome.target
        if outcome.kind is not OutcomeKind.PASSED and (target.url != url or target.viewport is None):
            outcome = replace(outcome, target=replace(target, url=url, viewport=target.viewport or viewport))
        yield outcome


def _result(rule: Rule, url: str, viewport: Viewport | None, outcomes: list[Outcome]) -> RuleResult:
    return RuleResult(
        rule=rule.id,
        url=url,
        viewport=viewport,
        kind=OutcomeKind.combine([outcome.kind for outcome in outcomes]),
        passed=sum(outcome.kind is OutcomeKind.PASSED for outcome in outcomes),
        outcomes=tuple(outcome for outcome in outcomes if outcome.kind is not OutcomeKind.PASSED),
    )


def _untested(rule: Rule, url: str, viewport: Viewport | None, reason: str) -> RuleResult:
    outcome = Outcome(kind=OutcomeKind.UNTESTED, target=target_of(None, url=url, viewport=viewport), message=reason)
    return _result(rule, url, viewport, [outcome])


def _defect(rule: Rule, error: Exception) -> str:
    return f"check-raised|{rule.source} {type(error).__name__}: {error}"[:300]


def _axe_result(rule: Rule, rendering: Rendering, axe: AxeResult, url: str, rulings: list[_Ruling]) -> RuleResult:
    name = rule.id.removeprefix("axe/")
    judge = _Judge(rulings)
    spoke = name in axe.passes or name in axe.inapplicable
    outcomes: list[Outcome] = []
    for kind, findings in ((OutcomeKind.FAILED, axe.violations), (OutcomeKind.CANT_TELL, axe.incomplete)):
        for finding in findings:
            if finding.id == name:
                spoke = True
                for node, outcome in _axe_outcomes(kind, finding, url, rendering.viewport):
                    outcomes += judge.heard(node, outcome)
    for state in rendering.states or ():
        for node, outcome in _in_state(state, name, url, rendering.viewport):
            spoke = True
            outcomes += judge.heard(node, outcome)
    if name in axe.passes:
        outcomes.append(Outcome(kind=OutcomeKind.PASSED, target=Target(url=url, viewport=rendering.viewport)))
    if not spoke:
        return _untested(rule, url, rendering.viewport, "axe-silent")
    return _result(rule, url, rendering.viewport, outcomes)


def _in_state(state: State, name: str, url: str, viewport: Viewport) -> Iterator[tuple[AxeNode, Outcome]]:
    """What axe says of what shows only while something is open; its passes there say nothing of the page."""
    if state.axe is None:
        return
    for kind, findings in ((OutcomeKind.FAILED, state.axe.violations), (OutcomeKind.CANT_TELL, state.axe.incomplete)):
        for finding in findings:
            if finding.id == name:
                for node, outcome in _axe_outcomes(kind, finding, url, viewport):
                    yield node, replace(outcome, target=replace(outcome.target, state=state.key))


class _Judge:
    """What the rules that have a say over one of axe's make of its outcomes."""

    def __init__(self, rulings: list[_Ruling]) -> None:
        overruling = [ruling.result for ruling in rulings if ruling.takes_back]
        self._by = overruling[0].rule if overruling else ""
        self._sits = bool(overruling) and all(result.kind is not OutcomeKind.UNTESTED for result in overruling)
        said = [outcome for ruling in rulings for outcome in ruling.result.outcomes if outcome.target.selector]
        self._told = {one.target.selector for one in said if one.kind is not OutcomeKind.INAPPLICABLE}
        self._dismissed = {one.target.selector for one in said if one.kind is OutcomeKind.INAPPLICABLE}

    def heard(self, node: AxeNode, outcome: Outcome) -> Iterator[Outcome]:
        """axe's *outcome* about *node* as it stands.

        What such a rule finds at the same element is told by that rule alone. What an overruling rule does not find is
        taken back, and kept as inapplicable with the rule that says why, if that rule could be tested. Within frames
        rules of ours see nothing: there axe's word stands, but for frames that such a rule dismissed as a whole.
        """
        if node.place and node.place in self._told:
            return
        unseen = not node.place or (len(node.target) > 1 and node.place not in self._dismissed)
        if not self._sits or unseen:
            yield outcome
        else:
            values = {**outcome.values, "by": self._by}
            yield replace(outcome, kind=OutcomeKind.INAPPLICABLE, message=OVERRULED, values=values)


def _axe_outcomes(
    kind: OutcomeKind, finding: AxeFinding, url: str, viewport: Viewport
) -> Iterator[tuple[AxeNode, Outcome]]:
    for node in finding.nodes:
        target = Target(url=url, viewport=viewport, selector=" >>> ".join(node.target), html=node.html, box=node.box)
        yield (
            node,
            Outcome(
                kind=kind,
                target=target,
                message=LOOK if kind is OutcomeKind.CANT_TELL else FOUND,
                values={"summary": node.summary},
            ),
        )

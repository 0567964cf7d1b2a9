"""Conditions that one page fulfils or not."""

from datetime import date
from enum import StrEnum

from auditor.claims.base import Basis, matches
from auditor.derive.answers import answer_of, is_unsure
from auditor.model.claim import (
    AllCondition,
    AnyCondition,
    Condition,
    GivesContactCondition,
    LinkCondition,
    NotCondition,
    RuleCondition,
    TextCondition,
    UpdatedCondition,
)
from auditor.model.site import LinkSummary, PageSummary
from auditor.model.vocabulary import OutcomeKind

_DAYS_OF_A_MONTH = 30.44


class PageAnswer(StrEnum):
    """What one page says to a condition."""

    YES = "yes"
    NO = "no"
    UNTESTED = "untested"
    DOES_NOT_APPLY = "does not apply"


def answer(condition: Condition, page: PageSummary, basis: Basis) -> PageAnswer:
    """What *page* says to *condition*.

    Raises:
        TypeError: the condition is about a whole site.
    """
    if isinstance(condition, RuleCondition):
        return _rule(condition, page, basis)
    if isinstance(condition, TextCondition):
        text = basis.text(page.url)
        return _told(matches((condition.text,), text)) if text else PageAnswer.UNTESTED
    if isinstance(condition, UpdatedCondition):
        return _updated(condition, page, basis)
    if isinstance(condition, LinkCondition):
        return _links(condition, page, basis)
    if isinstance(condition, GivesContactCondition):
        kinds = {contact.kind for contact in page.contacts if contact.in_main}
        return _told(bool(kinds) if condition.gives_contact == "any" else condition.gives_contact in kinds)
    if isinstance(condition, NotCondition):
        inner = answer(condition.not_, page, basis)
        return {PageAnswer.YES: PageAnswer.NO, PageAnswer.NO: PageAnswer.YES}.get(inner, inner)
    if isinstance(condition, AllCondition):
        return _first(condition.all, page, basis, PageAnswer.NO, PageAnswer.UNTESTED, PageAnswer.YES)
    if isinstance(condition, AnyCondition):
        return _first(condition.any, page, basis, PageAnswer.YES, PageAnswer.UNTESTED, PageAnswer.NO)
    raise TypeError(f"{type(condition).__name__} is about a whole site, not about a page")


def _first(parts: tuple[Condition, ...], page: PageSummary, basis: Basis, *order: PageAnswer) -> PageAnswer:
    """The first of *order* that one of *parts* comes to."""
    answers = {answer(part, page, basis) for part in parts}
    return next((wanted for wanted in order if wanted in answers), PageAnswer.DOES_NOT_APPLY)


def _rule(condition: RuleCondition, page: PageSummary, basis: Basis) -> PageAnswer:
    said = basis.results.get(condition.rule, {})
    kinds = [
        kind
        for viewport, kind in said.get(page.url, {}).items()
        if not condition.viewports or viewport in (None, *condition.viewports)
    ]
    if not kinds:
        return PageAnswer.DOES_NOT_APPLY if said else PageAnswer.UNTESTED
    return {
        OutcomeKind.FAILED: PageAnswer.NO,
        OutcomeKind.PASSED: PageAnswer.YES,
        OutcomeKind.INAPPLICABLE: PageAnswer.DOES_NOT_APPLY,
    }.get(OutcomeKind.combine(kinds), PageAnswer.UNTESTED)


def _updated(condition: UpdatedCondition, page: PageSummary, basis: Basis) -> PageAnswer:
    """A page without a date says nothing of its age."""
    if not page.updated:
        return PageAnswer.UNTESTED
    try:
        age = (basis.site.today - date.fromisoformat(page.updated[:10])).days
    except ValueError:
        return PageAnswer.UNTESTED
    return _told(0 <= age <= condition.updated_within * _DAYS_OF_A_MONTH)


def _links(condition: LinkCondition, page: PageSummary, basis: Basis) -> PageAnswer:
    fitting = links_to(condition.links_to, page)
    missing = [viewport for viewport in condition.viewports if not any(viewport in link.reachable for link in fitting)]
    if missing:
        return PageAnswer.NO
    if not condition.answers:
        return PageAnswer.YES
    answers = [answer_of(basis.site, link.href) for link in fitting]
    if any(known is not None and not is_unsure(known) for known in answers):
        return PageAnswer.YES
    return PageAnswer.NO if any(known is not None for known in answers) else PageAnswer.UNTESTED


def links_to(patterns: tuple[str, ...], page: PageSummary) -> tuple[LinkSummary, ...]:
    """The links of *page* whose address or name fits one of *patterns*."""
    return tuple(link for link in page.links if matches(patterns, link.href) or matches(patterns, link.name))


def _told(holds: bool) -> PageAnswer:
    return PageAnswer.YES if holds else PageAnswer.NO

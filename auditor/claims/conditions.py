"""Whether a condition of a claim holds, with what speaks for it and against it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from auditor.claims.base import Evidence
from auditor.claims.change import better, changed
from auditor.claims.grounds import Ground, Holding, Item, all_of, any_of, opposite
from auditor.claims.pages import PageAnswer, answer, links_to
from auditor.claims.site import contacts, hub, page_exists, search_orders, tasks
from auditor.model.claim import (
    AllCondition,
    AnyCondition,
    BetterCondition,
    ChangedCondition,
    Condition,
    ContactCondition,
    HubCondition,
    LinkCondition,
    NotCondition,
    OrdersCondition,
    OutsideCondition,
    PageCondition,
    Pages,
    PersonCondition,
    RuleCondition,
    ShareCondition,
    ShareSpec,
    TasksCondition,
)
from auditor.model.outcome import Target
from auditor.model.site import PageSummary
from auditor.model.vocabulary import OutcomeKind

SHOWN = 10
"""How many items are kept on either side."""

_JUDGES: Mapping[type, Callable[[Any, Evidence, float], Ground]] = {
    PageCondition: page_exists,
    HubCondition: hub,
    ContactCondition: contacts,
    OrdersCondition: search_orders,
    TasksCondition: tasks,
    BetterCondition: better,
    ChangedCondition: changed,
}


def judge(condition: Condition, evidence: Evidence, coverage: float) -> Ground:
    """What *evidence* says to *condition*.

    Args:
        condition: what is asked.
        evidence: the run, and an earlier one.
        coverage: the least share of the pages in question that must have given an answer, 0 to 1.
    """
    if isinstance(condition, AllCondition):
        parts = tuple(judge(part, evidence, coverage) for part in condition.all)
        return Ground(kind="all", holding=all_of([part.holding for part in parts]), label=condition.label, parts=parts)
    if isinstance(condition, AnyCondition):
        parts = tuple(judge(part, evidence, coverage) for part in condition.any)
        return Ground(kind="any", holding=any_of([part.holding for part in parts]), label=condition.label, parts=parts)
    if isinstance(condition, NotCondition):
        inner = judge(condition.not_, evidence, coverage)
        return Ground(kind="not", holding=opposite(inner.holding), label=condition.label, parts=(inner,))
    if isinstance(condition, PersonCondition):
        return _unknown("person", condition.label, "person", task=condition.person)
    if isinstance(condition, OutsideCondition):
        return _unknown("outside", condition.label, "outside", why=condition.outside)
    if isinstance(condition, ShareCondition):
        return _share(condition.share, condition.label, evidence, coverage)
    if isinstance(condition, RuleCondition):
        return _rule(condition, evidence, coverage)
    if (known := _JUDGES.get(type(condition))) is not None:
        return known(condition, evidence, coverage)
    everywhere = ShareSpec(of=Pages(), where=condition)
    return _share(everywhere, condition.label, evidence, coverage)


def _share(spec: ShareSpec, label: str, evidence: Evidence, coverage: float) -> Ground:
    basis = evidence.now
    chosen = basis.chosen(spec.of)
    answers = [(page, answer(spec.where, page, basis)) for page in chosen]
    yes = [page for page, said in answers if said is PageAnswer.YES]
    no = [page for page, said in answers if said is PageAnswer.NO]
    untested = sum(said is PageAnswer.UNTESTED for _, said in answers)
    asked = len(yes) + len(no)
    values: dict[str, str | int | float] = {
        "chosen": len(chosen),
        "yes": len(yes),
        "asked": asked,
        "untested": untested,
        "at_least": spec.at_least,
    }
    speaks_for = tuple(Item(target=_shown_on(page, spec.where)) for page in yes[:SHOWN])
    speaks_against = tuple(_against(spec.where, [page.url for page in no], evidence))
    if not asked:
        return _unknown("share", label, "no-pages" if not chosen else "not-asked", **values)
    if asked < coverage * (asked + untested):
        return Ground(
            kind="share",
            holding=Holding.UNKNOWN,
            label=label,
            message="too-few-tested",
            values=values,
            speaks_for=speaks_for,
            speaks_against=speaks_against,
        )
    share = len(yes) / asked
    values["share"] = share
    return Ground(
        kind="share",
        holding=graded(share, spec.at_least, spec.partly_at_least),
        label=label,
        message="share",
        values=values,
        speaks_for=speaks_for,
        speaks_against=speaks_against,
    )


def _shown_on(page: PageSummary, where: Condition) -> Target:
    """What shows that *page* fulfils a condition: the link that it asks for, else the page."""
    if not isinstance(where, LinkCondition):
        return page.target()
    fitting = links_to(where.links_to, page)
    best = next((link for link in fitting if set(where.viewports) <= set(link.visible)), next(iter(fitting), None))
    return page.target(best)


def _rule(condition: RuleCondition, evidence: Evidence, coverage: float) -> Ground:
    """A rule named alone: all that it judged should have passed."""
    said = evidence.now.results.get(condition.rule, {})
    wanted = [
        (url, kind)
        for url, kinds in said.items()
        for viewport, kind in kinds.items()
        if not condition.viewports or viewport in (None, *condition.viewports)
    ]
    passed = [url for url, kind in wanted if kind is OutcomeKind.PASSED]
    failed = [url for url, kind in wanted if kind is OutcomeKind.FAILED]
    open_ = sum(kind in (OutcomeKind.UNTESTED, OutcomeKind.CANT_TELL) for _, kind in wanted)
    asked = len(passed) + len(failed)
    values: dict[str, str | int | float] = {
        "rule": condition.rule,
        "yes": len(passed),
        "asked": asked,
        "untested": open_,
    }
    if not asked:
        return _unknown("rule", condition.label, "rule-silent", **values)
    speaks_for = tuple(Item(target=Target(url=url)) for url in dict.fromkeys(passed))[:SHOWN]
    speaks_against = tuple(_against(condition, list(dict.fromkeys(failed)), evidence))
    if asked < coverage * (asked + open_):
        return Ground(
            kind="rule",
            holding=Holding.UNKNOWN,
            label=condition.label,
            message="too-few-tested",
            values=values,
            speaks_for=speaks_for,
            speaks_against=speaks_against,
        )
    return Ground(
        kind="rule",
        holding=graded(len(passed) / asked, 1.0, 0.5),
        label=condition.label,
        message="rule",
        values=values,
        speaks_for=speaks_for,
        speaks_against=speaks_against,
    )


def _against(where: Condition, urls: Sequence[str], evidence: Evidence) -> list[Item]:
    """What speaks against a condition on *urls*: for a rule its failed targets, else the pages."""
    if not isinstance(where, RuleCondition):
        return [Item(target=Target(url=url)) for url in urls[:SHOWN]]
    first = set(urls[:SHOWN])
    items: dict[str, Item] = {}
    for outcome in evidence.now.outcomes(where.rule):
        url = outcome.target.url
        if outcome.kind is OutcomeKind.FAILED and url in first and url not in items:
            items[url] = Item(
                target=outcome.target, message=f"rule:{where.rule}:{outcome.message}", values=outcome.values
            )
    return [items.get(url) or Item(target=Target(url=url)) for url in urls[:SHOWN]]


def graded(share: float, at_least: float, partly_at_least: float) -> Holding:
    """Whether a share is large enough, large enough for a part, or too small."""
    if share >= at_least:
        return Holding.YES
    return Holding.PARTLY if share >= partly_at_least and share > 0 else Holding.NO


def _unknown(kind: str, label: str, message: str, **values: str | int | float) -> Ground:
    return Ground(kind=kind, holding=Holding.UNKNOWN, label=label, message=message, values=values)

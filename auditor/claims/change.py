"""Conditions about what changed since an earlier run."""

from auditor.claims.base import Basis, Evidence
from auditor.claims.grounds import Ground, Holding, Item
from auditor.derive.urls import host_of
from auditor.model.claim import BetterCondition, ChangedCondition
from auditor.model.outcome import Target, Value
from auditor.model.site import PageSummary
from auditor.model.vocabulary import Viewport

_SHOWN = 10
_WORDS_CHANGED = 0.1
"""A text that is a tenth longer or shorter counts as another text: our own choice."""


def better(condition: BetterCondition, evidence: Evidence, coverage: float) -> Ground:
    """Scores of each area rose in both viewports, under the same rules."""
    spec, earlier = condition.better, evidence.earlier
    if earlier is None:
        return _no_earlier("better", condition.label)
    if earlier.rules_version != evidence.now.rules_version:
        return Ground(kind="better", holding=Holding.UNKNOWN, label=condition.label, message="other-rules")
    if unlike := _unlike(earlier, evidence.now):
        return Ground(kind="better", holding=Holding.UNKNOWN, label=condition.label, message=unlike)
    items: dict[Holding, list[Item]] = {Holding.YES: [], Holding.NO: []}
    compared = 0
    before = {(score.area, score.viewport): score.every for score in earlier.scores}
    for score in evidence.now.scores:
        old = before.get((score.area, score.viewport))
        if score.area not in spec.areas or old is None or old.value is None or score.every.value is None:
            continue
        if score.viewport is Viewport.NARROW or min(old.coverage, score.every.coverage) < coverage:
            continue
        compared += 1
        rose = score.every.value - old.value >= spec.at_least
        items[Holding.YES if rose else Holding.NO].append(
            Item(
                target=Target(viewport=score.viewport),
                message="area-score",
                values={"area": score.area, "before": old.value, "after": score.every.value},
            )
        )
    if not compared:
        return Ground(kind="better", holding=Holding.UNKNOWN, label=condition.label, message="no-scores")
    rose_in = len(items[Holding.YES])
    return Ground(
        kind="better",
        holding=Holding.YES if rose_in == compared else Holding.PARTLY if rose_in else Holding.NO,
        label=condition.label,
        message="better",
        values={"rose": rose_in, "compared": compared, "earlier": earlier.run_id},
        speaks_for=tuple(items[Holding.YES]),
        speaks_against=tuple(items[Holding.NO]),
    )


def changed(condition: ChangedCondition, evidence: Evidence, coverage: float) -> Ground:
    """Enough of the pages differ from what they were."""
    spec, earlier = condition.changed, evidence.earlier
    if earlier is None:
        return _no_earlier("changed", condition.label)
    if unlike := _unlike(earlier, evidence.now):
        return Ground(kind="changed", holding=Holding.UNKNOWN, label=condition.label, message=unlike)
    pages = evidence.now.chosen(spec.of)
    if not pages:
        return Ground(kind="changed", holding=Holding.UNKNOWN, label=condition.label, message="no-pages")
    other = [page for page in pages if _differs(page, earlier)]
    same = [page for page in pages if page not in other]
    share = len(other) / len(pages)
    values: dict[str, Value] = {"changed": len(other), "pages": len(pages), "earlier": earlier.run_id}
    return Ground(
        kind="changed",
        holding=Holding.YES if share >= spec.at_least else Holding.PARTLY if other else Holding.NO,
        label=condition.label,
        message="changed",
        values=values,
        speaks_for=tuple(Item(target=page.target()) for page in other[:_SHOWN]),
        speaks_against=tuple(Item(target=page.target()) for page in same[:_SHOWN]),
    )


def _unlike(earlier: Basis, now: Basis) -> str:
    """Why two runs cannot be compared; empty if they can."""
    if host_of(earlier.site.start) != host_of(now.site.start):
        return "other-site"
    return "other-scope" if earlier.scope != now.scope else ""


def _differs(page: PageSummary, earlier: Basis) -> bool:
    """Whether *page* was reworked: a page that was not there before was."""
    old = earlier.site.page(page.url)
    if old is None:
        return True
    longer = abs(page.words - old.words) > _WORDS_CHANGED * max(page.words, old.words, 1)
    return longer or (page.main_heading, page.template) != (old.main_heading, old.template)


def _no_earlier(kind: str, label: str) -> Ground:
    return Ground(kind=kind, holding=Holding.UNKNOWN, label=label, message="no-earlier-run")

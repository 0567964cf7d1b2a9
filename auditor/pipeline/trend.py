"""The series over all runs of a site: one yardstick where that can be had, figures, and what changes consist of."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from pydantic import ValidationError

from auditor.catalogue.load import Catalogue
from auditor.errors import AuditorError
from auditor.findings import Belongs
from auditor.model.config import SiteConfig
from auditor.model.finding import LIVE, IssueState
from auditor.model.outcome import Outcome
from auditor.model.report import RunRow
from auditor.model.rule import Rule
from auditor.model.score import AreaScore
from auditor.model.site import PageSummary
from auditor.model.trend import Cell, Judgement, Measure, RuleMark, ScoreChange, Table
from auditor.model.vocabulary import OutcomeKind, Severity, Viewport
from auditor.pipeline import inventories
from auditor.pipeline.context import kept_context
from auditor.pipeline.findability import read_findability
from auditor.pipeline.marks import marks_of
from auditor.pipeline.recheck import judged_again
from auditor.scoring import area_scores, count, counts_of, tallies
from auditor.store.history import ENDED, History, RunRecord
from auditor.store.runs import RunStore
from auditor.trend import as_results, as_table, decompose, overall, without

SHOWN = 30
"""Runs that are followed back."""
_PAGES_AT_ONCE = 2000
"""Pages of earlier runs that are judged again in one go; the next run goes on with the rest."""
_SEVERITIES = {
    Severity.CRITICAL: Measure.CRITICAL,
    Severity.SERIOUS: Measure.SERIOUS,
    Severity.MODERATE: Measure.MODERATE,
    Severity.MINOR: Measure.MINOR,
}
_ENGINES = ("product", "browser")


@dataclass(frozen=True, kw_only=True)
class FollowedRun:
    """One run of the series."""

    record: RunRecord
    scores: tuple[AreaScore, ...]
    """By the rules of the newest run, if it could be judged by them; else by its own."""
    one_yardstick: bool
    """Whether the scores are by the rules of the newest run."""
    measures: Mapping[Measure, float]
    states: Mapping[IssueState, int]
    """Failed issues by what became of them in the run; empty for runs that did not keep it."""


def series(history: History, run: RunRecord, catalogue: Catalogue) -> list[FollowedRun]:
    """The last runs of the site up to *run*, oldest first; earlier ones are judged by the rules of *run* where that is
    possible, and what came of it is kept."""
    records = [one for one in history.runs(run.site) if one.state in ENDED and one.ordinal <= run.ordinal][-SHOWN:]
    states = history.state_counts(run.site)
    room = _PAGES_AT_ONCE
    found: list[FollowedRun] = []
    for record in reversed(records):
        store = history.run(record.id)
        scores, same = store.scores(), record.versions.get("catalogue") == run.versions.get("catalogue")
        if not same and record.pages <= room:
            results, judged = _by_rules_of(history, record, run, catalogue)
            room -= judged
            if results is not None:
                scores, same = _scores_by(marks_of(catalogue.rules.values()), history, record, results), True
        found.append(
            FollowedRun(
                record=record,
                scores=scores,
                one_yardstick=same,
                measures=measures_of(history, record, catalogue),
                states=states.get(record.id, {}),
            )
        )
    return found[::-1]


def kept_series(history: History, run: RunRecord) -> list[FollowedRun]:
    """The same as the last report of the site worked it out: nothing is judged for it. Figures that were not kept are
    left out, and runs that were not judged by the rules of *run* have the scores of their own."""
    records = [one for one in history.runs(run.site) if one.state in ENDED and one.ordinal <= run.ordinal][-SHOWN:]
    newest, digest = history.series.rules(run.id), run.versions.get("catalogue", "")
    states = history.state_counts(run.site)
    found: list[FollowedRun] = []
    for record in records:
        scores, same = history.run(record.id).scores(), record.versions.get("catalogue") == digest
        results = None if same or not newest else history.series.rejudged(record.id, digest)
        if results is not None:
            scores, same = _scores_by(newest, history, record, results), True
        found.append(
            FollowedRun(
                record=record,
                scores=scores,
                one_yardstick=same,
                measures=history.series.measures(record.id),
                states=states.get(record.id, {}),
            )
        )
    return found


def run_row(one: FollowedRun) -> RunRow:
    """A run of the series, as reports show it."""
    return RunRow(
        id=one.record.id,
        started_at=one.record.started_at,
        state=one.record.state,
        pages=one.record.pages,
        scores=one.scores,
        findings=one.record.findings,
        versions=one.record.versions,
        one_yardstick=one.one_yardstick,
        measures=one.measures,
        states=one.states,
    )


def _scores_by(
    newest: Mapping[str, RuleMark], history: History, record: RunRecord, results: Table
) -> tuple[AreaScore, ...]:
    """The scores of *record*, given what the rules of the newest run say of it; axe's stay those of its own day."""
    ours = {name: mark for name, mark in newest.items() if not mark.of_engine}
    marks = {**(history.series.rules(record.id) or newest), **ours}
    return tuple(area_scores(marks, list(tallies(count(as_results(results))))))


def _own(catalogue: Catalogue) -> list[Rule]:
    return [rule for rule in catalogue.rules.values() if rule.check is not None]


def _by_rules_of(
    history: History, record: RunRecord, run: RunRecord, catalogue: Catalogue
) -> tuple[dict[Cell, OutcomeKind] | None, int]:
    """What the rules of *run* say of *record*, and how many pages had to be judged for it; None if its artifacts are
    gone or cannot be read."""
    digest = run.versions.get("catalogue", "")
    known = history.series.rejudged(record.id, digest)
    if known is not None:
        return known, 0
    store = history.run(record.id)
    kept = sum(1 for _ in (store.folder / "pages").glob("*.json.gz"))
    if kept < record.pages:
        return None, 0
    try:
        config = SiteConfig.model_validate_json(record.settings)
        context = kept_context(store)
        ours = Catalogue({rule.id: rule for rule in _own(catalogue)}, catalogue.lexicon).with_axe(context.engine)
        judged = judged_again(store, config, context, ours, complete=record.state == "complete")
        results = as_table(judged)
    except (AuditorError, ValidationError, OSError):
        return None, kept
    history.series.save_rejudged(record.id, digest, results)
    return results, kept


def measures_of(history: History, record: RunRecord, catalogue: Catalogue) -> Mapping[Measure, float]:
    """The figures of a run; made and kept if they are not there yet."""
    known = history.series.measures(record.id)
    if known:
        return known
    made = _measures(history.run(record.id), record, catalogue, history.series.rules(record.id))
    history.series.save_measures(record.id, made)
    return made


def _measures(
    store: RunStore, record: RunRecord, catalogue: Catalogue, rules: Mapping[str, RuleMark]
) -> dict[Measure, float]:
    marks = {**marks_of(catalogue.rules.values()), **rules}
    found: dict[Measure, float] = {}
    counts = counts_of(store.tally())
    for viewport, name in ((Viewport.PHONE, Measure.COVERAGE_PHONE), (Viewport.DESKTOP, Measure.COVERAGE_DESKTOP)):
        found[name] = overall(marks, counts, viewport).coverage
    states = store.states()
    failed = [one for one in store.findings() if one.kind is OutcomeKind.FAILED and states[one.id] in LIVE]
    for severity, name in _SEVERITIES.items():
        found[name] = sum(one.rule in marks and marks[one.rule].severity is severity for one in failed)
    findability = read_findability(store.folder)
    for viewport, name in ((Viewport.PHONE, Measure.TASKS_PHONE), (Viewport.DESKTOP, Measure.TASKS_DESKTOP)):
        if findability and findability.tested(viewport):
            found[name] = findability.found(viewport) / findability.tested(viewport)
    views = [task.view(Viewport.DESKTOP) for task in findability.tasks] if findability else []
    searched = [view.search.found for view in views if view and view.search]
    if searched:
        found[Measure.SEARCH_SUCCESS] = mean(searched)
    pages = [page.summary for page in store.pages()]
    for row in inventories.reading([(record.started_at, pages)]):
        found[Measure.LIX] = row.lix
    try:
        config = SiteConfig.model_validate_json(record.settings)
    except ValidationError:
        return found
    ways, on = inventories.contacts(config, pages)
    if on:
        found[Measure.CONTACTS] = len(ways)
    return found


def score_changes(
    history: History,
    previous: RunRecord,
    run: RunRecord,
    catalogue: Catalogue,
    pages: tuple[Sequence[PageSummary], Sequence[PageSummary]],
) -> tuple[ScoreChange, ...]:
    """What the change of each score since the run before consists of; nothing for runs that did not keep their rules
    and were judged by others. *pages* are those of both runs."""
    rules = history.series.rules(run.id) or marks_of(catalogue.rules.values())
    old_rules = history.series.rules(previous.id)
    same = previous.versions.get("catalogue") == run.versions.get("catalogue")
    if not old_rules:
        if not same:
            return ()
        old_rules = rules
    stores = history.run(previous.id), history.run(run.id)
    prints = [{page.url: content_print(page) for page in of} for of in pages]
    rejudged = None if same else history.series.rejudged(previous.id, run.versions.get("catalogue", ""))
    ours = {name for name, mark in rules.items() if not mark.of_engine}
    looked = [_looked_at(of) for of in pages]
    both = {url for url, seen in looked[0].items() if seen and looked[1].get(url)} if rejudged is None else set[str]()
    but, alike = stores[1].alike(previous.id, both) if rejudged is None else (frozenset[tuple[str, str, str]](), {})
    return tuple(
        decompose(
            Judgement(results=as_table(stores[0].results(but=but)), rules=old_rules, pages=looked[0]),
            Judgement(results=as_table(stores[1].results(but=but)), rules=rules, pages=looked[1]),
            alike=counts_of(alike),
            same_content=lambda url: bool(url) and prints[0].get(url) == prints[1].get(url),
            engine_changed=any(previous.versions.get(name) != run.versions.get(name) for name in _ENGINES),
            rejudged=None if rejudged is None else {cell: kind for cell, kind in rejudged.items() if cell[0] in ours},
        )
    )


def _looked_at(pages: Collection[PageSummary]) -> dict[str, bool]:
    return {page.url: page.rendered for page in pages if page.rendered or page.status not in (404, 410)}


def content_print(page: PageSummary) -> str:
    """Tells whether a page holds the same in two runs: its texts, links, forms and ways of contact, not its looks."""
    links = sorted((link.href, link.name, link.regions) for link in page.links)
    said = (
        page.title,
        page.main_heading,
        page.language,
        page.words,
        page.sketch,
        page.template,
        links,
        sorted(one.value for one in page.contacts),
        page.forms,
    )
    return hashlib.sha256(repr(said).encode(errors="replace")).hexdigest()


def scores_without(
    store: RunStore,
    catalogue: Catalogue,
    issue_of: Belongs,
    aside: frozenset[str],
) -> tuple[AreaScore, ...]:
    """The run's scores as if what decisions set aside were not there; empty if nothing is set aside."""
    if not aside:
        return ()
    targets: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for rule, outcome in store.outcomes((OutcomeKind.FAILED,)):
        targets[rule, outcome.target.url].append(outcome)
    results: Table = as_table(store.results())
    failing: dict[Cell, Sequence[str]] = {
        cell: [
            issue_of(cell[0], outcome)
            for outcome in targets[cell[0], cell[1]]
            if cell[2] is None or outcome.target.viewport in (cell[2], None)
        ]
        for cell, kind in results.items()
        if kind is OutcomeKind.FAILED
    }
    left = without(results, failing, aside)
    return tuple(area_scores(catalogue.rules, list(tallies(count(as_results(left))))))

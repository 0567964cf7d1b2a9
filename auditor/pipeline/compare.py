"""What changed between two runs of a site."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.audit import AFTER_THE_WALK
from auditor.catalogue.load import load_catalogue
from auditor.errors import StoreError
from auditor.model.finding import IssueState
from auditor.model.sitesearch import Trend
from auditor.model.vocabulary import Area, Language, OutcomeKind, Viewport
from auditor.pipeline.searches import read_quality
from auditor.sitesearch.assess import compared
from auditor.store.history import History, RunRecord
from auditor.tracking import track

Scores = Mapping[tuple[Area, Viewport], float | None]


@dataclass(frozen=True)
class Entry:
    """One finding of either run."""

    rule: str
    title: str
    kind: OutcomeKind
    state: IssueState
    pages: int


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side."""

    entries: tuple[Entry, ...]
    before: Scores
    after: Scores
    search: Trend | None
    """How the site's search did on the queries that both runs typed; None if there are none."""
    warnings: tuple[str, ...]
    """What makes the figures of the two not quite comparable."""


def compare_runs(history: History, earlier: str, later: str, language: Language) -> Comparison:
    """What became of the findings of run *earlier* in run *later*.

    Raises:
        StoreError: there is no such run, or the two are of different sites.
    """
    first, second = _record(history, earlier), _record(history, later)
    if first.site != second.site:
        raise StoreError(
            f"{earlier} is a run of {first.site} and {later} one of {second.site}; compare runs of one site"
        )
    catalogue = load_catalogue()
    before, after = history.run(first.id), history.run(second.id)
    site_rules = {rule.id for rule in catalogue.rules.values() if rule.scope in AFTER_THE_WALK}
    gone = {page.summary.url for page in after.pages() if page.summary.status in (404, 410)}
    old, new = before.findings(), after.findings(carried=False)
    judged = after.judged(site_rules, complete=second.state == "complete")
    states = track(old, new, judged, gone)
    found = {finding.id: finding for finding in (*old, *new)}
    entries = tuple(
        Entry(
            rule=finding.rule,
            title=catalogue.rules[finding.rule].text(language).title
            if finding.rule in catalogue.rules
            else finding.cause,
            kind=finding.kind,
            state=states[key],
            pages=len(finding.pages),
        )
        for key, finding in sorted(found.items(), key=lambda item: item[1].rule)
    )
    return Comparison(
        entries,
        _scores(history, first),
        _scores(history, second),
        _searches(before.folder, after.folder),
        tuple(_warnings(first, second)),
    )


def _searches(before: Path, after: Path) -> Trend | None:
    first, second = read_quality(before), read_quality(after)
    return compared(first.reciprocal, second.reciprocal, second.seed) if first and second else None


def _record(history: History, run_id: str) -> RunRecord:
    for site in history.sites():
        for run in history.runs(site):
            if run.id == run_id:
                return run
    raise StoreError(f"{run_id}: no such run in {history.path}; see auditor history")


def _scores(history: History, run: RunRecord) -> dict[tuple[Area, Viewport], float | None]:
    return {(score.area, score.viewport): score.every.value for score in history.run(run.id).scores()}


def _warnings(first: RunRecord, second: RunRecord) -> list[str]:
    changed = [name for name in first.versions if first.versions[name] != second.versions.get(name)]
    warnings = [
        f"{name} changed from {first.versions[name]} to {second.versions.get(name, '–')}; scores may differ for it"
        for name in changed
    ]
    if first.settings != second.settings:
        warnings.append("the settings changed between the runs; pages and scores may differ for that reason")
    warnings += [f"run {run.id} is {run.state}" for run in (first, second) if run.state != "complete"]
    return warnings

"""Reads from the history what the overview shows of all sites and runs."""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from auditor.catalogue.load import Catalogue, load_catalogue
from auditor.errors import AuditorError, StoreError
from auditor.model.config import SiteConfig
from auditor.model.decision import Decision
from auditor.model.finding import IssueState
from auditor.model.overview import IssueLine, RunLine, SiteLines
from auditor.model.rule import Rule
from auditor.model.vocabulary import Language, OutcomeKind
from auditor.pipeline.context import kept_context
from auditor.pipeline.decisions import decided
from auditor.pipeline.trend import kept_series, run_row
from auditor.reporting.text import file_key
from auditor.store.history import ENDED, History, RunRecord
from auditor.store.issues import IssueRecord

_START = "index.html"
_HOST = re.compile(r"[a-z0-9]+([.-]+[a-z0-9]+)*")
_LONGEST = 200
_ANYWHERE = "http://anywhere.invalid/"
_CARDS = {"start", "rules", "options", "lexicon"}


def site_folder(site: str) -> str:
    """Name of a site's folder within the folder of reports: its host name, else made of it with a fingerprint."""
    if _HOST.fullmatch(site) and len(site) < _LONGEST:
        return site
    return f"{file_key(site)[:40]}_{hashlib.sha256(site.encode()).hexdigest()[:8]}"


def report_folder(reports: Path, site: str, run_id: str) -> Path:
    """Where the overview looks for the report of a run: ``<reports>/<site>/<run>``."""
    return reports / site_folder(site) / file_key(run_id)


def overview(history: History, reports: Path, language: Language, *, issues: bool = True) -> tuple[SiteLines, ...]:
    """All sites of *history*, in the order of their names.

    Args:
        history: where the runs are.
        reports: folder in which reports lie as `report_folder` says.
        language: of the rules' titles.
        issues: with the issues of each site.
    """
    sites = (site_lines(history, site, reports, language, issues=issues) for site in history.sites())
    return tuple(sorted(sites, key=lambda one: (one.name.casefold(), one.key)))


def site_lines(history: History, site: str, reports: Path, language: Language, *, issues: bool = True) -> SiteLines:
    """One site of *history*; see `overview`."""
    records = history.runs(site)
    ended = [record for record in records if record.state in ENDED]
    counts = history.state_counts(site)
    runs = [
        _run(history, record, counts.get(record.id, {}), reports, first=number == 0)
        for number, record in enumerate(ended)
    ]
    newest = records[-1] if records else None
    return SiteLines(
        key=site,
        name=newest.site_name if newest else site,
        folder=site_folder(site),
        runs=tuple(reversed(runs)),
        unfinished=newest.started_at if newest and newest.state not in ENDED else "",
        issues=_issues(history, ended[-1], runs[-1], reports, language) if ended and issues else (),
        history=tuple(map(run_row, kept_series(history, ended[-1]))) if ended else (),
    )


def _run(
    history: History, record: RunRecord, counts: Mapping[IssueState, int], reports: Path, *, first: bool
) -> RunLine:
    folder = report_folder(reports, record.site, record.id)
    return RunLine(
        id=record.id,
        started_at=record.started_at,
        state=record.state,
        pages=record.pages,
        problems=record.findings,
        new=counts.get(IssueState.NEW, 0),
        back=counts.get(IssueState.REOPENED, 0),
        fixed=counts.get(IssueState.FIXED, 0) + counts.get(IssueState.GONE, 0),
        not_retested=counts.get(IssueState.NOT_RETESTED, 0),
        first=first,
        report=(folder / _START).relative_to(reports).as_posix() if (folder / _START).is_file() else "",
        thin=history.is_thin(record.id),
    )


def _issues(
    history: History, record: RunRecord, run: RunLine, reports: Path, language: Language
) -> tuple[IssueLine, ...]:
    rules = _rules(history, record)
    standing = decided(history, record.site).standing
    lines = [
        _issue(issue, rules.get(issue.rule), run, standing.get(issue.id), reports, language)
        for issue in history.issues(record.site)
        if issue.run_id == record.id and issue.kind is OutcomeKind.FAILED
    ]
    known = [line for line in lines if line is not None]
    return tuple(sorted(known, key=lambda line: (-line.severity.rank, -line.pages, line.rule, line.id)))


def _issue(
    issue: IssueRecord, rule: Rule | None, run: RunLine, decision: Decision | None, reports: Path, language: Language
) -> IssueLine | None:
    if rule is None:
        return None
    page = run.report.removesuffix(_START) + f"problem/{file_key(issue.id)}.html"
    return IssueLine(
        id=issue.id,
        rule=issue.rule,
        title=rule.text(language).title,
        cause=issue.cause,
        area=rule.area,
        severity=rule.severity,
        kind=issue.kind,
        state=issue.state,
        first_seen=issue.first_seen,
        pages=len({url for url, _ in issue.places}),
        page=page if run.report and (reports / page).is_file() else "",
        decision=decision,
    )


def _rules(history: History, record: RunRecord) -> Mapping[str, Rule]:
    """The rules of a run, with titles; ours alone if its own are there no more."""
    try:
        config = SiteConfig.model_validate_json(record.settings)
        cards = config.model_copy(update={"start": _ANYWHERE}).model_dump_json(include=_CARDS)
        catalogue = _catalogue(cards)
    except (AuditorError, ValueError, OSError):
        catalogue = load_catalogue()
    try:
        engine = kept_context(history.run(record.id)).engine
    except StoreError:
        return catalogue.rules
    return catalogue.with_axe(engine).rules


@lru_cache(maxsize=32)
def _catalogue(cards: str) -> Catalogue:
    """The rules that a site's settings decide on, told as JSON."""
    config = SiteConfig.model_validate_json(cards)
    return load_catalogue(config.rules, config.options, config.lexicon)

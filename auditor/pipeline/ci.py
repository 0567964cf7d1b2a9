"""Checks a site that is being built: what is new since a baseline, and is it bad enough to stop the build?"""

import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from auditor.audit import AFTER_THE_WALK
from auditor.baseline import Origin, compare, portable, renewed, too_little
from auditor.catalogue.load import Catalogue
from auditor.decisionfile import read_decisions
from auditor.gather.session import GatherSession
from auditor.model.baseline import Baseline, Known
from auditor.model.build import Checked
from auditor.model.config import ArchiveConfig, SiteConfig, TryoutsConfig
from auditor.model.finding import IssueState
from auditor.model.report import Report, ReportFinding
from auditor.model.vocabulary import Language, Severity
from auditor.pipeline.audit import audit
from auditor.pipeline.run import Progress
from auditor.pipeline.run_report import report_of
from auditor.pipeline.words import left_out
from auditor.store.history import History

LEAST_TESTED = 0.9
"""Share of the pages that must have been looked at, if nothing else is said."""


def quick(config: SiteConfig) -> SiteConfig:
    """*config* without what takes long or asks other hosts.

    Each page is still looked at in each viewport, and judged by each rule that needs no more than that. Nothing is
    tried out with keys and clicks on top of it, the site's search is not driven, no visitors are simulated, and nothing
    is asked of other hosts or fetched but pages.
    """
    return config.model_copy(
        update={
            "search": config.search.model_copy(update={"enabled": False}),
            "findability": config.findability.model_copy(update={"enabled": False}),
            "links": config.links.model_copy(update={"external": False}),
            "scope": config.scope.model_copy(update={"handoffs": False}),
            "documents": config.documents.model_copy(update={"most": 0}),
            "tryouts": TryoutsConfig(interaction=False, devices=False),
        }
    )


def check_build(
    config: SiteConfig,
    baseline: Baseline,
    folder: Path,
    *,
    full: bool = False,
    least: float = LEAST_TESTED,
    language: Language = Language.SWEDISH,
    command: str = "",
    progress: Progress = lambda done, known, url: None,
    begun: Callable[[GatherSession], None] = lambda session: None,
) -> Checked:
    """Audits the site that *config* describes and compares it with *baseline*; no history is kept.

    Args:
        config: the site.
        baseline: what is known; an empty one if nothing is.
        folder: where the report's pictures go.
        full: run all that `audit` runs, instead of what `quick` leaves.
        least: share of the pages that must have been looked at, 0 to 1.
        language: the report's language.
        command: what repeats the check.
        progress: told after each page.
        begun: handed the session, so that a signal handler can stop it.

    Raises:
        GatherError: the site cannot be audited, or no page of it could be tested.
        CardError, ConfigError, StoreError: see there.
        OSError: pictures cannot be written.
    """
    settings = (config if full else quick(config)).model_copy(update={"archive": ArchiveConfig()})
    asked_for = left_out(config, language)
    missing = tuple(part for part in left_out(settings, language) if part not in asked_for)
    with tempfile.TemporaryDirectory(prefix="auditor-ci-") as place:
        history = History(Path(place) / "history.db")
        try:
            return _checked(settings, history, baseline, folder, least, language, command, progress, begun, missing)
        finally:
            history.close()


def _checked(
    config: SiteConfig,
    history: History,
    baseline: Baseline,
    folder: Path,
    least: float,
    language: Language,
    command: str,
    progress: Progress,
    begun: Callable[[GatherSession], None],
    missing: tuple[str, ...],
) -> Checked:
    audited = audit(config, history, fresh=True, progress=progress, begun=begun)
    store = history.run(audited.run_id)
    run = next(run for run in history.runs(audited.site) if run.id == audited.run_id)
    report = report_of(config, history, audited, language, folder, command)
    origin = Origin.of(config.start)
    found = [portable(finding, origin) for finding in store.findings()]
    of_site = {rule.id for rule in audited.catalogue.rules.values() if rule.scope in AFTER_THE_WALK}
    gone = {page.summary.url for page in store.pages() if page.summary.status in (404, 410)}
    judged = store.judged(of_site, complete=run.state == "complete")
    compared = compare(baseline, found, origin, judged, gone)
    states = compared.states
    names = {one.id: named.id for one, named in zip(store.findings(), compared.findings, strict=True)}
    report = _as_the_baseline(report, names, states)
    failed = report.failed
    aside = _set_aside(config)
    new = [finding for finding in failed if finding.state is IssueState.NEW and finding.key not in aside]
    tested = sum(page.rendered and not page.is_handoff for page in report.pages)
    return Checked(
        report=report,
        new=_worst_first(new),
        known=_worst_first(finding for finding in failed if finding not in new),
        fixed=_of_state(baseline, states, (IssueState.FIXED, IssueState.GONE)),
        not_retested=_of_state(baseline, states, (IssueState.NOT_RETESTED,)),
        tested=tested,
        too_little=run.state == "interrupted" or too_little(tested, len(report.failed_pages), least),
        left_out=missing,
        silent=frozenset(audited.catalogue.rules) - {result.rule for result in store.results()},
        changed_versions=tuple(
            name for name, version in baseline.versions.items() if run.versions.get(name) != version
        ),
        baseline=renewed(baseline, compared, _severity(audited.catalogue), run.versions),
    )


def _set_aside(config: SiteConfig) -> set[str]:
    """Issues that the team's file says are not to be acted on today."""
    today = config.date or datetime.now(UTC).astimezone().date()
    decisions = read_decisions(config.decisions) if config.decisions else []
    return {decision.issue for decision in decisions if decision.sets_aside(today)}


def _severity(catalogue: Catalogue) -> Callable[[str], Severity]:
    return lambda rule: catalogue.rules[rule].severity if rule in catalogue.rules else Severity.MINOR


def _worst_first(findings: Iterable[ReportFinding]) -> tuple[ReportFinding, ...]:
    return tuple(
        sorted(findings, key=lambda finding: (-finding.severity.rank, -finding.harm, finding.rule, finding.key))
    )


def _of_state(
    baseline: Baseline, states: Mapping[str, IssueState], wanted: Collection[IssueState]
) -> tuple[Known, ...]:
    return tuple(known for known in baseline.known if states.get(known.finding.id) in wanted)


def _as_the_baseline(report: Report, keys: Mapping[str, str], states: Mapping[str, IssueState]) -> Report:
    """*report* with the baseline's keys, and states against the baseline."""
    findings = tuple(
        replace(
            finding,
            key=keys.get(finding.key, finding.key),
            state=states.get(keys.get(finding.key, ""), IssueState.NEW),
        )
        for finding in report.findings
    )
    pages = tuple(replace(page, findings=tuple(keys.get(key, key) for key in page.findings)) for page in report.pages)
    return replace(report, findings=findings, pages=pages)

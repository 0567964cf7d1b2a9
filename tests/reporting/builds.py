"""Checks of builds, made of the sample report."""

from collections.abc import Collection
from dataclasses import replace

from auditor.model.baseline import Baseline, Known
from auditor.model.build import Checked
from auditor.model.finding import Finding, IssueState
from auditor.model.report import Report
from auditor.model.vocabulary import OutcomeKind, Severity
from tests.reporting.sample import sample

WHOLE = replace(sample(), failed_pages=())
"""The sample report of a run in which every page could be looked at."""
HOSTILE = (
    "::error::stop ##[add-mask]x\r\n::set-env name=A::1 "
    "<img src=x onerror=alert(1)> [här](https://ond.example) | `${{ }}` \u202e"
)
"""What a page may say that wants to command a build server, or to be more than text."""


def hostile(report: Report = WHOLE) -> Report:
    """*report* with texts from a page that means ill."""
    findings = tuple(
        replace(
            finding,
            sentence=HOSTILE,
            title=HOSTILE,
            places=tuple(replace(place, html=HOSTILE, selector=HOSTILE, sentence=HOSTILE) for place in finding.places),
        )
        for finding in report.findings
    )
    return replace(report, findings=findings, site_name=HOSTILE)


def known(key: str = "0123456789ab", rule: str = "axe/link-name") -> Known:
    """A problem of a baseline."""
    finding = Finding(
        key=key, rule=rule, kind=OutcomeKind.FAILED, cause="a", places=frozenset(), count=1, occurrences=()
    )
    return Known(finding=finding, severity=Severity.SERIOUS)


def checked(
    report: Report = WHOLE,
    known_keys: Collection[str] = (),
    *,
    too_little: bool = False,
    fixed: int = 0,
    missed: int = 0,
) -> Checked:
    """A check that came to *report*; findings whose keys are not in *known_keys* are new."""
    failed = [finding for finding in report.findings if finding.kind is OutcomeKind.FAILED]
    ordered = sorted(failed, key=lambda finding: -finding.severity.rank)
    return Checked(
        report=report,
        new=tuple(replace(one, state=IssueState.NEW) for one in ordered if one.key not in known_keys),
        known=tuple(one for one in ordered if one.key in known_keys),
        fixed=tuple(known(f"{number:012x}") for number in range(fixed)),
        not_retested=tuple(known(f"f{number:011x}") for number in range(missed)),
        tested=14,
        too_little=too_little,
        silent=frozenset(),
        left_out=("webbplatsens egen sökning", "PDF-dokument"),
        changed_versions=(),
        baseline=Baseline(),
    )

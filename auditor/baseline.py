"""Findings of a run × a baseline → what is new.

A site that is built for every change is served at another address each time: ``http://localhost:3000``, then
``https://preview-214.example.org``. So a baseline holds paths, and keys that are made of paths.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from auditor.findings import key_of
from auditor.model.baseline import Baseline, Known
from auditor.model.finding import Finding, IssueState
from auditor.model.vocabulary import OutcomeKind, Severity
from auditor.tracking import Judged, track


@dataclass(frozen=True)
class Origin:
    """Where a site is served: scheme, host and port of its start page."""

    address: str

    @classmethod
    def of(cls, start: str) -> "Origin":
        """The origin of address *start*."""
        parts = urlsplit(start)
        return cls(f"{parts.scheme}://{parts.netloc}")

    def path(self, text: str) -> str:
        """*text* with every address on the site as its path; other addresses stay as they are."""
        return re.sub(rf"{re.escape(self.address)}(?:/|(?=$|[?#\s]))", "/", text)

    def url(self, path: str) -> str:
        """The address that *path* stands for; what is no path stays as it is."""
        return f"{self.address}{path}" if path.startswith("/") else path


def portable(finding: Finding, origin: Origin) -> Finding:
    """*finding* without occurrences, as a baseline holds it."""
    cause = origin.path(finding.cause)
    return replace(
        finding,
        key=finding.key if cause == finding.cause else key_of(finding.rule, finding.kind, cause),
        cause=cause,
        places=frozenset((origin.path(url), viewport) for url, viewport in finding.places),
        occurrences=(),
    )


def compare(
    baseline: Baseline, found: Collection[Finding], origin: Origin, judged: Judged, gone: Collection[str]
) -> dict[str, IssueState]:
    """Portable key → what became of it, for what the baseline knows and for what was found.

    Args:
        baseline: what was known.
        found: the run's findings, portable.
        origin: where the run met the site.
        judged: the run's result of a rule on a page, by address.
        gone: addresses that answered 404 or 410.
    """
    return track(
        [known.finding for known in baseline.known],
        found,
        lambda rule, path, viewport: judged(rule, origin.url(path), viewport),
        {origin.path(url) for url in gone},
    )


def renewed(
    baseline: Baseline,
    found: Collection[Finding],
    states: Mapping[str, IssueState],
    severity: Callable[[str], Severity],
    versions: Mapping[str, str],
) -> Baseline:
    """The baseline to go on with: what failed now, and what was known and could not be tested again.

    Args:
        baseline: the one before.
        found: the run's findings, portable.
        states: what `compare` said.
        severity: rule id → severity.
        versions: what the run was made with.
    """
    known = [Known(finding=one, severity=severity(one.rule)) for one in found if one.kind is OutcomeKind.FAILED]
    kept = [one for one in baseline.known if states.get(one.finding.key) is IssueState.NOT_RETESTED]
    ordered = sorted([*known, *kept], key=lambda one: (one.finding.rule, one.finding.key))
    return Baseline(known=tuple(ordered), versions=dict(versions))


def too_little(tested: int, lost: int, least: float) -> bool:
    """Whether fewer than *least* (a share, 0 to 1) of the pages that were asked for could be looked at.

    Args:
        tested: pages that were looked at.
        lost: pages that were asked for and could not be looked at.
        least: the smallest share that is enough.
    """
    return not tested or tested / (tested + lost) < least

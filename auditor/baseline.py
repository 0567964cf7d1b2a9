"""Findings of a run × a baseline → what is new.

A site that is built for every change is served at another address each time: ``http://localhost:3000``, then
``https://preview-214.example.org``. So a baseline holds paths, and keys that are made of paths.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from auditor.findings import key_of
from auditor.model.baseline import Baseline, Known
from auditor.model.finding import Finding, IssueState
from auditor.model.vocabulary import OutcomeKind, Severity
from auditor.tracking import Judged, recognise, track
from auditor.tracking import Known as Recognisable


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
        issue="",
    )


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A run's findings beside a baseline."""

    findings: tuple[Finding, ...]
    """The run's, portable, each with the id that the baseline knows it by, else one that it does not know."""
    states: Mapping[str, IssueState]
    """Id → what became of it, for what the baseline knows and for what was found."""


def compare(
    baseline: Baseline, found: Sequence[Finding], origin: Origin, judged: Judged, gone: Collection[str]
) -> Compared:
    """Recognises what was found among what the baseline knows, as one run's findings among those of the run before.

    Args:
        baseline: what was known.
        found: the run's findings, portable.
        origin: where the run met the site.
        judged: the run's result of a rule on a page, by address.
        gone: addresses that answered 404 or 410.
    """
    before = [known.finding for known in baseline.known]
    same = recognise([_known(one) for one in before], [_known(one) for one in found])
    taken = {one.id for one in before}
    named = tuple(replace(one, issue=same.issues.get(one.key) or _new_name(one.key, taken)) for one in found)
    states = track(
        before,
        named,
        lambda rule, path, viewport: judged(rule, origin.url(path), viewport),
        {origin.path(url) for url in gone},
    )
    swallowed = {issue for owners in same.apart.values() for issue in owners.values()}
    return Compared(findings=named, states={**states, **dict.fromkeys(swallowed & taken, IssueState.OPEN)})


def _known(finding: Finding) -> Recognisable:
    return Recognisable(id=finding.id, key=finding.key, rule=finding.rule, kind=finding.kind, traits=finding.traits)


def _new_name(key: str, taken: Collection[str]) -> str:
    """The key of a new finding, or another name where a known one that drifted away from the key has that."""
    return key if key not in taken else hashlib.sha256(f"{key}\x1fnew".encode()).hexdigest()[:12]


def renewed(
    baseline: Baseline,
    compared: Compared,
    severity: Callable[[str], Severity],
    versions: Mapping[str, str],
) -> Baseline:
    """The baseline to go on with: what failed now, and what was known and could not be tested again.

    Args:
        baseline: the one before.
        compared: what `compare` said.
        severity: rule id → severity.
        versions: what the run was made with.
    """
    staying = (IssueState.NOT_RETESTED, IssueState.OPEN)
    failed = {one.id: one for one in compared.findings if one.kind is OutcomeKind.FAILED}
    known = [Known(finding=one, severity=severity(one.rule)) for one in failed.values()]
    kept = [
        one for one in baseline.known if one.finding.id not in failed and compared.states.get(one.finding.id) in staying
    ]
    ordered = sorted([*known, *kept], key=lambda one: (one.finding.rule, one.finding.id))
    return Baseline(known=tuple(ordered), versions=dict(versions))


def too_little(tested: int, lost: int, least: float) -> bool:
    """Whether fewer than *least* (a share, 0 to 1) of the pages that were asked for could be looked at.

    Args:
        tested: pages that were looked at.
        lost: pages that were asked for and could not be looked at.
        least: the smallest share that is enough.
    """
    return not tested or tested / (tested + lost) < least

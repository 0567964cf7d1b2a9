"""Which findings of a run are which issues of the site, and what became of those of the run before."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from auditor.derive.traits import PageName, own_name, prints_of
from auditor.findings import cause_of, group, key_of
from auditor.model.finding import ENDED, Finding, IssueState
from auditor.model.outcome import Outcome
from auditor.model.site import LinkStatus, PageSummary
from auditor.model.traits import Layer, Traits
from auditor.model.vocabulary import OutcomeKind
from auditor.store.history import History, RunRecord
from auditor.store.issues import IssueRecord
from auditor.store.runs import RunStore
from auditor.tracking import Judged, Known, moves, owed, recognise, track

_TRAITS = TypeAdapter(Traits)
_FOUND = (OutcomeKind.FAILED, OutcomeKind.CANT_TELL)


@dataclass(frozen=True, kw_only=True)
class Followed:
    """The findings of a run as issues."""

    findings: tuple[Finding, ...]
    """What the run found, each with the id of its issue."""
    before: tuple[Finding, ...]
    """Issues that the run before left open or untested, under the addresses that their pages have now."""
    earlier: frozenset[str]
    """Issues that had ended before."""
    first_seen: Mapping[str, str]
    last_seen: Mapping[str, str]
    previous: RunRecord | None
    moved: Mapping[str, str]
    """Addresses that pages of the run before had → those that they have now."""
    earlier_pages: tuple[PageSummary, ...]
    """The pages of the run before."""
    issue_of: Callable[[str, Outcome], str]
    """Rule and outcome of this run → id of the issue that it belongs to."""


def settle(
    store: RunStore, followed: Followed, judged: Judged, gone: Collection[str], unasked: Collection[str] = ()
) -> dict[str, IssueState]:
    """What became of each issue; saves that with the run.

    Args:
        store: the run.
        followed: its findings as issues.
        judged: the run's result of a rule on a page.
        gone: pages that the run asked for and that answered 404 or 410.
        unasked: addresses that the run's pages link to and that it did not ask for.
    """
    states = track(followed.before, followed.findings, judged, gone, followed.earlier, unasked)
    still = {finding.id: owed(finding, judged, gone) for finding in followed.before}
    found = {finding.id for finding in followed.findings}
    kept = [
        *(replace(one, places=one.places | still.get(one.id, frozenset())) for one in followed.findings),
        *(finding for finding in followed.before if finding.id not in found),
    ]
    store.save_findings(kept, states, followed.first_seen, followed.last_seen)
    return states


def follow(
    history: History,
    run: RunRecord,
    store: RunStore,
    pages: Collection[PageSummary],
    statuses: Mapping[str, LinkStatus],
) -> Followed:
    """Recognises the findings of *run* among the issues of the runs before it.

    Args:
        history: where the runs are.
        run: the run, whether or not its findings are saved already.
        store: the same run.
        pages: its pages.
        statuses: what addresses answered that it only asked for.
    """
    previous = history.previous(run.site, run.id)
    earlier_pages = [page.summary for page in history.run(previous.id).pages()] if previous else []
    moved = moves(earlier_pages, pages, statuses)
    page_name = _as_before(moved)
    records = history.issues(run.site, before=run.ordinal)
    live = [one for one in records if previous and one.run_id == previous.id and one.state not in ENDED]
    lived = {one.id for one in live}
    ended = [one for one in records if one.id not in lived]
    grouped = group(store.outcomes(_FOUND), page_name=page_name)
    today = [_known_finding(finding) for finding in grouped]
    same = recognise(_remembered(live, _made_anew(history, previous, live)), today)
    strange = [one for one in today if one.id not in same.issues]
    kinds = {(one.rule, one.kind) for one in strange}
    back = recognise(_remembered([one for one in ended if (one.rule, one.kind) in kinds], {}), strange)
    issues = {**back.issues, **same.issues}
    apart = {**back.apart, **same.apart}
    names = _new_names([one.id for one in today if one.id not in issues], {one.id for one in records}, run.id)

    def belongs(key: str, outcome: Outcome) -> str:
        own = apart.get(key, {}).get(prints_of(outcome, page_name)[Layer.ELEMENT]) if key in apart else None
        return own or issues.get(key) or names[key]

    if moved or apart or len(set(issues.values())) < len(issues):
        findings = group(store.outcomes(_FOUND), belongs)
    else:
        findings = [replace(one, issue=issues.get(one.key) or names[one.key]) for one in grouped]
    seen = {one.id: one for one in records}
    return Followed(
        findings=tuple(findings),
        before=tuple(_as_finding(one, moved) for one in live),
        earlier=frozenset(one.id for one in ended),
        first_seen={
            **{one.id: one.first_seen for one in live},
            **{one.id: seen[one.id].first_seen if one.id in seen else run.started_at for one in findings},
        },
        last_seen={**{one.id: one.last_seen for one in live}, **{one.id: run.started_at for one in findings}},
        previous=previous,
        moved=moved,
        earlier_pages=tuple(earlier_pages),
        issue_of=lambda rule, outcome: belongs(key_of(rule, outcome.kind, cause_of(outcome)), outcome),
    )


def _as_before(moved: Mapping[str, str]) -> PageName:
    """What pages were called in the run before."""
    if not moved:
        return own_name
    old = {new: before for before, new in moved.items()}
    return lambda url: own_name(old.get(url, url))


def _remembered(issues: Sequence[IssueRecord], found: Mapping[str, Traits]) -> list[Known]:
    """Issues with their traits; those that were kept without have those of *found*, by key."""
    return [
        Known(
            id=one.id,
            key=one.key,
            rule=one.rule,
            kind=one.kind,
            traits=_TRAITS.validate_json(one.traits) if one.traits else found.get(one.key, Traits()),
        )
        for one in issues
    ]


def _made_anew(history: History, previous: RunRecord | None, live: Sequence[IssueRecord]) -> dict[str, Traits]:
    """Key → traits of the findings of the run before, if it comes from a version that did not keep them."""
    if previous is None or all(one.traits for one in live):
        return {}
    return {finding.key: finding.traits for finding in group(history.run(previous.id).outcomes(_FOUND))}


def _known_finding(finding: Finding) -> Known:
    return Known(id=finding.key, key=finding.key, rule=finding.rule, kind=finding.kind, traits=finding.traits)


def _new_names(keys: Sequence[str], taken: Collection[str], run_id: str) -> dict[str, str]:
    """Ids of new issues: the finding's key, or another where an issue that drifted away from it has that name."""
    names: dict[str, str] = {}
    for key in keys:
        names[key] = key if key not in taken else _other_name(key, run_id)
    return names


def _other_name(key: str, run_id: str) -> str:
    return hashlib.sha256(f"{key}\x1f{run_id}".encode()).hexdigest()[:12]


def _as_finding(issue: IssueRecord, moved: Mapping[str, str]) -> Finding:
    return Finding(
        key=issue.key,
        rule=issue.rule,
        kind=issue.kind,
        cause=issue.cause,
        places=frozenset((moved.get(url, url), viewport) for url, viewport in issue.places),
        count=issue.count,
        occurrences=(),
        issue=issue.id,
        traits=_TRAITS.validate_json(issue.traits) if issue.traits else Traits(),
    )

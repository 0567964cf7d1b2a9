"""Outcomes → findings: one rule and one cause is one line, on however many pages it stands."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from auditor.derive.traits import PageName, TraitsOf, own_name
from auditor.model.axe import FOUND, LOOK
from auditor.model.finding import Finding, Occurrence
from auditor.model.outcome import Outcome, Target
from auditor.model.state import STATE_CAUSE
from auditor.model.vocabulary import OutcomeKind, Viewport

_POSITION = re.compile(r":nth-(?:of-type|child)\(\d+\)")
_NUMBER = re.compile(r"\d+")
_START = re.compile(r"<([\w-]+)")
_CLASS = re.compile(r"\sclass=\"([^\"]*)\"")
_ATTRIBUTE = re.compile(r"\[[^\]]*\]")
_NAMED = re.compile(r"[#.][\w\\-]+|\b(?:header|footer|nav|main|aside)\b")
_SHOWN = 100
_SHOWN_PER_PAGE = 5


def cause_of(outcome: Outcome) -> str:
    """What outcomes of one cause have in common: what the check named, else the kind of element.

    The kind of an element is its tag with its classes; without classes, with the nearest id or class around it.
    Positions, numbers and other attributes are left out, so that the same fault in every card of a list, or in a
    template used by many pages, is one cause. What shows only while something is open is another. Outcomes about whole
    pages share the message as their cause.
    """
    if outcome.target.state:
        at_rest = replace(outcome, target=replace(outcome.target, state=""))
        return f"{STATE_CAUSE}{outcome.target.state.partition('|')[0]} {cause_of(at_rest)}"
    if outcome.cause:
        return outcome.cause
    target = outcome.target
    if not target.selector:
        return outcome.message if outcome.message not in (FOUND, LOOK) else ""
    tag, classes = _kind(target)
    if classes:
        return ".".join([tag, *(_NUMBER.sub("0", name) for name in sorted(classes))])
    around = _NAMED.findall(_ATTRIBUTE.sub("", target.selector.rpartition(" ")[0]))
    return f"{_NUMBER.sub('0', around[-1])} {tag}" if around else tag


def _kind(target: Target) -> tuple[str, list[str]]:
    """Tag and classes of the target's start tag; the last step of its selector where there is none."""
    start = _START.match(target.html)
    if not start:
        return _ATTRIBUTE.sub("", _POSITION.sub("", target.selector.rpartition(" ")[2])), []
    classes = _CLASS.search(target.html)
    return start[1].lower(), classes[1].split() if classes else []


def key_of(rule: str, kind: OutcomeKind, cause: str) -> str:
    """Recognises a finding in another run: 12 hexadecimal digits of SHA-256."""
    return hashlib.sha256("\x1f".join((rule, kind, cause)).encode()).hexdigest()[:12]


Belongs = Callable[[str, Outcome], str]
"""Key of an outcome's cause and the outcome → id of the issue that it belongs to; empty if that is not known."""


@dataclass
class _Group:
    rule: str
    kind: OutcomeKind
    issue: str
    causes: Counter[str] = field(default_factory=Counter)
    places: set[tuple[str, Viewport | None]] = field(default_factory=set)
    count: int = 0
    shown: dict[str, list[Occurrence]] = field(default_factory=dict)
    traits: TraitsOf = field(default_factory=TraitsOf)

    def add(self, outcome: Outcome, cause: str, page_name: PageName) -> None:
        self.causes[cause] += 1
        self.traits.add(outcome, page_name)
        url = outcome.target.url
        self.places.add((url, outcome.target.viewport))
        self.count += 1
        if url not in self.shown and len(self.shown) == _SHOWN:
            return
        here = self.shown.setdefault(url, [])
        if len(here) < _SHOWN_PER_PAGE:
            here.append(Occurrence(target=outcome.target, message=outcome.message, values=outcome.values))

    def occurrences(self) -> tuple[Occurrence, ...]:
        """The first targets, from as many pages as possible, page by page."""
        most = 0
        while most < _SHOWN_PER_PAGE and sum(min(len(here), most + 1) for here in self.shown.values()) <= _SHOWN:
            most += 1
        room = _SHOWN - sum(min(len(here), most) for here in self.shown.values())
        taken: list[Occurrence] = []
        for here in self.shown.values():
            extra = min(room, len(here[most : most + 1]))
            room -= extra
            taken += here[: most + extra]
        return tuple(taken)


def group(
    outcomes: Iterable[tuple[str, Outcome]], belongs: Belongs | None = None, page_name: PageName = own_name
) -> list[Finding]:
    """The findings among *outcomes* (pairs of rule id and outcome), in the order of their keys.

    Only failed and cantTell become findings; what is untested is told elsewhere. Memory grows with the number of
    causes and pages, not of targets.

    Args:
        outcomes: what rules said.
        belongs: issues that outcomes are known to belong to: those of one issue are one finding, called by the cause
            that most of them have.
        page_name: what pages are called in the findings' traits.
    """
    groups: dict[tuple[str, str], _Group] = {}
    for rule, outcome in outcomes:
        if outcome.kind not in (OutcomeKind.FAILED, OutcomeKind.CANT_TELL):
            continue
        cause = cause_of(outcome)
        key = key_of(rule, outcome.kind, cause)
        issue = belongs(key, outcome) if belongs else ""
        name = (issue, "") if issue else ("", key)
        if name not in groups:
            groups[name] = _Group(rule, outcome.kind, issue)
        groups[name].add(outcome, cause, page_name)
    return sorted(_keyed(groups.values()), key=lambda finding: finding.key)


def _keyed(groups: Iterable[_Group]) -> Iterator[Finding]:
    """The groups as findings, each with a key of its own.

    Where targets of one cause belong to several issues, the greatest of these has the cause's key.
    """
    taken: set[str] = set()
    for found in sorted(groups, key=lambda one: (-one.count, one.rule, one.kind, one.issue, sorted(one.causes))):
        cause = min(found.causes, key=lambda one: (-found.causes[one], one))
        key = key_of(found.rule, found.kind, cause)
        if key in taken:
            key = key_of(found.rule, found.kind, f"{cause}\x1f{found.issue}")
        taken.add(key)
        yield Finding(
            key=key,
            rule=found.rule,
            kind=found.kind,
            cause=cause,
            places=frozenset(found.places),
            count=found.count,
            occurrences=found.occurrences(),
            issue=found.issue,
            traits=found.traits.traits(),
        )

"""Which finding of today is which issue of yesterday: one to one, the surest way first.

1. The same rule, outcome and cause.
2. The same cause once what drifts is left out: hosts, moved addresses, numbers, dates.
3. The same things on the same pages; the same things wherever they stand; what says nothing, by kind and page.

Within each step the assignment with the greatest likeness in all is taken (linear sum assignment), so that the order of
findings changes nothing. What a template change has torn apart is put together again: a cause that is new by name, and
whose targets were an issue's, belongs to that issue; targets that were an issue's stay with it where another cause has
swallowed them.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from auditor.derive.traits import shared
from auditor.model.traits import Layer, Traits
from auditor.model.vocabulary import OutcomeKind

LEAST = 0.5
"""Two findings are one if at least this share of the smaller one's targets is the other's; our own choice, tried with
benchmarks/drift.py."""
_SAME_WORDS = 0.5
_SEVERAL = 2


@dataclass(frozen=True, kw_only=True)
class Known:
    """A finding, as far as it is needed to recognise it."""

    id: str
    """Of an issue its id, of a finding of today its key."""
    key: str
    """Hash of rule, outcome and cause."""
    rule: str
    kind: OutcomeKind
    traits: Traits


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """Which findings of today are which issues."""

    issues: Mapping[str, str]
    """Key of a finding → id of the issue that it is; several keys may be one issue. New findings are left out."""
    apart: Mapping[str, Mapping[int, str]]
    """Key of a finding → print of a target (layer element) → issue that this target belongs to instead."""


def recognise(before: Sequence[Known], after: Sequence[Known]) -> Recognised:
    """Which of *after* is which of *before*.

    Args:
        before: issues of the run before, with their ids.
        after: findings of today; their traits call pages what they were called in the run before.
    """
    issues: dict[str, str] = {}
    apart: dict[str, dict[int, str]] = {}
    old, new = _by_kind(before), _by_kind(after)
    for kind in sorted(set(old) & set(new)):
        found = _assigned(old[kind], new[kind])
        for number, finding in enumerate(new[kind]):
            if number in found:
                issues[finding.key] = old[kind][found[number]].id
        taken = set(found.values())
        left = [known for number, known in enumerate(old[kind]) if number not in taken]
        for number, finding in enumerate(new[kind]):
            if number in found:
                owned = _swallowed(finding, old[kind][found[number]], left)
                if owned:
                    apart[finding.key] = owned
            elif owner := _torn_from(finding, [old[kind][index] for index in sorted(taken)]):
                issues[finding.key] = owner.id
    return Recognised(issues=issues, apart=apart)


def _by_kind(findings: Sequence[Known]) -> dict[tuple[str, OutcomeKind], list[Known]]:
    found: dict[tuple[str, OutcomeKind], list[Known]] = defaultdict(list)
    for finding in sorted(findings, key=lambda one: one.id):
        found[finding.rule, finding.kind].append(finding)
    return found


Pairs = dict[tuple[int, int], float]
"""Numbers of an issue and of a finding of today → how much they are alike."""


def _assigned(before: Sequence[Known], after: Sequence[Known]) -> dict[int, int]:
    """Number of a finding of today → number of the issue that it is."""
    found: dict[int, int] = {}
    for step in _STEPS:
        taken = set(found.values())
        rows = [number for number in range(len(after)) if number not in found]
        columns = [number for number in range(len(before)) if number not in taken]
        pairs = step([before[column] for column in columns], [after[row] for row in rows])
        found |= {rows[row]: columns[column] for row, column in _best(pairs)}
    return found


def _best(pairs: Pairs) -> Iterator[tuple[int, int]]:
    """The rows and columns that belong together, one to one, so that all are most alike."""
    rows = sorted({row for _, row in pairs})
    columns = sorted({column for column, _ in pairs})
    if len(rows) == len(columns) == len(pairs):  # nothing to choose: each has one that it may belong to
        yield from sorted((row, column) for (column, row), weight in pairs.items() if weight > 0)
        return
    from scipy.optimize import linear_sum_assignment  # takes long to load, and most runs have nothing to choose

    weights = np.zeros((len(rows), len(columns)))
    places = {row: place for place, row in enumerate(rows)}, {column: place for place, column in enumerate(columns)}
    for (column, row), weight in pairs.items():
        weights[places[0][row], places[1][column]] = weight
    for place, other in zip(*linear_sum_assignment(weights, maximize=True), strict=True):
        if weights[place, other] > 0:
            yield rows[place], columns[other]


def _same_key(before: Sequence[Known], after: Sequence[Known]) -> Pairs:
    return _equal([known.key for known in before], [known.key for known in after])


def _same_cause(before: Sequence[Known], after: Sequence[Known]) -> Pairs:
    return _equal([known.traits.cause for known in before], [known.traits.cause for known in after])


def _equal(before: Sequence[str], after: Sequence[str]) -> Pairs:
    columns = {name: number for number, name in reversed(list(enumerate(before))) if name}
    rows = {name: number for number, name in reversed(list(enumerate(after))) if name}
    return {(columns[name], rows[name]): 1.0 for name in sorted(columns.keys() & rows.keys())}


def _same_things(before: Sequence[Known], after: Sequence[Known]) -> Pairs:
    return _alike(Layer.ELEMENT, before, after)


def _same_words(before: Sequence[Known], after: Sequence[Known]) -> Pairs:
    return _alike(Layer.TEXT, before, after)


def _same_places(before: Sequence[Known], after: Sequence[Known]) -> Pairs:
    """A cause with a name is not recognised by its place alone, unless that is a set of several pages."""
    pairs = _alike(Layer.PLACE, before, after)
    return {
        (column, row): weight
        for (column, row), weight in pairs.items()
        if _may_be_one(before[column].traits, after[row].traits, weight)
    }


def _may_be_one(old: Traits, new: Traits, weight: float) -> bool:
    if not (old.named or new.named):
        return True
    several = min(len(traits.layers.get(Layer.PLACE, ())) for traits in (old, new)) >= _SEVERAL
    return (several and weight >= LEAST) or _same_subject(old.cause, new.cause)


_STEPS: tuple[Callable[[Sequence[Known], Sequence[Known]], Pairs], ...] = (
    _same_key,
    _same_cause,
    _same_things,
    _same_words,
    _same_places,
)


def _alike(layer: Layer, before: Sequence[Known], after: Sequence[Known]) -> Pairs:
    """Those who share at least half of the smaller one's prints, by Jaccard's coefficient.

    Only findings that share a print are compared.
    """
    holders: dict[int, list[int]] = defaultdict(list)
    for number, known in enumerate(before):
        for value in known.traits.layers.get(layer, ()):
            holders[value].append(number)
    pairs: Pairs = {}
    for row, known in enumerate(after):
        near = {column for value in known.traits.layers.get(layer, ()) for column in holders[value]}
        for column in near:
            of_old, of_new, together = shared(*_both(layer, before[column].traits, known.traits))
            if max(of_old, of_new) >= LEAST:
                pairs[column, row] = together
    return pairs


def _both(layer: Layer, old: Traits, new: Traits) -> tuple[Sequence[int], Sequence[int]]:
    return old.layers.get(layer, ()), new.layers.get(layer, ())


def _same_subject(one: str, other: str) -> bool:
    first, second = set(one.split()), set(other.split())
    return bool(first & second) and len(first & second) / len(first | second) >= _SAME_WORDS


def _torn_from(finding: Known, issues: Collection[Known]) -> Known | None:
    """The issue that most of *finding*'s targets were, though the rest of it is called something else today."""
    shares = {known.id: shared(*_both(Layer.ELEMENT, known.traits, finding.traits))[1] for known in issues}
    best = max(issues, key=lambda known: (shares[known.id], known.id), default=None)
    return best if best and shares[best.id] >= LEAST else None


def _swallowed(finding: Known, own: Known, left: Collection[Known]) -> dict[int, str]:
    """Targets of *finding* that were those of issues that would else be gone."""
    mine = set(own.traits.layers.get(Layer.ELEMENT, ()))
    owned: dict[int, str] = {}
    for known in left:
        theirs = set(known.traits.layers.get(Layer.ELEMENT, ())) - mine
        here = theirs.intersection(finding.traits.layers.get(Layer.ELEMENT, ()))
        if here and len(here) >= LEAST * len(theirs):
            owned |= dict.fromkeys(sorted(here), known.id)
    return owned

"""Why a score is not what it was.

The change from one run to the next is walked in steps, each of which alters the results that are scored in one respect:
rules that are no longer the same are taken out, then what the later run could not test, then pages that it does not
have. What is left was judged by the same rules on the same pages in both runs. There, results change because programs
changed, or because content did. Then the steps are walked back with what the later run has: pages, what it alone could
test, rules. The differences between neighbouring steps sum to the whole change, whatever the order; the order decides
only to whom a result belongs that several causes touch, and goes from what says least about the site to what says most.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from auditor.model.outcome import RuleResult
from auditor.model.score import Score
from auditor.model.trend import Cell, Judgement, RuleMark, ScoreChange, Table
from auditor.model.vocabulary import Area, OutcomeKind, Viewport
from auditor.scoring import COLUMNS, Counts, area_scores, count, score, tallies

SameContent = Callable[[str], bool]
"""Page → whether its content is the same in both runs; the site as a whole has an empty address."""
_UNTESTED = (OutcomeKind.UNTESTED, OutcomeKind.CANT_TELL)
_Scores = Mapping[tuple[Area, Viewport], float | None]


@dataclass(frozen=True)
class _Step:
    part: str
    """What the difference to the step before is due to."""
    results: Table
    rules: Mapping[str, RuleMark]


def decompose(
    before: Judgement,
    after: Judgement,
    *,
    same_content: SameContent,
    engine_changed: bool,
    rejudged: Table | None = None,
) -> Iterator[ScoreChange]:
    """The change of each area's score in each viewport where both runs have one, as a sum of its causes.

    Args:
        before: the earlier run.
        after: the later run.
        same_content: whether a page that both looked at holds the same.
        engine_changed: the browser or the program changed between the runs: then results that changed on pages whose
            content is the same are the engine's.
        rejudged: what the later run's rules say of the earlier run's pages, if that is known: then the rules' part is
            exact, else rules that changed are compared with none.
    """
    settled = frozenset(_settled(before, after)) if rejudged is None else frozenset[Cell]()
    always = count(as_results({cell: after.results[cell] for cell in settled}))
    walked = _steps(_but(before, settled), _but(after, settled), same_content, engine_changed, rejudged)
    parts = [step.part for step in walked]
    steps = [_scored(step, always) for step in walked]
    for area in Area:
        for viewport in COLUMNS:
            values = [scores[area, viewport] for scores in steps]
            first, last = values[0], values[-1]
            if first is not None and last is not None:
                yield ScoreChange(
                    area=area, viewport=viewport, before=first, after=last, **_parts(zip(parts, values, strict=True))
                )


def _parts(steps: Iterable[tuple[str, float | None]]) -> dict[str, float]:
    """Part → its sum. A step that leaves nothing to score is passed over: the next one that does has the difference."""
    sums: dict[str, float] = {}
    last: float | None = None
    for part, value in steps:
        if value is not None:
            if last is not None:
                sums[part] = sums.get(part, 0.0) + value - last
            last = value
    return sums


def _steps(
    before: Judgement, after: Judgement, same_content: SameContent, engine_changed: bool, rejudged: Table | None
) -> list[_Step]:
    steps = [_Step("content", before.results, before.rules)]

    def walk(part: str, results: Table, rules: Mapping[str, RuleMark]) -> None:
        steps.append(_Step(part, results, rules))

    old, rules = before.results, before.rules
    if rejudged is not None:
        old = {**{cell: kind for cell, kind in old.items() if _of_engine(before.rules, cell)}, **rejudged}
        rules = {
            **{name: mark for name, mark in before.rules.items() if mark.of_engine},
            **{name: mark for name, mark in after.rules.items() if not mark.of_engine},
        }
        walk("rules", old, rules)
    lasting = {name: mark for name, mark in rules.items() if name in after.rules and mark == after.rules[name]}
    ours = {name: mark for name, mark in rules.items() if name in lasting or mark.of_engine}
    walk("rules", _of(old, ours), ours)
    walk("engine", _of(old, lasting), lasting)
    old = _of(old, lasting)
    new = _of(after.results, lasting)
    met = {cell: kind for cell, kind in old.items() if not _blocked(cell, after, new)}
    walk("blocked", met, lasting)
    common = {cell: kind for cell, kind in met.items() if _has(after, cell[1])}
    walk("pages", common, lasting)
    free = {cell: kind for cell, kind in new.items() if not _blocked(cell, before, old)}
    shared = {cell: kind for cell, kind in free.items() if _has(before, cell[1])}
    if engine_changed:
        walk("engine", dict(_by_engine(common, shared, same_content)), lasting)
    walk("content", shared, lasting)
    walk("pages", free, lasting)
    walk("blocked", new, lasting)
    ours = {name: mark for name, mark in after.rules.items() if name in lasting or mark.of_engine}
    walk("engine", _of(after.results, ours), ours)
    walk("rules", after.results, after.rules)
    return steps


def _settled(before: Judgement, after: Judgement) -> Iterator[Cell]:
    """Results that both runs have alike, tested, of pages that both looked at: these are in every step whose rules
    hold theirs, so that they are counted once. On most sites they are nearly all."""
    for cell, kind in after.results.items():
        page = cell[1]
        seen = not page or (before.pages.get(page, False) and after.pages.get(page, False))
        if seen and kind not in _UNTESTED and before.results.get(cell) is kind:
            yield cell


def _but(run: Judgement, settled: frozenset[Cell]) -> Judgement:
    """*run* without the results that are settled."""
    return replace(run, results={cell: kind for cell, kind in run.results.items() if cell not in settled})


def _of_engine(rules: Mapping[str, RuleMark], cell: Cell) -> bool:
    return cell[0] in rules and rules[cell[0]].of_engine


def _of(results: Table, rules: Mapping[str, RuleMark]) -> Table:
    return {cell: kind for cell, kind in results.items() if cell[0] in rules}


def _has(run: Judgement, page: str) -> bool:
    return not page or page in run.pages


def _blocked(cell: Cell, run: Judgement, results: Table) -> bool:
    """Whether *run* knows the page and could not test this there."""
    if cell[1] in run.pages and not run.pages[cell[1]]:
        return True
    return results.get(cell) in _UNTESTED


def _by_engine(common: Table, shared: Table, same_content: SameContent) -> Iterator[tuple[Cell, OutcomeKind]]:
    """Results as if only programs had changed: where the content is the same, what the later run says."""
    for cell, kind in common.items():
        if not same_content(cell[1]):
            yield cell, kind
    for cell, kind in shared.items():
        if same_content(cell[1]):
            yield cell, kind


def _scored(step: _Step, always: Counts) -> _Scores:
    found = area_scores(step.rules, list(tallies(count(as_results(step.results)) + always)))
    return {(one.area, one.viewport): one.every.value for one in found}


def as_results(results: Table) -> Iterator[RuleResult]:
    """The results of a table, one by one."""
    for (rule, url, viewport), kind in results.items():
        yield RuleResult(rule=rule, url=url, viewport=viewport, kind=kind)


def as_table(results: Iterable[RuleResult]) -> dict[Cell, OutcomeKind]:
    """Results by rule, page and viewport."""
    return {(result.rule, result.url, result.viewport): result.kind for result in results}


def overall(rules: Mapping[str, RuleMark], results: Table, viewport: Viewport) -> Score:
    """All areas together in one viewport; its coverage is what is followed over time."""
    told = [
        tally for tally in tallies(count(as_results(results))) if tally.viewport is viewport and tally.rule in rules
    ]
    return score(rules, told)


def without(results: Table, failing: Mapping[Cell, Iterable[str]], aside: frozenset[str]) -> dict[Cell, OutcomeKind]:
    """*results* without failures that are wholly set aside by decisions: these count neither as passed nor as failed.

    Args:
        results: what a run said.
        failing: rule, page and viewport → the issues that the failed targets there belong to.
        aside: issues that are set aside.
    """
    return {
        cell: kind
        for cell, kind in results.items()
        if kind is not OutcomeKind.FAILED or not failing.get(cell) or not aside.issuperset(failing[cell])
    }

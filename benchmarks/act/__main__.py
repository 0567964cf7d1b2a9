"""How consistent the product is with W3C's ACT rules, beside axe-core alone, over W3C's own test cases.

    python -m benchmarks.act [FOLDER] [--rule ID]... [--earl FILE] [--all]

FOLDER holds testcases.json with the folders testcases and test-assets, as published under
https://www.w3.org/WAI/content-assets/wcag-act-rules/. The product is run as it is in an audit, in the desktop viewport,
with the rules of level AAA that it otherwise leaves off; axe-core with all of its rules.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor import __version__
from auditor.errors import AuditorError
from auditor.model.axe import AxeRule
from auditor.model.rule import Rule
from auditor.model.vocabulary import OutcomeKind
from benchmarks.act.cases import ActRule, Case, read_rules
from benchmarks.act.consistency import Answer, Consistency, combined, consistency, criteria_right
from benchmarks.act.criteria import numbers
from benchmarks.act.earl import Assertion, earl_report
from benchmarks.act.run import Outcomes, Run, run_cases

_FOLDER = Path(__file__).parent.parent.parent.parent / "shared" / "corpora" / "act"
_HOMEPAGE = "https://example.org/auditor"


@dataclass(frozen=True)
class Line:
    """What came out for one ACT rule."""

    rule: ActRule
    by: Sequence[str]
    """Rules that decide it."""
    answers: Sequence[tuple[Case, Answer]]
    criteria_right: bool

    @property
    def verdict(self) -> Consistency:
        """W3C's word for it."""
        return consistency((answer for _, answer in self.answers), criteria_right=self.criteria_right)


def main() -> int:
    """Prints the figures; exit code 2 if the cases cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=_FOLDER, help="W3C's test cases")
    parser.add_argument("--rule", action="append", default=[], help="id of an ACT rule; all if left out")
    parser.add_argument("--earl", type=Path, help="writes the report that implementers submit to W3C")
    parser.add_argument("--all", action="store_true", help="tells what was said of every case that came out otherwise")
    parser.add_argument("--no-axe", action="store_true", help="leaves axe-core alone out, which halves the time")
    options = parser.parse_args()
    try:
        rules = [rule for rule in read_rules(options.folder) if not options.rule or rule.id in options.rule]
        run = run_cases(
            options.folder, [case for rule in rules for case in rule.cases], _progress, beside=not options.no_axe
        )
    except AuditorError as error:
        print(error, file=sys.stderr)
        return 2
    print(file=sys.stderr)
    product = [_line(rule, _by(rule, run.rules), {p: s.product for p, s in run.seen.items()}) for rule in rules]
    axe = [_line(rule, _by_axe(rule, run.axe.rules), {p: s.axe for p, s in run.seen.items()}) for rule in rules]
    for ours, theirs in zip(product, axe, strict=True):
        print(f"{ours.rule.id}  {ours.verdict:21} axe: {theirs.verdict:21} {_short(ours.rule.name)}")
        for told in _deviations(ours, everything=options.all):
            print(f"        {told}")
    for title, approved in (("approved", True), ("proposed", False)):
        print(f"\n{title} rules")
        _totals("product", [line for line in product if line.rule.approved is approved])
        _totals(f"axe-core {run.axe.version} alone", [line for line in axe if line.rule.approved is approved])
    if options.earl:
        report = earl_report(_assertions(rules, run), name="auditor", version=__version__, homepage=_HOMEPAGE)
        options.earl.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


def _progress(done: int) -> None:
    if done % 25 == 0:
        print(f"\r{done} cases", end="", file=sys.stderr, flush=True)


def _short(name: str) -> str:
    return name if len(name) < 60 else f"{name[:57]}..."


def _by(rule: ActRule, rules: Iterable[Rule]) -> Mapping[str, frozenset[str]]:
    """The product's rules that decide *rule*, with the criteria that they name."""
    return {one.id: numbers((*one.requirements, *one.beyond)) for one in rules if rule.id in one.act}


def _by_axe(rule: ActRule, rules: Iterable[AxeRule]) -> Mapping[str, frozenset[str]]:
    """axe's; which criteria it names is not held against it here."""
    return {one.id: rule.required for one in rules if rule.id in one.act_ids}


def _line(rule: ActRule, by: Mapping[str, frozenset[str]], seen: Mapping[str, Outcomes]) -> Line:
    answers = []
    for case in rule.cases:
        said = [seen[case.path][name] for name in by if name in seen[case.path]]
        answers.append((case, Answer(case.expected, combined(said))))
    failing = {name for case in rule.cases for name in by if _finds(case, seen[case.path].get(name))}
    reported = frozenset[str]().union(*(by[name] for name in failing))
    return Line(rule, tuple(by), answers, criteria_right(reported, rule.required, rule.secondary))


def _finds(case: Case, outcome: OutcomeKind | None) -> bool:
    """Whether a rule reports the fault of a failed example: its criteria are those that the tool names."""
    return case.expected is OutcomeKind.FAILED is outcome


def _deviations(line: Line, *, everything: bool) -> Iterable[str]:
    """Why *line* is not consistent, and every false positive."""
    if line.by and not line.criteria_right:
        yield f"names other success criteria than {sorted(line.rule.required)}"
    for case, answer in line.answers:
        if answer.false_positive:
            yield f"FALSE POSITIVE {case.path}"
        elif answer.false_negative and line.by:
            yield f"missed: {answer.outcome} {case.path}"
        elif answer.outcome is OutcomeKind.UNTESTED and line.by:
            yield f"untested {case.path}"
        elif everything and answer.outcome is not answer.expected:
            yield f"{answer.outcome} instead of {answer.expected} {case.path}"


def _totals(title: str, lines: Sequence[Line]) -> None:
    verdicts = Counter(line.verdict for line in lines)
    wrong = sum(answer.false_positive for line in lines for _, answer in line.answers)
    told = ", ".join(f"{verdicts[kind]} {kind}" for kind in Consistency)
    print(f"  {title}: {told}, of {len(lines)}; {wrong} false positives")


def _assertions(rules: Sequence[ActRule], run: Run) -> Iterable[Assertion]:
    for rule in rules:
        for name, criteria in _by(rule, run.rules).items():
            for case in rule.cases:
                outcome = run.seen[case.path].product[name]
                yield Assertion(url=case.url, rule=name, criteria=criteria, outcome=outcome)


if __name__ == "__main__":
    sys.exit(main())

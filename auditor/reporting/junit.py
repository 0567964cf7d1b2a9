"""junit.xml: the audit as test results, for a build server.

One suite per area with one case per rule and viewport, so that a build server can follow a case by its name from run to
run however many pages come and go; a suite per page would be thousands of suites and none of them stable. A case that
failed tells in its body the causes and where they are. What could not be tested is told once per reason in a suite
named «untested», as errors: a page that did not load must never look like a pass, nor turn every rule red.

=============================================  ==========================================
what came out                                  in the file
=============================================  ==========================================
failed on any page                             failure, type = severity
failed, but only with causes that are known    skipped
not failed, not tested on any page             error
not failed, a person must judge some page      skipped
else                                           passed; pages left out stand in system-out
=============================================  ==========================================
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from auditor.model.report import Report, ReportFinding, RuleRow
from auditor.model.score import RuleTally
from auditor.model.vocabulary import Area, OutcomeKind, Severity, Viewport
from auditor.reporting.files import write_bytes
from auditor.reporting.text import clean, cleaned, cut
from auditor.reporting.words import Words

NAME = "junit.xml"
_CAUSES = 50
_PLACES = 20
_COLUMN: Mapping[Viewport, Viewport] = {Viewport.NARROW: Viewport.PHONE}

Findings = Mapping[tuple[str, Viewport], list[ReportFinding]]


def write_junit(report: Report, folder: Path, known: Collection[str] = ()) -> Path:
    """Writes *report* to junit.xml in *folder* and gives its path.

    Args:
        report: what to write.
        folder: where.
        known: keys of findings that do not fail a case: those of a baseline.

    Raises:
        OSError: the file cannot be written.
    """
    report = cleaned(report, clean)
    root = ET.Element("testsuites", name=report.site_name or report.start)
    for suite in _suites(report, known):
        root.append(suite)
    _count(root, [case for suite in root for case in suite.iter("testcase")])
    ET.indent(root)
    return write_bytes(folder / NAME, ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _suites(report: Report, known: Collection[str]) -> Iterator[ET.Element]:
    words = Words(report.language)
    findings = _by_rule(report.findings)
    for area in Area:
        cases = [
            _case(row, tally, findings.get((row.rule, tally.viewport), []), words, known)
            for row in report.rules
            if row.area is area
            for tally in row.tallies
        ]
        if cases:
            yield _suite(str(area), cases, report)
    if report.untested:
        cases = []
        for one in report.untested:
            case = ET.Element("testcase", classname="untested", name=cut(f"{one.what}: {one.reason}", 300))
            error = ET.SubElement(case, "error", type="untested", message=cut(one.reason, 300))
            error.text = _lines(one.examples, one.count, words)
            cases.append(case)
        yield _suite("untested", cases, report)


def _by_rule(findings: Iterable[ReportFinding]) -> Findings:
    found: dict[tuple[str, Viewport], list[ReportFinding]] = defaultdict(list)
    for finding in findings:
        for column in {_COLUMN.get(viewport, viewport) for viewport in finding.viewports}:
            found[finding.rule, column].append(finding)
    return found


def _suite(name: str, cases: list[ET.Element], report: Report) -> ET.Element:
    suite = ET.Element("testsuite", name=name, timestamp=report.started_at[:19])
    _count(suite, cases)
    suite.extend(cases)
    return suite


def _count(element: ET.Element, cases: list[ET.Element]) -> None:
    element.set("tests", str(len(cases)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(attribute, str(sum(case.find(tag) is not None for case in cases)))
    element.set("time", "0")


def _case(
    row: RuleRow, tally: RuleTally, findings: list[ReportFinding], words: Words, known: Collection[str]
) -> ET.Element:
    case = ET.Element("testcase", classname=str(row.area), name=f"{row.rule} [{tally.viewport}]", time="0")
    failed = [finding for finding in findings if finding.kind is OutcomeKind.FAILED]
    new = [finding for finding in failed if finding.key not in known]
    if failed and not new:
        told = "; ".join(finding.sentence or finding.title for finding in failed)
        ET.SubElement(case, "skipped", message=cut(f"{words('ci.known', n=len(failed))} {told}", 1000))
    elif failed or tally.failed:
        failed = new
        worst = max((finding.severity for finding in failed), key=lambda one: one.rank, default=row.severity)
        _failure(case, row, tally, failed, worst, words)
    elif tally.untested and not tally.tested and not tally.cant_tell:
        ET.SubElement(case, "error", type="untested", message=words("junit.untested", n=tally.untested))
    elif tally.cant_tell:
        judged = [finding.sentence for finding in findings if finding.kind is OutcomeKind.CANT_TELL]
        message = cut("; ".join([words("junit.cant_tell", n=tally.cant_tell), *judged]), 1000)
        ET.SubElement(case, "skipped", message=message)
    elif tally.untested:
        ET.SubElement(case, "system-out").text = words("junit.untested", n=tally.untested)
    return case


def _failure(
    case: ET.Element, row: RuleRow, tally: RuleTally, failed: list[ReportFinding], worst: Severity, words: Words
) -> None:
    message = f"{row.title}: {words('junit.failed', n=max(tally.failed, 1))}"
    failure = ET.SubElement(case, "failure", type=str(worst), message=message)
    parts = []
    for finding in failed[:_CAUSES]:
        places = [
            " ".join(filter(None, (place.url, cut(place.selector, 300))))
            for place in finding.places
            if place.viewport is None or _COLUMN.get(place.viewport, place.viewport) is tally.viewport
        ]
        count = len(places) + max(0, finding.target_count - len(finding.places))
        parts.append(f"{finding.sentence} [{finding.key}]\n{_lines(places or finding.pages, count, words)}")
    if len(failed) > _CAUSES:
        parts.append(words("more", n=len(failed) - _CAUSES))
    failure.text = "\n\n".join(parts)


def _lines(places: Iterable[str], count: int, words: Words) -> str:
    shown = [f"  {place}" for place in places]
    left = max(count, len(shown)) - min(len(shown), _PLACES)
    return "\n".join(shown[:_PLACES] + ([f"  {words('more', n=left)}"] if left else []))

"""The report as EARL 1.0 in JSON-LD: what each rule says of each page where it found something.

Failed and cantTell are told page by page. Passed is told rule by rule, of the site as a whole: a pass of one automatic
rule is no pass of a criterion, so none is claimed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from auditor.model.report import Report, ReportFinding, Requirement, RuleRow
from auditor.model.vocabulary import OutcomeKind
from auditor.reporting.files import write_bytes
from auditor.reporting.text import cleaned, encodable

FILE = "earl.jsonld"
_CONTEXT: dict[str, Any] = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "sch": "https://schema.org/",
    "WCAG2": "https://www.w3.org/TR/WCAG21/#",
    "Assertion": "earl:Assertion",
    "TestCase": "earl:TestCase",
    "TestResult": "earl:TestResult",
    "assertedBy": {"@id": "earl:assertedBy", "@type": "@id"},
    "mode": {"@id": "earl:mode", "@type": "@id"},
    "subject": "earl:subject",
    "test": "earl:test",
    "result": "earl:result",
    "outcome": {"@id": "earl:outcome", "@type": "@id"},
    "info": "earl:info",
    "source": {"@id": "dct:source", "@type": "@id"},
    "date": "dct:date",
    "title": "dct:title",
    "identifier": "dct:identifier",
    "isPartOf": {"@id": "dct:isPartOf", "@type": "@id"},
}


def write_earl(report: Report, folder: Path) -> Path:
    """Writes *report* as earl.jsonld into *folder*.

    Raises:
        OSError: it cannot be written.
    """
    shown = cleaned(report, encodable)
    whole = {"@context": _CONTEXT, "@graph": [*_found(shown), *_passed(shown)]}
    return write_bytes(folder / FILE, to_json(whole, indent=1) + b"\n")


def _found(report: Report) -> Iterator[dict[str, Any]]:
    for finding in report.findings:
        for url in finding.pages:
            yield _assertion(
                report, url or report.start, _finding_test(finding), f"earl:{finding.kind}", finding.sentence
            )


def _passed(report: Report) -> Iterator[dict[str, Any]]:
    for row in report.rules:
        passed = sum(tally.passed for tally in row.tallies)
        if passed and not any(tally.failed or tally.cant_tell or tally.untested for tally in row.tallies):
            yield _assertion(report, report.start, _rule_test(row), f"earl:{OutcomeKind.PASSED}", "")


def _assertion(report: Report, url: str, test: dict[str, Any], outcome: str, info: str) -> dict[str, Any]:
    result: dict[str, Any] = {"@type": "TestResult", "outcome": outcome, "date": report.finished_at}
    if info:
        result["info"] = info
    return {
        "@type": "Assertion",
        "mode": "earl:automatic",
        "assertedBy": {"@type": "earl:Software", "title": report.versions.get("product", "auditor")},
        "subject": {"@type": ["earl:TestSubject", "sch:WebPage"], "source": url},
        "test": test,
        "result": result,
    }


def _finding_test(finding: ReportFinding) -> dict[str, Any]:
    return _test(finding.rule, finding.title, finding.requirements)


def _rule_test(row: RuleRow) -> dict[str, Any]:
    return _test(row.rule, row.title, row.requirements)


def _test(rule: str, title: str, requirements: tuple[Requirement, ...]) -> dict[str, Any]:
    test: dict[str, Any] = {"@type": "TestCase", "identifier": rule, "title": title}
    parts = [f"WCAG2:{one.slug}" for one in requirements if one.slug]
    if parts:
        test["isPartOf"] = parts
    return test

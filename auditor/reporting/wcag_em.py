"""The report as an evaluation that W3C's WCAG-EM Report Tool opens, for people to go on with.

The tool (version 3) reads JSON-LD framed on ``Evaluation``. A criterion is failed on a page if a rule that belongs to
it failed there; all else that was looked at is cantTell, for automatic tests never decide that a criterion is met.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic_core import to_json

from auditor.model.report import Report, Requirement, SamplePage
from auditor.model.vocabulary import OutcomeKind
from auditor.reporting.files import write_bytes
from auditor.reporting.text import cleaned, encodable

FILE = "wcag-em.json"
_MOST_PAGES = 100
_W3 = "http://www.w3.org"
_STEPS = {
    "Evaluation": "procedure",
    "defineScope": "step1",
    "scope": "step1a",
    "accessibilitySupportBaseline": "step1c",
    "additionalEvaluationRequirements": "step1d",
    "exploreTarget": "step2",
    "essentialFunctionality": "step2b",
    "pageTypeVariety": "step2c",
    "technologiesReliedUpon": "step2d",
    "selectSample": "step3",
    "structuredSample": "step3a",
    "randomSample": "step3b",
    "auditSample": "step4",
    "reportFindings": "step5",
    "documentSteps": "step5a",
    "commissioner": "commissioner",
    "evaluationSpecifics": "step5b",
}
_EARL = (
    *("Assertion", "TestMode", "TestCriterion", "TestRequirement", "TestSubject", "TestResult", "OutcomeValue"),
    *("Pass", "Fail", "CannotTell", "NotApplicable", "NotTested"),
    *("assertedBy", "mode", "result", "subject", "test", "outcome"),
)
_CONTEXT: dict[str, Any] = {
    "reporter": "https://github.com/w3c/wcag-em-report-tool/",
    "wcagem": f"{_W3}/TR/WCAG-EM/#",
    **{name: f"wcagem:{step}" for name, step in _STEPS.items()},
    "step1b": {"@id": "wcagem:step1b", "@type": "@id"},
    "conformanceTarget": "step1b",
    "WCAG20": f"{_W3}/TR/WCAG20/#",
    "WCAG21": f"{_W3}/TR/WCAG21/#",
    "WCAG": f"{_W3}/TR/WCAG/#",
    "WAI": f"{_W3}/WAI/",
    "A": "WAI:WCAG2A-Conformance",
    "AA": "WAI:WCAG2AA-Conformance",
    "AAA": "WAI:WCAG2AAA-Conformance",
    "wcagVersion": "WAI:standards-guidelines/wcag/#versions",
    "earl": f"{_W3}/ns/earl#",
    **{name: f"earl:{name}" for name in _EARL},
    "dcterms": "http://purl.org/dc/terms/",
    **{name: f"dcterms:{name}" for name in ("title", "description", "summary", "hasPart", "isPartOf")},
    "date": {"@id": "dcterms:date", "@type": "W3CDTF"},
    "W3CDTF": f"{_W3}/TR/NOTE-datetime",
    "schema": "http://schema.org/",
    "WebSite": "schema:WebSite",
    "WebPage": "schema:WebPage",
    "id": "@id",
    "type": "@type",
    "language": "@language",
}


def write_wcag_em(report: Report, folder: Path) -> Path:
    """Writes *report* as wcag-em.json into *folder*.

    Raises:
        OSError: it cannot be written.
    """
    return write_bytes(folder / FILE, to_json(evaluation(cleaned(report, encodable)), indent=1) + b"\n")


def evaluation(report: Report) -> dict[str, Any]:
    """*report* as the tool's JSON-LD. Its pages are the recorded sample, or the first hundred where none was drawn."""
    names = {page.url: page.title for page in report.pages}
    sample = report.sample or tuple(
        SamplePage(url=page.url, reason="template")
        for page in report.pages
        if page.rendered and not page.is_handoff and page.query is None
    )
    structured = [page for page in sample if page.reason != "random"][:_MOST_PAGES]
    chance = [page for page in sample if page.reason == "random"]
    subjects = {
        page.url: _subject(page.url, f"{letter}{number:02} {names.get(page.url) or page.url}")
        for letter, part in (("S", structured), ("R", chance))
        for number, page in enumerate(part, 1)
    }
    return {
        "@context": _CONTEXT,
        "type": "Evaluation",
        "@language": report.language,
        "reportToolVersion": "3.0.3",
        "defineScope": {
            "id": "_:defineScope",
            "wcagVersion": "2.1",
            "conformanceTarget": "AA",
            "scope": {
                "type": ["TestSubject", "WebSite"],
                "title": report.site_name or report.start,
                "description": report.start,
            },
            "accessibilitySupportBaseline": "",
            "additionalEvaluationRequirements": "",
        },
        "exploreTarget": {
            "technologiesReliedUpon": [{"title": name} for name in ("HTML", "CSS", "JavaScript", "WAI-ARIA")],
            "essentialFunctionality": "",
            "pageTypeVariety": "",
        },
        "selectSample": {
            "structuredSample": [subjects[page.url] for page in structured],
            "randomSample": [subjects[page.url] for page in chance],
        },
        "auditSample": list(_assertions(report, subjects)),
        "reportFindings": {
            "documentSteps": [{"id": "_:about"}, {"id": "_:defineScope"}],
            "commissioner": "",
            "date": report.audit_date,
            "evaluator": "",
            "evaluationSpecifics": "; ".join(f"{name} {version}" for name, version in report.versions.items()),
            "summary": "",
            "title": report.site_name or report.start,
        },
    }


def _subject(url: str, title: str) -> dict[str, Any]:
    return {"id": _ascii(url), "type": ["TestSubject", "WebPage"], "title": title, "description": _ascii(url)}


def _assertions(report: Report, subjects: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    looked_at: dict[str, Requirement] = {}
    for row in report.rules:
        if not row.recommendation and any(tally.passed or tally.failed or tally.cant_tell for tally in row.tallies):
            looked_at |= {one.slug: one for one in row.requirements if one.slug and one.level in ("A", "AA")}
    failed: dict[tuple[str, str], list[str]] = {}
    for finding in report.findings:
        if finding.kind is OutcomeKind.FAILED and not finding.recommendation:
            for one in finding.requirements:
                for url in finding.pages:
                    failed.setdefault((one.slug, url), []).append(
                        f"{finding.sentence or finding.title} ({finding.rule})"
                    )
    for slug in sorted(looked_at):
        for url, subject in subjects.items():
            said = failed.get((slug, url), [])
            yield {
                "type": "Assertion",
                "date": report.finished_at,
                "mode": {"type": "TestMode", "id": "earl:automatic"},
                "subject": subject,
                "test": {"id": f"WCAG:{slug}", "type": ["TestCriterion", "TestRequirement"]},
                "result": {
                    "type": "TestResult",
                    "outcome": {"id": "earl:failed", "type": ["OutcomeValue", "Fail"]}
                    if said
                    else {"id": "earl:cantTell", "type": ["OutcomeValue", "CannotTell"]},
                    "description": "\n".join(said),
                },
            }


def _ascii(url: str) -> str:
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~-._")

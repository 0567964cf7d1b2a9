"""auditor.sarif: the problems for GitHub's code scanning (SARIF 2.1.0).

One result per cause, as in the report, so that one fault in a template is one alert. GitHub closes an alert whose
result is missing from the next upload; see `write_alerts` for what becomes of a run that could not look at all pages.

Only what failed is told. What a person must judge is no alert; how many such questions there are stands in the run's
properties.

GitHub needs a physical location with a relative path for each result, shows the first of them, takes at most 1,000 and
shows 100; it takes 25,000 results and 20 tags per rule (GitHub's documentation on SARIF support, 2026).
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from auditor.model.report import Place, Report, ReportFinding, RuleRow
from auditor.model.vocabulary import Severity
from auditor.reporting.files import write_alerts
from auditor.reporting.places import Where, made_up
from auditor.reporting.text import cut
from auditor.reporting.words import Words

NAME = "auditor.sarif"
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {
    Severity.CRITICAL: "error",
    Severity.SERIOUS: "error",
    Severity.MODERATE: "warning",
    Severity.MINOR: "note",
}
_PROBLEM: Mapping[str, str] = {"error": "error", "warning": "warning", "note": "recommendation"}
_LOCATIONS = 100
_DESCRIPTION = 1000
_TAGS = 20


def write_sarif(report: Report, folder: Path, where: Where = made_up) -> Path | None:
    """Writes the failed findings of *report* to auditor.sarif in *folder*; None if pages could not be looked at.

    Args:
        report: what to write.
        folder: where.
        where: page and element → file and line.

    Raises:
        OSError: the file cannot be written.
    """

    def text(report: Report) -> str:
        log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report, where)]}
        return json.dumps(log, ensure_ascii=False, indent=1) + "\n"

    return write_alerts(report, folder / NAME, text)


def _run(report: Report, where: Where) -> dict[str, Any]:
    words = Words(report.language)
    failed = report.failed
    found = {finding.rule: finding for finding in failed}
    rows = [row for row in report.rules if row.rule in found]
    order = {row.rule: number for number, row in enumerate(rows)}
    return {
        "automationDetails": {"id": f"auditor/{quote(report.site_name or report.start, safe='')}/"},
        "tool": {
            "driver": {
                "name": "auditor",
                "version": report.versions.get("product", ""),
                "rules": [_rule(row, found[row.rule]) for row in rows],
            }
        },
        "invocations": [_invocation(report)],
        "language": str(report.language),
        "results": [_result(finding, order, where, words) for finding in failed],
        "properties": {"questions": len(report.findings) - len(failed), "pages": len(report.pages)},
    }


def _invocation(report: Report) -> dict[str, Any]:
    told: dict[str, Any] = {"executionSuccessful": True}
    for name, moment in (("startTimeUtc", report.started_at), ("endTimeUtc", report.finished_at)):
        if "T" in moment:
            told[name] = moment.partition("+")[0].partition(".")[0] + "Z"
    return told


def _rule(row: RuleRow, finding: ReportFinding) -> dict[str, Any]:
    level = _LEVELS[row.severity]
    requirements = [f"{one.standard} {one.number}".strip() for one in row.requirements]
    return {
        "id": row.rule,
        "name": row.rule,
        "shortDescription": {"text": cut(row.title, _DESCRIPTION)},
        "fullDescription": {"text": cut(_plain(finding.why_markdown) or row.title, _DESCRIPTION)},
        "help": {
            "text": _plain(finding.repair_markdown) or row.title,
            "markdown": finding.repair_markdown or row.title,
        },
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": list(dict.fromkeys([str(row.area), *requirements]))[:_TAGS],
            "precision": "high",
            "problem.severity": _PROBLEM[level],
        },
    }


def _result(finding: ReportFinding, order: Mapping[str, int], where: Where, words: Words) -> dict[str, Any]:
    first = finding.places[0] if finding.places else None
    told = [finding.sentence or finding.title, f"({words('count.pages', finding.page_count)})"]
    told += [first.url, first.selector] if first else []
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "kind": "fail",
        "message": {"text": cut(_message(" ".join(filter(None, told))), _DESCRIPTION)},
        "locations": [_location(place, where) for place in _one_a_page(finding.places)]
        or [_location(Place(url="", viewport=None, selector="", text="", html="", sentence=""), where)],
        "partialFingerprints": {"primaryLocationLineHash": f"{finding.key}:1"},
    }
    return result | ({"ruleIndex": order[finding.rule]} if finding.rule in order else {})


def _one_a_page(places: Iterable[Place]) -> list[Place]:
    return list({place.url: place for place in reversed(list(places))}.values())[::-1][:_LOCATIONS]


def _location(place: Place, where: Where) -> dict[str, Any]:
    path, line = where(place.url, place.html)
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(path, safe="/%")},
            "region": {"startLine": line},
        }
    }
    if place.selector:
        location["logicalLocations"] = [{"fullyQualifiedName": cut(place.selector, 300), "kind": "element"}]
    return location


def _message(text: str) -> str:
    """*text* without what SARIF takes for a link or a placeholder (2.1.0, 3.11.5 and 3.11.6)."""
    linkless = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return linkless.replace("{", "{{").replace("}", "}}")


def _plain(markdown: str) -> str:
    return markdown.strip()

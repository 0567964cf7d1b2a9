"""Two files that GitLab shows in a merge request.

``gl-accessibility.json`` (``artifacts:reports:accessibility``) has the shape of pa11y-ci's output, of which GitLab
reads ``results``. It compares entries whole, so an entry holds nothing that changes by itself: one per cause and page,
positions taken out of the selector. A page that could not be looked at has an entry of its own, so that it never looks
mended.

``gl-code-quality-report.json`` (``artifacts:reports:codequality``) is the subset of Code Climate's format that GitLab
reads: one entry per cause, recognised by its fingerprint. What is missing from it counts as mended: see `write_alerts`.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from auditor.model.report import Place, Report, ReportFinding
from auditor.model.vocabulary import Severity
from auditor.reporting.files import write_alerts, write_text
from auditor.reporting.places import Where, made_up
from auditor.reporting.text import clean, cleaned, cut
from auditor.reporting.words import Words

ACCESSIBILITY = "gl-accessibility.json"
CODE_QUALITY = "gl-code-quality-report.json"
_POSITION = re.compile(r":nth-(?:of-type|child)\(\d+\)")
_SEVERITIES: Mapping[Severity, str] = {
    Severity.MINOR: "minor",
    Severity.MODERATE: "major",
    Severity.SERIOUS: "critical",
    Severity.CRITICAL: "blocker",
}


def write_gitlab_accessibility(report: Report, folder: Path) -> Path:
    """Writes the failed findings of *report*, page by page, to gl-accessibility.json in *folder*.

    Raises:
        OSError: the file cannot be written.
    """
    report = cleaned(report, clean)
    words = Words(report.language)
    results: dict[str, list[dict[str, Any]]] = {page.url: [] for page in report.pages if page.rendered}
    for finding in report.failed:
        first = {place.url: place for place in reversed(finding.places)}
        for url in finding.pages:
            results.setdefault(url or report.start, []).append(_entry(finding, first.get(url)))
    for url in report.failed_pages:
        told = {"code": "auditor.untested", "type": "error", "typeCode": 1, "message": words("ci.lost_page")}
        results.setdefault(url, []).append({**told, "context": "", "selector": "", "runner": "auditor"})
    whole = {
        "total": len(results),
        "passes": sum(not entries for entries in results.values()),
        "errors": sum(map(len, results.values())),
        "results": results,
    }
    return write_text(folder / ACCESSIBILITY, json.dumps(whole, ensure_ascii=False, indent=1) + "\n")


def _entry(finding: ReportFinding, place: Place | None) -> dict[str, Any]:
    return {
        "code": finding.rule,
        "type": "error",
        "typeCode": 1,
        "message": cut(place.sentence if place and place.sentence else finding.sentence or finding.title, 500),
        "context": "",
        "selector": cut(_POSITION.sub("", place.selector), 300) if place else "",
        "runner": "auditor",
        "runnerExtras": {"impact": str(finding.severity), "key": finding.key},
    }


def write_gitlab_code_quality(report: Report, folder: Path, where: Where = made_up) -> Path | None:
    """Writes the failed findings of *report* to gl-code-quality-report.json; None if pages could not be looked at.

    Args:
        report: what to write.
        folder: where.
        where: page and element → file and line.

    Raises:
        OSError: the file cannot be written.
    """

    def text(report: Report) -> str:
        return json.dumps([_issue(finding, where) for finding in report.failed], ensure_ascii=False, indent=1) + "\n"

    return write_alerts(report, folder / CODE_QUALITY, text)


def _issue(finding: ReportFinding, where: Where) -> dict[str, Any]:
    first = finding.places[0] if finding.places else None
    file, line = where(first.url, first.html) if first else where("", "")
    return {
        "description": cut(finding.sentence or finding.title, 500),
        "check_name": finding.rule,
        "fingerprint": finding.key,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": file, "lines": {"begin": line}},
    }

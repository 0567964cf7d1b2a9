"""EARL and the evaluation for the WCAG-EM Report Tool: what others read."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor.model.report import Requirement, SamplePage
from auditor.model.vocabulary import OutcomeKind
from auditor.reporting.earl import write_earl
from auditor.reporting.wcag_em import evaluation
from tests.reporting.sample import sample

CONTRAST = Requirement(
    id="wcag21:1.4.3",
    standard="WCAG 2.1",
    number="1.4.3",
    name="Kontrast (minimum)",
    level="AA",
    clause="9.1.4.3",
    slug="contrast-minimum",
)
OUTCOMES = {"earl:failed", "earl:cantTell", "earl:passed"}


def graph(folder: Path) -> list[dict[str, Any]]:
    """The assertions of the sample report."""
    report = sample()
    named = tuple(replace(one, requirements=(CONTRAST,)) for one in report.findings)
    path = write_earl(replace(report, findings=named), folder)
    assertions: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["@graph"]
    return assertions


def test_each_finding_is_told_of_each_of_its_pages(tmp_path: Path) -> None:
    told = {
        (one["test"]["identifier"], one["subject"]["source"], one["result"]["outcome"])
        for one in graph(tmp_path)
        if one["result"]["outcome"] != "earl:passed"
    }
    report = sample()
    assert told == {
        (found.rule, url or report.start, f"earl:{found.kind}") for found in report.findings for url in found.pages
    }


def test_an_assertion_says_who_how_what_and_with_which_outcome(tmp_path: Path) -> None:
    for one in graph(tmp_path):
        assert one["mode"] == "earl:automatic"
        assert one["assertedBy"]["title"]
        assert one["subject"]["source"].startswith("http")
        assert one["result"]["outcome"] in OUTCOMES
        assert one["test"]["title"]


def test_criteria_are_named_as_w3c_names_them(tmp_path: Path) -> None:
    parts = {part for one in graph(tmp_path) for part in one["test"].get("isPartOf", ()) if "failed" in str(one)}
    assert "WCAG2:contrast-minimum" in parts


def evaluated(*pages: SamplePage) -> dict[str, Any]:
    """The evaluation of the sample report with a sample of pages."""
    report = sample()
    rows = tuple(replace(row, requirements=(CONTRAST,), recommendation=False) for row in report.rules)
    found = tuple(replace(one, requirements=(CONTRAST,), recommendation=False) for one in report.findings)
    return evaluation(replace(report, sample=pages, rules=rows, findings=found))


def test_the_sample_is_told_in_its_two_parts_with_titles_of_their_own() -> None:
    urls = [page.url for page in sample().pages][:3]
    made = evaluated(
        SamplePage(url=urls[0], reason="start"),
        SamplePage(url=urls[1], reason="contact"),
        SamplePage(url=urls[2], reason="random"),
    )
    parts = made["selectSample"]
    assert [one["id"] for one in parts["structuredSample"]] == urls[:2]
    assert [one["id"] for one in parts["randomSample"]] == urls[2:]
    titles = [one["title"] for part in parts.values() for one in part]
    assert len(set(titles)) == len(titles) == 3


def test_a_criterion_is_failed_or_open_and_never_met() -> None:
    report = sample()
    failing = {url for one in report.findings if one.kind is OutcomeKind.FAILED for url in one.pages if url}
    clean = next(page.url for page in report.pages if page.url not in failing)
    bad = next(iter(sorted(failing)))
    made = evaluated(SamplePage(url=bad, reason="start"), SamplePage(url=clean, reason="random"))
    outcomes = {
        (one["subject"]["id"], one["test"]["id"]): one["result"]["outcome"]["id"] for one in made["auditSample"]
    }
    assert outcomes == {
        (bad, "WCAG:contrast-minimum"): "earl:failed",
        (clean, "WCAG:contrast-minimum"): "earl:cantTell",
    }


def test_every_name_in_the_evaluation_is_in_its_context() -> None:
    made = evaluated(SamplePage(url=sample().pages[0].url, reason="start"))
    known = set(made["@context"]) | {"@language", "reportToolVersion", "evaluator"}

    def names(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {name for inner in value.values() for name in names(inner)}
        return {name for inner in value for name in names(inner)} if isinstance(value, list) else set()

    content = {key: value for key, value in made.items() if key != "@context"}
    assert names(content) - known == set()

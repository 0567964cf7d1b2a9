"""The evaluation file, read as W3C's WCAG-EM Report Tool reads it: expanded as JSON-LD, framed, taken apart.

The tool (version 3) expands what it opens, frames it on its type with a context of its own, and reads the properties
below by name. Names are its published vocabulary: steps of WCAG-EM, EARL and Dublin Core.
"""

from dataclasses import replace
from typing import Any

import pytest
from pyld import jsonld

from auditor.model.report import Report, Requirement, SamplePage
from auditor.model.vocabulary import OutcomeKind
from auditor.reporting.wcag_em import evaluation
from tests.reporting.sample import sample

EM, EARL, TERMS = "http://www.w3.org/TR/WCAG-EM/#", "http://www.w3.org/ns/earl#", "http://purl.org/dc/terms/"
STEPS = {
    "defineScope": "step1",
    "scope": "step1a",
    "conformanceTarget": "step1b",
    "exploreTarget": "step2",
    "technologiesReliedUpon": "step2d",
    "selectSample": "step3",
    "structuredSample": "step3a",
    "randomSample": "step3b",
    "auditSample": "step4",
    "reportFindings": "step5",
    "evaluationSpecifics": "step5b",
}
READS: dict[str, Any] = {
    "earl": EARL,
    "WCAG": "http://www.w3.org/TR/WCAG/#",
    "WCAG21": "http://www.w3.org/TR/WCAG21/#",
    "wcagVersion": "http://www.w3.org/WAI/standards-guidelines/wcag/#versions",
    **{name: EM + step for name, step in STEPS.items()},
    **{name: EARL + name for name in ("mode", "result", "subject", "test", "outcome")},
    **{name: TERMS + name for name in ("title", "description", "summary")},
    "date": {"@id": f"{TERMS}date", "@type": "http://www.w3.org/TR/NOTE-datetime"},
    "id": "@id",
    "type": "@type",
    "language": "@language",
}
"""What the tool reads, and by which address it knows it."""
CONTRAST, LANGUAGE = (
    Requirement(
        id=f"wcag21:{number}",
        standard="WCAG 2.1",
        number=number,
        name=slug,
        level="AA",
        clause=f"9.{number}",
        slug=slug,
    )
    for number, slug in (("1.4.3", "contrast-minimum"), ("3.1.1", "language-of-page"))
)


def no_network(url: str, options: object = None) -> Any:
    """The file carries its context: whoever opens it needs nothing from elsewhere."""
    raise AssertionError(f"{url} was asked for")


def made() -> tuple[Report, dict[str, Any]]:
    """The sample report with a sample of three pages, and its evaluation."""
    report = sample()
    urls = [page.url for page in report.pages][:3]
    pages = tuple(
        SamplePage(url=url, reason=why) for url, why in zip(urls, ("start", "contact", "random"), strict=True)
    )
    rows = tuple(replace(row, requirements=(CONTRAST, LANGUAGE), recommendation=False) for row in report.rules)
    found = tuple(replace(one, requirements=(CONTRAST,), recommendation=False) for one in report.findings)
    report = replace(report, sample=pages, rules=rows, findings=found)
    return report, evaluation(report)


@pytest.fixture(scope="module")
def framed() -> dict[str, Any]:
    """What the tool holds after it has opened the evaluation."""
    expanded = jsonld.expand(made()[1], {"documentLoader": no_network})
    opened: dict[str, Any] = jsonld.frame(
        expanded, {"@context": READS, "@type": f"{EM}procedure"}, {"documentLoader": no_network}
    )
    return opened


def test_nothing_that_is_written_is_lost_when_names_become_addresses() -> None:
    (expanded,) = jsonld.expand(made()[1], {"documentLoader": no_network})

    def addresses(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {name for inner in value.values() for name in addresses(inner)}
        return {name for inner in value for name in addresses(inner)} if isinstance(value, list) else set()

    assert expanded["@type"] == [f"{EM}procedure"]
    assert {EM + step for step in STEPS.values()} <= addresses(expanded)
    assert {name for name in addresses(expanded) if not name.startswith(("@", "http"))} == set()


def test_the_scope_is_read_with_its_name_and_version(framed: dict[str, Any]) -> None:
    report, _ = made()
    scope = framed["defineScope"]

    assert framed["language"] == report.language
    assert (scope["scope"]["title"], scope["scope"]["description"]) == (report.site_name, report.start)
    assert scope["wcagVersion"] == "2.1"
    assert [one["title"] for one in framed["exploreTarget"]["technologiesReliedUpon"]][:2] == ["HTML", "CSS"]


def test_both_samples_are_read_with_addresses_and_titles_of_their_own(framed: dict[str, Any]) -> None:
    report, _ = made()
    structured = framed["selectSample"]["structuredSample"]
    chance = framed["selectSample"]["randomSample"]
    pages = [*structured, *(chance if isinstance(chance, list) else [chance])]

    assert [page["id"] for page in pages] == [page.url for page in report.sample]
    titles = [page["title"] for page in pages]
    assert len(set(titles)) == len(pages)
    assert [title[:3] for title in titles] == ["S01", "S02", "R01"]


def test_every_assertion_is_about_a_page_of_the_sample_and_a_criterion_that_the_tool_knows(
    framed: dict[str, Any],
) -> None:
    report, _ = made()
    failing = {url for one in report.findings if one.kind is OutcomeKind.FAILED for url in one.pages}
    assertions = framed["auditSample"]

    assert isinstance(assertions, list)
    read = {
        (one["subject"]["id"], one["test"]["id"].rpartition(":")[2], one["result"]["outcome"]["id"])
        for one in assertions
    }
    assert read == {
        (page.url, slug, "earl:failed" if slug == CONTRAST.slug and page.url in failing else "earl:cantTell")
        for page in report.sample
        for slug in (CONTRAST.slug, LANGUAGE.slug)
    }
    assert {one["mode"]["id"] for one in assertions} == {"earl:automatic"}

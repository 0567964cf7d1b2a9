"""The report that implementers submit to W3C: EARL as JSON-LD, one assertion per test case and rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from auditor.model.vocabulary import OutcomeKind
from benchmarks.act.criteria import slug

CONTEXT = "https://www.w3.org/WAI/content-assets/wcag-act-rules/earl-context.json"


@dataclass(frozen=True, kw_only=True)
class Assertion:
    """What one rule of the product said of one test case."""

    url: str
    """Where W3C publishes the case: the last two steps are the ACT rule's id and the case's."""
    rule: str
    criteria: frozenset[str]
    """Numbers of the success criteria that the rule stands for."""
    outcome: OutcomeKind


def earl_report(assertions: Iterable[Assertion], *, name: str, version: str, homepage: str) -> Mapping[str, Any]:
    """A report of *assertions* by the tool *name* in *version*."""
    tool = {
        "@id": "_:tool",
        "@type": ["earl:Assertor", "earl:Software", "doap:Project"],
        "name": name,
        "homepage": homepage,
        "release": {"@type": "doap:Version", "revision": version},
    }
    return {"@context": CONTEXT, "@graph": [tool, *map(_entry, assertions)]}


def _entry(assertion: Assertion) -> Mapping[str, Any]:
    parts = [f"WCAG2:{slug(number)}" for number in sorted(assertion.criteria)]
    return {
        "@type": "Assertion",
        "mode": "earl:automatic",
        "assertedBy": {"@id": "_:tool"},
        "subject": {"@type": ["earl:TestSubject", "sch:WebPage"], "source": assertion.url},
        "test": {"@type": "TestCase", "title": assertion.rule, **({"isPartOf": parts} if parts else {})},
        "result": {"@type": "TestResult", "outcome": f"earl:{assertion.outcome}"},
    }

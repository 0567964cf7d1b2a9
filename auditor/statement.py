"""Statement × results: what a site says of its accessibility, beside what the rules of the run found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from auditor.derive.urls import host_of
from auditor.model.outcome import RuleResult
from auditor.model.rule import Rule
from auditor.model.site import Site
from auditor.model.statement import Claimed, Measured, Statement
from auditor.model.vocabulary import OutcomeKind

_IN_LAW = ("wcag20:", "wcag21:")
"""EN 301 549 V3.2.1, which the law points to, holds WCAG 2.1; what only 2.2 asks for, no statement need tell."""


def claimed(site: Site, rules: Mapping[str, Rule], results: Iterable[RuleResult]) -> Claimed:
    """What the site's statements say, and which success criteria failed; nothing where there is no statement.

    A result of *cantTell* is no failure, nor is one of a rule that is good practice or only recommended.

    Args:
        site: the site, with its statements.
        rules: id → rule.
        results: the results of all other rules; those that did not fail may be left out.
    """
    statements = own_statements(site)
    if not statements:
        return Claimed(statements=())
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for result in results:
        rule = rules.get(result.rule)
        if rule is None or rule.recommendation or result.kind is not OutcomeKind.FAILED:
            continue
        for requirement in rule.requirements:
            if requirement.startswith(_IN_LAW):
                named, pages = found[requirement.partition(":")[2]]
                named.add(rule.id)
                pages.add(result.url or site.start)
    measured = {
        criterion: Measured(criterion=criterion, rules=tuple(sorted(named)), pages=tuple(sorted(pages)))
        for criterion, (named, pages) in sorted(found.items())
    }
    return Claimed(statements=statements, measured=measured)


def own_statements(site: Site) -> tuple[Statement, ...]:
    """The statements that speak of the audited site: those that name its host, or no host at all."""
    said = [page.statement for page in site.pages if page.statement and not page.is_handoff]
    own = host_of(site.start).removeprefix("www.")
    naming = [statement for statement in said if own in statement.hosts]
    return tuple(naming or [statement for statement in said if not statement.hosts])

"""Statement × results: which statement is the site's own, and which criteria failed."""

from datetime import date

from auditor.model.outcome import RuleResult
from auditor.model.site import PageSummary, Site
from auditor.model.statement import Claimed, Statement
from auditor.model.vocabulary import OutcomeKind
from auditor.statement import claimed, own_statements
from tests.builders import START, result, rule, url

IMAGES = rule("accessibility/images", requirements=("wcag21:1.1.1",))
TARGETS = rule("responsive/targets", requirements=("wcag22:2.5.8",))
HABIT = rule("search/habit")
RULES = {one.id: one for one in (IMAGES, TARGETS, HABIT)}
STATEMENT = Statement(url=url("/tillganglighet"))


def site(*statements: Statement) -> Site:
    """A site with a page for each statement."""
    pages = [
        PageSummary(url=one.url, final_url=one.url, status=200, statement=one, rendered=True) for one in statements
    ]
    return Site(start=START, today=date(2024, 5, 15), pages=tuple(pages))


def failed(name: str, path: str) -> RuleResult:
    """A rule that failed on a page."""
    return result(OutcomeKind.FAILED, rule_id=name, path=path)


def test_criteria_that_failed_are_counted_by_page() -> None:
    results = [failed(IMAGES.id, "/b"), failed(IMAGES.id, "/a"), failed(IMAGES.id, "/a")]
    measured = claimed(site(STATEMENT), RULES, results).measured
    assert set(measured) == {"1.1.1"}
    assert measured["1.1.1"].pages == (url("/a"), url("/b"))
    assert measured["1.1.1"].rules == (IMAGES.id,)


def test_what_is_no_failure_of_a_criterion_in_the_law_does_not_count() -> None:
    unsure = result(OutcomeKind.CANT_TELL, rule_id=IMAGES.id)
    untested = result(OutcomeKind.UNTESTED, rule_id=IMAGES.id)
    results = [failed(TARGETS.id, "/a"), failed(HABIT.id, "/a"), failed("no/such", "/a"), unsure, untested]
    assert claimed(site(STATEMENT), RULES, results).measured == {}


def test_the_order_of_results_changes_nothing() -> None:
    results = [failed(IMAGES.id, path) for path in ("/c", "/a", "/b")]
    assert claimed(site(STATEMENT), RULES, results) == claimed(site(STATEMENT), RULES, results[::-1])


def test_where_nothing_is_said_there_is_nothing_to_set_beside_it() -> None:
    assert claimed(site(), RULES, [failed(IMAGES.id, "/a")]) == Claimed(statements=())


def test_a_statement_that_names_the_site_goes_before_one_that_names_none() -> None:
    own = Statement(url=url("/t"), hosts=("sjoboda.example",))
    silent = Statement(url=url("/u"))
    other = Statement(url=url("/v"), hosts=("bibliotek.example",))
    assert own_statements(site(silent, own, other)) == (own,)
    assert own_statements(site(silent, other)) == (silent,)
    assert own_statements(site(other)) == ()

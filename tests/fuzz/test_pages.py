"""Pages that nobody meant: no rule raises over them, and what is kept of them can be kept."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from auditor.audit import judge_page
from auditor.catalogue.load import Catalogue, load_catalogue
from auditor.derive.results import echoes, hits_of, is_blank, may_be_elsewhere
from auditor.derive.search_way import search_way
from auditor.derive.summary import summarise, template_of
from auditor.model.facts import Facts
from auditor.model.outcome import RuleResult
from auditor.model.page import Document, Page, Rendering, Response
from auditor.model.vocabulary import OutcomeKind, Viewport
from tests.builders import HOST, START
from tests.fuzz.strategies import MARKUP, SLOW_FUZZ, TEXT, invented

FACTS = invented(Facts)


@cache
def catalogue() -> Catalogue:
    """The rules of the product."""
    return load_catalogue()


def raised(results: list[RuleResult]) -> list[tuple[str, str]]:
    """Rules that raised, and what."""
    return [
        (result.rule, outcome.message)
        for result in results
        for outcome in result.outcomes
        if outcome.kind is OutcomeKind.UNTESTED and outcome.message.startswith("check-raised")
    ]


def page(html: str, seen: Facts | None) -> Page:
    """A page of the site with that document, seen in all viewports."""
    document = Document(url=START, html=html.encode("utf-8", "replace").decode(), today="2024-05-15")
    renderings = [Rendering(url=START, viewport=viewport, facts=seen) for viewport in Viewport] if seen else []
    return Page(
        response=Response(url=START, final_url=START, status=200, content_type="text/html"),
        document=document,
        renderings=tuple(renderings),
        template=template_of(document),
    )


@SLOW_FUZZ
@given(MARKUP, FACTS)
def test_no_rule_raises(html: str, seen: Facts) -> None:
    found = page(html, seen)
    assert raised(list(judge_page(catalogue().rules.values(), found))) == []
    summarise(found)


@SLOW_FUZZ
@given(FACTS, TEXT, st.booleans())
def test_pages_of_results(seen: Facts, query: str, hits: bool) -> None:
    shown = Rendering(url=START, viewport=Viewport.DESKTOP, facts=seen, query=query, hits_expected=hits)
    hits_of(shown)
    echoes(shown, query.split())
    assert is_blank(seen) in (True, False)
    assert may_be_elsewhere(seen) in (True, False)
    search_way(seen, START, others=(), hosts={HOST.partition("//")[2]})

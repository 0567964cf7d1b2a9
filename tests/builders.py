"""Makes what tests are about: real objects of the model, with only what a test cares for said."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from hypothesis import settings

from auditor.model.axe import AxeFinding, AxeNode, AxeResult
from auditor.model.facts import Facts, Field, Form, Heading, Link
from auditor.model.finding import Finding
from auditor.model.outcome import Outcome, RuleResult, Target
from auditor.model.page import Document, Page, Rendering, Response
from auditor.model.rule import Rule, RuleText
from auditor.model.site import PageSummary
from auditor.model.vocabulary import Area, Language, OutcomeKind, Scope, Severity, Viewport

HOST = "https://www.sjoboda.example"
START = f"{HOST}/"

REPEATABLE = settings(derandomize=True, deadline=None, database=None)
"""Properties are tried with the same examples each time, however slow the machine."""


def url(path: str = "/") -> str:
    """An address on the site of the tests."""
    return HOST + path


def rule(
    identifier: str = "structure/test",
    *,
    severity: Severity = Severity.MODERATE,
    scope: Scope = Scope.RENDERING,
    check: Callable[[Any], Iterable[Outcome]] | None = None,
    requirements: tuple[str, ...] = (),
    viewports: tuple[Viewport, ...] = (Viewport.PHONE, Viewport.DESKTOP),
    source: str = "tests:check",
    overrules: tuple[str, ...] = (),
    covers: tuple[str, ...] = (),
) -> Rule:
    """A rule in the area that its id names; those of axe are in accessibility."""
    name = identifier.partition("/")[0]
    return Rule(
        id=identifier,
        area=Area.ACCESSIBILITY if name == "axe" else Area(name),
        severity=severity,
        scope=scope,
        check=check,
        requirements=requirements,
        viewports=viewports,
        texts={Language.ENGLISH: RuleText(title=identifier)},
        source=source,
        overrules=overrules,
        covers=covers,
    )


def facts(
    *,
    headings: Sequence[Heading] = (),
    links: Sequence[Link] = (),
    forms: Sequence[Form] = (),
    fields: Sequence[Field] | None = None,
    title: str = "",
    stamps: Sequence[str] = (),
) -> Facts:
    """One rendering's facts."""
    return Facts(
        width=390,
        height=844,
        scroll_width=390,
        page_height=2000,
        headings=tuple(headings),
        links=tuple(links),
        forms=tuple(forms),
        fields=tuple(field for form in forms for field in form.fields) if fields is None else tuple(fields),
        title=title,
        stamps=tuple(stamps),
    )


def heading(text: str, level: int = 1, *, visible: bool = True, regions: tuple[str, ...] = ("main",)) -> Heading:
    """A heading of the content."""
    return Heading(
        selector=f"h{level}", tag=f"h{level}", role="heading", text=text, level=level, visible=visible, regions=regions
    )


def link(
    href: str,
    *,
    name: str = "Bidrag",
    selector: str = "main > a",
    visible: bool = True,
    revealed_by: tuple[str, ...] = (),
    html: str = "<a>",
    role: str = "link",
) -> Link:
    """A link of the content."""
    return Link(
        selector=selector,
        tag="a",
        href=href,
        name=name,
        visible=visible,
        revealed_by=revealed_by,
        html=html,
        role=role,
        regions=("main",),
    )


def search_form(
    *,
    key: str = "q",
    kind: str = "search",
    label: str = "Sök på webbplatsen",
    action: str = url("/sok"),
    method: str = "get",
    role: str = "search",
    selector: str = "form",
    more: Sequence[Field] = (),
    sends: Sequence[tuple[str, str]] = (),
) -> Form:
    """A form that searches the site."""
    regions = (role,) if role else ()
    field = Field(selector=f"{selector} > input", tag="input", kind=kind, key=key, name=label, regions=regions)
    return Form(
        selector=selector,
        tag="form",
        role=role,
        action=action,
        method=method,
        fields=(field, *more),
        has_submit=True,
        sends=tuple(sends),
    )


def axe_result(
    *,
    violations: Mapping[str, Sequence[str]] | None = None,
    incomplete: Mapping[str, Sequence[str]] | None = None,
    passes: Sequence[str] = (),
    inapplicable: Sequence[str] = (),
) -> AxeResult:
    """What axe said: rule → selectors of elements for what failed and what it could not decide."""
    return AxeResult(
        version="4.10.0",
        violations=_axe_findings(violations or {}),
        incomplete=_axe_findings(incomplete or {}),
        passes=tuple(passes),
        inapplicable=tuple(inapplicable),
    )


def _axe_findings(named: Mapping[str, Sequence[str]]) -> tuple[AxeFinding, ...]:
    return tuple(
        AxeFinding(
            id=name,
            impact="serious",
            nodes=tuple(
                AxeNode(target=(selector,), html="<p>", summary="Fix it", place=selector) for selector in selectors
            ),
        )
        for name, selectors in named.items()
    )


def rendering(
    viewport: Viewport = Viewport.PHONE,
    *,
    path: str = "/",
    seen: Facts | None = None,
    axe: AxeResult | None = None,
    query: str | None = None,
) -> Rendering:
    """A page in one viewport."""
    return Rendering(url=url(path), viewport=viewport, facts=seen or facts(), axe=axe, query=query)


def page(
    path: str = "/",
    *,
    renderings: Sequence[Rendering] | None = None,
    html: str | None = "<title>Sida</title><main><h1>Sida</h1></main>",
    status: int = 200,
    final_path: str = "",
    headers: Mapping[str, str] | None = None,
    content_type: str = "text/html",
    is_content: bool = True,
    is_handoff: bool = False,
    untested: Mapping[str, str] | None = None,
) -> Page:
    """A page that was seen on phone and desktop, unless a test says otherwise."""
    if renderings is None:
        renderings = [rendering(viewport, path=path) for viewport in (Viewport.PHONE, Viewport.DESKTOP)]
    return Page(
        response=Response(
            url=url(path),
            final_url=url(final_path or path),
            status=status,
            content_type=content_type,
            headers=headers or {},
        ),
        document=None if html is None else document(html, path=path),
        renderings=tuple(renderings),
        is_content=is_content,
        is_handoff=is_handoff,
        untested=untested or {},
    )


def document(html: str, *, path: str = "/") -> Document:
    """A page's final DOM."""
    return Document(url=url(path), html=html, today="2024-05-15")


def summary(
    path: str = "/",
    *,
    main_heading: str = "",
    rendered: bool = True,
    is_handoff: bool = False,
    query: str | None = None,
    status: int = 200,
) -> PageSummary:
    """What is kept of a page."""
    return PageSummary(
        url=url(path),
        final_url=url(path),
        status=status,
        main_heading=main_heading,
        rendered=rendered,
        is_handoff=is_handoff,
        query=query,
    )


def outcome(
    kind: OutcomeKind = OutcomeKind.FAILED,
    *,
    path: str = "/",
    viewport: Viewport | None = Viewport.PHONE,
    selector: str = "",
    html: str = "",
    text: str = "",
    message: str = "problem",
    cause: str = "",
) -> Outcome:
    """What a rule says of one target."""
    target = Target(url=url(path), viewport=viewport, selector=selector, html=html, text=text)
    return Outcome(kind=kind, target=target, message=message, cause=cause)


def result(
    kind: OutcomeKind,
    *,
    rule_id: str = "structure/test",
    path: str = "/",
    viewport: Viewport | None = Viewport.PHONE,
    outcomes: Sequence[Outcome] = (),
) -> RuleResult:
    """What a rule says of one page."""
    return RuleResult(rule=rule_id, url=url(path), viewport=viewport, kind=kind, outcomes=tuple(outcomes))


def finding(
    key: str = "a",
    *,
    rule_id: str = "structure/test",
    kind: OutcomeKind = OutcomeKind.FAILED,
    places: Iterable[tuple[str, Viewport | None]] = ((START, Viewport.PHONE),),
    cause: str = "main p",
) -> Finding:
    """Failed outcomes of one cause."""
    places = frozenset(places)
    return Finding(key=key, rule=rule_id, kind=kind, cause=cause, places=places, count=len(places), occurrences=())

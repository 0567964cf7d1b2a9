"""A page to look at, and what the browser saw of it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from auditor.derive.summary import template_of
from auditor.derive.urls import canonical
from auditor.gather.tab import Tab
from auditor.model.hover import Hover
from auditor.model.keyboard import Keyboard
from auditor.model.loads import Print
from auditor.model.page import Document, Page, Rendering, Response
from auditor.model.search import Asked
from auditor.model.state import State
from auditor.model.vocabulary import Viewport

ORDER = (Viewport.DESKTOP, Viewport.PHONE, Viewport.NARROW)
"""Viewports in the order in which a page takes their shapes."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """How the tab came to a page that was reached by doing something."""

    status: int = 0
    """HTTP status of the page; 0 if no new document was asked for."""
    asked: Asked | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A page to look at."""

    url: str
    name: str
    """What its files are called."""
    depth: int = 0
    query: str | None = None
    """For a page of search results: what was typed."""
    hits_expected: bool | None = None
    is_handoff: bool = False
    is_question: bool = False
    """A page of search results that is only asked what it holds: rules say nothing of it as a page."""
    address: str = ""
    """Where the browser goes, if that is not *url* as it stands."""
    act: Callable[[Tab], Awaitable[Arrival]] | None = None
    """What is done there, so that the tab shows the page. Done again if the page must be loaded again."""
    viewports: tuple[Viewport, ...] = ORDER
    """What it is looked at in; the desktop first."""
    on_links: Callable[[list[str]], None] | None = None
    """Told where the links of the page lead, as soon as the desktop shows them: the look takes a while longer."""
    on_loaded: Callable[[], None] | None = None
    """Told when the page is there, and its server has time for another."""

    @property
    def is_judged(self) -> bool:
        """Whether rules about pages look at it."""
        return not (self.is_handoff or self.is_question)


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What came of trying a page out; None for what was not tried."""

    states: tuple[State, ...] | None = None
    hovers: tuple[Hover, ...] | None = None
    keyboard: Keyboard | None = None


@dataclass
class Look:
    """What the browser saw of one page."""

    url: str = ""
    """Where the look was meant to go, as its visit says."""
    final_url: str = ""
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    redirects: tuple[str, ...] = ()
    html: str = ""
    renderings: list[Rendering] = field(default_factory=list)
    untested: dict[str, str] = field(default_factory=dict)
    is_download: bool = False
    sampled: frozenset[Viewport] = frozenset()
    """Viewports in which what opens is opened, and the Tab key pressed."""
    banners: dict[Viewport, State] = field(default_factory=dict)
    """The cookie banner as axe saw it, if this page was the first to show it."""
    layout_shift: float | None = None
    asked: Asked | None = None
    document: Print | None = None
    """The document as the server sent it."""
    parts: tuple[str, ...] | None = None
    """Addresses of what the page fetched besides; None if it cannot be asked for again."""

    @cached_property
    def template(self) -> str:
        """Fingerprint of the page's skeleton; asked for only when the document is there."""
        return template_of(self.shown)

    @cached_property
    def shown(self) -> Document:
        """The document at rest; asked for only when it is there."""
        return Document(url=self.final_url, html=self.html)


def page_of(visit: Visit, look: Look, *, today: date, fetched_at: str) -> Page:
    """The artifacts of a page, made of what the browser saw."""
    document = None
    if look.html and not look.is_download:
        document = look.shown.known_as(visit.url, today.isoformat())
    return Page(
        response=Response(
            url=visit.url,
            final_url=look.final_url or visit.url,
            status=look.status,
            content_type=look.headers.get("content-type", "").split(";")[0].strip().lower(),
            redirects=look.redirects,
            headers=look.headers,
            fetched_at=fetched_at,
        ),
        document=document,
        renderings=tuple(look.renderings),
        depth=visit.depth,
        is_handoff=visit.is_handoff,
        is_content=not (
            not visit.is_judged or look.is_download or look.status in (404, 410) or _redirected(visit, look)
        ),
        template=look.template if document else "",
        asked=look.asked,
        untested=dict(look.untested),
    )


def _redirected(visit: Visit, look: Look) -> bool:
    if visit.query is not None:
        return False
    return bool(look.final_url) and look.final_url.startswith("http") and canonical(look.final_url) != visit.url

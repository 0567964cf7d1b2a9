"""Artifacts of one page: what the server answered, the document, and how each viewport shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bs4 import BeautifulSoup

from auditor.model.access import Access
from auditor.model.axe import AxeResult
from auditor.model.facts import Facts, FixedArea
from auditor.model.hover import Hover
from auditor.model.keyboard import Keyboard
from auditor.model.search import Asked, Filtered
from auditor.model.state import State
from auditor.model.vocabulary import Viewport

SAMPLED = ("hovers", "keyboard")
"""Artifacts of a rendering that are gathered on some pages of each template only."""
SCREENSHOT_SCALE: Mapping[Viewport, float] = {Viewport.PHONE: 1.0, Viewport.DESKTOP: 0.75, Viewport.NARROW: 1.0}
"""Pixels of a screenshot per CSS pixel."""


@dataclass(frozen=True, kw_only=True)
class Response:
    """What the server answered."""

    url: str
    """The address that was asked for, canonical."""
    final_url: str
    """The address after redirects."""
    status: int
    content_type: str = ""
    redirects: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    """Response headers with lower-case names; cookies and credentials are left out."""
    fetched_at: str = ""
    """ISO 8601, UTC."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """The final DOM as HTML, without knowledge of styles."""

    url: str
    html: str
    today: str = ""
    """The audit's date, ISO 8601: what rules about age compare with."""

    @cached_property
    def tree(self) -> BeautifulSoup:
        """The parsed document. Do not change it."""
        return BeautifulSoup(self.html, "lxml")

    def known_as(self, url: str, today: str) -> "Document":
        """The same document under the address *url*, audited on *today*; if it was parsed, that is not done again."""
        other = replace(self, url=url, today=today)
        if "tree" in vars(self):
            vars(other)["tree"] = self.tree
        return other


@dataclass(frozen=True, kw_only=True)
class Rendering:
    """One page in one viewport."""

    url: str
    viewport: Viewport
    facts: Facts
    access: Access = Access()
    axe: AxeResult | None = None
    screenshot: str = ""
    """File name of the screenshot among the run's artifacts; empty if none was taken."""
    query: str | None = None
    """For a page of search results: what was typed. None for all other pages."""
    hits_expected: bool | None = None
    """For a page of search results: whether the typed words stand on a page of the site. None for all other pages."""
    in_place: bool = False
    """For a page of search results: scripts put the results into a page that was there before the search."""
    filtered: Filtered | None = None
    """For a page of search results: what pressing a filter did; None if that was not tried, or changed nothing."""
    banner: FixedArea | None = None
    """The cookie banner as it first met the visitor; it was dismissed before the facts were taken."""
    keyboard: Keyboard | None = None
    """What the Tab key met; None where the page was not walked through: that is done on a sample."""
    hovers: tuple[Hover, ...] | None = None
    """What shows while the pointer rests on things; tried on the same sample, on the desktop only."""
    states: tuple[State, ...] | None = None
    """What shows when menus and the like are open; None where they were not looked at: that is done on a sample."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """All artifacts of one page."""

    response: Response
    document: Document | None = None
    """None if it is no HTML page, or could not be rendered."""
    renderings: tuple[Rendering, ...] = ()
    depth: int = 0
    """Clicks from the start page along the links that were followed."""
    is_handoff: bool = False
    """Outside scope, looked at because the site sends people there."""
    is_content: bool = True
    """A page of the site, or meant to be one. False for documents, redirects, hand-offs, what answers 404 or 410, and
    further questions to the site's search: rules about pages say nothing of these."""
    template: str = ""
    """Fingerprint of the page's skeleton: pages with the same one share a template."""
    asked: Asked | None = None
    """For a page of search results: how it came about, if words were typed into the site's search field."""
    untested: Mapping[str, str] = field(default_factory=dict)
    """What could not be gathered, with the reason. Keys: page, or a viewport's name, or viewport:artifact."""

    @property
    def url(self) -> str:
        return self.response.url

    def rendering(self, viewport: Viewport) -> Rendering | None:
        """The page in *viewport*, if it could be rendered there."""
        return next((seen for seen in self.renderings if seen.viewport == viewport), None)

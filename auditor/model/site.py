"""What rules about a whole site look at: a summary of each page, and what was asked of the site besides.

Summaries are small, so that a site of thousands of pages fits in memory; whole pages are not kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from auditor.model.config import Task
from auditor.model.figures import Figure
from auditor.model.outcome import Target
from auditor.model.pdf import PdfFacts
from auditor.model.search import Asked, SearchRecord
from auditor.model.statement import Statement
from auditor.model.vocabulary import Viewport


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSummary:
    """One link of one page, in the viewports where it exists."""

    href: str
    """Canonical absolute address, without fragment."""
    fragment: str = ""
    name: str = ""
    selector: str = ""
    regions: tuple[str, ...] = ()
    visible: tuple[Viewport, ...] = ()
    """Viewports in which it is seen at rest."""
    reachable: tuple[Viewport, ...] = ()
    """Viewports in which it is seen at rest or after opening what hides it."""
    fragment_found: bool | None = None
    scripted: bool = False
    """Its markup says that a script answers the click: a role of its own, or what opens, toggles or targets."""
    inline: bool = False
    """Stands in running text."""
    toggles: int = 0
    """How many toggles must be opened to see it where it is not seen at rest."""
    around: int = 0
    """Fingerprint of the text close around it and the heading above: what may tell links of the same name apart."""

    @property
    def in_main(self) -> bool:
        return "main" in self.regions and "navigation" not in self.regions


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A telephone number or mailbox that a page gives."""

    kind: str
    """phone or mail."""
    value: str
    """Normalised: digits with country code, or a lower-case address."""
    shown: str
    """As written on the page."""
    linked: bool
    in_main: bool
    in_frame: bool = False
    """Stands (also) in the page's header or footer."""
    selector: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Something definite that a page's content says: a last day, an amount, a price, or a way to reach somebody."""

    kind: str
    """day, amount, fee, prices, phone or mail."""
    value: str
    """A day as 2024-03-31, or --03-31 without a year; an amount as 8/deltag; a price as 380; a year
    from which prices hold; a number or mailbox as in `Contact`."""
    shown: str
    """As written on the page."""
    sentence: str = ""
    """Where it stands: the sentence, or the words before a number or mailbox."""
    labels: tuple[str, ...] = ()
    """What may name its subject, nearest first: short lines before it, and the heading above. Of a price in a table the
    row's label, the column's, and what stands over them: group of rows, corner, caption and headings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """A page's breadcrumb, as far as it says of itself that it is one."""

    selector: str
    links: tuple[str, ...] = ()
    """Canonical addresses of its links, in order."""
    names: tuple[str, ...] = ()
    """What the links are called, in the same order."""
    selectors: tuple[str, ...] = ()
    current: int = -1
    """Which of the links is marked as the current page with aria-current; -1 for none."""
    last: str = ""
    """The words after the last link; empty if there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """What looks like the site's logo at the top of a page."""

    selector: str
    href: str = ""
    """Canonical address that it leads to; empty for a picture that leads nowhere."""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a part of a page's frame is called."""

    kind: str
    """search: the site's search field; menu: the button that opens the menu."""
    name: str
    selector: str = ""
    viewport: Viewport | None = None


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True)
class PageSummary:
    """What is kept of a page for rules about the whole site."""

    url: str
    final_url: str
    status: int
    content_type: str = ""
    title: str = ""
    description: str = ""
    """Of the meta element, cut at 200 characters; empty if there is none."""
    main_heading: str = ""
    language: str = ""
    depth: int = 0
    template: str = ""
    noindex: bool = False
    canonical: str = ""
    words: int = 0
    """Words of main text."""
    updated: str = ""
    """The date the page says that it was updated, ISO 8601; empty if none was read."""
    updated_by: str = ""
    """What the page says happened on that day: updated, reviewed or published."""
    modified: str = ""
    """Day of the Last-Modified header, ISO 8601; empty if there is none, or it is the day of the visit."""
    reading: tuple[int, int, int] = (0, 0, 0)
    """Words, sentences, and words of more than six letters of Swedish running text; zeros for other languages."""
    sketch: tuple[int, ...] = ()
    """The smallest hashes of the main text's runs of words: pages that share many of them share their text."""
    statements: tuple[Given, ...] = ()
    gives_money: bool = False
    """The content gives an amount of money, in whatever way."""
    forms: int = 0
    """Forms in the content by which one writes to the municipality; search and login are none."""
    links: tuple[LinkSummary, ...] = ()
    contacts: tuple[Contact, ...] = ()
    figures: tuple[Figure, ...] = ()
    """What is measured and told, but never judged."""
    query: str | None = None
    """What was searched for, if it is a page of search results."""
    asked: Asked | None = None
    """How it came about, if it is a page of search results and words were typed into the site's search field."""
    statement: Statement | None = None
    """What it says, if it is an accessibility statement."""
    is_handoff: bool = False
    trail: Trail | None = None
    logos: tuple[Logo, ...] = ()
    """What looks like a logo at the top, on a desktop; the first five."""
    labels: tuple[Label, ...] = ()
    """What the search field and the menu's button are called."""
    anchors: tuple[int, ...] | None = None
    """Checksums (CRC-32) of the names that a fragment can lead to; None if they are unknown."""
    acts: bool = False
    """The content holds something to do besides following links: a form, a frame, a button."""
    rendered: bool = True
    """False for documents, failed pages and redirects out of scope: there are no facts about them."""
    reason: str = ""
    """Why it was not rendered."""

    def target(self, link: LinkSummary | None = None, viewport: Viewport | None = None) -> Target:
        """The page, or one of its links, as target of an outcome."""
        if link is None:
            return Target(url=self.url, viewport=viewport)
        return Target(url=self.url, viewport=viewport, selector=link.selector, text=link.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkStatus:
    """What an address answered when it was only asked for, not rendered."""

    url: str
    status: int
    """HTTP status; 0 if there was no answer."""
    error: str = ""
    final_url: str = ""
    content_type: str = ""
    length: int | None = None


@dataclass(frozen=True, kw_only=True)
class Site:
    """The whole site, as far as it was gathered."""

    start: str
    today: date
    hub: str = ""
    """The page that gathers what associations need: from the site file, or found; empty if unknown."""
    pages: tuple[PageSummary, ...] = ()
    statuses: Mapping[str, LinkStatus] = field(default_factory=dict)
    """Canonical address → answer, for linked addresses that were asked for without being rendered."""
    sitemap: frozenset[str] = frozenset()
    """Canonical addresses that the site's sitemaps name."""
    closed_to_search: frozenset[str] = frozenset()
    """Canonical addresses, among those that were asked about, that robots.txt forbids search engines to visit."""
    tasks: tuple[Task, ...] = ()
    modified: Mapping[str, str] = field(default_factory=dict)
    """Canonical address → day of the last change that the sitemap gives, ISO 8601."""
    documents: Mapping[str, PdfFacts] = field(default_factory=dict)
    """Canonical address → what was seen of the PDF document there; with a reason where it was not read."""
    search: SearchRecord = SearchRecord(untested="search-not-asked")
    """What the site's own search was asked, and what it answered."""
    complete: bool = False
    """Every page in scope that was found was gathered: only then is absence a fact."""

    @property
    def hosts(self) -> frozenset[str]:
        """The site's own hosts, those that its pages lie on."""
        known: frozenset[str] | None = self.__dict__.get("_hosts")
        if known is None:
            known = frozenset(urlsplit(page.url).hostname or "" for page in self.pages if not page.is_handoff)
            self.__dict__["_hosts"] = known
        return known

    def page(self, url: str) -> PageSummary | None:
        """The page with canonical address *url*, if it was gathered."""
        return self._by_url().get(url)

    def _by_url(self) -> dict[str, PageSummary]:
        known: dict[str, PageSummary] | None = self.__dict__.get("_index")
        if known is None:
            known = {}
            for page in self.pages:
                known[page.url] = page
                known.setdefault(page.final_url, page)
            self.__dict__["_index"] = known
        return known

"""What a user can say about a site: the contents of a site file."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import soupsieve
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, field_validator

from auditor.model.profile import Profile
from auditor.model.search import Order
from auditor.model.vocabulary import Language


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ScopeConfig(_Section):
    """Which pages belong to the site."""

    hosts: tuple[str, ...] = Field(default=(), description="Host names besides the start page's own.")
    include: tuple[str, ...] = Field(default=(), description="Path prefixes; if any is given, only these are walked.")
    exclude: tuple[str, ...] = Field(default=(), description="Path prefixes that are left out.")
    max_pages: int = Field(default=200, ge=1, description="How many pages are rendered at the most.")
    max_depth: int = Field(default=20, ge=0, description="How many clicks from the start page at the most.")
    handoffs: bool = Field(
        default=True, description="Look at one page on each other host that the site sends people to."
    )


class ViewportConfig(_Section):
    """Size of one viewport in CSS pixels."""

    width: int = Field(ge=200, le=4000)
    height: int = Field(ge=200, le=4000)
    scale: float = Field(default=1, gt=0, le=4)


class ViewportsConfig(_Section):
    """Sizes of the two viewports; the third, 320 pixels wide, is WCAG's."""

    phone: ViewportConfig = ViewportConfig(width=390, height=844, scale=3)
    desktop: ViewportConfig = ViewportConfig(width=1280, height=900)


def _compiled(selector: str) -> None:
    try:
        soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError as error:
        raise ValueError(f"{selector}: no CSS selector ({str(error).splitlines()[0]})") from error


class SearchConfig(_Section):
    """How the site's own search is asked, where that cannot be found out."""

    url: str = Field(default="", description="Address of the results page, with {query} where the words go.")
    queries: tuple[str, ...] = Field(default=(), description="What to type; if empty, words are taken from the pages.")
    questions: int = Field(
        default=80, ge=0, le=500, description="How many queries are typed at the most to see what the search finds."
    )
    variants: float = Field(
        default=0.55, ge=0, le=0.9, description="Share of them that are other ways of typing what was found."
    )
    probes: bool = Field(default=True, description="Try orders, filters, pages of results, word forms and the index.")
    hit: str = Field(default="", description="CSS selector of one hit on the page of results, if none is recognised.")
    count: str = Field(default="", description="CSS selector of what tells the number of hits.")
    sort: Mapping[Order, str] = Field(
        default={}, description="Order → CSS selector of the link, button, radio button or option that sorts so."
    )
    filters: str = Field(default="", description="CSS selector of each control that narrows the hits.")
    next: str = Field(default="", description="CSS selector of what leads to further hits.")
    orders: Mapping[Order, str] = Field(
        default={}, description="Order → address of the results in that order, with {query} where the words go."
    )
    enabled: bool = True

    @field_validator("hit", "count", "filters", "next")
    @classmethod
    def _is_selector(cls, value: str) -> str:
        if value:
            _compiled(value)
        return value

    @field_validator("sort")
    @classmethod
    def _are_selectors(cls, value: Mapping[Order, str]) -> Mapping[Order, str]:
        for selector in value.values():
            _compiled(selector)
        return value

    @field_validator("url", "orders")
    @classmethod
    def _has_place_for_words(cls, value: str | Mapping[Order, str]) -> str | Mapping[Order, str]:
        for address in (value,) if isinstance(value, str) else value.values():
            if address and "{query}" not in address:
                raise ValueError(f"{address}: write {{query}} where the words go")
        return value


class FindabilityConfig(_Section):
    """How visitors are simulated."""

    enabled: bool = True
    runs: int = Field(default=300, ge=1, le=5000, description="Simulated visitors per wording and viewport.")
    builtin_tasks: bool = Field(default=True, description="Simulate the built-in tasks besides the site's own.")
    embedding: bool = Field(
        default=True,
        description="Compare links by meaning too, where the extra auditor[embedding] is installed. Runs with and "
        "without cannot be compared.",
    )


PageKind = Literal[
    "grant", "register", "booking", "fees", "permit", "fault", "contact", "service", "rules", "news", "hub",
    "accessibility",
]  # fmt: skip
"""What kind of page answers a task."""


class Task(_Section):
    """Something that an association wants to do."""

    id: str
    question: str
    phrasings: tuple[str, ...] = ()
    targets: tuple[str, ...] = Field(default=(), description="Addresses of pages that answer.")
    near: tuple[str, ...] = Field(default=(), description="Addresses of pages that nearly answer, or answer in part.")
    answer: str = Field(default="", description="Words that the answer must hold.")
    about: str = Field(default="", description="What the answer must tell, in a few words.")
    kind: PageKind | None = Field(default=None, description="What kind of page answers.")
    language: Language = Field(default=Language.SWEDISH, description="The language of question and phrasings.")
    confirmed: bool = Field(
        default=True, description="A person has confirmed the targets; what only a program found is false here."
    )
    confidence: float | None = Field(default=None, ge=0, le=1, description="How sure a program is of the targets.")

    @property
    def is_confirmed(self) -> bool:
        """Whether a person named the targets."""
        return bool(self.targets) and self.confirmed


class PolitenessConfig(_Section):
    """How the site is spared."""

    delay: float | None = Field(
        default=None, ge=0, description="Seconds between requests to one host; if left out 1, and 0 on loopback."
    )
    robots: bool = Field(default=True, description="Obey robots.txt.")
    concurrency: int = Field(default=2, ge=1, le=16, description="Pages that load side by side.")
    timeout: float = Field(default=30, gt=0, le=300, description="Seconds that one page may take to load.")
    contact: str = Field(default="", description="Address told in the user agent, so that the site can reach you.")


class TryoutsConfig(_Section):
    """What is done with a few pages of each template, besides looking at them."""

    interaction: bool = Field(default=True, description="Open menus and dialogs, press Tab, and look at what shows.")
    devices: bool = Field(default=True, description="Load the page once more as a phone, to see if it differs.")


class LinksConfig(_Section):
    """What is asked of links to other hosts."""

    external: bool = Field(default=True, description="Ask whether links to other hosts answer.")
    most: int = Field(default=200, ge=0, description="How many addresses on other hosts are asked at the most.")


class DocumentsConfig(_Section):
    """What is done with PDF documents."""

    most: int = Field(default=40, ge=0, description="How many PDF documents are fetched and read at the most.")
    megabytes: int = Field(default=10, ge=1, le=100, description="Larger documents are not fetched.")


class BrowserConfig(_Section):
    """Which browser renders the pages."""

    path: Path | None = None
    sandbox: bool | None = Field(default=None, description="If left out: on, except where it cannot be.")
    recycle: int = Field(
        default=400, ge=1, description="After so many looks it is closed and started again, so that it stays small."
    )


class AxeConfig(_Section):
    """Another axe-core than the one in the axe-playwright-python package."""

    script: Path | None = None
    locale: Path | None = None
    also: tuple[str, ...] = Field(
        default=(), description="Rules that axe leaves off, by name, to be run besides: color-contrast-enhanced."
    )
    remember: bool = Field(
        default=True, description="Let axe remember colours that it has read. It finds the same without, and is slower."
    )


class ArchiveConfig(_Section):
    """What is kept of a run as evidence."""

    write: bool = Field(default=False, description="Keep each run as a WACZ, with what the browser received.")
    redact: tuple[str, ...] = Field(
        default=(),
        description="CSS selectors of what holds personal data; its text is blackened before anything sees it.",
    )
    keep_days: int | None = Field(default=None, ge=1, description="Archives that are older are deleted.")
    timestamp: str = Field(
        default="", description="Address of an RFC 3161 service that signs when the archive was made."
    )


class ReuseConfig(_Section):
    """What a run takes over from the one before, for pages that did not change."""

    enabled: bool = Field(
        default=False, description="Render only what changed; all else is carried on with the day it was looked at."
    )
    nights: int = Field(
        default=100, ge=1, description="Each page is rendered anew at least once in so many days, changed or not."
    )


class SiteConfig(_Section):
    """A site and how it is to be audited."""

    name: str = ""
    start: str = Field(description="Address of the start page.")
    serve: dict[str, Path] = Field(
        default={}, description="Host name → folder of HTML that is served under that name on loopback."
    )
    formerly: tuple[str, ...] = Field(
        default=(), description="Hosts that the site's start page had before; its history goes on from theirs."
    )
    date: datetime.date | None = Field(default=None, description="The audit's notion of today; for fixtures.")
    hub: str = Field(default="", description="The page that gathers what associations need.")
    scope: ScopeConfig = ScopeConfig()
    viewports: ViewportsConfig = ViewportsConfig()
    search: SearchConfig = SearchConfig()
    tasks: tuple[Task, ...] = ()
    findability: FindabilityConfig = FindabilityConfig()
    politeness: PolitenessConfig = PolitenessConfig()
    tryouts: TryoutsConfig = TryoutsConfig()
    links: LinksConfig = LinksConfig()
    documents: DocumentsConfig = DocumentsConfig()
    browser: BrowserConfig = BrowserConfig()
    axe: AxeConfig = AxeConfig()
    profile: Profile = Field(default=Profile.EN_3_2_1, description="The criteria that the report is read against.")
    archive: ArchiveConfig = ArchiveConfig()
    reuse: ReuseConfig = ReuseConfig()
    sample: Literal["", "wcag-em"] = Field(default="", description="Draw the page sample of a review, and record it.")
    rules: tuple[Path, ...] = Field(default=(), description="Folders with rule cards of your own.")
    options: dict[str, dict[str, Any]] = Field(default={}, description="Rule id → options that replace the card's.")
    lexicon: dict[str, tuple[str, ...]] = Field(
        default={}, description="List name → words that are added to the lexicon's list."
    )
    decisions: Path | None = Field(default=None, description="File with what the team decided about issues.")
    database: Path | None = None
    output: Path | None = None
    languages: tuple[Language, ...] = (Language.SWEDISH,)
    fail_on: Literal["minor", "moderate", "serious", "critical"] | None = None
    seed: int = 0

    @field_validator("start")
    @classmethod
    def _web_address(cls, value: str) -> str:
        address = HttpUrl(value)
        if address.username or address.password:
            raise ValueError("the address holds a user name or password; leave them out")
        return value

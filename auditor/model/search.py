"""How the site's own search was asked, how its field behaved, and what it answered."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from auditor.model.facts import Element
from auditor.model.vocabulary import Viewport


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWay:
    """How the site's search is asked: by typing into its field, by an address, or both."""

    page: str = ""
    """Address of the page with the field; empty if none is known."""
    field: str = ""
    """Selector of the field."""
    revealed_by: tuple[str, ...] = ()
    """Selectors of the toggles that must be opened to see the field, outermost first."""
    opener: str = ""
    """Selector of the button that puts the field into the page; *field* is empty then, for it is not known before."""
    button: str = ""
    """Selector of the button that sends the form; empty if none was found."""
    template: str = ""
    """Address of the results with {query} where the words go; empty if words must be typed."""
    given: bool = False
    """The template stands in the site file: it tells where results are, whatever the field does."""

    @property
    def can_be_typed(self) -> bool:
        """Whether there is a field, or a button that brings one."""
        return bool(self.field or self.opener)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What came to light by the field while words were typed into it."""

    choices: int = 0
    """How many choices were shown; 0 if there were none."""
    first: str = ""
    """Text of the first choice."""
    field_role: str = ""
    """The role that the field itself is given; empty if it is only a field."""
    expanded: str = ""
    """aria-expanded of the field, or of what stands around it as combobox, while choices are shown."""
    popup_role: str = ""
    """Role of the element that aria-controls or aria-owns names; empty if it names none that exists."""
    option_role: str = ""
    """Role of the choices, explicit or implied."""
    arrow: str = ""
    """What Arrow Down did: active (aria-activedescendant names a choice), focus (a choice is focused), marked (a
    choice looks or says otherwise than before), or empty."""
    tabbable: bool = False
    """The choices can be reached with the Tab key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtered:
    """What pressing a filter of a page of results did, where it changed the number of hits without a new document."""

    element: Element
    """The filter."""
    before: int
    """The number that the page told before."""
    after: int
    announced: bool
    """Something that screen readers announce by themselves said something new, or the focus was moved to a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a page of search results came about by typing into the site's field."""

    page: str
    """Address of the page with the field."""
    field: Element
    characters: int = 0
    """How many characters of its font the field shows while it is written in."""
    sent_by: str = ""
    """enter, button (Enter did nothing), or empty: neither led to results."""
    in_place: bool = False
    """The results came without a new document: scripts put them into the page."""
    suggestions: Suggestions | None = None
    """None if the field was not watched."""


class Order(StrEnum):
    """What hits can be sorted by."""

    RELEVANCE = "relevance"
    TITLE = "title"
    """By letter, A to Ö."""
    TITLE_BACK = "title-back"
    """Ö to A."""
    DATE = "date"
    """The newest first."""
    DATE_BACK = "date-back"
    """The oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way of narrowing the hits that a page of results offers."""

    label: str
    """What it is called, without its number."""
    count: int | None = None
    """How many hits it says that it leaves; None if it does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of the site's search."""

    query: str
    order: Order | None = None
    """None for the order that the search begins with."""
    choice: str = ""
    """Label of the choice that narrows the hits; empty for all hits."""
    purpose: str = ""
    """What it is asked for: the name of what it tries; judged with others of the same purpose."""
    beside: str = ""
    """The query whose answer this one's is compared with; empty if it stands alone."""
    expects: tuple[str, ...] = ()
    """Canonical addresses of pages and documents of which one should be among the hits."""
    viewport: Viewport = Viewport.DESKTOP
    """Where it is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One hit, as the page of results shows it."""

    url: str
    """Canonical address that it leads to."""
    title: str
    text: str = ""
    """All that is said of it, its title among that; cut at 1,000 characters."""
    day: str = ""
    """The date that it shows, ISO 8601; empty if it shows none."""
    document: str | None = None
    """What kind of document it leads to (pdf, word, …; empty if unknown); None for a page."""
    page: int = 1
    """On which page of results it stands."""
    place: int = 1
    """Its place in the whole list, 1 for the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the site's search answered to one question, all its pages of results together, as far as they were read."""

    question: Question
    address: str = ""
    """Address of the first page of results."""
    hits: tuple[Hit, ...] = ()
    """In the order in which they are shown; what is shown twice stands twice."""
    count: int | None = None
    """How many hits it says there are; None if it does not say."""
    approximate: bool = False
    """It says that the number is not exact («cirka 120 träffar»)."""
    says_nothing: bool = False
    """It says that nothing was found."""
    pages: tuple[int, ...] = ()
    """How many hits each page of results shows, in the order in which they were read."""
    complete: bool = False
    """There was no way to further hits after the last page that was read."""
    orders: tuple[Order, ...] = ()
    """What one is offered to sort by."""
    order_names: tuple[str, ...] = ()
    """What the orders are called on the page, in the same sequence; empty if unknown."""
    choices: tuple[Choice, ...] = ()
    """What one is offered to narrow the hits by."""
    in_place: bool = False
    """Scripts put the results into a page that was there before."""
    untested: str = ""
    """Why there is no answer, as a reason's key and detail; empty if there is one."""
    screenshot: str = ""
    """File name of a picture of the first page of results, or of what could not be made out."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Addresses of the hits, each once, in their order."""
        return tuple(dict.fromkeys(hit.url for hit in self.hits))

    def called(self, order: Order) -> str:
        """What the page calls an order, or our own word for it."""
        return dict(zip(self.orders, self.order_names, strict=False)).get(order, str(order))

    def rank(self, urls: Collection[str]) -> int | None:
        """The place of the first hit that leads to one of *urls*; None if no hit that was read does."""
        return next((hit.place for hit in self.hits if hit.url in urls), None)


@dataclass(frozen=True, kw_only=True)
class SearchRecord:
    """All that the site's search was asked in one run."""

    answers: tuple[Answer, ...] = ()
    untested: str = ""
    """Why nothing could be asked, as a reason's key and detail; empty if something was."""

    def of(self, purpose: str) -> tuple[Answer, ...]:
        """The answers to questions of *purpose*, in the order in which they were asked."""
        return tuple(answer for answer in self.answers if answer.question.purpose == purpose)

    def answer(self, query: str, order: Order | None = None, choice: str = "") -> Answer | None:
        """The answer to a question on a desktop, whatever it was asked for; None if it was not asked."""
        wanted = (query, order, choice, Viewport.DESKTOP)
        return next((one for one in self.answers if _asked(one.question) == wanted), None)


def _asked(question: Question) -> tuple[str, Order | None, str, Viewport]:
    return question.query, question.order, question.choice, question.viewport

"""How the site's own search was asked, and how its field behaved."""

from dataclasses import dataclass

from auditor.model.facts import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWay:
    """How the site's search is asked: by typing into its field, by an address, or both."""

    page: str = ""
    """Address of the page with the field; empty if none is known."""
    field: str = ""
    """Selector of the field."""
    revealed_by: tuple[str, ...] = ()
    """Selectors of the toggles that must be opened to see the field, outermost first."""
    button: str = ""
    """Selector of the button that sends the form; empty if none was found."""
    template: str = ""
    """Address of the results with {query} where the words go; empty if words must be typed."""
    given: bool = False
    """The template stands in the site file: it tells where results are, whatever the field does."""


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
    """How a page of search results came about by typing into the site's field on a desktop."""

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

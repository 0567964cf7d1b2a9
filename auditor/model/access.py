"""What only rules of accessibility ask about one rendering: the facts that the second in-page pass collects."""

from dataclasses import dataclass

from auditor.model.facts import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing(Element):
    """Text whose spacing a style attribute fixes with !important; the element is the one that the text stands in."""

    property: str
    """letter-spacing, word-spacing or line-height."""
    spacing: float
    """CSS pixels as used for this text."""
    font_size: float
    lines: int
    """How many lines the element's own text takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame(Element):
    """An iframe, or one within an iframe of the same host (its element is the outer one's)."""

    tab_index: int = 0
    nested: bool = False
    shown: bool = True
    """Has an area, is not inert, and no modal dialog lies over it."""
    exposed: bool = True
    """Assistive technology is told of it."""
    readable: bool = False
    """What is in it could be looked into: it comes from the same host."""
    focusable: bool | None = None
    """Something in it can be tabbed to; None where that cannot be seen."""
    address: str = ""
    title: str = ""
    """Title of the document in it."""
    content: str = ""
    """Text of the document in it, cut at 1,000 characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scroller(Element):
    """An area that scrolls on its own and keeps text or controls out of sight; padding alone does not count."""

    outside: float
    """How far it reaches outside the visible part, as a share of that part's width or height; 1 if further."""
    focusable: bool
    focusable_inside: bool
    popup: bool = False
    """Part of a list, menu or grid that moves the focus in its own way."""
    inert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Media(Element):
    """An audio or video element."""

    autoplay: bool
    muted: bool
    controls: bool
    seconds: float | None
    """How long it plays; None if that was not known."""
    audible: bool | None
    """Has sound; None where that cannot be told."""
    loops: bool = False
    other_controls: bool = False
    """Some button of the page is called by a word for pausing, stopping or muting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderCell(Element):
    """A header cell with text, in a table that has other cells."""

    assigned: bool
    """Some cell has it as its header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled(Element):
    """A control that is named by aria-label or aria-labelledby. Its text is the text that one sees."""

    icons: bool = False
    """Some of its text is drawn in a font of icons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nameless(Element):
    """An element with a name, or a description of its role, given by ARIA."""

    attributes: str
    """The attributes, parted by spaces."""
    barred: bool
    """Its role may have none of them."""
    empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(Element):
    """A visible element that style sheets turn when the screen is held one way."""

    angle: float
    """Degrees, compared with how it stands otherwise."""
    page: bool
    """It is the page, or a large part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Element):
    """A visible picture: an image element, a drawing, or the background of an element without text."""

    kind: str
    """Its tag."""
    file: str = ""
    """Last step of the address that it comes from; empty for data in the page."""
    words: str = ""
    """Text within a drawing that stands in the address itself."""
    in_control: bool = False
    """Within a link or a button."""
    logo: bool = False
    """Says of itself that it is a logotype, or leads to the start page."""
    text_like: bool | None = None
    """Looks like text on a plain ground; None if that was not, or could not be, looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One rendering, as the second in-page pass saw it."""

    spacings: tuple[Spacing, ...] = ()
    frames: tuple[Frame, ...] = ()
    scrollers: tuple[Scroller, ...] = ()
    media: tuple[Media, ...] = ()
    headers: tuple[HeaderCell, ...] = ()
    labelled: tuple[Labelled, ...] = ()
    nameless: tuple[Nameless, ...] = ()
    role_links: tuple[Element, ...] = ()
    """Links by their role alone, without an address."""
    mains: int = 0
    """Number of main landmarks that assistive technology is told of."""
    turns: tuple[Turn, ...] = ()
    pictures: tuple[Picture, ...] = ()

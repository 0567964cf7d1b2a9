"""What was seen in one rendering of a page: the facts that the in-page pass collects.

All lengths are CSS pixels; boxes are in document coordinates (scroll position does not matter). Texts are rendered
texts with white space collapsed and cut at a few hundred characters. Nothing here is trusted: it is a page's own words.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in CSS pixels, from the document's top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of a page as this viewport shows it."""

    selector: str
    """A CSS selector that matches this element alone."""
    tag: str
    role: str = ""
    """ARIA role, explicit or implied by the tag; empty if none."""
    name: str = ""
    """Accessible name, computed after the main steps of accname-1.2."""
    text: str = ""
    html: str = ""
    """The element's start tag, cut at 300 characters."""
    box: Box = Box(0, 0, 0, 0)
    visible: bool = True
    """Rendered with an area, at rest: before any menu or accordion was opened."""
    revealed_by: tuple[str, ...] = ()
    """Selectors of the toggles that must be opened to see it, outermost first; empty if none was found."""
    regions: tuple[str, ...] = ()
    """Roles of the landmarks around it, outermost first (banner, navigation, main, complementary, contentinfo, …)."""

    @property
    def reachable(self) -> bool:
        """Visible at rest, or after opening what hides it."""
        return self.visible or bool(self.revealed_by)

    @property
    def in_main(self) -> bool:
        """Within the main landmark and not in a navigation inside it."""
        return "main" in self.regions and "navigation" not in self.regions


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Element):
    level: int
    parent: str = ""
    """Selector of the element that it stands in."""
    announced: bool = True
    """Told to screen readers: not hidden by display, visibility or aria-hidden, whether or not it has an area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Element):
    href: str
    """Absolute address that the browser would go to."""
    raw_href: str = ""
    """The attribute as written."""
    new_window: bool = False
    current: str = ""
    """Value of aria-current, its own or its list item's, if any."""
    set_apart: str | None = None
    """How a menu's link to this very page differs from the links beside it: looks, class (by name alone), or empty.
    None for all other links."""
    context: str = ""
    """Text of the nearest list item, paragraph, cell or similar block around the link."""
    heading: str = ""
    """The last heading before the link, in document order."""
    inline: bool = False
    """Stands in running text: on the same line run there are words that belong to no link."""
    item: str = ""
    """Selector of the list item, description term, table row or article around it; empty if there is none."""
    in_heading: bool = False
    """Stands in a heading, or a heading stands in it."""
    enlarged: bool = False
    """A positioned pseudo-element makes the area that can be pressed larger than the box."""
    fragment_found: bool | None = None
    """For links within the page: whether the fragment's target exists. None for other links."""
    lands: float | None = None
    """For links within the page: how far below the viewport's upper edge the text that they lead to stands once they
    were followed, as the styles have it. None for other links, and where scrolling is not the page's own."""
    landing_covered: bool | None = None
    """Whether a fixed area lay over that text when the link was tried; None if it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control(Element):
    """A button, summary, or anything that behaves like one."""

    native: bool = True
    """A real button, summary or link, or an element with such a role; False for a bare element made clickable."""
    expanded: bool | None = None
    """aria-expanded, or the state of details; None if no state is told."""
    controls: str = ""
    focusable: bool = True
    enlarged: bool = False
    """A positioned pseudo-element makes the area that can be pressed larger than the box."""
    reveals_links: int = 0
    """How many links became visible when it was opened."""
    opens_navigation: bool = False
    """What it revealed is (in) a navigation landmark, or most of its links are the site's menu."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breadcrumb(Element):
    """What says of itself that it tells where one is: by class, label or microdata, or by its first words."""

    links: tuple[str, ...] = ()
    """Selectors of the links in it, the first 20."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Element):
    kind: str
    """Type of an input, or select or textarea."""
    label_source: str = ""
    """Where the name comes from: label, aria-labelledby, aria-label, title, placeholder, or empty."""
    group: str = ""
    """Legend of the fieldset around it, or name of the group."""
    placeholder: str = ""
    key: str = ""
    """The name attribute."""
    visible_characters: int = 0
    """How many characters of the field's own font fit into it."""
    value: str = ""
    """What stands in it; taken of search fields only, never of others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Element):
    action: str = ""
    method: str = "get"
    fields: tuple[Field, ...] = ()
    has_submit: bool = False
    submit: str = ""
    """Selector of the button that sends it; empty if it has none."""
    sends: tuple[tuple[str, str], ...] = ()
    """Names and values that a form which searches sends besides its fields' words: what is hidden, chosen by default,
    or said by its button. Empty for other forms, whose values are nobody's business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Element):
    rows: int = 0
    columns: int = 0
    header_cells: int = 0
    """Cells that say in the markup that they head others."""
    nested: tuple[str, ...] = ()
    """What layout puts into cells and data seldom does: table, heading, form, landmark, paragraphs (several in one)."""
    first_row_set_off: bool = False
    """All texts of the first row look unlike all others: bold, or on another background."""
    first_column_set_off: bool = False
    filled_cells: int = 0
    """How many cells of the first 50 rows hold anything."""
    most_words: int = 0
    """Words of the longest cell."""
    caption: str = ""
    scroller: str = ""
    """Selector of the table itself or the nearest ancestor that may scroll sideways, if any."""
    scrolls: bool = False
    """The scroller holds more than it shows: one must scroll to see all of it."""
    scroller_focusable: bool = False
    scroller_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image(Element):
    alt: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedArea(Element):
    """An area that stays in view while the page scrolls."""

    position: str
    share: float
    """Its share of the viewport's area at mid-scroll, 0 to 1, where it lies on top: shares of several areas add up."""
    is_banner: bool = False
    """Recognised as a cookie or consent banner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overflow(Element):
    """An element that reaches outside the viewport's right edge."""

    exempt: str = ""
    """Why two-dimensional layout may be needed (table, media, code, embed), after WCAG 1.4.10; empty if no reason."""
    clipped: bool = False
    """Text cut off behind an ancestor that hides overflow, so that no scroll bar tells of it."""
    content: str = ""
    """What of it crosses the edge, besides what is exempt: text (a line of it), control, or empty (only its box)."""
    by_design: bool = False
    """Looks like a carousel, a ticker or text shortened by an ellipsis: cut on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wide(Element):
    """A table, picture, video or embedded page that reaches outside the viewport's right edge."""

    way: str
    """How one gets to the rest of it: page (the page scrolls sideways), or cut (not at all)."""
    edge: float
    """Where the edge is. A phone may show more than that at first, zoomed out until all fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LostText(Element):
    """A box that loses some of its text when the text takes more room."""

    way: str
    """cut (at the box's edge, which hides what stands outside), covered (by or upon other text), or rest (cut at rest
    already, and no less then)."""
    lost: str
    """The words, cut at 80 characters."""
    by_design: bool = False
    """In a carousel or ticker, or shortened by an ellipsis: cut on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """What happens to a rendering under conditions that visitors choose themselves."""

    cut: tuple[LostText, ...] = ()
    """Boxes that lose text under them, and not before, at most 20; for half the screen also what was lost before."""
    unscaled: tuple[Element, ...] = ()
    """Text that zooming to 200 percent does not enlarge, since its size follows the window's."""
    turned: tuple[Element, ...] = ()
    """What is turned by a quarter and holds most of the page's text."""
    cover: Element | None = None
    """What lies over nearly the whole screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint(Element):
    """A form field, or a button with nothing but an icon, and the colours that make it stand out.

    Colours are #rrggbb, laid over what is behind them.
    """

    kind: str
    """field or icon."""
    backdrop: str = ""
    """The colour around it; empty if that cannot be told (a picture, a gradient, transparency)."""
    fill: str = ""
    """Of a field: its own background; empty if that cannot be told."""
    edges: tuple[str, ...] = ()
    """Colours of a field's edges, or of an icon's lines and faces, each once."""
    unsure: bool = False
    """Shadows, gradients, pictures or parts of a drawing that stands elsewhere may matter too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Element):
    """A piece of the page's main content, in document order. Its text is cut at 2,000 characters."""

    kind: str
    """heading, text, list or table."""
    words: int
    level: int = 0
    lines: tuple[str, ...] = ()
    """Of a text with forced line breaks: its lines, cut at 160 characters; empty for other blocks."""
    bold: bool = False
    """A text of up to 120 characters, all of it set bold."""
    font_size: float = 0
    """Of its first text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Element):
    """A piece of text that may hold a telephone number or a mailbox; the element is the one it stands in."""

    before: str = ""
    """The last words before it in the same block; those of the cell or term before it if it begins its block."""
    link: str = ""
    """Address, as written, of the link it stands in; empty if it stands in none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Element):
    """A time element."""

    value: str = ""
    """The datetime attribute, or the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One rendering, as the in-page pass saw it."""

    width: int
    """Width of the viewport."""
    height: int
    scroll_width: int
    """Width of the page that one can scroll to; the viewport's own if the page hides what reaches further."""
    page_height: int
    title: str = ""
    language: str = ""
    meta_viewport: str | None = None
    headings: tuple[Heading, ...] = ()
    landmarks: tuple[Element, ...] = ()
    links: tuple[Link, ...] = ()
    beside: tuple[Link, ...] = ()
    """Of facts about a part of a page: links elsewhere on it with the same addresses as links in that part."""
    controls: tuple[Control, ...] = ()
    breadcrumbs: tuple[Breadcrumb, ...] = ()
    forms: tuple[Form, ...] = ()
    fields: tuple[Field, ...] = ()
    """All fields, within a form or not."""
    covered_top: float = 0
    """How much of the viewport, from its upper edge down, fixed areas as wide as the page lie over at mid-scroll."""
    tables: tuple[Table, ...] = ()
    images: tuple[Image, ...] = ()
    frames: tuple[Element, ...] = ()
    fixed: tuple[FixedArea, ...] = ()
    wide: tuple[Wide, ...] = ()
    overflow: tuple[Overflow, ...] = ()
    paints: tuple[Paint, ...] = ()
    """Form fields and icon buttons whose colours matter; not looked at on the narrow screen."""
    spaced: Strain | None = None
    """With the line, paragraph, letter and word spacing of WCAG 1.4.12; turned and cover are those at rest. None if it
    was not tried."""
    halved: Strain | None = None
    """On half the viewport's width and height: what zooming to 200 percent shows, and much what a phone held sideways
    does. Tried for the desktop only."""
    layout_shift: float | None = None
    """How much of the page moved while it loaded: the largest session window of layout shifts (Cumulative Layout
    Shift). Known for the desktop only, where the page is loaded."""
    blocks: tuple[Block, ...] = ()
    dates: tuple[Date, ...] = ()
    mentions: tuple[Mention, ...] = ()
    """Texts that may hold telephone numbers or mailboxes, in document order."""
    stamps: tuple[str, ...] = ()
    """Rendered lines that speak of updating or publishing, each with the line after it, parted by a line break."""
    live_regions: tuple[Element, ...] = ()
    """Elements with role status, alert or log, or aria-live, of which assistive technology is told."""
    font_sizes: tuple[tuple[float, int], ...] = ()
    """Pairs of font size and number of visible characters set in it."""
    text: str = ""
    """All rendered text of the page, cut at 60,000 characters."""
    main_text: str = ""
    """Rendered text of the main content, cut at 60,000 characters."""
    truncated: bool = False
    """The page has more elements than the pass looks at; lists may be incomplete."""

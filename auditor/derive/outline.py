"""A page's outline: the headings of its content, the stretches between them, and lists of contents."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from auditor.derive.wording import plain
from auditor.model.facts import Block, Element, Facts, Heading, Link

_OUTSIDE = frozenset({"banner", "navigation", "contentinfo", "complementary", "search", "dialog", "form"})
_ID = re.compile(r"\sid=\"([^\"]+)\"", re.IGNORECASE)
_DIVIDERS = frozenset({"summary", "button", "legend", "dt", "label"})
"""Elements that title what follows, as a heading does."""
_NOT_RUNNING = frozenset({"pre", "figcaption", "address", "code"})


def is_content(element: Element) -> bool:
    """Whether *element* stands in the main landmark and in no menu, aside, form or dialog inside it."""
    return "main" in element.regions and _OUTSIDE.isdisjoint(element.regions)


def is_of_page(element: Element, facts: Facts) -> bool:
    """Whether *element* is content, also where no main landmark tells: then all that stands in no other landmark."""
    if any(area.role == "main" for area in facts.landmarks):
        return is_content(element)
    return _OUTSIDE.isdisjoint(element.regions)


def is_inside(element: Element, around: Element) -> bool:
    """Whether *element*'s selector goes through *around*; an id of its own hides that."""
    return element.selector.startswith(f"{around.selector} > ")


def main_area(facts: Facts) -> Element | None:
    """The visible main landmark; the tallest, if a page has several."""
    areas = [area for area in facts.landmarks if area.role == "main" and area.visible]
    return max(areas, key=lambda area: area.box.height, default=None)


def top_headings(facts: Facts) -> tuple[Heading, ...]:
    """Visible headings of level 1."""
    return tuple(item for item in facts.headings if item.level == 1 and item.visible)


def is_rendered(element: Element) -> bool:
    """Whether *element* has a box although it cannot be seen: hidden from eyes, for screen readers."""
    return not element.visible and element.box.width > 0 and element.box.height > 0


@dataclass(frozen=True)
class Step:
    """A heading and the level that stands before it."""

    heading: Heading
    before: int

    @property
    def skips(self) -> bool:
        """Whether a level is left out on the way down."""
        return self.heading.level > self.before + 1


def content_steps(facts: Facts) -> Iterator[Step]:
    """Each heading of the content after the main heading, with the level before it.

    Headings that can be seen, or opened, are judged. A heading that cannot may still be read by a screen reader, so it
    fills the gap that it stands in.
    """
    own = [item for item in facts.headings if item.name or item.text]
    first = next(
        (index for index, item in enumerate(own) if item.level == 1 and (item.visible or is_rendered(item))), None
    )
    if first is None:
        return
    before, filled = 1, 1
    for heading in own[first + 1 :]:
        if not is_of_page(heading, facts):
            continue
        if heading.reachable:
            yield Step(heading, max(before, min(filled, heading.level - 1)))
            before = filled = heading.level
        elif heading.level <= filled + 1 or heading.level <= before:
            filled = max(filled, heading.level)


def section_headings(facts: Facts, level: int = 2) -> tuple[Heading, ...]:
    """Visible headings of *level* that begin a section of the content.

    Not the headings of cards and accordions: a heading that is a link, or is pressed to open what follows, makes an
    overview of its own.
    """
    pressed = [control for control in facts.controls if control.expanded is not None]
    return tuple(
        heading
        for heading in facts.headings
        if heading.level == level
        and heading.visible
        and heading.name
        and is_content(heading)
        and not any(
            is_inside(link, heading) or is_inside(heading, link) for link in facts.links if link.fragment_found is None
        )
        and not any(is_inside(control, heading) or is_inside(heading, control) for control in pressed)
    )


def links_to_sections(facts: Facts, headings: Sequence[Heading]) -> tuple[tuple[Link, Heading], ...]:
    """Links within the page, each with the heading that it leads to by address, or is named after."""
    by_id = {found[1]: heading for heading in headings if (found := _ID.search(heading.html))}
    by_name = {_unnumbered(heading.name): heading for heading in headings}
    pairs = []
    for link in facts.links:
        if link.fragment_found is not None:
            heading = by_id.get(link.href.partition("#")[2]) or by_name.get(_unnumbered(link.name))
            if heading and not is_inside(link, heading):
                pairs.append((link, heading))
    return tuple(pairs)


def links_within(facts: Facts) -> tuple[Link, ...]:
    """Links in the content, or beside it, to other places of the page that exist."""
    return tuple(
        link
        for link in facts.links
        if link.fragment_found
        and link.reachable
        and not link.in_heading
        and "#" in link.href
        and not {"banner", "contentinfo"} & set(link.regions)
    )


def _unnumbered(name: str) -> str:
    """A name without a leading number: «2. Villkor» → «villkor»."""
    return re.sub(r"^\d+ (?:\d+ )*", "", plain(name))


@dataclass(frozen=True)
class Contents:
    """A list of contents beside the sections that it ought to name."""

    links: tuple[Link, ...]
    left_out: tuple[Heading, ...]
    """Sections between those that it names."""
    after: tuple[Heading, ...]
    """Sections after the last one that it names."""


def contents_of(
    headings: Sequence[Heading], pairs: Sequence[tuple[Link, Heading]], frame: Collection[str]
) -> Contents | None:
    """The list of contents that *pairs* make up, if it names at least half of the sections.

    Args:
        headings: the page's sections, in order.
        pairs: links that can be reached, with the sections that they lead to.
        frame: headings of what templates add to every page («Kontakt»), which no list names.
    """
    named = {heading.selector for _, heading in pairs}
    own = [heading for heading in headings if plain(heading.name) not in frame or heading.selector in named]
    places = [index for index, heading in enumerate(own) if heading.selector in named]
    if not places or len(places) * 2 < len(own):
        return None
    missing = [index for index in range(places[0], len(own)) if index not in places]
    return Contents(
        links=tuple(link for link, _ in pairs),
        left_out=tuple(own[index] for index in missing if index < places[-1]),
        after=tuple(own[index] for index in missing if index > places[-1]),
    )


@dataclass(frozen=True)
class Stretch:
    """Running text between two headings."""

    first: Block
    words: int


def stretches(facts: Facts, titles: Collection[str] = ()) -> Iterator[Stretch]:
    """Stretches of visible running text in the content without a heading, or anything that works as one, in between.

    Lists, tables, captions and code count no words and end no stretch. A block that holds a heading inside ends one.

    Args:
        facts: what one viewport shows.
        titles: selectors of texts that look like headings; what is wrong with these is another rule's.
    """
    first: Block | None = None
    count = 0
    for block in facts.blocks:
        titles_text = block.kind == "heading" or block.tag in _DIVIDERS or block.selector in titles
        ends = titles_text or _holds_heading(block, facts)
        if ends and first:
            yield Stretch(first, count)
        if ends:
            first, count = None, 0
        elif block.kind == "text" and block.visible and is_content(block) and block.tag not in _NOT_RUNNING:
            first = first or block
            count += block.words
    if first:
        yield Stretch(first, count)


def _holds_heading(block: Block, facts: Facts) -> bool:
    top, bottom = block.box.y, block.box.bottom
    return any(
        is_inside(heading, block)
        or (block.visible and heading.visible and top <= heading.box.y and heading.box.bottom <= bottom)
        for heading in facts.headings
        if "main" in heading.regions
    )

"""Where on a page something stands: in what every page has around its content, or in the content."""

from auditor.model.facts import Block, Element, Facts, Link

_FRAME = frozenset({"banner", "contentinfo"})
_TOP, _BOTTOM = 800, 1200
"""Pixels at a page's ends that count as header and footer where no landmark tells: about a desktop screen."""


def has_main(facts: Facts) -> bool:
    """Whether the page has a main landmark."""
    return any(area.role == "main" for area in facts.landmarks)


def in_frame(element: Element, facts: Facts) -> bool:
    """Whether *element* stands in the header or the footer: in such a landmark, outside main, or at the page's ends.

    Where everything is in main, or there is no main, the page's first and last pixels count.
    """
    if _FRAME.intersection(element.regions):
        return True
    if has_main(facts) and "main" not in element.regions:
        return True
    if has_main(facts) and any("main" not in link.regions for link in facts.links):
        return False
    return element.box.y <= _TOP or element.box.bottom >= facts.page_height - _BOTTOM


def beside_main(element: Element, facts: Facts) -> bool | None:
    """Whether *element* belongs to the page's content: in main, or in a column beside it; never header, footer or menu.

    None if it cannot be told: there is no main and the element stands where a footer may be.
    """
    regions = element.regions
    if "navigation" in regions or "search" in regions or (_FRAME.intersection(regions) and "main" not in regions):
        return False
    if "main" in regions or "complementary" in regions:
        return True
    main = next((area for area in facts.landmarks if area.role == "main" and area.visible), None)
    if main is not None:
        return main.box.y - 50 <= element.box.y < main.box.bottom
    if any(area.role == "contentinfo" for area in facts.landmarks):
        return True
    return True if element.box.bottom < facts.page_height * 0.6 else None


_SENTENCE = 4
_OUTSIDE = frozenset({"banner", "contentinfo", "navigation", "search", "dialog"})


def content_blocks(facts: Facts) -> tuple[Block, ...]:
    """The blocks of the page's content that a visitor can see or open, without menus, header and footer."""
    return tuple(block for block in facts.blocks if block.reachable and not _OUTSIDE.intersection(block.regions))


def content_words(facts: Facts) -> int:
    """How many words the content has besides its headings."""
    return sum(block.words for block in content_blocks(facts) if block.kind != "heading")


def content_text(facts: Facts) -> str:
    """The content as one text, closed accordions included."""
    return " ".join(block.text for block in content_blocks(facts))


def running_texts(facts: Facts) -> tuple[str, ...]:
    """The content's paragraphs: blocks of text of four words or more; lists, tables and headings have no sentences."""
    return tuple(
        block.text
        for block in content_blocks(facts)
        if block.kind == "text" and block.tag != "pre" and block.words >= _SENTENCE
    )


def content_links(facts: Facts) -> tuple[Link, ...]:
    """The links of the content that a visitor can reach."""
    inside = has_main(facts)
    return tuple(
        link
        for link in facts.links
        if link.reachable and not _OUTSIDE.intersection(link.regions) and ("main" in link.regions or not inside)
    )


def link_share(facts: Facts) -> float:
    """Which share of the content's words, headings included, stands in links: near 1 for a landing page or a list."""
    words = sum(block.words for block in content_blocks(facts))
    linked = sum(len(link.text.split()) for link in content_links(facts))
    return min(1.0, linked / words) if words else 0.0

"""Checks of the area structure: is what heads a part a heading, does it say something, and something of its own?"""

from collections.abc import Iterator
from itertools import pairwise

from auditor.derive.outline import is_content, is_inside, is_of_page
from auditor.derive.visual_headings import visual_headings
from auditor.derive.wording import plain
from auditor.model.facts import Facts, Heading
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Rendering


def empty_heading(rendering: Rendering) -> Iterator[Outcome]:
    """No heading is without words.

    The page's only main heading is another rule's, and pictures without alternative are axe's.
    """
    facts = rendering.facts
    mains = [item for item in facts.headings if item.level == 1 and item.announced]
    before = ""
    for heading in facts.headings:
        if plain(heading.name) or plain(heading.text):
            if heading.visible:
                before = heading.name or heading.text
                yield passed(heading)
        elif heading.announced and mains != [heading] and not _holds_picture(heading, facts):
            yield failed(heading, "empty_after" if before else "empty", level=heading.level, before=before)


def _holds_picture(heading: Heading, facts: Facts) -> bool:
    return any(is_inside(image, heading) for image in facts.images)


def repeated_heading(rendering: Rendering) -> Iterator[Outcome]:
    """Headings of one level below the same heading differ, and none repeats the one right above it."""
    facts = rendering.facts
    linked = {link.selector for link in facts.links if link.in_heading}
    headings = [
        item
        for item in facts.headings
        if item.visible and plain(item.name) and is_of_page(item, facts) and not _is_card(item, linked)
    ]
    echoes = _echoes(facts)
    seen: dict[tuple[str, ...], Heading] = {}
    above: list[Heading] = []
    for heading in headings:
        while above and above[-1].level >= heading.level:
            above.pop()
        place = (*(item.selector for item in above), str(heading.level), plain(heading.name))
        above.append(heading)
        if heading.selector in echoes:
            yield failed(heading, "echo", name=heading.name)
        elif first := seen.get(place):
            if first.parent == heading.parent:
                yield failed(heading, "again", name=heading.name)
            else:
                yield cant_tell(heading, "elsewhere", name=heading.name)
        else:
            yield passed(heading)
        seen.setdefault(place, heading)


def _is_card(heading: Heading, linked: set[str]) -> bool:
    """Whether *heading* is a link, or lies in one: lists of news may have equal titles."""
    return any(
        selector.startswith(f"{heading.selector} ") or heading.selector.startswith(f"{selector} ")
        for selector in linked
    )


def _echoes(facts: Facts) -> set[str]:
    """Selectors of headings that say the same as the heading right above, with nothing in between."""
    shown = [block for block in facts.blocks if block.visible]
    return {
        below.selector
        for above, below in pairwise(shown)
        if above.kind == below.kind == "heading"
        and above.level < below.level
        and plain(above.text) == plain(below.text)
    }


def bold_heading(rendering: Rendering, *, emphasis: tuple[str, ...]) -> Iterator[Outcome]:
    """What looks like a heading of the text below it is one.

    Args:
        rendering: the page in one viewport.
        emphasis: bold words that ask for attention and title nothing («observera»).
    """
    for heading in rendering.facts.headings:
        if heading.visible and heading.level > 1 and is_content(heading):
            yield passed(heading)
    for block in visual_headings(rendering.facts, frozenset(map(plain, emphasis))):
        yield failed(block, "bold", name=block.text)

"""Checks of the area responsive: does the page hold when it is narrow, enlarged, spaced out or held sideways?"""

from collections.abc import Iterator

from auditor.derive.wording import plain
from auditor.model.facts import Element, LostText, Strain, Table
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Page, Rendering
from auditor.model.vocabulary import Viewport


def text_spacing(rendering: Rendering) -> Iterator[Outcome]:
    """With the line, paragraph, letter and word spacing of WCAG 2.1, 1.4.12, no text is lost."""
    strain = rendering.facts.spaced
    if strain and rendering.facts.text:
        yield from _losses(rendering, strain)


def text_enlarged(rendering: Rendering) -> Iterator[Outcome]:
    """Zoomed to 200 percent (WCAG 2.1, 1.4.4), the text is larger and none of it is lost."""
    strain = rendering.facts.halved
    if strain is None or not rendering.facts.text:
        return
    for element in strain.unscaled:
        yield failed(element, "unscaled")
    if strain.cut or not strain.unscaled:
        yield from _losses(rendering, strain)


def _losses(rendering: Rendering, strain: Strain) -> Iterator[Outcome]:
    yield from map(_loss, strain.cut)
    if not strain.cut:
        yield passed(rendering)


def _loss(item: LostText) -> Outcome:
    if item.by_design:
        return cant_tell(item, "shortened", text=item.lost)
    if item.way == "rest":
        return cant_tell(item, "rest", text=item.lost)
    return failed(item, item.way, text=item.lost)


def orientation(page: Page, *, hints: tuple[str, ...], most_words: int = 40) -> Iterator[Outcome]:
    """The page can be used upright and sideways: it neither turns its content nor asks to turn the device.

    What style sheets turn is told by accessibility/orientation; here only what scripts and unreadable sheets turn.

    Args:
        page: the page in all viewports. The phone shows it upright; half a desktop's screen, which has the shape of a
            phone held sideways, shows what its styles do for that.
        hints: what such a request says («vrid på telefonen»).
        most_words: a longer text over the screen is no request; our own choice.
    """
    phone, desktop = page.rendering(Viewport.PHONE), page.rendering(Viewport.DESKTOP)
    upright, sideways = phone and phone.facts.spaced, desktop and desktop.facts.halved
    if not upright or not sideways:
        return
    found = False
    by_style = any(turn.page for seen in (phone, desktop) if seen for turn in seen.access.turns)
    for here, there in ((upright, sideways), (sideways, upright)):
        known = {element.selector for element in there.turned}
        for element in here.turned:
            if element.selector not in known and not by_style:
                found = True
                yield failed(element, "turned")
        if here.cover and not there.cover and _asks(here.cover, hints, most_words):
            found = True
            yield failed(here.cover, "asks", text=here.cover.text[:80])
    if not found:
        yield passed(page)


def _asks(cover: Element, hints: tuple[str, ...], most_words: int) -> bool:
    said = f" {plain(cover.text)} "
    return said.count(" ") - 1 <= most_words and any(f" {plain(hint)} " in said for hint in hints)


def tables_fit(rendering: Rendering) -> Iterator[Outcome]:
    """A table fits the phone's screen, or scrolls in a frame of its own that says what it is."""
    ways = {item.selector: item for item in rendering.facts.wide}
    for table in rendering.facts.tables:
        if not table.visible or not _is_data(table):
            continue
        wide = ways.get(table.selector)
        if wide and wide.way == "page":
            yield failed(table, "page", width=round(table.box.width), screen=round(wide.edge))
        elif wide:
            yield failed(table, "cut")
        elif table.scrolls and table.scroller_focusable and not table.scroller_name:
            yield failed(table, "unnamed", cause=table.scroller)
        elif not table.scrolls or table.scroller_focusable:
            yield passed(table)


def _is_data(table: Table) -> bool:
    """Whether *table* holds data, after its own markup; tables that only lay out are judged as any other content."""
    if table.role in ("presentation", "none") or table.nested:
        return False
    return table.rows > 1 and table.columns > 1


def media_fit(rendering: Rendering) -> Iterator[Outcome]:
    """Pictures, videos and embedded pages are no wider than the phone's screen."""
    facts = rendering.facts
    wide = {item.selector: item for item in facts.wide if item.tag != "table"}
    for item in wide.values():
        if item.way == "page":
            yield failed(item, "wide", right=round(item.box.right), screen=round(item.edge))
        elif item.tag in ("iframe", "video", "object", "embed"):
            yield cant_tell(item, "cut")
    for element in (*facts.images, *facts.frames):
        if element.visible and element.selector not in wide:
            yield passed(element)

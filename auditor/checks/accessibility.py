"""Checks of accessibility where axe has no answer, or a wrong one: what styles, scripts and frames take from people."""

from collections.abc import Iterator

from auditor.derive.dom import element
from auditor.derive.meta import refresh, zooms
from auditor.derive.wording import are_akin, plain, words
from auditor.model.access import Frame, HeaderCell, Media
from auditor.model.outcome import Outcome, cant_tell, dismissed, failed, passed
from auditor.model.page import Document, Rendering

_SPACINGS = {
    "letter-spacing": ("letter_spacing", 0.12),
    "word-spacing": ("word_spacing", 0.16),
    "line-height": ("line_height", 1.5),
}
"""Property → message, and how many times the font size WCAG 1.4.12 lets people set."""
_ROUNDING = 0.002
_LITTLE = 0.15
"""Outside by so much of the area, content may fit in with another font."""
_TURNED = range(80, 101)
_ENOUGH = 2.0
"""WCAG 1.4.4: text can be enlarged to 200 per cent."""


def inline_spacing(rendering: Rendering) -> Iterator[Outcome]:
    """No style attribute keeps readers from spacing text as WCAG 1.4.12 lets them."""
    for text in rendering.access.spacings:
        if text.property == "line-height" and text.lines < 2:
            continue
        share, (message, least) = text.spacing / text.font_size, _SPACINGS[text.property]
        if share < least - _ROUNDING:
            yield failed(text, message, share=f"{share:.2f}", least=least)
        else:
            yield passed(text)


def frame_in_tab_order(rendering: Rendering) -> Iterator[Outcome]:
    """What can be tabbed to within a frame is reached: the frame is not taken out of the tab order."""
    by_axe = {
        node.place
        for finding in (rendering.axe.violations if rendering.axe else ())
        if finding.id == "frame-focusable-content"
        for node in finding.nodes
    }
    for frame in rendering.access.frames:
        if frame.nested:
            continue
        if not frame.shown or frame.focusable is False:
            yield dismissed(frame)
        elif not (frame.focusable or frame.selector in by_axe):
            continue
        else:
            yield failed(frame, "left_out", name=frame.name or frame.html) if frame.tab_index < 0 else passed(frame)


def scroll_area_focusable(rendering: Rendering) -> Iterator[Outcome]:
    """An area that scrolls on its own can be scrolled by keyboard."""
    for area in rendering.access.scrollers:
        if area.popup or area.inert:
            continue
        if area.focusable or area.focusable_inside:
            yield passed(area)
        else:
            yield failed(area, "unreachable") if area.outside > _LITTLE else cant_tell(area, "little")


def zoom_allowed(document: Document) -> Iterator[Outcome]:
    """The page lets people enlarge it twice at least."""
    for zoom in zooms(document):
        target = element(zoom.element)
        if zoom.scalable is False:
            yield failed(target, "forbidden")
        elif zoom.most is not None and zoom.most < _ENOUGH:
            yield failed(target, "little", most=f"{zoom.most:g}")
        else:
            yield passed(target)


def no_automatic_refresh(document: Document) -> Iterator[Outcome]:
    """The page does not reload, or lead elsewhere, after a while by itself."""
    found = refresh(document)
    if found:
        target = element(found.element)
        yield failed(target, "reloads", seconds=found.seconds) if found.seconds else passed(target)


def orientation(rendering: Rendering) -> Iterator[Outcome]:
    """The page is not turned on its side when the screen is held one way."""
    for turn in rendering.access.turns:
        angle = round(abs(turn.angle)) % 180
        if angle not in _TURNED:
            yield passed(turn)
        elif turn.page:
            yield failed(turn, "turned", angle=f"{abs(turn.angle):.0f}")
        else:
            yield cant_tell(turn, "part_turned", angle=f"{abs(turn.angle):.0f}")


def _starts_with_sound(media: Media) -> bool:
    return media.autoplay and not media.muted


def sound_can_be_stopped(rendering: Rendering, *, seconds: float = 3) -> Iterator[Outcome]:
    """Sound that starts by itself can be stopped.

    Args:
        rendering: the page in one viewport.
        seconds: how long a sound may last without a way to stop it.
    """
    for media in rendering.access.media:
        if not _starts_with_sound(media):
            continue
        if (media.controls and media.visible) or (
            media.seconds is not None and media.seconds <= seconds and not media.loops
        ):
            yield passed(media)
        elif media.seconds is None or not media.audible or media.other_controls:
            yield cant_tell(media, "look")
        else:
            yield failed(media, "goes_on", seconds=f"{media.seconds:.0f}")


def no_sound_by_itself(rendering: Rendering, *, seconds: float = 3) -> Iterator[Outcome]:
    """No sound starts by itself.

    Args:
        rendering: the page in one viewport.
        seconds: how long a sound may last.
    """
    for media in rendering.access.media:
        if not _starts_with_sound(media):
            continue
        if media.seconds is not None and media.seconds <= seconds and not media.loops:
            yield passed(media)
        elif media.seconds is None or not media.audible:
            yield cant_tell(media, "look")
        else:
            yield failed(media, "starts", seconds=f"{media.seconds:.0f}")


def table_header_cells(rendering: Rendering) -> Iterator[Outcome]:
    """Each header cell of a table is the header of some cell."""
    for cell in rendering.access.headers:
        yield passed(cell) if cell.assigned else _idle(cell)


def _idle(cell: HeaderCell) -> Outcome:
    return failed(cell, "idle", name=cell.text)


def name_where_allowed(rendering: Rendering) -> Iterator[Outcome]:
    """ARIA names stand only on elements that may have one."""
    for item in rendering.access.nameless:
        if not item.barred:
            yield passed(item)
        elif item.empty and item.tag in ("i", "span"):
            yield failed(item, "icon", attributes=item.attributes)
        else:
            yield failed(item, "barred", attributes=item.attributes)


def frames_told_apart(rendering: Rendering, *, small_words: tuple[str, ...]) -> Iterator[Outcome]:
    """Frames with the same name hold the same.

    Args:
        rendering: the page in one viewport.
        small_words: words that carry no subject.
    """
    groups: dict[str, list[Frame]] = {}
    for frame in rendering.access.frames:
        if frame.exposed and plain(frame.name):
            groups.setdefault(plain(frame.name), []).append(frame)
    for name, frames in groups.items():
        first = frames[0]
        for other in frames[1:]:
            if _same_content(first, other):
                yield passed(other)
            elif _sure_strangers(first, other, name, small_words):
                yield failed(other, "strangers", name=other.name, one=first.title, other=other.title)
            else:
                yield cant_tell(other, "maybe", name=other.name)


def _same_content(one: Frame, other: Frame) -> bool:
    if one.address and one.address.rstrip("/") == other.address.rstrip("/"):
        return True
    return one.readable and other.readable and bool(one.content) and one.content == other.content


def _sure_strangers(one: Frame, other: Frame, name: str, small_words: tuple[str, ...]) -> bool:
    """Two documents with titles and texts of their own, of which the common name tells neither."""
    if not (one.title and other.title and one.content and other.content) or plain(one.title) == plain(other.title):
        return False
    named = [word for word in name.split() if word not in small_words]
    if any(are_akin(word, title) for word in named for frame in (one, other) for title in words(frame.title)):
        return False
    some, others = set(words(one.content)), set(words(other.content))
    return len(some & others) <= 0.2 * min(len(some), len(others))


def main_landmark(rendering: Rendering) -> Iterator[Outcome]:
    """The page marks its main content."""
    if any(link.reachable for link in rendering.facts.links):
        yield passed(rendering) if rendering.access.mains else failed(rendering, "none")

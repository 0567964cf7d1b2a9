"""Checks of the area responsive: does a phone give the same content and ways as a desktop, in a form that fits it?"""

import re
from collections.abc import Iterator

from auditor.derive.contacts import contacts
from auditor.derive.outline import is_inside
from auditor.derive.parity import Reachable, destination, destinations, main_blocks, replaced, unopened, words_of
from auditor.derive.targets import crowded, is_default_button, is_small, pressable
from auditor.model.facts import Block, Facts, Field, FixedArea, Link, Overflow
from auditor.model.outcome import Outcome, Target, cant_tell, failed, passed, target_of
from auditor.model.page import Page, Rendering
from auditor.model.vocabulary import Viewport

_SEARCHES = re.compile(r"s[oö]k|search", re.IGNORECASE)
_SETTING = re.compile(r"([\w-]+)\s*=\s*([^\s,;]+)")


def viewport_meta(rendering: Rendering) -> Iterator[Outcome]:
    """The page asks the phone for its own width: width=device-width, or initial-scale alone."""
    content = rendering.facts.meta_viewport
    settings = {key.lower(): value.lower() for key, value in _SETTING.findall(content or "")}
    width = settings.get("width", "")
    if width == "device-width" or (not width and "initial-scale" in settings):
        yield passed(rendering)
    elif width:
        yield failed(rendering, "fixed", width=width)
    else:
        yield failed(rendering, "missing")


def reflow(rendering: Rendering, *, tolerance: int = 1, most: int = 10) -> Iterator[Outcome]:
    """At the width of 320 CSS pixels nothing must be scrolled sideways, but for what needs two dimensions.

    Args:
        rendering: the page at 320 CSS pixels (WCAG 2.1, 1.4.10).
        tolerance: pixels that rounding may add to the page's width.
        most: how many elements are named.
    """
    facts = rendering.facts
    scrolls = facts.scroll_width > facts.width + tolerance
    found = False
    for element in facts.overflow[:most]:
        outcome = _clipped(element) if element.clipped else _sticking_out(element, facts) if scrolls else None
        if outcome:
            found = True
            yield outcome
    if found:
        return
    if not scrolls or any(element.exempt for element in facts.overflow):
        yield passed(rendering)
    else:
        yield cant_tell(rendering, "unknown", width=facts.scroll_width)


def _sticking_out(element: Overflow, facts: Facts) -> Outcome | None:
    if element.exempt:
        return cant_tell(element, "dragged", kind=element.exempt) if element.content else None
    right = round(element.box.right)
    if element.content and element.box.x < facts.width:
        return failed(element, "wide", right=right, width=facts.width)
    return cant_tell(element, "empty", right=right, width=facts.width)


def _clipped(element: Overflow) -> Outcome | None:
    if element.exempt or not element.text:
        return None
    if element.by_design or element.content != "text":
        return cant_tell(element, "clipped_unsure")
    return failed(element, "clipped")


def content_parity(
    page: Page, *, hints: tuple[str, ...], labels: tuple[str, ...], share: float = 0.8, words: int = 4, most: int = 10
) -> Iterator[Outcome]:
    """What the desktop's page says and asks can be read and filled in on the phone too, if need be after opening it.

    Args:
        page: the page in all viewports.
        hints: words that belong to a desktop alone («skriv ut»); texts with them are left out.
        labels: what a list of contents is called; such lists are judged by a rule of their own.
        share: how much of a text's three-word sequences must be found, for texts that are split up differently.
        words: texts shorter than this are left out, unless they are headings.
        most: how many missing blocks are named.
    """
    desktop, phone = page.rendering(Viewport.DESKTOP), page.rendering(Viewport.PHONE)
    if not desktop or not phone:
        return
    there = Reachable(phone.facts)
    uncertain = "phone:reveal" in page.untested or phone.facts.truncated or desktop.facts.truncated
    folded = _perhaps_folded(phone.facts)
    missing: list[Block] = []
    for block in main_blocks(desktop.facts):
        if not _counts(block, hints, words) or _is_index(block, desktop.facts, labels):
            continue
        if there.says(block.text, share) or there.shows_most_of(block):
            yield passed(_on_desktop(page, block))
        else:
            missing.append(block)
            if len(missing) <= most:
                yield _missing(page, block, phone.facts, desktop.facts, uncertain or block.selector in folded)
    yield from _missing_fields(page, desktop.facts, phone.facts, uncertain)
    yield from _missing_contacts(page, desktop.facts, phone.facts, missing, uncertain)


def _perhaps_folded(facts: Facts) -> frozenset[str]:
    """Selectors of the hidden blocks, if something in the content that looks like a toggle brought nothing to light."""
    has_main = any(area.role == "main" for area in facts.landmarks)
    if not any("main" in control.regions or not has_main for control in unopened(facts)):
        return frozenset()
    return frozenset(block.selector for block in facts.blocks if not block.reachable)


def _is_index(block: Block, facts: Facts, labels: tuple[str, ...]) -> bool:
    """Whether *block* is the heading of a list of contents, or a list of nothing but links: other rules judge those."""
    if block.kind == "heading":
        return " ".join(words_of(block.text)) in labels
    if block.kind != "list":
        return False
    linked = {word for link in facts.links if is_inside(link, block) for word in words_of(f"{link.name} {link.text}")}
    return linked.issuperset(words_of(block.text))


def _missing_fields(page: Page, desktop: Facts, phone: Facts, uncertain: bool) -> Iterator[Outcome]:
    """Fields that can be filled in on the desktop alone. Searching has rules of its own."""
    there = {(field.key, field.name) for field in phone.fields if field.reachable}
    there |= {(field.selector, field.kind) for field in phone.fields if field.reachable}
    for field in desktop.fields:
        if not field.visible or not field.name or field.kind == "search" or "search" in field.regions:
            continue
        target = _on_desktop(page, field)
        if (field.key, field.name) in there or (field.selector, field.kind) in there:
            yield passed(target)
        elif not _searches(field, desktop):
            yield _lacking(target, "no_field", field.name, uncertain)


def _searches(field: Field, facts: Facts) -> bool:
    return any(is_inside(field, form) and _SEARCHES.search(f"{form.action} {form.html}") for form in facts.forms)


def _missing_contacts(
    page: Page, desktop: Facts, phone: Facts, missing: list[Block], uncertain: bool
) -> Iterator[Outcome]:
    """Numbers and mailboxes that the desktop alone gives, where no text was missed that holds them."""
    there = {(item.kind, item.value) for item in contacts(phone)}
    for item in contacts(desktop):
        if (item.kind, item.value) in there:
            continue
        if item.shown in phone.text or any(item.shown in block.text for block in missing):
            continue
        target = Target(url=page.url, viewport=Viewport.DESKTOP, selector=item.selector, text=item.shown)
        yield _lacking(target, "no_contact", item.shown, uncertain)


def _lacking(target: Target, message: str, text: str, uncertain: bool) -> Outcome:
    return cant_tell(target, "not_opened", text=text) if uncertain else failed(target, message, text=text)


def _counts(block: Block, hints: tuple[str, ...], words: int) -> bool:
    text = words_of(block.text)
    if not text or (block.kind != "heading" and len(text) < words):
        return False
    running = f" {' '.join(text)} "
    return not any(f" {' '.join(words_of(hint))} " in running for hint in hints)


def _missing(page: Page, block: Block, phone: Facts, desktop: Facts, uncertain: bool) -> Outcome:
    target = _on_desktop(page, block)
    text = block.text if len(block.text) <= 80 else block.text[:79] + "…"
    if uncertain:
        return cant_tell(target, "not_opened", text=text)
    if replaced(block, phone, desktop):
        return cant_tell(target, "replaced", text=text)
    return failed(target, "missing", text=text)


def navigation_parity(page: Page, *, most: int = 20, menu: int = 3) -> Iterator[Outcome]:
    """What one can go to from the desktop's page one can go to from the phone's, by some link.

    Args:
        page: the page in all viewports.
        most: how many missing destinations are named.
        menu: from this many hidden destinations on, a phone where nothing could be opened may have a menu whose button
            was not recognised.
    """
    desktop, phone = page.rendering(Viewport.DESKTOP), page.rendering(Viewport.PHONE)
    if not desktop or not phone:
        return
    reached = destinations(link for link in phone.facts.links if link.reachable)
    uncertain = "phone:reveal" in page.untested or phone.facts.truncated
    hidden = destinations(link for link in phone.facts.links if not link.reachable)
    missing = destinations(link for link in desktop.facts.links if link.reachable) & hidden - reached
    closed = bool(unopened(phone.facts)) or (
        len(missing) >= menu and not any(link.revealed_by for link in phone.facts.links)
    )
    seen: set[str] = set()
    for link in desktop.facts.links:
        address = destination(link)
        if not _leads_away(link, address, page.url) or address in seen:
            continue
        seen.add(address)
        if address in reached:
            yield passed(_on_desktop(page, link))
        elif most:
            most -= 1
            target = _on_desktop(page, link)
            name = link.name or address
            if uncertain or (address in hidden and closed):
                yield cant_tell(target, "not_opened", cause=address, name=name)
            else:
                yield failed(target, "missing", cause=address, name=name)


def _leads_away(link: Link, address: str, here: str) -> bool:
    if not link.reachable or not link.href.startswith(("http://", "https://", "file://")):
        return False
    return address != re.sub(r"(/index\.html?|/)$", "", here)


def _on_desktop(page: Page, element: Block | Field | Link) -> Target:
    return target_of(element, url=page.url, viewport=Viewport.DESKTOP)


def target_size(rendering: Rendering, *, size: int = 24, most: int = 30) -> Iterator[Outcome]:
    """Links and buttons are large enough to hit, or have free room around them.

    Args:
        rendering: the page on the phone.
        size: CSS pixels of each side (WCAG 2.2, 2.5.8).
        most: how many failing targets are named; a long index with small links is one thing to mend.
    """
    everything = pressable(rendering.facts)
    links = [item for item in everything if isinstance(item, Link)]
    beside = [link for link in rendering.facts.beside if link.visible]
    large = {link.href for link in (*links, *beside) if not is_small(link.box, size)}
    small = dict.fromkeys(item.selector for item in everything if is_small(item.box, size))
    for item in everything:
        if item.selector not in small and not (isinstance(item, Link) and item.inline):
            yield passed(item)
    for item, crowding in crowded(everything, size):
        if (isinstance(item, Link) and item.inline) or is_default_button(item):
            continue
        has_twin = isinstance(item, Link) and item.href in large
        if item.enlarged or has_twin or crowding is None:
            yield passed(item)
        elif most:
            most -= 1
            width, height = round(item.box.width), round(item.box.height)
            yield failed(item, "small", width=width, height=height, neighbour=crowding.neighbour or "–", size=size)


def fixed_share(rendering: Rendering, *, limit: float = 0.3) -> Iterator[Outcome]:
    """What stays in place while the page scrolls leaves most of the screen to the content.

    Args:
        rendering: the page in one viewport, after the cookie banner was answered.
        limit: the largest share of the screen for all areas together; our own choice.
    """
    facts = rendering.facts
    areas = [area for area in facts.fixed if area.visible and not _is_column(area, facts)]
    if not areas:
        return
    banners = [area for area in areas if area.is_banner]
    together = sum(area.share for area in areas if not area.is_banner)
    largest = max(areas, key=lambda area: area.share)
    if together > limit and _is_panel(largest, facts):
        yield cant_tell(largest, "panel", percent=round(largest.share * 100))
    elif together > limit:
        yield failed(largest, "covered", percent=round(together * 100), limit=round(limit * 100))
    elif sum(area.share for area in banners) > limit:
        yield cant_tell(banners[0], "banner", percent=round(sum(area.share for area in banners) * 100))
    else:
        yield passed(largest)


def _is_panel(area: FixedArea, facts: Facts) -> bool:
    """A panel along one side: a menu that was opened for the wide screen on which the page was loaded, it may be."""
    return area.box.height >= 0.8 * facts.height and area.box.width <= 0.9 * facts.width


def _is_column(area: FixedArea, facts: Facts) -> bool:
    """A column beside the content, as desktops have room for, takes nothing from the lines that one reads."""
    return area.box.width <= facts.width / 2 and area.box.height >= facts.height / 2 and facts.width >= 1000

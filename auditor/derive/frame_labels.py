"""What the functions that every page has around its content are called on one page."""

from collections.abc import Iterator

from auditor.derive.menus import menu_controls
from auditor.derive.search import searches
from auditor.model.page import Page
from auditor.model.site import Label
from auditor.model.vocabulary import Viewport


def frame_labels(page: Page) -> Iterator[Label]:
    """Names of the site's search field and of the menu's button, in each viewport where they can be reached."""
    for seen in page.renderings:
        if seen.viewport is Viewport.NARROW:
            continue
        field = searches(seen.facts, seen.url, names=(), others=()).best
        if field and field.reachable and field.name and "main" not in field.regions:
            yield Label(kind="search", name=field.name, selector=field.selector, viewport=seen.viewport)
        buttons = [item for item in menu_controls(seen.facts) if item.visible and item.name and not item.revealed_by]
        if len(buttons) == 1:
            yield Label(kind="menu", name=buttons[0].name, selector=buttons[0].selector, viewport=seen.viewport)

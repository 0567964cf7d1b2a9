"""Checks of the area search: the field itself, and what happens while one writes in it."""

from collections import defaultdict
from collections.abc import Iterator

from auditor.derive.search import forms_of, plain, searches
from auditor.derive.urls import path_of
from auditor.model.facts import Field, Form
from auditor.model.outcome import Outcome, Target, cant_tell, failed, passed
from auditor.model.page import Rendering
from auditor.model.search import Asked, Suggestions
from auditor.model.site import Site

_POPUPS = frozenset({"listbox", "grid", "tree", "dialog", "menu"})
_CHOICES = frozenset({"option", "gridcell", "row", "treeitem", "menuitem"})


def search_landmark(rendering: Rendering, *, others: tuple[str, ...]) -> Iterator[Outcome]:
    """The site's search field stands in a search landmark.

    Args:
        rendering: the page in one viewport.
        others: words that tell that a field searches something else.
    """
    for field in searches(rendering.facts, rendering.url, names=(), others=others).sure:
        if field.reachable:
            yield passed(field) if "search" in field.regions else failed(field, "missing")


def searches_told_apart(rendering: Rendering, *, others: tuple[str, ...]) -> Iterator[Outcome]:
    """Search fields that search different things have different names.

    Args:
        rendering: the page in one viewport.
        others: words that tell that a field searches something else.
    """
    found = searches(rendering.facts, rendering.url, names=(), others=())
    of_site = searches(rendering.facts, rendering.url, names=(), others=others).best
    forms = forms_of(rendering.facts)
    fields = [field for field in (*found.sure, *found.possible) if field.visible and field.kind == "search"]
    named: dict[str, dict[str, list[Field]]] = defaultdict(lambda: defaultdict(list))
    for field in fields:
        form = forms.get(field.selector)
        named[_called(field, form)][_target(field, form)].append(field)
    if len({target for targets in named.values() for target in targets}) < 2:
        return
    for targets in named.values():
        alike = [field for fields in targets.values() for field in fields]
        for field in alike:
            if len(targets) < 2:
                yield passed(field)
            elif of_site is None or field.selector != of_site.selector:
                yield failed(field, "same", name=field.name)


def _called(field: Field, form: Form | None) -> str:
    """What a screen reader says on the way to the field: the landmark's or form's name, and its own."""
    return plain(f"{form.name if form else ''} {field.name}")


def _target(field: Field, form: Form | None) -> str:
    """What the field searches, as far as the markup tells: where its form leads, else nothing but itself."""
    return path_of(form.action).partition("?")[0] if form and form.action else field.selector


def enter_submits(site: Site) -> Iterator[Outcome]:
    """Enter sends what was typed into the search field.

    Args:
        site: the whole site; its search was tried from one page.
    """
    for asked in _tried(site):
        if asked.sent_by == "enter":
            yield passed(_target_of(asked))
        elif asked.sent_by == "button":
            yield failed(_target_of(asked), "button", cause="enter")
        else:
            yield cant_tell(_target_of(asked), "silent", cause="silent")


def field_width(site: Site, *, characters: int = 20) -> Iterator[Outcome]:
    """The search field shows what one usually types, on a desktop.

    Args:
        site: the whole site; its search was tried from one page.
        characters: how many must be seen; 20 after the Norwegian quality criteria for public websites
            (Difi, Kvalitet på nett).
    """
    for asked in _tried(site):
        if asked.characters >= characters:
            yield passed(_target_of(asked))
        elif asked.characters:
            yield failed(_target_of(asked), "short", cause="short", seen=asked.characters, least=characters)


def suggestions_by_keyboard(site: Site) -> Iterator[Outcome]:
    """What the search field suggests can be reached with the keyboard.

    Args:
        site: the whole site; its search was tried from one page.
    """
    for asked, seen in _suggested(site):
        if seen.arrow in ("active", "focus") or seen.tabbable:
            yield passed(_target_of(asked))
        elif seen.arrow == "marked":
            yield cant_tell(_target_of(asked), "marked", cause="marked", first=seen.first)
        else:
            yield failed(_target_of(asked), "mouse", cause="mouse", first=seen.first)


def suggestions_as_combobox(site: Site) -> Iterator[Outcome]:
    """What the search field suggests follows the pattern for a combobox.

    Args:
        site: the whole site; its search was tried from one page.
    """
    for asked, seen in _suggested(site):
        lacks = list(_lacks(seen))
        for message in lacks:
            yield failed(_target_of(asked), message, cause=message, first=seen.first)
        if not lacks:
            yield passed(_target_of(asked))


def _lacks(seen: Suggestions) -> Iterator[str]:
    """What of the ARIA pattern «combobox with a popup» is missing."""
    if seen.field_role != "combobox":
        yield "role"
        return
    if seen.expanded != "true":
        yield "state"
    if seen.popup_role not in _POPUPS:
        yield "popup"
    elif seen.option_role not in _CHOICES:
        yield "choices"


def _tried(site: Site) -> Iterator[Asked]:
    """How the search behaved, once per field: the first try, which was watched."""
    seen: set[tuple[str, str]] = set()
    tries = [page.asked for page in site.pages if page.asked]
    for asked in sorted(tries, key=lambda asked: asked.suggestions is None):
        if (asked.page, asked.field.selector) not in seen:
            seen.add((asked.page, asked.field.selector))
            yield asked


def _suggested(site: Site) -> Iterator[tuple[Asked, Suggestions]]:
    for asked in _tried(site):
        if asked.suggestions and asked.suggestions.choices:
            yield asked, asked.suggestions


def _target_of(asked: Asked) -> Target:
    field = asked.field
    return Target(url=asked.page, selector=field.selector, text=field.name, html=field.html, box=field.box)

"""What a page of results lets one do: sort the hits, narrow them, and go on to further ones."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bs4 import Tag

from auditor.derive.result_selectors import NO_SELECTORS, ResultSelectors
from auditor.derive.result_tree import many, name_of, number_of, place_of, regions, text_of
from auditor.derive.result_words import (
    SearchWords,
    adds_hits,
    holds,
    leads_on,
    names_an_order,
    order_of,
    said,
)
from auditor.model.search import Choice, Order

_COUNTED = re.compile(
    r"^(?P<label>.*?\w.*?)[\s,:–-]*[(\[]?\s*(?P<count>\d[\d\s\xa0]*)\s*(?:st|träffar|results)?[)\]]?$"
)
_SECRET = frozenset({"password", "email", "tel", "file"})
_PRESSED = ",".join(
    (
        *("a", "button", "input", "[onclick]", "[tabindex]"),
        *(f"[role={role}]" for role in ("button", "tab", "option", "radio", "checkbox", "link")),
        *("[role=menuitem]", "[role=menuitemradio]"),
    )
)
_GROUPS = frozenset({"ul", "ol", "fieldset", "form", "nav", "dl", "section", "aside", "main", "body", "details"})
_LEAD_LENGTH = 60
_OUTSIDE = frozenset({"banner", "contentinfo"})


@dataclass(frozen=True)
class Press:
    """What is pressed, or where one goes, to have the hits shown otherwise."""

    name: str
    number: int | None = None
    """By which the snapshot knows it."""
    address: str = ""
    """Where it leads, if it is a link with an address."""
    option: str = ""
    """The value that a select field is set to."""
    submits: int | None = None
    """The button that must be pressed afterwards, where a choice alone does nothing; by its number."""


@dataclass(frozen=True)
class Controls:
    """What a page of results lets one do."""

    orders: Mapping[Order, Press]
    choices: Mapping[Choice, Press]
    onward: Press | None
    adds: bool
    """What leads on adds hits below those that are shown."""
    toggles: tuple[Press, ...]
    """Closed things that may hold orders or choices."""


def find_controls(
    body: Tag,
    address: str,
    words: SearchWords,
    hits: Collection[int],
    *,
    others: Collection[str] = (),
    given: ResultSelectors = NO_SELECTORS,
    anywhere: bool = False,
) -> Controls:
    """The controls in *body*.

    Args:
        body: the page.
        address: its address.
        words: what controls are called.
        hits: identities (``id()``) of the elements that hold hits, in which no control is looked for.
        others: places (host and path) besides the page's own that answer a search.
        anywhere: look in header and footer too, as hits lie there.
        given: what the site file says of them. That too is used only where it can do nothing but search.
    """
    places = {place_of(address), *others}
    outside = frozenset[str]() if anywhere else _OUTSIDE
    items = [tag for tag in body.select(_PRESSED) if _may_be_control(tag, hits, places, outside)]
    selects = [tag for tag in body.find_all("select") if _is_harmless(tag, places) and not _inside(tag, hits)]
    orders = _given_orders(body, given.sort, places) if given.sort else _orders(items, selects, words)
    taken = {(press.number, press.address) for press in orders.values()}
    onward = (
        next(_given(body, given.next, places), None)
        if given.next
        else next((press for tag in items if (press := _onward(tag, places))), None) or _next_number(items)
    )
    free = [tag for tag in items if (press := _press(tag)) and (press.number, press.address) not in taken]
    choices = (
        {_choice(press.name): press for press in _given(body, given.filters, places)}
        if given.filters
        else _choices(free, selects, words)
    )
    return Controls(
        orders=orders,
        choices=choices,
        onward=onward,
        adds=bool(onward and not onward.address and adds_hits(onward.name)),
        toggles=tuple(_toggles(items, words)),
    )


def _given_orders(body: Tag, sort: Mapping[Order, str], places: Collection[str]) -> dict[Order, Press]:
    found = {order: next(_given(body, selector, places), None) for order, selector in sort.items()}
    return {order: press for order, press in found.items() if press}


def _given(body: Tag, selector: str, places: Collection[str]) -> Iterator[Press]:
    """What *selector* matches and may be pressed; of a select field, each of its options."""
    for tag in body.select(selector):
        if tag.has_attr("disabled") or tag.get("aria-disabled") == "true" or not _is_harmless(tag, places):
            continue
        options = tag.find_all("option") if tag.name == "select" else [tag] if tag.name == "option" else []
        for option in options:
            select = option.find_parent("select")
            if isinstance(select, Tag) and option.get("value"):
                yield _pick(select, option)
        if not options and (press := _press(tag)):
            yield press


def _pick(select: Tag, option: Tag) -> Press:
    """What chooses an option."""
    return Press(text_of(option), number_of(select), option=str(option.get("value") or ""), submits=_submit_of(select))


def _inside(tag: Tag, hits: Collection[int]) -> bool:
    return any(id(one) in hits for one in (tag, *tag.parents))


def _may_be_control(tag: Tag, hits: Collection[int], places: Collection[str], outside: Collection[str]) -> bool:
    """Not in a hit nor *outside*, and harmless: it leads back to results, or does something where it stands."""
    if _inside(tag, hits) or regions(tag).intersection(outside) or tag.has_attr("disabled"):
        return False
    if tag.name == "a" and tag.has_attr("href"):
        href = str(tag["href"])
        scripted = href.startswith("javascript:") or "#" in href
        return scripted or place_of(href) in places
    if tag.name == "input" and tag.get("type") not in ("radio", "checkbox"):
        return False
    return _is_harmless(tag, places)


def _is_harmless(tag: Tag, places: Collection[str]) -> bool:
    """Whether *tag* belongs to no form but one that searches: nothing else is ever sent."""
    form = tag.find_parent("form")
    return form is None or searches_only(form, places)


def searches_only(form: Tag, places: Collection[str]) -> bool:
    """Whether *form* can do nothing but search: it is sent by GET to where results are, and asks for nothing else."""
    if str(form.get("method") or "get").lower() != "get" or form.find("textarea"):
        return False
    if any(str(field.get("type") or "").lower() in _SECRET for field in form.find_all("input")):
        return False
    action = str(form.get("action") or "")
    return not action.startswith("http") or place_of(action) in places


def _press(tag: Tag) -> Press | None:
    href = str(tag.get("href") or "") if tag.name == "a" else ""
    address = href if href.startswith(("http://", "https://")) and "#" not in href else ""
    number = number_of(tag)
    if number is None and not address:
        return None
    return Press(name_of(tag), number, address, submits=_submit_of(tag))


def _submit_of(tag: Tag) -> int | None:
    """The button that sends the form of a field, if one must press it; where the field sends it itself none is seen."""
    form = tag.find_parent("form") if tag.name in ("input", "select") else None
    if form is None:
        return None
    for button in form.find_all(["button", "input"]):
        kind = str(button.get("type") or ("submit" if button.name == "button" else "")).lower()
        if kind == "submit" and number_of(button) is not None:
            return number_of(button)
    return None


def _orders(items: list[Tag], selects: list[Tag], words: SearchWords) -> dict[Order, Press]:
    """Order → what sorts so: select fields first, else the largest group of controls named after orders."""
    for select in selects:
        found: dict[Order, Press] = {}
        for option in select.find_all("option"):
            order = order_of(text_of(option) or str(option.get("value") or ""), words)
            if order and order not in found:
                found[order] = _pick(select, option)
        if len(found) >= 2 or (found and _is_led(select, words.sort_leads)):
            return found
    groups: dict[int, dict[Order, Press]] = defaultdict(dict)
    led: set[int] = set()
    for tag in items:
        name = name_of(tag)
        order = order_of(name, words) if names_an_order(name, words) else None
        press = _press(tag) if order else None
        if order and press:
            around = _group_of(tag)
            groups[id(around)].setdefault(order, press)
            if holds(said(name), words.sort_leads) or _is_led(around, words.sort_leads):
                led.add(id(around))
    sure = [found for key, found in groups.items() if len(found) >= 2 or key in led]
    return max(sure, key=len, default={})


def _group_of(tag: Tag) -> Tag:
    """The nearest list, set of fields or the like around *tag*; else its parent's parent."""
    for parent in tag.parents:
        role = str(parent.get("role") or "") if parent.name != "[document]" else ""
        if parent.name in _GROUPS or role in ("group", "radiogroup", "tablist", "listbox", "menu", "toolbar"):
            return parent
    return tag.parent or tag


def _is_led(tag: Tag, leads: Collection[str]) -> bool:
    """Whether *tag* is named, headed or preceded by one of *leads*."""
    near = [name_of(tag) if tag.get("aria-label") or tag.get("data-name") else "", _legend(tag)]
    for one in (tag, *list(tag.parents)[:2]):
        before = one.find_previous_sibling() if one.name != "[document]" else None
        near.append(text_of(before)[:_LEAD_LENGTH] if isinstance(before, Tag) else "")
        text = text_of(one)[:_LEAD_LENGTH] if one is not tag or tag.name != "select" else ""
        near.append(" ".join(text.split()[:3]))
    return any(f"{said(text)} ".startswith(tuple(f"{lead} " for lead in leads)) for text in near if text)


def _legend(tag: Tag) -> str:
    legend = tag.find(["legend", "summary", "h2", "h3", "h4", "h5"], recursive=False)
    return text_of(legend) if isinstance(legend, Tag) else ""


def _choices(items: list[Tag], selects: list[Tag], words: SearchWords) -> dict[Choice, Press]:
    """What narrows the hits: groups of controls with numbers, or under a word that says so."""
    groups: dict[int, list[tuple[Choice, Press]]] = defaultdict(list)
    arounds: dict[int, Tag] = {}
    for tag in items:
        press = _press(tag)
        if press is None or leads_on(press.name) or press.name.strip().isdigit():
            continue
        around = _group_of(tag)
        arounds[id(around)] = around
        groups[id(around)].append((_choice(press.name), press))
    for select in selects:
        arounds[id(select)] = select
        for option in select.find_all("option"):
            if option.get("value") and not order_of(text_of(option), words):
                press = _pick(select, option)
                groups[id(select)].append((_choice(press.name), press))
    found: dict[Choice, Press] = {}
    for key, group in groups.items():
        counted = sum(choice.count is not None for choice, _ in group)
        if (counted >= 2 and counted * 2 >= len(group)) or (
            len(group) >= 2 and _is_led(arounds[key], words.narrow_leads)
        ):
            for choice, press in group:
                if said(choice.label) not in words.narrow_all and (counted == 0 or choice.count is not None):
                    found.setdefault(choice, press)
    return found


def _choice(name: str) -> Choice:
    match = _COUNTED.match(name)
    if not match:
        return Choice(label=name)
    return Choice(label=match["label"].strip(" ,:(–-"), count=int(re.sub(r"\D", "", match["count"])))


def _onward(tag: Tag, places: Collection[str]) -> Press | None:
    if tag.get("aria-disabled") == "true":
        return None
    if leads_on(name_of(tag)) or leads_on(text_of(tag)) or "next" in many(tag, "rel"):
        return _press(tag)
    return None


def _next_number(items: list[Tag]) -> Press | None:
    """The page number after the one that is marked as current, or that stands among the links without being one."""
    numbered = {int(number): tag for tag in items if (number := text_of(tag).strip()).isdecimal() and len(number) < 5}
    if not numbered:
        return None
    current = next((number for number, tag in numbered.items() if _is_current(tag)), None)
    if current is None:
        current = next((number for number in range(1, max(numbered)) if number not in numbered), 1)
    following = numbered.get(current + 1)
    return _press(following) if following is not None else None


def _is_current(tag: Tag) -> bool:
    around = tag.find_parent("li")
    return any(one.get("aria-current") not in (None, "false") for one in (tag, around) if one is not None)


def _toggles(items: list[Tag], words: SearchWords) -> Iterator[Press]:
    leads = (*words.sort_leads, *words.narrow_leads)
    for tag in items:
        closed = tag.get("aria-expanded") == "false"
        if closed and said(name_of(tag)).startswith(leads) and (press := _press(tag)):
            yield press

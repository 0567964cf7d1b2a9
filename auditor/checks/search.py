"""Checks of the area search: can one find the site's search, and does its page of results help?"""

from collections.abc import Iterator

from auditor.derive.parity import unopened, words_of
from auditor.derive.results import echoes, hits_of, is_blank, may_be_elsewhere, says_nothing_found, told_count
from auditor.derive.search import plain, searches
from auditor.model.facts import Control, Facts, Field, Link
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Rendering


def search_reachable(
    rendering: Rendering, *, names: tuple[str, ...], others: tuple[str, ...], taps: int = 1
) -> Iterator[Outcome]:
    """The site's search can be used at once, or after one tap.

    Args:
        rendering: the page in one viewport.
        names: what links and buttons to the search are called.
        others: words that tell that a field searches something else.
        taps: how many toggles may have to be opened first.
    """
    found = searches(rendering.facts, rendering.url, names=names, others=others)
    candidates: tuple[Field | Link, ...] = (*found.sure, *found.links)
    ways = sorted((item for item in candidates if item.reachable), key=lambda item: len(item.revealed_by))
    near = next((item for item in ways if len(item.revealed_by) <= taps), None)
    buttons = [item for item in found.buttons if item.visible and not _belongs(item, rendering.facts.fields)]
    if near is not None:
        yield passed(near)
    elif buttons:
        yield cant_tell(buttons[0], "button")
    elif ways:
        yield failed(ways[0], "deep", taps=len(ways[0].revealed_by))
    elif possible := next((item for item in found.possible if item.reachable), None):
        yield cant_tell(possible, "ambiguous")
    elif rendering.facts.truncated or _is_waiting(rendering.facts, found.sure + found.possible):
        yield cant_tell(rendering, "not_opened")
    else:
        yield failed(rendering, "none")


def _belongs(button: Control | Link, fields: tuple[Field, ...]) -> bool:
    """Whether *button* sends one of *fields*, which is seen already and stands beside it or just above."""
    return any(field.visible and -30 < button.box.y - field.box.y < 100 for field in fields)


def _is_waiting(facts: Facts, fields: tuple[Field, ...]) -> bool:
    """Whether a field is hidden in the page and something could not be opened that may show it."""
    opened = any(item.revealed_by for items in (facts.links, facts.fields) for item in items)
    return bool(fields) and (bool(unopened(facts)) or (not opened and any(not link.visible for link in facts.links)))


def search_field_label(rendering: Rendering, *, names: tuple[str, ...], others: tuple[str, ...]) -> Iterator[Outcome]:
    """The search field has a name that stays when something is typed.

    Args:
        rendering: the page in one viewport.
        names: what links and buttons to the search are called.
        others: words that tell that a field searches something else.
    """
    for field in searches(rendering.facts, rendering.url, names=names, others=others).sure:
        if not field.reachable:
            continue
        if field.label_source in ("label", "aria-label", "aria-labelledby"):
            yield passed(field)
        elif field.label_source == "placeholder":
            yield failed(field, "placeholder", placeholder=field.placeholder)


def query_echoed(rendering: Rendering, *, words: tuple[str, ...]) -> Iterator[Outcome]:
    """The page of results repeats what was typed.

    Args:
        rendering: a page of results in one viewport.
        words: words about searching that tell a repeated query from the same word in a hit.
    """
    if not rendering.query:
        return
    answer = echoes(rendering, words)
    if answer:
        yield passed(rendering)
    elif answer is None or may_be_elsewhere(rendering.facts):
        yield cant_tell(rendering, "unsure", query=rendering.query)
    else:
        yield failed(rendering, "missing", query=rendering.query)


def hit_count(rendering: Rendering, *, nothing: tuple[str, ...], orders: tuple[str, ...]) -> Iterator[Outcome]:
    """The page of results tells how many hits there are.

    Args:
        rendering: a page of results in one viewport.
        nothing: ways of saying that nothing was found.
        orders: names of orders to sort by, which are no hits.
    """
    if not rendering.query or not rendering.hits_expected:
        return
    text = rendering.facts.main_text
    if told_count(text) or told_count(rendering.facts.title):
        yield passed(rendering)
    elif hits_of(rendering, orders):
        yield failed(rendering, "missing", query=rendering.query)
    elif not says_nothing_found(text, nothing):
        yield cant_tell(rendering, "no_hits", query=rendering.query)


def no_hits_help(
    rendering: Rendering,
    *,
    nothing: tuple[str, ...],
    advice: tuple[str, ...],
    ways: tuple[str, ...],
    orders: tuple[str, ...],
) -> Iterator[Outcome]:
    """A search without hits says so, and offers a way on.

    Args:
        rendering: a page of results for a nonsense word, in one viewport.
        nothing: ways of saying that nothing was found.
        advice: words of advice on searching again.
        ways: names of links that lead on.
        orders: names of orders to sort by, which are no hits.
    """
    if not rendering.query or rendering.hits_expected is not False:
        return
    facts, text = rendering.facts, rendering.facts.main_text
    says = says_nothing_found(text, nothing)
    if not says:
        hits = hits_of(rendering, orders)
        if (told_count(text) or 0) > 0 or (hits and hits.about_query):
            return
        if hits or may_be_elsewhere(facts):
            yield cant_tell(rendering, "unclear", query=rendering.query)
        else:
            yield failed(rendering, "empty" if is_blank(facts) else "silent", query=rendering.query)
    elif _gives_advice(text, advice) or any(_leads_on(link, facts, ways) for link in facts.links):
        yield passed(rendering)
    else:
        yield failed(rendering, "no_way_on", query=rendering.query)


def _gives_advice(text: str, advice: tuple[str, ...]) -> bool:
    running = f" {' '.join(words_of(text))} "
    return any(f" {' '.join(words_of(words))} " in running for words in advice)


def _leads_on(link: Link, facts: Facts, ways: tuple[str, ...]) -> bool:
    marked = any("main" in other.regions for other in facts.links)
    outside = {"navigation", "banner", "contentinfo", "search"}.intersection(link.regions)
    if not link.visible or outside or (marked and "main" not in link.regions):
        return False
    if link.raw_href.startswith(("tel:", "mailto:")):
        return True
    name = plain(link.name)
    return any(
        name == plain(way) or name.startswith(plain(way) + " ") or name.endswith(" " + plain(way)) for way in ways
    )


def result_list(rendering: Rendering, *, nothing: tuple[str, ...], orders: tuple[str, ...]) -> Iterator[Outcome]:
    """Hits are marked up as a list, or each has a heading.

    Args:
        rendering: a page of results in one viewport.
        nothing: ways of saying that nothing was found.
        orders: names of orders to sort by, which are no hits.
    """
    if not rendering.query or not rendering.hits_expected:
        return
    hits = hits_of(rendering, orders)
    if hits is None:
        if not says_nothing_found(rendering.facts.main_text, nothing):
            yield cant_tell(rendering, "no_hits", query=rendering.query)
        return
    for link in hits.links:
        if link.item or link.in_heading:
            yield passed(link)
        else:
            yield failed(link, "loose", name=link.name)


def sort_orders(
    rendering: Rendering, *, leads: tuple[str, ...], orders: tuple[str, ...], many: int = 10
) -> Iterator[Outcome]:
    """Many hits can be sorted, and what sorts them can be used with a keyboard.

    Args:
        rendering: a page of results in one viewport.
        leads: words that say that something sorts.
        orders: names of orders to sort by.
        many: from this many hits on, sorting is asked for; our own choice.
    """
    if not rendering.query or not rendering.hits_expected:
        return
    facts = rendering.facts
    hits = hits_of(rendering, orders)
    if max(told_count(facts.main_text) or 0, len(hits.links) if hits else 0) < many:
        return
    found = list(_sorters(facts, leads, orders))
    for item in found:
        if isinstance(item, Control) and _is_out_of_reach(item):
            yield failed(item, "unreachable", name=item.name)
        else:
            yield passed(item)
    if not found:
        running = f" {' '.join(words_of(facts.main_text))} "
        if any(f" {' '.join(words_of(lead))} " in running for lead in leads):
            yield cant_tell(rendering, "unclear")
        else:
            yield failed(rendering, "missing", many=many)


def _is_out_of_reach(item: Control) -> bool:
    """A button that no key leads to; the order in use may be disabled, and tabs and options are reached by arrows."""
    return not item.focusable and item.role in ("", "button", "link") and " disabled" not in item.html


def _sorters(facts: Facts, leads: tuple[str, ...], orders: tuple[str, ...]) -> Iterator[Field | Link | Control]:
    """Select fields, radio buttons, links and buttons of the page that sort hits."""
    begins = tuple(plain(lead) for lead in leads)
    called = {plain(order) for order in orders}
    items: tuple[Field | Link | Control, ...] = (*facts.fields, *facts.links, *facts.controls)
    seen: set[str] = set()
    for item in items:
        if not item.reachable or item.selector in seen or {"banner", "contentinfo"}.intersection(item.regions):
            continue
        name = plain(item.name or item.text)
        key = plain(item.key) if isinstance(item, Field) else ""
        sorts = name.startswith(begins) or name in called or (key.startswith(("sort", "order")))
        if sorts and not (isinstance(item, Field) and item.kind in ("search", "text")):
            seen.add(item.selector)
            yield item

"""Conditions about a whole site: that a page is there and found, what the hub holds, contacts, search, tasks."""

from collections import Counter, deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from auditor.claims.base import Basis, Evidence, matches
from auditor.claims.grounds import Ground, Holding, Item, all_of
from auditor.derive.search_lists import target_of
from auditor.derive.telephone import normal_phone
from auditor.derive.topics import Topic, hub_links, pages_about, reaching
from auditor.model.claim import (
    ContactCondition,
    HubCondition,
    OrdersCondition,
    PageCondition,
    TasksCondition,
)
from auditor.model.facts import Facts
from auditor.model.findability import FOUND_BY_HALF, ViewResult
from auditor.model.outcome import Target, Value
from auditor.model.search import Order
from auditor.model.site import PageSummary
from auditor.model.vocabulary import OutcomeKind, Viewport

_SHOWN = 10
_NEWS = ("nyheter", "nyhet", "aktuellt", "news")
ORDERS_RIGHT = "search/sort-order-right"
"""The rule that proves each order of the site's search."""
ORDER_RULES = (ORDERS_RIGHT, "search/same-hits-in-every-order")
"""What must not fail if the orders are to be right."""
_ORDER_NAMES = {
    Order.RELEVANCE: "Relevans",
    Order.TITLE: "A–Ö",
    Order.TITLE_BACK: "Ö–A",
    Order.DATE: "Datum",
    Order.DATE_BACK: "Äldst",
}
"""What orders are called that were recognised by the words of this or that site."""


def page_exists(condition: PageCondition, evidence: Evidence, coverage: float) -> Ground:
    """A page like that was found, is reached from the start page in each viewport, and linked from where it should."""
    spec, basis = condition.page, evidence.now
    found = basis.chosen(spec.pages)
    if not found:
        sure = basis.saw(spec.pages)
        return Ground(
            kind="page",
            holding=Holding.NO if sure else Holding.UNKNOWN,
            label=condition.label,
            message="no-such-page" if sure else "not-seen",
            values={"pages": len(basis.pages)},
        )
    parts: list[Holding] = [Holding.YES]
    against: list[Item] = []
    if spec.from_start:
        for viewport in spec.viewports:
            reached = reached_from_start(basis, viewport)
            here = any(page.url in reached for page in found)
            parts.append(Holding.YES if here else Holding.NO if basis.site.complete else Holding.UNKNOWN)
            if not here:
                against.append(Item(target=found[0].target(viewport=viewport), message="not-reached"))
    if spec.linked_from is not None:
        from_pages = basis.chosen(spec.linked_from)
        addresses = {address for page in found for address in (page.url, page.final_url)}
        for viewport in spec.viewports:
            linking = [
                page
                for page in from_pages
                if any(link.href in addresses and viewport in link.reachable for link in page.links)
            ]
            parts.append(Holding.YES if linking else Holding.NO)
            if not linking:
                against.append(Item(target=found[0].target(viewport=viewport), message="not-linked"))
    return Ground(
        kind="page",
        holding=all_of(parts),
        label=condition.label,
        message="page",
        values={"found": len(found)},
        speaks_for=tuple(Item(target=page.target()) for page in found[:_SHOWN]),
        speaks_against=tuple(against),
    )


def reached_from_start(basis: Basis, viewport: Viewport) -> frozenset[str]:
    """Addresses that one comes to from the start page along links that *viewport* shows, at rest or after opening."""
    start = basis.site.page(basis.site.start)
    if start is None:
        return frozenset()
    reached = {start.url}
    waiting = deque([start])
    while waiting:
        for link in waiting.popleft().links:
            page = basis.site.page(link.href) if viewport in link.reachable else None
            if page is not None and page.url not in reached:
                reached.add(page.url)
                waiting.append(page)
    return frozenset(reached)


def hub(condition: HubCondition, evidence: Evidence, coverage: float) -> Ground:
    """The hub is there, is reached from the start page, and links to each topic, in each viewport."""
    basis, spec = evidence.now, condition.hub
    if basis.hub is None:
        known = bool(basis.site.hub)
        return Ground(
            kind="hub",
            holding=Holding.NO if basis.site.complete and not known else Holding.UNKNOWN,
            label=condition.label,
            message="no-hub" if not known else "hub-not-seen",
        )
    holdings: list[Holding] = []
    items: dict[bool, list[Item]] = {True: [], False: []}
    for viewport in spec.viewports:
        here = basis.hub.url in reached_from_start(basis, viewport)
        holdings.append(Holding.YES if here else Holding.NO)
        items[here].append(
            Item(target=basis.hub.target(viewport=viewport), message="reached" if here else "not-reached")
        )
        links = [link for link in hub_links(basis.hub) if viewport in link.reachable]
        for name, phrases in spec.topics.items():
            topic = Topic(name, phrases, frozenset())
            reaching_links = reaching(topic, pages_about(topic, basis.site, stems=(), passing=_NEWS), links)
            holdings.append(Holding.YES if reaching_links else Holding.NO)
            link = reaching_links[0] if reaching_links else None
            items[bool(link)].append(
                Item(
                    target=basis.hub.target(link, viewport),
                    message="topic-linked" if link else "topic-missing",
                    values={"topic": name},
                )
            )
    return Ground(
        kind="hub",
        holding=all_of(holdings),
        label=condition.label,
        message="hub",
        values={"topics": len(spec.topics)},
        speaks_for=tuple(items[True]),
        speaks_against=tuple(items[False]),
    )


def contacts(condition: ContactCondition, evidence: Evidence, coverage: float) -> Ground:
    """Which telephone numbers and mailboxes the pages give, and whether that is what the claim says."""
    spec, basis = condition.contacts, evidence.now
    pages = basis.chosen(spec.of)
    if not pages:
        return Ground(kind="contacts", holding=Holding.UNKNOWN, label=condition.label, message="no-pages")
    first: dict[str, tuple[PageSummary, str, str]] = {}
    counts: Counter[str] = Counter()
    for page in pages:
        for contact in page.contacts:
            if spec.kind in ("any", contact.kind):
                counts[contact.value] += 1
                first.setdefault(contact.value, (page, contact.shown, contact.selector))
    named = {_normal(value) for value in (*spec.only, *spec.others_than)}
    others = [value for value in counts if value not in named]
    for_: Collection[str]
    against: Collection[str]
    values: dict[str, Value] = {"pages": len(pages), "distinct": len(counts), "others": len(others)}

    def shown(chosen: Iterable[str]) -> tuple[Item, ...]:
        ordered = sorted(chosen, key=lambda value: (-counts[value], value))
        return tuple(
            Item(
                target=Target(url=first[value][0].url, selector=first[value][2], text=first[value][1]),
                message="contact",
                values={"contact": first[value][1], "pages": counts[value]},
            )
            for value in ordered[:_SHOWN]
        )

    if spec.at_most is not None:
        values["at_most"] = spec.at_most
        holds = Holding.YES if len(counts) <= spec.at_most else Holding.NO
        message = "contacts-at-most"
        for_, against = (counts, ()) if holds is Holding.YES else ((), counts)
    elif spec.only:
        usual = any(counts[value] * 2 > len(pages) for value in named)
        holds = Holding.YES if not others and counts else Holding.PARTLY if usual else Holding.NO
        message, for_, against = "contacts-only", named & set(counts), others
    else:
        holds = Holding.YES if others else Holding.NO
        message, for_, against = "contacts-others", others, named & set(counts)
    return Ground(
        kind="contacts",
        holding=holds,
        label=condition.label,
        message=message,
        values=values,
        speaks_for=shown(for_),
        speaks_against=shown(against),
    )


def _normal(value: str) -> str:
    return value.strip().lower() if "@" in value else normal_phone(value)


def search_orders(condition: OrdersCondition, evidence: Evidence, coverage: float) -> Ground:
    """The orders are offered by the site's search and, if the claim wants that, each is proved right."""
    spec, basis = condition.search_orders, evidence.now
    if not basis.search_pages:
        return Ground(kind="search_orders", holding=Holding.UNKNOWN, label=condition.label, message="no-search")
    names = {name for facts in basis.search_pages for name in _control_names(facts)}
    names |= {_ORDER_NAMES[order] for answer in basis.site.search.answers for order in answer.orders}
    missing = [order for order, patterns in spec.offered.items() if not any(matches(patterns, name) for name in names)]
    offered = len(spec.offered) - len(missing)
    first = Ground(
        kind="search_orders",
        holding=Holding.YES if not missing else Holding.PARTLY if offered else Holding.NO,
        label=condition.label,
        message="orders",
        values={"offered": offered, "wanted": len(spec.offered), "missing": ", ".join(missing)},
    )
    if not spec.right or not offered:
        return first
    first = replace(first, label="")
    right = _orders_right(basis)
    against = [
        Item(target=outcome.target, message=f"rule:{rule}:{outcome.message}", values=outcome.values)
        for rule in ORDER_RULES
        if rule in basis.results
        for outcome in basis.outcomes(rule)
        if outcome.kind is OutcomeKind.FAILED
    ]
    wrong = {item.target for item in against}
    tried = [target_of(answer) for answer in basis.site.search.answers if answer.question.order and not answer.untested]
    second = Ground(
        kind="search_orders",
        holding=right,
        message="orders-right" if right is not Holding.UNKNOWN else "orders-not-proved",
        speaks_for=tuple(Item(target=target) for target in tried if target not in wrong)[:_SHOWN],
        speaks_against=tuple(against)[:_SHOWN],
    )
    return Ground(kind="all", holding=all_of([first.holding, right]), label=condition.label, parts=(first, second))


def _orders_right(basis: Basis) -> Holding:
    """Whether each order that was tried is right, and shows the same hits; partly if some are."""
    orders, sets = (_kinds(basis, rule) for rule in ORDER_RULES)
    if OutcomeKind.FAILED in orders | sets:
        return Holding.PARTLY if OutcomeKind.PASSED in orders else Holding.NO
    kind = OutcomeKind.combine(list(orders))
    return Holding.YES if kind is OutcomeKind.PASSED else Holding.UNKNOWN


def _kinds(basis: Basis, rule: str) -> set[OutcomeKind]:
    return {kind for kinds in basis.results.get(rule, {}).values() for kind in kinds.values()}


def _control_names(facts: Facts) -> Iterable[str]:
    """Names of what can be pressed or chosen, menus of a field among them."""
    for element in (*facts.links, *facts.controls):
        if element.reachable:
            yield element.name or element.text
    for field in facts.fields:
        if field.reachable:
            yield from field.text.splitlines() or [field.name]


def tasks(condition: TasksCondition, evidence: Evidence, coverage: float) -> Ground:
    """Enough of the tasks are found, in each viewport. Only those count whose answer a person confirmed: no verdict
    rests on a page that the program guessed."""
    spec = condition.tasks
    outcome: dict[tuple[str, Viewport], bool] = {
        (task.id, viewport): by_half
        for task in (evidence.now.findability.tasks if evidence.now.findability else ())
        if task.confirmed and (not spec.ids or task.id in spec.ids)
        for viewport in spec.viewports
        if (by_half := _is_found(task.view(viewport), spec.by)) is not None
    }
    if not outcome:
        return Ground(kind="tasks", holding=Holding.UNKNOWN, label=condition.label, message="no-tasks")
    found = sum(outcome.values())
    share = found / len(outcome)
    if share >= spec.at_least:
        holding = Holding.YES
    else:
        holding = Holding.PARTLY if share >= spec.partly_at_least and found else Holding.NO
    return Ground(
        kind="tasks",
        holding=holding,
        label=condition.label,
        message="tasks",
        values={"found": found, "asked": len(outcome), "at_least": spec.at_least},
        speaks_for=_task_items(outcome, wanted=True),
        speaks_against=_task_items(outcome, wanted=False),
    )


def _is_found(view: ViewResult | None, by: str) -> bool | None:
    """Whether at least half of the visitors find it that way; None if nobody tried.

    By either is found what is found by the links, or by links and search together; it is not found only if the search
    was tried too.
    """
    if view is None:
        return None
    if by == "navigation":
        return view.navigation.found >= FOUND_BY_HALF
    if by == "search":
        return view.search.found >= FOUND_BY_HALF if view.search else None
    if view.navigation.found >= FOUND_BY_HALF:
        return True
    return view.either >= FOUND_BY_HALF if view.either is not None else None


def _task_items(outcome: Mapping[tuple[str, Viewport], bool], *, wanted: bool) -> tuple[Item, ...]:
    return tuple(
        Item(target=Target(viewport=viewport), message="task", values={"task": task})
        for (task, viewport), found in sorted(outcome.items())
        if found is wanted
    )[:_SHOWN]

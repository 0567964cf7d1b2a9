"""The ways to the municipality on its pages for associations: numbers, mailboxes and forms, each counted once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.derive.answers import is_read
from auditor.derive.sitepaths import is_above, same_place
from auditor.derive.urls import canonical
from auditor.model.site import Contact, PageSummary, Site


@dataclass(frozen=True, kw_only=True)
class ContactUse:
    """One number, mailbox or form, with the pages that give it."""

    kind: str
    """phone, mail or form."""
    value: str
    """A number with country code, a mailbox in lower case, or the address of the page with the form."""
    shown: str
    """As written where it was met first; for a form the page's main heading."""
    label: str = ""
    """What it is said to be for, where most pages say the same."""
    pages: tuple[str, ...]
    in_frame: bool = False
    """Stands in header or footer of some of them."""


def association_pages(site: Site) -> tuple[PageSummary, ...]:
    """The pages that were looked at and are for associations: the hub, what lies below it, and the tasks' targets.

    Where neither is known, all pages of the site.
    """
    targets = {canonical(target, site.start) for task in site.tasks for target in task.targets}
    pages = [page for page in site.pages if is_read(page) and page.query is None]
    chosen = [
        page
        for page in pages
        if page.url in targets or (site.hub and (same_place(site.hub, page.url) or is_above(site.hub, page.url)))
    ]
    return tuple(chosen or pages)


def contact_inventory(site: Site) -> tuple[ContactUse, ...]:
    """Every distinct number, mailbox and form over the pages for associations, the most spread first."""
    given: dict[tuple[str, str], list[tuple[PageSummary, Contact]]] = defaultdict(list)
    pages = association_pages(site)
    for page in pages:
        for contact in page.contacts:
            given[contact.kind, contact.value].append((page, contact))
    uses = [
        ContactUse(
            kind=kind,
            value=value,
            shown=found[0][1].shown,
            label=_label(value, [page for page, _ in found]),
            pages=tuple(page.url for page, _ in found),
            in_frame=any(contact.in_frame and not contact.in_main for _, contact in found),
        )
        for (kind, value), found in given.items()
    ]
    uses += [
        ContactUse(kind="form", value=page.url, shown=page.main_heading or page.title, pages=(page.url,))
        for page in pages
        if page.forms
    ]
    return tuple(sorted(uses, key=lambda use: (_KINDS.index(use.kind), -len(use.pages), use.value)))


_KINDS = ("phone", "mail", "form")


def _label(value: str, pages: Sequence[PageSummary]) -> str:
    """The label that stands nearest to *value* on more than half of the pages that have one; empty if none does."""
    labels = [
        statement.labels[0]
        for page in pages
        for statement in page.statements
        if statement.value == value and statement.labels
    ]
    best = max(sorted(set(labels)), key=labels.count, default="")
    return best if labels.count(best) * 2 > len(labels) else ""

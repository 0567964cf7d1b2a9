"""In which order a page's header and footer offer help."""

from collections.abc import Sequence

from auditor.derive.wording import plain, without_link_tail
from auditor.model.site import LinkSummary, PageSummary
from auditor.model.vocabulary import Viewport


def help_order(page: PageSummary, contact_words: Sequence[str], service_desks: Sequence[str]) -> tuple[str, ...]:
    """The kinds of help in header and footer as they stand: contact, telephone, mail, chat; each once for each area.

    These are the mechanisms of WCAG 2.2, 3.2.6: a person's contact details, a way to contact a person, and an automated
    one. What stands in the content, in dialogs or in menus of the content does not count.
    """
    order: dict[str, None] = {}
    for link in page.links:
        area = next((role for role in link.regions if role in ("banner", "contentinfo")), "")
        if area and "main" not in link.regions and Viewport.DESKTOP in link.reachable:
            kind = _kind(link, frozenset(contact_words), service_desks)
            if kind:
                order[f"{area} {kind}"] = None
    return tuple(order)


def _kind(link: LinkSummary, contact_words: frozenset[str], service_desks: Sequence[str]) -> str:
    if link.href.startswith("tel:"):
        return "phone"
    if link.href.startswith("mailto:"):
        return "mail"
    said = plain(without_link_tail(link.name))
    if said.startswith("chat"):
        return "chat"
    if not contact_words.isdisjoint(said.split()) or any(desk in said for desk in service_desks):
        return "contact"
    return ""


def are_in_order(own: Sequence[str], usual: Sequence[str]) -> bool:
    """Whether the kinds that both have stand in the same order in both."""
    rank = {kind: index for index, kind in enumerate(usual)}
    ranks = [rank[kind] for kind in own if kind in rank]
    return ranks == sorted(ranks)

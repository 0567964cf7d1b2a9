"""Telephone numbers and mailboxes on a page."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from auditor.derive.surroundings import in_frame
from auditor.derive.telephone import called_number, find_phones, normal_phone
from auditor.model.facts import Element, Facts, Link
from auditor.model.site import Contact

MAIL = re.compile(r"(?<![\w.+/:@-])[\w+-][\w.+-]*@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?![\w@]|:\S)")
_STRICT_MAIL = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_NAMED_MAIL = re.compile(r"[^<>]*<([^<>]*)>")
_PLACEHOLDER = re.compile(
    r"(?:f[oö]r-?namn|first-?name|namn|name|exempel|example|din|your|n\.?n|xxx?|user|anvandare|användare)\b.*@|@(?:exempel|example|test|dom[aä]n)\b",
    re.IGNORECASE,
)
OBFUSCATED = re.compile(r"\[email.protected\]|[\[(](?:at|snabel-?a|a)[\])]|\bsnabel-?a\b", re.IGNORECASE)


def scheme_of(link: Link) -> str:
    """tel, mailto, https, …; empty for a relative address."""
    scheme, colon, _ = unquote(link.raw_href).strip().partition(":")
    return scheme.lower() if colon and scheme.isalnum() else ""


def find_mailboxes(text: str) -> list[str]:
    """The mailboxes in *text* as written; patterns such as fornamn.efternamn@kommun.se are none."""
    return [match[0] for match in MAIL.finditer(text) if not _PLACEHOLDER.search(match[0])]


def is_mailbox(text: str) -> bool:
    """Whether *text* is nothing but one well-formed mailbox."""
    return bool(_STRICT_MAIL.fullmatch(text)) and ".." not in text and ".@" not in text


def addressees(raw_href: str) -> list[str]:
    """To whom a mailto: address writes, in order; empty for one that leaves the addressee open («share this page»)."""
    rest = unquote(raw_href).strip().partition(":")[2].split("?")[0].strip()
    boxes = [part.strip() for part in re.split(r"[,;]", rest) if part.strip()]
    return [named[1].strip() if (named := _NAMED_MAIL.fullmatch(box)) else box for box in boxes]


def contacts(facts: Facts) -> Iterator[Contact]:
    """Every distinct number and mailbox of a rendering, linked ones first."""
    found: dict[tuple[str, str], Contact] = {}
    for item in (*_linked(facts), *_written(facts)):
        known = found.get((item.kind, item.value))
        if known is None:
            found[item.kind, item.value] = item
        elif (item.in_main and not known.in_main) or (item.in_frame and not known.in_frame):
            found[item.kind, item.value] = Contact(
                kind=known.kind,
                value=known.value,
                shown=known.shown,
                linked=known.linked,
                in_main=known.in_main or item.in_main,
                in_frame=known.in_frame or item.in_frame,
                selector=known.selector,
            )
    yield from found.values()


def _linked(facts: Facts) -> Iterator[Contact]:
    for link in facts.links:
        kind = {"tel": "phone", "mailto": "mail"}.get(scheme_of(link))
        if kind is None or not link.reachable:
            continue
        values = [normal_phone(called_number(link.raw_href))] if kind == "phone" else addressees(link.raw_href)
        for value in values:
            if value:
                yield _contact(kind, value.lower(), link.text or value, link, facts, linked=True)


def _written(facts: Facts) -> Iterator[Contact]:
    for mention in facts.mentions:
        if mention.reachable:
            for phone in find_phones(mention.text, mention.before):
                yield _contact("phone", phone.value, phone.shown, mention, facts, linked=False)
            for box in find_mailboxes(mention.text):
                yield _contact("mail", box.lower(), box, mention, facts, linked=False)


def _contact(kind: str, value: str, shown: str, element: Element, facts: Facts, *, linked: bool) -> Contact:
    return Contact(
        kind=kind,
        value=value,
        shown=shown,
        linked=linked,
        in_main=element.in_main,
        in_frame=in_frame(element, facts),
        selector=element.selector,
    )

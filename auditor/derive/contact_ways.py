"""Ways to reach somebody that a page offers: in its header and footer, and in its content."""

import re
from collections.abc import Sequence
from enum import Enum

from auditor.derive.contacts import OBFUSCATED, find_mailboxes, scheme_of
from auditor.derive.surroundings import beside_main, content_blocks, in_frame
from auditor.derive.telephone import find_phones
from auditor.derive.wording import plain, without_link_tail, words
from auditor.model.facts import Element, Facts, Field, Link, Mention

_OWN_DESK = re.compile(r"\w+ direkt")
"""«Varberg Direkt»: several municipalities call their service desk so."""
_PERSON = re.compile(r"\b[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?\s+(?:[a-z]{2,3}\s+)?[A-ZÅÄÖÉ][a-zåäöéü]{2,}")
_ROLE_BOX = re.compile(
    r"^[^@]*(?:fritid|kultur|f[oö]rening|bokning|bidrag|kommun|kund|service|kontakt|info|lokal)[^@]*@", re.IGNORECASE
)
_NEAR = 160
"""Characters around a number or mailbox in which a name is taken to belong to it: two or three lines."""
_BLOCK, _SHORT = 40, 12
"""Words: blocks up to the one are read as a whole; neighbours up to the other are lines of a contact card."""


class Named(Enum):
    """Whether the content says whom to contact; the values are keys of messages."""

    YES = "yes"
    UNNAMED = "unnamed"
    """A way is there, but not who answers."""
    LINK_ONLY = "link_only"
    """A contact link that does not say to whom."""
    FORM_ONLY = "form_only"
    FOOTER_OR_CONTENT = "unclear_place"
    """Something is at the page's end, and no landmark says whether that is the footer."""
    NO = "no"


def frame_contact(facts: Facts, contact_words: Sequence[str], desks: Sequence[str]) -> Element | None:
    """What in the header or footer leads to contact: a link, number, mailbox or the service desk's name; or None."""
    for link in facts.links:
        leads = scheme_of(link) in ("tel", "mailto") or _leads_to_contact(link, contact_words, desks)
        if leads and link.reachable and in_frame(link, facts):
            return link
    for mention in facts.mentions:
        gives = find_phones(mention.text, mention.before) or find_mailboxes(mention.text)
        if gives and mention.reachable and in_frame(mention, facts):
            return mention
    for heading in facts.headings:
        if heading.reachable and in_frame(heading, facts) and not heading.in_main and _names(heading.name, desks):
            return heading
    return None


def _leads_to_contact(link: Link, contact_words: Sequence[str], desks: Sequence[str]) -> bool:
    name = without_link_tail(link.name)
    said = words(name)
    known = frozenset(contact_words)
    return any(word in known for word in said) or _names(name, desks) or bool(_OWN_DESK.fullmatch(plain(name)))


def _names(text: str, phrases: Sequence[str]) -> bool:
    said = f" {plain(text)} "
    return any(f" {phrase} " in said or f"{phrase} " in said for phrase in phrases)


def contact_in_content(facts: Facts, contact_words: Sequence[str], units: Sequence[str], roles: Sequence[str]) -> Named:
    """Whether the content, or a column beside it, names a unit, role or person with a way to reach them."""
    ways = list(_ways(facts))
    sure = [way for way, place in ways if place]
    if any(_is_named(way, facts, units, roles) for way in sure):
        return Named.YES
    if sure or OBFUSCATED.search(facts.main_text):
        return Named.UNNAMED
    links = [link for link in _contact_links(facts, contact_words) if beside_main(link, facts)]
    if any(_holds_stem(link.name, (*units, *roles)) for link in links):
        return Named.YES
    if links:
        return Named.LINK_ONLY
    if any(_asks_for_message(field) and beside_main(field, facts) for field in facts.fields):
        return Named.FORM_ONLY
    if ways or any(frame.visible and beside_main(frame, facts) for frame in facts.frames):
        return Named.FOOTER_OR_CONTENT
    return Named.NO


def _ways(facts: Facts) -> list[tuple[Link | Mention, bool]]:
    """Numbers and mailboxes of the content, linked or not; with False where the footer may be meant."""
    found: list[tuple[Link | Mention, bool]] = []
    ways: list[Link | Mention] = [link for link in facts.links if scheme_of(link) in ("tel", "mailto")]
    ways += [item for item in facts.mentions if find_phones(item.text, item.before) or find_mailboxes(item.text)]
    for way in ways:
        place = beside_main(way, facts)
        if way.reachable and place is not False:
            found.append((way, bool(place)))
    return found


def _contact_links(facts: Facts, contact_words: Sequence[str]) -> list[Link]:
    known = frozenset(contact_words)
    return [
        link
        for link in facts.links
        if link.reachable and any(word in known for word in words(without_link_tail(link.name)))
    ]


def _is_named(way: Link | Mention, facts: Facts, units: Sequence[str], roles: Sequence[str]) -> bool:
    """Whether a unit, a role or a person stands near *way*, or its mailbox is called after one."""
    shown = way.text
    boxes = find_mailboxes(f"{shown} {way.raw_href if isinstance(way, Link) else ''}".replace("mailto:", " "))
    if any(_ROLE_BOX.match(box) for box in boxes):
        return True
    around = f"{shown} {way.name} {_surroundings(way, facts)}"
    return _holds_stem(around, (*units, *roles)) or bool(_PERSON.search(around))


def _surroundings(way: Link | Mention, facts: Facts) -> str:
    """What stands close to *way*: its block, short blocks beside it, the heading above; outside main, the column."""
    blocks = content_blocks(facts)
    at = next((index for index, block in enumerate(blocks) if way.text and way.text[:60] in block.text), None)
    if at is None:
        text = facts.text
        begin = text.find(way.text[:60])
        return text[max(0, begin - _NEAR) : begin + len(way.text) + _NEAR] if begin >= 0 else ""
    own = blocks[at].text if blocks[at].words <= _BLOCK else _window(blocks[at].text, way.text)
    beside = [
        block.text
        for block in (*blocks[max(0, at - 3) : at], *blocks[at + 1 : at + 3])
        if block.words <= _SHORT and (block.kind != "heading" or block.level > 1)
    ]
    return " ".join((own, *beside))


def _window(text: str, part: str) -> str:
    begin = max(0, text.find(part[:60]))
    return text[max(0, begin - _NEAR) : begin + len(part) + _NEAR]


def _holds_stem(text: str, stems: Sequence[str]) -> bool:
    return any(stem in word for word in words(text) for stem in stems) or any(
        " " in stem and stem in plain(text) for stem in stems
    )


def _asks_for_message(field: Field) -> bool:
    return field.reachable and (field.kind in ("textarea", "email"))

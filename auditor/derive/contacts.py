"""Telephone numbers and mailboxes on a page."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from auditor.model.facts import Facts
from auditor.model.site import Contact

PHONE = re.compile(r"(?<![\d-])(?:\+46\s?\(?0?\)?|0)\d{1,3}\)?\s?[-–]?\s?\d{2,3}(?:\s?\d{2,3}){1,3}(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NOT_DIGITS = re.compile(r"[^\d+]")


def normal_phone(text: str) -> str:
    """*text* as digits with country code: 08-535 300 00 → +46853530000."""
    digits = _NOT_DIGITS.sub("", text.replace("(0)", ""))
    if digits.startswith("00"):
        return "+" + digits[2:]
    if digits.startswith("0"):
        return "+46" + digits[1:]
    return digits


def contacts(facts: Facts) -> Iterator[Contact]:
    """Every distinct number and mailbox of a rendering, linked ones first."""
    seen: set[tuple[str, str]] = set()
    for link in facts.links:
        raw = unquote(link.raw_href).strip()
        scheme, _, rest = raw.partition(":")
        kind = {"tel": "phone", "mailto": "mail"}.get(scheme.lower())
        if kind and link.reachable:
            value = normal_phone(rest) if kind == "phone" else rest.split("?")[0].strip().lower()
            if value and (kind, value) not in seen:
                seen.add((kind, value))
                yield Contact(
                    kind=kind, value=value, shown=link.text or rest, linked=True, in_main=link.in_main, selector=link.selector
                )
    for kind, pattern in (("phone", PHONE), ("mail", MAIL)):
        for match in pattern.finditer(facts.text):
            shown = match[0].strip()
            value = normal_phone(shown) if kind == "phone" else shown.lower()
            if (kind, value) not in seen:
                seen.add((kind, value))
                yield Contact(kind=kind, value=value, shown=shown, linked=False, in_main=shown in facts.main_text)

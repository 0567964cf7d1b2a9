"""Success criteria as W3C's reports name them, and which of level AAA follow from others."""

import re
from collections.abc import Iterable

from auditor.catalogue.requirements import requirement
from auditor.model.vocabulary import Language

_STRICTER = {"1.4.5": ("1.4.9",), "2.2.1": ("2.2.4", "3.2.5"), "2.4.4": ("2.4.9",)}
"""Criteria of level AAA that ask for the same with fewer exceptions: what fails the first fails them too."""
_NAMES = {
    "1.2.8": "media-alternative-prerecorded",
    "1.4.6": "contrast-enhanced",
    "1.4.9": "images-of-text-no-exception",
    "2.1.3": "keyboard-no-exception",
    "2.2.4": "interruptions",
    "2.4.9": "link-purpose-link-only",
    "3.2.5": "change-on-request",
}
_NO_WORD = re.compile(r"[^a-z0-9]+")


def numbers(identifiers: Iterable[str]) -> frozenset[str]:
    """The numbers of the criteria in *identifiers* (``wcag21:2.4.4``), with those of level AAA that follow."""
    plain = {name.partition(":")[2] for name in identifiers if name.startswith("wcag")}
    return frozenset(plain.union(*(_STRICTER.get(number, ()) for number in plain)))


def slug(number: str) -> str:
    """The name of a criterion in W3C's addresses: 2.4.4 → link-purpose-in-context."""
    name = requirement(f"wcag21:{number}", Language.ENGLISH).name
    return _NAMES.get(number) or _NO_WORD.sub("-", name.lower()).strip("-")

"""The site's logo at the top of a page, and whether it leads anywhere."""

import re
from collections.abc import Iterator

from auditor.derive.urls import canonical
from auditor.model.facts import Element, Facts, Image, Link
from auditor.model.site import Logo

_SAYS_LOGO = re.compile(
    r"(?<![a-zåäö])(?:logo|logotyp|logotypen|logotype|logga(?!\s+(?:in|ut)\b)|brand|branding)(?![a-zåäö])",
    re.IGNORECASE,
)
_CLASS_LOGO = re.compile(
    r"""\s(?:class|id)="[^"]*(?:logo(?!ut|n|ff|gin)|(?:^|[\s"_-])brand(?:ing)?(?:[\s"_-]|$))""", re.IGNORECASE
)
_FILE_LOGO = re.compile(r"logo(?:typ\w*|s)?(?![a-z])[^/]*$", re.IGNORECASE)
_TOP = 300
"""Pixels from the top within which a logo is looked for where no banner landmark tells."""
_MOST = 5


def logos_of(facts: Facts) -> Iterator[Logo]:
    """What looks like a logo in the page's head: links first, then a picture that stands in no link.

    A link counts if its name, class or id says so, or if it holds a picture whose alternative text, class or file does.
    """
    pictures = [image for image in facts.images if image.visible and _is_at_top(image, facts) and _is_logo(image)]
    links = [link for link in facts.links if link.visible and _is_at_top(link, facts)]
    found = [link for link in links if _says(link) or any(_holds(link, image) for image in pictures)]
    for link in found[:_MOST]:
        yield Logo(selector=link.selector, href=canonical(link.href.partition("#")[0]), name=link.name)
    if not found:
        around = [link for link in facts.links if link.visible]
        for image in pictures[:1]:
            if not any(_holds(link, image) for link in around):
                yield Logo(selector=image.selector, name=image.name)


def _is_at_top(element: Element, facts: Facts) -> bool:
    if {"main", "contentinfo", "navigation", "dialog"} & set(element.regions):
        return False
    has_banner = any(area.role == "banner" and area.visible for area in facts.landmarks)
    return "banner" in element.regions if has_banner else element.box.bottom <= _TOP


def _says(link: Link) -> bool:
    return link.href.startswith(("http://", "https://")) and bool(
        _SAYS_LOGO.search(link.name) or _CLASS_LOGO.search(link.html)
    )


def _is_logo(image: Image) -> bool:
    file = image.source.split("?")[0] if not image.source.startswith("data:") else ""
    return bool(_SAYS_LOGO.search(image.alt or "") or _CLASS_LOGO.search(image.html) or _FILE_LOGO.search(file))


def _holds(link: Link, image: Image) -> bool:
    """Whether the picture's middle lies in the link's box."""
    x, y = image.box.x + image.box.width / 2, image.box.y + image.box.height / 2
    return link.box.x <= x <= link.box.right and link.box.y <= y <= link.box.bottom

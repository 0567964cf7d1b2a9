"""Where in a site an address lies: segments, ancestors, and which addresses are the same place."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlsplit

from auditor.derive.remember import remembered
from auditor.derive.urls import REMEMBERED
from auditor.model.page import Rendering

_INDEX = re.compile(r"(?:index|default|startsida|start)(?:\.\w{2,5})?", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:html?|xhtml|aspx?|php|jsp|do)$", re.IGNORECASE)
# SiteVision writes a page's id before the ending: foreningar.4.1a2b3c4d.html
_SITEVISION_ID = re.compile(r"\.[45]\.[0-9a-f]{6,}$", re.IGNORECASE)
_PAGING_NAMES = frozenset(
    {"page", "sida", "p", "paged", "offset", "start", "startathit", "pagenumber", "pageindex", "skip", "from"}
)
_PAGING_SEGMENT = re.compile(r"page|sida|p", re.IGNORECASE)


@remembered(REMEMBERED)
def segments(url: str) -> tuple[str, ...]:
    """The path of *url* step by step, in lower case, without file endings and names of index files."""
    steps = _steps(url)
    if steps:
        if _INDEX.fullmatch(steps[-1]):
            steps.pop()
        else:
            steps[-1] = _SITEVISION_ID.sub("", _ENDING.sub("", steps[-1]))
    return tuple(steps)


def site_root(rendering: Rendering) -> tuple[str, ...]:
    """The segments that the page and all its links within its host begin with: where this site, or part, begins.

    A municipality's pages link to the start page, so this is empty or a language (/sv/). The pages of a manual under
    /docs/product/en/ seldom link above that folder.
    """
    own = _folder(rendering.url)
    origin = _origin(rendering.url)
    for link in rendering.facts.links:
        if _origin(link.href) == origin:
            folder = _folder(link.href)
            same = 0
            while same < min(len(own), len(folder)) and own[same] == folder[same]:
                same += 1
            own = own[:same]
    return own


def depth_below(url: str, root: tuple[str, ...]) -> int:
    """How many steps *url* lies below *root*."""
    return max(0, len(segments(url)) - len(root))


def is_above(ancestor: str, url: str) -> bool:
    """Whether *ancestor*'s address is a start of *url*'s, on the same host, and shorter."""
    if _origin(ancestor) != _origin(url) or "?" in ancestor:
        return False
    upper, lower = segments(ancestor), segments(url)
    return len(upper) < len(lower) and lower[: len(upper)] == upper


def same_place(one: str, other: str) -> bool:
    """Whether two addresses differ in nothing but scheme, www, letter case, a last slash or an index file."""
    return place(one) == place(other)


@remembered(REMEMBERED)
def place(url: str) -> str:
    """What addresses of one page have in common: host without www, path without index files, and parameters."""
    try:
        parts = urlsplit(url)
        query = "&".join(f"{key}={value}" for key, value in sorted(parse_qsl(parts.query, keep_blank_values=True)))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url
    steps = _steps(url)
    if steps and _INDEX.fullmatch(steps[-1]) and "." in steps[-1]:
        steps.pop()
    return f"{host}/{'/'.join(steps)}" + (f"?{query}" if query else "")


def path_place(url: str) -> str:
    """As :func:`place`, without parameters."""
    return place(url).split("?")[0]


def is_paging(url: str) -> bool:
    """Whether *url* is a further part of a list (?page=2, /sida/2)."""
    try:
        names = {key.lower() for key, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True)}
    except ValueError:
        return False
    steps = _steps(url)
    numbered = len(steps) > 1 and steps[-1].isdigit() and bool(_PAGING_SEGMENT.fullmatch(steps[-2]))
    return bool(names & _PAGING_NAMES) or numbered


def has_segment(url: str, names: Iterable[str]) -> bool:
    """Whether a step of *url*'s path is one of *names*; a star at the end of a name, or before it, is any text."""
    steps = segments(url)
    return any(_is_called(step, name) for name in names for step in steps)


def _is_called(step: str, name: str) -> bool:
    if name.endswith("*"):
        return step.startswith(name[:-1])
    return step.endswith(name[1:]) if name.startswith("*") else step == name


def _folder(url: str) -> tuple[str, ...]:
    steps = _steps(url)
    is_file = steps and "." in steps[-1] and not url.split("?")[0].split("#")[0].endswith("/")
    return tuple(steps[:-1] if is_file else steps)


def _steps(url: str) -> list[str]:
    try:
        return [step for step in unquote(urlsplit(url).path).lower().split("/") if step]
    except ValueError:
        return []


@remembered(REMEMBERED)
def _origin(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ("", "")
    return (parts.scheme, parts.netloc.lower())

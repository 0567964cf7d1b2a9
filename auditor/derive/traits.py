"""What a finding is recognised by in another run, when classes, ids, order or wrappers have changed.

A finding is a set of targets. Each target gives one print per layer: what it is and where, what it is wherever it
stands, and, for what says nothing, where it stands. Prints leave out what drifts: classes, ids, places in lists, hosts,
numbers and dates. Of each layer the smallest prints are kept, a bottom-k sketch (Cohen and Kaplan, Summarizing data
using bottom-k sketches, PODC 2007), so that a finding on thousands of pages takes no more room than one on fifty, and
the share that two findings have in common can still be told.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from auditor.derive.dates import MONTH
from auditor.derive.wording import plain
from auditor.model.outcome import Outcome, Target
from auditor.model.traits import Layer, Traits

KEPT = 64
"""Prints that are kept of a layer: below that number nothing is estimated."""
_TEXT = 80
_OWN_WORDS = 2
"""A single word («Läs», «Kontakt») is recognised on another page only with where it leads."""
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"\b{_YEAR}[-/.]\d\d?[-/.]\d\d?\b|\b\d\d?[./]\d\d?[-/. ]{_YEAR}\b|\b\d\d?\.?\s+{MONTH}\s+{_YEAR}\b"
    rf"|\b{MONTH}\s+\d\d?,?\s+{_YEAR}\b|\b{MONTH}\s+{_YEAR}\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_START = re.compile(r"<([\w-]+)")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SAID = ("alt", "aria-label", "title", "placeholder")
_KIND = ("role", "type", "lang")
_LED = ("href", "src", "action")
_STEP = re.compile(r"[\s>+~]+")
_NAME = re.compile(r"^[\w-]+")
_LAYERS = tuple(Layer)
_ALIKE = 4096
"""Elements that are remembered: those of headers, menus and footers stand on every page."""

PageName = Callable[[str], str]
"""Address → what the page is called when two runs are compared."""


def own_name(url: str) -> str:
    """A page's name without its host: path and query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if not parts.netloc:
        return url
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def steady(text: str) -> str:
    """*text* without what changes though it says the same: dates, numbers, case, punctuation; cut."""
    return _NUMBER.sub("0", plain(_DATE.sub(" 0 ", text)))[:_TEXT]


def prints_of(outcome: Outcome, page_name: PageName = own_name) -> Mapping[Layer, int]:
    """The prints of one target; a layer that would not tell it from others is left out."""
    target = outcome.target
    page = page_name(target.url)
    if not target.selector and not target.html:
        about = _cause(outcome, page_name)
        return {
            Layer.ELEMENT: _hashed(page, outcome.message, about, target.state),
            Layer.PLACE: _hashed(page, outcome.message),
        }
    tag, kind, said, led = _element(target, page_name)
    element = _hashed(page, tag, kind, said, led, target.state.partition("|")[0])
    if said or led:
        own = led if len(said.split()) < _OWN_WORDS else ""
        return {Layer.ELEMENT: element, Layer.TEXT: _hashed(tag, kind, said, own)}
    return {Layer.ELEMENT: element, Layer.PLACE: _hashed(page, tag, kind)}


class TraitsOf:
    """Collects the traits of one finding, target by target, in little room."""

    def __init__(self) -> None:
        self._layers: dict[Layer, set[int]] = {layer: set() for layer in _LAYERS}
        self._named = False
        self._causes: set[str] = set()

    def add(self, outcome: Outcome, page_name: PageName = own_name) -> None:
        """Adds one target; those of one finding share a cause."""
        self._named = self._named or bool(outcome.cause)
        if outcome.cause and len(self._causes) < KEPT:
            self._causes.add(_cause(outcome, page_name))
        for layer, value in prints_of(outcome, page_name).items():
            _keep(self._layers[layer], value)

    def traits(self) -> Traits:
        """What was collected."""
        layers = {layer: _smallest(values) for layer, values in self._layers.items()}
        return Traits(named=self._named, cause=min(self._causes, default=""), layers=layers)


def _keep(values: set[int], value: int) -> None:
    values.add(value)
    if len(values) > 4 * KEPT:
        values.intersection_update(_smallest(values))


def _smallest(values: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(values)[:KEPT])


def shared(one: Sequence[int], other: Sequence[int]) -> tuple[float, float, float]:
    """What two sets have in common, told from their smallest members.

    Returns:
        The share of the first that the second has, the share of the second that the first has, and Jaccard's
        coefficient; each 0 to 1, and exact for sets of fewer than `KEPT` members.
    """
    if not one or not other:
        return 0.0, 0.0, 0.0
    known = min(values[-1] if len(values) >= KEPT else 1 << 64 for values in (one, other))
    first = {value for value in one if value <= known}
    second = {value for value in other if value <= known}
    if not first or not second:
        return 0.0, 0.0, 0.0
    common = len(first & second)
    return common / len(first), common / len(second), common / len(first | second)


def _cause(outcome: Outcome, page_name: PageName) -> str:
    if not outcome.cause:
        return ""
    parts = [page_name(part) if part.startswith(("http://", "https://")) else part for part in outcome.cause.split()]
    return steady(" ".join(parts))


def _element(target: Target, page_name: PageName) -> tuple[str, str, str, str]:
    """Tag, kind, words and address of a target."""
    tag, kind, said, address = _written(target.html, target.text)
    last = _NAME.match(_STEP.split(target.selector.strip())[-1]) if target.selector and not tag else None
    return tag or (last[0].lower() if last else ""), kind, said, _led(address, page_name)


@lru_cache(maxsize=_ALIKE)
def _written(html: str, text: str) -> tuple[str, str, str, str]:
    """Tag, kind, words and address of an element as it is written."""
    start = _START.match(html)
    attributes = {found[1].lower(): found[2] or found[3] or "" for found in _ATTRIBUTE.finditer(html)}
    kind = " ".join(f"{name}={attributes[name].lower()}" for name in _KIND if name in attributes)
    said = steady(text) or next((steady(attributes[name]) for name in _SAID if attributes.get(name)), "")
    address = next((attributes[name] for name in _LED if attributes.get(name)), "")
    return start[1].lower() if start else "", kind, said, address


@lru_cache(maxsize=_ALIKE)
def _led(address: str, page_name: PageName) -> str:
    """Where an address leads, without host, query and what a build puts into file names."""
    named = page_name(address).partition("?")[0].partition("#")[0]
    return _NUMBER.sub("0", re.sub(r"[.-][0-9a-f]{6,}(?=\.\w+$)", "", named.lower()))


def _hashed(*parts: str) -> int:
    return int.from_bytes(hashlib.blake2b("\x1f".join(parts).encode(errors="replace"), digest_size=6).digest())

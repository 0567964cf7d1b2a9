"""The site's own search on a page: its fields, and the buttons and links that lead to it.

A page can hold several searches. That of the site is told by its landmark, its form and its name; one that says that it
searches e-services, a register or a list is another.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from auditor.derive.urls import path_of
from auditor.model.facts import Control, Facts, Field, Form, Link

_KEYS = frozenset(
    {"q", "query", "s", "search", "sok", "sök", "sokord", "searchtext", "searchquery", "searchphrase", "cludoquery"}
)
_KINDS = frozenset({"search", "text"})
_SAYS_SEARCH = re.compile(r"(?<![a-zåäö])(?:sök|sok|search)|vad letar du efter|what are you looking for", re.IGNORECASE)
_ACTION = re.compile(r"(?:^|[/?_-])(?:s[oö]k|s%c3%b6k|search|sokresultat)", re.IGNORECASE)
_SEARCH_PAGE = re.compile(
    r"/(?:s[oö]k|s%c3%b6k|sokresultat|s[oö]kresultat|search|search-?results?|sok-pa-webbplatsen)(?:\.\w+)?/?(?:\?|$)",
    re.IGNORECASE,
)
_ORNAMENT = re.compile(r"[^\w\s–-]+")
# From this sum of marks on, a field is certainly the site's search; two marks alone may be a filter.
_SURE = 4
_POSSIBLE = 2


@dataclass(frozen=True, slots=True)
class Searches:
    """What on a page leads into searching the site."""

    sure: tuple[Field, ...]
    possible: tuple[Field, ...]
    """Fields that may be a filter or another search."""
    links: tuple[Link, ...]
    buttons: tuple[Control | Link, ...]
    """Buttons that are called search, and links so called that lead nowhere without a script."""
    best: Field | None
    """That of the sure fields which bears most marks of the site's search; one that is seen goes before one that must
    be brought to light, and that before one that cannot."""

    @property
    def any(self) -> bool:
        """Whether there is anything at all that leads into a search, or may do so."""
        return bool(self.sure or self.possible or self.links or self.buttons)


def is_search_page(url: str) -> bool:
    """Whether an address is called a search page."""
    return bool(_SEARCH_PAGE.search(path_of(url)))


def searches(facts: Facts, url: str, *, names: Iterable[str], others: Iterable[str]) -> Searches:
    """All ways into the site's search that a rendering holds, seen or not.

    Args:
        facts: the rendering.
        url: its address.
        names: what links and buttons to the search are called.
        others: words that tell that something else is searched.
    """
    called, foreign = frozenset(map(plain, names)), _beginning(others)
    forms = forms_of(facts)
    scored = [
        (_score(field, forms.get(field.selector), url, foreign), field)
        for field in facts.fields
        if field.kind in _KINDS
    ]
    sure = [(score, field) for score, field in scored if score >= _SURE]
    best = max(sure, key=lambda pair: (pair[1].visible, pair[1].reachable, pair[0]), default=None)
    return Searches(
        sure=tuple(field for _, field in sure),
        possible=tuple(field for score, field in scored if _POSSIBLE <= score < _SURE),
        links=tuple(link for link in facts.links if _is_search_link(link, called, foreign)),
        buttons=tuple(item for item in _presses(facts) if _is_called(item, called)),
        best=best[1] if best else None,
    )


def forms_of(facts: Facts) -> dict[str, Form]:
    """Selector of a field → the form that it belongs to."""
    return {field.selector: form for form in facts.forms for field in form.fields if form.tag == "form"}


def plain(text: str) -> str:
    """*text* without case, punctuation and doubled space."""
    return " ".join(_ORNAMENT.sub(" ", text).casefold().split())


def _beginning(words: Iterable[str]) -> re.Pattern[str]:
    """Matches where a word begins with one of *words*; without words nothing."""
    listed = "|".join(map(re.escape, words))
    return re.compile(rf"(?<![a-zåäö])(?:{listed})" if listed else r"(?!)", re.IGNORECASE)


def _score(field: Field, form: Form | None, url: str, foreign: re.Pattern[str]) -> int:
    """The marks that *field* bears of the site's search.

    A word for something else decides in the address that answers, and in the main content; in the header, where the
    site's search stands, it weighs.
    """
    in_main = "main" in field.regions
    other = bool(foreign.search(f"{field.name} {field.placeholder} {field.key} {_path(form)}"))
    there = in_main and foreign.search(path_of(url)) and not (form and is_search_page(form.action))
    answered_by_another = form and _folder(form.action) != _folder(url) and foreign.search(urlsplit(form.action).path)
    if (in_main and other) or there or answered_by_another:
        return 0
    marks = [
        2 * (field.kind == "search"),
        2 * (field.key.casefold() in _KEYS),
        2 * bool(_SAYS_SEARCH.search(f"{field.name} {field.placeholder}")),
        2 * bool(form and _ACTION.search(_path(form))),
        2 * ("search" in field.regions),
        1 * ("banner" in field.regions),
    ]
    score = sum(marks)
    if other:
        return score - _SURE if score >= 2 * _SURE else _POSSIBLE * (score >= _SURE)
    if in_main and form is None and "search" not in field.regions and not is_search_page(url):
        return min(score, _POSSIBLE)
    return score


def _presses(facts: Facts) -> tuple[Control | Link, ...]:
    """What does something where it stands: controls, and links without a destination."""
    empty = (link for link in facts.links if link.raw_href == "#" or link.raw_href.startswith("javascript:"))
    return (*facts.controls, *empty)


def _folder(url: str) -> str:
    return urlsplit(url).path.rstrip("/")


def _path(form: Form | None) -> str:
    return path_of(form.action) if form else ""


def _is_called(item: Link | Control, called: frozenset[str]) -> bool:
    return plain(item.name) in called or (not item.name and plain(item.text) in called)


def _is_search_link(link: Link, called: frozenset[str], foreign: re.Pattern[str]) -> bool:
    if link.raw_href.startswith(("#", "javascript:")) or not link.raw_href:
        return False
    if not _is_called(link, called) and ("main" in link.regions or not _leads_to_search(link)):
        return False
    return not foreign.search(f"{link.name} {path_of(link.href)}")


def _leads_to_search(link: Link) -> bool:
    return is_search_page(link.href) and (not link.name or bool(_SAYS_SEARCH.search(link.name)))

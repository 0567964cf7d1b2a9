"""Finds the site's own search, and words to try it with."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlencode, urlsplit

from auditor.model.facts import Facts, Field, Form
from auditor.model.site import PageSummary

_NAMES = frozenset({"q", "query", "s", "search", "sok", "sök", "searchtext", "searchquery", "text", "cludoquery"})
_ACTION = re.compile(r"/s[oö]k|sokresultat|s%c3%b6k|search", re.IGNORECASE)
_LABEL = re.compile(r"\b(sök|search|vad letar du efter)", re.IGNORECASE)
_OTHER = re.compile(
    r"e-?tj[aä]nst|sjalvservice|foreningsregister|evenemang|anslagstavla|lediga-jobb|bibliotek", re.IGNORECASE
)
_WORD = re.compile(r"[a-zåäöé]{6,}")
NONSENSE = "qzxvblorp"
"""A word that stands on no page."""


def find_search(facts: Facts) -> Form | None:
    """The form that most looks like the search of the whole site; None if none does."""
    scored = [(points, form) for form in facts.forms if (points := _points(form)) >= 3]
    return max(scored, key=lambda pair: pair[0])[1] if scored else None


def search_field(form: Form) -> Field | None:
    """The field of *form* that takes the words."""
    texts = [field for field in form.fields if field.kind in ("search", "text")]
    return next((field for field in texts if field.kind == "search" or field.key.lower() in _NAMES), None) or (
        texts[0] if len(texts) == 1 else None
    )


def _points(form: Form) -> int:
    field = search_field(form)
    if field is None:
        return 0
    points = 2 * (form.role == "search") + 2 * (field.kind == "search") + (field.key.lower() in _NAMES)
    points += bool(_ACTION.search(urlsplit(form.action).path))
    points += bool(_LABEL.search(" ".join((field.name, field.placeholder, form.name))))
    points += "banner" in form.regions
    return points - 6 * bool(_OTHER.search(form.action + " " + form.name + " " + field.placeholder))


def search_address(form: Form) -> str:
    """Address of the results page with {query} in it; empty if the form does not search by a plain address."""
    field = search_field(form)
    if field is None or not field.key or form.method != "get" or not form.action.startswith(("http://", "https://")):
        return ""
    parts = urlsplit(form.action)
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode({field.key: ''})}{{query}}"


def fill(template: str, query: str) -> str:
    """The address of the results for *query*."""
    return template.replace("{query}", quote(query))


def trial_words(pages: Iterable[PageSummary]) -> Iterator[str]:
    """Words that stand in titles or headings of several pages, best first, alphabetical among equals.

    A word that two to ten pages share in their names is what a search must find.
    """
    counts: Counter[str] = Counter()
    total = 0
    for page in pages:
        if page.rendered and not page.is_handoff and page.query is None:
            total += 1
            counts.update(set(_WORD.findall(page.main_heading.lower())))
    fitting = [(word, number) for word, number in counts.items() if 2 <= number <= max(10, total // 5)]
    fitting = fitting or list(counts.items())
    for word, _ in sorted(fitting, key=lambda pair: (-pair[1], pair[0])):
        yield word

"""How a site's search is asked: which field of which page, and which address the results have."""

from collections.abc import Collection, Iterable
from urllib.parse import quote, quote_plus, urlencode, urlsplit

from auditor.derive.search import forms_of, searches
from auditor.derive.urls import canonical, host_of
from auditor.model.facts import Facts, Field, Form
from auditor.model.search import SearchWay

_PLACE = "{query}"
_SECRET_KINDS = frozenset({"password", "email", "tel", "file", "textarea"})
"""Kinds of fields that no form for searching has."""


def search_way(facts: Facts, url: str, *, others: Iterable[str], hosts: Collection[str]) -> SearchWay | None:
    """The way into the site's search that a rendering shows; None if it shows none that may be tried.

    Only what is certainly the site's search is asked: a form for anything else is never sent. Nor is a search asked
    that is answered by another host than the site's.

    Args:
        facts: the rendering.
        url: its address.
        others: words that tell that something else is searched.
        hosts: the site's own.
    """
    field = searches(facts, url, names=(), others=others).best
    form = forms_of(facts).get(field.selector) if field else None
    if field is None or not field.reachable or (form and not _may_be_sent(form, url, hosts)):
        return None
    return SearchWay(
        page=url,
        field=field.selector,
        revealed_by=() if field.visible else field.revealed_by,
        button=form.submit if form else "",
        template=results_address(form, field) if form else "",
    )


def opened_search_way(facts: Facts, url: str, *, names: Iterable[str], others: Iterable[str]) -> SearchWay | None:
    """The way into a search whose field is put into the page by a button that is called search; None if there is none.

    Args:
        facts: the rendering.
        url: its address.
        names: what such buttons are called.
        others: words that tell that something else is searched.
    """
    found = searches(facts, url, names=names, others=others).buttons
    press = next((item for item in found if item.visible and "main" not in item.regions), None)
    return SearchWay(page=url, opener=press.selector) if press else None


def _may_be_sent(form: Form, url: str, hosts: Collection[str]) -> bool:
    if any(field.kind in _SECRET_KINDS for field in form.fields):
        return False
    target = form.action or url
    return not target.startswith(("http://", "https://")) or host_of(target) in hosts


def results_address(form: Form, field: Field) -> str:
    """Address of the results page with {query} in it; empty if *form* does not search by a plain address.

    What the form sends besides (hidden values, choices made beforehand, its button's name) is in it.
    """
    if not field.key or form.method != "get" or not form.action.startswith(("http://", "https://")):
        return ""
    parts = urlsplit(form.action)
    sent = urlencode([(key, value) for key, value in form.sends if key != field.key], errors="replace")
    query = urlencode({field.key: ""}, errors="replace") + _PLACE + ("&" + sent if sent else "")
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{query}"


def fill(template: str, query: str) -> str:
    """The address of the results for *query*."""
    return template.replace(_PLACE, _quoted(query))


def _quoted(text: str) -> str:
    """*text* as a part of an address; half a character, which no encoding knows, becomes a question mark."""
    return quote(text, errors="replace")


def address_of(way: SearchWay, query: str) -> str:
    """The address that stands for the results of *query*: theirs, or the page's with the words as its fragment.

    Where results have no address of their own (they are posted, or put into the page by a script) the fragment keeps
    the pages of two questions apart.
    """
    return canonical(fill(way.template, query)) if way.template else f"{canonical(way.page)}#{_quoted(query)}"


def absolute_template(template: str, start: str) -> str:
    """The address of the results page as an absolute one, with {query} still in it."""
    return template if "://" in template else start.rstrip("/") + "/" + template.lstrip("/")


def learned_template(shown: str, query: str) -> str:
    """The template by which *shown*, the address of the results for *query*, was made; empty if it shows no words.

    The words must be the whole value of a parameter, of the query or of the fragment (``#?q=``), and stand there once.
    """
    spelled = {_quoted(query), quote(query, safe="", errors="replace"), quote_plus(query, errors="replace"), query}
    for words in sorted(spelled, key=len, reverse=True):
        for end in ("&", "#", ""):
            value = f"={words}{end}"
            if shown.count(value) == 1 and (end or shown.endswith(value)):
                return shown.replace(value, f"={_PLACE}{end}")
    return ""

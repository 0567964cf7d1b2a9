"""A second audit made from the artifacts of the first: what the browser saw is rewritten as the site was changed.

Quicker than a browser by far, and less honest: what a change adds to a page is seen by rules about documents alone, and
looks stay as they were. Every element that was seen carries a stamp; its start tag, words, address and selector become
those of the element with the same stamp on the changed site, and what is no longer there is no longer seen.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from auditor.audit import judge_page, judge_site
from auditor.catalogue.load import load_catalogue
from auditor.derive.file_name import file_name
from auditor.derive.summary import summarise
from auditor.derive.urls import canonical
from auditor.model.page import Document, Page, Response
from auditor.model.site import LinkStatus
from auditor.pipeline.artifacts import read_page, write_page
from auditor.pipeline.context import keep_context, kept_context
from auditor.pipeline.issues import follow, settle
from auditor.pipeline.whole import stored_site
from auditor.store.history import History
from auditor.store.runs import GatheredPage
from benchmarks.drift_sites import STAMP, Copy, address_of

_GONE = object()
_HTML = 300


def audit_artifacts(history: History, copy: Copy) -> None:
    """Adds a run to *history* that judges the last one's artifacts as if the site had become *copy*."""
    site = history.sites()[0]
    first = history.runs(site)[-1]
    before = history.run(first.id)
    config, context = copy.config, kept_context(before)
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    for host in config.formerly:
        history.rename(host, copy.host)
    store = history.begin(
        run_id=f"{first.id}-again",
        site=history.sites()[0],
        name=first.site_name,
        started_at=now,
        settings=first.settings,
        digest="",
        versions=first.versions,
        seed=0,
    )
    catalogue = load_catalogue((), config.options, config.lexicon).with_axe(context.engine)
    rules = list(catalogue.rules.values())
    start = canonical(config.start)
    keep_context(store, replace(context, start=start))
    places = _places(copy, start)
    for file in sorted((before.folder / "pages").glob("*.json.gz")):
        page = read_page(file)
        made = _again(page, places, copy, start) if page else None
        if made is None:
            continue
        name = write_page(made, store.folder / "pages", file_name(made.url))
        store.save_page(
            GatheredPage(
                url=made.url,
                status=made.response.status,
                gathered_at=now,
                artifact=name,
                summary=summarise(made),
                results=tuple(judge_page(rules, made)),
                untested=made.untested,
                screenshots={},
            ),
            [],
        )
    known = {page.summary.url for page in store.pages()}
    moved = {urljoin(start, old): urljoin(start, new) for old, new in copy.redirects.items()}
    store.save_statuses(
        LinkStatus(url=url, status=200 if url in moved else one.status, final_url=moved.get(url, one.final_url))
        for url, one in {**before.statuses(), **{url: LinkStatus(url=url, status=200) for url in moved}}.items()
        if url not in known
    )
    whole = stored_site(store, config, replace(context, start=start), complete=first.state == "complete")
    store.save_site_results(tuple(judge_site(rules, whole)))
    store.end(first.state, now, [])
    record = history.runs(history.sites()[0])[-1]
    followed = follow(history, record, store, [page.summary for page in store.pages()], store.statuses())
    settle(store, followed, store.judged((), complete=True), ())


def _places(copy: Copy, start: str) -> Mapping[str, tuple[str, BeautifulSoup]]:
    """Stamp of a page → its address and tree on the changed site."""
    return {
        str(tree.html[STAMP]): (canonical(urljoin(start, address_of(name))), tree)
        for name, tree in copy.pages.items()
        if tree.html and tree.html.get(STAMP)
    }


def _again(page: Page, places: Mapping[str, tuple[str, BeautifulSoup]], copy: Copy, start: str) -> Page | None:
    """*page* as it would be seen on the changed site; pages that are none of its own stay as they are."""
    root = page.document.tree.html if page.document else None
    stamp = str(root.get(STAMP) or "") if root else ""
    if stamp not in places or page.document is None:
        return page
    url, tree = places[stamp]
    query = urlsplit(page.url).query
    url = f"{url}?{query}" if query else url
    rewrite = _Rewrite(page.document.tree, tree, page.url, url)
    response = replace(page.response, url=url, final_url=url)
    assert isinstance(response, Response)
    html = tree.decode() if not query else page.document.html
    document = Document(url=url, html=html, today=page.document.today)
    renderings = tuple(rewrite.done(rendering) for rendering in page.renderings)
    return replace(page, response=response, document=document, renderings=renderings)


class _Rewrite:
    """What was seen of one page, rewritten."""

    def __init__(self, old: BeautifulSoup, new: BeautifulSoup, url: str, address: str) -> None:
        self._was = {str(tag[STAMP]): tag for tag in old.select(f"[{STAMP}]")}
        self._is = {str(tag[STAMP]): tag for tag in new.select(f"[{STAMP}]")}
        self._urls = (url, address)
        self._selectors: dict[str, str] = {}

    def done(self, value: Any) -> Any:
        """*value* with all selectors, also where they stand before the element that they select."""
        once = self._change(value)
        return self._change(once) if once is not _GONE else once

    def _change(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._urls[1] if value == self._urls[0] else self._selectors.get(value, value)
        if isinstance(value, tuple):
            return tuple(made for one in value if (made := self._change(one)) is not _GONE)
        if is_dataclass(value) and not isinstance(value, type):
            return self._object(value)
        return value

    def _object(self, value: Any) -> Any:
        changes: dict[str, Any] = {}
        html = getattr(value, "html", "")
        stamp = _stamp_of(html) if isinstance(html, str) else ""
        if stamp:
            tag, was = self._is.get(stamp), self._was.get(stamp)
            if tag is None:
                return _GONE
            selector = _selector(tag)
            for name in ("selector", "place"):
                if isinstance(getattr(value, name, None), str) and getattr(value, name):
                    self._selectors[getattr(value, name)] = selector
                    changes[name] = selector
            if isinstance(getattr(value, "target", None), tuple):
                changes["target"] = (*value.target[:-1], selector)
            changes["html"] = _start_tag(tag)
            told, tells = _words(was), _words(tag)
            for name in ("text", "name"):
                if told and told != tells and getattr(value, name, None) == told:
                    changes[name] = tells
            if was is not None and hasattr(value, "href") and was.get("href") != tag.get("href"):
                changes["href"] = urljoin(self._urls[1], str(tag.get("href") or ""))
        for part in fields(value):
            if part.name not in changes:
                made = self._change(getattr(value, part.name))
                if made is not _GONE and made is not getattr(value, part.name):
                    changes[part.name] = made
        return replace(value, **changes) if changes else value


def _stamp_of(html: str) -> str:
    _, mark, rest = html.partition(f'{STAMP}="')
    return rest.partition('"')[0] if mark else ""


def _start_tag(tag: Tag) -> str:
    words = [tag.name]
    for name, value in tag.attrs.items():
        told = " ".join(value) if isinstance(value, list) else str(value)
        words.append(f'{name}="{told}"')
    return f"<{' '.join(words)}>"[:_HTML]


def _words(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag is not None else ""


def _selector(tag: Tag) -> str:
    """A selector of the element: from the nearest id, by tag and place among its like."""
    steps: list[str] = []
    here: Tag | None = tag
    while here is not None and here.name != "[document]":
        if here.get("id"):
            steps.append(f'[id="{here["id"]}"]' if not str(here["id"])[0].isalpha() else f"#{here['id']}")
            break
        like = here.parent.find_all(here.name, recursive=False) if here.parent else [here]
        number = next(index for index, one in enumerate(like, 1) if one is here)
        steps.append(here.name if len(like) == 1 else f"{here.name}:nth-of-type({number})")
        here = here.parent
    return " > ".join(reversed(steps))

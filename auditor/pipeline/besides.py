"""What is asked of a site besides its pages: sitemaps, addresses that are linked but no pages of it, and documents.

Sitemap and documents are kept as files in the run's folder; what is there when a run goes on is not asked for again.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from auditor.derive.scope import SiteScope
from auditor.derive.secrets import is_covered
from auditor.derive.urls import DOCUMENT_ENDINGS, canonical, host_of
from auditor.model.pdf import PdfFacts
from auditor.model.site import PageSummary
from auditor.pipeline.run import RunInHand

_SITEMAP = "sitemap.txt"
_SITEMAP_DAYS = "sitemap-days.json"
_CLOSED = "closed-to-search.txt"
_DOCUMENTS = "documents.jsonl"
_MAX_STATUSES = 500
_AT_ONCE = 20
_MAX_HANDED_OVER = 100
"""Addresses of systems that the site sends its visitors to; asked even where other hosts are not."""
_FACTS = TypeAdapter(PdfFacts)


def ask_besides(run: RunInHand, summaries: Sequence[PageSummary]) -> None:
    """Asks for what pages link to and what is no page of the site, and reads PDF documents."""
    store, session, scope = run.store, run.session, run.scope
    _keep_closed(run, summaries)
    for batch in _batches(unasked(summaries, scope, set(store.statuses()))[:_MAX_STATUSES]):
        if not session.stopped:
            store.save_statuses(session.statuses(batch))
    if not session.stopped:
        session.external(_elsewhere(run, summaries), lambda answer: store.save_statuses([answer]))
    _read_documents(run, summaries)


def unasked(summaries: Sequence[PageSummary], scope: SiteScope, known: Collection[str]) -> list[str]:
    """Addresses on the site's hosts that were not looked at though they are linked, or named as a page's original.

    These are documents, pages over budget, and what only search engines are told of.
    """
    looked = {page.url for page in summaries}
    linked = {link.href for page in summaries for link in page.links if scope.same_site(link.href)}
    linked |= {page.canonical for page in summaries if page.canonical and scope.same_site(page.canonical)}
    wanted = [url for url in linked - looked - set(known) if scope.holds(url) or url.lower().endswith(DOCUMENT_ENDINGS)]
    return sorted(wanted)


def _elsewhere(run: RunInHand, summaries: Sequence[PageSummary]) -> list[str]:
    """Addresses on other hosts to ask for: first those of systems that the site hands its visitors over to.

    The most linked come first, and hosts take turns, so that the delay between requests to one host costs little.
    """
    looked = {page.url for page in summaries}
    known = set(run.store.statuses())
    spread: Counter[str] = Counter()
    for page in summaries:
        if not page.is_handoff:
            spread.update({link.href for link in page.links if not run.scope.same_site(link.href)})
    asked = (url for url in spread if url.startswith(("http://", "https://")) and not is_covered(url))
    wanted = [url for url in asked if url not in looked]
    wanted.sort(key=lambda url: (-spread[url], url))
    systems = [url for url in wanted if run.scope.is_handoff(url)][:_MAX_HANDED_OVER]
    others = [url for url in wanted if not run.scope.is_handoff(url)] if run.config.links.external else []
    return [url for url in (*systems, *_in_turns(others[: run.config.links.most])) if url not in known]


def _in_turns(urls: Iterable[str]) -> Iterator[str]:
    of: dict[str, list[str]] = {}
    for url in urls:
        of.setdefault(host_of(url), []).append(url)
    for row in zip_longest(*of.values()):
        yield from (url for url in row if url is not None)


def _batches(urls: Sequence[str]) -> Iterator[Sequence[str]]:
    for begin in range(0, len(urls), _AT_ONCE):
        yield urls[begin : begin + _AT_ONCE]


def _read_documents(run: RunInHand, summaries: Sequence[PageSummary]) -> None:
    """Reads the PDF documents of the site, the most linked first, and keeps what was seen of each."""
    store, session, most = run.store, run.session, run.config.documents.most
    linked: Counter[str] = Counter()
    for page in summaries:
        linked.update({link.href for link in page.links})
    found = [
        url
        for url, answer in store.statuses().items()
        if answer.status == 200 and answer.content_type == "application/pdf" and run.scope.same_site(url)
    ]
    found.sort(key=lambda url: (-linked[url], url))
    done = {facts.url for facts in read_documents(store.folder)}
    megabytes = run.config.documents.megabytes
    for place, url in enumerate(found):
        if url in done or session.stopped:
            continue
        length = store.statuses()[url].length or 0
        if place >= most:
            facts: PdfFacts | None = PdfFacts(url=url, untested=f"pdf-over-cap|{most}")
        elif length > megabytes * 1_000_000:
            facts = PdfFacts(url=url, untested=f"pdf-too-large|{megabytes}")
        else:
            facts = session.document(url)
        if facts is not None:
            with (store.folder / _DOCUMENTS).open("a", encoding="utf-8") as file:
                file.write(_FACTS.dump_json(facts).decode() + "\n")


def read_documents(folder: Path) -> Iterator[PdfFacts]:
    """The documents that the run in *folder* read, or has a reason for not having read."""
    path = folder / _DOCUMENTS
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            yield _FACTS.validate_json(line)
        except ValidationError:  # the line that was being written when the run was killed
            continue


def write_sitemap(folder: Path, listed: Mapping[str, str]) -> None:
    """Keeps the addresses of the sitemaps, with the days that they give."""
    (folder / _SITEMAP).write_text("\n".join(listed), encoding="utf-8")
    (folder / _SITEMAP_DAYS).write_text(json.dumps(dict(listed)), encoding="utf-8")


def _keep_closed(run: RunInHand, summaries: Sequence[PageSummary]) -> None:
    """Keeps which pages search engines may not visit: of those gathered, left out, or named by a task."""
    targets = {canonical(target, run.scope.start) for task in run.config.tasks for target in task.targets}
    asked = targets | {page.url for page in summaries} | {url for url, _ in run.store.skipped()}
    (run.store.folder / _CLOSED).write_text("\n".join(run.session.closed_to_search(asked)), encoding="utf-8")


def read_closed(folder: Path) -> frozenset[str]:
    """Addresses that robots.txt forbids search engines to visit, as they were kept in *folder*."""
    path = folder / _CLOSED
    return frozenset(path.read_text(encoding="utf-8").split() if path.is_file() else ())


def read_sitemap(folder: Path) -> dict[str, str]:
    """Address → day of the last change, empty if none was given, as `write_sitemap` kept them."""
    path = folder / _SITEMAP_DAYS
    return (
        {str(url): str(day) for url, day in json.loads(path.read_text(encoding="utf-8")).items()}
        if path.is_file()
        else {}
    )

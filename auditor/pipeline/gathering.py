"""Walks a site: its pages, those only the sitemap or the run before knows, its search, and its hand-offs."""

from collections.abc import Collection, Sequence

from auditor.derive.scope import SiteScope
from auditor.derive.site_search import NONSENSE, fill, find_search, search_address, trial_words
from auditor.derive.urls import DOCUMENT_ENDINGS, canonical, host_of
from auditor.gather.crawl import Found, file_name
from auditor.model.config import SiteConfig
from auditor.model.site import PageSummary
from auditor.model.vocabulary import Viewport
from auditor.pipeline.artifacts import read_page
from auditor.pipeline.frontier import StoredFrontier, counts
from auditor.pipeline.run import Progress, RunInHand
from auditor.store.history import History
from auditor.store.runs import RunStore

SITEMAP = "sitemap.txt"
"""File in a run's folder with the addresses that the site's sitemaps name."""
CLOSED = "closed.txt"
"""File in a run's folder with the addresses that robots.txt forbids search engines to visit."""
_AFTER_PAGES = 1_000_000
_MAX_HANDOFFS = 20
_MAX_STATUSES = 500
_STATUSES_AT_ONCE = 20


def gather(run: RunInHand, progress: Progress) -> None:
    """Looks at everything that the run is about, or at what is left of it.

    Pages of the run before are asked for again, so that nothing counts as fixed that was not tested again.
    """
    config, store, scope, session = run.config, run.store, run.scope, run.session
    frontier = StoredFrontier(store, run.catalogue, config.seed)
    shots = store.folder / "shots"

    def on_page(url: str) -> None:
        progress(*frontier.known(), url)

    frontier.add(Found(url=url, depth=depth) for url, depth in _seeds(config, scope))
    session.walk(scope, frontier, shots, on_page)
    if session.stopped:
        return
    sitemap = session.sitemap(scope)
    (store.folder / SITEMAP).write_text("\n".join(sitemap), encoding="utf-8")
    panel = [url for url in _earlier_pages(run.history, run.site, store.run_id) if scope.holds(url)]
    frontier.add(Found(url=url, depth=config.scope.max_depth) for url in (*sitemap, *panel))
    session.walk(scope, frontier, shots, on_page)
    if session.stopped:
        return
    summaries = [page.summary for page in store.pages()]
    closed = session.closed_to_search(_pages_of_interest(config, store, scope, summaries))
    (store.folder / CLOSED).write_text("\n".join(closed), encoding="utf-8")
    frontier.add(_search_trials(config, store, scope, summaries))
    if config.scope.handoffs:
        frontier.add(Found(url=url, depth=_AFTER_PAGES, role="handoff") for url in _handoffs(summaries, scope))
    session.walk(scope, frontier, shots, on_page)
    waiting = unasked(summaries, scope, set(store.statuses()))[:_MAX_STATUSES]
    for begin in range(0, len(waiting), _STATUSES_AT_ONCE):
        if not session.stopped:
            store.save_statuses(session.statuses(waiting[begin : begin + _STATUSES_AT_ONCE]))


def _pages_of_interest(
    config: SiteConfig, store: RunStore, scope: SiteScope, summaries: Sequence[PageSummary]
) -> set[str]:
    """Addresses of pages that people may look for by a search engine: gathered, left out, or named by a task."""
    targets = {canonical(target, scope.start) for task in config.tasks for target in task.targets}
    return targets | {page.url for page in summaries} | {url for url, _ in store.skipped()}


def _earlier_pages(history: History, site: str, run_id: str) -> list[str]:
    """Pages that the run before this one rendered."""
    previous = history.previous(site, run_id)
    pages = history.run(previous.id).pages() if previous else ()
    return [page.summary.url for page in pages if counts(page.summary)]


def _seeds(config: SiteConfig, scope: SiteScope) -> list[tuple[str, int]]:
    hub = [(canonical(config.hub, scope.start), 1)] if config.hub else []
    return [(scope.start, 0), *hub]


def _search_trials(
    config: SiteConfig, store: RunStore, scope: SiteScope, summaries: Sequence[PageSummary]
) -> list[Found]:
    """Two questions to the site's search: a word that its pages are called by, and one that stands nowhere."""
    if not config.search.enabled or store.known("search"):
        return []
    template = (
        canonical_template(config.search.url, scope.start) if config.search.url else _found_template(store, scope)
    )
    words = [*config.search.queries, *trial_words(summaries)]
    if not template or not words:
        return []
    return [
        Found(canonical(fill(template, word)), _AFTER_PAGES, "search", word, expected)
        for word, expected in ((words[0], True), (NONSENSE, False))
    ]


def canonical_template(template: str, start: str) -> str:
    """The address of the results page as an absolute one, with {query} still in it."""
    return template if "://" in template else start.rstrip("/") + "/" + template.lstrip("/")


def _found_template(store: RunStore, scope: SiteScope) -> str:
    start = read_page(store.folder / "pages" / f"{file_name(scope.start)}.json.gz")
    for seen in start.renderings if start else ():
        form = find_search(seen.facts) if seen.viewport is Viewport.DESKTOP else None
        address = search_address(form) if form else ""
        if address and host_of(address) in scope.hosts:
            return address
    return ""


def _handoffs(summaries: Sequence[PageSummary], scope: SiteScope) -> list[str]:
    """One address on each other host that pages send people to: the one with most links, else the first in order."""
    links: dict[str, dict[str, int]] = {}
    for page in summaries:
        for link in page.links:
            if scope.is_handoff(link.href):
                named = links.setdefault(host_of(link.href), {})
                named[link.href] = named.get(link.href, 0) + 1
    best = [min(named, key=lambda url: (-named[url], url)) for _, named in sorted(links.items())]
    return best[:_MAX_HANDOFFS]


def unasked(summaries: Sequence[PageSummary], scope: SiteScope, known: Collection[str]) -> list[str]:
    """Addresses on the site's hosts that were not looked at though they are linked, or named as a page's original.

    These are documents, pages over budget, and what only search engines are told of.
    """
    looked = {page.url for page in summaries}
    linked = {link.href for page in summaries for link in page.links if scope.same_site(link.href)}
    linked |= {page.canonical for page in summaries if page.canonical and scope.same_site(page.canonical)}
    wanted = [url for url in linked - looked - set(known) if scope.holds(url) or url.lower().endswith(DOCUMENT_ENDINGS)]
    return sorted(wanted)

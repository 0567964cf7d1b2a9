"""Walks a site: its pages, those only the sitemap or the run before knows, its search, and its hand-offs."""

from collections.abc import Sequence

from auditor.derive.page_kinds import nowhere_on
from auditor.derive.scope import SiteScope
from auditor.derive.search_way import address_of
from auditor.derive.trial_words import NONSENSE, trial_words
from auditor.derive.urls import canonical, host_of
from auditor.gather.frontier import Found
from auditor.model.config import SiteConfig
from auditor.model.search import SearchWay
from auditor.model.site import PageSummary
from auditor.pipeline.besides import ask_besides, write_sitemap
from auditor.pipeline.carry import earlier_run
from auditor.pipeline.choices import CHOICES, hand_on
from auditor.pipeline.frontier import StoredFrontier, counts
from auditor.pipeline.run import Progress, RunInHand
from auditor.pipeline.search_ways import SearchWays, search_ways
from auditor.store.history import History
from auditor.store.runs import RunStore

_AFTER_PAGES = 1_000_000
_SOON = 10
"""Pages that are left when the process that simulates visitors begins to load."""
_MAX_HANDOFFS = 20


def gather(run: RunInHand, progress: Progress) -> list[PageSummary]:
    """Looks at everything that the run is about, or at what is left of it.

    Pages of the run before are asked for again, so that nothing counts as fixed that was not tested again.

    Returns:
        All pages of the run, in the order of the walk.
    """
    config, store, scope, session = run.config, run.store, run.scope, run.session
    earlier = earlier_run(run.history, run.site, store, config, run.catalogue, run.context.today)
    frontier = StoredFrontier(store, run.catalogue, config.seed, scope, earlier)
    shots = store.folder / "shots"

    def on_page(url: str) -> None:
        done, known = frontier.known()
        progress(done, known, url)
        if config.findability.enabled and known - done <= _SOON and run.visitors.is_worth(done):
            run.visitors.begin()

    if earlier:
        hand_on(earlier, store.folder / CHOICES)
    session.remember(store.folder / CHOICES)
    if store.known("search") and (way := search_ways(run, _summaries(store)).desktop):
        session.use_search(way)  # the run was cut short amid its questions, and the first walk goes on with them
    frontier.add(Found(url=url, depth=depth) for url, depth in _seeds(config, scope))
    session.walk(scope, frontier, shots, on_page)
    if session.stopped:
        return _summaries(store)
    sitemap = session.sitemap(scope)
    write_sitemap(store.folder, sitemap)
    panel = [url for url in _earlier_pages(run.history, run.site, store) if scope.holds(url)]
    frontier.add(Found(url=url, depth=config.scope.max_depth) for url in (*sitemap, *panel))
    session.walk(scope, frontier, shots, on_page)
    if session.stopped:
        return _summaries(store)
    summaries = _summaries(store)
    ways = search_ways(run, summaries) if config.search.enabled else SearchWays()
    if ways.desktop:
        session.use_search(ways.desktop)
        frontier.add(_search_trials(run, ways.desktop, summaries))
    if config.scope.handoffs:
        frontier.add(Found(url=url, depth=_AFTER_PAGES, role="handoff") for url in _handoffs(summaries, scope))
    done, known = frontier.known()
    if done < known:
        session.walk(scope, frontier, shots, on_page)
        summaries = _summaries(store)
    nowhere = nowhere_on(scope.start)
    if not session.stopped and nowhere not in store.statuses():
        store.save_statuses(session.probe(nowhere))
    ask_besides(run, summaries)
    if not session.stopped:
        from auditor.pipeline.probing import probe_search  # loaded during the walk
        from auditor.pipeline.searches import study_search

        probe_search(run, ways)
        study_search(run, ways)
    return summaries


def _summaries(store: RunStore) -> list[PageSummary]:
    return [page.summary for page in store.pages()]


def _earlier_pages(history: History, site: str, store: RunStore) -> list[str]:
    """Pages that the run before this one rendered, and that this one has not heard of."""
    previous = history.previous(site, store.run_id)
    if previous is None:
        return []
    before, known = history.run(previous.id), store.known()
    pages = (before.page(url) for url in before.addresses() if url not in known)
    return [page.url for page in pages if page is not None and counts(page.summary)]


def _seeds(config: SiteConfig, scope: SiteScope) -> list[tuple[str, int]]:
    hub = [(canonical(config.hub, scope.start), 1)] if config.hub else []
    return [(scope.start, 0), *hub]


def _search_trials(run: RunInHand, way: SearchWay, summaries: Sequence[PageSummary]) -> list[Found]:
    """What the site's search is asked: a word that its pages are called by, one that stands nowhere, and for rules.

    What rules ask for comes last, when it is known how results are addressed.
    """
    words = [*run.config.search.queries, *trial_words(summaries)]
    if not words or run.store.known("search"):
        return []
    trials = [
        Found(address_of(way, word), _AFTER_PAGES, "search", word, expected)
        for word, expected in ((words[0], True), (NONSENSE, False))
    ]
    questions = [word for word in run.catalogue.lexicon["search_questions"] if word != words[0].casefold()]
    return trials + [Found(address_of(way, word), _AFTER_PAGES + 1, "question", word) for word in questions]


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

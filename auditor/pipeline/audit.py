"""Audits a site: gather, judge, score, remember."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from auditor import __version__
from auditor.audit import judge_site
from auditor.catalogue.load import Catalogue, load_catalogue
from auditor.derive.scope import SiteScope
from auditor.derive.site_search import NONSENSE, fill, find_search, search_address, trial_words
from auditor.derive.urls import DOCUMENT_ENDINGS, canonical, host_of
from auditor.errors import GatherError, StoreError
from auditor.findings import group
from auditor.gather.crawl import Found, file_name
from auditor.gather.session import GatherSession
from auditor.model.config import SiteConfig
from auditor.model.finding import IssueState
from auditor.model.reasons import sentence
from auditor.model.score import FORMULA_VERSION
from auditor.model.site import PageSummary, Site
from auditor.model.vocabulary import Language, OutcomeKind, Scope, Viewport
from auditor.pipeline.artifacts import read_page
from auditor.pipeline.frontier import StoredFrontier, counts
from auditor.scoring import area_scores, count, tallies
from auditor.store.history import History, RunRecord
from auditor.store.runs import RunStore
from auditor.tracking import track

_AFTER_PAGES = 1_000_000
_MAX_HANDOFFS = 20
_MAX_STATUSES = 500
_STATUSES_AT_ONCE = 20

Progress = Callable[[int, int, str], None]
"""Told after each page: pages done, pages known, address."""


@dataclass(frozen=True, kw_only=True)
class Audited:
    """A run that came to results."""

    run_id: str
    site: str
    catalogue: Catalogue
    resumed: bool
    previous: RunRecord | None
    states: dict[str, IssueState]
    pages_tested: int


def audit(
    config: SiteConfig,
    history: History,
    *,
    fresh: bool = False,
    report_due: bool = False,
    progress: Progress = lambda done, known, url: None,
    begun: Callable[[GatherSession], None] = lambda session: None,
) -> Audited:
    """Audits the site that *config* describes, or goes on with a run that was cut short.

    Args:
        config: the site.
        history: where the run is kept.
        fresh: begin a new run even if one can be gone on with.
        report_due: the run has not come to its end before `History.report_written`; until then the same call goes on
            with it.
        progress: told after each page.
        begun: handed the session, so that a signal handler can stop it.

    Raises:
        GatherError: the site cannot be audited, or no page of it could be tested.
        CardError, ConfigError, StoreError: see there.
    """
    catalogue = load_catalogue(config.rules, config.options, config.lexicon)
    today = config.date or datetime.now(UTC).astimezone().date()
    with GatherSession(config, today) as session:
        begun(session)
        catalogue = catalogue.with_axe(session.engine)
        versions = {
            "product": f"auditor {__version__}",
            "axe": f"axe-core {session.engine.version}",
            "browser": session.browser + ("" if session.sandboxed else " (without sandbox)"),
            "formula": FORMULA_VERSION,
            "catalogue": catalogue_digest(catalogue),
        }
        scope = session.arrive()
        site = site_key(config)
        digest = hashlib.sha256("\x1f".join([_settings(config), str(today), *versions.values()]).encode()).hexdigest()
        with history.errors(), _disk_errors(history):
            record = None if fresh else history.resumable(site, digest)
            store = _resumed(history, record) if record else _begun(history, config, site, digest, versions)
            if report_due:
                history.await_report(store.run_id)
            _gather(config, history, site, session, store, catalogue, scope, progress)
            return _conclude(config, history, session, store, catalogue, scope, today, site, resumed=record is not None)


def site_key(config: SiteConfig) -> str:
    """What the history calls a site: the host name of its start page."""
    return host_of(canonical(config.start)) or config.start


def catalogue_digest(catalogue: Catalogue) -> str:
    """Fingerprint of all rules: the same cards, options and engines give the same one."""
    digest = hashlib.sha256()
    for rule in sorted(catalogue.rules.values(), key=lambda rule: rule.id):
        card = rule.card.read_bytes() if rule.card else b""
        digest.update(f"{rule.id}\x1f{rule.source}\x1f{sorted(rule.options.items())}".encode() + card)
    return digest.hexdigest()[:12]


def _settings(config: SiteConfig) -> str:
    return config.model_dump_json(exclude={"database", "output", "languages", "fail_on"})


def _begun(history: History, config: SiteConfig, site: str, digest: str, versions: dict[str, str]) -> RunStore:
    now = datetime.now(UTC)
    return history.begin(
        run_id=f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}",
        site=site,
        name=config.name or site,
        started_at=now.isoformat(timespec="microseconds"),
        settings=_settings(config),
        digest=digest,
        versions=versions,
        seed=config.seed,
    )


def _resumed(history: History, record: RunRecord) -> RunStore:
    history.reopen(record.id)
    return history.run(record.id)


class _disk_errors:  # noqa: N801 – reads as a statement
    """Tells a full or broken disk in one line."""

    def __init__(self, history: History) -> None:
        self._path = history.path.parent

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError) and not isinstance(error, ConnectionError) and error.errno is not None:
            raise StoreError(
                f"{self._path}: {error.strerror}; mend that and run the same command again, it goes on where it was"
            ) from error


def _gather(
    config: SiteConfig,
    history: History,
    site: str,
    session: GatherSession,
    store: RunStore,
    catalogue: Catalogue,
    scope: SiteScope,
    progress: Progress,
) -> None:
    """Walks the site: its pages, those only the sitemap or the run before knows, its search, and its hand-offs.

    Pages of the run before are asked for again, so that nothing counts as fixed that was not tested again.
    """
    frontier = StoredFrontier(store, catalogue, config.seed)
    shots = store.folder / "shots"

    def on_page(url: str) -> None:
        progress(*frontier.known(), url)

    frontier.add(Found(url=url, depth=depth) for url, depth in _seeds(config, scope))
    session.walk(scope, frontier, shots, on_page)
    if session.stopped:
        return
    sitemap = session.sitemap(scope)
    (store.folder / "sitemap.txt").write_text("\n".join(sitemap), encoding="utf-8")
    panel = [url for url in _earlier_pages(history, site, store.run_id) if scope.holds(url)]
    frontier.add(Found(url=url, depth=config.scope.max_depth) for url in (*sitemap, *panel))
    session.walk(scope, frontier, shots, on_page)
    if session.stopped:
        return
    summaries = [page.summary for page in store.pages()]
    frontier.add(_search_trials(config, store, scope, summaries))
    if config.scope.handoffs:
        frontier.add(Found(url=url, depth=_AFTER_PAGES, role="handoff") for url in _handoffs(summaries, scope))
    session.walk(scope, frontier, shots, on_page)
    unseen = _unseen(summaries, scope, set(store.statuses()))
    for begin in range(0, len(unseen), _STATUSES_AT_ONCE):
        if not session.stopped:
            store.save_statuses(session.statuses(unseen[begin : begin + _STATUSES_AT_ONCE]))


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


def _unseen(summaries: Sequence[PageSummary], scope: SiteScope, known: set[str]) -> list[str]:
    """Addresses on the site's hosts that are linked and were not looked at: documents, and pages over budget."""
    looked = {page.url for page in summaries}
    linked = {link.href for page in summaries for link in page.links if scope.same_site(link.href)}
    wanted = [url for url in linked - looked - known if scope.holds(url) or url.lower().endswith(DOCUMENT_ENDINGS)]
    return sorted(wanted)[:_MAX_STATUSES]


def _conclude(
    config: SiteConfig,
    history: History,
    session: GatherSession,
    store: RunStore,
    catalogue: Catalogue,
    scope: SiteScope,
    today: date,
    site: str,
    *,
    resumed: bool,
) -> Audited:
    """Judges the site as a whole, scores, compares with the run before, and ends the run."""
    rules = catalogue.rules
    summaries = tuple(page.summary for page in store.pages())
    tested = sum(counts(summary) for summary in summaries)
    skipped = [reason for _, reason in store.skipped()]
    complete = not session.stopped and not skipped
    if not tested:
        history.drop(store.run_id) if not session.stopped else None
        told = "stopped" if session.stopped else "no page could be opened"
        reason = session.refusal or next((page.reason for page in summaries if page.reason), told)
        raise GatherError(f"{scope.start}: no page could be tested ({_english(reason)}); there is no score")
    sitemap_file = store.folder / "sitemap.txt"
    sitemap = sitemap_file.read_text(encoding="utf-8").split() if sitemap_file.is_file() else []
    whole = Site(
        start=scope.start,
        today=today,
        hub=canonical(config.hub, scope.start) if config.hub else "",
        pages=summaries,
        statuses=store.statuses(),
        sitemap=frozenset(sitemap),
        tasks=config.tasks,
        complete=complete,
    )
    store.save_site_results(tuple(judge_site(rules.values(), whole)))
    store.save_scores(area_scores(rules, list(tallies(count(store.results())))))
    findings = group(store.outcomes((OutcomeKind.FAILED, OutcomeKind.CANT_TELL)))
    previous = history.previous(site, store.run_id)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    this = next(run for run in history.runs(site) if run.id == store.run_id)
    seen = history.first_seen(site, [finding.key for finding in findings], this.started_at)
    before = history.run(previous.id).findings() if previous else []
    site_rules = {rule.id for rule in rules.values() if rule.scope is Scope.SITE}
    gone = {page.url for page in summaries if page.status in (404, 410)}
    gone |= {url for url, status in whole.statuses.items() if status.status in (404, 410)}
    states = track(before, findings, store.judged(site_rules), gone, set(seen))
    store.save_findings(findings, states, {finding.key: seen.get(finding.key, this.started_at) for finding in findings})
    state = "interrupted" if session.stopped and not session.refusal else "complete" if complete else "partial"
    remarks = [f"refused|{session.refusal}"] if session.refusal else []
    if session.stopped and not session.refusal:
        remarks.append("interrupted")
    remarks += [f"skipped|{number}|{reason}" for reason, number in _numbers(skipped)]
    store.end(state if state != "partial" or not session.refusal else "partial", now, remarks)
    return Audited(
        run_id=store.run_id,
        site=site,
        catalogue=catalogue,
        resumed=resumed,
        previous=previous,
        states=states,
        pages_tested=tested,
    )


def _numbers(reasons: Sequence[str]) -> list[tuple[str, int]]:
    return sorted({reason: reasons.count(reason) for reason in reasons}.items())


def _english(reason: str) -> str:
    return sentence(reason, Language.ENGLISH).rstrip(".")

"""Holds a register of claims against what a run of a site found."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.claims import Basis, Evidence, Judged, judge_claims
from auditor.claims.site import ORDER_RULES
from auditor.errors import StoreError
from auditor.model.claim import Register
from auditor.model.config import SiteConfig
from auditor.model.facts import Facts
from auditor.model.outcome import Outcome
from auditor.model.page import Page
from auditor.model.site import Site
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.pipeline.artifacts import gathered_page
from auditor.pipeline.context import kept_context
from auditor.pipeline.findability import read_findability
from auditor.pipeline.whole import stored_site
from auditor.store.history import ENDED, History, RunRecord
from auditor.store.runs import RunStore

_SAID = (OutcomeKind.FAILED, OutcomeKind.CANT_TELL)


@dataclass(frozen=True, kw_only=True)
class Verification:
    """A register of claims with its verdicts."""

    register: Register
    judged: tuple[Judged, ...]
    run: RunRecord
    earlier: RunRecord | None
    config: SiteConfig


def newest_run(history: History, site: str) -> RunRecord | None:
    """The last run of *site* that came to results."""
    ended = [run for run in history.runs(site) if run.state in ENDED and run.pages]
    return ended[-1] if ended else None


def run_named(history: History, site: str, run_id: str) -> RunRecord:
    """The run of *site* with that id.

    Raises:
        StoreError: there is none, or it did not come to results.
    """
    for run in history.runs(site):
        if run.id == run_id:
            if run.state in ENDED:
                return run
            raise StoreError(f"{run_id}: this run did not come to its end; run the same audit again, it goes on")
    raise StoreError(f"{run_id}: no such run of {site} in {history.path}; see auditor history {site}")


def verify(register: Register, history: History, run: RunRecord, earlier: RunRecord | None) -> Verification:
    """The verdict on each claim of *register*.

    Args:
        register: the claims.
        history: where the runs are kept.
        run: the run that the claims are held against.
        earlier: the run that claims about change compare it with, if there is one.
    """
    config = SiteConfig.model_validate_json(run.settings)
    now = _basis(history, run, register)
    before = _basis(history, earlier, register) if earlier else None
    judged = judge_claims(register, Evidence(now=now, earlier=before))
    return Verification(register=register, judged=judged, run=run, earlier=earlier, config=config)


def _basis(history: History, run: RunRecord, register: Register) -> Basis:
    store = history.run(run.id)
    site, untested = _site(store, run)
    rules = register.rules() | {*ORDER_RULES}
    results: dict[str, dict[str, dict[Viewport | None, OutcomeKind]]] = {rule: {} for rule in rules}
    for result in store.results():
        if result.rule in rules:
            results[result.rule].setdefault(result.url, {})[result.viewport] = result.kind
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for rule, outcome in store.outcomes(_SAID):
        if rule in rules:
            outcomes[rule].append(outcome)
    return Basis(
        site=site,
        results=results,
        outcomes=lambda rule: outcomes.get(rule, ()),
        text=lambda url: _text(gathered_page(store.folder, url)),
        search_pages=tuple(_search_pages(store, site)),
        scores=store.scores(),
        findability=read_findability(store.folder),
        scope=SiteConfig.model_validate_json(run.settings).scope,
        rules_version=run.versions.get("catalogue", ""),
        run_id=run.id,
        untested=untested,
    )


def _site(store: RunStore, run: RunRecord) -> tuple[Site, int]:
    """The site as the run saw it, and how many of its pages were found and not tested."""
    pages = list(store.pages())
    skipped = store.skipped()
    failed = [
        page
        for page in pages
        if not page.untested.get("page", "redirect").startswith(("redirect", "download"))
        and page.summary.status not in (404, 410)
        and not page.summary.is_handoff
        and page.summary.query is None
    ]
    config = SiteConfig.model_validate_json(run.settings)
    site = stored_site(store, config, kept_context(store), complete=run.state == "complete")
    return site, len(failed) + len(skipped)


def _search_pages(store: RunStore, site: Site) -> Iterator[Facts]:
    for summary in site.pages:
        page = gathered_page(store.folder, summary.url) if summary.query is not None else None
        for rendering in page.renderings if page else ():
            if rendering.hits_expected:
                yield rendering.facts


def _text(page: Page | None) -> str:
    """The main text as the desktop shows it, else as any viewport does."""
    if page is None:
        return ""
    shown = page.rendering(Viewport.DESKTOP) or next(iter(page.renderings), None)
    return shown.facts.main_text if shown else ""

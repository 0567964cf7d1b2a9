"""What a run comes to: the site judged as a whole, scores, findings, and what became of those of the run before."""

from collections.abc import Sequence
from datetime import UTC, datetime

from auditor.audit import AFTER_THE_WALK, judge_claimed, judge_site
from auditor.errors import GatherError
from auditor.garbage import searched_seldom
from auditor.model.reasons import sentence
from auditor.model.site import PageSummary, Site
from auditor.model.vocabulary import Language, OutcomeKind
from auditor.pipeline.besides import unasked
from auditor.pipeline.carry import carried_remarks
from auditor.pipeline.findability import simulation, write_findability
from auditor.pipeline.frontier import counts
from auditor.pipeline.issues import Followed, follow, settle
from auditor.pipeline.run import RunInHand
from auditor.pipeline.sample import keep_sample
from auditor.pipeline.whole import stored_site
from auditor.scoring import area_scores, counts_of, tallies
from auditor.statement import claimed
from auditor.store.history import RunRecord


@searched_seldom()
def conclude(run: RunInHand, pages: Sequence[PageSummary]) -> Followed:
    """Judges and scores what was gathered, compares it with the run before, and ends the run.

    Args:
        run: the run.
        pages: all its pages, in the order of the walk.

    Returns:
        The run's findings as issues.

    Raises:
        GatherError: no page could be tested.
    """
    store = run.store
    skipped = [reason for _, reason in store.skipped()]
    complete = not run.session.stopped and not skipped
    stopped = bool(run.session.stopped)
    found = simulation(run.config, store, run.context.start, run.visitors, interrupted=stopped)
    site = stored_site(store, run.config, run.context, pages, complete=complete)
    _require_pages(run, site)
    if run.config.sample:
        keep_sample(store, site, run.config.seed)
    _judge(run, site)
    followed = _compare(run, site)
    write_findability(found(), store.folder)
    run.history.series.forget(store.run_id)
    remarks = [*_remarks(run, skipped), *_clock(run, followed.previous)]
    store.end(_state(run, skipped), datetime.now(UTC).isoformat(timespec="seconds"), remarks)
    return followed


def _judge(run: RunInHand, site: Site) -> None:
    """Judges what rules say of the site as a whole, and scores it."""
    store, rules = run.store, run.catalogue.rules
    of_site = tuple(judge_site(rules.values(), site))
    store.save_site_results(of_site)
    of_claims = tuple(judge_claimed(rules.values(), claimed(site, rules, store.results(kind=OutcomeKind.FAILED))))
    store.save_site_results((*of_site, *of_claims))
    store.save_scores(area_scores(rules, list(tallies(counts_of(store.tally())))))


def _require_pages(run: RunInHand, site: Site) -> None:
    """Forgets a run in which no page could be tested, and says so."""
    if any(counts(page) for page in site.pages):
        return
    told = "stopped" if run.session.stopped else "no page could be opened"
    reason = run.session.refusal or next((page.reason for page in site.pages if page.reason), told)
    if not run.session.stopped:
        run.history.drop(run.store.run_id)
    plain = sentence(reason, Language.ENGLISH).rstrip(".")
    raise GatherError(f"{site.start}: no page could be tested ({plain}); there is no score")


def _compare(run: RunInHand, site: Site) -> Followed:
    """The run's findings as issues; saves what became of them, and of those of the run before that it did not find."""
    history, store = run.history, run.store
    record = next(record for record in history.runs(run.site) if record.id == store.run_id)
    followed = follow(history, record, store, site.pages, site.statuses)
    gone = {page.url for page in site.pages if page.status in (404, 410)}
    gone |= {url for url, status in site.statuses.items() if status.status in (404, 410)}
    settle(
        store,
        followed,
        store.judged(
            {rule.id for rule in run.catalogue.rules.values() if rule.scope in AFTER_THE_WALK},
            complete=site.complete,
            rendered={page.url for page in site.pages if page.rendered},
        ),
        gone,
        unasked=set(unasked(site.pages, run.scope, site.statuses)),
    )
    return followed


def _state(run: RunInHand, skipped: Sequence[str]) -> str:
    if run.session.refusal:
        return "partial"
    if run.session.stopped:
        return "interrupted"
    return "partial" if any(reason.startswith("max-pages") for reason in skipped) else "complete"


def _clock(run: RunInHand, previous: RunRecord | None) -> list[str]:
    """Tells that the run seems to be older than the one before it."""
    began = next(record.started_at for record in run.history.runs(run.site) if record.id == run.store.run_id)
    return ["clock"] if previous and began < previous.started_at else []


def _remarks(run: RunInHand, skipped: Sequence[str]) -> list[str]:
    """What a reader must know of how the run went, as keys with details."""
    remarks = [f"refused|{run.session.refusal}"] if run.session.refusal else []
    if run.session.stopped and not run.session.refusal:
        remarks.append("interrupted")
    elif run.config.search.enabled and not run.store.known("search"):
        remarks.append("no-search")
    remarks += carried_remarks(run.store)
    numbers = {reason: skipped.count(reason) for reason in skipped}
    return remarks + [f"skipped|{number}|{reason}" for reason, number in sorted(numbers.items())]

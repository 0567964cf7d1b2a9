"""Judges a run again from what it kept, without the site and without a browser."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from auditor import __version__
from auditor.audit import judge_claimed, judge_page, judge_site
from auditor.catalogue.load import Catalogue, load_catalogue
from auditor.derive.summary import summarise
from auditor.errors import ArchiveError
from auditor.model.config import SiteConfig
from auditor.model.outcome import Outcome, RuleResult
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.pipeline.archiving import archived_run
from auditor.pipeline.artifacts import read_page
from auditor.pipeline.context import RunContext, kept_context
from auditor.pipeline.findability import simulated_again
from auditor.pipeline.marks import catalogue_digest
from auditor.pipeline.scents import scent_version
from auditor.pipeline.whole import stored_site
from auditor.statement import claimed
from auditor.store.history import RunRecord
from auditor.store.runs import RunStore

_TOLD = (OutcomeKind.FAILED, OutcomeKind.CANT_TELL, OutcomeKind.UNTESTED)
_Key = tuple[str, str, Viewport | None]
_Said = tuple[OutcomeKind, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A rule that says something else of a page than it did."""

    rule: str
    url: str
    viewport: Viewport | None
    before: OutcomeKind | None
    """None if the rule did not judge it."""
    after: OutcomeKind | None


@dataclass(frozen=True, kw_only=True)
class Rechecked:
    """What judging an archived run again came to."""

    run: RunRecord
    same_versions: bool
    """Rules and product are those of the run: then any difference is a defect, of ours or of the archive."""
    versions_now: Mapping[str, str]
    pages: int
    results: int
    differences: tuple[Difference, ...]
    tasks: int
    """Tasks that simulated visitors tried again."""
    other_tasks: tuple[str, ...]
    """Those of them, by id, that came to another result."""


def recheck(path: Path, rules: tuple[Path, ...] = ()) -> Rechecked:
    """Judges the run in the archive at *path* with the rules of today.

    Args:
        path: a WACZ that an audit wrote.
        rules: folders with rule cards of one's own, where the run had such.

    Raises:
        ArchiveError: it is damaged, no archive of a run, or of a version that this one cannot read.
    """
    with archived_run(path) as (history, record), history.errors():
        return _rechecked(history.run(record.id), record, rules)


def _rechecked(store: RunStore, record: RunRecord, rules: tuple[Path, ...]) -> Rechecked:
    config = SiteConfig.model_validate_json(record.settings)
    context = kept_context(store)
    catalogue = load_catalogue(rules, config.options, config.lexicon).with_axe(context.engine)
    versions = {
        **record.versions,
        "product": f"auditor {__version__}",
        "catalogue": catalogue_digest(catalogue),
    }
    if "scent" in record.versions:
        findability = config.findability
        versions["scent"] = scent_version(wanted=findability.enabled and findability.embedding)
    before = _stored(store)
    after: dict[_Key, _Said] = {}
    count = 0
    for result in judged_again(store, config, context, catalogue, complete=record.state == "complete"):
        after[result.rule, result.url, result.viewport] = _said(result.kind, result.outcomes)
        count += 1
    differences = [
        Difference(
            rule=key[0],
            url=key[1],
            viewport=key[2],
            before=before[key][0] if key in before else None,
            after=after[key][0] if key in after else None,
        )
        for key in sorted({*before, *after}, key=str)
        if before.get(key) != after.get(key)
    ]
    tasks, other_tasks = simulated_again(config, store, context.start)
    return Rechecked(
        run=record,
        same_versions=versions == dict(record.versions),
        versions_now=versions,
        pages=store.page_count(),
        results=count,
        differences=tuple(differences),
        tasks=tasks,
        other_tasks=other_tasks,
    )


def judged_again(
    store: RunStore, config: SiteConfig, context: RunContext, catalogue: Catalogue, *, complete: bool
) -> Iterator[RuleResult]:
    """Every result of a run, from its artifacts and the rules of *catalogue*."""
    rules = list(catalogue.rules.values())
    summaries = {}
    failed: list[RuleResult] = []
    for file in sorted((store.folder / "pages").glob("*.json.gz")):
        page = read_page(file)
        if page is None:
            raise ArchiveError(f"{file.name}: the artifacts of a page cannot be read by this version of the product")
        summaries[page.url] = summarise(page)
        for result in judge_page(rules, page):
            if result.kind is OutcomeKind.FAILED:
                failed.append(replace(result, outcomes=()))
            yield result
    site = stored_site(store, config, context, complete=complete)
    newly = tuple(summaries.get(page.url, page) for page in site.pages)
    whole = replace(site, pages=newly)
    of_site = tuple(judge_site(rules, whole))
    yield from of_site
    yield from judge_claimed(rules, claimed(whole, catalogue.rules, (*failed, *of_site)))


def _stored(store: RunStore) -> dict[_Key, _Said]:
    """What the run said: result and targets of each rule, page and viewport."""
    targets: dict[tuple[str, str], list[Outcome]] = {}
    for rule, outcome in store.outcomes(_TOLD):
        targets.setdefault((rule, outcome.target.url), []).append(outcome)
    said: dict[_Key, _Said] = {}
    for result in store.results():
        # A result without viewport may be about targets of one: pages compared with themselves on the phone.
        own = tuple(
            outcome
            for outcome in targets.get((result.rule, result.url), ())
            if result.viewport is None or outcome.target.viewport is result.viewport
        )
        said[result.rule, result.url, result.viewport] = _said(result.kind, own)
    return said


def _said(kind: OutcomeKind, outcomes: tuple[Outcome, ...]) -> _Said:
    return kind, frozenset(_identity(outcome) for outcome in outcomes if outcome.kind in _TOLD)


def _identity(outcome: Outcome) -> str:
    values = sorted((name, str(value)) for name, value in outcome.values.items())
    return f"{outcome.kind} {outcome.target.selector} {outcome.message} {values}"

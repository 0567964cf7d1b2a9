"""What a run may take over from the run before it, for pages that did not change."""

import hashlib
import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from auditor.audit import judge_page
from auditor.catalogue.load import Catalogue
from auditor.model.config import SiteConfig
from auditor.model.loads import Loads
from auditor.model.outcome import RuleResult
from auditor.model.rule import Rule
from auditor.model.site import PageSummary
from auditor.model.state import STATES
from auditor.model.vocabulary import OutcomeKind
from auditor.pipeline.artifacts import read_page
from auditor.pipeline.context import day_of
from auditor.store.history import SEEN, History, RunRecord
from auditor.store.runs import Address, CarriedPage, GatheredPage, RunStore

CARRIED, AGREED, DISAGREED = "carried", "agreed", "disagreed"
"""Notes on addresses: taken over; rendered anew though nothing changed, with the same results or with others."""
_APART = {
    "date",
    "decisions",
    "name",
    "scope",
    "reuse",
    "tasks",
    "findability",
    "search",
    "links",
    "documents",
    "archive",
    "sample",
}
"""Settings that do not touch what a page shows nor how it is judged."""


@dataclass(frozen=True, kw_only=True)
class EarlierRun:
    """The run before, as far as pages of it may be taken over into this one."""

    before: RunStore
    rules: tuple[Rule, ...]
    today: date
    judged_on: date | None
    """The day on which that run was judged, what it had taken over itself too; None if it is not known."""
    nights: int
    _at_hand: dict[str, GatheredPage] = field(default_factory=dict)
    """Pages that were asked for, until they are taken over or rendered."""

    def loads(self, url: str, depth: int) -> Loads | None:
        """What the page was made of; None if it must be rendered anew whatever it is made of now."""
        known = self.before.page_with_loads(url)
        if known is None or known[0].summary.depth != depth or not self._artifact(known[0]).exists():
            return None
        self._at_hand[url], loads = known
        return loads

    def _artifact(self, page: GatheredPage) -> Path:
        return self.before.folder / "pages" / page.artifact

    def is_due(self, url: str) -> bool:
        """Whether the page is rendered today though nothing changed: each is, on one of so many days."""
        number = int.from_bytes(hashlib.sha256(url.encode()).digest()[:8])
        return (number + self.today.toordinal()) % self.nights == 0

    def page(self, url: str) -> GatheredPage | None:
        """What the run before kept of a page, if `loads` found that it may be taken over. It is given once."""
        return self._at_hand.pop(url, None)

    def taken_over(self, store: RunStore, page: GatheredPage, found: Sequence[Address]) -> CarriedPage:
        """A page of the run before as *store* is to keep it, with what depends on the day judged anew.

        Its files are given to *store* at once.
        """
        _link(self._artifact(page), store.folder / "pages" / page.artifact)
        _link(self.before.folder / SEEN / page.artifact, store.folder / SEEN / page.artifact)
        for name in page.screenshots.values():
            _link(self.before.folder / "shots" / name, store.folder / "shots" / name)
        return CarriedPage(
            url=page.url, found=found, results=tuple(self._judged_today(page)), note=f"{CARRIED}|{page.gathered_at}"
        )

    def _judged_today(self, page: GatheredPage) -> Iterator[RuleResult]:
        """What rules say today that compare dates on the page with the day: where they have something to compare.

        The page itself only tells the day on which it was rendered, which may be today's after a clock was set back.
        """
        if self.judged_on == self.today:
            return
        said = self.before.results_of(page.url)
        applied = {result.rule for result in said if result.kind is not OutcomeKind.INAPPLICABLE}
        dated = [rule for rule in self.rules if rule.dated and rule.id in applied]
        if not dated:
            return
        kept = read_page(self._artifact(page))
        if kept is None or kept.document is None:
            return
        now = replace(kept, document=replace(kept.document, today=self.today.isoformat()))
        wanted = {rule.id for rule in dated}
        yield from (result for result in judge_page(dated, now) if result.rule in wanted)

    def agrees(self, page: GatheredPage, results: Collection[RuleResult]) -> bool:
        """Whether *results*, of the page rendered anew, are those that would have been taken over.

        Rules about a sampled artifact are left out, and so are those about the day, and what could not be tested.
        """
        apart = {rule.id for rule in self.rules if rule.dated or rule.needs} | {STATES}
        return _kinds(self.before.results_of(page.url), apart) == _kinds(results, apart)


def earlier_run(
    history: History, site: str, store: RunStore, config: SiteConfig, catalogue: Catalogue, today: date
) -> EarlierRun | None:
    """The run before *store*'s, if this run looks and judges in the same way; else everything is rendered.

    A run that is kept as evidence takes nothing over: it holds what the browser received that day.
    """
    if not config.reuse.enabled or config.archive.write:
        return None
    record = history.previous(site, store.run_id)
    own = next(run for run in history.runs(site) if run.id == store.run_id)
    if record is None or not _alike(record, own):
        return None
    before = history.run(record.id)
    return EarlierRun(
        before=before,
        rules=tuple(catalogue.rules.values()),
        today=today,
        judged_on=day_of(before),
        nights=config.reuse.nights,
    )


def carried_remarks(store: RunStore) -> list[str]:
    """What a reader must know of pages that were taken over, as keys with details."""
    notes = [note.partition("|") for _, note in store.notes()]
    days = sorted(moment[:10] for kind, _, moment in notes if kind == CARRIED)
    checked = [kind for kind, _, _ in notes if kind in (AGREED, DISAGREED)]
    remarks = [f"carried|{len(days)}|{days[0]}"] if days else []
    if checked:
        remarks.append(f"rechecked|{len(checked)}|{checked.count(DISAGREED)}")
    return remarks


def summary_links(summary: PageSummary) -> Iterator[str]:
    """Addresses that a page leads to."""
    yield from (link.href for link in summary.links)
    if summary.final_url and summary.final_url != summary.url:
        yield summary.final_url


def _alike(one: RunRecord, other: RunRecord) -> bool:
    return one.versions == other.versions and _looks(one.settings) == _looks(other.settings)


def _looks(settings: str) -> Mapping[str, object]:
    return {name: value for name, value in json.loads(settings).items() if name not in _APART}


def _kinds(results: Iterable[RuleResult], apart: Collection[str]) -> set[tuple[str, str, OutcomeKind]]:
    return {
        (result.rule, result.viewport or "", result.kind)
        for result in results
        if result.rule not in apart and result.kind is not OutcomeKind.UNTESTED
    }


def _link(source: Path, target: Path) -> None:
    """Gives *source* a second name, or copies it where the file system knows no such; a missing file is left out."""
    try:
        target.hardlink_to(source)
    except FileExistsError:
        pass
    except OSError:
        if source.exists():
            shutil.copy2(source, target)

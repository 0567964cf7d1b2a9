"""Makes a run of many pages out of one of few: what follows the gathering can be measured without a browser.

Each page is copied under addresses of its own, with its artifacts, results and outcomes. Links among the pages of one
copy stay within it, and the start page of each copy leads to those of two others. Titles, headings and the fingerprints
of texts differ from copy to copy.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy import create_engine, text

from auditor.derive.file_name import file_name
from auditor.derive.summary import summarise
from auditor.model.facts import Facts
from auditor.model.outcome import Outcome, RuleResult
from auditor.model.page import Page, Rendering
from auditor.model.site import PageSummary
from auditor.pipeline.artifacts import gathered_page, write_page, write_seen
from auditor.pipeline.context import keep_context, kept_context
from auditor.pipeline.frontier import counts
from auditor.store.history import SEEN, History, RunRecord
from auditor.store.runs import Address, GatheredPage, RunStore

_PAGE = TypeAdapter(Page)
_SUMMARY = TypeAdapter(PageSummary)
_OUTCOME = TypeAdapter(Outcome)
_OUTCOMES = TypeAdapter(tuple[Outcome, ...])
_BRANCHES = 2


@dataclass(frozen=True)
class _Pattern:
    """A page that is copied, in the form in which that takes least."""

    kept: GatheredPage
    page: bytes
    summary: bytes
    results: tuple[tuple[RuleResult, int, int], ...]
    """What each rule said, and where in *outcomes* its own begin and end."""
    outcomes: bytes


class Multiplied:
    """The newest run of a history, from which runs of any number of pages are made."""

    def __init__(self, source: History) -> None:
        """Reads the run.

        Raises:
            ValueError: *source* has no run with pages.
        """
        runs = [run for site in source.sites() for run in source.runs(site) if run.pages]
        if not runs:
            raise ValueError(f"{source.path}: there is no run with pages")
        self.record: RunRecord = runs[-1]
        self._store = source.run(self.record.id)
        self._engine = create_engine(f"sqlite:///{source.path}")
        self._start = kept_context(self._store).start
        self._urls = [page.summary.url for page in self._store.pages() if counts(page.summary)]

    def into(self, target: History, pages: int) -> RunStore:
        """A run of *pages* pages in *target*, gathered and not concluded.

        Raises:
            ValueError: the artifacts of a page are missing.
        """
        own = self.record
        store = target.begin(
            run_id=f"{own.id}-{pages}",
            site=own.site,
            name=own.site_name,
            started_at=own.started_at,
            settings=own.settings,
            digest=own.digest,
            versions=own.versions,
            seed=0,
        )
        keep_context(store, kept_context(self._store))
        copies = -(-pages // len(self._urls))
        for place, (copy, url) in enumerate((copy, url) for copy in range(copies) for url in self._urls):
            if place == pages:
                break
            self._copy(store, copy, copies, url)
        return store

    def _copy(self, store: RunStore, copy: int, copies: int, url: str) -> None:
        pattern = self._pattern(url)
        kept = pattern.kept
        moved = _PAGE.validate_json(self._moved(pattern.page, copy))
        renderings = tuple(self._other(seen, url, copy, copies) for seen in moved.renderings)
        moved = replace(moved, renderings=renderings)
        # What a page leads to differs from that of its pattern on start pages alone; all else is called otherwise.
        same = _SUMMARY.validate_json(self._moved(pattern.summary, copy))
        heading = same.main_heading and f"{same.main_heading} {copy}"
        named = replace(same, title=f"{same.title} {copy}", main_heading=heading)
        summary = summarise(moved) if url == self._start else named
        shots = {view: f"{copy}-{name}" for view, name in kept.screenshots.items()}
        for view, name in kept.screenshots.items():
            (store.folder / "shots" / shots[view]).hardlink_to(self._store.folder / "shots" / name)
        artifact = write_page(moved, store.folder / "pages", file_name(moved.url))
        write_seen(moved, store.folder / SEEN, artifact)
        found = GatheredPage(
            url=moved.url,
            status=kept.status,
            gathered_at=kept.gathered_at,
            artifact=artifact,
            summary=replace(summary, sketch=tuple((one * (copy + 1)) % 2**32 for one in summary.sketch)),
            results=tuple(self._results(pattern, moved.url, copy)),
            untested=kept.untested,
            screenshots=shots,
        )
        store.save_page(found, [Address(url=moved.url, depth=moved.depth, priority="")])

    @cache  # noqa: B019 – there is one of these in a process
    def _pattern(self, url: str) -> _Pattern:
        kept, page = self._store.page(url), gathered_page(self._store.folder, url)
        if kept is None or page is None:
            raise ValueError(f"{url}: its artifacts are not there")
        query = text("SELECT rule, outcome FROM outcomes WHERE run_id = :run AND scope = 'page' AND url = :url")
        with self._engine.connect() as connection:
            rows = connection.execute(query, {"run": self.record.id, "url": url}).all()
        said = [(row.rule, _OUTCOME.validate_json(row.outcome).target.viewport, row.outcome) for row in rows]
        told: list[str] = []
        results = []
        for result in self._store.results_of(url):
            own = [outcome for rule, viewport, outcome in said if (rule, viewport) == (result.rule, result.viewport)]
            results.append((result, len(told), len(told) + len(own)))
            told += own
        return _Pattern(
            kept=kept,
            page=_PAGE.dump_json(page),
            summary=_SUMMARY.dump_json(summarise(page)),
            results=tuple(results),
            outcomes=f"[{','.join(told)}]".encode(),
        )

    def _moved(self, told: bytes, copy: int) -> bytes:
        return told.replace(self._start.encode(), f"{self._start}{copy}/".encode()) if copy else told

    def _other(self, seen: Rendering, url: str, copy: int, copies: int) -> Rendering:
        facts = replace(seen.facts, title=f"{seen.facts.title} {copy}")
        facts = replace(facts, headings=tuple(replace(one, text=f"{one.text} {copy}") for one in facts.headings))
        return replace(seen, facts=self._leading_on(facts, copy, copies) if url == self._start else facts)

    def _leading_on(self, facts: Facts, copy: int, copies: int) -> Facts:
        """Lets the start page of a copy lead to those of the next ones, as in a tree."""
        pattern = next((link for link in facts.links if link.in_main and link.visible), None) or facts.links[0]
        more = range(copy * _BRANCHES + 1, min(copies, (copy + 1) * _BRANCHES + 1))
        return replace(
            facts,
            links=(
                *facts.links,
                *(replace(pattern, href=f"{self._start}{one}/", name=f"Avdelning {one}") for one in more),
            ),
        )

    def _results(self, pattern: _Pattern, url: str, copy: int) -> Iterator[RuleResult]:
        said = _OUTCOMES.validate_json(self._moved(pattern.outcomes, copy))
        for result, begin, end in pattern.results:
            yield RuleResult(
                rule=result.rule, url=url, viewport=result.viewport, kind=result.kind, outcomes=said[begin:end]
            )


def copy_of(history: History, folder: Path) -> History:
    """A history in *folder* with the same runs and files."""
    shutil.copytree(history.path.parent, folder)
    return History(folder / history.path.name)

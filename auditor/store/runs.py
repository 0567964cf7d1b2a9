"""One run in the database: its frontier, and what was gathered and judged so far.

Each page is written in one transaction with its outcomes and the addresses found on it, so that a run that is killed at
any moment goes on from a consistent state.
"""

import json
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVarTuple

from pydantic import TypeAdapter
from sqlalchemy import Engine, Select, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from auditor.model.loads import Loads
from auditor.model.outcome import Outcome, RuleResult
from auditor.model.site import LinkStatus, LinkSummary, PageSummary
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.store.carry import clear_pages, copy_pages, forget_results
from auditor.store.concluded import Concluded
from auditor.store.results import RowName, alike, said, spoken, tally, unpacked
from auditor.store.said import Said
from auditor.store.summaries import Summaries, pack
from auditor.store.tables import (
    FrontierRow,
    LinkStatusRow,
    LoadsRow,
    OutcomeRow,
    PageRow,
    ResultRow,
)

_Columns = TypeVarTuple("_Columns")
_OUTCOME = TypeAdapter(Outcome)
_STATUS = TypeAdapter(LinkStatus)
_LOADS = TypeAdapter(Loads)
_BATCH = 500
_OF_PAGE: Mapping[str, Any] = {"run": bindparam("run"), "of": bindparam("of")}
_PAGE_OF = select(PageRow.__table__).where(PageRow.run_id == _OF_PAGE["run"], PageRow.url == _OF_PAGE["of"])
_MADE_OF = _PAGE_OF.add_columns(LoadsRow.loads).join(
    LoadsRow, (LoadsRow.run_id == PageRow.run_id) & (LoadsRow.url == PageRow.url)
)
_KINDS_OF = select(ResultRow.viewport, ResultRow.kinds).where(
    ResultRow.run_id == _OF_PAGE["run"], ResultRow.scope == "page", ResultRow.url == _OF_PAGE["of"]
)
_DONE = (
    update(FrontierRow)
    .where(FrontierRow.run_id == _OF_PAGE["run"], FrontierRow.url == _OF_PAGE["of"])
    .values(state="done", reason=bindparam("note"))
)
"""Statements that a run executes for each of its pages: made once, since making one takes longer than executing it."""


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address of the frontier."""

    url: str
    depth: int
    priority: str
    role: str = "page"
    """page, handoff or search."""
    query: str | None = None
    hits_expected: bool | None = None


@dataclass(frozen=True, kw_only=True)
class GatheredPage:
    """A page with what was judged of it, as it is written."""

    url: str
    status: int
    gathered_at: str
    artifact: str
    summary: PageSummary
    results: tuple[RuleResult, ...]
    untested: Mapping[str, str]
    screenshots: Mapping[str, str]
    loads: Loads | None = None
    """What it was made of; None if a later run could not tell whether that changed."""


@dataclass(frozen=True, kw_only=True)
class CarriedPage:
    """A page that is taken over from an earlier run."""

    url: str
    found: Sequence[Address]
    """The addresses found on it."""
    results: Collection[RuleResult]
    """Of rules that were judged anew."""
    note: str
    """Kept as the address's reason."""


@dataclass(frozen=True, kw_only=True)
class StoredPage:
    """What the run keeps of a page besides its summary."""

    summary: PageSummary
    untested: Mapping[str, str]
    screenshots: Mapping[Viewport, str]


class RunStore(Concluded):
    """Reads and writes one run. All errors of the database come up as they are; the caller names the file."""

    def __init__(self, engine: Engine, run_id: str, folder: Path, summaries: Summaries) -> None:
        super().__init__(engine, run_id)
        self.folder = folder
        self._summaries = summaries

    # The frontier

    def add(self, addresses: Iterable[Address]) -> None:
        """Puts *addresses* in the frontier; those already there stay as they are."""
        with self._engine.begin() as connection:
            self._add(connection, addresses)

    def _add(self, connection: Any, addresses: Iterable[Address]) -> None:
        rows = [{"run_id": self.run_id, "state": "waiting", "reason": "", **vars(address)} for address in addresses]
        for begin in range(0, len(rows), _BATCH):
            connection.execute(upsert(FrontierRow).on_conflict_do_nothing(), rows[begin : begin + _BATCH])

    def waiting(self, limit: int, below: int = -1) -> list[Address]:
        """The next addresses of the smallest depth greater than *below* that has any, in order of priority."""
        chosen = select(func.min(FrontierRow.depth)).where(
            FrontierRow.run_id == self.run_id, FrontierRow.state == "waiting", FrontierRow.depth > below
        )
        with self._engine.connect() as connection:
            depth = connection.execute(chosen).scalar()
            if depth is None:
                return []
            rows = connection.execute(
                select(FrontierRow.__table__)
                .where(FrontierRow.run_id == self.run_id, FrontierRow.state == "waiting", FrontierRow.depth == depth)
                .order_by(FrontierRow.priority)
                .limit(limit)
            )
            return [
                Address(
                    url=row.url,
                    depth=row.depth,
                    priority=row.priority,
                    role=row.role,
                    query=row.query,
                    hits_expected=row.hits_expected,
                )
                for row in rows
            ]

    def skip(self, url: str, reason: str) -> None:
        """Takes *url* off the frontier without looking at it."""
        with self._engine.begin() as connection:
            connection.execute(
                update(FrontierRow)
                .where(FrontierRow.run_id == self.run_id, FrontierRow.url == url)
                .values(state="skipped", reason=reason)
            )

    def counts(self) -> dict[str, int]:
        """Number of addresses per state."""
        query = (
            select(FrontierRow.state, func.count()).where(FrontierRow.run_id == self.run_id).group_by(FrontierRow.state)
        )
        with self._engine.connect() as connection:
            return dict(connection.execute(query).all())

    def known(self, role: str | None = None) -> set[str]:
        """All addresses of the frontier, or those of one role."""
        query = select(FrontierRow.url).where(FrontierRow.run_id == self.run_id)
        if role:
            query = query.where(FrontierRow.role == role)
        with self._engine.connect() as connection:
            return set(connection.execute(query).scalars())

    def skipped(self) -> list[tuple[str, str]]:
        """Address and reason of all that was left out."""
        query = select(FrontierRow.url, FrontierRow.reason).where(
            FrontierRow.run_id == self.run_id, FrontierRow.state == "skipped"
        )
        with self._engine.connect() as connection:
            return [(url, reason) for url, reason in connection.execute(query)]

    # Pages

    def save_page(self, page: GatheredPage, found: Iterable[Address]) -> None:
        """Writes a page, its outcomes and the addresses found on it, all or nothing."""
        with self._engine.begin() as connection:
            clear_pages(connection, self.run_id, [page.url])
            connection.execute(
                insert(PageRow).values(
                    run_id=self.run_id,
                    url=page.url,
                    status=page.status,
                    gathered_at=page.gathered_at,
                    artifact=page.artifact,
                    summary=pack(page.summary),
                    untested=json.dumps(dict(page.untested)),
                    screenshots=json.dumps(dict(page.screenshots)),
                )
            )
            if page.loads:
                packed = zlib.compress(_LOADS.dump_json(page.loads))
                connection.execute(insert(LoadsRow).values(run_id=self.run_id, url=page.url, loads=packed))
            self._insert_results(connection, "page", page.url, page.results)
            self._done(connection, page.url, found)

    def carry_pages(self, source: str, carried: Sequence[CarriedPage]) -> None:
        """Takes pages over that run *source* gathered, all or nothing."""
        with self._engine.begin() as connection:
            copy_pages(connection, source, self.run_id, [page.url for page in carried])
            for page in carried:
                forget_results(connection, self.run_id, page.url, page.results)
                self._insert_outcomes(connection, "page", page.url, page.results)
            self._add(connection, (address for page in carried for address in page.found))
            connection.execute(_DONE, [{"run": self.run_id, "of": page.url, "note": page.note} for page in carried])

    def note(self, url: str, note: str) -> None:
        """Keeps *note* as the reason of an address that is done."""
        with self._engine.begin() as connection:
            self._done(connection, url, (), note)

    def notes(self) -> list[tuple[str, str]]:
        """Address and note of the addresses that are done and have one."""
        query = select(FrontierRow.url, FrontierRow.reason).where(
            FrontierRow.run_id == self.run_id, FrontierRow.state == "done", FrontierRow.reason != ""
        )
        with self._engine.connect() as connection:
            return [(url, reason) for url, reason in connection.execute(query)]

    def _done(self, connection: Any, url: str, found: Iterable[Address], note: str = "") -> None:
        self._add(connection, found)
        connection.execute(_DONE, {"run": self.run_id, "of": url, "note": note})

    def page_with_loads(self, url: str) -> tuple[GatheredPage, Loads] | None:
        """What `page` gives, and what the page was made of; None if one of them is not known."""
        with self._engine.connect() as connection:
            row = connection.execute(_MADE_OF, {"run": self.run_id, "of": url}).one_or_none()
        return (self._gathered(row), _LOADS.validate_json(zlib.decompress(row.loads))) if row else None

    def page(self, url: str) -> GatheredPage | None:
        """What the run keeps of the page at *url*; what rules said of it is left out, see `results_of`."""
        with self._engine.connect() as connection:
            row = connection.execute(_PAGE_OF, {"run": self.run_id, "of": url}).one_or_none()
        return self._gathered(row) if row else None

    def _gathered(self, row: Any) -> GatheredPage:
        return GatheredPage(
            url=row.url,
            status=row.status,
            gathered_at=row.gathered_at,
            artifact=row.artifact,
            summary=self._summaries.read(row.summary),
            results=(),
            untested=json.loads(row.untested),
            screenshots=json.loads(row.screenshots),
        )

    def results_of(self, url: str) -> list[RuleResult]:
        """What rules said of the page at *url*, without the outcomes."""
        with self._engine.connect() as connection:
            rows = connection.execute(_KINDS_OF, {"run": self.run_id, "of": url})
            return [result for row in rows for result in unpacked(url, *row)]

    def pages(self) -> Iterator[StoredPage]:
        """All pages in the order of the walk; links that are the same on many pages are one object."""
        shared: dict[LinkSummary, LinkSummary] = {}
        query = select(PageRow.summary, PageRow.untested, PageRow.screenshots).where(PageRow.run_id == self.run_id)
        with self._engine.connect() as connection:
            for summary, untested, screenshots in connection.execute(_in_turn(query, PageRow)):
                yield StoredPage(
                    summary=self._summaries.read(summary, shared),
                    untested=json.loads(untested),
                    screenshots={Viewport(name): file for name, file in json.loads(screenshots).items()},
                )

    def addresses(self) -> list[str]:
        """Addresses of all pages, in the order of the walk."""
        query = _in_turn(select(PageRow.url).where(PageRow.run_id == self.run_id), PageRow)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def page_count(self) -> int:
        """How many pages were gathered."""
        with self._engine.connect() as connection:
            query = select(func.count()).select_from(PageRow).where(PageRow.run_id == self.run_id)
            return connection.execute(query).scalar() or 0

    # Results

    def save_site_results(self, results: Collection[RuleResult]) -> None:
        """Writes the results of rules about the whole site, in place of earlier ones."""
        with self._engine.begin() as connection:
            for table in (ResultRow, OutcomeRow):
                connection.execute(delete(table).where(table.run_id == self.run_id, table.scope == "site"))
            self._insert_results(connection, "site", "", results)

    def _insert_results(self, connection: Any, scope: str, owner: str, results: Iterable[RuleResult]) -> None:
        results = list(results)
        kinds: dict[tuple[str, str], dict[str, str]] = {}
        for result in results:
            kinds.setdefault((result.url, result.viewport or ""), {})[result.rule] = result.kind
        said = [
            {"run_id": self.run_id, "scope": scope, "url": url, "viewport": viewport, "kinds": json.dumps(named)}
            for (url, viewport), named in kinds.items()
        ]
        for begin in range(0, len(said), _BATCH):
            connection.execute(insert(ResultRow), said[begin : begin + _BATCH])
        self._insert_outcomes(connection, scope, owner, results)

    def _insert_outcomes(self, connection: Any, scope: str, owner: str, results: Iterable[RuleResult]) -> None:
        rows = [
            {
                "run_id": self.run_id,
                "scope": scope,
                "url": result.url if scope == "site" else owner,
                "rule": result.rule,
                "kind": outcome.kind,
                "outcome": _OUTCOME.dump_json(outcome).decode(),
            }
            for result in results
            for outcome in result.outcomes
        ]
        for begin in range(0, len(rows), _BATCH):
            connection.execute(insert(OutcomeRow), rows[begin : begin + _BATCH])

    def results(self, *, but: Container[RowName] = (), kind: OutcomeKind | None = None) -> Iterator[RuleResult]:
        """All results, without their outcomes: which rule said what of which page and viewport.

        Args:
            but: rows that are left out, as `alike` names them.
            kind: only results of this kind.
        """
        for scope, url, viewport, kinds in self._result_rows():
            if (scope, url, viewport) not in but and (kind is None or f'"{kind}"' in kinds):
                yield from unpacked(url, viewport, kinds, kind)

    def _result_rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Scope, page, viewport and text of every row of results."""
        row = ResultRow
        query = _in_turn(select(row.scope, row.url, row.viewport, row.kinds).where(row.run_id == self.run_id), row)
        with self._engine.connect() as connection:
            yield from map(tuple, connection.execute(query))

    def alike(
        self, earlier: str, pages: Container[str]
    ) -> tuple[frozenset[RowName], Counter[tuple[str, Viewport | None, OutcomeKind]]]:
        """Rows of results that are the same in run *earlier*, as all of a page that was carried are.

        Args:
            earlier: another run of the site.
            pages: the pages that are asked about; what holds for no page alone is, too.

        Returns:
            Scope, page and viewport of each such row, and rule, viewport and outcome → their number in these rows.
        """
        with self._engine.connect() as connection:
            return alike(connection, self.run_id, earlier, pages)

    def tally(self) -> Counter[tuple[str, Viewport | None, OutcomeKind]]:
        """Rule, viewport and outcome → number of pages: what `results` would come to, counted."""
        with self._engine.connect() as connection:
            return tally(connection, self.run_id)

    def outcomes(self, kinds: Collection[OutcomeKind]) -> Iterator[tuple[str, Outcome]]:
        """Rule and outcome of every target with one of *kinds*, page by page in the order of the walk."""
        query = select(OutcomeRow.rule, OutcomeRow.outcome).where(
            OutcomeRow.run_id == self.run_id, OutcomeRow.kind.in_([str(kind) for kind in kinds])
        )
        with self._engine.connect() as connection:
            for rule, outcome in connection.execute(_in_turn(query, OutcomeRow)):
                yield rule, _OUTCOME.validate_json(outcome)

    def judged(
        self, site_rules: Collection[str], *, complete: bool, rendered: Collection[str] | None = None
    ) -> Callable[[str, str, Viewport | None], OutcomeKind | None]:
        """A question: what a rule said of a page in a viewport; None if it did not judge it.

        A result that holds whatever the viewport answers for any viewport. A rule about the whole site (*site_rules*)
        that ran, and said nothing of a page that was rendered, found nothing there that it applies to; in a run that
        is not *complete* its silence is no answer. *rendered* are addresses of pages that were rendered; if it is left
        out, the pages are read for it.
        """
        found = Said()
        ran: set[str] = set()
        wanted = frozenset(site_rules)
        packed = lru_cache(maxsize=256)(lambda kinds: found.packed(said(kinds)))
        for _, url, viewport, kinds in self._result_rows():
            found.add(url, Viewport(viewport) if viewport else None, packed(kinds))
            ran |= spoken(kinds, wanted)
        looked_at = (
            {page.summary.url for page in self.pages() if page.summary.rendered} if rendered is None else rendered
        )

        def answer(rule: str, url: str, viewport: Viewport | None) -> OutcomeKind | None:
            kind = found.of(rule, url, viewport) or found.of(rule, url, None)
            if kind is None and complete and rule in ran and (url in looked_at or not url):
                return OutcomeKind.INAPPLICABLE
            return kind

        return answer

    # Links

    def save_statuses(self, statuses: Iterable[LinkStatus]) -> None:
        """Writes what addresses answered."""
        rows = [
            {"run_id": self.run_id, "url": status.url, "status": _STATUS.dump_json(status).decode()}
            for status in statuses
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(upsert(LinkStatusRow).on_conflict_do_nothing(), rows)

    def statuses(self) -> dict[str, LinkStatus]:
        """Address → what it answered."""
        query = select(LinkStatusRow.url, LinkStatusRow.status).where(LinkStatusRow.run_id == self.run_id)
        with self._engine.connect() as connection:
            return {url: _STATUS.validate_json(status) for url, status in connection.execute(query)}


def _in_turn(query: Select[*_Columns], row: type[PageRow | ResultRow | OutcomeRow]) -> Select[*_Columns]:
    """*query* about rows of pages in the order of the walk: by depth, and within one as the run's seed decides.

    Which page was done first depends on how fast each of them was, and so would every order that followed it.
    """
    known = (FrontierRow.run_id == row.run_id) & (FrontierRow.url == row.url)
    return query.outerjoin(FrontierRow, known).order_by(FrontierRow.depth, FrontierRow.priority, row.id)

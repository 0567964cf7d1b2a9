"""Old runs are thinned: what they came to stays."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from auditor.model.finding import IssueState
from auditor.model.nightly import KeepConfig, NightlyConfig
from auditor.pipeline.archiving import archive_of
from auditor.pipeline.nightly import thin
from auditor.pipeline.overview import report_folder
from auditor.store.history import History
from tests.builders import finding
from tests.store.runs import SITE, begin, end, gathered

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def nights(history: History, reports: Path, number: int) -> None:
    """One run a night up to now, each with a page, a picture, a report and an archive."""
    for count in range(number):
        began = NOW - timedelta(days=number - 1 - count)
        store = begin(history, f"{count:03}", at=began.isoformat(timespec="microseconds"))
        store.save_page(gathered("/"), [])
        (store.folder / "shots" / "a.webp").write_bytes(b"x")
        archive_of(store).write_bytes(b"x")
        store.save_findings([finding("a")], {"a": IssueState.OPEN}, {"a": "x"})
        end(store)
        folder = report_folder(reports, SITE, store.run_id)
        folder.mkdir(parents=True)
        (folder / "index.html").write_text("x", encoding="utf-8")


def test_details_go_and_results_and_archives_stay(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    settings = NightlyConfig(sites=("a",), reports=tmp_path / "out", keep=KeepConfig(daily=3, weekly=2, monthly=2))
    nights(history, settings.reports, 40)
    thinned = thin(history, SITE, settings, NOW)
    again = thin(history, SITE, settings, NOW)
    runs = history.runs(SITE)
    whole = {run.id for run in runs if not history.is_thin(run.id)}
    reports = {path.parent.name for path in settings.reports.glob("*/*/index.html")}
    pictures = {path.parent.parent.name for path in (tmp_path / "runs").glob("*/shots/*")}
    archives = list((tmp_path / "runs").glob(f"*/{archive_of(history.run('000')).name}"))
    history.close()

    assert whole == reports == pictures
    assert whole == {"000", "017", "032", "037", "038", "039"}  # first, end of October, a Sunday, and three days
    assert (thinned, again) == (34, 0)
    assert [(run.findings, run.pages, run.state) for run in runs] == [(1, 1, "complete")] * 40
    assert len(archives) == 40

"""Histories to be shown: two sites, one of them hostile."""

from pathlib import Path

from auditor.model.decision import Decision, DecisionKind
from auditor.model.finding import Finding, IssueState
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.store.history import History
from tests.reporting.builds import HOSTILE
from tests.store.runs import begin, end, gathered

SITE = "www.sjoboda.example"
RULE = "structure/single-h1"
OLD, NEW, MENDED = "0" * 12, "1" * 12, "2" * 12
SCRIPT = "<script>alert(1)</script>"


def issue(key: str, cause: str = "h1.rubrik") -> Finding:
    return Finding(
        key=key,
        rule=RULE,
        kind=OutcomeKind.FAILED,
        cause=cause,
        places=frozenset({("https://www.sjoboda.example/", Viewport.PHONE)}),
        count=1,
        occurrences=(),
    )


def told(folder: Path) -> tuple[History, Path]:
    """A history with two runs of Sjöboda, one of a hostile site, and the folder of reports."""
    history, reports = History(folder / "history.db"), folder / "reports"
    for run_id, states in (
        ("1", {OLD: IssueState.NEW, MENDED: IssueState.NEW}),
        ("2", {OLD: IssueState.OPEN, NEW: IssueState.NEW, MENDED: IssueState.FIXED}),
    ):
        store = begin(history, run_id, site=SITE)
        store.save_page(gathered("/"), [])
        found = [issue(key, HOSTILE if key == NEW else "h1.rubrik") for key in states]
        store.save_findings(found, states, dict.fromkeys(states, "2024-05-01T08:00:00+00:00"))
        end(store)
        report = reports / SITE / run_id
        report.mkdir(parents=True)
        (report / "index.html").write_text(f"rapport {run_id}", encoding="utf-8")
        (report / "problem").mkdir()
        (report / "problem" / f"{OLD}.html").write_text("problem", encoding="utf-8")
    history.decide(SITE, Decision(issue=OLD, kind=DecisionKind.ACCEPTED, who=SCRIPT, when="2024-05-02", why=HOSTILE))
    hostile = begin(history, "3", site=f"{SCRIPT}../..")
    hostile.save_page(gathered("/"), [])
    end(hostile, "partial")
    return history, reports

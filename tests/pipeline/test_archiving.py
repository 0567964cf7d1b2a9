"""What a run's archive takes along, and what stays at home."""

import zipfile
from pathlib import Path

from auditor.archive import Recording
from auditor.model.decision import Decision, DecisionKind
from auditor.pipeline.archiving import write_archive
from auditor.pipeline.decisions import keep_filed
from auditor.store.history import History
from tests.store.runs import SITE, begin, end, gathered

_SAID = "Kalle Karlsson lovade att laga det efter semestern"


def test_what_a_team_decided_is_no_evidence_and_leaves_no_machine(tmp_path: Path) -> None:
    """Decisions name people, and are what somebody thinks of the findings, not what was found."""
    history = History(tmp_path / "audit.db")
    store = begin(history)
    store.save_page(gathered("/"), [])
    decision = Decision(issue="a" * 12, kind=DecisionKind.ACCEPTED, who="Kalle Karlsson", when="2024-05-02", why=_SAID)
    history.decide(SITE, decision)
    keep_filed(store, [decision])
    Recording(store.folder / "archive", "auditor", None).close()
    end(store)
    (record,) = history.runs(SITE)
    path, _ = write_archive(history, record, store)
    history.close()
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert any(name.endswith("history.db") for name in held)
    assert [name for name, body in held.items() if _SAID.encode() in body or b"Kalle" in body] == []

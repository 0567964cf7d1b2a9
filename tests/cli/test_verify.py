"""verify, recheck and evidence, as a user gives them."""

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.archive import ArchiveInfo, pack
from auditor.cli import main
from auditor.model.axe import AxeEngine
from auditor.model.config import SiteConfig
from auditor.model.vocabulary import OutcomeKind
from auditor.pipeline.archiving import write_archive
from auditor.pipeline.artifacts import write_page
from auditor.pipeline.context import RunContext, keep_context
from auditor.store.history import History
from tests.builders import START, page, result, url
from tests.store.runs import SITE, end, gathered

REGISTER = """
sources: {A: {title: Svar på granskning, date: 2020-09-16}}
claims:
  - id: rubriker
    source: A
    quote: Varje sida har en rubrik.
    states: {share: {where: {rule: structure/single-h1}}}
  - id: rang
    source: A
    quote: Webbplatsen är bland de bästa.
    states: {outside: Listan behövs.}
"""
INFO = ArchiveInfo(title="Sjöboda", created="2024-05-15T08:00:00+00:00", software="auditor", pages=())


def run(*words: str | Path) -> Result:
    """What a command does."""
    return CliRunner().invoke(main, [str(word) for word in words])


def refused(done: Result) -> bool:
    """Whether a command could not be done, and said so in one line."""
    return done.exit_code == 2 and done.stderr.count("\n") == 1 and done.stderr.startswith("auditor: ")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A history with one run, in which one page passed a rule."""
    path = tmp_path / "history.db"
    history = History(path)
    store = history.begin(
        run_id="1",
        site=SITE,
        name="Sjöboda kommun",
        started_at="2024-05-15T08:00:00.000000+00:00",
        settings=SiteConfig(start=START).model_dump_json(),
        digest="d",
        versions={"product": "auditor 0", "catalogue": "other"},
        seed=0,
    )
    keep_context(store, RunContext(start=START, today=date(2024, 5, 15), engine=AxeEngine(version="4", rules=())))
    write_page(page("/"), store.folder / "pages", "start")
    store.save_page(gathered("/", results=[result(OutcomeKind.PASSED, rule_id="structure/single-h1")]), [])
    end(store)
    history.close()
    return path


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register of two claims."""
    path = tmp_path / "claims.yaml"
    path.write_text(REGISTER, encoding="utf-8")
    return path


@pytest.fixture
def archive(database: Path) -> Path:
    """The run's archive."""
    history = History(database)
    (record,) = history.runs(SITE)
    path, _ = write_archive(history, record, history.run(record.id))
    history.close()
    return path


def test_each_claim_gets_its_verdict(database: Path, register: Path) -> None:
    done = run("verify", SITE, "--claims", register, "--database", database)
    assert done.exit_code == 0
    assert "rubriker: stöds\n" in done.stdout
    assert "rang: går inte att pröva\n" in done.stdout
    assert "Varje" not in done.stderr


def test_verdicts_are_told_in_english_too(database: Path, register: Path) -> None:
    done = run("verify", SITE, "--claims", register, "--database", database, "--lang", "en")
    assert "rubriker: supported\n" in done.stdout


def test_what_cannot_be_verified_is_one_line(database: Path, register: Path, tmp_path: Path) -> None:
    ask = ("--claims", register, "--database", database)
    assert refused(run("verify", "www.lugnvik.example", *ask))
    assert refused(run("verify", SITE, *ask, "--run", "9"))
    assert refused(run("verify", SITE, *ask, "--against", "9"))
    assert refused(run("verify", SITE, *ask, "--export", tmp_path))
    assert refused(run("verify", SITE, "--claims", register, "--database", tmp_path / "none.db"))


def test_a_rule_that_does_not_exist_is_named(database: Path, register: Path) -> None:
    register.write_text(REGISTER.replace("structure/single-h1", "structure/two-h1"), encoding="utf-8")
    done = run("verify", SITE, "--claims", register, "--database", database)
    assert refused(done)
    assert "there is no rule structure/two-h1" in done.stderr


def test_a_whole_archive_is_whole_and_a_damaged_one_is_not(archive: Path) -> None:
    done = run("evidence", "verify", archive)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "The archive is whole.")
    archive.write_bytes(archive.read_bytes().replace(b"datapackage", b"datapackagf", 1))
    damaged = run("evidence", "verify", archive)
    assert damaged.exit_code in (1, 2)
    assert refused(run("recheck", archive))


def test_what_is_no_archive_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "run.wacz"
    path.write_bytes(b"no archive")
    assert refused(run("evidence", "verify", path))
    assert refused(run("recheck", path))


def test_other_rules_give_other_outcomes_that_are_marked_so(archive: Path) -> None:
    done = run("recheck", archive)
    assert done.exit_code == 1
    assert "Judged with other versions than those of the run:" in done.stdout
    assert "outcomes differ; they are new" in done.stdout


def test_an_archive_without_a_run_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "run.wacz"
    pack(path, tmp_path / "none", {}, INFO)
    assert refused(run("recheck", path))


def test_an_archive_of_a_newer_version_is_one_line(database: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.db"
    newer.write_bytes(database.read_bytes())
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    path = tmp_path / "run.wacz"
    pack(path, tmp_path / "none", {"audit/history.db": newer}, INFO)
    assert refused(run("recheck", path))


@pytest.mark.browser
def test_the_report_is_written_and_the_evidence_filed(
    database: Path, register: Path, archive: Path, tmp_path: Path
) -> None:
    register.write_text("case: KS 2020/41\n" + REGISTER, encoding="utf-8")
    folder, case = tmp_path / "report", tmp_path / "arenden"
    done = run("verify", SITE, "--claims", register, "--database", database, "--output", folder, "--export", case)
    assert done.exit_code == 0, done.stderr
    assert (folder / "revisionsrapport.pdf").read_bytes().startswith(b"%PDF-")
    told = json.loads((folder / "claims.json").read_text(encoding="utf-8"))
    assert {one["id"]: one["verdict"] for one in told["claims"]} == {"rubriker": "supported", "rang": "not verifiable"}
    (filed,) = (case / "KS 2020-41").iterdir()
    assert {path.name for path in filed.iterdir()} == {"Dokument", "Skärmbilder", "Webbsidor", "SHA256SUMS.txt"}
    assert {path.name for path in (filed / "Dokument").iterdir()} == {
        "claims.json",
        "revisionsrapport.pdf",
        "claims.yaml",
        "run.wacz",
    }
    sums = (filed / "SHA256SUMS.txt").read_text(encoding="utf-8")
    assert all(f"Dokument/{path.name}" in sums for path in (filed / "Dokument").iterdir())
    assert url("/") in (folder / "index.html").read_text(encoding="utf-8")

"""What a user can give wrongly: one line that says what, where and what to do, and exit code 2."""

import sqlite3
from pathlib import Path

import pytest

from tests.hostile.command import Command


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("https://anna:hemlig@kommun.invalid/", "https://kommun.invalid/: start: the address holds a user name"),
        ("anna:hemlig@kommun.invalid", "kommun.invalid: no such file or folder; give an address"),
        ("ftp://anna:hemlig@kommun.invalid/", "ftp://kommun.invalid/: no such file or folder; give an address"),
        ("https://", "https://: start: "),
        ("missing.yaml", "missing.yaml: no such file or folder; give an address"),
    ],
)
def test_target_that_is_no_site(tmp_path: Path, target: str, said: str) -> None:
    ended = Command(tmp_path, target).run()
    assert ended.code == 2
    assert ended.complaint.startswith(said)
    assert "hemlig" not in ended.err + ended.out


def test_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    ended = Command(tmp_path, tmp_path / "site").run()
    assert ended.code == 2
    assert "the folder holds no HTML page; give a folder with an index.html" in ended.complaint


def test_folder_without_start_page(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "kontakt.html").write_text("<h1>Kontakt", encoding="utf-8")
    ended = Command(tmp_path, tmp_path / "site").run()
    assert ended.code == 2
    assert "no index.html to start from" in ended.complaint
    assert "kontakt.html" in ended.complaint


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("start: [http\n", 2, "no valid YAML"),
        ("start: http://kommun.invalid/\nscope:\n  max_page: 3\n", 3, "scope.max_page: unknown key"),
        ("name: Prövinge\nstart: http://anna:hemlig@kommun.invalid/\n", 2, "start: the address holds a user name"),
    ],
)
def test_site_file_that_is_wrong(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = tmp_path / "site.yaml"
    path.write_text(text, encoding="utf-8")
    ended = Command(tmp_path, path).run()
    assert ended.code == 2
    assert ended.complaint.startswith(f"{path}:{line}: {said}")
    assert "hemlig" not in ended.err


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<!doctype html><title>Start</title><h1>Start", encoding="utf-8")
    return tmp_path / "site"


def test_database_of_a_newer_version(tmp_path: Path, site: Path) -> None:
    command = Command(tmp_path, site)
    command.database.parent.mkdir()
    with sqlite3.connect(command.database) as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
    database.close()
    ended = command.run()
    assert ended.code == 2
    assert "it was written by a newer version of auditor (schema 9999); update auditor" in ended.complaint


def test_database_that_is_none(tmp_path: Path, site: Path) -> None:
    command = Command(tmp_path, site)
    command.database.parent.mkdir()
    command.database.write_text("Detta är ingen databas. " * 100, encoding="utf-8")
    ended = command.run()
    assert ended.code == 2
    assert "the file is no database; name another with --database" in ended.complaint


def test_browser_that_is_missing(tmp_path: Path, site: Path) -> None:
    ended = Command(tmp_path, site, environment={"AUDITOR_BROWSER": str(tmp_path / "chrome")}).run()
    assert ended.code == 2
    assert f"browser: {tmp_path / 'chrome'} does not exist; install one with" in ended.complaint


def test_browser_that_does_not_start(tmp_path: Path, site: Path) -> None:
    fake = tmp_path / "chrome"
    fake.write_text("#!/bin/sh\necho 'cannot open shared object file: libnss3.so' >&2\nexit 127\n", encoding="utf-8")
    fake.chmod(0o755)
    ended = Command(tmp_path, site, environment={"AUDITOR_BROWSER": str(fake)}).run()
    assert ended.code == 2
    assert f"{fake} did not start (cannot open shared object file: libnss3.so); install one" in ended.complaint


def test_browser_that_is_no_program(tmp_path: Path, site: Path) -> None:
    ended = Command(tmp_path, site, environment={"AUDITOR_BROWSER": str(site / "index.html")}).run()
    assert ended.code == 2
    assert "index.html did not start (" in ended.complaint

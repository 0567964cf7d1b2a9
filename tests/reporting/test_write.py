"""Writing: the formats that were asked for, whole files, one line when it fails."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.errors import ConfigError, StoreError
from auditor.reporting.files import write_bytes
from auditor.reporting.formats import FORMATS
from auditor.reporting.write import write_report
from tests.reporting.sample import sample


def test_only_what_was_asked_for_is_written(tmp_path: Path) -> None:
    assert write_report(sample(), tmp_path / "new", ["csv", "json"]) == {
        "json": tmp_path / "new" / "report.json",
        "csv": tmp_path / "new" / "findings.csv",
    }
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"report.json", "findings.csv"}


def test_an_unknown_format_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no format pdf; there are html, json, junit, csv"):
        write_report(sample(), tmp_path, ["pdf"])


@pytest.mark.parametrize("name", FORMATS)
def test_a_folder_that_is_a_file_is_told_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="report: cannot write") as told:
        write_report(sample(), tmp_path / "file", [name])
    assert "\n" not in str(told.value)


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.json").write_text("old")

    def full(path: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StoreError, match="No space left on device; free space or choose another folder"):
        write_report(sample(), tmp_path, ["json"])
    assert (tmp_path / "report.json").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]


MANY = replace(
    sample(), pages=tuple(replace(page, url=f"{page.url}?{n}") for n in range(20) for page in sample().pages)
)


def _written(folder: Path) -> dict[str, bytes]:
    write_report(MANY, folder, FORMATS)
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores cannot be chosen here")
def test_several_processes_write_the_same_files_as_one(tmp_path: Path) -> None:
    cores = os.sched_getaffinity(0)
    several = _written(tmp_path / "several")
    os.sched_setaffinity(0, {min(cores)})
    try:
        assert _written(tmp_path / "one") == several
    finally:
        os.sched_setaffinity(0, cores)
    assert f"sidor/{len(MANY.pages)}.html" in several


def test_a_full_disk_in_another_process_is_told_like_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.parent.name == "sidor":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(StoreError, match="No space left on device; free space or choose another folder"):
        write_report(MANY, tmp_path)


def test_files_are_replaced_whole(tmp_path: Path) -> None:
    write_bytes(tmp_path / "a" / "b", b"1")
    write_bytes(tmp_path / "a" / "b", b"2")
    assert (tmp_path / "a" / "b").read_bytes() == b"2"
    assert len(list((tmp_path / "a").iterdir())) == 1

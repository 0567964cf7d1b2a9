"""The simulation in a process of its own, and on several cores: what comes of it is always the same."""

import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from auditor.derive.file_name import file_name
from auditor.findability.assess import plan_of
from auditor.findability.seen import see
from auditor.forked import cores
from auditor.model.findability import Findability
from auditor.pipeline.artifacts import seen_page, write_page, write_seen
from auditor.pipeline.visitor_process import VisitorProcess
from auditor.pipeline.visitors import Wanted, simulated, simulating
from auditor.store.history import SEEN
from tests.findability.test_assess import PAGES, START, TASK, page

several = pytest.mark.skipif(cores() < 2 or not sys.platform.startswith("linux"), reason="one core is worked on alone")


@pytest.fixture
def wanted(tmp_path: Path) -> Wanted:
    """A site of 160 pages, of which one cannot be read."""
    for part in ("pages", SEEN):
        (tmp_path / part).mkdir()
    pages = [page(path) for path in PAGES]
    for number in range(160 - len(pages)):
        url = f"{START}mer-{number}"
        more = page("buss", y=100 + number)
        pages.append(
            replace(
                more,
                response=replace(more.response, url=url, final_url=url),
                renderings=tuple(replace(seen, url=url) for seen in more.renderings),
            )
        )
    for one in pages:
        write_page(one, tmp_path / "pages", file_name(one.url))
    urls = [one.url for one in pages]
    (tmp_path / "pages" / f"{file_name(urls[-1])}.json.gz").write_bytes(b"cut short")
    second = TASK.model_copy(update={"id": "bidrag", "question": "Hur söker vi bidrag?", "targets": ("/bidrag",)})
    return Wanted(
        folder=tmp_path,
        urls=urls,
        plan=plan_of((TASK, second), (), lambda url: START + url.lstrip("/")),
        related=(("boka", "hyra"),),
        start=START,
        hub="",
        answers={},
        seed=1,
        runs=40,
        embedding=False,
    )


def test_what_was_written_apart_is_what_the_page_itself_tells(wanted: Wanted) -> None:
    told = simulated(wanted)
    for one in map(page, PAGES):
        write_seen(one, wanted.folder / SEEN, f"{file_name(one.url)}.json.gz")
        assert seen_page(wanted.folder, one.url) == see(one)
    for path in PAGES:
        (wanted.folder / "pages" / f"{file_name(START + path)}.json.gz").write_bytes(b"not needed")
    assert simulated(wanted) == told


def test_nothing_is_written_apart_of_what_visitors_do_not_meet(tmp_path: Path) -> None:
    one, target = page("buss"), tmp_path / "a.json.gz"
    write_seen(one, tmp_path, target.name)
    assert target.exists()
    write_seen(replace(one, is_content=False), tmp_path, target.name)
    assert not target.exists()


def _helpers() -> set[int]:
    """Processes that this one began and that still are."""
    found = set()
    for tasks in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        with suppress(OSError):  # a thread that has just ended
            found |= {int(child) for child in tasks.read_text(encoding="ascii").split()}
    return found


@several
def test_a_process_of_its_own_comes_to_the_same(wanted: Wanted) -> None:
    before = _helpers()
    with VisitorProcess() as process:
        found = simulating(wanted, process)
        assert _helpers() - before
        beside = found()
    assert not _helpers() - before
    assert beside == simulated(wanted)
    assert beside.pages == 159
    assert [task.id for task in beside.tasks] == ["hall", "bidrag"]


def _program(run: int, wanted: Wanted) -> subprocess.CompletedProcess[bytes]:
    line = [sys.executable, "-m", "auditor.pipeline.visitors"]
    return subprocess.run(line, input=pickle.dumps((run, wanted)), capture_output=True, check=False)


@several
def test_the_program_itself_comes_to_the_same(wanted: Wanted) -> None:
    done = _program(os.getpid(), wanted)
    assert done.returncode == 0, done.stderr
    assert TypeAdapter(Findability).validate_json(done.stdout) == simulated(wanted)


@several
def test_the_program_does_nothing_for_a_run_that_is_gone(wanted: Wanted) -> None:
    done = _program(os.getpid() + 1, wanted)
    assert (done.returncode, done.stdout) == (1, b"")


@several
def test_a_process_that_was_begun_before_waits_to_be_asked(wanted: Wanted) -> None:
    before = _helpers()
    with VisitorProcess() as process:
        process.begin()
        begun = _helpers() - before
        process.begin()
        found = simulating(wanted, process)
        assert _helpers() - before == begun
        assert found() == simulated(wanted)
    assert not _helpers() - before


@several
def test_a_process_that_is_never_asked_ends_with_the_run() -> None:
    before = _helpers()
    with VisitorProcess() as process:
        process.begin()
        assert _helpers() - before
    assert not _helpers() - before


@several
def test_a_process_that_is_killed_changes_nothing(wanted: Wanted) -> None:
    before = _helpers()
    with VisitorProcess() as beside:
        found = simulating(wanted, beside)
        for process in _helpers() - before:
            os.kill(process, signal.SIGKILL)
        killed = found()
    assert killed == simulated(wanted)


@several
def test_a_run_that_is_broken_off_leaves_no_process_behind(wanted: Wanted) -> None:
    before = _helpers()

    def broken_off() -> None:
        with VisitorProcess() as process:
            simulating(wanted, process)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert not _helpers() - before


def test_few_pages_are_simulated_without_another_process(wanted: Wanted) -> None:
    few = replace(wanted, urls=wanted.urls[: len(PAGES)])
    before = _helpers()
    with VisitorProcess() as process:
        found = simulating(few, process)
        assert _helpers() == before
        assert found() == simulated(few)

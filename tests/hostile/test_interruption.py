"""Runs that are stopped, killed or run out of room: the same command goes on, and comes to the same results."""

import resource
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import pages
from tests.hostile.browsers import kill_browser
from tests.hostile.command import Command, site_file
from tests.hostile.server import HostileServer, serve

pytestmark = pytest.mark.browser

PATHS = [f"/sida-{number}" for number in range(1, 9)]
SECONDS = 60


@pytest.fixture
def server() -> Iterator[HostileServer]:
    sitemap = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>"
    faulty = "<img src='/bild.png'><h4>För djup rubrik</h4>"
    linked = {path: pages.page(f"Sida {path[-1]}", faulty if path[-1] in "258" else "") for path in PATHS}
    with serve({"/": pages.page("Start", pages.links(PATHS)), "/sitemap.xml": sitemap, **linked}) as server:
        yield server


def gathered(command: Command) -> set[str]:
    """Paths of the pages that the database holds."""
    with sqlite3.connect(command.database) as database:
        rows = {"/" + url.split("/", 3)[3] for (url,) in database.execute("SELECT url FROM pages")}
    database.close()
    return rows


def results(command: Command) -> dict[str, Any]:
    """What a report says, without when and as which run it was made."""
    report = command.report()
    findings = {item["key"]: (item["rule"], item["kind"], sorted(item["pages"])) for item in report["findings"]}
    page_rows = sorted((row["url"], row["status"], row["rendered"], str(row["untested"])) for row in report["pages"])
    return {"findings": findings, "pages": page_rows, "scores": report["scores"], "state": report["run_state"]}


def browser_asked(server: HostileServer) -> list[str]:
    return [path for method, path in server.requests if method == "GET" and path in PATHS]


def once(server: HostileServer, path: str, act: Callable[[], object]) -> threading.Event:
    """Does *act* the first time that a browser asks for *path*."""
    happened = threading.Event()

    def event() -> None:
        if not happened.is_set():
            happened.set()
            act()

    server.events[path] = event
    return happened


def begin(server: HostileServer, command: Command, moment: str, act: Callable[[Command], object]) -> Any:
    """Runs *command*, with *act* at *moment*; meanwhile no page that was gathered before is asked for."""
    before = gathered(command) if command.database.exists() else set()
    asked = len(browser_asked(server))
    happened = once(server, moment, lambda: act(command))
    ended = command.run()
    assert happened.is_set(), f"nobody asked for {moment}"
    assert not before & set(browser_asked(server)[asked:])
    return ended


def fill_disk(command: Command) -> None:
    """From now on no file of the process grows beyond 50 kB."""
    resource.prlimit(command.process.pid, resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))


def test_whatever_ends_a_run_the_same_command_goes_on(tmp_path: Path, server: HostileServer) -> None:
    site = site_file(tmp_path, f"{server.url}/")
    calm = Command(tmp_path / "calm", site)
    assert calm.run().code == 0
    order = list(dict.fromkeys(browser_asked(server)))  # two at a time, and the same in every run
    assert sorted(order) == PATHS
    server.requests.clear()
    command = Command(tmp_path / "rough", site)

    stopped = begin(server, command, order[1], lambda running: running.signal(signal.SIGINT))
    assert stopped.code == 2
    assert "Stopping after the pages in hand" in stopped.err
    assert "Traceback" not in stopped.err
    assert command.report()["run_state"] == "interrupted"
    assert any("stopped before it was done" in note or "avbröts" in note for note in command.report()["remarks"])

    killed = begin(server, command, order[4], lambda running: running.signal(signal.SIGKILL))
    assert killed.code == -signal.SIGKILL

    if Path("/proc/self/task").exists():
        full = begin(server, command, order[5], fill_disk)
        assert full.code == 2
        assert "run the same command again" in full.complaint

    killed = begin(server, command, "/sitemap.xml", lambda running: running.signal(signal.SIGKILL))
    assert killed.code == -signal.SIGKILL
    assert gathered(command) == {"/", *PATHS}

    (command.output / "report.json").unlink()
    (command.output / "report.json").mkdir()
    asked = len(browser_asked(server))
    unwritten = command.run()
    assert unwritten.code == 2
    assert "report: cannot write" in unwritten.complaint
    assert "the same command again" in unwritten.complaint

    (command.output / "report.json").rmdir()
    done = command.run()
    assert done.code == 0
    assert not done.err
    assert len(browser_asked(server)) == asked
    assert results(command) == results(calm)

    server.requests.clear()
    fresh = Command(tmp_path / "rough", site, "--fresh", "--fail-on", "minor")
    assert fresh.run().code == 1
    assert set(browser_asked(server)) == set(PATHS)
    assert {**results(fresh), "state": ""} == {**results(calm), "state": ""}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the browser's process through /proc")
def test_browser_that_dies_is_started_again(tmp_path: Path, server: HostileServer) -> None:
    command = Command(tmp_path, site_file(tmp_path, f"{server.url}/"))
    happened = once(server, PATHS[3], lambda: kill_browser(command.process.pid))
    ended = command.run()
    assert happened.is_set()
    assert ended.code == 0
    assert not ended.err
    assert all(row["rendered"] for row in command.report()["pages"])


def test_second_interrupt_ends_at_once(tmp_path: Path, server: HostileServer) -> None:
    """Even with a page in hand that does not answer for a minute, and a user who goes on pressing."""
    command = Command(tmp_path, site_file(tmp_path, f"{server.url}/", timeout=SECONDS))
    server.pages[PATHS[5]] = pages.hang
    ended = threading.Event()

    def press() -> None:
        while command.process.poll() is None and not ended.wait(0.3):
            command.signal(signal.SIGINT)

    once(server, PATHS[5], threading.Thread(target=press, daemon=True).start)
    began = time.monotonic()
    interrupted = command.run()
    ended.set()
    assert interrupted.code == 2
    assert time.monotonic() - began < SECONDS
    assert interrupted.err.strip().splitlines()[-1] == "auditor: stopped; the same command goes on where it was"
    assert "Traceback" not in interrupted.err

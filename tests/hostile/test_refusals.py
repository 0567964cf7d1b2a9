"""Sites under pressure, and firewalls: the auditor waits, tries again, gives up, and says how little it saw."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.hostile import pages
from tests.hostile.command import Command, Ended, site_file
from tests.hostile.server import Exchange, serve

pytestmark = pytest.mark.browser

PATHS = [f"/sida-{number}" for number in range(40)]
PAGE = pages.page("Sida", "<p>Här finns inget särskilt.</p>")


def audited(folder: Path, answer: Callable[[Exchange, int], None], most: int) -> tuple[Ended, Command, int]:
    """The audit of a site whose pages but the first are answered by *answer*, and how many requests there were."""
    number = count()

    def one(exchange: Exchange) -> None:
        answer(exchange, next(number))

    with serve(dict.fromkeys(PATHS, one)) as server:
        server.pages["/"] = pages.page("Start", pages.links(PATHS[:most]))
        command = Command(folder, site_file(folder, f"{server.url}/", timeout=10, at_once=1), "--lang", "en")
        ended = command.run()
        return ended, command, len([path for _, path in server.requests if path in PATHS])


def refused_by_firewall(exchange: Exchange, number: int) -> None:
    """Answers a few, then turns all down."""
    exchange.answer(PAGE if number < 3 else "Nej", status=200 if number < 3 else 403)


def dropped(exchange: Exchange, number: int) -> None:
    """Answers a few, then breaks all off."""
    if number < 3:
        exchange.answer(PAGE)
    else:
        exchange.reset()


@pytest.mark.parametrize(
    ("answer", "did"),
    [
        (refused_by_firewall, "refused 12 requests in a row (last answer 403)"),
        (dropped, "did not answer 12 requests in a row (cut-off)"),
    ],
)
def test_a_site_that_shuts_the_auditor_out(tmp_path: Path, answer: Callable[[Exchange, int], None], did: str) -> None:
    ended, command, _ = audited(tmp_path, answer, len(PATHS))
    assert ended.code == 2
    assert did in ended.complaint
    assert "of 41 known pages were looked at, and the report is marked as partial" in ended.complaint
    report = command.report()
    assert report["run_state"] == "partial"
    assert any(remark.startswith(f"The site refused the audit (127.0.0.1 {did}") for remark in report["remarks"])
    assert all(row["rendered"] or row["untested"] for row in report["pages"])


@pytest.mark.parametrize(("status", "later"), [(429, "0"), (503, "1")])
def test_a_site_that_asks_to_be_asked_later(tmp_path: Path, status: int, later: str) -> None:
    seen: set[str] = set()

    def answer(exchange: Exchange, _: int) -> None:
        if exchange.path in seen:
            exchange.answer(PAGE)
        else:
            seen.add(exchange.path)
            exchange.answer("Senare", status=status, headers={"Retry-After": later})

    ended, command, requests = audited(tmp_path, answer, 4)
    assert (ended.code, ended.err) == (0, "")
    assert requests == 8
    assert command.report()["run_state"] == "complete"
    assert all(row["rendered"] for row in command.report()["pages"])

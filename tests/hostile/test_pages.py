"""A site of pages that misbehave: each is tested or untested with its reason, and none stops the run.

There are two runs, since each page that hangs takes its time: one over pages and servers that hang, are huge or never
rest, which may take what time they are given, and one over all others, of which more is known.
"""

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import answers, bodies, pages
from tests.hostile.browsers import browser_path
from tests.hostile.command import Command, site_file
from tests.hostile.reports import assert_plain_text, ran_by, told_by
from tests.hostile.server import Answer, serve

pytestmark = pytest.mark.browser
Rows = Mapping[str, Mapping[str, Any]]

PARTS = ("/never", "/frame", "/frame-inner", "/worker.js")
FILE = "The address gives a file, not a web page."
CUT = "The server cut its answer off."
PRIVATE = "The address leads into a private network and was not visited."
SLOW = "The page did not answer within 8 seconds."

HEAVY: Mapping[str, Answer] = {**pages.HANGING, **pages.RESTLESS, **pages.HUGE, **answers.SILENT, **answers.BOMBS}
HEAVY_WELL = ("/long-address", "/dialogs", "/popups", "/worker", "/closes")
HEAVY_UNTESTED: Mapping[str, str | tuple[str, ...]] = {
    "/hang-document": SLOW,
    "/half-document": SLOW,
    "/loop": SLOW,
    "/slow-loris": SLOW,
    "/slow-headers": SLOW,
    "/slow-body": SLOW,
    "/endless": SLOW,
    # A slow machine may need more than the page's time to fill the memory.
    "/memory": ("The page crashed the browser's tab.", SLOW),
    "/refresh": "The page reloaded or went elsewhere while it was looked at.",
}
HEAVY_PARTLY = {
    ("/hang-resource", "load"): "The page never finished loading; it was tested as it stood.",
    ("/hang-iframe", "desktop:frames"): "An embedded frame did not answer: ",
}
AWAY = ("/leaves", "/leaves-often", "/refresh-away")

LIGHT: Mapping[str, Answer] = {
    **pages.ODD,
    **answers.BROKEN,
    **answers.STRANGE,
    **bodies.WILD,
    **bodies.INJECTING,
    "/never": pages.hang,
    "/bild.png": lambda exchange: exchange.answer(b"", kind="image/png"),
}
LIGHT_UNTESTED: Mapping[str, str | tuple[str, ...]] = {
    "/failing": "The page answered with error code 500.",
    "/redirect-loop": "The page redirects in a loop.",
    "/download": FILE,
    "/sheet": FILE,
    "/sheet-zip": FILE,
    "/json": FILE,
    "/plain-text": FILE,
    "/empty-answer": CUT,
    "/reset": CUT,
    "/teapot": "The page answered with error code 418.",
    "/gone": "The page answered with error code 410.",
    "/auth": ("The page answered with error code 401.", "The page could not be opened"),
    "/digest": ("The page answered with error code 401.", "The page could not be opened"),
    "/redirect-many": "The page redirects in a loop.",
    "/redirect-metadata": "The address redirects to http://169.254.169.254/latest/meta-data",
    "/redirect-private": "The address redirects to http://10.0.0.1/",
    "/redirect-mapped": "The address redirects to http://[::ffff:",
    "/redirect-nobody": "The address redirects to http://0.0.0.0/",
}
LIGHT_NOT_WELL = ("/no-body", *LIGHT_UNTESTED)
BUSY = ("The page took too long", "The page did not answer within")
"""What a busy machine may say of any page: honest, and no matter of what the page does."""


def forgetful_browser(folder: Path) -> Path:
    """A browser whose scripts have little memory, so that a page that fills it crashes its tab at once."""
    path = folder / "browser"
    path.write_text(
        f'#!/bin/sh\nexec {shlex.quote(str(browser_path()))} "$@" --js-flags=--max-old-space-size=120\n',
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path


def linked(*groups: Mapping[str, Answer]) -> list[str]:
    """The paths of *groups* that stand for themselves."""
    return [path for group in groups for path in group if path not in (*PARTS, "/hopped", "/bild.png")]


def audited(command: Command, start: str, paths: list[str]) -> Rows:
    """The rows of *paths* after an audit that came to its end."""
    ended = command.run()
    assert (ended.code, ended.err) == (0, "")
    report = command.report()
    rows = {row["url"].removeprefix(start): row for row in report["pages"]}
    assert report["run_state"] == "complete"
    assert set(paths) <= set(rows)
    return rows


def dishonest(rows: Rows) -> Iterator[str]:
    """Pages that are neither tested nor untested for a reason that is told in words."""
    for path, row in rows.items():
        said = row["untested"].values()
        if not (row["rendered"] or said) or any(not reason or "|" in reason or "Page." in reason for reason in said):
            yield f"{path} is untested without a reason: {row['untested']}"


def was_tested(row: Mapping[str, Any]) -> bool:
    """Whether a page was tested, or the machine was too busy for it."""
    return row["rendered"] or any(reason.startswith(BUSY) for reason in row["untested"].values())


def unlike(rows: Rows, expected: Mapping[str, str | tuple[str, ...]]) -> Iterator[str]:
    """Pages that are not untested for the reason that is *expected*."""
    for path, reason in expected.items():
        said = rows[path]["untested"].get("page", "")
        if rows[path]["rendered"] or not said.startswith((*BUSY, *((reason,) if isinstance(reason, str) else reason))):
            yield f"{path} has not the reason that it should have: {rows[path]['untested']}"


@pytest.mark.long
def test_pages_that_hang_are_huge_or_never_rest(tmp_path: Path) -> None:
    with serve(HEAVY) as server:
        paths = linked(HEAVY)
        server.pages |= {"/": pages.page("Start", pages.links(paths)), "/plain": pages.ODD["/plain"]}
        command = Command(
            tmp_path,
            site_file(tmp_path, f"{server.url}/", timeout=8, pages=200, at_once=5),
            *("--lang", "en"),
            environment={"AUDITOR_BROWSER": str(forgetful_browser(tmp_path))},
        )
        rows = audited(command, server.url, paths)
    wrong = [*dishonest(rows), *unlike(rows, HEAVY_UNTESTED)]
    wrong += [f"{path} is not tested: {rows[path]['untested']}" for path in HEAVY_WELL if not was_tested(rows[path])]
    for (path, part), reason in HEAVY_PARTLY.items():
        said = rows[path]["untested"]
        if not was_tested(rows[path]) or not said.get(part, said.get("page", "")).startswith((*BUSY, reason)):
            wrong.append(f"{path} has not the reason that its part should have: {rows[path]['untested']}")
    wrong += [f"{path} got another's results" for path in AWAY if rows[path]["title"].startswith("Vanlig")]
    assert wrong == []


@pytest.mark.long
def test_pages_that_are_broken_restless_or_aim_at_the_report(tmp_path: Path) -> None:
    others = {"/part": pages.page("Karta", ""), "/part.png": LIGHT["/bild.png"]}
    with serve(others) as other, serve({**LIGHT, **answers.HOPS}) as server:
        astray = bodies.astray(other.elsewhere(""))
        server.pages |= astray
        paths = linked(LIGHT, astray)
        server.pages["/"] = pages.page("Start", pages.links(paths))
        command = Command(
            tmp_path,
            site_file(tmp_path, f"{server.url}/", timeout=10, pages=300, at_once=4),
            *("--lang", "en", "--format", "junit", "--format", "html", "--format", "csv"),
        )
        rows = audited(command, server.url, paths)
    wrong = [*dishonest(rows), *unlike(rows, LIGHT_UNTESTED)]
    well = [path for path in linked(pages.ODD, answers.STRANGE, bodies.INJECTING) if path not in LIGHT_NOT_WELL]
    wrong += [f"{path} is not tested: {rows[path]['untested']}" for path in well if not was_tested(rows[path])]
    assert wrong == []
    assert [path for method, path in other.requests if method != "HEAD" and path.startswith("/stray")] == []
    assert other.asked("/part.png")
    assert_plain_text(command.output)
    assert told_by(tmp_path, "hemlighet") == []
    assert ran_by(command.output) == []


@pytest.mark.long
def test_a_calendar_without_end_leaves_room_for_the_other_pages(tmp_path: Path) -> None:
    def month(number: int) -> str:
        return pages.page(f"Månad {number}", f'<a href="/kalender?manad={number + 1}">Nästa månad</a>')

    ordinary = [f"/sida-{number}" for number in range(4)]
    months = {f"/kalender?manad={number}": month(number) for number in range(100)}
    with serve({path: pages.page(path, "") for path in ordinary} | months) as server:
        server.pages["/"] = pages.page("Start", pages.links([*ordinary, "/kalender?manad=0"]))
        command = Command(tmp_path, site_file(tmp_path, f"{server.url}/", timeout=10, pages=8, depth=50))
        assert command.run().code == 0
    report = command.report()
    seen = {row["url"].removeprefix(server.url) for row in report["pages"] if row["rendered"]}
    assert seen == {"/", *ordinary, *(f"/kalender?manad={number}" for number in range(3))}
    assert report["run_state"] == "partial"

"""A site of pages that misbehave: each is tested or untested with its reason, and none stops the run."""

import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.hostile import pages
from tests.hostile.browsers import browser_path
from tests.hostile.command import Command, site_file
from tests.hostile.server import serve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("hostile-pages")]

PARTS = ("/never", "/frame", "/frame-inner", "/worker.js")
LINKED = [path for group in (pages.ODD, pages.HANGING, pages.RESTLESS, pages.HUGE) for path in group]
LINKED = [path for path in LINKED if path not in PARTS]


WELL = [path for path in pages.ODD if path not in ("/download", "/sheet", "/failing", "/redirect-loop", "/no-body")]
WELL += ["/long-address", "/dialogs", "/popups", "/worker", "/closes"]
UNTESTED: Mapping[str, str | tuple[str, ...]] = {
    "/hang-document": "The page did not answer within 8 seconds.",
    "/half-document": "The page did not answer within 8 seconds.",
    "/loop": "The page did not answer within 8 seconds.",
    # A slow machine may need more than the page's time to fill the memory.
    "/memory": ("The page crashed the browser's tab.", "The page did not answer within 8 seconds."),
    "/refresh": "The page reloaded or went elsewhere while it was looked at.",
    "/failing": "The page answered with error code 500.",
    "/redirect-loop": "The page redirects in a loop.",
    "/download": "The address gives a file, not a web page.",
    "/sheet": "The address gives a file, not a web page.",
}
PARTLY = {
    ("/hang-resource", "load"): "The page never finished loading; it was tested as it stood.",
    ("/hang-iframe", "desktop:frames"): "An embedded frame did not answer: ",
}
AWAY = ("/leaves", "/leaves-often", "/refresh-away")


def test_site_of_pages_that_misbehave(tmp_path: Path) -> None:
    """One run over all of them, since each page that hangs takes its time."""
    with serve({**pages.HANGING, **pages.RESTLESS, **pages.HUGE, **pages.ODD}) as server:
        server.pages["/"] = pages.page("Start", pages.links(LINKED))
        command = Command(
            tmp_path,
            site_file(tmp_path, f"{server.url}/", timeout=8),
            *("--lang", "en", "--format", "junit", "--format", "html", "--format", "csv"),
            environment={"AUDITOR_BROWSER": str(forgetful_browser(tmp_path))},
        )
        ended = command.run()
        assert (ended.code, ended.err) == (0, "")
        report = command.report()
        rows = {row["url"].removeprefix(server.url): row for row in report["pages"]}
    assert report["run_state"] == "complete"
    assert set(LINKED) <= set(rows)
    assert list(wrong(rows)) == []
    assert_plain_text(command.output)


def wrong(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """What is not as it should be, a line for each page."""
    for path in WELL:
        if not rows[path]["rendered"] or rows[path]["untested"]:
            yield f"{path} is not tested: {rows[path]['untested']}"
    for path, reason in UNTESTED.items():
        if rows[path]["rendered"] or not rows[path]["untested"].get("page", "").startswith(reason):
            yield f"{path} has not the reason that it should have: {rows[path]['untested']}"
    for (path, part), reason in PARTLY.items():
        if not rows[path]["rendered"] or not rows[path]["untested"].get(part, "").startswith(reason):
            yield f"{path} has not the reason that its part should have: {rows[path]['untested']}"
    for path in AWAY:
        if rows[path]["title"].startswith("Vanlig"):
            yield f"{path} got the results of another page"
    # How far the others get depends on the machine; what is missing has a reason in words.
    for path, row in rows.items():
        said = row["untested"].values()
        if not (row["rendered"] or said) or any(not reason or "|" in reason or "Page." in reason for reason in said):
            yield f"{path} is untested without a reason: {row['untested']}"


def forgetful_browser(folder: Path) -> Path:
    """A browser whose scripts have little memory, so that a page that fills it crashes its tab at once."""
    path = folder / "browser"
    path.write_text(
        f'#!/bin/sh\nexec {shlex.quote(str(browser_path()))} "$@" --js-flags=--max-old-space-size=120\n',
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path


def assert_plain_text(folder: Path) -> None:
    """No report holds what a terminal would obey, and XML can be read."""
    written = [path for path in folder.rglob("*") if path.suffix in (".html", ".json", ".xml", ".csv")]
    assert {path.suffix for path in written} == {".html", ".json", ".xml", ".csv"}
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert not [letter for letter in "\x00\x07\x08\x1b" if letter in text], path
        if path.suffix == ".xml":
            etree.parse(path)

"""A site of pages that misbehave: each is tested or untested with its reason, and none stops the run."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.hostile import pages
from tests.hostile.browsers import browser_path
from tests.hostile.command import Command, Ended, site_file
from tests.hostile.server import serve

pytestmark = pytest.mark.browser

PARTS = ("/never", "/frame", "/frame-inner", "/worker.js")
LINKED = [path for group in (pages.ODD, pages.HANGING, pages.RESTLESS, pages.HUGE) for path in group]
LINKED = [path for path in LINKED if path not in PARTS]


@dataclass(frozen=True)
class Audited:
    """The audit of the whole site."""

    ended: Ended
    output: Path
    report: dict[str, Any]
    rows: dict[str, dict[str, Any]]
    """Path → what the report says of the page."""


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    folder = tmp_path_factory.mktemp("hostile")
    # Scripts get little memory, so that a page that fills it crashes its tab at once.
    small = folder / "browser"
    small.write_text(
        f'#!/bin/sh\nexec {shlex.quote(str(browser_path()))} "$@" --js-flags=--max-old-space-size=300\n',
        encoding="utf-8",
    )
    small.chmod(0o755)
    with serve({**pages.HANGING, **pages.RESTLESS, **pages.HUGE, **pages.ODD}) as server:
        server.pages["/"] = pages.page("Start", pages.links(LINKED))
        site = site_file(folder, f"{server.url}/")
        formats = ("--format", "junit", "--format", "html", "--format", "csv")
        command = Command(folder, site, "--lang", "en", *formats, environment={"AUDITOR_BROWSER": str(small)})
        ended = command.run()
        report = command.report()
        yield Audited(
            ended, command.output, report, {row["url"].removeprefix(server.url): row for row in report["pages"]}
        )


def test_run_comes_to_its_end_in_silence(audited: Audited) -> None:
    assert audited.ended.code == 0
    assert not audited.ended.err
    assert audited.report["run_state"] == "complete"
    assert set(LINKED) <= set(audited.rows)


WELL = [
    "/plain",
    "/bad-utf8",
    "/wrong-charset",
    "/unknown-charset",
    "/escapes",
    "/schemes",
    "/tampered",
    "/prototype",
    "/empty",
    "/xhtml",
    "/surrogates",
    "/long-address",
    "/dialogs",
    "/popups",
    "/worker",
    "/closes",
    "/frames",
]


@pytest.mark.parametrize("path", WELL)
def test_page_that_can_be_tested_all_the_same(audited: Audited, path: str) -> None:
    row = audited.rows[path]
    assert row["rendered"], row
    assert not row["untested"], row


UNTESTED = {
    "/hang-document": "The page did not answer within 4 seconds.",
    "/half-document": "The page did not answer within 4 seconds.",
    "/loop": "The page did not answer within 4 seconds.",
    "/memory": "The page crashed the browser's tab.",
    "/refresh": "The page reloaded or went elsewhere while it was looked at.",
    "/failing": "The page answered with error code 500.",
    "/redirect-loop": "The page redirects in a loop.",
    "/download": "The address gives a file, not a web page.",
    "/sheet": "The address gives a file, not a web page.",
}


@pytest.mark.parametrize(("path", "reason"), UNTESTED.items())
def test_page_that_cannot_be_tested(audited: Audited, path: str, reason: str) -> None:
    row = audited.rows[path]
    assert not row["rendered"], row
    assert row["untested"]["page"].startswith(reason), row


@pytest.mark.parametrize(
    ("path", "part", "reason"),
    [
        ("/hang-resource", "load", "The page never finished loading; it was tested as it stood."),
        ("/hang-iframe", "desktop:frames", "An embedded frame did not answer: "),
        ("/links", "desktop:axe", "The page is so large that the tool axe did not get done."),
        ("/deep", "desktop:axe", "The page is so large that the tool axe did not get done."),
    ],
)
def test_page_of_which_a_part_is_missing(audited: Audited, path: str, part: str, reason: str) -> None:
    row = audited.rows[path]
    assert row["rendered"]
    assert row["untested"][part].startswith(reason), row


MOODY = ["/late-loop", "/leaves", "/leaves-often", "/refresh-away", "/history", "/writes", "/empties", "/elements"]


@pytest.mark.parametrize("path", MOODY)
def test_page_that_may_be_tested_or_not(audited: Audited, path: str) -> None:
    """How far these get depends on the moment; what is missing has a reason, and no other page stands in for it."""
    row = audited.rows[path]
    reasons = row["untested"]
    assert row["rendered"] or reasons
    assert not (path in ("/leaves", "/leaves-often", "/refresh-away") and row["title"].startswith("Vanlig"))
    assert all(reason and "|" not in reason and "Page." not in reason for reason in reasons.values()), row


def test_reports_hold_no_control_characters(audited: Audited) -> None:
    written = [path for path in audited.output.rglob("*") if path.suffix in (".html", ".json", ".xml", ".csv")]
    assert len(written) >= 4
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert not [letter for letter in "\x00\x07\x08\x1b\ud83d" if letter in text], path
        if path.suffix == ".xml":
            etree.parse(path)

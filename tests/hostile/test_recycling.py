"""A browser that is closed and started again between two pages: nothing is lost, and nothing is found twice."""

import shlex
from pathlib import Path

import pytest

from tests.hostile import pages
from tests.hostile.browsers import browser_path
from tests.hostile.command import Command, site_file
from tests.hostile.server import serve
from tests.hostile.test_interruption import PATHS, results

pytestmark = pytest.mark.browser

BANNER = """<div id="k" style="position:fixed;left:0;right:0;bottom:0;height:70vh;background:#fff;color:#000">
<p>Vi använder kakor för att webbplatsen ska fungera på ett bra sätt för dig.</p>
<button onclick="document.cookie='kakor=nej;path=/';localStorage.kakor='nej';fetch('/avvisat');k.remove()">
Avvisa alla</button></div>
<script>if (localStorage.kakor && document.cookie.includes('kakor=nej')) k.remove()</script>"""
FAULTY = f"<img src='/bild.png'><h4>För djup rubrik</h4>{BANNER}"


def counted_browser(folder: Path) -> tuple[Path, Path]:
    """A browser that notes each of its starts, and the file where it does."""
    path, starts = folder / "browser", folder / "starts"
    noted = f"echo start >> {shlex.quote(str(starts))}"
    path.write_text(f'#!/bin/sh\n{noted}\nexec {shlex.quote(str(browser_path()))} "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path, starts


def test_a_recycled_browser_changes_nothing(tmp_path: Path) -> None:
    linked = {path: pages.page(f"Sida {path[-1]}", FAULTY if path[-1] in "258" else BANNER) for path in PATHS}
    found = {}
    with serve({"/": pages.page("Start", pages.links(PATHS) + BANNER), **linked}) as server:
        for name, recycle, started in (("whole", 100, 1), ("parts", 3, 3)):
            folder = tmp_path / name
            folder.mkdir()
            browser, starts = counted_browser(folder)
            site = site_file(folder, f"{server.url}/", at_once=1)
            settings = f"browser: {{path: {browser}, recycle: {recycle}}}\n"
            site.write_text(site.read_text(encoding="utf-8") + settings, encoding="utf-8")
            command = Command(folder, site)
            ended = command.run()
            assert (ended.code, ended.err) == (0, "")
            assert len(starts.read_text(encoding="utf-8").split()) == started
            assert [path for _, path in server.requests if path == "/avvisat"] == ["/avvisat"]
            server.requests.clear()
            found[name] = results(command)
    assert found["parts"] == found["whole"]

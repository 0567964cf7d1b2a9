"""Audits that are killed again and again, with what they hold on to, come to what undisturbed ones come to.

`python -m benchmarks.kill` does the same a hundred times over a whole municipality.
"""

import random
from pathlib import Path

import pytest

from benchmarks.kill import Audit, differences, disturbed, undisturbed
from tests.hostile import pages
from tests.hostile.command import site_file
from tests.hostile.server import serve

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the browser's process through /proc"),
]
KILLS = 6
PATHS = [f"/sida-{number}" for number in range(8)]
FAULTY = "<img src='/bild.png'><h4>För djup rubrik</h4><a href='/saknas'>Saknas</a>"


def test_six_kills_change_nothing(tmp_path: Path) -> None:
    linked = {path: pages.page(f"Sida {path[-1]}", FAULTY if path[-1] in "258" else "") for path in PATHS}
    with serve({"/": pages.page("Start", pages.links(PATHS)), **linked}) as server:
        site = site_file(tmp_path, f"{server.url}/", timeout=20)
        calm, seconds = undisturbed(site, tmp_path / "calm")
        (tmp_path / "rough").mkdir()
        audit = Audit(site, tmp_path / "rough")
        disturbed(audit, random.Random(7), seconds, KILLS)
        assert differences(calm, audit.results()) == []
    assert audit.kills.total() > 0

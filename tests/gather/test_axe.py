"""axe-core says the same whether it remembers colours or not, and whether its parts are joined or not."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from auditor.gather.axe import AxeRunner, axe_script
from auditor.gather.browser import running_browser
from auditor.gather.tab import Tab
from auditor.model.config import AxeConfig, BrowserConfig, ViewportsConfig
from auditor.sitefile import read_target
from benchmarks.axe_alike import compare, pages_of

pytestmark = pytest.mark.browser

_SITES = Path(__file__).parents[2] / "fixtures" / "sites"
_EVERY = 4
"""The whole is compared by benchmarks/axe_alike.py, on pages that nobody here wrote too."""
_COLOURS = """<!doctype html><html lang="sv"><title>Färger</title>
<main style="background: color(display-p3 1 0.9 0.2)"><h1>Färger</h1>
<p style="color: oklch(70% 0.1 200)">Ett</p><p style="color: rgb(120 120 120 / 60%)">Två</p>
<p style="color: #777; background: linear-gradient(red, blue)">Tre</p><p style="color: hsl(120 40% 60%)">Fyra</p>
<p style="color: #999; text-shadow: 0 0 2px rgb(10 10 10 / 30%)">Fem</p><p style="color: lab(60% 20 30)">Sex</p>
<p style="color: color-mix(in srgb, red 40%, white)">Sju</p>
<p style="color: #999">Åtta</p><p style="color: #999">Nio</p></main>"""

_MAPS = ("[object WeakMap]", "[object WeakSet]")


@pytest.mark.parametrize("site", sorted(path.name for path in _SITES.iterdir() if path.is_dir()))
def test_the_quick_way_finds_the_same_on_fixture_pages(site: str) -> None:
    config = read_target(str(_SITES / site / "site.yaml"))
    urls = pages_of(config, _EVERY)
    compared = compare(config, urls)
    assert urls
    assert compared.renderings == 2 * len(urls)
    assert compared.differing == []


def test_remembered_colours_change_nothing_for_notations_that_axe_may_not_know(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(_COLOURS, encoding="utf-8")
    config = read_target(str(tmp_path))
    compared = compare(config, pages_of(config))
    assert compared.findings
    assert compared.differing == []


async def _asked(remember: bool, function: str) -> Any:
    """What *function* gives where axe has been run on a page of colours."""
    runner = AxeRunner(axe_script(AxeConfig()), remember=remember)
    async with running_browser(BrowserConfig()) as (browser, _):
        tab = await Tab.open(await browser.new_context(), ViewportsConfig(), 20)
        await tab.page.set_content(_COLOURS)
        await runner.run(tab)
        return await tab.call(function)


def test_each_text_is_made_a_colour_once() -> None:
    # What makes numbers of a text goes through this table of axe's own; counting it tells how often that was.
    parsed = """() => {
      const first = new axe.commons.color.Color(), second = new axe.commons.color.Color();
      const replace = String.prototype.replace;
      let times = 0;
      String.prototype.replace = function (...given) { times += 1; return replace.apply(this, given); };
      first.parseString('rgb(1, 2, 3)');
      const once = times;
      second.parseString('rgb(1, 2, 3)');
      String.prototype.replace = replace;
      if (first.red !== second.red || first.alpha !== second.alpha) return -1;
      return times > once ? 2 : 1;
    }"""
    assert [asyncio.run(_asked(remember, parsed)) for remember in (False, True)] == [2, 1]


def test_fields_lie_on_the_colours_and_weak_maps_stay_what_they_were() -> None:
    told = """() => {
      const colour = new axe.commons.color.Color(1, 2, 3, 0.5);
      const kinds = [new WeakMap(), new WeakSet()].map((one) => Object.prototype.toString.call(one));
      const parts = [colour.red, colour.green, colour.blue, colour.alpha];
      return [...kinds, Object.getOwnPropertySymbols(colour).length > 0, ...parts];
    }"""
    plain, quick = (asyncio.run(_asked(remember, told)) for remember in (False, True))
    assert plain == [*_MAPS, False, 1, 2, 3, 0.5]
    assert quick == [*_MAPS, True, 1, 2, 3, 0.5]

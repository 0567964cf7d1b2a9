"""What our own rules of accessibility cost beside axe-core, page by page, over the same pages in the same tab.

    python -m benchmarks.act.cost [FOLDER] [--pages 20]

FOLDER holds HTML; without it, the installation guide of Debian in Swedish if it is there, else the fixture
municipality. Only the ratio means anything.
"""

import argparse
import asyncio
import itertools
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from auditor.audit import judge_page
from auditor.catalogue.load import load_catalogue
from auditor.gather.axe import AxeRunner, axe_script
from auditor.gather.browser import running_browser
from auditor.gather.inpage import script
from auditor.gather.serve import serving
from auditor.gather.tab import Tab
from auditor.gather.visit import Look, Visit, page_of
from auditor.model.access import Access
from auditor.model.config import AxeConfig, BrowserConfig, ViewportsConfig
from auditor.model.facts import Facts
from auditor.model.page import Rendering
from auditor.model.rule import Rule
from auditor.model.vocabulary import Area, Scope, Viewport
from benchmarks.act.run import TODAY

_GUIDE = Path("/usr/share/doc/installation-guide-amd64/sv")
_FIXTURE = Path(__file__).parent.parent.parent / "fixtures" / "sites" / "sjoboda-2022" / "www"
_HOST = "www.pages.example"
_FACTS, _ACCESS = TypeAdapter(Facts), TypeAdapter(Access)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=_GUIDE if _GUIDE.is_dir() else _FIXTURE)
    parser.add_argument("--pages", type=int, default=20)
    options = parser.parse_args()
    files = itertools.islice(sorted(options.folder.rglob("*.html")), options.pages)
    paths = [file.relative_to(options.folder).as_posix() for file in files]
    with serving({_HOST: options.folder}) as ports:
        rows = asyncio.run(_measure(ports, paths))
    axe, own = statistics.median(row[0] for row in rows), statistics.median(row[1] for row in rows)
    ratio = statistics.median(row[1] / row[0] for row in rows)
    print(f"{options.folder}: {len(rows)} pages, desktop, median")
    print(f"  axe-core {axe * 1000:.0f} ms, own rules of accessibility {own * 1000:.0f} ms, ratio {ratio:.2f}")


async def _measure(ports: Mapping[str, int], paths: Sequence[str]) -> list[tuple[float, float]]:
    rules = [
        rule
        for rule in load_catalogue().rules.values()
        if rule.area is Area.ACCESSIBILITY and rule.scope in (Scope.DOCUMENT, Scope.RENDERING)
    ]
    async with running_browser(BrowserConfig(), ports) as (browser, _):
        context = await browser.new_context(service_workers="block")
        tab = await Tab.open(context, ViewportsConfig(), 30)
        await tab.switch(Viewport.DESKTOP)
        axe = AxeRunner(axe_script(AxeConfig()))
        return [await _page(tab, axe, f"http://{_HOST}/{path}", rules) for path in paths]


async def _page(tab: Tab, axe: AxeRunner, address: str, rules: Sequence[Rule]) -> tuple[float, float]:
    """Seconds that axe takes, and that our facts and rules take."""
    await tab.page.goto(address, wait_until="load")
    await tab.run(script("look"))
    facts = _FACTS.validate_python(await tab.call(script("facts")))
    access, own = await _timed(lambda: tab.call(script("access")))
    _, theirs = await _timed(lambda: axe.run(tab))
    rendering = Rendering(url=address, viewport=Viewport.DESKTOP, facts=facts, access=_ACCESS.validate_python(access))
    look = Look(final_url=address, status=200, html=await tab.page.content(), renderings=[rendering])
    page = page_of(Visit(url=address, name="page"), look, today=TODAY, fetched_at="")
    assert page.document is not None
    _ = page.document.tree  # parsed for all rules, ours and others
    started = time.perf_counter()
    for _result in judge_page(rules, page):
        pass
    return theirs, own + time.perf_counter() - started


async def _timed(work: Callable[[], Awaitable[Any]]) -> tuple[Any, float]:
    started = time.perf_counter()
    return await work(), time.perf_counter() - started


if __name__ == "__main__":
    main()

"""axe-core in its plain way beside the product's: whether they find the same, and what each takes.

The plain way reads each colour anew, and joins the parts of a page, as pages with frames need. The product remembers
colours, and asks for the whole at once where there are no frames.

    python -m benchmarks.axe_alike TARGET [TARGET …] [--every 1]

TARGET is a folder of HTML or a site file. Each page that is served is shown in a tab of its own for either, on a
desktop and on a phone, and everything that axe says is compared. Exit code 1 if anything differs. Only the ratio of the
times means anything.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from auditor.gather.axe import AxeRunner, axe_script
from auditor.gather.browser import running_browser
from auditor.gather.inpage import script
from auditor.gather.serve import serving
from auditor.gather.tab import Tab
from auditor.model.axe import AxeResult
from auditor.model.config import AxeConfig, BrowserConfig, SiteConfig, ViewportsConfig
from auditor.model.vocabulary import Viewport
from auditor.sitefile import read_target

_SHAPES = (Viewport.DESKTOP, Viewport.PHONE)


@dataclass
class Compared:
    """What came of it."""

    renderings: int = 0
    differing: list[str] = field(default_factory=list)
    """Addresses, each with its viewport."""
    findings: int = 0
    plain_seconds: float = 0.0
    quick_seconds: float = 0.0


def pages_of(config: SiteConfig, every: int = 1) -> list[str]:
    """Addresses of the HTML files that *config* serves, each *every*-th of them in the order of their names."""
    found = [
        f"http://{host}/{path.relative_to(folder).as_posix().removesuffix('index.html')}"
        for host, folder in config.serve.items()
        for path in sorted(Path(folder).rglob("*.html"))
    ]
    return list(islice(found, 0, None, every))


def compare(config: SiteConfig, urls: Sequence[str]) -> Compared:
    """Runs axe both ways over *urls*, which *config* serves."""
    return asyncio.run(_compare(config, urls))


async def _compare(config: SiteConfig, urls: Sequence[str]) -> Compared:
    source, compared = axe_script(AxeConfig()), Compared()
    with serving(config.serve) as ports:
        async with running_browser(BrowserConfig(), ports) as (browser, _):
            tabs = [await Tab.open(await browser.new_context(), ViewportsConfig(), 30) for _ in range(2)]
            runners = [AxeRunner(source, remember=quick, joined=not quick) for quick in (False, True)]
            for url in urls:
                for tab in tabs:
                    await tab.switch(Viewport.DESKTOP)
                    await tab.page.goto(url, wait_until="load")
                    await tab.run(script("look"))
                for viewport in _SHAPES:
                    results: list[AxeResult] = []
                    for tab, runner, name in zip(tabs, runners, ("plain_seconds", "quick_seconds"), strict=True):
                        await tab.switch(viewport)
                        await tab.settle()
                        began = time.perf_counter()
                        results.append(await runner.run(tab))
                        setattr(compared, name, getattr(compared, name) + time.perf_counter() - began)
                    compared.renderings += 1
                    compared.findings += sum(
                        len(rule.nodes) for rule in (*results[0].violations, *results[0].incomplete)
                    )
                    if results[0] != results[1]:
                        compared.differing.append(f"{url} ({viewport})")
    return compared


def main(arguments: Iterable[str] | None = None) -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="+", help="folder of HTML or site file")
    parser.add_argument("--every", type=int, default=1, help="look at each so-manieth page only")
    options = parser.parse_args(arguments)
    wrong = 0
    for target in options.targets:
        config = read_target(target)
        found = compare(config, pages_of(config, options.every))
        wrong += len(found.differing)
        print(
            f"{target}: {found.renderings} renderings, {found.findings} elements found, {len(found.differing)} differ; "
            f"the plain way takes {found.plain_seconds / found.quick_seconds:.2f} times as long"
        )
        for line in found.differing:
            print(f"  differs: {line}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

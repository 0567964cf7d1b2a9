"""Pages per minute of the product beside the bare loop, over the same pages in the same run, and its peak memory.

    python -m benchmarks.speed [TARGET] [--pages 40] [--rounds 2] [--pa11y COMMAND]

TARGET is a folder of HTML or a site file; without it, Debian's handbook in Swedish if it is there (package
debian-handbook), else Debian's installation guide, else the fixture municipality. The product runs in a process of its
own, from its start to a written report: the command itself, its modules compiled as they are when it is installed.
Links to other hosts are not asked for, since these answer when they like.
The bare loop is measured twice: with the browser as it starts by itself (floor), and as the product starts it (tuned).
``--pa11y`` names pa11y-ci (npm), which then looks at the same pages in the same two viewports with its axe runner, two
at a time. Only ratios within one run mean anything; the machine and its other work change all else.
"""

import argparse
import asyncio
import compileall
import json
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.async_api import async_playwright

import auditor
from auditor.gather.browser import find_browser
from auditor.gather.serve import serving
from auditor.model.config import BrowserConfig, SiteConfig
from auditor.sitefile import read_target
from auditor.store.history import History
from benchmarks.documents import GUIDE, HANDBOOK
from benchmarks.floor import floor_seconds

_TARGETS = (HANDBOOK / "sv-SE", GUIDE / "sv")
_FIXTURE = Path(__file__).parent.parent / "fixtures" / "sites" / "sjoboda-2022"
_PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 3, "isMobile": True, "hasTouch": True}
_DESKTOP = {"width": 1280, "height": 900}


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="?", help="folder of HTML or site file")
    parser.add_argument("--pages", type=int, default=40, help="pages at the most")
    parser.add_argument("--rounds", type=int, default=2, help="how often all are measured, in turn")
    parser.add_argument("--pa11y", default="", help="how pa11y-ci is called")
    options = parser.parse_args()
    target = options.target or default_target()
    config = read_target(target)
    compileall.compile_dir(Path(auditor.__file__).parent, quiet=2)
    rows = [_round(config, options.pages, options.pa11y) for _ in range(options.rounds)]
    pages = rows[0]["pages"]
    print(f"{target}: {pages:.0f} pages, phone and desktop, {options.rounds} rounds, median")
    for name in ("floor", "tuned", "product", *(["pa11y-ci"] if options.pa11y else [])):
        seconds = statistics.median(row[name] for row in rows)
        print(f"  {name:8} {pages / seconds * 60:6.0f} pages a minute ({seconds:.1f} s)")
    _tell_ratio("product ÷ floor", [row["floor"] / row["product"] for row in rows])
    _tell_ratio("product ÷ tuned floor", [row["tuned"] / row["product"] for row in rows])
    if options.pa11y:
        _tell_ratio("product ÷ pa11y-ci", [row["pa11y-ci"] / row["product"] for row in rows])
    own, others = (statistics.median(row[name] for row in rows) for name in ("own", "others"))
    print(f"  processor time of the product: {own:.1f} s in Python, {others:.1f} s in the browser and its driver")
    print(f"  peak memory of the Python process: {max(row['memory'] for row in rows):.0f} MB")


def default_target() -> str:
    """Pages that nobody here wrote, if this machine has such, else a fixture site."""
    return str(next((path for path in _TARGETS if path.is_dir()), _FIXTURE))


def _tell_ratio(name: str, ratios: Sequence[float]) -> None:
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    print(f"  {name}, in pages a minute: {statistics.median(ratios):.2f} ({spread})")


def _alone(config: SiteConfig, pages: int) -> SiteConfig:
    """*config* with so many pages at the most, and without questions to other hosts."""
    scope = config.scope.model_copy(update={"max_pages": pages})
    return config.model_copy(update={"scope": scope, "links": config.links.model_copy(update={"external": False})})


def _round(config: SiteConfig, pages: int, pa11y: str) -> dict[str, float]:
    """One measurement of the product, then of the others over the pages that it looked at."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = folder / "site.yaml"
        site.write_text(_alone(config, pages).model_dump_json(exclude_unset=True), encoding="utf-8")
        line = [sys.executable, "-m", "benchmarks.one_command", "audit", str(site), "--quiet"]
        line += ["--output", str(folder / "report"), "--database", str(folder / "history.db")]
        began = time.perf_counter()
        done = subprocess.run(line, capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - began
        told = json.loads(done.stdout.splitlines()[-1])
        if told["code"]:
            raise RuntimeError(f"the audit did not come to its end: {done.stderr[-300:]}")
        history = History(folder / "history.db")
        store = history.run(history.runs(history.sites()[0])[-1].id)
        urls = [page.summary.url for page in store.pages() if page.summary.rendered and not page.summary.is_handoff]
        history.close()
        with serving(config.serve) as ports:
            floors = {
                name: floor_seconds(urls, ports, config.politeness.concurrency, tuned=tuned)
                for name, tuned in (("floor", False), ("tuned", True))
            }
            other = {"pa11y-ci": _pa11y_seconds(pa11y, urls, ports, folder)} if pa11y else {}
    used = {"own": told["own"], "others": told["others"], "memory": told["peak"]}
    return {"pages": len(urls), "product": seconds, **floors, **other, **used}


def _pa11y_seconds(command: str, urls: Sequence[str], ports: Mapping[str, int], folder: Path) -> float:
    """Seconds that pa11y-ci takes over *urls* in both viewports."""
    rules = ", ".join(f"MAP {host}:80 127.0.0.1:{port}" for host, port in ports.items())
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    browser = {"executablePath": asyncio.run(_browser()), "args": [f"--host-resolver-rules={rules}", *sandbox]}
    asked = {
        "defaults": {"runners": ["axe"], "concurrency": 2, "timeout": 60_000, "chromeLaunchConfig": browser},
        "urls": [{"url": url, "viewport": shape} for url in urls for shape in (_DESKTOP, _PHONE)],
    }
    path = folder / "pa11yci.json"
    path.write_text(json.dumps(asked), encoding="utf-8")
    told = folder / "pa11y-ci.json"  # a file: it ends before all that it says has gone through a pipe
    began = time.perf_counter()
    with told.open("w", encoding="utf-8") as file:
        line = [*shlex.split(command), "--config", str(path), "--json"]
        done = subprocess.run(line, stdout=file, stderr=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - began
    if len(json.loads(told.read_text(encoding="utf-8"))["results"]) != len(urls):
        raise RuntimeError(f"pa11y-ci did not look at all pages: {done.stderr[-300:]}")
    return seconds


async def _browser() -> str:
    async with async_playwright() as playwright:
        return str((await find_browser(playwright, BrowserConfig())).path)


if __name__ == "__main__":
    main()

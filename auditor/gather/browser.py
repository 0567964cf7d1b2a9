"""Finds a browser and starts it."""

import os
import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.async_api import Browser, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from auditor.errors import BrowserMissing
from auditor.gather.trouble import plain
from auditor.model.config import BrowserConfig

_SYSTEM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
)
"""Programs of the system, the best first: the one without a surface takes an eighth less time for the same pages."""
_FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--js-flags=--invocation-count-for-maglev=4000,--invocation-count-for-turbofan=30000",
)
"""The last one: a function is compiled anew for speed after ten times as many calls as otherwise. The scripts that run
in each page do so for a tenth of a second, and making them faster took a tenth of all time; long loops stay fast."""
_NOTHING_BESIDES = ("--force-webrtc-ip-handling-policy=disable_non_proxied_udp", "--no-pings", "--dns-prefetch-disable")
"""What would go past a proxy: calls between browsers, and names looked up ahead."""
_START_SECONDS = 60
INSTALL = (
    "install one with: sudo apt-get install chromium-headless-shell (where that is missing: chromium; without apt: "
    "playwright install chromium), or name one in browser.path"
)


@dataclass(frozen=True)
class BrowserChoice:
    """A browser that can be started."""

    path: Path
    origin: str
    """configured, playwright or system."""
    sandboxed: bool
    why_not: str = ""
    """Why it is not sandboxed: set, root or refused (by the system: it lets no ordinary program make one)."""


async def find_browser(playwright: Playwright, config: BrowserConfig) -> BrowserChoice:
    """The configured browser, else Playwright's own, else the system's.

    Raises:
        BrowserMissing: none was found, or the configured one does not exist.
    """
    sandboxed = config.sandbox if config.sandbox is not None else os.name == "nt" or os.geteuid() != 0
    why_not = "" if sandboxed else "root" if config.sandbox is None else "set"
    configured = config.path or (Path(path) if (path := os.environ.get("AUDITOR_BROWSER")) else None)
    if configured:
        if not configured.is_file():
            raise BrowserMissing(f"browser: {configured} does not exist; {INSTALL}")
        return BrowserChoice(configured, "configured", sandboxed, why_not)
    own = Path(playwright.chromium.executable_path)
    if own.is_file():
        return BrowserChoice(own, "playwright", sandboxed, why_not)
    for name in _SYSTEM:
        if found := shutil.which(name):
            return BrowserChoice(Path(found), "system", sandboxed, why_not)
    raise BrowserMissing(f"browser: none was found; {INSTALL}")


@asynccontextmanager
async def running_browser(
    config: BrowserConfig, hosts: Mapping[str, int] | None = None, way_out: int | None = None, own: str = ""
) -> AsyncIterator[tuple[Browser, BrowserChoice]]:
    """A started browser, closed at the end.

    Args:
        config: which browser.
        hosts: host name → port on loopback that answers for it.
        way_out: port on loopback of the SOCKS5 proxy through which everything goes but *hosts* and *own*.
        own: host and port of a site on this machine, by number or as localhost, which is asked directly.

    Raises:
        BrowserMissing: none was found, or it did not start.
    """
    flags = [*_FLAGS, *_ways(hosts or {}, way_out, own)]
    async with async_playwright() as playwright:
        choice = await find_browser(playwright, config)
        try:
            browser = await _launched(playwright, choice, flags)
        except PlaywrightError as error:
            if not (choice.sandboxed and config.sandbox is None and _lacks_sandbox(error)):
                raise BrowserMissing(f"browser: {choice.path} did not start ({_why(error)}); {INSTALL}") from error
            choice = replace(choice, sandboxed=False, why_not="refused")
            try:
                browser = await _launched(playwright, choice, flags)
            except PlaywrightError as again:
                raise BrowserMissing(f"browser: {choice.path} did not start ({_why(again)}); {INSTALL}") from again
        try:
            yield browser, choice
        finally:
            await browser.close()


async def _launched(playwright: Playwright, choice: BrowserChoice, flags: Sequence[str]) -> Browser:
    return await playwright.chromium.launch(
        executable_path=choice.path,
        args=flags,
        ignore_default_args=["--disable-popup-blocking"],
        chromium_sandbox=choice.sandboxed,
        timeout=_START_SECONDS * 1000,
        handle_sigint=False,
        handle_sigterm=False,
    )


def _lacks_sandbox(error: PlaywrightError) -> bool:
    """Whether the browser did not start since the system lets it make no sandbox."""
    return "no usable sandbox" in error.message.lower() or "sandboxing failed" in error.message.lower()


def _ways(hosts: Mapping[str, int], way_out: int | None, own: str) -> list[str]:
    """Flags that say where the browser finds hosts.

    With a way out it looks up no name itself, and what would not take that way finds no host: numbers of this machine
    too, which it else asks without a proxy.
    """
    rules = [f"MAP {host}:80 127.0.0.1:{port}" for host, port in hosts.items()]
    if way_out is None:
        return [f"--host-resolver-rules={', '.join(rules)}"] if rules else []
    direct = ["<-loopback>", *(f"http://{host}:80" for host in hosts), *([own] if own else [])]
    rules += ["MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1", "EXCLUDE [::1]", "EXCLUDE localhost"]
    return [
        f"--host-resolver-rules={', '.join(rules)}",
        f"--proxy-server=socks5://127.0.0.1:{way_out}",
        f"--proxy-bypass-list={';'.join(direct)}",
        *_NOTHING_BESIDES,
    ]


def _why(error: PlaywrightError) -> str:
    """What the browser said itself before it ended, else what the starter says."""
    lines = error.message.splitlines()
    said = next((line.partition("[err] ")[2] for line in lines if "[err] " in line), "")
    return (said.strip() or plain(error))[:300]

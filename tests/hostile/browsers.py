"""The browser that tests use, and how they kill it."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

from playwright.async_api import async_playwright

from auditor.gather.browser import find_browser
from auditor.model.config import BrowserConfig


def browser_path() -> Path:
    """The browser that would be started."""

    async def find() -> Path:
        async with async_playwright() as playwright:
            return (await find_browser(playwright, BrowserConfig())).path

    return asyncio.run(find())


def kill_browser(auditor: int) -> None:
    """Kills the browser that the process *auditor* started, with all that belongs to it."""
    for process in _descendants(auditor):
        with contextlib.suppress(OSError):
            command = Path(f"/proc/{process}/cmdline").read_bytes()
            if b"--remote-debugging-pipe" in command and b"--type=" not in command:
                os.kill(process, signal.SIGKILL)


def _descendants(process: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            for child in map(int, children.read_text(encoding="ascii").split()):
                yield child
                yield from _descendants(child)

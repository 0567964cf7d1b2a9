"""How the browser is started: in its sandbox where that can be, and said where it cannot."""

import asyncio
import os
import shlex
from pathlib import Path

import pytest

from auditor.errors import BrowserMissing
from auditor.gather.browser import BrowserChoice, running_browser
from auditor.model.config import BrowserConfig
from tests.hostile.browsers import browser_path

pytestmark = pytest.mark.browser


@pytest.fixture
def picky(tmp_path: Path) -> Path:
    """A browser on a system that lets ordinary programs make no sandbox."""
    path = tmp_path / "browser"
    path.write_text(
        '#!/bin/sh\ncase " $* " in *" --no-sandbox "*) ;; *) echo "FATAL: No usable sandbox!" >&2; exit 1;; esac\n'
        f'exec {shlex.quote(str(browser_path()))} "$@"\n',
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path


def started(config: BrowserConfig) -> BrowserChoice:
    """The browser that starts."""

    async def start() -> BrowserChoice:
        async with running_browser(config) as (_, choice):
            return choice

    return asyncio.run(start())


def test_without_a_sandbox_where_the_system_allows_none(picky: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert started(BrowserConfig(path=picky)) == BrowserChoice(picky, "configured", False, "refused")


def test_a_sandbox_that_is_asked_for_is_not_done_without(picky: Path) -> None:
    with pytest.raises(BrowserMissing, match="No usable sandbox"):
        started(BrowserConfig(path=picky, sandbox=True))


def test_a_sandbox_that_is_switched_off(picky: Path) -> None:
    assert started(BrowserConfig(path=picky, sandbox=False)).why_not == "set"

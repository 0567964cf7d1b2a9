"""Tries whether this machine can audit: the browser starts, and axe runs in it."""

import asyncio
from dataclasses import dataclass

from auditor.gather.axe import AxeRunner, axe_script
from auditor.gather.browser import BrowserChoice, running_browser
from auditor.model.config import AxeConfig, BrowserConfig


@dataclass(frozen=True)
class CheckUp:
    """What was started."""

    browser: BrowserChoice
    browser_version: str
    axe_version: str


def check_up(browser: BrowserConfig, axe: AxeConfig) -> CheckUp:
    """Starts the browser and loads axe in it.

    Raises:
        BrowserMissing: there is no browser, or it does not start.
        ConfigError: axe-core cannot be read.
    """
    return asyncio.run(_check_up(browser, axe))


async def _check_up(config: BrowserConfig, axe: AxeConfig) -> CheckUp:
    runner = AxeRunner(axe_script(axe), axe.also)
    async with running_browser(config) as (browser, choice):
        engine = await runner.engine(await browser.new_page())
        return CheckUp(choice, browser.version, engine.version)

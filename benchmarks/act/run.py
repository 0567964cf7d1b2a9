"""Shows the test cases to the product, and to axe-core alone, in the same tab at the same moment."""

import asyncio
import datetime
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import BrowserContext, Route

from auditor.audit import judge_page
from auditor.catalogue.load import load_catalogue
from auditor.gather.axe import AxeRunner, axe_script
from auditor.gather.browser import running_browser
from auditor.gather.render import PageRenderer
from auditor.gather.sample import InteractionSample
from auditor.gather.serve import serving
from auditor.gather.tab import Tab
from auditor.gather.trouble import ODD_ANSWERS
from auditor.gather.visit import Visit, page_of
from auditor.model.axe import AxeEngine, AxeResult
from auditor.model.config import AxeConfig, BrowserConfig, ViewportsConfig
from auditor.model.keyboard import Indicator
from auditor.model.rule import Rule
from auditor.model.vocabulary import OutcomeKind, Viewport
from benchmarks.act.cases import PLACE, Case
from benchmarks.act.consistency import combined

HOST = "www.w3.org"
LEVEL_AAA = ("color-contrast-enhanced",)
"""What the product leaves off, as axe does, because no law asks for it; a site file turns it on with axe.also."""
_ELSEWHERE = re.compile(rf"https://|http://(?!{re.escape(HOST)}[:/])")
_TABS = 2
_SECONDS = 20.0
TODAY = datetime.date(2024, 5, 15)

Outcomes = Mapping[str, OutcomeKind]
"""Rule of the product, or of axe → what it said of a case. A rule that is not there was not run."""


@dataclass(frozen=True)
class Seen:
    """What was said of one test case."""

    product: Outcomes
    axe: Outcomes


@dataclass(frozen=True)
class Run:
    """What was said of all of them."""

    rules: Sequence[Rule]
    """The product's rules that decide ACT rules, axe's among them."""
    axe: AxeEngine
    """axe-core with all of its rules, experimental and deprecated ones too."""
    seen: Mapping[str, Seen]
    """Path of a case → what was said."""


def run_cases(folder: Path, cases: Sequence[Case], progress: Callable[[int], None], *, beside: bool = True) -> Run:
    """Shows *cases* in a window of desktop size.

    Args:
        folder: where the cases lie.
        cases: which of them.
        progress: hears how many are done.
        beside: whether axe-core alone is run beside the product, which takes half of the time.
    """
    with tempfile.TemporaryDirectory() as root:
        place = Path(root) / PLACE
        place.parent.mkdir(parents=True)
        place.symlink_to(folder.resolve(), target_is_directory=True)
        with serving({HOST: Path(root)}) as ports:
            return asyncio.run(_run(ports, list({case.path: case for case in cases}.values()), progress, beside))


async def _run(ports: Mapping[str, int], cases: Sequence[Case], progress: Callable[[int], None], beside: bool) -> Run:
    script = axe_script(AxeConfig())
    product = AxeRunner(script, LEVEL_AAA)
    async with running_browser(BrowserConfig(), ports) as (browser, _):
        page = await browser.new_page()
        everything = await AxeRunner(script).engine(page)
        rules = tuple(load_catalogue().with_axe(await product.engine(page)).rules.values())
        await page.close()
        alone = AxeRunner(script, [rule.id for rule in everything.rules], preload=True, remember=False)
        queue, seen = list(reversed(cases)), dict[str, Seen]()

        async def work() -> None:
            context = await browser.new_context(service_workers="block")
            await context.route(_ELSEWHERE, _blank)
            looks = _Looks(context, product, alone if beside else None, rules)
            while queue:
                case = queue.pop()
                seen[case.path] = await looks.at(case)
                progress(len(seen))
            await context.close()

        await asyncio.gather(*(work() for _ in range(_TABS)))
        return Run([rule for rule in rules if rule.act], everything, seen)


async def _blank(route: Route) -> None:
    """The rest of the web is an empty page: what a case links to or leads on to is no part of it."""
    await route.fulfill(
        status=200, content_type="text/html", body="<!doctype html><html lang=en><title>Elsewhere</title>"
    )


class _WalkEverywhere(InteractionSample):
    """Every case is walked through with the keyboard, as if it were the only one. What opens stays out, as what shows
    under the pointer does: cases are about pages at rest."""

    async def choose(self, url: str, template: str) -> frozenset[Viewport]:
        return frozenset({Viewport.DESKTOP})

    def is_new(self, viewport: Viewport, markup: str, url: str = "") -> bool:
        return markup.startswith("shortcuts")

    def indicator(self, viewport: Viewport, manner: str) -> Indicator | None:
        return None


class _Looks:
    """Looks at test cases one after the other."""

    def __init__(
        self, context: BrowserContext, product: AxeRunner, alone: AxeRunner | None, rules: Sequence[Rule]
    ) -> None:
        self._context = context
        self._viewports = ViewportsConfig()
        self._renderer = PageRenderer(context, product, self._viewports, timeout=_SECONDS, sample=_WalkEverywhere())
        self._alone = alone
        judging = {name for rule in rules if rule.act for name in (rule.id, *rule.overrules)}
        self._rules = [rule for rule in rules if rule.id in judging]

    async def at(self, case: Case) -> Seen:
        address = f"http://{HOST}/{PLACE}/{case.path}"
        return Seen(await self._product(address), await self._axe(address))

    async def _product(self, address: str) -> Outcomes:
        visit = Visit(url=address, name="case", depth=1, viewports=(Viewport.DESKTOP,))
        page = page_of(visit, await self._renderer.look(visit), today=TODAY, fetched_at="")
        results = [result for result in judge_page(self._rules, page) if result.viewport in (Viewport.DESKTOP, None)]
        if not page.is_content:
            return {rule.id: OutcomeKind.INAPPLICABLE for rule in self._rules}
        return {
            rule.id: combined([result.kind for result in results if result.rule == rule.id]) for rule in self._rules
        }

    async def _axe(self, address: str) -> Outcomes:
        if self._alone is None:
            return {}
        tab = await Tab.open(self._context, self._viewports, _SECONDS)
        await tab.switch(Viewport.DESKTOP)
        try:
            async with asyncio.timeout(_SECONDS):
                await tab.page.goto(address, wait_until="load")
                return _outcomes(await self._alone.run(tab))
        except (*ODD_ANSWERS, TimeoutError):
            return {}
        finally:
            await tab.close()


def _outcomes(answer: AxeResult) -> Outcomes:
    groups: dict[str, list[OutcomeKind]] = {}
    for kind, names in (
        (OutcomeKind.FAILED, [finding.id for finding in answer.violations]),
        (OutcomeKind.CANT_TELL, [finding.id for finding in answer.incomplete]),
        (OutcomeKind.PASSED, answer.passes),
        (OutcomeKind.INAPPLICABLE, answer.inapplicable),
    ):
        for name in names:
            groups.setdefault(name, []).append(kind)
    return {name: combined(kinds) for name, kinds in groups.items()}

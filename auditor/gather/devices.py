"""Finds templates that are built differently at load time on a phone.

Pages are loaded once and switched between viewports. A site that chooses its markup by user agent, or by the width at
load time, shows a phone something else. So the first page of each template is loaded once more in a real phone context
and compared; where the two differ, all pages of that template are loaded per device.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import BrowserContext
from pydantic import TypeAdapter

from auditor.gather.inpage import script
from auditor.gather.journal import Journal
from auditor.gather.places import PATIENCE, Places
from auditor.gather.tab import Tab
from auditor.gather.trouble import ODD_ANSWERS
from auditor.model.config import ViewportsConfig
from auditor.model.facts import Facts
from auditor.model.vocabulary import Viewport

_FACTS = TypeAdapter(Facts)
_MOST_TEMPLATES = 40
"""Templates that are tried in one run; a site with more has a skeleton per page."""
_ALIKE = 0.9
"""Share of links and headings that two renderings of one page have in common at least; our own choice."""


class DeviceSample:
    """Remembers for each template whether a phone gets something else. Shared by all renderers of a run."""

    def __init__(
        self,
        phone: BrowserContext,
        viewports: ViewportsConfig,
        timeout: float,
        within: frozenset[str] | None = None,
        journal: Journal | None = None,
        places: Places | None = None,
    ) -> None:
        """Takes what it needs.

        Args:
            phone: where tabs are opened.
            viewports: sizes.
            timeout: seconds that a page may take.
            within: hosts that it may lead on to by itself; if left out, all.
            journal: keeps what was found out of each template.
            places: for pages that load.
        """
        self._phone = phone
        self._within = within
        self._viewports = viewports
        self._timeout = timeout
        self._journal = journal or Journal()
        self._places = places or Places()
        self._differs = {str(one["template"]): bool(one["differs"]) for one in self._journal.entries("device")}

    async def differs(self, template: str, url: str, switched: Facts) -> bool:
        """Whether pages of *template* must be loaded per device; found out at the first one, *url*."""
        if template not in self._differs and len(self._differs) < _MOST_TEMPLATES:
            self._differs[template] = False
            try:
                async with self.tab(url) as tab:
                    await tab.run(script("look"))
                    loaded = _FACTS.validate_python(await tab.call(script("facts")))
            except (*ODD_ANSWERS, TimeoutError):
                return False
            self._differs[template] = _likeness(switched, loaded) < _ALIKE
            self._journal.write("device", template=template, differs=self._differs[template])
        return self._differs.get(template, False)

    @asynccontextmanager
    async def tab(self, url: str) -> AsyncIterator[Tab]:
        """A tab that was a phone when it loaded *url*."""
        tab = await Tab.open(self._phone, self._viewports, self._timeout)
        try:
            if self._within is not None:
                await tab.keep_within(self._within)
            await tab.switch(Viewport.PHONE)
            async with self._places.taken(PATIENCE):
                await tab.page.goto(url, wait_until="load", timeout=self._timeout * 1000)
                await tab.mark()
                await tab.settle()
            yield tab
        finally:
            await tab.close()


def _likeness(one: Facts, other: Facts) -> float:
    """Jaccard index of what two renderings show: visible links and headings by their texts."""
    mine, theirs = _shown(one), _shown(other)
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0


def _shown(facts: Facts) -> set[tuple[str, str]]:
    links = {(link.href, link.name) for link in facts.links if link.visible}
    return links | {("", heading.text) for heading in facts.headings if heading.visible}

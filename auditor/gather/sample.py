"""Chooses the pages that are tried out: what opens is opened and looked at, and the Tab key is pressed."""

import asyncio
from collections import Counter
from collections.abc import Mapping

from auditor.model.vocabulary import Viewport

PAGES_PER_TEMPLATE: Mapping[Viewport, int] = {Viewport.DESKTOP: 2, Viewport.PHONE: 1}
"""A desktop is where keyboards are; the phone's layout is what those see who enlarge the page four times."""
_MOST_TEMPLATES = 40
"""Templates that are tried out in one run; a site with more has a skeleton per page."""


class InteractionSample:
    """Chooses which pages are tried out: the first of each template, in the order in which they were begun.

    Shared by all renderers of a run. Pages are looked at side by side, and one may be loaded before another that was
    begun earlier; the choice waits for that other's template, so that the same site gives the same sample.
    """

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()
        self._undecided: dict[str, asyncio.Event] = {}
        self._chosen: dict[str, frozenset[Viewport]] = {}
        self._seen: set[tuple[Viewport, str]] = set()

    def begin(self, url: str) -> None:
        """Page *url* is about to be looked at."""
        self._undecided[url] = asyncio.Event()

    def settle(self, url: str) -> None:
        """Nothing more is waited for from page *url*."""
        if decided := self._undecided.pop(url, None):
            decided.set()

    async def choose(self, url: str, template: str) -> frozenset[Viewport]:
        """The viewports in which page *url*, of *template*, is to be tried out; counts it."""
        for earlier, decided in list(self._undecided.items()):
            if earlier == url:
                break
            await decided.wait()
        self.settle(url)
        if url in self._chosen:  # looked at for the second time, since the first one failed
            return self._chosen[url]
        if template not in self._count and len(self._count) >= _MOST_TEMPLATES:
            return frozenset()
        self._count[template] += 1
        chosen = frozenset(view for view, pages in PAGES_PER_TEMPLATE.items() if self._count[template] <= pages)
        if chosen:
            self._chosen[url] = chosen
        return chosen

    def is_new(self, viewport: Viewport, markup: str) -> bool:
        """Whether what opened, told by the fingerprint of its *markup*, was not looked at before; remembers it."""
        known = (viewport, markup) in self._seen
        self._seen.add((viewport, markup))
        return not known

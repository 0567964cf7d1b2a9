"""Chooses the pages that are tried out: what opens is opened and looked at, and the Tab key is pressed."""

import asyncio
from collections import Counter
from collections.abc import Mapping

from auditor.gather.journal import Journal
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

    def __init__(self, journal: Journal | None = None) -> None:
        """A sample that goes on where *journal* ends, and keeps its choices there."""
        self._journal = journal or Journal()
        self._count: Counter[str] = Counter()
        self._undecided: dict[str, asyncio.Event] = {}
        self._chosen: dict[str, frozenset[Viewport]] = {}
        self._seen: set[tuple[str, str]] = set()
        for entry in self._journal.entries("page"):
            self._count[entry["template"]] += 1
            self._chosen[entry["url"]] = frozenset(map(Viewport, entry["chosen"]))
        self._before = {(one["viewport"], one["markup"]): one["url"] for one in self._journal.entries("opened")}

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
        self._chosen[url] = chosen
        self._journal.write("page", url=url, template=template, chosen=sorted(chosen))
        return chosen

    def is_new(self, viewport: Viewport, markup: str, url: str = "") -> bool:
        """Whether what opened, told by the fingerprint of its *markup*, was not looked at before; remembers it.

        What was looked at on page *url* by a process that was killed is new there: the page is looked at again.
        """
        key = (str(viewport), markup)
        if key in self._seen or self._before.get(key, url) != url:
            return False
        self._seen.add(key)
        self._journal.write("opened", viewport=key[0], markup=markup, url=url)
        return True

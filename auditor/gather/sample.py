"""Chooses the pages that are tried out: what opens is opened and looked at, and the Tab key is pressed."""

from collections import Counter
from collections.abc import Mapping

from auditor.gather.journal import Journal
from auditor.gather.turns import Turns
from auditor.model.keyboard import Indicator
from auditor.model.vocabulary import Viewport

PAGES_PER_TEMPLATE: Mapping[Viewport, int] = {Viewport.DESKTOP: 2, Viewport.PHONE: 1}
"""A desktop is where keyboards are; the phone's layout is what those see who enlarge the page four times."""
AT_ONCE = 32
"""Renderings that are tried out however small the site is: the first pages of ten templates or so."""
PAGES_PER_TRYOUT = 10
"""Pages that are looked at for each rendering more that is tried out: trying one out takes less than half of the time
that axe-core takes for a page (decision 29)."""


_Choice = tuple[str, frozenset[Viewport]]
"""A page's template, and the viewports in which it is tried out."""
_CHOICE = "choice"


class InteractionSample:
    """Chooses which pages are tried out: the first of each template, in the order in which they were begun.

    What was chosen in the run before, and is carried on from it, counts as chosen: a page that is rendered again is
    tried out as it was then, and others of its template are not tried out besides.

    Shared by all renderers of a run. Pages are looked at side by side, and one may be loaded before another that was
    begun earlier; the choice waits for that other's template, so that the same site gives the same sample. How many are
    tried out depends on how many pages were begun, never on how long anything took. What shows on several pages is
    looked at on the one that was begun first: a page is tried out in a viewport after those before it.
    """

    def __init__(self, journal: Journal | None = None) -> None:
        """A sample that goes on where *journal* ends, and keeps its choices there."""
        self._journal = journal or Journal()
        self._tried: Counter[tuple[str, Viewport]] = Counter()
        self._turns = Turns((_CHOICE, *PAGES_PER_TEMPLATE))
        self._chosen: dict[str, frozenset[Viewport]] = {}
        self._carried: dict[str, _Choice] = {}
        self._seen: dict[tuple[str, str], str] = {}
        self._pages_before = max((int(one["pages"]) for one in self._journal.entries("before")), default=0)
        for entry in self._journal.entries("page"):
            template, chosen = str(entry["template"]), frozenset(map(Viewport, entry["chosen"]))
            if entry.get("carried"):
                self._carried[entry["url"]] = template, chosen
                self._tried.update((template, viewport) for viewport in chosen)
            else:
                self._forget(entry["url"])
                self._note(entry["url"], template, chosen)
        self._indicators = {
            (one["viewport"], one["manner"]): Indicator(one["indicator"]) for one in self._journal.entries("focus")
        }
        self._before = {(one["viewport"], one["markup"]): one["url"] for one in self._journal.entries("opened")}

    def begin(self, url: str) -> None:
        """Page *url* is about to be looked at, perhaps again: the browser ended over it, and all is new on it then."""
        self._seen = {key: seen_on for key, seen_on in self._seen.items() if seen_on != url}
        if url in self._carried:
            self._before = {key: seen_on for key, seen_on in self._before.items() if seen_on != url}
        self._turns.begin(url)

    def settle(self, url: str) -> None:
        """Nothing more is waited for from page *url*."""
        self._turns.end(url)

    async def choose(self, url: str, template: str) -> frozenset[Viewport]:
        """The viewports in which page *url*, of *template*, is to be tried out; counts it."""
        await self._turns.wait(url, _CHOICE)
        chosen = self._choice(url, template)
        for step in (_CHOICE, *(viewport for viewport in PAGES_PER_TEMPLATE if viewport not in chosen)):
            self._turns.passed(url, step)
        return chosen

    async def turn(self, url: str, viewport: Viewport | None = None) -> None:
        """Waits until pages that were begun before page *url* are tried out in *viewport*, or were chosen or not."""
        await self._turns.wait(url, viewport or _CHOICE)

    def tried(self, url: str, viewport: Viewport) -> None:
        """Page *url* will not be tried out any more in *viewport*."""
        self._turns.passed(url, viewport)

    def _choice(self, url: str, template: str) -> frozenset[Viewport]:
        if url in self._chosen:  # looked at for the second time, since the first one failed
            return self._chosen[url]
        before = self._forget(url)
        chosen = before[1] if before and before[0] == template else self._affordable(template)
        self._note(url, template, chosen)
        self._journal.write("page", url=url, template=template, chosen=sorted(chosen))
        return chosen

    def _affordable(self, template: str) -> frozenset[Viewport]:
        """The viewports in which one more page of *template* is wanted, as far as the pages so far allow for them."""
        wanted = [view for view, most in PAGES_PER_TEMPLATE.items() if self._tried[template, view] < most]
        pages = max(self._pages_before, len(self._chosen) + 1)
        left = AT_ONCE + pages // PAGES_PER_TRYOUT - self._tried.total()
        return frozenset(wanted[: max(0, left)])

    def _forget(self, url: str) -> _Choice | None:
        """What was carried on of page *url*, which is looked at anew; it counts no more."""
        if before := self._carried.pop(url, None):
            self._tried.subtract((before[0], viewport) for viewport in before[1])
        return before

    def _note(self, url: str, template: str, chosen: frozenset[Viewport]) -> None:
        self._chosen[url] = chosen
        self._tried.update((template, viewport) for viewport in chosen)

    def is_new(self, viewport: Viewport, markup: str, url: str = "") -> bool:
        """Whether what opened, told by the fingerprint of its *markup*, was not looked at before; remembers it.

        What was looked at on page *url* by a process that was killed is new there: the page is looked at again.
        """
        key = (str(viewport), markup)
        if key in self._seen or self._before.get(key, url) != url:
            return False
        self._seen[key] = url
        self._journal.write("opened", viewport=key[0], markup=markup, url=url)
        return True

    def indicator(self, viewport: Viewport, manner: str) -> Indicator | None:
        """What pictures told of how an element shows its focus that is styled in the same *manner*, if any did."""
        return self._indicators.get((str(viewport), manner))

    def note_indicator(self, viewport: Viewport, manner: str, indicator: Indicator) -> None:
        """Remembers what pictures told; that they could not tell says nothing of the next page."""
        if indicator is not Indicator.UNSURE:
            self._indicators[str(viewport), manner] = indicator
            self._journal.write("focus", viewport=str(viewport), manner=manner, indicator=str(indicator))

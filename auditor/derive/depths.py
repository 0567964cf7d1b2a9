"""How far pages lie from the start page, in clicks and in taps: told, never judged.

That more clicks make people give up is not borne out; depth is shown so that it can be followed over time.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from auditor.derive.reach import steps_from_start
from auditor.derive.sitepaths import place
from auditor.model.figures import Figure, FigureKind
from auditor.model.site import LinkStatus, PageSummary, Site
from auditor.model.vocabulary import Viewport

_KINDS = ((FigureKind.CLICKS, False), (FigureKind.TAPS, True))


def depth_figures(pages: Iterable[PageSummary], statuses: Mapping[str, LinkStatus]) -> Mapping[str, tuple[Figure, ...]]:
    """Address → clicks and taps from the start page in each viewport, for the pages of the site that links reach.

    Args:
        pages: summaries of all pages of a run.
        statuses: what addresses answered that were only asked for.
    """
    known = tuple(pages)
    start = next((page.final_url for page in known if page.depth == 0 and page.rendered and page.query is None), "")
    site = Site(start=start, today=date.min, pages=known, statuses=statuses)
    found: dict[str, list[Figure]] = {}
    for kind, taps in _KINDS:
        for viewport in (Viewport.PHONE, Viewport.DESKTOP):
            steps = steps_from_start(site, viewport, taps=taps)
            for page in known:
                if _is_shown(page) and place(page.url) in steps:
                    figure = Figure(kind=kind, viewport=viewport, value=steps[place(page.url)])
                    found.setdefault(page.url, []).append(figure)
    return {url: tuple(figures) for url, figures in found.items()}


def _is_shown(page: PageSummary) -> bool:
    return page.rendered and not page.is_handoff and page.query is None

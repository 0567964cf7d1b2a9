"""Tables of a report that no rule makes: ways to the municipality, and how heavy its pages are to read."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from auditor.derive.contact_inventory import association_pages, contact_inventory
from auditor.derive.reading_figures import reading_figures
from auditor.derive.urls import canonical
from auditor.model.config import SiteConfig
from auditor.model.report import ContactRow, ReadingRow
from auditor.model.site import PageSummary, Site

_SHOWN = 5


def contacts(config: SiteConfig, pages: Sequence[PageSummary]) -> tuple[tuple[ContactRow, ...], int]:
    """The ways to the municipality that pages for associations give, and how many such pages there are."""
    start = canonical(config.start)
    site = Site(
        start=start,
        today=date.min,
        hub=canonical(config.hub, start) if config.hub else "",
        pages=tuple(pages),
        tasks=config.tasks,
    )
    rows = tuple(
        ContactRow(
            kind=use.kind,
            value=use.value,
            shown=use.shown,
            label=use.label,
            in_frame=use.in_frame,
            page_count=len(use.pages),
            pages=use.pages[:_SHOWN],
        )
        for use in contact_inventory(site)
    )
    return rows, len(association_pages(site))


def reading(runs: Iterable[tuple[str, Sequence[PageSummary]]]) -> Iterator[ReadingRow]:
    """How heavy the pages of each run (when it began, its pages) are to read, where that could be measured."""
    for started_at, pages in runs:
        figures = reading_figures(pages)
        if figures is not None:
            yield ReadingRow(
                started_at=started_at,
                pages=figures.pages,
                lix=figures.lix,
                lix_low=figures.lix_low,
                lix_high=figures.lix_high,
                sentence_length=figures.sentence_length,
                long_words=figures.long_words,
            )

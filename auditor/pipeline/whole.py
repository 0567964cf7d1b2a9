"""The site as a whole, read from what a run keeps: what rules about all of it look at."""

from collections.abc import Iterable

from auditor.derive.urls import canonical
from auditor.model.config import SiteConfig
from auditor.model.site import PageSummary, Site
from auditor.pipeline.besides import read_closed, read_documents, read_sitemap
from auditor.pipeline.context import RunContext
from auditor.pipeline.probing import read_search
from auditor.store.runs import RunStore


def stored_site(
    store: RunStore,
    config: SiteConfig,
    context: RunContext,
    pages: Iterable[PageSummary] | None = None,
    *,
    complete: bool,
) -> Site:
    """The site as far as the run gathered it.

    Args:
        store: the run.
        config: its settings.
        context: its start page and date.
        pages: its pages, in the order of the walk, where they are at hand.
        complete: whether every page in scope that was found was gathered.
    """
    listed = read_sitemap(store.folder)
    return Site(
        start=context.start,
        today=context.today,
        hub=canonical(config.hub, context.start) if config.hub else "",
        pages=tuple(page.summary for page in store.pages()) if pages is None else tuple(pages),
        statuses=store.statuses(),
        sitemap=frozenset(listed),
        modified={url: day for url, day in listed.items() if day},
        closed_to_search=read_closed(store.folder),
        documents={facts.url: facts for facts in read_documents(store.folder)},
        tasks=config.tasks,
        search=read_search(store.folder),
        complete=complete,
    )

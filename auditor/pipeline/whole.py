"""A run as a whole, read from what it keeps: the site for rules about all of it, and what they were judged with."""

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter, ValidationError

from auditor.derive.urls import canonical
from auditor.errors import StoreError
from auditor.model.axe import AxeEngine
from auditor.model.config import SiteConfig
from auditor.model.site import Site
from auditor.store.runs import RunStore

SITEMAP = "sitemap.txt"
"""File in a run's folder with the addresses that the site's sitemaps name."""
_CONTEXT = "context.json"


@dataclass(frozen=True, kw_only=True)
class RunContext:
    """What a run was told and found out before the first page."""

    start: str
    """Canonical address of the start page, after redirects."""
    today: date
    engine: AxeEngine


_ADAPTER = TypeAdapter(RunContext)


def keep_context(store: RunStore, context: RunContext) -> None:
    """Writes *context* into the run's folder."""
    (store.folder / _CONTEXT).write_bytes(_ADAPTER.dump_json(context))


def kept_context(store: RunStore) -> RunContext:
    """The context of a run.

    Raises:
        StoreError: the run does not have it.
    """
    path = store.folder / _CONTEXT
    try:
        return _ADAPTER.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise StoreError(f"{path}: the run cannot be judged again without this file; audit the site anew") from error


def stored_site(store: RunStore, config: SiteConfig, context: RunContext, *, complete: bool) -> Site:
    """The site as far as the run gathered it.

    Args:
        store: the run.
        config: its settings.
        context: its start page and date.
        complete: whether every page in scope that was found was gathered.
    """
    sitemap = store.folder / SITEMAP
    return Site(
        start=context.start,
        today=context.today,
        hub=canonical(config.hub, context.start) if config.hub else "",
        pages=tuple(page.summary for page in store.pages()),
        statuses=store.statuses(),
        sitemap=frozenset(sitemap.read_text(encoding="utf-8").split() if sitemap.is_file() else ()),
        tasks=config.tasks,
        complete=complete,
    )

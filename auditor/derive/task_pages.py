"""Pages about errands of associations: those that the site file names, and those that are called so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.derive.answers import is_read
from auditor.derive.sitepaths import same_place
from auditor.derive.topics import Topic, pages_about
from auditor.derive.urls import canonical
from auditor.model.site import PageSummary, Site


@dataclass(frozen=True)
class ErrandNames:
    """What pages about errands are called, and how one tells that they are for associations."""

    topics: Mapping[str, Sequence[str]]
    """Name of an errand → names of pages about it."""
    only_near: Sequence[str]
    """Those of the names that count only on pages for associations."""
    stems: Sequence[str]
    """Begin of words that show, in an address, that a page is for associations."""
    passing: Sequence[str]
    """Steps of addresses below which news and the like stand."""


def task_addresses(site: Site) -> tuple[str, ...]:
    """Canonical addresses of the pages that the site file's tasks name as answers."""
    return tuple(
        dict.fromkeys(canonical(target, site.start) for task in site.tasks for target in task.targets if target)
    )


def task_pages(site: Site, names: ErrandNames) -> tuple[PageSummary, ...]:
    """Gathered pages of the site about errands of associations, the hub first; each place once."""
    found = [page for url in (site.hub, *task_addresses(site)) if url and (page := site.page(url))]
    for name, phrases in names.topics.items():
        topic = Topic(name, tuple(phrases), frozenset(names.only_near))
        found += pages_about(topic, site, stems=names.stems, passing=names.passing)
    kept: list[PageSummary] = []
    for page in found:
        if is_read(page) and page.query is None and not any(same_place(page.url, other.url) for other in kept):
            kept.append(page)
    return tuple(kept)

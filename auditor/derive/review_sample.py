"""The pages that a review looks at closely, drawn as (EU) 2018/1524 Annex I, point 3.2, asks for.

The structured part holds the start page, pages of contact, help and legal information, the search, the accessibility
statement, the hub and pages of tasks, forms, one page of each template, and a document of each branch of the site. To
that comes a random part of at least ten percent. The draw depends on the seed alone: the same site and seed give the
same sample. WCAG-EM 2.0, steps 3.1 and 3.2, asks for the same.
"""

import hashlib
import math
import re
from collections.abc import Callable, Iterable, Iterator

from auditor.derive.answers import is_read
from auditor.derive.sitepaths import segments
from auditor.derive.urls import DOCUMENT_ENDINGS, canonical
from auditor.derive.wording import folded
from auditor.model.report import SamplePage
from auditor.model.site import PageSummary, Site

_RANDOM_SHARE = 0.1
_CALLED = (
    ("contact", re.compile(r"kontakt(?:a oss)?|contact(?: us)?")),
    ("statement", re.compile(r"tillganglighetsredogorelse.*|tillganglighet for .*|accessibility statement.*")),
    ("help", re.compile(r"hjalp|help|om webbplatsen|webbkarta|sitemap|a o")),
    ("legal", re.compile(r"(?:om )?kakor|(?:om )?cookies|personuppgifter.*|integritetspolicy|gdpr")),
    ("login", re.compile(r"logga in|mina sidor|log in|login")),
)


def draw_sample(site: Site, seed: int) -> tuple[SamplePage, ...]:
    """The sample of *site*, structured part first; every address once, with the first reason that chose it."""
    chosen: dict[str, str] = {}
    for reason, urls in _structured(site):
        for url in urls:
            chosen.setdefault(url, reason)
    rest = [page.url for page in _pages(site) if page.url not in chosen]
    wanted = math.ceil(len(chosen) * _RANDOM_SHARE)
    for url in sorted(rest, key=lambda url: _rank(url, seed))[:wanted]:
        chosen[url] = "random"
    return tuple(SamplePage(url=url, reason=reason) for url, reason in chosen.items())


def _structured(site: Site) -> Iterator[tuple[str, Iterable[str]]]:
    pages = _pages(site)
    yield "start", [site.start]
    for reason, pattern in _CALLED:
        yield reason, [page.url for page in pages if any(pattern.fullmatch(name) for name in _names(page))][:1]
    yield "search", [page.url for page in site.pages if page.query is not None and page.rendered][:1]
    yield "hub", [site.hub] if site.hub and site.page(site.hub) else []
    targets = [canonical(target, site.start) for task in site.tasks for target in task.targets[:1]]
    yield "task", [url for url in targets if site.page(url) is not None]
    yield "template", _first_of(pages, lambda page: page.template)
    documents = sorted({link.href for page in pages for link in page.links if _is_document(link.href)})
    yield "document", _first_of_branch(documents)


def _pages(site: Site) -> list[PageSummary]:
    """The site's own pages, those nearest to the start page first."""
    own = [page for page in site.pages if is_read(page) and page.query is None]
    return sorted(own, key=lambda page: (page.depth, page.url))


def _names(page: PageSummary) -> tuple[str, ...]:
    steps = segments(page.url)
    return folded(page.main_heading), folded(steps[-1] if steps else "")


def _first_of(pages: Iterable[PageSummary], key: Callable[[PageSummary], str]) -> list[str]:
    first: dict[str, str] = {}
    for page in pages:
        first.setdefault(key(page), page.url)
    return [url for name, url in first.items() if name]


def _first_of_branch(documents: Iterable[str]) -> list[str]:
    first: dict[str, str] = {}
    for url in documents:
        first.setdefault((segments(url) or ("",))[0], url)
    return list(first.values())


def _is_document(url: str) -> bool:
    return url.lower().split("?")[0].endswith(DOCUMENT_ENDINGS)


def _rank(url: str, seed: int) -> str:
    return hashlib.sha256(f"{seed}:{url}".encode()).hexdigest()

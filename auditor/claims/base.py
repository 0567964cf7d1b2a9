"""What claims are judged by: one run, and an earlier one where a claim is about change."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.derive.answers import is_read
from auditor.derive.sitepaths import is_above, same_place
from auditor.derive.topics import hub_links
from auditor.derive.urls import host_of, path_of
from auditor.model.claim import Pages
from auditor.model.config import ScopeConfig
from auditor.model.facts import Facts
from auditor.model.findability import Findability
from auditor.model.outcome import Outcome
from auditor.model.score import AreaScore
from auditor.model.site import PageSummary, Site
from auditor.model.vocabulary import OutcomeKind, Viewport

Results = Mapping[str, Mapping[str, Mapping[Viewport | None, OutcomeKind]]]
"""Rule → page → viewport → what it said."""


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What one run knows that claims may be about."""

    site: Site
    results: Results
    """Of the rules that the claims name."""
    outcomes: Callable[[str], Iterable[Outcome]]
    """Rule → its failed and cantTell outcomes."""
    text: Callable[[str], str]
    """Page → its main text; empty if there is none."""
    search_pages: Sequence[Facts] = ()
    """Renderings of the site's own results pages, for words that have hits."""
    scores: Sequence[AreaScore] = ()
    findability: Findability | None = None
    """What simulated visitors found; None if none were simulated."""
    scope: ScopeConfig = ScopeConfig()
    """What the run was told to look at."""
    rules_version: str = ""
    run_id: str = ""
    untested: int = 0
    """Pages in scope that were found and could not be tested, or were left out."""

    @cached_property
    def pages(self) -> tuple[PageSummary, ...]:
        """The site's own pages that were looked at, without results pages."""
        return tuple(page for page in self.site.pages if is_read(page) and page.query is None)

    @property
    def coverage(self) -> float:
        """The share of the pages in scope that were tested; 0 if there was none."""
        known = len(self.pages) + self.untested
        return len(self.pages) / known if known else 0.0

    def saw(self, pages: Pages) -> bool:
        """Whether all that *pages* may describe was looked at, so that a page that is not there does not exist."""
        scope = self.scope
        limited = bool(scope.include or scope.exclude)
        included = not scope.include or all(path.startswith(scope.include) for path in pages.paths)
        excluded = bool(scope.exclude) and any(path.startswith(scope.exclude) for path in pages.paths)
        hosts = {host_of(self.site.start), *scope.hosts}
        return (
            self.site.complete
            and set(pages.hosts) <= hosts
            and included
            and not excluded
            and (bool(pages.paths) or not limited)
        )

    @cached_property
    def hub(self) -> PageSummary | None:
        """The page that gathers what associations need, if it was looked at."""
        page = self.site.page(self.site.hub) if self.site.hub else None
        return page if page and is_read(page) else None

    @cached_property
    def association_pages(self) -> frozenset[str]:
        """Addresses of the hub, of what lies below it, and of what its content links to."""
        if self.hub is None:
            return frozenset()
        linked = [link.href for link in hub_links(self.hub)]
        chosen = {self.hub.url}
        for page in self.pages:
            if is_above(self.hub.url, page.url) or any(same_place(page.url, href) for href in linked):
                chosen.add(page.url)
        return frozenset(chosen)

    def chosen(self, pages: Pages) -> tuple[PageSummary, ...]:
        """The pages that *pages* describes."""
        return tuple(page for page in self.pages if self._is_chosen(page, pages))

    def _is_chosen(self, page: PageSummary, pages: Pages) -> bool:
        path = path_of(page.url)
        return (
            (not pages.paths or path.startswith(pages.paths))
            and not (pages.not_paths and path.startswith(pages.not_paths))
            and (not pages.hosts or host_of(page.url) in pages.hosts)
            and (not pages.called or any(matches(pages.called, name) for name in (page.main_heading, page.title)))
            and (not pages.associations or page.url in self.association_pages)
            and page.words >= pages.words_at_least
        )


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A run, and the earlier one that it is compared with."""

    now: Basis
    earlier: Basis | None = None


def matches(patterns: Iterable[str], text: str) -> bool:
    """Whether one of *patterns* is found in *text*, whatever the letter case."""
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)

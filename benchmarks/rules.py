"""What each rule costs: milliseconds per page, and its share of all that a page costs with gathering.

    python -m benchmarks.rules [TARGET] [--pages 20] [--rounds 3]

TARGET is a folder of HTML or a site file; without it, Debian's installation guide in Swedish if it is there, else the
fixture municipality. The site is gathered once; then every rule is asked about every page, in all its viewports, a few
times, and the fastest time counts. A rule about the whole site is asked once, and its time shared out among the pages.
Rules that take more than two percent of a page's time on average are marked. axe's rules, whose results come with
gathering, are one line: what it takes to judge by them.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from auditor.audit import judge_page, judge_site
from auditor.catalogue.load import Catalogue
from auditor.derive.summary import summarise
from auditor.model.config import SiteConfig
from auditor.model.page import Page
from auditor.model.rule import Rule
from auditor.model.site import PageSummary, Site
from auditor.model.vocabulary import Scope
from auditor.pipeline.artifacts import read_page
from auditor.pipeline.audit import audit
from auditor.sitefile import read_target
from auditor.store.history import History
from auditor.store.runs import RunStore
from benchmarks.speed import default_target

_LIMIT = 0.02
"""Share of a page's time above which a rule is marked: our own choice."""


@dataclass(frozen=True)
class Cost:
    """What one rule takes."""

    name: str
    seconds: Sequence[float]
    """Per page."""

    @property
    def mean(self) -> float:
        """Seconds per page on average."""
        return statistics.fmean(self.seconds)


def main() -> None:
    """Prints the figures, the dearest rule first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="?", help="folder of HTML or site file")
    parser.add_argument("--pages", type=int, default=20, help="pages at the most")
    parser.add_argument("--rounds", type=int, default=3, help="how often each rule is asked about each page")
    options = parser.parse_args()
    target = options.target or default_target()
    config = read_target(target)
    config = config.model_copy(update={"scope": config.scope.model_copy(update={"max_pages": options.pages})})
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder) / "history.db")
        started = time.perf_counter()
        audited = audit(config, history)
        elapsed = time.perf_counter() - started
        store = history.run(audited.run_id)
        site = _site(config, store)
        pages = [page for page in _pages(store) if page.is_content and page.renderings]
        history.close()
        a_page = elapsed * config.politeness.concurrency / len(pages)
        costs = sorted(_costs(audited.catalogue, pages, site, options.rounds), key=lambda cost: -cost.mean)
    total = sum(cost.mean for cost in costs)
    print(
        f"{target}: {len(pages)} pages; one takes {a_page:.2f} s with gathering, all rules {1000 * total:.1f} ms of it"
    )
    print(f"  {'rule':42} {'median ms':>9} {'max ms':>8} {'share':>7}")
    for cost in costs:
        share = cost.mean / a_page
        mark = f"  more than {_LIMIT:.0%}" if share > _LIMIT else ""
        median = 1000 * statistics.median(cost.seconds)
        print(f"  {cost.name:42} {median:9.2f} {1000 * max(cost.seconds):8.2f} {share:7.2%}{mark}")


def _pages(store: RunStore) -> list[Page]:
    found = (read_page(path) for path in sorted((store.folder / "pages").glob("*.json.gz")))
    return [page for page in found if page is not None]


def _site(config: SiteConfig, store: RunStore) -> Site:
    """The site as far as its rules' time goes: with all pages and answers, as if it were complete."""
    pages = tuple(page.summary for page in store.pages())
    return Site(
        start=pages[0].url,
        today=config.date or date(2024, 5, 15),
        hub=config.hub,
        pages=pages,
        statuses=store.statuses(),
        sitemap=frozenset(page.url for page in pages),
        tasks=config.tasks,
        complete=True,
    )


def _costs(catalogue: Catalogue, pages: Sequence[Page], site: Site, rounds: int) -> Iterable[Cost]:
    own = [rule for rule in catalogue.rules.values() if rule.check is not None]
    axe = [rule for rule in catalogue.rules.values() if rule.check is None]
    for rule in own:
        if rule.scope is Scope.SITE:
            spent = _fastest(rounds, partial(judge_site, [rule], site))
            yield Cost(rule.id, [spent / len(site.pages)])
        else:
            yield Cost(rule.id, [_asked([rule], page, rounds) for page in pages])
    yield Cost("axe, all rules", [_asked(axe, page, rounds) for page in pages])
    yield Cost("(summary of the page)", [_fastest(rounds, partial(_summarised, page)) for page in pages])


def _summarised(page: Page) -> list[PageSummary]:
    return [summarise(page)]


def _asked(rules: Sequence[Rule], page: Page, rounds: int) -> float:
    return _fastest(rounds, partial(judge_page, rules, page))


def _fastest(rounds: int, work: Callable[[], Iterable[object]]) -> float:
    """Seconds of the fastest of *rounds* times that *work* was done to its end."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        list(work())
        times.append(time.perf_counter() - started)
    return min(times)


if __name__ == "__main__":
    main()

"""Makes histories, runs and pages for the tests of the store."""

from collections.abc import Iterable, Sequence

from auditor.model.outcome import RuleResult
from auditor.store.history import History
from auditor.store.runs import Address, GatheredPage, RunStore
from tests.builders import summary, url

SITE = "www.sjoboda.example"


def begin(history: History, run_id: str = "1", *, site: str = SITE, at: str = "", digest: str = "d") -> RunStore:
    """A run that begins on the day of its id."""
    return history.begin(
        run_id=run_id,
        site=site,
        name=f"{site} kommun",
        started_at=at or f"2024-05-{int(run_id):02}T08:00:00.000000+00:00",
        settings="{}",
        digest=digest,
        versions={"product": "auditor 1"},
        seed=3,
    )


def end(store: RunStore, state: str = "complete") -> None:
    """Ends a run."""
    store.end(state, "2024-05-31T10:00:00+00:00", ["refused|x"])


def address(path: str, depth: int = 0, priority: str = "") -> Address:
    """An address of the frontier."""
    return Address(url=url(path), depth=depth, priority=priority or path)


def gathered(path: str = "/", *, results: Iterable[RuleResult] = (), rendered: bool = True) -> GatheredPage:
    """A page with what was judged of it."""
    return GatheredPage(
        url=url(path),
        status=200,
        gathered_at="2024-05-15T08:00:00+00:00",
        artifact=f"pages/{path.strip('/')}.json.gz",
        summary=summary(path, main_heading=f"Sida {path}", rendered=rendered),
        results=tuple(results),
        untested={"phone:axe": "axe-failed|x"},
        screenshots={"phone": "a.webp"},
    )


def paths(addresses: Sequence[Address]) -> list[str]:
    """The paths of *addresses*."""
    return [one.url.removeprefix(url("")) for one in addresses]

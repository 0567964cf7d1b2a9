"""Fixtures that many tests share."""

from collections.abc import Iterator

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from auditor.gather.in_memory import Looker


@pytest.fixture(scope="session")
def looker() -> Iterator[Looker]:
    """A real browser for small sites held in memory."""
    with Looker() as looker:
        yield looker


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests go first, so that no worker ends with one alone."""

    def is_short(item: pytest.Item) -> bool:
        return item.get_closest_marker("long") is None and "/hostile/" not in item.nodeid

    items.sort(key=is_short)


class SiteBySite(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Gives all tests of one fixture site to one worker, which audits it once; others go where there is room."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("[")[2] if "test_sites.py::" in nodeid else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> SiteBySite:
    """The scheduler of tests on several workers. xdist's own groups need node ids that can be written to."""
    return SiteBySite(config, log)

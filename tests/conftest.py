"""Fixtures that many tests share."""

from collections.abc import Iterator

import pytest

from auditor.gather.in_memory import Looker


@pytest.fixture(scope="session")
def looker() -> Iterator[Looker]:
    """A real browser for small sites held in memory."""
    with Looker() as looker:
        yield looker


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests go first, so that no worker ends with one alone: whole sites, and those that kill or fill things."""

    def is_short(item: pytest.Item) -> bool:
        return item.get_closest_marker("xdist_group") is None and "/hostile/" not in item.nodeid

    items.sort(key=is_short)

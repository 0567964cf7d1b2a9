"""Fixtures that many tests share."""

from collections.abc import Iterator

import pytest

from auditor.gather.in_memory import Looker


@pytest.fixture(scope="session")
def looker() -> Iterator[Looker]:
    """A real browser for small sites held in memory."""
    with Looker() as looker:
        yield looker

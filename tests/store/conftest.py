"""A history in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.store.history import History


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """An empty history."""
    history = History(tmp_path / "audit.db")
    yield history
    history.close()

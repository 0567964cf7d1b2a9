"""What is loaded when, and that the search for garbage goes on afterwards."""

import gc
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from auditor.loading import loading

LATE = ("alembic", "jinja2", "numpy", "pypdf", "scipy", "svg")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()


def loaded_by(module: str) -> set[str]:
    """Packages that are there once *module* is, in a process of its own."""
    told = f"import {module}, sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    return set(subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split())


def test_the_list_of_commands_loads_none_of_them() -> None:
    assert loaded_by("auditor.cli").isdisjoint({*LATE, "httpx", "playwright", "pydantic", "sqlalchemy"})


def test_an_audit_begins_without_what_is_needed_at_its_end() -> None:
    assert loaded_by("auditor.cli.audit").isdisjoint(LATE)


def test_garbage_is_searched_for_again_once_all_is_loaded() -> None:
    with loading():
        with loading():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_loaded_is_left_out_of_later_searches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "loaded_by_a_test.py").write_text("MADE = [[number] for number in range(1000)]")
    monkeypatch.syspath_prepend(tmp_path)
    with loading():
        made = import_module("loaded_by_a_test").MADE
    del sys.modules["loaded_by_a_test"]
    assert gc.get_freeze_count() > len(made)
    assert not any(made is other for other in gc.get_objects())


def test_where_nothing_was_loaded_nothing_is_left_out() -> None:
    before = gc.get_freeze_count()
    with loading():
        made = [[number] for number in range(1000)]
    assert gc.get_freeze_count() == before
    assert any(made is other for other in gc.get_objects())


def test_a_thread_that_loads_longer_keeps_the_search_away() -> None:
    begun, done = threading.Event(), threading.Event()

    def load() -> None:
        with loading():
            begun.set()
            done.wait()

    thread = threading.Thread(target=load)
    thread.start()
    begun.wait()
    with loading():
        pass
    assert not gc.isenabled()
    done.set()
    thread.join()
    assert gc.isenabled()


def test_loading_that_fails_leaves_the_search_as_it_was() -> None:
    with pytest.raises(ImportError), loading():
        raise ImportError("no such module")
    assert gc.isenabled()

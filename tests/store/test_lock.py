"""Only one at a time, and nobody for ever."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.errors import StoreError
from auditor.store.lock import locked

HOLD = """
import sys
from pathlib import Path
from auditor.store.lock import locked
with locked(Path(sys.argv[1]), "nightly"):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path) -> "subprocess.Popen[str]":
    """A process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_is_told_who_is_at_work(tmp_path: Path) -> None:
    path = tmp_path / "new" / "lock"
    with holder(path) as process:
        with (
            pytest.raises(StoreError, match=f"nightly: another one is at work .process {process.pid},"),
            locked(path, "nightly"),
        ):
            raise AssertionError
        process.communicate()
    with locked(path, "nightly"):
        pass


def test_a_process_that_is_killed_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with holder(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with locked(path, "nightly"):
            pass


def test_a_lock_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"), locked(tmp_path / "file" / "lock", "nightly"):
        raise AssertionError

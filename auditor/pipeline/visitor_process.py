"""The process in which visitors are simulated: it takes a second to load, and may be begun before there is work for it.

It holds no browser, no database and no lock: it may fork, and nothing is held if it outlives the run for the moment
until it sees that the run is gone.
"""

import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from threading import Thread
from typing import IO, cast

from auditor.forked import cores

_QUIET = {"OPENBLAS_THREAD_TIMEOUT": "4", "MALLOC_MMAP_THRESHOLD_": "1000000"}
"""Threads of numpy's library of linear algebra sleep between two calls, and do not wait busily on a core that others
need. Their number stays as it is: the last digits of what they sum up together depend on it. Large tables are given
back to the system when they are done with (glibc): that is forty megabytes less on a site of two thousand pages."""
_WORTH = 150
"""Pages from which on there is a process of its own; below, it hardly saves the second that it takes to start."""


class VisitorProcess:
    """One such process, or none yet. Use as a context manager: on leaving, what is still going on is ended."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "VisitorProcess":
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    @staticmethod
    def is_worth(pages: int) -> bool:
        """Whether this machine gains by it on a site of so many *pages*."""
        return cores() > 1 and pages >= _WORTH and bool(sys.executable)

    def begin(self) -> None:
        """Starts it, if it was not started before; it then waits to be asked."""
        if self._process is not None:
            return
        self._answer = self._stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 – it closes with the stack
        # -P: what lies in the working directory is not imported. A session of its own: Ctrl-C is for the run to answer.
        self._process = subprocess.Popen(
            (sys.executable, "-P", "-W", "ignore", "-m", "auditor.pipeline.visitors"),
            stdin=subprocess.PIPE,
            stdout=self._answer,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_QUIET, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )
        self._stack.callback(_end, self._process)

    def ask(self, wanted: object) -> Callable[[], bytes | None]:
        """Gives it its work, once; starts it if need be.

        Returns:
            A function that waits for its answer; None if it did not come to its end.
        """
        self.begin()
        process = cast("subprocess.Popen[bytes]", self._process)
        # It may still be loading, and a pipe does not hold as much as there is to tell.
        Thread(target=_tell, args=(cast("IO[bytes]", process.stdin), wanted), daemon=True).start()

        def answer() -> bytes | None:
            if process.wait():
                return None
            self._answer.seek(0)
            return self._answer.read()

        return answer


def _tell(stdin: IO[bytes], wanted: object) -> None:
    with suppress(OSError, ValueError), stdin:  # the process is gone, or the run has ended and closed this
        pickle.dump((os.getpid(), wanted), stdin)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
    if process.stdin:
        with suppress(OSError):
            process.stdin.close()

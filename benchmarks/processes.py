"""What a process and all that it started have used of the machine, read from /proc. Linux only."""

import os
import resource
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PAUSE = 1.0
"""Seconds between two looks: what a process uses after the last look before its end is not seen."""


@dataclass(frozen=True, kw_only=True)
class Used:
    """What was used so far."""

    own: float
    """Seconds of processor time of this process, but for those that watching takes."""
    others: float
    """Seconds of processor time of what it started, the browser above all; of what ended, as far as it was seen."""
    memory: float
    """MB that this process holds in memory now."""
    others_memory: float
    """MB that what it started holds now; what processes share is counted for each."""


class Watch:
    """Looks again and again at what this process started, so that what ends is not forgotten. A context manager."""

    def __init__(self) -> None:
        self._seconds: dict[tuple[int, int], float] = {}
        """Process and the moment of its start → seconds of processor time that it had used when it was last seen."""
        self._memory = 0.0
        self._watching = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()

    def used(self) -> Used:
        """What was used so far."""
        own = resource.getrusage(resource.RUSAGE_SELF)
        resident = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 1e6
        return Used(
            own=own.ru_utime + own.ru_stime - self._watching,
            others=sum(self._seconds.copy().values()),
            memory=resident,
            others_memory=self._memory,
        )

    def _go_on(self) -> None:
        while not self._ended.wait(_PAUSE):
            memory = 0.0
            for process in descendants(os.getpid()):
                try:
                    stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
                except OSError:
                    continue
                told = stat.rpartition(")")[2].split()
                self._seconds[process, int(told[19])] = (int(told[11]) + int(told[12])) / _TICK
                memory += int(told[21]) * _PAGE / 1e6
            self._memory = memory
            self._watching = time.thread_time()


def descendants(process: int) -> Iterator[int]:
    """The ids of all processes that *process* started, directly or not."""
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = tasks.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in map(int, children):
            yield child
            yield from descendants(child)

"""What a process and all that it started have used of the machine, read from /proc. Linux only."""

import os
import resource
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, kw_only=True)
class Used:
    """What was used so far."""

    own: float
    """Seconds of processor time of this process."""
    others: float
    """Seconds of processor time of what it started: the browser and its driver, those that ended too."""
    memory: float
    """MB that this process holds in memory now."""
    others_memory: float
    """MB that what it started holds now; what processes share is counted for each."""


def used() -> Used:
    """What this process and its descendants have used so far."""
    own, gone = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    others, memory = gone.ru_utime + gone.ru_stime, 0.0
    for process in descendants(os.getpid()):
        try:
            fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
        except OSError:
            continue
        told = fields.split()
        others += sum(map(int, told[11:15])) / _TICK  # utime, stime, and those of children that ended
        memory += int(told[21]) * _PAGE / 1e6
    resident = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 1e6
    return Used(own=own.ru_utime + own.ru_stime, others=others, memory=resident, others_memory=memory)


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

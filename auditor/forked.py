"""Works through a list on all cores of the machine, where that is cheap and safe: by forking.

What a fork holds in common with its parent takes no memory of its own, and nothing need be sent to it. It is safe where
the work touches nothing that other threads hold and no connection: memory that nobody writes to meanwhile, and files of
its own.
"""

import gc
import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")
_NUMBER = struct.Struct("<I")
_PIPE_HOLDS = 4096
"""Bytes that every pipe takes without a reader (POSIX's least for PIPE_BUF is 512; Linux and macOS hold more)."""


def cores() -> int:
    """How many processes this one may let run side by side."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def side_by_side(work: Callable[[_T], _R], items: Sequence[_T], processes: int) -> list[_R]:
    """What *work* gives for each of *items*, in their order, worked out by several processes; see `begun`."""
    with begun(work, items, processes) as all_of_it:
        return all_of_it()


@contextmanager
def begun(work: Callable[[_T], _R], items: Sequence[_T], processes: int) -> Iterator[Callable[[], list[_R]]]:
    """Others begin with *items* while this process goes on with something else.

    Whoever is free takes the next item. What was taken by a process that ends before its time is worked out here: if
    *work* is a pure function, what comes of it does not depend on the number of processes nor on their fate.

    Args:
        work: what is done; what it gives can be pickled.
        items: what it is done with.
        processes: how many, this one included. With one, or where processes cannot fork, all is done here, and not
            before it is asked for.

    Returns:
        A context with a function that joins in, and gives what *work* gives for each item, in their order. Helpers
        that are still at it when the context ends are ended.
    """
    if processes < 2 or not hasattr(os, "fork") or not 1 < len(items) <= _PIPE_HOLDS // _NUMBER.size:
        yield lambda: [work(item) for item in items]
        return
    queue, fill = os.pipe()
    os.write(fill, b"".join(_NUMBER.pack(number) for number in range(len(items))))
    os.close(fill)
    helpers = [_fork(queue, work, items) for _ in range(min(processes, len(items)) - 1)]

    def all_of_it() -> list[_R]:
        done = _taken(queue, work, items)
        while helpers:
            process, answers = helpers.pop()
            done |= _told(answers)
            os.waitpid(process, 0)
        return [done[number] if number in done else work(item) for number, item in enumerate(items)]

    try:
        yield all_of_it
    finally:
        os.close(queue)
        for process, answers in helpers:
            os.close(answers)
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)


def _taken(queue: int, work: Callable[[_T], _R], items: Sequence[_T]) -> dict[int, _R]:
    """Does what it takes from *queue*, until that is empty. If who began this process is gone, nobody wants it."""
    parent = os.getppid()
    done = {}
    while len(told := os.read(queue, _NUMBER.size)) == _NUMBER.size:
        number = _NUMBER.unpack(told)[0]
        if os.getppid() != parent:
            os._exit(1)
        done[number] = work(items[number])
    return done


def _fork(queue: int, work: Callable[[_T], _R], items: Sequence[_T]) -> tuple[int, int]:
    """A process that helps, and where its answers can be read."""
    answers, answer = os.pipe()
    process = os.fork()
    if not process:
        os.close(answers)
        _help(queue, answer, work, items)
    os.close(answer)
    return process, answers


def _help(queue: int, answer: int, work: Callable[[_T], _R], items: Sequence[_T]) -> NoReturn:
    """Helps, and ends without anything that the parent has still to write or to tidy up."""
    gc.disable()  # connections that the parent holds are not to be closed here
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to answer
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    code = 1
    try:
        done = _taken(queue, work, items)
        with os.fdopen(answer, "wb") as file:
            pickle.dump(done, file)
        code = 0
    finally:
        os._exit(code)


def _told(answers: int) -> dict[int, _R]:
    """What a helper worked out; nothing if it did not come to its end."""
    with os.fdopen(answers, "rb") as file:
        told = file.read()
    try:
        done: dict[int, _R] = pickle.loads(told)  # from our own fork
    except (EOFError, pickle.UnpicklingError):
        return {}
    return done

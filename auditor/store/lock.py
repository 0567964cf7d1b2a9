"""A lock between processes that a crash releases."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from auditor.errors import StoreError


@contextmanager
def locked(path: Path, what: str) -> Iterator[None]:
    """Holds the lock at *path*; the system lets go of it when the process ends, however it ends.

    Args:
        path: the lock's file, made if it is missing. It stays: to delete it would let two processes hold it.
        what: what is locked, for the message.

    Raises:
        StoreError: another process holds it, or the file cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"lock {path}: cannot be made: {error.strerror}; see that the folder can be written"
        ) from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(file, 20, 0).decode("ascii", "replace").strip() or "unknown"
            raise StoreError(
                f"{what}: another one is at work (process {holder}, {path}); nothing was done, wait for that to end"
            ) from error
        except OSError as error:
            raise StoreError(f"lock {path}: cannot be held: {error.strerror}; is it on a network share?") from error
        os.truncate(file, 0)
        os.pwrite(file, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(file)

"""Loading of modules: what they make stays until the process ends, so no search for garbage need go through it."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_hands = 0


@contextmanager
def loading() -> Iterator[None]:
    """A context in which modules are loaded. Several threads may be in it.

    Python's search for garbage is put off meanwhile, and what is there at the end is left out of later searches
    (`gc.freeze`): that was a third of the time of loading, and half of what all searches of an audit took.
    """
    global _hands
    with _lock:
        _hands += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _hands -= 1
            if not _hands:
                gc.freeze()
                gc.enable()

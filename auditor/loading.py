"""Loading of modules: what they make stays until the process ends, so no search for garbage need go through it."""

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_hands = 0
_loaded_before = 0


@contextmanager
def loading() -> Iterator[None]:
    """A context in which modules are loaded. Several threads may be in it.

    Python's search for garbage is put off meanwhile. If modules were loaded, what is there at the end is left out of
    later searches (`gc.freeze`): that was a third of the time of loading, and half of what all searches of an audit
    took. If none were, as in the second audit of a process, nothing is left out: it would be garbage of the first.
    """
    global _hands, _loaded_before
    with _lock:
        if not _hands:
            _loaded_before = len(sys.modules)
            gc.disable()
        _hands += 1
    try:
        yield
    finally:
        with _lock:
            _hands -= 1
            if not _hands:
                if len(sys.modules) > _loaded_before:
                    gc.freeze()
                gc.enable()

"""How often Python searches for garbage that only refers to itself."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW = 20_000
"""Objects that are new until the next search; by itself Python searches after 700."""


@contextmanager
def searched_seldom() -> Iterator[None]:
    """A context, or what is put before a function, in which garbage is searched for seldom.

    At the end of a run what is known of thousands of pages is needed, and every search goes through it. It is not for
    the walk: what talks to the browser leaves rings behind, which would be ninety megabytes after two thousand pages.
    Contexts may lie within each other.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _NEW) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)

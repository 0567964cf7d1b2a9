"""Keeps what a run came to as packed files in its folder, so that it can be judged again without the site."""

import gzip
import os
import zlib
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from auditor.derive.file_name import file_name
from auditor.findability.seen import SeenPage, see
from auditor.model.page import Page
from auditor.store.history import SEEN

_T = TypeVar("_T")


class Packed(Generic[_T]):
    """Values of one kind as packed JSON."""

    def __init__(self, kind: type[_T], level: int) -> None:
        """Takes the kind of value, and how hard to pack it (1 to 9)."""
        self._adapter = TypeAdapter(kind)
        self._level = level

    def json(self, value: _T) -> bytes:
        """*value* before it is packed: equal values give equal bytes."""
        return self._adapter.dump_json(value)

    def write(self, value: _T, path: Path) -> None:
        """Writes *value* at *path*, whole or not at all.

        Raises:
            OSError: it cannot be written.
        """
        draft = path.with_suffix(".part")
        draft.write_bytes(gzip.compress(self.json(value), compresslevel=self._level, mtime=0))
        os.replace(draft, path)  # noqa: PTH105 – Path.replace says less plainly that it is atomic

    def read(self, path: Path) -> _T | None:
        """The value at *path*; None if there is none that can be read."""
        try:
            return self._adapter.validate_json(gzip.decompress(path.read_bytes()))
        except (OSError, EOFError, zlib.error, ValidationError):
            return None


_PAGE = Packed(Page, level=3)
_SEEN = Packed(SeenPage, level=1)


def write_page(page: Page, folder: Path, name: str) -> str:
    """Writes *page* as <name>.json.gz in *folder*, whole or not at all; gives the file's name."""
    path = folder / f"{name}.json.gz"
    _PAGE.write(page, path)
    return path.name


def write_seen(page: Page, folder: Path, artifact: str) -> None:
    """Writes what visitors are to know of *page* into *folder*, under the name of the page's *artifact*.

    Nothing is there afterwards if it is no page that visitors meet.
    """
    if seen := see(page):
        _SEEN.write(seen, folder / artifact)
    else:
        (folder / artifact).unlink(missing_ok=True)


def seen_page(folder: Path, url: str) -> SeenPage | None:
    """What visitors are to know of the page of canonical address *url* in the *folder* of a run.

    Read from the page itself where it was not written apart, as in runs of earlier versions and in archives. None if
    it is no page that visitors meet, or cannot be read.
    """
    if seen := _SEEN.read(folder / SEEN / f"{file_name(url)}.json.gz"):
        return seen
    page = gathered_page(folder, url)
    return see(page) if page else None


def read_page(path: Path) -> Page | None:
    """The page kept at *path*; None if there is none that can be read."""
    return _PAGE.read(path)


def gathered_page(folder: Path, url: str) -> Page | None:
    """The page of canonical address *url* in the *folder* of a run; None if it keeps none that can be read."""
    return read_page(folder / "pages" / f"{file_name(url)}.json.gz")

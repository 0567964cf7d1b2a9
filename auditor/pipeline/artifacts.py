"""Keeps a page's artifacts as a file, so that it can be judged again without the site."""

import gzip
import os
import zlib
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from auditor.model.page import Page

_PAGE = TypeAdapter(Page)


def write_page(page: Page, folder: Path, name: str) -> str:
    """Writes *page* as <name>.json.gz in *folder*, whole or not at all; gives the file's name."""
    path = folder / f"{name}.json.gz"
    draft = path.with_suffix(".part")
    draft.write_bytes(gzip.compress(_PAGE.dump_json(page), compresslevel=3, mtime=0))
    os.replace(draft, path)  # noqa: PTH105 – Path.replace says less plainly that it is atomic
    return path.name


def read_page(path: Path) -> Page | None:
    """The page kept at *path*; None if there is none that can be read."""
    try:
        return _PAGE.validate_json(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, zlib.error, ValidationError):
        return None

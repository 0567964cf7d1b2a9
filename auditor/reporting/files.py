"""Writes files whole or not at all."""

import os
from collections.abc import Callable
from pathlib import Path

from auditor.model.report import Report
from auditor.reporting.text import clean, cleaned

MANY = 20
"""Pages from which on pictures are cut, and files written, by several processes."""


def write_bytes(path: Path, data: bytes) -> Path:
    """Writes *data* to *path*, which is either as before or complete afterwards. Folders are made.

    Raises:
        OSError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    rough = path.with_name(f".{path.name}.part")
    try:
        rough.write_bytes(data)
        os.replace(rough, path)  # noqa: PTH105
    except OSError:
        rough.unlink(missing_ok=True)
        raise
    return path


def write_text(path: Path, text: str, *, encoding: str = "utf-8") -> Path:
    """Writes *text* to *path* as ``write_bytes`` does, line ends untouched."""
    return write_bytes(path, text.encode(encoding, "replace"))


def write_alerts(report: Report, path: Path, text: Callable[[Report], str]) -> Path | None:
    """Writes a file for a program that takes for mended what its next file lacks.

    Where pages of *report* could not be looked at there is no file, and an older one is taken away.

    Args:
        report: what is told.
        path: the file.
        text: what stands in it, made of the report less what no file may hold.

    Raises:
        OSError: the file cannot be written.
    """
    if report.is_whole:
        return write_text(path, text(cleaned(report, clean)))
    path.unlink(missing_ok=True)
    return None

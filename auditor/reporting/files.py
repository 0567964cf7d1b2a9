"""Writes files whole or not at all."""

import os
from pathlib import Path


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

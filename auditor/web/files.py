"""Files of the folder of reports, and no others."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".webp": "image/webp",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
}


def steps_of(target: str) -> tuple[str, ...] | None:
    """The steps of a request's path, decoded; None if there is one that no report's address has."""
    try:
        steps = tuple(unquote(step) for step in urlsplit(target).path.split("/") if step)
    except ValueError:
        return None
    if any(step.startswith(".") or any(letter in step for letter in "/\\:\0") for step in steps):
        return None
    return steps


def find_file(folder: Path, steps: tuple[str, ...]) -> tuple[Path, str] | None:
    """The file at *steps* below *folder* and its media type; None if there is none that may be shown.

    Only files of kinds that reports consist of, and none that a link leads to outside the folder.
    """
    try:
        root = folder.resolve()
        path = root.joinpath(*steps).resolve()
        kind = _TYPES.get(path.suffix.lower())
        return (path, kind) if kind and path.is_relative_to(root) and path.is_file() else None
    except (OSError, ValueError):
        return None

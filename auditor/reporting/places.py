"""Where in a repository something on a page is told to be.

Build servers show results beside files. For a folder that is served the files are there: the page's own file and, where
the element's start tag stands in it just once, its line. For everything else a path is made up of the address: the same
page has the same path in every run, and no file of that name needs to exist.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

Where = Callable[[str, str], tuple[str, int]]
"""Address of a page and HTML of an element → path of a file, relative, with slashes; line from 1."""

_LONGEST = 200
_TOO_LARGE = 5_000_000


def made_up(url: str, html: str = "") -> tuple[str, int]:
    """For example ``https://www.example.se/kontakt/`` → ``site/www.example.se/kontakt/index.html``, line 1."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "site/index.html", 1
    steps = [quote(unquote(step), safe="") for step in parts.path.split("/") if step not in ("", ".", "..")]
    if not parts.path.rpartition("/")[2]:
        steps.append("index.html")
    if parts.query:
        steps[-1] += f".{hashlib.sha256(parts.query.encode()).hexdigest()[:8]}"
    path = "/".join(["site", quote(parts.netloc or "unknown", safe=""), *steps])
    if len(path) > _LONGEST:
        path = f"{path[:_LONGEST].rstrip('%/')}-{hashlib.sha256(path.encode()).hexdigest()[:8]}"
    return path, 1


class Sources:
    """The files of folders that are served."""

    def __init__(self, served: Mapping[str, Path], root: Path) -> None:
        """Args:
        served: host name → folder.
        root: what paths are relative to: the checkout's root.
        """
        self._served = {host.lower(): folder.resolve() for host, folder in served.items()}
        self._root = root.resolve()
        self._text = lru_cache(maxsize=64)(_text)

    def __call__(self, url: str, html: str = "") -> tuple[str, int]:
        """The file of page *url*, and the line of the element whose HTML begins like *html*."""
        file = self._file(url)
        if file is None or not file.is_relative_to(self._root):
            return made_up(url)
        return file.relative_to(self._root).as_posix(), self._line(file, html)

    def _file(self, url: str) -> Path | None:
        try:
            parts = urlsplit(url)
            folder = self._served.get((parts.hostname or "").lower())
        except ValueError:
            return None
        steps = [unquote(step) for step in parts.path.split("/") if step not in ("", ".", "..")]
        if folder is None or any("/" in step or "\0" in step or step in (".", "..") for step in steps):
            return None
        found = folder.joinpath(*steps)
        try:
            found = (found / "index.html" if found.is_dir() else found).resolve()
            return found if found.is_file() and found.is_relative_to(folder) else None
        except OSError:
            return None

    def _line(self, file: Path, html: str) -> int:
        start = html.partition(">")[0]
        text = self._text(file) if len(start) > 2 else ""
        return text.count("\n", 0, text.index(start)) + 1 if text.count(start) == 1 else 1


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > _TOO_LARGE:
            return ""
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""

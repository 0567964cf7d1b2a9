"""Puts a large site together of pages that nobody here wrote: the documents that Debian's packages brought."""

import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path

_DOCUMENTS = Path("/usr/share/doc")
HANDBOOK = _DOCUMENTS / "debian-handbook" / "html"
"""A folder for each language (package debian-handbook), some 130 pages each."""
GUIDE = _DOCUMENTS / "installation-guide-amd64"
"""The same (package installation-guide-amd64), some 80 pages each."""
_SWEDISH = ("sv-SE", "sv")


def languages() -> Iterator[Path]:
    """The folders of all languages of both books, Swedish first."""
    for book in (HANDBOOK, GUIDE):
        starts = book.glob("*/index.html") if book.is_dir() else ()
        yield from sorted((start.parent for start in starts), key=lambda one: (one.name not in _SWEDISH, one.name))


def copy_documents(folder: Path, pages: int) -> int:
    """Copies whole languages into *folder*, with a start page that leads to each, until there are *pages* pages.

    Returns:
        How many pages there are: more than were asked for, or fewer if the machine has no more.

    Raises:
        FileNotFoundError: it has none at all.
    """
    if not any(languages()):
        raise FileNotFoundError("this machine has none of Debian's books; install the package debian-handbook")
    folder.mkdir(parents=True)
    names = []
    for number, language in enumerate(languages()):
        if _pages(folder) >= pages:
            break
        names.append(f"{number}-{language.name}")
        shutil.copytree(language, folder / names[-1])
    links = "".join(f'<li><a href="{escape(name)}/index.html">{escape(name)}</a></li>' for name in names)
    (folder / "index.html").write_text(
        f'<!doctype html><html lang="sv"><head><title>Böcker</title></head><body><main><h1>Böcker</h1><ul>{links}</ul>'
        "</main></body></html>",
        encoding="utf-8",
    )
    return _pages(folder)


def _pages(folder: Path) -> int:
    return sum(1 for _ in folder.rglob("*.html"))

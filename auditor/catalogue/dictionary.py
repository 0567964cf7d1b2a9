"""Finds the Swedish spelling dictionary: the package hunspell-sv, else the one that the system has."""

from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from auditor.text.dictionary import Dictionary, read_dictionary

_PACKAGE = "hunspell-sv"
_NAME = "sv_SE.dic"
_SYSTEM = (Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"))


@cache
def swedish_dictionary() -> Dictionary | None:
    """The words of Swedish; None if no dictionary is installed or it cannot be read.

    Without one, compounds are split into the site's own words alone.
    """
    for path, name in _places():
        try:
            with (
                path.open(encoding="utf-8", errors="replace") as entries,
                path.with_suffix(".aff").open(encoding="utf-8", errors="replace") as affixes,
            ):
                found = read_dictionary(entries, affixes, name)
        except OSError:
            continue
        if found.words:
            return found
    return None


def _places() -> list[tuple[Path, str]]:
    try:
        package = distribution(_PACKAGE)
    except PackageNotFoundError:
        found = []
    else:
        found = [
            (Path(str(file.locate())), f"{_PACKAGE} {package.version}")
            for file in package.files or ()
            if file.name == _NAME
        ]
    return found + [(folder / _NAME, str(folder / _NAME)) for folder in _SYSTEM]

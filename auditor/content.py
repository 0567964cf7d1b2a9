"""Finds the folders that hold content instead of code: ``rules`` and ``reports``."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def content(name: str) -> Path:
    """The folder *name*: packed in the wheel, or at the root of a checkout.

    Raises:
        FileNotFoundError: it is in neither place, so the installation is broken.
    """
    packed = _PACKAGE / "_content" / name
    if packed.is_dir():
        return packed
    if (_PACKAGE.parent / "pyproject.toml").is_file():
        return _PACKAGE.parent / name
    raise FileNotFoundError(f"{name} is neither packed in the wheel nor in a checkout")

"""Scripts that run inside the page under test, and how they are read."""

from functools import cache
from pathlib import Path


@cache
def script(name: str) -> str:
    """The text of the in-page script *name*, without its ending."""
    return (Path(__file__).parent / f"{name}.js").read_text(encoding="utf-8")

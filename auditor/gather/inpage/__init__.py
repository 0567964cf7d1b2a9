"""Scripts that run inside the page under test, and how they are read."""

from functools import cache
from pathlib import Path


@cache
def script(name: str) -> str:
    """The text of the in-page script *name*, without its ending."""
    return (Path(__file__).parent / f"{name}.js").read_text(encoding="utf-8")


def scripts(*names: str, first: str = "") -> str:
    """A function that runs the in-page scripts *names*, one after the other, and gives by name what each gives.

    All of them get what it is given. A call of a script takes longer than most of them run.

    Args:
        names: of scripts that are functions.
        first: expressions that are evaluated before.
    """
    results = ", ".join(f"{name}: await ({script(name)})(given)" for name in names)
    return f"async (given) => {{\n{first};\nreturn {{{results}}};\n}}"

"""What a walk chose, kept as it is chosen: a process that goes on with a run that was killed chooses the same."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Journal:
    """Lines of JSON that are only ever appended to; without a path it forgets everything."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    def entries(self, kind: str) -> Iterator[dict[str, Any]]:
        """What was written as *kind* so far; a line that was being written when the process ended is passed over."""
        if self._path is None or not self._path.is_file():
            return
        for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
            with contextlib.suppress(ValueError):
                entry = json.loads(line)
                if isinstance(entry, dict) and entry.get("kind") == kind:
                    yield entry

    def write(self, kind: str, **entry: object) -> None:
        """Appends an entry. A line that was cut off before it stays alone.

        Raises:
            OSError: it cannot be written.
        """
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write("\n" + json.dumps({"kind": kind, **entry}) + "\n")

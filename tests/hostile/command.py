"""Runs the real command line as a process of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 1200


@dataclass(frozen=True)
class Ended:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line that it ended with on stderr; fails if there is more, or a traceback."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("auditor: "), self.err
        return lines[0].removeprefix("auditor: ")


class Command:
    """``auditor audit`` of one target, with database and report in a folder of the test's own."""

    def __init__(
        self, folder: Path, target: str | Path, *options: str, environment: Mapping[str, str] | None = None
    ) -> None:
        self.database = folder / "history" / "history.db"
        self.output = folder / "report"
        fixed = ["--database", str(self.database), "--output", str(self.output), "--format", "json", "--quiet"]
        self._line = [sys.executable, "-m", "auditor", "audit", str(target), *fixed, *options]
        self._environment = {**os.environ, **(environment or {})}
        self.process: subprocess.Popen[str]

    def start(self) -> "Command":
        """Starts it in a process group of its own, as a terminal does."""
        self.process = subprocess.Popen(
            self._line,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        return self

    def wait(self) -> Ended:
        """What it came to. Nothing of it is left running."""
        with self.process:
            try:
                out, err = self.process.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired:
                self.signal(signal.SIGKILL)
                raise
        return Ended(self.process.returncode, out, err)

    def run(self) -> Ended:
        """Starts it and waits for its end."""
        return self.start().wait()

    def signal(self, number: int) -> None:
        """Sends a signal to the whole group, as Ctrl-C does."""
        os.killpg(self.process.pid, number)

    def report(self) -> dict[str, Any]:
        """The report in JSON."""
        read: dict[str, Any] = json.loads((self.output / "report.json").read_text(encoding="utf-8"))
        return read


def site_file(
    folder: Path, start: str, *, timeout: float = 4, pages: int = 80, depth: int = 1, at_once: int = 2
) -> Path:
    """A site file that looks at *start* and what it links to, without trying its search."""
    path = folder / "site.yaml"
    path.write_text(
        f"start: {start}\nscope: {{max_pages: {pages}, max_depth: {depth}}}\n"
        f"politeness: {{timeout: {timeout}, concurrency: {at_once}}}\nsearch: {{enabled: false}}\n",
        encoding="utf-8",
    )
    return path

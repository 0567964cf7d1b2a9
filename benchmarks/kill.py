"""Kills audits at random moments, lets the same command go on, and compares what they come to with undisturbed ones.

    python -m benchmarks.kill [SITE] [--kills 100] [--seed 1]

SITE is a site file, the fixture municipality Lugnvik if it is left out. A run is begun and ended by violence after a
random time, again and again, until it is done; then its results are compared, and another run begins, until there were
so many kills. What is killed is drawn too: the auditor itself (``kill -9``), its browser, or its connection to the
database, which from a moment on can write nothing any more. Linux only.
"""

import argparse
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.processes import descendants

FIXTURE = Path(__file__).parent.parent / "fixtures" / "sites" / "lugnvik" / "site.yaml"
KINDS = ("auditor", "browser", "database")
_WEIGHTS = (7, 2, 2)
_LONGEST = 900.0
_KEPT: Mapping[str, Sequence[str]] = {
    "frontier": ("url", "depth", "state", "reason", "role", "query"),
    "pages": ("url", "status", "untested"),
    "results": ("scope", "url", "viewport", "kinds"),
    "outcomes": ("scope", "url", "rule", "kind", "outcome"),
    "link_statuses": ("url", "status"),
    "findings": ("key", "rule", "kind", "state", "places", "cause", "count"),
    "scores": ("area", "viewport", "score"),
}
"""What a run comes to, by table: everything but numbers of rows and times."""

Results = Mapping[str, Counter[tuple[object, ...]]]


@dataclass
class Audit:
    """``auditor audit`` of one site, with a database and a report of its own."""

    site: Path
    folder: Path
    options: Sequence[str] = ()
    kills: Counter[str] = field(default_factory=Counter)
    legs: int = 0

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.folder / "history.db"

    def leg(self, moments: Iterable[tuple[float, str]] = ()) -> int:
        """Runs the command and disturbs it until it ends; gives its exit code.

        Args:
            moments: seconds to wait, and what to kill then, one after the other.

        Raises:
            RuntimeError: it did not end within a quarter of an hour, raised, or failed though nobody disturbed it.
        """
        self.legs += 1
        line = [sys.executable, "-m", "auditor", "audit", str(self.site), "--quiet", *self.options]
        line += ["--database", str(self.database), "--output", str(self.folder / "report"), "--format", "json"]
        disturbed = False
        with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            try:
                for seconds, kind in moments:
                    try:
                        process.wait(seconds)
                        break
                    except subprocess.TimeoutExpired:
                        disturbed = True
                        self.kills[kind] += 1
                        _disturb(process.pid, kind, self.database)
                _, said = process.communicate(timeout=_LONGEST)
            finally:
                process.kill()
        if "Traceback" in said or (process.returncode not in (0, 1) and not disturbed):
            raise RuntimeError(f"it failed ({process.returncode}): {said.strip()}")
        return process.returncode

    @property
    def is_over(self) -> bool:
        """Whether the run came to its end, report included; who is killed later than that has nothing to go on with."""
        try:
            with closing(sqlite3.connect(self.database)) as database:
                states = [state for (state,) in database.execute("SELECT state FROM runs")]
        except sqlite3.OperationalError:  # killed before there were tables
            return False
        return bool(states) and set(states) <= {"complete", "partial"} and not any(self.folder.rglob("report-due"))

    def results(self) -> Results:
        """What the run came to, with how often each row is there.

        Raises:
            RuntimeError: there is another number of runs than one.
        """
        with closing(sqlite3.connect(self.database)) as database:
            runs = database.execute("SELECT state FROM runs").fetchall()
            if len(runs) != 1:
                raise RuntimeError(f"one run was begun, and there are {len(runs)}")
            told: dict[str, Counter[tuple[object, ...]]] = {"runs": Counter(runs)}
            for table, columns in _KEPT.items():
                told[table] = Counter(database.execute(f"SELECT {', '.join(columns)} FROM {table}"))
            told["results"] = Counter(_by_rule(told["results"].elements()))
            told["database"] = Counter(database.execute("PRAGMA integrity_check"))
        return told


def _by_rule(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """A row for each rule where *rows* end with what all rules said of a page, so that a difference tells the rule."""
    for *of, kinds in rows:
        yield from ((*of, rule, kind) for rule, kind in json.loads(str(kinds)).items())


def differences(one: Results, other: Results) -> list[str]:
    """A line for each row that stands in one of the two and not, or more often, in the other."""
    lines = []
    for table, rows in one.items():
        lines += [f"lost or other in {table}: {row}" for row in (rows - other[table]).elements()]
        lines += [f"more or other in {table}: {row}" for row in (other[table] - rows).elements()]
    return lines


def undisturbed(site: Path, folder: Path, options: Sequence[str] = ()) -> tuple[Results, float]:
    """What a run comes to that nobody disturbs, and its seconds."""
    folder.mkdir()
    audit = Audit(site, folder, options)
    began = time.monotonic()
    audit.leg()
    return audit.results(), time.monotonic() - began


def disturbed(audit: Audit, chance: random.Random, seconds: float, most: int) -> None:
    """Runs *audit* to its end, and kills it until then at random moments, *most* times at the most.

    The more often it was begun in vain, the longer it is left in peace, so that a slow machine gets on too.

    Args:
        audit: what is run.
        chance: draws the moments, and what is killed.
        seconds: what an undisturbed run takes; between two kills lies a quarter of it at the most.
        most: how many kills are left.
    """
    longest = seconds / 4

    def moments() -> Iterator[tuple[float, str]]:
        while audit.kills.total() < most:
            (kind,) = chance.choices(KINDS, _WEIGHTS)
            yield chance.uniform(0, longest), kind

    while True:
        before = _progress(audit.database)
        if audit.leg(moments()) in (0, 1) or audit.is_over:
            return
        longest = longest if _progress(audit.database) > before else longest * 1.2


def _progress(database: Path) -> int:
    """How many pages are gathered; 0 while there is no database."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
            return int(opened.execute("SELECT count(*) FROM pages").fetchone()[0])
    except sqlite3.Error:
        return 0


def _disturb(process: int, kind: str, database: Path) -> None:
    try:
        if kind == "auditor":
            os.kill(process, signal.SIGKILL)
        elif kind == "browser":
            for browser in _browsers(process):
                os.kill(browser, signal.SIGKILL)
        else:
            written = max((file.stat().st_size for file in database.parent.glob(f"{database.name}*")), default=0)
            resource.prlimit(process, resource.RLIMIT_FSIZE, (min(written, 4096), resource.RLIM_INFINITY))
    except (ProcessLookupError, FileNotFoundError):
        return


def _browsers(process: int) -> Iterator[int]:
    """The browsers that *process* started, not their helpers."""
    for child in descendants(process):
        try:
            command = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        if b"--remote-debugging-pipe" in command and b"--type=" not in command:
            yield child


def main() -> None:
    """Prints how many kills there were, and whether anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", nargs="?", type=Path, default=FIXTURE, help="site file")
    parser.add_argument("--kills", type=int, default=100, help="how many kills in all")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    kills: Counter[str] = Counter()
    runs, wrong = 0, []
    with tempfile.TemporaryDirectory(prefix="auditor-kill-") as name:
        calm, seconds = undisturbed(options.site, Path(name) / "calm")
        print(f"{options.site}: undisturbed {seconds:.0f} s, {calm['pages'].total()} pages", flush=True)
        while kills.total() < options.kills:
            folder = Path(name) / f"run-{runs}"
            folder.mkdir()
            audit = Audit(options.site, folder)
            disturbed(audit, chance, seconds, options.kills - kills.total())
            found = differences(calm, audit.results())
            runs, kills = runs + 1, kills + audit.kills
            wrong += found
            said = json.dumps(dict(audit.kills))
            print(f"  run {runs}: killed {audit.kills.total()} times {said}, {len(found)} differences", flush=True)
            for line in found[:10]:
                print(f"    {line[:400]}", flush=True)
    print(f"{kills.total()} kills ({dict(kills)}) over {runs} runs: {len(wrong)} rows lost, doubled or other than calm")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()

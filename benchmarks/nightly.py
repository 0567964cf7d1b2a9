"""A nightly run beside a cold one: how much faster it is when few pages changed, and what each page costs.

    python -m benchmarks.nightly [--pages 2000] [--changed 0.02] [--nights 1] [--folder FOLDER] [--documents]

A generated site is audited, a share of its pages is changed, and it is audited again with what did not change carried
on; a report is written each time. Each run is a process of its own. The nightly run also renders the pages whose turn
it is though they did not change, as it does by default (`reuse.nights`), and that time counts. The ratio grows with the
number of pages, since the start of the browser and the end of a run are paid once. With a folder, a site and a history
that are there already are gone on with: only nights are measured then, and the cold run is not repeated.

Pages of the generated site are small, and all alike. With --documents the site is made of Debian's books, in as many
languages as it takes: pages that nobody here wrote.
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.documents import copy_documents
from benchmarks.generated import write_site

Row = dict[str, Any]
Write = Callable[[Path, int], int]
_COLD = "cold.json"
_FIRST_HEADING = re.compile(r"(</h[12]>)")


@dataclass(frozen=True)
class Measured:
    """What the runs took."""

    cold: Sequence[Row]
    """A row per some pages of the cold run; the last one tells of the whole."""
    nights: Sequence[Row]

    @property
    def ratio(self) -> float:
        """How many times faster a night is, report included; the median of the nights."""
        return float(self.cold[-1]["seconds"] / statistics.median(night["seconds"] for night in self.nights))

    @property
    def work_ratio(self) -> float:
        """How many times less processor time a night takes, Python's and the browser's; the median of the nights."""
        return _worked(self.cold[-1]) / statistics.median(map(_worked, self.nights))


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000, help="pages of the generated site")
    parser.add_argument("--changed", type=float, default=0.02, help="share of the pages that change overnight")
    parser.add_argument("--nights", type=int, default=1, help="how many nights are measured")
    parser.add_argument("--folder", type=Path, help="where site and history are kept, to be gone on with")
    parser.add_argument("--documents", action="store_true", help="make the site of Debian's books")
    options = parser.parse_args()
    if options.nights < 1:
        parser.error("--nights: at least one is measured")
    with tempfile.TemporaryDirectory() as name:
        folder, write = options.folder or Path(name), copy_documents if options.documents else write_site
        measured = measure(folder, options.pages, options.changed, options.nights, write)
    print(told(measured))


def measure(folder: Path, pages: int, changed: float, nights: int, write: Write = write_site) -> Measured:
    """Audits a site of *pages* pages that *write* makes, and again after each of *nights* in which a share *changed*.

    Args:
        folder: where site, history and report are kept; a cold run that is there already is not repeated.
        pages: how many pages the site is to have.
        changed: share of the pages that change in a night.
        nights: how many nights follow the cold run.
        write: makes the site in a folder that is not there yet, and tells how many pages it has.
    """
    folder.mkdir(parents=True, exist_ok=True)
    site, kept = folder / "site", folder / _COLD
    if not kept.exists():
        pages = write(site, pages)
        kept.write_text(json.dumps(_run(site, folder, pages)), encoding="utf-8")
    cold = json.loads(kept.read_text(encoding="utf-8"))
    rows = []
    for _ in range(nights):
        _change(site, changed)
        rows.append(_run(site, folder, cold[-1]["pages"])[-1])
    return Measured(cold, rows)


def told(measured: Measured) -> str:
    """The figures in words."""
    lines = ["cold, page by page: seconds, processor seconds of Python and of the browser, MB in Python"]
    before: Row = {"pages": 0, "seconds": 0.0, "own": 0.0, "others": 0.0}
    for row in measured.cold[:-1]:
        number = row["pages"] - before["pages"]
        each = [(row[name] - before[name]) / number for name in ("seconds", "own", "others")]
        lines.append(
            f"  {before['pages']:5} to {row['pages']:5}: a page {each[0]:.3f} s, {each[1]:.3f} + {each[2]:.3f} s; "
            f"{row['memory']:.0f} MB, browser {row['others_memory']:.0f} MB"
        )
        before = row
    for label, row in (("cold", measured.cold[-1]), *(("night", night) for night in measured.nights)):
        lines.append(
            f"{label:5} {row['pages']} pages, {row['carried']} carried, {row['rechecked']} rendered though unchanged "
            f"({row['disagreed']} disagreed): {row['audit']:.1f} + {row['report']:.1f} s with the report, "
            f"processor {row['own']:.0f} + {row['others']:.0f} s, peak {row['peak']:.0f} MB in Python, "
            f"largest page of the report {row['largest']:.2f} MB"
        )
    faster = f"{measured.ratio:.1f} times faster than cold, with {measured.work_ratio:.1f} times less work"
    return "\n".join([*lines, f"a night is {faster}"])


def _worked(row: Row) -> float:
    """Seconds of processor time of a run."""
    return float(row["own"] + row["others"])


def _change(site: Path, share: float) -> None:
    """Gives a share of the pages another sentence, and a younger time stamp; each time to others."""
    files = sorted(site.rglob("*.html"))
    now = time.time() + 60
    for path in random.Random(time.time_ns()).sample(files, max(1, round(share * len(files)))):
        text = path.read_text(encoding="utf-8")
        path.write_text(_FIRST_HEADING.sub(r"\1<p>Nytt för i år.</p>", text, count=1), encoding="utf-8")
        os.utime(path, (now, now))


def _run(site: Path, folder: Path, pages: int) -> list[Row]:
    every = str(max(50, pages // 10))
    options = ["--pages", str(pages + 10), "--every", every, "--reuse"]
    command = [sys.executable, "-m", "benchmarks.one_run", str(site), str(folder), *options]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


if __name__ == "__main__":
    main()

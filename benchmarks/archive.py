"""What it costs to keep a run as an archive: time and bytes per page, and the peak memory of the Python process.

    python -m benchmarks.archive [--pages 100] [--only with]

The same generated site is audited without and with an archive. Only the ratio within one run means anything. How the
memory of the Python process grows is told as the pages are gathered, on standard error at once and at the end as a
straight line through the second half of the walk: megabytes per thousand pages, and what that comes to at 2,000.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import linear_regression
from typing import Any

from benchmarks.generated import write_site

_GOAL = 2000
"""Pages that the run must manage within 400 MB."""

_AUDIT = """
import json, resource, sys, time
from pathlib import Path
from auditor.model.config import ArchiveConfig, ScopeConfig
from auditor.pipeline.audit import audit
from auditor.sitefile import read_target
from auditor.store.history import History
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6
curve = []
def progress(done, known, url):
    if done % 25 == 0:
        curve.append((done, resident()))
        print(f"{sys.argv[4]:4} {done:5} pages {curve[-1][1]:5.0f} MB", file=sys.stderr, flush=True)
config = read_target(sys.argv[1]).model_copy(
    update={"scope": ScopeConfig(max_pages=int(sys.argv[3])), "archive": ArchiveConfig(write=sys.argv[4] == "with")}
)
started = time.perf_counter()
history = History(Path(sys.argv[2]))
audited = audit(config, history, progress=progress)
seconds = time.perf_counter() - started
size = audited.archive[0].stat().st_size if audited.archive else 0
pages = history.run(audited.run_id).page_count()
history.close()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "bytes": size, "pages": pages, "peak": peak, "curve": curve}))
"""


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100, help="pages of the generated site")
    parser.add_argument("--only", choices=("with", "without"), help="one of the two runs")
    options = parser.parse_args()
    chosen = (options.only,) if options.only else ("without", "with")
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        write_site(site, options.pages)
        rows = {label: _run(site, Path(name) / label, options.pages, label) for label in chosen}
    for label, row in rows.items():
        each, (slope, at_end) = row["seconds"] / row["pages"], _growth(row["curve"])
        print(f"{label:8} archive: {row['pages']} pages, {each:.3f} s a page, peak {row['peak']:.0f} MB in Python")
        print(f"{'':17} grows by {slope:.0f} MB per 1,000 pages: {at_end:.0f} MB at {_GOAL:,}")
    if "with" in rows:
        print(f"archive: {rows['with']['bytes'] / rows['with']['pages'] / 1000:.0f} kB a page")
    if len(rows) == 2:
        print(f"archive: {_ratio(rows['with'], rows['without']):.2f} times the time")


def _growth(curve: list[list[float]]) -> tuple[float, float]:
    """Megabytes per thousand pages, and what that comes to at the goal: least squares over the second half."""
    half = curve[len(curve) // 2 :]
    if len(half) < 2:
        return 0.0, half[-1][1] if half else 0.0
    slope, begin = linear_regression([page for page, _ in half], [size for _, size in half])
    return slope * 1000, begin + slope * _GOAL


def _ratio(one: dict[str, Any], other: dict[str, Any]) -> float:
    return float((one["seconds"] / one["pages"]) / (other["seconds"] / other["pages"]))


def _run(site: Path, folder: Path, pages: int, archive: str) -> dict[str, Any]:
    command = [sys.executable, "-c", _AUDIT, str(site), str(folder / "history.db"), str(pages + 10), archive]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return row


if __name__ == "__main__":
    main()

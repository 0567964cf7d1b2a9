"""Pages per minute of the product beside the bare loop, over the same pages in the same run, and its peak memory.

    python -m benchmarks.speed [TARGET] [--pages 40] [--rounds 2]

TARGET is a folder of HTML or a site file; without it, Debian's installation guide in Swedish if it is there, else the
fixture municipality. Only ratios within one run mean anything; the machine and its other work change all else.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from auditor.gather.serve import serving
from auditor.model.config import SiteConfig
from auditor.sitefile import read_target
from auditor.store.history import History
from benchmarks.floor import floor_seconds

GUIDE = Path("/usr/share/doc/installation-guide-amd64/sv")
FIXTURE = Path(__file__).parent.parent / "fixtures" / "sites" / "sjoboda-2022"
_PRODUCT = """
import json, resource, sys, time
from pathlib import Path
from auditor.pipeline.audit import audit
from auditor.model.config import ScopeConfig
from auditor.sitefile import read_target
from auditor.store.history import History
config = read_target(sys.argv[1])
scope = config.scope.model_copy(update={"max_pages": int(sys.argv[3])})
config = config.model_copy(update={"scope": scope})
started = time.perf_counter()
history = History(Path(sys.argv[2]))
audit(config, history)
history.close()
print(json.dumps([time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="?", help="folder of HTML or site file")
    parser.add_argument("--pages", type=int, default=40, help="pages at the most")
    parser.add_argument("--rounds", type=int, default=2, help="how often both are measured, in turn")
    options = parser.parse_args()
    target = options.target or str(GUIDE if GUIDE.is_dir() else FIXTURE)
    config = read_target(target)
    rows = [_round(config, target, options.pages) for _ in range(options.rounds)]
    pages = rows[0]["pages"]
    print(f"{target}: {pages:.0f} pages, phone and desktop, {options.rounds} rounds, median")
    for name in ("floor", "product"):
        seconds = statistics.median(row[name] for row in rows)
        print(f"  {name:8} {pages / seconds * 60:6.0f} pages a minute ({seconds:.1f} s)")
    ratios = [row["floor"] / row["product"] for row in rows]
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    print(f"  product ÷ floor, in pages a minute: {statistics.median(ratios):.2f} ({spread})")
    print(f"  peak memory of the Python process: {max(row['memory'] for row in rows):.0f} MB")


def _round(config: SiteConfig, target: str, pages: int) -> dict[str, float]:
    """One measurement of the product, then of the floor over the pages that it looked at."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "history.db"
        done = subprocess.run(
            [sys.executable, "-c", _PRODUCT, target, str(database), str(pages)],
            capture_output=True,
            text=True,
            check=True,
        )
        seconds, memory = json.loads(done.stdout.splitlines()[-1])
        history = History(database)
        store = history.run(history.runs(history.sites()[0])[-1].id)
        urls = [page.summary.url for page in store.pages() if page.summary.rendered and not page.summary.is_handoff]
        history.close()
    with serving(config.serve) as ports:
        floor = floor_seconds(urls, ports, config.politeness.concurrency)
    return {"pages": len(urls), "product": seconds, "floor": floor, "memory": memory}


if __name__ == "__main__":
    main()

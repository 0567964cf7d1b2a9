"""A nightly run beside a cold one: how much faster it is when few pages changed.

    python -m benchmarks.nightly [--pages 200] [--changed 0.02]

A generated site is audited, a share of its pages is changed, and it is audited again with what did not change carried
on. Each run is a process of its own. Only the ratio means anything; it grows with the number of pages, since the start
of the browser and the end of a run are paid once.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.generated import write_site

_AUDIT = """
import json, resource, sys, time
from pathlib import Path
from auditor.model.config import ReuseConfig, ScopeConfig
from auditor.pipeline.audit import audit
from auditor.sitefile import read_target
from auditor.store.history import History
config = read_target(sys.argv[1]).model_copy(
    update={"scope": ScopeConfig(max_pages=int(sys.argv[3])), "reuse": ReuseConfig(enabled=True)}
)
started = time.perf_counter()
history = History(Path(sys.argv[2]))
run = history.run(audit(config, history, fresh=True).run_id)
seconds = time.perf_counter() - started
carried = sum(note.startswith("carried|") for _, note in run.notes())
pages = run.page_count()
history.close()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "pages": pages, "carried": carried, "peak": peak}))
"""


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=200, help="pages of the generated site")
    parser.add_argument("--changed", type=float, default=0.02, help="share of the pages that change overnight")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        print(measure(Path(name), options.pages, options.changed))


def measure(folder: Path, pages: int, changed: float) -> str:
    """Audits a site of *pages* pages twice in *folder*, a share of *changed* in between; the figures in words."""
    site = write_site(folder / "site", pages)
    cold = _run(site, folder, pages)
    _change(site, changed)
    night = _run(site, folder, pages)
    lines = [
        f"{label:8} {row['pages']} pages, {row['carried']} carried on, {row['seconds']:.1f} s, "
        f"peak {row['peak']:.0f} MB in Python"
        for label, row in (("cold", cold), ("nightly", night))
    ]
    return "\n".join([*lines, f"nightly is {cold['seconds'] / night['seconds']:.1f} times faster than cold"])


def _change(site: Path, share: float) -> None:
    """Gives a share of the pages another sentence, and a younger time stamp."""
    files = sorted(site.rglob("*.html"))
    now = time.time() + 60
    for path in random.Random(1).sample(files, max(1, round(share * len(files)))):
        path.write_text(
            path.read_text(encoding="utf-8").replace("</h1>", "</h1><p>Nytt för i år.</p>"), encoding="utf-8"
        )
        os.utime(path, (now, now))


def _run(site: Path, folder: Path, pages: int) -> dict[str, Any]:
    command = [sys.executable, "-c", _AUDIT, str(site), str(folder / "history.db"), str(pages + 10)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return row


if __name__ == "__main__":
    main()

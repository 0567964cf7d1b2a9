"""What it costs to keep a run as an archive: time and bytes per page, and the peak memory of the Python process.

    python -m benchmarks.archive [--pages 100]

The same generated site is audited without and with an archive. Only the ratio within one run means anything.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.generated import write_site

_AUDIT = """
import json, resource, sys, time
from pathlib import Path
from auditor.model.config import ArchiveConfig, ScopeConfig
from auditor.pipeline.audit import audit
from auditor.sitefile import read_target
from auditor.store.history import History
config = read_target(sys.argv[1]).model_copy(
    update={"scope": ScopeConfig(max_pages=int(sys.argv[3])), "archive": ArchiveConfig(write=sys.argv[4] == "yes")}
)
started = time.perf_counter()
history = History(Path(sys.argv[2]))
audited = audit(config, history)
seconds = time.perf_counter() - started
size = audited.archive[0].stat().st_size if audited.archive else 0
pages = history.run(audited.run_id).page_count()
history.close()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "bytes": size, "pages": pages, "peak": peak}))
"""


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100, help="pages of the generated site")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        site = write_site(Path(name) / "site", options.pages)
        without, with_ = (_run(site, Path(name) / answer, options.pages, answer) for answer in ("no", "yes"))
    for label, row in (("without", without), ("with", with_)):
        each = row["seconds"] / row["pages"]
        print(f"{label:8} archive: {row['pages']} pages, {each:.3f} s a page, peak {row['peak']:.0f} MB in Python")
    print(
        f"archive: {with_['bytes'] / with_['pages'] / 1000:.0f} kB a page, {_ratio(with_, without):.2f} times the time"
    )


def _ratio(one: dict[str, Any], other: dict[str, Any]) -> float:
    return float((one["seconds"] / one["pages"]) / (other["seconds"] / other["pages"]))


def _run(site: Path, folder: Path, pages: int, archive: str) -> dict[str, Any]:
    command = [sys.executable, "-c", _AUDIT, str(site), str(folder / "history.db"), str(pages + 10), archive]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    row: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return row


if __name__ == "__main__":
    main()

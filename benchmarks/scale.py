"""What the end of a run costs on sites of 500 and of 5,000 pages: judging the site, simulating, and the report.

    python -m benchmarks.scale [--pages 500 5000]

A fixture municipality is audited once. Its pages are multiplied (`benchmarks.multiplied`), and each size is concluded
and reported in a process of its own, without a browser. What gathering costs page by page, `benchmarks.nightly` tells.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from auditor.catalogue.load import load_catalogue
from auditor.derive.scope import SiteScope
from auditor.derive.urls import host_of
from auditor.gather.session import GatherSession
from auditor.model.vocabulary import Language
from auditor.pipeline.audit import audit
from auditor.pipeline.conclusion import conclude
from auditor.pipeline.context import kept_context
from auditor.pipeline.report import build_report
from auditor.pipeline.run import RunInHand
from auditor.pipeline.visitor_process import VisitorProcess
from auditor.reporting.write import write_report
from auditor.sitefile import read_target
from auditor.store.history import History
from benchmarks.multiplied import Multiplied

SITE = Path(__file__).parent.parent / "fixtures" / "sites" / "lugnvik" / "site.yaml"
SIZES = (500, 5000)


@dataclass(frozen=True)
class _AtRest:
    """A walk that is over."""

    stopped: bool = False
    refusal: str = ""


def main() -> None:
    """Prints the figures, a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=SIZES, help="sizes of the site")
    parser.add_argument("--source", type=Path, help="history of a run to multiply; the fixture is audited if left out")
    parser.add_argument("--only", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        print(json.dumps(ended(options.only, options.pages[0])))
        return
    for row in measure(options.pages, options.source):
        print(told(row), flush=True)


def measure(sizes: Sequence[int], source: Path | None = None) -> list[dict[str, Any]]:
    """A row per size. The run that is multiplied is that in the history *source*, or one that is made for it."""
    with tempfile.TemporaryDirectory() as name:
        history = History(source or Path(name) / "source" / "history.db")
        if source is None:
            audit(read_target(str(SITE)), history)
        few = Multiplied(history)
        rows = []
        for pages in sizes:
            folder = Path(name) / str(pages)
            many = History(folder / "history.db")
            few.into(many, pages)
            many.close()
            command = [sys.executable, "-m", "benchmarks.scale", "--only", str(folder), "--pages", str(pages)]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            rows.append(json.loads(done.stdout.splitlines()[-1]))
        history.close()
    return rows


def told(row: dict[str, Any]) -> str:
    """A row in words."""
    return (
        f"{row['pages']:5} pages: concluded in {row['conclude']:.1f} s (processor {row['conclude_cpu']:.1f} s), "
        f"reported in {row['report']:.1f} s (processor {row['report_cpu']:.1f} s), "
        f"peak {row['peak']:.0f} MB in Python and {row['beside']:.0f} MB in the simulation beside it, "
        f"largest page of the report {row['largest']:.2f} MB"
    )


def ended(folder: Path, pages: int) -> dict[str, Any]:
    """Concludes and reports the gathered run in *folder*; what that took."""
    history = History(folder / "history.db")
    site = history.sites()[0]
    store = history.run(history.runs(site)[-1].id)
    config, context = read_target(str(SITE)), kept_context(store)
    catalogue = load_catalogue(config.rules, config.options, config.lexicon).with_axe(context.engine)
    visitors = VisitorProcess()
    run = RunInHand(
        config=config,
        site=site,
        history=history,
        store=store,
        session=cast(GatherSession, _AtRest()),
        catalogue=catalogue,
        scope=SiteScope(start=context.start, hosts=frozenset({host_of(context.start)}), config=config.scope),
        context=context,
        visitors=visitors,
    )
    moments = [(time.perf_counter(), _processor())]
    with visitors:
        followed = conclude(run, [page.summary for page in store.pages()])
    moments.append((time.perf_counter(), _processor()))
    report = build_report(
        config=config,
        history=history,
        run=history.runs(site)[-1],
        catalogue=catalogue,
        followed=followed,
        language=Language.SWEDISH,
        command="",
        folder=folder / "report",
    )
    write_report(report, folder / "report")
    moments.append((time.perf_counter(), _processor()))
    history.close()
    return {
        "pages": pages,
        "conclude": moments[1][0] - moments[0][0],
        "conclude_cpu": moments[1][1] - moments[0][1],
        "report": moments[2][0] - moments[1][0],
        "report_cpu": moments[2][1] - moments[1][1],
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "beside": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        "largest": max(path.stat().st_size for path in (folder / "report").rglob("*.html")) / 1e6,
    }


def _processor() -> float:
    """Seconds of processor time of this process, and of those that it began and that ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()

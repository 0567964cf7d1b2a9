"""Audits a site in a process of its own and prints what that took, a line of JSON at a time.

    python -m benchmarks.one_run SITE FOLDER --pages 2000 [--every 250] [--reuse] [--quick]

SITE is a folder of HTML. History and report are kept in FOLDER, so that a second run can take over from the first.
Links to other hosts are not asked for, since these answer when they like.
"""

import argparse
import json
import resource
import time
from pathlib import Path

from auditor.model.config import ReuseConfig, ScopeConfig, TryoutsConfig
from auditor.model.vocabulary import Language
from auditor.pipeline.audit import audit
from auditor.pipeline.run_report import report_of
from auditor.reporting.write import write_report
from auditor.sitefile import read_target
from auditor.store.history import History
from benchmarks.processes import Watch


def main() -> None:
    """Prints a line per *every* pages, and one at the end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=200, help="pages at the most")
    parser.add_argument("--every", type=int, default=250, help="pages between two lines")
    parser.add_argument("--reuse", action="store_true", help="take over what did not change since the run before")
    parser.add_argument("--quick", action="store_true", help="try nothing out: no menus opened, no Tab pressed")
    options = parser.parse_args()
    changes: dict[str, object] = {
        "scope": ScopeConfig(max_pages=options.pages),
        "reuse": ReuseConfig(enabled=options.reuse),
        "tryouts": TryoutsConfig(interaction=not options.quick, devices=not options.quick),
    }
    config = read_target(options.site)
    changes["links"] = config.links.model_copy(update={"external": False})
    config = config.model_copy(update=changes)
    began = time.perf_counter()
    with Watch() as watch:

        def tell(**values: object) -> None:
            row = {**vars(watch.used()), **values}
            print(json.dumps({"seconds": time.perf_counter() - began, **row}), flush=True)

        def progress(done: int, known: int, url: str) -> None:
            if done % options.every == 0:
                tell(pages=done)

        history = History(options.folder / "history.db")
        audited = audit(config, history, fresh=True, report_due=True, progress=progress)
        ended = time.perf_counter()
        report = report_of(config, history, audited, Language.SWEDISH, options.folder / "report", "")
        write_report(report, options.folder / "report")
        history.report_written(audited.run_id)
        written = time.perf_counter()
        run = history.run(audited.run_id)
        notes = [note.partition("|")[0] for _, note in run.notes()]
        tell(
            pages=run.page_count(),
            audit=ended - began,
            report=written - ended,
            seconds=written - began,
            carried=notes.count("carried"),
            rechecked=notes.count("agreed") + notes.count("disagreed"),
            disagreed=notes.count("disagreed"),
            peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            largest=max(path.stat().st_size for path in (options.folder / "report").rglob("*.html")) / 1e6,
        )
        history.close()


if __name__ == "__main__":
    main()

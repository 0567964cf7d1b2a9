"""How well issues are recognised when a site is rebuilt between two audits.

    python -m benchmarks.drift [SITE …] [--pages 40] [--only CHANGE …] [--keep FOLDER] [--quick] [--artifacts]

Each fixture site is audited as it is, changed in one of the ways of `benchmarks.drift_sites`, and audited again with
the same history: a browser looks at every page both times. Stamps on the elements tell which element is which; nothing
that is compared looks at them. Printed is, for each change:

=============  ===========================================================================================
issues         issues of the first audit whose elements the second audit found at fault again
by key         share of these that the same key alone would have recognised: rule, outcome and kind of element
kept           share of these that the second audit calls by the same name
split          share of these that it calls new, or told of as gone while their elements were still at fault
merged         share of the second audit's issues that it calls by the name of an issue of other elements
=============  ===========================================================================================

With --quick both audits leave out what `auditor ci` leaves out, search and keyboard among it. With --artifacts only the
first audit needs a browser; the second one judges its artifacts, rewritten as the site was changed
(`benchmarks.drift_artifacts`). With --keep, what was gathered stays in FOLDER, and the next call only compares.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup

from auditor.derive.file_name import file_name
from auditor.model.finding import Finding, IssueState
from auditor.model.vocabulary import OutcomeKind
from auditor.pipeline.artifacts import read_page
from auditor.pipeline.audit import audit
from auditor.pipeline.ci import quick
from auditor.pipeline.issues import Followed, follow
from auditor.sitefile import read_target
from auditor.store.history import History, RunRecord
from auditor.store.runs import RunStore
from benchmarks.drift_artifacts import audit_artifacts
from benchmarks.drift_sites import CHANGES, STAMP, read_copy

FIXTURES = Path(__file__).parent.parent / "fixtures" / "sites"
_FOUND = (OutcomeKind.FAILED, OutcomeKind.CANT_TELL)
_Token = tuple[str, ...]


@dataclass
class Tally:
    """How the issues of one change came out."""

    issues: int = 0
    by_key: int = 0
    kept: int = 0
    split: int = 0
    after: int = 0
    merged: int = 0

    def add(self, other: "Tally") -> None:
        """Adds the numbers of *other*."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def line(self, name: str) -> str:
        """The numbers as one line."""
        shares = [100 * value / max(1, self.issues) for value in (self.by_key, self.kept, self.split)]
        shares.append(100 * self.merged / max(1, self.after))
        return f"{name:34}{self.issues:>7}" + "".join(f"{share:>8.1f}%" for share in shares)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", nargs="*", default=["granasen"], help="names of fixture sites")
    parser.add_argument("--pages", type=int, default=40, help="pages of a site at the most")
    parser.add_argument("--only", action="append", default=[], help="only these changes")
    parser.add_argument("--keep", type=Path, help="folder for what is gathered")
    parser.add_argument("--minutes", type=float, default=600, help="no new audit is begun after so many minutes")
    parser.add_argument("--quick", action="store_true", help="look at pages only, as auditor ci does")
    parser.add_argument("--artifacts", action="store_true", help="make the second audit from the first one's artifacts")
    parser.add_argument("--tell", action="store_true", help="name the issues that were not kept")
    options = parser.parse_args()
    ends = time.monotonic() + 60 * options.minutes
    with tempfile.TemporaryDirectory() as rough:
        folder: Path = options.keep or Path(rough)
        tallies: dict[str, Tally] = {}
        for site in options.sites:
            for name in ["", *(name for name in CHANGES if not options.only or name in options.only)]:
                task = _Task(folder / site, name, options.pages, looks_only=options.quick, artifacts=options.artifacts)
                if not _gathered(task, ends) or not name:
                    continue
                tally, told = compared(_place(folder / site, name))
                tallies.setdefault(name, Tally()).add(tally)
                if options.tell:
                    print("\n".join(f"  {site}, {name}: {line}" for line in told), flush=True)
    print(f"{'change':34}{'issues':>7}{'by key':>9}{'kept':>9}{'split':>9}{'merged':>9}")
    total = Tally()
    for name, tally in tallies.items():
        print(tally.line(name))
        total.add(tally)
    print(total.line(f"all {len(tallies)}"))


def _place(folder: Path, name: str) -> Path:
    return folder / ("".join(letter if letter.isalnum() else "-" for letter in name) or "before")


@dataclass(frozen=True)
class _Task:
    """One audit of one site."""

    folder: Path
    change: str
    """Empty for the site as it is."""
    pages: int
    looks_only: bool
    artifacts: bool


def _gathered(task: _Task, ends: float) -> bool:
    """Audits the site before any change, or after one; False if there was no time for it."""
    folder, name = task.folder, task.change
    place, before = _place(folder, name), _place(folder, "")
    if (place / "done").exists():
        return True
    if time.monotonic() > ends:
        return False
    copy = read_copy(read_target(str(FIXTURES / folder.name)))
    CHANGES.get(name, CHANGES["nothing"])(copy)
    config = copy.write(place / "www")
    config = config.model_copy(
        update={
            "scope": config.scope.model_copy(update={"max_pages": task.pages}),
            "findability": config.findability.model_copy(update={"enabled": False}),
        }
    )
    config = quick(config) if task.looks_only else config
    shutil.rmtree(place / "data", ignore_errors=True)
    if name:
        shutil.copytree(before / "data", place / "data")
    history = History(place / "data" / "history.db")
    if task.artifacts and name:
        audit_artifacts(history, copy)
    else:
        audit(config, history)
    history.close()
    (place / "done").touch()
    return True


def compared(place: Path) -> tuple[Tally, list[str]]:
    """How the issues of the two runs under *place* came out, and which were not kept."""
    history = History(place / "data" / "history.db")
    try:
        site = history.sites()[0]
        first, second = history.runs(site)
        before, after = history.run(first.id), history.run(second.id)
        alone = _follow(history, first, before)
        before.save_findings(
            alone.findings, {one.id: IssueState.NEW for one in alone.findings}, alone.first_seen, alone.last_seen
        )
        return _tally(_tokens(before, alone), _tokens(after, _follow(history, second, after)))
    finally:
        history.close()


def _follow(history: History, run: RunRecord, store: RunStore) -> Followed:
    return follow(history, run, store, [page.summary for page in store.pages()], store.statuses())


def _tally(
    before: Mapping[str, tuple[Finding, set[_Token]]], after: Mapping[str, tuple[Finding, set[_Token]]]
) -> tuple[Tally, list[str]]:
    tally, told = Tally(), []
    for issue, (finding, tokens) in before.items():
        again = [name for name, (other, theirs) in after.items() if _kind(other) == _kind(finding) and theirs & tokens]
        if not again:
            continue
        tally.issues += 1
        tally.by_key += any(after[name][0].key == finding.key for name in again)
        if issue in again:
            tally.kept += 1
        strangers = [name for name in again if name not in before]
        if issue not in again or strangers:
            tally.split += 1
            told.append(
                f"split: {finding.rule} {finding.cause[:60]!r} is {[after[name][0].cause[:60] for name in again]}"
            )
    for issue, (finding, tokens) in after.items():
        tally.after += 1
        if issue not in before or before[issue][1] & tokens:
            continue
        if any(tokens & theirs for _, theirs in before.values()) or not _same_page(before[issue][1], tokens):
            tally.merged += 1
            told.append(f"merged: {finding.rule} {finding.cause[:60]!r} was {before[issue][0].cause[:60]!r}")
    return tally, told


def _kind(finding: Finding) -> tuple[str, OutcomeKind]:
    return finding.rule, finding.kind


def _same_page(one: set[_Token], other: set[_Token]) -> bool:
    return bool({token[0] for token in one} & {token[0] for token in other})


def _tokens(store: RunStore, followed: Followed) -> dict[str, tuple[Finding, set[_Token]]]:
    """Issue → its finding, and what tells its elements from all others in both audits."""
    trees = _Trees(store)
    found: dict[str, tuple[Finding, set[_Token]]] = {finding.id: (finding, set()) for finding in followed.findings}
    for rule, outcome in store.outcomes(_FOUND):
        target = outcome.target
        element = trees.element(target.url, target.selector, target.html) if target.selector else [outcome.message]
        token = (trees.page(target.url), *element)
        found[followed.issue_of(rule, outcome)][1].add(token)
    return found


class _Trees:
    """The documents of a run, for finding stamps."""

    def __init__(self, store: RunStore) -> None:
        self._folder = store.folder / "pages"
        self._known: dict[str, BeautifulSoup | None] = {}

    def _tree(self, url: str) -> BeautifulSoup | None:
        if url not in self._known:
            page = read_page(self._folder / f"{file_name(url)}.json.gz")
            self._known[url] = page.document.tree if page and page.document else None
        return self._known[url]

    def page(self, url: str) -> str:
        """The stamp of the page itself."""
        tree = self._tree(url)
        return str(tree.html.get(STAMP) or url) if tree and tree.html else url.partition("?")[2]

    def element(self, url: str, selector: str, html: str) -> Iterator[str]:
        """The stamp of an element, or else its words: scripts make elements without stamps.

        What is within a frame is told by its own markup.
        """
        tree = self._tree(url)
        tag = next(iter(tree.select(selector)), None) if tree and " >>> " not in selector else None
        if tag is None:
            yield html
            return
        stamp = next((one.get(STAMP) for one in (tag, *tag.parents) if one.get(STAMP)), "")
        yield str(stamp)
        if tag.get(STAMP) is None:
            yield f"{tag.name} {tag.get_text(' ', strip=True)[:60]}"


if __name__ == "__main__":
    main()

"""``auditor recheck``: judges an archived run again, offline."""

import sys
from collections import Counter
from pathlib import Path

import click

from auditor.cli.exits import Exit
from auditor.pipeline.recheck import Rechecked
from auditor.pipeline.recheck import recheck as run_recheck

_SHOWN = 40


@click.command()
@click.argument("archive", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--rules",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder with rule cards of your own, where the run had such.",
)
def recheck(archive: Path, folders: tuple[Path, ...]) -> None:
    """Judge the run in ARCHIVE (a .wacz file) again, from what it holds: no network, no browser.

    With the rules of the run every outcome must be the same; with newer rules the new outcomes are listed, marked as
    such. Exit codes: 0 the same, 1 differences, 2 the archive cannot be used.
    """
    again = run_recheck(archive, tuple(folder.resolve() for folder in folders))
    for line in _told(again):
        click.echo(line)
    sys.exit(Exit.FOUND if again.differences or again.other_tasks else Exit.NOTHING_FOUND)


def _told(again: Rechecked) -> list[str]:
    run = again.run
    lines = [f"Run {run.id} of {run.site}, {run.started_at[:10]}: {again.pages} pages, {again.results} results"]
    if again.tasks:
        lines[0] += f", {again.tasks} tasks"
    changed = [
        f"  {name}: {run.versions.get(name, '–')}, now {version}"
        for name, version in again.versions_now.items()
        if run.versions.get(name) != version
    ]
    if changed:
        lines += ["Judged with other versions than those of the run:", *changed]
    if again.other_tasks:
        named = ", ".join(again.other_tasks[:_SHOWN])
        lines.append(f"{len(again.other_tasks)} tasks come to another result: {named}{_meaning(again)}")
    if not again.differences:
        return [
            *lines,
            "Every outcome is the same." if not again.other_tasks else "Every outcome of a rule is the same.",
        ]
    lines.append(f"{len(again.differences)} outcomes differ{_meaning(again)}")
    for rule, number in Counter(difference.rule for difference in again.differences).most_common(_SHOWN):
        lines.append(f"  {rule}: {number}")
    lines.append("The first of them:")
    for difference in again.differences[:_SHOWN]:
        where = f"{difference.url or 'the site'} {difference.viewport or ''}".strip()
        lines.append(
            f"  {difference.rule}  {difference.before or 'not judged'} → {difference.after or 'not judged'}  {where}"
        )
    return lines


def _meaning(again: Rechecked) -> str:
    return ", although the versions are the same: report this" if again.same_versions else "; they are new"

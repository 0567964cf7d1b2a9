"""Measures what the product promises of its speed and size, and keeps the figures in docs/performance.md.

    python -m benchmarks.performance [PART …] [--pages 400] [--rounds 3]

Parts are floor, night, books, scale and kill; without any, all but kill. Each part takes the place of its own last
figures and leaves those of the others, so that a long one may be measured at another time. Only ratios within one part
mean anything on another machine.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from benchmarks import nightly, scale
from benchmarks.documents import copy_documents, languages
from benchmarks.generated import write_site

DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"
_HEAD = """# Performance

What was measured last, by part. `make bench` measures anew and writes this file; `PAGES=2000 make bench` measures
nights on sites of that size, which take as long as these take. Seconds belong to the machine that they were measured on
and to what else it did meanwhile; ratios and memory say more. What is wanted and not reached is marked so.
"""
_PACES = {"floor": "bare loop", "tuned": "bare loop with the product's settings of the browser"}
_SECTION = re.compile(r"^## ", re.MULTILINE)


@dataclass(frozen=True)
class Figure:
    """One figure beside what is wanted of it."""

    name: str
    wanted: str
    measured: str
    met: bool | None = None
    """None if nothing is wanted of it."""


@dataclass(frozen=True)
class Asked:
    """What a part is asked for."""

    pages: int
    rounds: int


def floor(asked: Asked) -> list[Figure]:
    """The product beside the bare loop of Playwright and axe, over the same pages, in turn."""
    pa11y = shutil.which("pa11y-ci")
    also = ("--pa11y", pa11y) if pa11y else ()
    said = _said("benchmarks.speed", "--pages", "40", "--rounds", str(asked.rounds), *also)
    figures = []
    if ratio := re.search(r"product ÷ floor[^:]*: ([\d.]+) \(([^)]*)\)", said):
        value = float(ratio[1])
        figures.append(Figure("pages a minute ÷ bare loop's", "0.9", f"{value:.2f} ({ratio[2]})", value >= 0.9))
    if ratio := re.search(r"product ÷ tuned floor[^:]*: ([\d.]+) \(([^)]*)\)", said):
        name = "the same, with the product's settings of the browser for the bare loop too"
        figures.append(Figure(name, "", f"{ratio[1]} ({ratio[2]})"))
    if ratio := re.search(r"product ÷ pa11y-ci[^:]*: ([\d.]+) \(([^)]*)\)", said):
        figures.append(Figure("pages a minute ÷ pa11y-ci's", "4", f"{ratio[1]} ({ratio[2]})", float(ratio[1]) >= 4))
    for name, pace in re.findall(r"^\s+([\w-]+)\s+(\d+) pages a minute", said, re.MULTILINE):
        figures.append(Figure(f"pages a minute, {_PACES.get(name, name)}", "", pace))
    if memory := re.search(r"peak memory of the Python process: (\d+) MB", said):
        figures.append(Figure("peak memory of Python", "under 400 MB", f"{memory[1]} MB", int(memory[1]) < 400))
    return figures


def night(asked: Asked) -> list[Figure]:
    """A night in which 2 % of a generated site's pages changed, beside the cold run; and what each page of it cost."""
    measured = _night(asked, write_site)
    rows = measured.cold[:-1]
    return [*_beside_cold(measured, asked), *(_page_by_page(rows) if len(rows) > 2 else ())]


def books(asked: Asked) -> list[Figure]:
    """The same on pages that nobody here wrote: Debian's books, in as many languages as it takes."""
    if not any(languages()):
        return [Figure("pages", "", "this machine has none of these books (package debian-handbook)")]
    measured = _night(asked, copy_documents)
    each = (measured.cold[-1]["own"] + measured.cold[-1]["others"]) / measured.cold[-1]["pages"]
    return [*_beside_cold(measured, asked), Figure("processor seconds a page, cold", "", f"{each:.2f} s")]


def _night(asked: Asked, write: nightly.Write) -> nightly.Measured:
    with tempfile.TemporaryDirectory() as name:
        measured = nightly.measure(Path(name), asked.pages, 0.02, asked.rounds, write)
    print(nightly.told(measured), flush=True)
    return measured


def _beside_cold(measured: nightly.Measured, asked: Asked) -> list[Figure]:
    cold, night = measured.cold[-1], measured.nights[-1]
    peak = max(row["peak"] for row in (cold, *measured.nights))
    return [
        Figure("pages", "", str(cold["pages"])),
        Figure(
            f"a night beside cold, report included, median of {asked.rounds}",
            "20 times faster, of 2,000 pages",
            f"{measured.ratio:.1f} times",
            measured.ratio >= 20 if asked.pages >= 2000 else None,
        ),
        Figure("the same in processor time", "", f"{measured.work_ratio:.1f} times"),
        Figure("rendered in the last night", "", str(night["pages"] - night["carried"])),
        Figure(
            "of these though unchanged, and disagreed",
            "",
            f"{night['rechecked']}, {night['disagreed']}",
        ),
        Figure("peak memory of Python", "under 400 MB", f"{peak:.0f} MB", peak < 400),
    ]


def _page_by_page(rows: Sequence[nightly.Row]) -> list[Figure]:
    each = [
        (after["own"] + after["others"] - before["own"] - before["others"]) / (after["pages"] - before["pages"])
        for before, after in pairwise(rows)
    ]
    mean, spread = _spread(each)
    return [
        Figure(
            f"processor seconds a page, from page {rows[0]['pages']} on",
            "constant, ± 10 %",
            f"{mean:.2f} s, ± {100 * spread:.0f} %",
            spread <= 0.1,
        ),
        Figure(
            "memory of Python while gathering, first and last",
            "flat",
            f"{rows[0]['memory']:.0f} and {rows[-1]['memory']:.0f} MB",
        ),
    ]


def _spread(values: Sequence[float]) -> tuple[float, float]:
    """The mean, and how far the value farthest from it lies from it, as a share of it."""
    mean = sum(values) / len(values)
    return mean, max(abs(one - mean) for one in values) / mean


def sizes(asked: Asked) -> list[Figure]:
    """The end of a run on sites of 500 and of 5,000 pages, made by multiplying a fixture's."""
    rows = scale.measure(scale.SIZES)
    figures = []
    for row in rows:
        print(scale.told(row))
        of, largest = f"{row['pages']} pages", row["pages"] == max(scale.SIZES)
        concluded = f"{row['conclude']:.1f} s (processor {row['conclude_cpu']:.1f} s)"
        reported = f"{row['report']:.1f} s (processor {row['report_cpu']:.1f} s)"
        size, peak = f"{row['largest']:.2f} MB", f"{row['peak']:.0f} MB"
        figures += [
            Figure(f"{of}: site judged, visitors simulated", "", concluded),
            Figure(f"{of}: report", "under 20 s" if largest else "", reported, row["report"] < 20 if largest else None),
            Figure(f"{of}: largest page of the report", "2 MB at the most", size, row["largest"] <= 2),
            Figure(f"{of}: peak memory of Python", "under 400 MB", peak, row["peak"] < 400),
            Figure(f"{of}: peak of the simulation", "under 400 MB", f"{row['beside']:.0f} MB", row["beside"] < 400),
        ]
    return figures


def kills(asked: Asked) -> list[Figure]:
    """Runs that are killed a hundred times at random moments, beside an undisturbed one."""
    said = _said("benchmarks.kill", "--kills", "100", "--seed", "1")
    found = re.search(r"^(\d+) kills .*: (\d+) rows lost, doubled or other", said, re.MULTILINE)
    if not found:
        return [Figure("kills", "100", "did not come to an end", met=False)]
    return [
        Figure("kills", "100", found[1], int(found[1]) >= 100),
        Figure("rows lost, doubled or other", "0", found[2], found[2] == "0"),
    ]


PARTS: Mapping[str, tuple[str, Callable[[Asked], list[Figure]]]] = {
    "floor": ("Beside the floor", floor),
    "night": ("A night", night),
    "books": ("A night on real pages", books),
    "scale": ("Large sites", sizes),
    "kill": ("Kills", kills),
}


def main() -> None:
    """Measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--pages", type=int, default=400, help="pages of the night's site")
    parser.add_argument("--rounds", type=int, default=3, help="how often what is short is measured")
    options = parser.parse_args()
    if unknown := [name for name in options.parts if name not in PARTS]:
        parser.error(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    asked = Asked(options.pages, options.rounds)
    for name in options.parts or [name for name in PARTS if name != "kill"]:
        title, measure = PARTS[name]
        command = f"python -m benchmarks.performance {name} --pages {asked.pages} --rounds {asked.rounds}"
        try:
            figures = measure(asked)
        except (OSError, ValueError, LookupError, subprocess.SubprocessError) as error:
            figures = [Figure("measuring", "", f"did not come to an end: {type(error).__name__}", met=False)]
            print(f"{name}: {error}", file=sys.stderr, flush=True)
        section = written(title, measure.__doc__ or "", command, figures)
        print(f"\n{section}", flush=True)
        before = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
        DOCUMENT.write_text(with_section(before, title, section), encoding="utf-8")


def written(title: str, what: str, command: str, figures: Sequence[Figure]) -> str:
    """A section of the document."""
    marks = {True: "reached", False: "**not reached**", None: ""}
    lines = [f"## {title}", "", what, ""]
    lines += [f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores: `{command}`", ""]
    lines += ["| what | wanted | measured | |", "|---|---|---|---|"]
    lines += [f"| {one.name} | {one.wanted} | {one.measured} | {marks[one.met]} |" for one in figures]
    return "\n".join(lines) + "\n"


def with_section(document: str, title: str, section: str) -> str:
    """*document* with *section* in place of the one of the same *title*; sections in the order of the parts."""
    own = _SECTION.split(document)[1:]
    kept = {text.partition("\n")[0]: f"## {text.strip()}\n" for text in own}
    kept[title] = section
    order = [name for name, _ in PARTS.values()]
    return "\n".join([_HEAD, *(kept[name] for name in order if name in kept)])


def _said(module: str, *options: str) -> str:
    done = subprocess.run([sys.executable, "-m", module, *options], stdout=subprocess.PIPE, text=True, check=False)
    print(done.stdout)
    return done.stdout


if __name__ == "__main__":
    main()

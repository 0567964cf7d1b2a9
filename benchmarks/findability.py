"""How long the simulation of visitors takes, how much memory, and how both grow with pages and tasks.

    python -m benchmarks.findability [--pages 2000] [--tasks 40] [--wordings 5] [--runs 300] [--growth] [--embedding]

The site is generated: sections of sections under a menu that every page shows, with some sixty links a page. Seconds
are of the processor as well as of the clock; only ratios within one run mean anything on a machine that does other
work.
"""

import argparse
import resource
import time
from dataclasses import dataclass

import numpy as np

from auditor.findability.assess import assess, plan_of
from auditor.findability.meaning import Embedder
from auditor.findability.seen import VIEWPORTS, SeenLink, SeenPage
from auditor.findability.sitegraph import SiteModel
from auditor.model.config import Task
from auditor.model.search import Hit
from auditor.model.vocabulary import Viewport
from auditor.pipeline.embedding import embedder
from auditor.pipeline.embedding import told as told_of_embedding

_START = "https://kommun.example/"
_BRANCHES = 8
_MENU = 40
_WORDS = 60
_HITS, _ANSWERED = 10, 2 / 3
_SYLLABLES = (
    "bo",
    "da",
    "fri",
    "gat",
    "hus",
    "jor",
    "kul",
    "lin",
    "mar",
    "nat",
    "park",
    "skol",
    "tra",
    "und",
    "vat",
    "äng",
)


@dataclass(frozen=True)
class Measured:
    """One simulation."""

    pages: int
    tasks: int
    clock: float
    processor: float
    found: float


def site_of(pages: int, seed: int = 0) -> list[SeenPage]:
    """A site of *pages* pages, each called by two words, the first shared with its section."""
    chance = np.random.default_rng(seed)
    names = ["Startsida"]
    parent = [0]
    for number in range(1, pages):
        above = (number - 1) // _BRANCHES
        parent.append(above)
        names.append(f"{_word(chance)} {names[above].split()[0].lower()}".capitalize())
    children: list[list[int]] = [[] for _ in range(pages)]
    for number in range(1, pages):
        children[parent[number]].append(number)
    menu = list(range(1, min(_MENU, pages)))
    built = []
    for number in range(pages):
        relatives = [*children[number], *children[parent[number]][:6]]
        near = " ".join(names[other] for other in (number, parent[number], *relatives))
        text = f"{near} {near} {' '.join(_word(chance) for _ in range(_WORDS))}"
        shown = {
            view: (
                *(_link(names[other], other, "meny", 0, int(view is Viewport.PHONE)) for other in menu),
                *(_link(names[other], other, "", 1 + place // 10, 0) for place, other in enumerate(relatives)),
            )
            for view in VIEWPORTS
        }
        address = _address(number)
        built.append(SeenPage(url=address, final_url=address, title=names[number], text=text, links=shown))
    return built


def _word(chance: np.random.Generator) -> str:
    return "".join(chance.choice(_SYLLABLES, 3))


def _address(number: int) -> str:
    return _START if number == 0 else f"{_START}{number}"


def _link(name: str, number: int, group: str, screen: int, reveals: int) -> SeenLink:
    return SeenLink(
        href=_address(number),
        name=name,
        heading="",
        group=group,
        screen=screen,
        reveals=reveals,
        in_main=not group,
        selector="",
        box=None,
    )


def tasks_of(pages: list[SeenPage], number: int, wordings: int, seed: int = 1) -> list[Task]:
    """Tasks whose targets lie anywhere on the site, worded with some of the target's words."""
    chance = np.random.default_rng(seed)
    picked = chance.choice(np.arange(_BRANCHES + 1, len(pages)), number, replace=False)
    tasks = []
    for index, target in enumerate(picked):
        page = pages[int(target)]
        words = page.text.split()
        phrasings = [page.title, *(" ".join(chance.choice(words[:30], 3)) for _ in range(wordings - 1))]
        tasks.append(Task(id=f"uppgift-{index}", question=page.title, phrasings=tuple(phrasings), targets=(page.url,)))
    return tasks


def answers_of(pages: list[SeenPage], tasks: list[Task], seed: int = 2) -> dict[str, list[Hit]]:
    """What a search would answer to each wording: other pages, and in two of three lists the target among them."""
    chance = np.random.default_rng(seed)
    answers = {}
    for task in tasks:
        for wording in task.phrasings:
            hits = [pages[int(number)] for number in chance.integers(0, len(pages), _HITS)]
            if chance.random() < _ANSWERED:
                target = next(page for page in pages if page.url == task.targets[0])
                hits.insert(int(chance.integers(0, _HITS)), target)
            answers[wording] = [Hit(url=page.url, title=page.title, text=f"{page.title} {page.text}") for page in hits]
    return answers


def measure(pages: int, tasks: int, wordings: int, runs: int, embed: Embedder | None = None) -> Measured:
    """Learns a site and simulates its tasks: by the links, by search, and by both."""
    seen = site_of(pages)
    asked = tasks_of(seen, tasks, wordings)
    answers = answers_of(seen, asked)
    plan = plan_of(asked, (), lambda url: url)
    clock, processor = time.perf_counter(), time.process_time()
    result = assess(SiteModel(seen, embed=embed), plan, start=_START, answers=answers, seed=0, runs=runs)
    return Measured(
        pages=pages,
        tasks=tasks,
        clock=time.perf_counter() - clock,
        processor=time.process_time() - processor,
        found=float(np.mean([share.value for share in result.shares.values()])),
    )


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--tasks", type=int, default=40)
    parser.add_argument("--wordings", type=int, default=5)
    parser.add_argument("--runs", type=int, default=300, help="visitors per task, wording and viewport")
    parser.add_argument("--growth", action="store_true", help="also a quarter and a half of the pages and of the tasks")
    parser.add_argument("--embedding", action="store_true", help="use the optional embedding of sentences too")
    options = parser.parse_args()
    embed = embedder() if options.embedding else None
    if options.embedding and embed is None:
        parser.error(f"the embedding is {told_of_embedding()}")
    sizes = [(options.pages, options.tasks)]
    if options.growth:
        sizes = [
            *((options.pages // part, options.tasks) for part in (4, 2)),
            *((options.pages, options.tasks // part) for part in (4, 2)),
            *sizes,
        ]
    print(f"{options.wordings} wordings × {options.runs} visitors × {len(VIEWPORTS)} viewports")
    for pages, tasks in sizes:
        told = measure(pages, tasks, options.wordings, options.runs, embed)
        print(
            f"  {told.pages:5} pages, {told.tasks:3} tasks: {told.clock:6.1f} s ({told.processor:.1f} s of the "
            f"processor); {told.found:.0%} found",
            flush=True,
        )
    print(f"  memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

"""What our own rules of accessibility cost beside axe-core, in an audit of a site as it is done.

    python -m benchmarks.act.cost [TARGET] [--pages 40]

TARGET is a folder of HTML or a site file; without it, the one that benchmarks/speed.py takes. The yardstick is axe-core
as it comes, without the memory that the product gives it (decision 30). All times are those that the audit waits for.
Pages are looked at side by side, which makes them longer, all of them alike: only the ratios mean anything. The walk
with the keyboard, the pointer, and what opens are tried on a sample of pages; their times are spread over all pages, as
they are in an audit.
"""

import argparse
import contextlib
import functools
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from auditor.audit import judge_page
from auditor.catalogue.load import load_catalogue
from auditor.gather import banner, hover, interact, keyboard, render, states
from auditor.gather.axe import AxeRunner
from auditor.gather.inpage import script
from auditor.gather.tab import Tab
from auditor.model.vocabulary import Area, Scope
from auditor.pipeline.artifacts import read_page
from auditor.pipeline.audit import audit
from auditor.sitefile import read_target
from auditor.store.history import History
from benchmarks.speed import default_target

_AXE, _AXE_OPEN = "axe-core", "axe-core on what opens"
_ROOM = "text spacing and 200 percent"
_OWN = {"access": "facts for rules of accessibility", "paint": "colours of fields and icons", "loss": _ROOM}
_TOOK = "took"
_OPEN, _FACTS_OPEN = "opening things", "own rules on what opens"
_POINTER, _KEYS = "the pointer", "the keyboard"


_within: ContextVar[list[float] | None] = ContextVar("within", default=None)
"""Seconds of the time that is being taken which other times within it took."""


class _Watch:
    """Seconds by what they were spent on. What is timed within another time is taken out of that."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def timed(self, name: str, work: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """*work*, with its time noted under *name*."""

        @functools.wraps(work)
        async def run(*args: Any, **kwargs: Any) -> Any:
            with self.noting(name):
                return await work(*args, **kwargs)

        return run

    @contextlib.contextmanager
    def noting(self, name: str) -> Iterator[None]:
        """Notes the time until the end of the block."""
        outer, within = _within.get(), [0.0]
        token = _within.set(within)
        started = time.perf_counter()
        try:
            yield
        finally:
            spent = time.perf_counter() - started
            self.seconds[name] += spent - within[0]
            _within.reset(token)
            if outer:
                outer[0] += spent


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="?", default=default_target())
    parser.add_argument("--pages", type=int, default=40)
    options = parser.parse_args()
    watch = _Watch()
    _attach(watch)
    config = read_target(options.target)
    scope = config.scope.model_copy(update={"max_pages": options.pages})
    links = config.links.model_copy(update={"external": False})
    axe = config.axe.model_copy(update={"remember": False})
    config = config.model_copy(update={"scope": scope, "links": links, "axe": axe})
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder) / "history.db")
        store = history.run(audit(config, history).run_id)
        pages = [page for path in (store.folder / "pages").glob("*.json.gz") if (page := read_page(path))]
        history.close()
    pages = [page for page in pages if page.renderings]
    judging = _judging(pages)
    own = {name: seconds for name, seconds in watch.seconds.items() if name not in (_AXE, _AXE_OPEN)}
    own["judging"] = judging
    of_axe = watch.seconds[_AXE]
    tried = sum(1 for page in pages for seen in page.renderings if seen.keyboard)
    print(f"{options.target}: {len(pages)} pages, {tried} renderings tried out")
    print("  per page, and as a share of axe-core's time")
    for name, seconds in (
        (_AXE, of_axe),
        (_AXE_OPEN, watch.seconds[_AXE_OPEN]),
        *sorted(own.items(), key=lambda row: -row[1]),
    ):
        print(f"  {name:36} {seconds / len(pages) * 1000:7.0f} ms  {seconds / of_axe:6.1%}")
    whole = sum(own.values())
    print(f"  {'all but axe-core':36} {whole / len(pages) * 1000:7.0f} ms  {whole / of_axe:6.1%}")


def _attach(watch: _Watch) -> None:
    """Lets *watch* time the parts of the product, within this process."""
    call, run = Tab.call, AxeRunner.run

    async def timed_call(self: Tab, function: str, argument: Any = None) -> Any:
        answer = await call(self, function, argument)
        if _within.get() is None and isinstance(answer, dict):  # what opens is timed as a whole
            for name, milliseconds in answer.pop(_TOOK, {}).items():
                watch.seconds[_OWN[name]] += milliseconds / 1000
        return answer

    async def timed_run(self: AxeRunner, tab: Tab, roots: Any = None) -> Any:
        with watch.noting(_AXE if roots is None else _AXE_OPEN):
            return await run(self, tab, *([] if roots is None else [roots]))

    patched: Any = Tab
    patched.call = timed_call
    patched = AxeRunner
    patched.run = timed_run
    within = watch.timed(_FACTS_OPEN, states.facts_within)
    for module, name, work in (
        (states, "facts_within", within),
        (banner, "facts_within", within),
        (render, "scripts", _scripts),
        (render, "strain", watch.timed(_ROOM, interact.strain)),
        (interact, "look_at_states", watch.timed(_OPEN, states.look_at_states)),
        (interact, "rest_pointer", watch.timed(_POINTER, hover.rest_pointer)),
        (interact, "go_through", watch.timed(_KEYS, keyboard.go_through)),
    ):
        setattr(module, name, work)


def _scripts(*names: str, first: str = "") -> str:
    """As the product's function of this name; tells besides how many milliseconds those of our own took.

    They come with the facts that all rules need, in one call: what that takes besides is not theirs.
    """
    steps = "".join(
        f"const {name} = performance.now(); given_{name} = await ({script(name)})(given);"
        + (f"took.{name} = performance.now() - {name};" if name in _OWN else "")
        for name in names
    )
    results = ", ".join(f"{name}: given_{name}" for name in names)
    declared = ", ".join(f"given_{name}" for name in names)
    body = f"const {_TOOK} = {{}}; let {declared}; {steps} return {{ {_TOOK}, {results} }};"
    return f"async (given) => {{\n{first};\n{body}\n}}"


def _judging(pages: list[Any]) -> float:
    """Seconds that our rules of accessibility take to judge *pages*."""
    rules = [
        rule
        for rule in load_catalogue().rules.values()
        if rule.area is Area.ACCESSIBILITY and rule.scope in (Scope.DOCUMENT, Scope.RENDERING)
    ]
    for page in pages:
        _ = page.document and page.document.tree  # parsed for all rules, ours and others
    started = time.perf_counter()
    for page in pages:
        for _result in judge_page(rules, page):
            pass
    return time.perf_counter() - started


if __name__ == "__main__":
    main()

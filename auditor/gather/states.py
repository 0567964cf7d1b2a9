"""Opens menus, accordions and dialogs one by one, and lets axe look at what each of them shows."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from auditor.gather.axe import AxeRunner
from auditor.gather.inpage import script, scripts
from auditor.gather.sample import InteractionSample
from auditor.gather.tab import Tab
from auditor.gather.trouble import ODD_ANSWERS, plain
from auditor.gather.visit import Look
from auditor.model.access import Access
from auditor.model.axe import AxeFinding, AxeResult
from auditor.model.facts import Facts
from auditor.model.state import State, StateKind
from auditor.model.vocabulary import Viewport

_MOST_STATES = 4
_MOST_TRIED = 8
"""Things that are opened to find states that were not seen before, on this page or another."""
_SECONDS = 8.0
_FACTS = TypeAdapter(Facts)
_ACCESS = TypeAdapter(Access)
_WHOLE = ("width", "height", "scroll_width", "page_height", "language", "covered_top")
"""Facts about the page as a whole that its elements are judged by."""
_HAS_FACTS = "!!globalThis[Symbol.for('auditor')].found"
_WHOLE_PAGE = frozenset(
    {
        "bypass",
        "document-title",
        "heading-order",
        "html-has-lang",
        "html-lang-valid",
        "html-xml-lang-mismatch",
        "landmark-no-duplicate-banner",
        "landmark-no-duplicate-contentinfo",
        "landmark-no-duplicate-main",
        "landmark-one-main",
        "landmark-unique",
        "meta-refresh",
        "meta-viewport",
        "meta-viewport-large",
        "page-has-heading-one",
        "region",
        "skip-link",
    }
)
"""axe's rules about a page as a whole, which a part of it cannot answer."""


@dataclass(frozen=True)
class AtRest:
    """What was seen of a page before anything was opened."""

    raw: Mapping[str, Any]
    """Its facts, with what reveals what."""
    axe: AxeResult | None


async def look_at_states(
    tab: Tab,
    viewport: Viewport,
    look: Look,
    rest: AtRest,
    runner: AxeRunner | None,
    sample: InteractionSample | None,
    seconds: float,
) -> tuple[tuple[State, ...] | None, bool]:
    """The states of the page in *tab*, and whether the page stands as before; what went wrong is noted in *look*.

    Args:
        tab: shows the page in *viewport*, at rest.
        viewport: its shape.
        look: takes the reason where something went wrong.
        rest: what was seen of the page at rest.
        runner: runs axe; without it there is nothing to look with.
        sample: remembers what was looked at before.
        seconds: that it may take.
    """
    if runner is None or rest.axe is None or sample is None:
        return None, True
    states = [look.banners[viewport]] if viewport in look.banners else []
    orderly = True
    try:
        async with asyncio.timeout(min(seconds, _SECONDS)):
            if not await tab.run(_HAS_FACTS):  # the page was loaded again meanwhile
                await tab.call(script("facts"))
            tried = 0
            for opener, fingerprint in _openers(rest.raw):
                if len(states) >= _MOST_STATES or tried >= _MOST_TRIED:
                    break
                if not sample.is_new(viewport, fingerprint, look.url):
                    continue
                tried += 1
                opened = await tab.call(script("states"), {"step": "open", "selector": opener})
                if opened is None:
                    continue
                if opened["roots"] and sample.is_new(viewport, opened["markup"], look.url):
                    states.append(await _state(tab, runner, rest.axe, opener, opened))
                orderly = (await tab.call(script("states"), {"step": "close", "selector": opener}))["restored"]
                if not orderly or await tab.has_left():
                    return tuple(states), False
    except TimeoutError:
        await tab.interrupt()
        look.untested[f"{viewport}:states"] = "states-too-long"
        return tuple(states), False
    except ODD_ANSWERS as error:
        look.untested[f"{viewport}:states"] = f"states-failed|{plain(error)}"
        return tuple(states), False
    return tuple(states), orderly


async def _state(tab: Tab, runner: AxeRunner, rest: AxeResult, opener: str, opened: Mapping[str, Any]) -> State:
    roots = tuple(opened["roots"])
    axe = without(await runner.run(tab, roots), rest)
    facts, access = await facts_within(tab, roots)  # last, since it scrolls, and some menus close then
    return State(
        kind=StateKind(opened["kind"]),
        opener=opener,
        name=str(opened["name"])[:80],
        roots=roots,
        axe=axe,
        facts=facts,
        access=access,
    )


async def facts_within(tab: Tab, roots: Sequence[str]) -> tuple[Facts, Access]:
    """What the page in *tab* shows of the elements in *roots*, given by their selectors, and of no others.

    Raises:
        Misbehaved, PlaywrightError: the page does not answer.
    """
    seen = await tab.call(scripts("facts", "paint", "access"), {"within": list(roots)})
    raw = seen["facts"]
    facts = {**{key: raw[key] for key in _WHOLE}, **_lists(raw), "paints": seen["paint"]}
    return _FACTS.validate_python(facts), _ACCESS.validate_python(_lists(seen["access"]))


def _lists(part: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The lists of elements among facts."""
    return {
        key: value
        for key, value in part.items()
        if isinstance(value, list) and value and isinstance(value[0], dict) and "selector" in value[0]
    }


def without(axe: AxeResult, rest: AxeResult | None) -> AxeResult:
    """What *axe* says of a part of the page, without rules about whole pages and what *rest* says of the page too."""
    before = (*rest.violations, *rest.incomplete) if rest else ()
    known = {(finding.id, node.target) for finding in before for node in finding.nodes}

    def news(findings: Sequence[AxeFinding]) -> tuple[AxeFinding, ...]:
        left = (
            replace(finding, nodes=tuple(node for node in finding.nodes if (finding.id, node.target) not in known))
            for finding in findings
            if finding.id not in _WHOLE_PAGE
        )
        return tuple(finding for finding in left if finding.nodes)

    return replace(axe, violations=news(axe.violations), incomplete=news(axe.incomplete))


def _openers(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What brings something to light by itself, those that open navigation first, else as they stand.

    Each is given by its selector and by a fingerprint of what it brings to light: the same menu on another page has the
    same one, and need not be opened there to see that.
    """
    shown: dict[str, list[str]] = {
        control["selector"]: [] for control in raw["controls"] if control["opens_navigation"] and control["visible"]
    }
    for kind in ("links", "headings", "fields", "controls", "blocks"):
        for item in raw[kind]:
            if not item["visible"] and len(item["revealed_by"]) == 1:
                shown.setdefault(item["revealed_by"][0], []).append(f"{item['html']}{item['name']}{item['text']}")
    return [(opener, f"opener {_digest(items or [opener])}") for opener, items in shown.items()]


def _digest(texts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]

"""Runs axe-core in a page and all its frames.

The script is taken from the axe-playwright-python package, or from a file that the site file names. That package's own
runner looks at the main frame only and cuts the lists of results, so frames are joined here through axe's
``runPartial`` and ``finishRun``.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.async_api import Frame, Page
from pydantic import TypeAdapter

from auditor.errors import ConfigError
from auditor.gather.inpage import script
from auditor.gather.tab import Tab, from_json
from auditor.gather.trouble import ODD_ANSWERS
from auditor.model.axe import AxeEngine, AxeResult, AxeRule
from auditor.model.config import AxeConfig

_OPTIONS: Mapping[str, Any] = {"resultTypes": ["violations", "incomplete"], "preload": False}
_NODES = 200
_FRAME_SECONDS = 10.0
_RESULT = TypeAdapter(AxeResult)
_RULES = TypeAdapter(tuple[AxeRule, ...])

# getRules() tells neither impact nor whether a rule runs by default; the audit object that it reads from does.
_DESCRIBE = """() => {
  const plain = new Map(axe.getRules().map((rule) => [rule.ruleId, rule]));
  return axe._audit.rules.map((rule) => ({
    id: rule.id, impact: rule.impact || '', tags: rule.tags, enabled: rule.enabled !== false
      && !rule.tags.includes('experimental') && !rule.tags.includes('deprecated'),
    help: plain.get(rule.id).help, description: plain.get(rule.id).description, help_url: plain.get(rule.id).helpUrl,
    act_ids: rule.actIds || [],
  }));
}"""

# The whole in one call where no frames have to be asked in between, as on most pages. Without any frame, axe.run gives
# the same as one part joined to nothing, in three quarters of the time: it does not describe all elements that passed.
_WHOLE = f"""async (given) => {{
  const finish = {script("axe_finish")};
  if (typeof axe === 'undefined' || !axe.runPartial) return null;
  if (!given.joined && !globalThis.length) return await finish({{
    ...given, results: await axe.run(given.context || document, {{ ...given.options, iframes: false }}),
  }});
  const said = await ({script("axe_run")})({{ ...given, keep: true }});
  return JSON.parse(said).children.length ? said : await finish({{ ...given, partials: [] }});
}}"""

# A selector of axe's is a list where it leads into shadow trees.
_FIND = """(path) => [path].flat().reduce((root, step) => (root?.shadowRoot || root)?.querySelector(step), document)"""


def axe_script(config: AxeConfig) -> str:
    """The text of axe-core.

    Raises:
        ConfigError: the configured file cannot be read, or the package holds no axe-core.
    """
    path = config.script or next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"), None)
    if path is None:
        raise ConfigError("axe: the package axe-playwright-python holds no axe.min.js; name one in axe.script")
    try:
        text = path.read_text(encoding="utf-8")
        if config.locale:
            text += f"\naxe.configure({{locale: {config.locale.read_text(encoding='utf-8')}}});"
    except OSError as error:
        raise ConfigError(f"axe: cannot read {error.filename}: {error.strerror}") from error
    return text


class AxeRunner:
    """Runs one axe-core in many pages."""

    def __init__(
        self,
        source: str,
        also: Sequence[str] = (),
        *,
        preload: bool = False,
        remember: bool = True,
        joined: bool = False,
    ) -> None:
        """Takes its tools.

        Args:
            source: axe-core's text.
            also: names of rules to run that axe leaves off by default.
            preload: whether axe may fetch style sheets and media before it looks, for some of those.
            remember: let axe remember the colours that it has read, and keep what it knows of each with it; it finds
                the same without, and takes half as long again.
            joined: take the way of pages with frames, whose parts are joined, on all pages; it finds the same.
        """
        self._joined = joined
        self._also = frozenset(also)
        self._options = {**_OPTIONS, "preload": preload, "rules": {name: {"enabled": True} for name in also}}
        if remember:
            source = (
                f"const putBack = ({script('axe_fields')})();\ntry {{ {source} }} finally {{ putBack(); }}\n"
                f"({script('axe_colours')})();"
            )
        self._inject = f"() => {{ if (typeof axe === 'undefined' || !axe.runPartial) {{ {source}\n }} }}"

    async def engine(self, page: Page) -> AxeEngine:
        """Version and rules, read in an empty *page*.

        Raises:
            ConfigError: axe has no rule of a name that was asked for.
        """
        await page.evaluate(self._inject)
        version = await page.evaluate("axe.version")
        rules = _RULES.validate_python(await page.evaluate(_DESCRIBE))
        if unknown := self._also - {rule.id for rule in rules}:
            raise ConfigError(f"axe.also: axe-core {version} has no rule {min(unknown)}")
        return AxeEngine(
            version=version, rules=tuple(replace(rule, enabled=rule.enabled or rule.id in self._also) for rule in rules)
        )

    async def run(self, tab: Tab, parts: Sequence[str] = ()) -> AxeResult:
        """All of axe's default rules over the page in *tab* as it stands, frames included.

        Args:
            tab: shows the page.
            parts: selectors of the elements to which axe is restricted; if left out, the whole page.

        Raises:
            Misbehaved, PlaywrightError, ValueError: axe failed in the main frame.
        """
        skipped: list[str] = []
        context = {"include": [[part] for part in parts]} if parts else None
        given = {"context": context, "options": self._options, "nodes": _NODES, "joined": self._joined}
        said = await tab.call(_WHOLE, given)
        if said is None:  # the text of axe is sent only where it is missing: it is half a megabyte
            said = await tab.call(f"async (given) => {{ ({self._inject})(); return await ({_WHOLE})(given); }}", given)
        answer = from_json(said)
        if "children" in answer:
            partials = await self._children(tab.page.main_frame, answer["children"], skipped)
            answer = from_json(await tab.call(script("axe_finish"), {**given, "partials": partials}))
        return _RESULT.validate_python({**answer, "skipped_frames": tuple(skipped)})

    async def _children(
        self, frame: Frame, children: Sequence[Mapping[str, Any]], skipped: list[str]
    ) -> list[str | None]:
        """Partial results of the frames in *frame*, outermost first; None for one that gave none."""
        partials: list[str | None] = []
        for child in children:
            try:
                async with asyncio.timeout(_FRAME_SECONDS):
                    partials += await self._child(frame, child, skipped)
            except (*ODD_ANSWERS, TimeoutError):
                skipped.append(str(child["selector"]))
                partials.append(None)
        return partials

    async def _child(self, frame: Frame, child: Mapping[str, Any], skipped: list[str]) -> list[str | None]:
        handle = await frame.evaluate_handle(_FIND, child["selector"])
        element = handle.as_element()
        inner = await element.content_frame() if element else None
        if inner is None:
            skipped.append(str(child["selector"]))
            return [None]
        await inner.evaluate(self._inject)
        asked = {"context": child["context"], "options": self._options, "keep": False}
        answer = from_json(await inner.evaluate(script("axe_run"), asked))
        return [answer["partial"], *await self._children(inner, answer["children"], skipped)]

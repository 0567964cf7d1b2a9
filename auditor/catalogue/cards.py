"""Reads one rule card and its siblings in other languages."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from auditor.catalogue.lexicon import Lexicon
from auditor.catalogue.markdown import Sections, read_sections
from auditor.catalogue.references import ReferenceProblem, bind_options, find_check, scope_of
from auditor.errors import CardError
from auditor.model.page import SAMPLED
from auditor.model.rule import OVERRULED, Rule, RuleText
from auditor.model.vocabulary import Area, Language, Scope, Severity, Viewport

_Choice = TypeVar("_Choice", bound=StrEnum)
_Part = TypeVar("_Part", list[Any], dict[str, Any])

_KEYS = {
    *("title", "check", "severity", "requirements", "beyond", "recommendation", "viewports", "options", "messages"),
    *("act", "overrules", "covers", "replaces", "needs", "dated", "states"),
}
_SECTIONS = ("Why", "Applicability", "Expectation", "How to repair", "Assumptions", "Test cases")
_SIBLING_SECTIONS = {Language.SWEDISH: ("Varför", "Så rättar ni")}


def read_card(path: Path, folder: Path, lexicon: Lexicon, overrides: Mapping[str, Any]) -> Rule:
    """The rule that the card at *path* describes.

    Args:
        path: the card, ``<folder>/<area>/<slug>.md``.
        folder: the rules folder that it belongs to.
        lexicon: word lists that options may name as ``{lexicon: <list>}``.
        overrides: options of the site file that replace the card's.

    Raises:
        CardError: something in the card, or in a sibling, is wrong; with file and line.
    """
    parts = read_sections(path)
    _require_keys(parts)
    area = _choice(parts, Area, path.parent.name, "the card's folder")
    for section in _SECTIONS:
        if section not in parts.sections:
            raise CardError(path, 1, f"section «## {section}» is missing")
    try:
        reference = str(parts.front["check"])
        check = find_check(reference, folder)
        options = {name: _option(parts, value, lexicon) for name, value in _options(parts, overrides).items()}
        bound, scope = bind_options(check, options), scope_of(check)
    except ReferenceProblem as problem:
        raise CardError(path, parts.line("options" if "option" in str(problem) else "check"), str(problem)) from problem
    viewports = _part(parts, "viewports", list) or ["phone", "desktop"]
    return Rule(
        id=f"{path.parent.name}/{path.name.removesuffix('.md')}",
        area=area,
        severity=_choice(parts, Severity, parts.front["severity"], "severity"),
        requirements=_names(parts, "requirements"),
        recommendation=bool(parts.front.get("recommendation", False)),
        scope=scope,
        viewports=tuple(_choice(parts, Viewport, name, "viewports") for name in viewports),
        needs=_artifact(parts, scope),
        states=_in_states(parts, scope),
        dated=bool(parts.front.get("dated", False)),
        check=bound,
        texts={
            Language.ENGLISH: RuleText(
                title=str(parts.front["title"]),
                why=parts.sections["Why"],
                repair=parts.sections["How to repair"],
                messages=_part(parts, "messages", dict),
            ),
            **{language: _sibling(path, language) for language in _SIBLING_SECTIONS},
        },
        examples=parts.examples,
        card=path,
        source=f"{check.__module__}:{check.__name__}",
        options=options,
        act=_names(parts, "act"),
        beyond=_names(parts, "beyond"),
        overrules=_overrules(parts),
        covers=_names(parts, "covers"),
        replaces=_names(parts, "replaces"),
    )


def _artifact(parts: Sections, scope: Scope) -> str:
    needs = str(parts.front.get("needs", ""))
    if needs and (scope is not Scope.RENDERING or needs not in SAMPLED):
        raise CardError(
            parts.path, parts.line("needs"), f"needs is {needs}, but must be one of {', '.join(SAMPLED)} of a rendering"
        )
    return needs


def _in_states(parts: Sections, scope: Scope) -> bool:
    wanted = parts.front.get("states", False)
    if not isinstance(wanted, bool) or (wanted and scope is not Scope.RENDERING):
        raise CardError(
            parts.path, parts.line("states"), "states is true or left out, for rules about a rendering only"
        )
    return wanted


def _names(parts: Sections, key: str) -> tuple[str, ...]:
    return tuple(map(str, _part(parts, key, list)))


def _overrules(parts: Sections) -> tuple[str, ...]:
    names = _names(parts, "overrules")
    for name in names:
        if not name.startswith("axe/"):
            raise CardError(parts.path, parts.line("overrules"), f"only axe's rules can be overruled, not {name}")
    if names and OVERRULED not in _part(parts, "messages", dict):
        why = f"the message {OVERRULED} is missing: it says why axe's rule is wrong"
        raise CardError(parts.path, parts.line("overrules"), why)
    return names


def _require_keys(parts: Sections) -> None:
    for key in parts.front:
        if key not in _KEYS:
            raise CardError(parts.path, parts.line(key), f"unknown key {key}; known are {', '.join(sorted(_KEYS))}")
    for key in ("title", "check", "severity"):
        if not parts.front.get(key):
            raise CardError(parts.path, 1, f"the front matter lacks {key}")


def _choice(parts: Sections, kind: type[_Choice], value: object, key: str) -> _Choice:
    try:
        return kind(str(value))
    except ValueError:
        known = ", ".join(kind)
        raise CardError(parts.path, parts.line(key), f"{key} is {value}, but must be one of {known}") from None


def _part(parts: Sections, key: str, kind: type[_Part]) -> _Part:
    """What stands under *key* of the front matter, empty if nothing does."""
    value = parts.front.get(key)
    if value is None:
        return kind()
    if not isinstance(value, kind):
        raise CardError(parts.path, parts.line(key), f"{key} must be a {'list' if kind is list else 'mapping'}")
    return value


def _options(parts: Sections, overrides: Mapping[str, Any]) -> dict[str, Any]:
    return {**_part(parts, "options", dict), **overrides}


def _option(parts: Sections, value: Any, lexicon: Lexicon) -> Any:
    if isinstance(value, dict) and set(value) == {"lexicon"}:
        if value["lexicon"] not in lexicon:
            known = ", ".join(sorted(lexicon))
            raise CardError(
                parts.path, parts.line("options"), f"no list {value['lexicon']} in the lexicon; there are {known}"
            )
        return lexicon[value["lexicon"]]
    return tuple(value) if isinstance(value, list) else value


def _sibling(card: Path, language: Language) -> RuleText:
    path = card.with_name(card.name.removesuffix(".md") + f".{language}.md")
    if not path.is_file():
        raise CardError(card, 1, f"the sibling {path.name} is missing")
    parts = read_sections(path)
    why, repair = _SIBLING_SECTIONS[language]
    for section in (why, repair):
        if section not in parts.sections:
            raise CardError(path, 1, f"section «## {section}» is missing")
    if not parts.front.get("title"):
        raise CardError(path, 1, "the front matter lacks title")
    return RuleText(
        title=str(parts.front["title"]),
        why=parts.sections[why],
        repair=parts.sections[repair],
        messages=_part(parts, "messages", dict),
    )

"""Makes rules of what axe-core says of its own, with Swedish texts of ours beside them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from auditor.catalogue.requirements import is_known
from auditor.errors import CardError
from auditor.model.axe import FOUND, LOOK, AxeEngine, AxeRule
from auditor.model.rule import Rule, RuleText
from auditor.model.vocabulary import Area, Language, Scope, Severity
from auditor.yamlfile import loaded

_UNDECIDED = "Verktyget kunde inte avgöra det. Titta efter om det här stämmer:"
_CRITERION = re.compile(r"wcag(\d)(\d)(\d{1,2})")
_LEVELS = {"wcag2a": "wcag21", "wcag2aa": "wcag21", "wcag21a": "wcag21", "wcag21aa": "wcag21", "wcag22aa": "wcag22"}
_LEVELS |= {"wcag2aaa": "wcag21"}


def axe_rules(engine: AxeEngine, folder: Path) -> Iterator[Rule]:
    """The rules of *engine*, all in the area accessibility.

    Args:
        engine: the axe-core in use.
        folder: where ``axe.sv.yaml`` is, the texts in Swedish (a rule that it lacks is shown in English), and
            ``axe.act.yaml``, the ACT rules that axe's rules decide besides those that axe itself names.

    Raises:
        CardError: one of the files cannot be read.
    """
    swedish, also = _read(folder / "axe.sv.yaml"), _read(folder / "axe.act.yaml")
    for rule in engine.rules:
        if not rule.enabled:
            continue
        found = {
            Language.ENGLISH: RuleText(
                title=rule.help,
                why=f"{rule.description}.",
                repair=rule.help_url,
                messages={FOUND: rule.help, LOOK: f"axe could not decide: {rule.help}"},
            )
        }
        if rule.id in swedish:
            text = swedish[rule.id]
            found[Language.SWEDISH] = RuleText(
                title=text["title"],
                why=text["why"],
                repair=text["repair"],
                messages={FOUND: text["problem"], LOOK: text.get("look") or f"{_UNDECIDED} {text['problem']}"},
            )
        yield Rule(
            id=f"axe/{rule.id}",
            area=Area.ACCESSIBILITY,
            severity=Severity(rule.impact) if rule.impact else Severity.MODERATE,
            requirements=tuple(name for name in _criteria(rule) if is_known(name)),  # no law asks for level AAA
            recommendation="wcag22aa" in rule.tags,
            scope=Scope.RENDERING,
            texts=found,
            source=f"axe-core {engine.version}",
            act=(*rule.act_ids, *also.get(rule.id, ())),
            beyond=tuple(name for name in _criteria(rule) if not is_known(name)),
        )


def _read(path: Path) -> dict[str, Any]:
    try:
        return loaded(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise CardError(path, 1, f"no valid YAML: {error}") from error


def _criteria(rule: AxeRule) -> Iterator[str]:
    """The success criteria that the rule's tags name, of whatever level."""
    standard = next((_LEVELS[tag] for tag in rule.tags if tag in _LEVELS), None)
    for tag in rule.tags:
        if standard and (match := _CRITERION.fullmatch(tag)):
            yield f"{standard}:{match[1]}.{match[2]}.{match[3]}"

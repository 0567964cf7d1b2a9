"""Makes rules of what axe-core says of its own, with Swedish texts of ours beside them."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from auditor.catalogue.requirements import is_known
from auditor.errors import CardError
from auditor.model.axe import AxeEngine, AxeRule
from auditor.model.rule import Rule, RuleText
from auditor.model.vocabulary import Area, Language, Scope, Severity

MESSAGE = "axe"
"""The one message that outcomes of axe's rules have."""
_CRITERION = re.compile(r"wcag(\d)(\d)(\d{1,2})")
_LEVELS = {"wcag2a": "wcag21", "wcag2aa": "wcag21", "wcag21a": "wcag21", "wcag21aa": "wcag21", "wcag22aa": "wcag22"}


def axe_rules(engine: AxeEngine, texts: Path) -> Iterator[Rule]:
    """The rules of *engine*, all in the area accessibility.

    Args:
        engine: the axe-core in use.
        texts: ``axe.sv.yaml``; a rule that it lacks is shown in English.

    Raises:
        CardError: the file of texts cannot be read.
    """
    try:
        swedish = yaml.safe_load(texts.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise CardError(texts, 1, f"no valid YAML: {error}") from error
    for rule in engine.rules:
        if not rule.enabled:
            continue
        found = {
            Language.ENGLISH: RuleText(
                title=rule.help, why=f"{rule.description}.", repair=rule.help_url, messages={MESSAGE: rule.help}
            )
        }
        if rule.id in swedish:
            text = swedish[rule.id]
            found[Language.SWEDISH] = RuleText(
                title=text["title"], why=text["why"], repair=text["repair"], messages={MESSAGE: text["problem"]}
            )
        yield Rule(
            id=f"axe/{rule.id}",
            area=Area.ACCESSIBILITY,
            severity=Severity(rule.impact) if rule.impact else Severity.MODERATE,
            requirements=tuple(_requirements(rule)),
            recommendation="wcag22aa" in rule.tags,
            scope=Scope.RENDERING,
            texts=found,
            source=f"axe-core {engine.version}",
        )


def _requirements(rule: AxeRule) -> Iterator[str]:
    standard = next((_LEVELS[tag] for tag in rule.tags if tag in _LEVELS), None)
    for tag in rule.tags:
        if standard and (match := _CRITERION.fullmatch(tag)):
            identifier = f"{standard}:{match[1]}.{match[2]}.{match[3]}"
            if is_known(identifier):  # criteria of level AAA, which no law asks for, are left out
                yield identifier

"""Reads W3C's list of test cases."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import ConfigError
from auditor.model.vocabulary import OutcomeKind

PLACE = "WAI/content-assets/wcag-act-rules"
"""Where the pages expect to be, on whatever host."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One test case."""

    id: str
    path: str
    """Relative to the folder of the cases."""
    url: str
    """Where W3C publishes it."""
    expected: OutcomeKind


@dataclass(frozen=True, kw_only=True)
class ActRule:
    """One ACT rule with its test cases."""

    id: str
    name: str
    approved: bool
    required: frozenset[str]
    """Numbers of the success criteria that a failure fails."""
    secondary: frozenset[str]
    """Numbers of those that it may fail besides."""
    cases: tuple[Case, ...]


def read_rules(folder: Path) -> tuple[ActRule, ...]:
    """The ACT rules with test cases in *folder*, approved ones first, in the order of the list.

    Raises:
        ConfigError: the folder holds no testcases.json, or it is none of W3C's.
    """
    path = folder / "testcases.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["testcases"]
        grouped: dict[str, list[dict[str, object]]] = {}
        for entry in entries:
            grouped.setdefault(str(entry["ruleId"]), []).append(entry)
        rules = [_rule(identifier, group) for identifier, group in grouped.items()]
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}; get the file and its folders from w3.org/WAI") from error
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"{path}: not the list of test cases that W3C publishes ({error!r})") from error
    return tuple(sorted(rules, key=lambda rule: not rule.approved))


def _rule(identifier: str, entries: Sequence[dict[str, object]]) -> ActRule:
    first = entries[0]
    mapping = first["ruleAccessibilityRequirements"] or {}
    assert isinstance(mapping, dict)
    criteria = {name.partition(":")[2]: how for name, how in mapping.items() if name.startswith("wcag2")}
    return ActRule(
        id=identifier,
        name=str(first["ruleName"]),
        approved=any(entry.get("approved") for entry in entries),
        required=frozenset(number for number, how in criteria.items() if how.get("forConformance")),
        secondary=frozenset(number for number, how in criteria.items() if not how.get("forConformance")),
        cases=tuple(
            Case(
                id=str(entry["testcaseId"]),
                path=str(entry["relativePath"]),
                url=str(entry["url"]),
                expected=OutcomeKind(str(entry["expected"])),
            )
            for entry in entries
        ),
    )

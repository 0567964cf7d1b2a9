"""What the rules of a run are, for the history: enough to score its results again, and to tell which rules changed."""

import hashlib
from collections.abc import Iterable

from auditor.catalogue.load import Catalogue
from auditor.model.rule import Rule
from auditor.model.trend import RuleMark


def marks_of(rules: Iterable[Rule]) -> dict[str, RuleMark]:
    """What rules are, for the history."""
    return {
        rule.id: RuleMark(
            area=rule.area,
            severity=rule.severity,
            good_practice=rule.good_practice,
            digest=_digest(rule),
            of_engine=rule.check is None,
        )
        for rule in rules
    }


def _digest(rule: Rule) -> str:
    card = rule.card.read_bytes() if rule.card else b""
    told = f"{rule.id}\x1f{rule.source}\x1f{sorted(rule.options.items())}".encode()
    return hashlib.sha256(told + card).hexdigest()[:12]


def catalogue_digest(catalogue: Catalogue) -> str:
    """Fingerprint of all rules: the same cards, options and engines give the same one."""
    digest = hashlib.sha256()
    for rule in sorted(catalogue.rules.values(), key=lambda rule: rule.id):
        card = rule.card.read_bytes() if rule.card else b""
        digest.update(f"{rule.id}\x1f{rule.source}\x1f{sorted(rule.options.items())}".encode() + card)
    return digest.hexdigest()[:12]

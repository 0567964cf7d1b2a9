"""A baseline: the problems that were known when it was made, told so that it holds wherever the site is served."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.model.finding import Finding
from auditor.model.vocabulary import Severity

BASELINE_SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A problem that a team knows of."""

    finding: Finding
    """Without occurrences; addresses on the site itself are paths."""
    severity: Severity


@dataclass(frozen=True, kw_only=True)
class Baseline:
    """The problems that do not fail a build."""

    known: tuple[Known, ...] = ()
    """In the order of rule and key."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """What it was made with; empty if it holds nothing yet."""

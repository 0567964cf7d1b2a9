"""A register of claims with its verdicts, in words: what readers get."""

from dataclasses import dataclass

from auditor.model.claim import Verdict
from auditor.model.vocabulary import Language, Viewport

SCHEMA_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class EvidenceItem:
    """One thing that was seen."""

    url: str
    viewport: Viewport | None
    selector: str
    text: str
    sentence: str
    screenshot: str = ""
    """File of the page's picture among the run's artifacts; empty if there is none."""


@dataclass(frozen=True, kw_only=True)
class ReportGround:
    """What the run says of one condition."""

    holding: str
    """yes, partly, no or unknown."""
    label: str
    sentence: str
    speaks_for: tuple[EvidenceItem, ...]
    speaks_against: tuple[EvidenceItem, ...]
    parts: tuple["ReportGround", ...]


@dataclass(frozen=True, kw_only=True)
class ReportClaim:
    """One claim with its verdict."""

    id: str
    quote: str
    language: Language
    source: str
    verdict: Verdict
    sentences: tuple[str, ...]
    """What must be said beside the verdict: coverage, what would settle it, what it stands against."""
    conflicts: tuple[str, ...]
    ground: ReportGround


@dataclass(frozen=True, kw_only=True)
class VerificationReport:
    """All claims of a register."""

    schema: str
    language: Language
    title: str
    site_name: str
    start: str
    run_id: str
    earlier_run_id: str
    audited_at: str
    command: str
    versions: dict[str, str]
    claims: tuple[ReportClaim, ...]

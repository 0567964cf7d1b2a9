"""A register of claims with its verdicts, in words: what readers get."""

from dataclasses import dataclass

from auditor.model.claim import Verdict
from auditor.model.report import Crop
from auditor.model.vocabulary import Area, Language, Viewport

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
    crop: Crop | None = None
    """The place, cut from that picture and marked; None if it is not shown."""


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
class Observation:
    """One area, as the run found it."""

    area: Area
    phone: float | None
    """Score in the phone, 0 to 100; None where nothing was tested."""
    desktop: float | None
    coverage: float
    """The smaller of the two viewports' coverage, 0 to 1."""
    failed_rules: int
    judged_rules: int


@dataclass(frozen=True, kw_only=True)
class EvidenceFile:
    """A file that stands behind the report."""

    name: str
    what: str
    """Key of the kind of file: archive, register, database …"""
    sha256: str


@dataclass(frozen=True, kw_only=True)
class VerificationReport:
    """All claims of a register."""

    schema: str
    language: Language
    title: str
    case: str
    background_markdown: str
    questions: tuple[str, ...]
    sources: tuple[str, ...]
    site_name: str
    start: str
    run_id: str
    run_state: str
    earlier_run_id: str
    audited_at: str
    written_at: str
    """ISO 8601: when the verdicts were given."""
    command: str
    versions: dict[str, str]
    settings: dict[str, str]
    coverage: float
    """Share of the pages in scope that were tested, 0 to 1."""
    pages: int
    observations: tuple[Observation, ...]
    """What the run found, area by area."""
    evidence: tuple[EvidenceFile, ...]
    """Files that the verdicts rest on, with their checksums."""
    claims: tuple[ReportClaim, ...]

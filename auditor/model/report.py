"""A report: everything that a reader is shown, in one language, ready to be rendered.

Texts named *markdown* are ours (from rule cards); all others may hold what a page under test said, and must be escaped
by whoever renders them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.model.decision import DecisionKind
from auditor.model.facts import Box
from auditor.model.figures import Figure
from auditor.model.findability import Findability
from auditor.model.finding import IssueState
from auditor.model.profile import Profile
from auditor.model.score import AreaScore, RuleTally
from auditor.model.sitesearch import SearchQuality
from auditor.model.trend import Measure, ScoreChange
from auditor.model.vocabulary import Area, Language, OutcomeKind, Severity, Viewport

SCHEMA_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """An external criterion, as a reader can look it up."""

    id: str
    """wcag21:1.4.10."""
    standard: str
    """WCAG 2.1."""
    number: str
    name: str
    level: str
    clause: str
    """EN 301 549's clause; empty if the criterion is not in the version that the report is read against."""
    slug: str = ""
    """The criterion's name in W3C's addresses: contrast-minimum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePage:
    """A page of the sample that a review looks at closely."""

    url: str
    reason: str
    """Why it was chosen: start, contact, search, statement, hub, task, form, template, document or random."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One occurrence of a finding."""

    url: str
    viewport: Viewport | None
    selector: str
    text: str
    html: str
    sentence: str
    """What is so, in the report's language."""
    detail: str = ""
    """A tool's own words in English, for developers."""
    box: Box | None = None
    state: str = ""
    """What was open, in the report's language: «with the menu open»; empty for the page at rest."""


@dataclass(frozen=True, kw_only=True)
class Crop:
    """A cut of a screenshot with the target marked."""

    file: str
    """File name within the report's folder."""
    url: str
    viewport: Viewport
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class DecisionRow:
    """What people decided about a finding."""

    kind: DecisionKind
    who: str
    when: str
    """ISO 8601: a day, or a moment in UTC."""
    why: str
    until: str = ""
    """The last day on which it holds; empty if it has no end."""
    assignee: str = ""
    expired: bool = False
    """The last day has passed: the finding counts as if nothing had been decided."""
    sets_aside: bool = False
    """It holds, and says that the finding is not to be acted on."""


@dataclass(frozen=True, kw_only=True)
class ReportFinding:
    """One cause: one line of the report, one page of its own."""

    key: str
    """Id of the issue: the same in all runs, however the pages are rebuilt."""
    rule: str
    area: Area
    kind: OutcomeKind
    """failed, or cantTell: a person must judge."""
    severity: Severity
    title: str
    """What should hold."""
    sentence: str
    """What is so."""
    why_markdown: str
    repair_markdown: str
    requirements: tuple[Requirement, ...]
    recommendation: bool
    page_count: int
    target_count: int
    viewports: tuple[Viewport, ...]
    pages: tuple[str, ...]
    """All pages where it was seen, cut at 1,000."""
    places: tuple[Place, ...]
    """The first occurrences, at most 100."""
    crop: Crop | None = None
    state: IssueState = IssueState.NEW
    first_seen: str = ""
    """When a run first found it, ISO 8601."""
    harm: float = 0.0
    """severity weight × pages × viewports: what «do this first» is ordered by."""
    decision: DecisionRow | None = None
    """What was decided about it; None if nothing was."""

    @property
    def set_aside(self) -> bool:
        """Whether a decision that holds says that it is not to be acted on."""
        return self.decision is not None and self.decision.sets_aside


@dataclass(frozen=True, kw_only=True)
class Change:
    """A finding of the run before that this run does not have."""

    key: str
    rule: str
    area: Area
    title: str
    state: IssueState
    """fixed, not retested, or gone with its page."""
    page_count: int


@dataclass(frozen=True, kw_only=True)
class RuleRow:
    """How one rule came out."""

    rule: str
    area: Area
    title: str
    severity: Severity
    requirements: tuple[Requirement, ...]
    recommendation: bool
    tallies: tuple[RuleTally, ...]


class CriterionState(StrEnum):
    """What rules can say of a criterion. None of them says that it is met."""

    FAILED = "failed"
    """A rule that looks at a part of it failed."""
    PARTLY = "partly"
    """Rules looked at parts of it and found no fault; the rest needs a person."""
    NOTHING = "nothing"
    """Rules look at parts of it, but found nothing on these pages that they apply to."""
    PERSON = "person"
    """No rule looks at it: it needs a person."""


@dataclass(frozen=True, kw_only=True)
class CriterionRow:
    """One criterion of the profile."""

    criterion: Requirement
    state: CriterionState
    rules: tuple[str, ...]
    """The rules that looked at a part of it, else those that could have."""


@dataclass(frozen=True, kw_only=True)
class PageRow:
    """One page of the audit."""

    url: str
    title: str
    status: int
    content_type: str
    depth: int
    rendered: bool
    is_handoff: bool
    query: str | None
    screenshots: Mapping[Viewport, str] = field(default_factory=dict)
    """File names within the report's folder."""
    findings: tuple[str, ...] = ()
    """Keys of the findings seen here."""
    untested: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    """What was measured and is told without being judged."""


@dataclass(frozen=True, kw_only=True)
class ContactRow:
    """One telephone number, mailbox or form that the pages for associations give."""

    kind: str
    """phone, mail or form."""
    value: str
    shown: str
    label: str
    """What it is said to be for; empty if pages do not agree."""
    in_frame: bool
    """Stands in header or footer."""
    page_count: int
    pages: tuple[str, ...]
    """The first pages that give it."""


@dataclass(frozen=True, kw_only=True)
class ReadingRow:
    """How heavy the pages of one run are to read."""

    started_at: str
    pages: int
    lix: float
    lix_low: float
    lix_high: float
    sentence_length: float
    long_words: float
    """Share, 0 to 1."""


@dataclass(frozen=True, kw_only=True)
class RunRow:
    """One run of the site, for the history."""

    id: str
    started_at: str
    state: str
    pages: int
    scores: tuple[AreaScore, ...]
    findings: int
    versions: Mapping[str, str] = field(default_factory=dict)
    one_yardstick: bool = False
    """The scores are by the rules of this report's run, even if others held at the time."""
    measures: Mapping[Measure, float] = field(default_factory=dict)
    """Figures that are followed over time; those that the run does not know are left out."""
    states: Mapping[IssueState, int] = field(default_factory=dict)
    """Failed findings by what became of them in the run."""


@dataclass(frozen=True, kw_only=True)
class Untested:
    """Something that could not be tested, and why."""

    reason: str
    what: str
    """page, phone, desktop, a rule's id, or a part such as phone:axe."""
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Overruled:
    """What axe found, and a rule of ours took back."""

    rule: str
    """axe's rule."""
    title: str
    by: str
    """Our rule."""
    reason: str
    count: int
    examples: tuple[str, ...]
    """Pages, at most five."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that a report says."""

    schema: str
    language: Language
    site_name: str
    start: str
    run_id: str
    run_state: str
    """complete, partial (stopped early or cut at max_pages), or interrupted."""
    remarks: tuple[str, ...]
    """Why the run is partial, and other things that a reader must know, as sentences."""
    started_at: str
    finished_at: str
    audit_date: str
    """The date that rules about age compared with, ISO 8601."""
    command: str
    """What repeats the run."""
    versions: Mapping[str, str]
    """product, axe, browser, formula, catalogue."""
    settings: Mapping[str, str]
    """Scope, viewports, politeness, seed, as a reader is told them."""
    scores: tuple[AreaScore, ...]
    previous_scores: tuple[AreaScore, ...]
    previous_at: str
    """When the run before began; empty if there is none."""
    findings: tuple[ReportFinding, ...]
    """Most harmful first; failed before cantTell."""
    changes: tuple[Change, ...]
    rules: tuple[RuleRow, ...]
    pages: tuple[PageRow, ...]
    untested: tuple[Untested, ...]
    history: tuple[RunRow, ...]
    """Oldest first, this run last."""
    outcome_counts: Mapping[OutcomeKind, int]
    """Number of rule results per outcome."""
    findability: Findability | None = None
    """What simulated visitors found; None if the run knows nothing of it."""
    search_quality: SearchQuality | None = None
    """What the site's own search finds; None if the run knows nothing of it."""
    task_crops: Mapping[str, Crop] = field(default_factory=dict)
    """Pictures of links that won and lost: task:viewport:wrong or task:viewport:right."""
    profile: Profile = Profile.EN_3_2_1
    """The criteria that the report is read against."""
    criteria: tuple[CriterionRow, ...] = ()
    """All of them, in the standard's order."""
    overruled: tuple[Overruled, ...] = ()
    """What axe found and our rules took back, with the reason."""
    sample: tuple[SamplePage, ...] = ()
    """The pages that a review looks at closely, where a sample was drawn."""
    contacts: tuple[ContactRow, ...] = ()
    """Every distinct way to the municipality over the pages for associations, kind by kind, the most spread first."""
    contact_pages: int = 0
    """How many pages for associations there are."""
    score_changes: tuple[ScoreChange, ...] = ()
    """What the change of each score since the run before consists of."""
    scores_without: tuple[AreaScore, ...] = ()
    """The scores without what decisions set aside; empty if nothing is set aside."""
    reading: tuple[ReadingRow, ...] = ()
    """How heavy the pages are to read: the run before, if there was one, and this run."""
    failed_pages: tuple[str, ...] = ()
    """Pages of the site that were asked for and could not be looked at, or not wholly: what they lack is not mended."""

    @property
    def failed(self) -> list[ReportFinding]:
        """The findings that failed, most harmful first: not those that a person must judge."""
        return [finding for finding in self.findings if finding.kind is OutcomeKind.FAILED]

    @property
    def is_whole(self) -> bool:
        """Whether what is missing from it is mended: the run came to its end, and every page could be looked at."""
        return not self.failed_pages and self.run_state != "interrupted"

"""What an accessibility statement (tillgänglighetsredogörelse) says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from auditor.model.outcome import Target


class Conformance(StrEnum):
    """The three answers that MDFFS 2019:2, 6 § point 2, leaves to a statement."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Method(StrEnum):
    """Who made the assessment, after the model statement of (EU) 2018/1523."""

    SELF = "self"
    THIRD_PARTY = "third party"
    TOLD = "told"
    """How it was tested is told, but not by whom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement, as far as it can be read. Empty and None mean: nothing that was recognised."""

    url: str
    title: str = ""
    actor: str = ""
    """Who stands behind the website, by the statement's own words."""
    hosts: tuple[str, ...] = ()
    """Host names that it names as what it covers, without www."""
    says_this_site: bool = False
    """It speaks of «this website»."""
    conformance: tuple[Conformance, ...] = ()
    """The exact phrases that it uses of the service, each once; more than one contradict each other."""
    near_conformance: str = ""
    """Words that sound like a status but are none of the three."""
    shortcomings: tuple[str, ...] = ()
    """What it lists as not accessible."""
    shortcomings_text: str = ""
    """All that it says about shortcomings, listed or not."""
    criteria: tuple[str, ...] = ()
    """Numbers of success criteria that it names."""
    has_shortcomings_part: bool = False
    """There is a heading or sentence under which shortcomings are listed."""
    gives_reasons: bool = False
    """It says why, or until when, something is not accessible."""
    burden: bool = False
    """It claims that something would be disproportionate (12 §)."""
    burden_text: str = ""
    """What it says about that."""
    outside: bool = False
    """It says that some content is outside the law (9 §)."""
    outside_text: str = ""
    """What content that is."""
    assessed: date | None = None
    """The latest date of an assessment."""
    updated: date | None = None
    """The latest date of the statement itself."""
    method: Method | None = None
    feedback: tuple[str, ...] = ()
    """Ways to report shortcomings: form, link, mail, phone."""
    authority_links: tuple[str, ...] = ()
    """Addresses that the part about supervision links to."""
    authority_named: bool = False
    """There is a part about supervision, or words about reporting to an authority."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The failures of one success criterion in a run."""

    criterion: str
    rules: tuple[str, ...]
    pages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A site's own statement beside what the run found."""

    statements: tuple[Statement, ...]
    """Those that speak of the audited site."""
    measured: Mapping[str, Measured] = field(default_factory=dict)
    """Criterion → its failures."""

    def target(self, statement: Statement) -> Target:
        """The statement as target of an outcome."""
        return Target(url=statement.url)

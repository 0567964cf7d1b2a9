"""What a check of a build came to."""

from dataclasses import dataclass

from auditor.model.baseline import Baseline, Known
from auditor.model.report import Report, ReportFinding
from auditor.model.vocabulary import Severity


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check of a build came to."""

    report: Report
    """Its findings are keyed as the baseline is, and their states are against the baseline."""
    new: tuple[ReportFinding, ...]
    """Problems that the baseline does not know, worst first."""
    known: tuple[ReportFinding, ...]
    fixed: tuple[Known, ...]
    """Problems of the baseline that were tested again and are gone, or whose pages are."""
    not_retested: tuple[Known, ...]
    tested: int
    """Pages that were looked at."""
    too_little: bool
    """Too few pages could be looked at, or the run did not come to its end: nothing can be said."""
    left_out: tuple[str, ...]
    """What the quick profile leaves out, in the report's language."""
    silent: frozenset[str]
    """Rules that were asked of no page: what they need was left out."""
    changed_versions: tuple[str, ...]
    """What the baseline was made with that is another version now."""
    baseline: Baseline
    """What to go on with: the old one, less what is mended, with what is new."""

    def blocking(self, fail_on: Severity) -> tuple[ReportFinding, ...]:
        """The new problems that are at least as bad as *fail_on*."""
        return tuple(finding for finding in self.new if finding.severity.rank >= fail_on.rank)

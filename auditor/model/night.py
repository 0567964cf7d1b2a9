"""What a night came to."""

from dataclasses import dataclass

from auditor.model.vocabulary import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A problem that is new, back, mended or could not be tested again."""

    key: str
    title: str
    severity: Severity | None
    """None where the run did not see it."""
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNight:
    """What became of one site."""

    target: str
    """As the settings name it."""
    site: str = ""
    """The history's key; empty if the settings of the site could not be read."""
    name: str = ""
    run_id: str = ""
    """Empty if there is no run to tell of."""
    first: bool = False
    """There was no run before."""
    skipped: bool = False
    """Was audited earlier the same day."""
    error: str = ""
    """Why there is no result, in one line."""
    trace: str = ""
    """Where the program went wrong, if the reason is a defect of its own: for those who mend it."""
    state: str = ""
    """complete, partial or interrupted."""
    pages: int = 0
    lost_pages: int = 0
    problems: int = 0
    new: tuple[Changed, ...] = ()
    back: tuple[Changed, ...] = ()
    fixed: tuple[Changed, ...] = ()
    not_retested: tuple[Changed, ...] = ()
    complaints: tuple[str, ...] = ()
    """What in the site's own files had to be left out, a line each."""
    thinned: int = 0
    """How many old runs lost their pages and pictures."""

    @property
    def changed(self) -> bool:
        """Whether there is something to tell besides that the site was audited."""
        return bool(self.first and self.run_id and not self.skipped) or bool(self.new or self.back or self.fixed)


@dataclass(frozen=True, kw_only=True)
class Night:
    """All sites of one night."""

    id: str
    started_at: str
    """ISO 8601 with the offset of the time zone."""
    day: str
    """The day in the time zone."""
    sites: tuple[SiteNight, ...]
    recovered: tuple[str, ...] = ()
    """Targets that could not be audited the night before, and could now."""
    failed_anew: tuple[str, ...] = ()
    """Targets that could be audited the night before, or are new, and could not now."""

    @property
    def changed(self) -> bool:
        """Whether anybody needs to hear of this night."""
        return any(site.changed for site in self.sites) or bool(self.recovered or self.failed_anew)

"""What the simulation of visitors says: figures, explanations and what would help. All of it is simulated."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.model.facts import Box
from auditor.model.vocabulary import Viewport

FOUND_BY_HALF = 0.5
"""A task counts as found if at least this share of the simulated visitors find it; our own choice."""


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A mean over tasks with its bootstrap interval of 95 %."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One wording of one task, or several together, in one viewport."""

    runs: int
    found: float
    """Share that found within the patience of 120 model seconds."""
    direct: float
    """Share that found without going back."""
    first_click: float | None
    """Share whose first click lay on a way at most one click longer than the shortest; None if nobody clicked."""
    lostness: float | None
    """Mean over those that found (Smith 1996), 0 to 1.41; None if nobody found."""
    taps: float | None
    """Median clicks, steps back and openings of those that found."""
    seconds: float | None
    """Median model seconds of those that found."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One page of a way, and the link that was clicked there."""

    page: str
    """Address."""
    title: str
    link: str = ""
    """Name of the link that was clicked; empty at the end of the way."""
    selector: str = ""
    box: Box | None = None
    back: bool = False
    """The visitor went back from here."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A link as somebody meets it who looks for the task."""

    name: str
    leads_to: str
    """Address."""
    scent: float
    """Utility for the goal, in units of the noise of a choice."""
    share: float
    """Share of the clicks on this page that it got."""
    selector: str = ""
    box: Box | None = None
    screen: int = 0
    """Which screen of the page it stands on, 0 for the first."""
    hidden: bool = False
    """A menu or accordion must be opened to see it."""
    heading: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A small change and what it would do in the model."""

    kind: str
    """rename, link or open."""
    page: str
    """Address of the page that is changed."""
    link: str
    """The link's name now; for a new link, its name."""
    name: str
    """The link's name after the change."""
    before: float
    """Share that finds, by the analytic engine."""
    after: float


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Where visitors went wrong, and why."""

    page: str
    title: str
    wrong: Choice
    right: Choice
    reasons: tuple[str, ...]
    """weak, unknown, hidden, below, competing: why the right link lost."""
    changes: tuple[Change, ...]
    """What would help, the best first."""


@dataclass(frozen=True, kw_only=True)
class ViewResult:
    """One task in one viewport."""

    viewport: Viewport
    navigation: Figures
    wordings: Mapping[str, Figures]
    """By wording."""
    reached: float
    """Probability of arriving within 12 clicks, by the analytic engine: the figure to follow over time."""
    opening_band: tuple[float, float]
    """The same if few or many open closed menus."""
    shortest: int | None
    """Clicks on the shortest way; None if no way leads there."""
    label_gap: float
    """How much more would find if every link told what is behind it."""
    structure_gap: float
    """How many would not find even then."""
    path: tuple[Step, ...] = ()
    """The most usual way of those that found; if none did, of those that did not."""
    path_found: bool = False
    explanation: Explanation | None = None
    search: Figures | None = None
    """By the site's search alone; None if its results are not known. Over the wordings that the search answered."""
    mixed: Figures | None = None
    """By those who begin with the links, and turn to the search when none says much; over the same wordings."""
    either: float | None = None
    """Share that finds by at least one of links and search, if each is tried for itself; over the same wordings."""
    searched: int = 0
    """How many of the wordings the site's search answered, be it with nothing."""


@dataclass(frozen=True, kw_only=True)
class TaskResult:
    """One task."""

    id: str
    question: str
    targets: tuple[str, ...]
    """Addresses of the pages that answer."""
    confirmed: bool
    """Whether a person named the targets; else they were found by ranking the site's pages."""
    own: bool
    """From the site file; else from the built-in tasks."""
    views: tuple[ViewResult, ...] = ()
    untested: str = ""
    """Why it was not simulated, as a key: no-target, target-not-gathered."""

    def view(self, viewport: Viewport) -> ViewResult | None:
        """The result in *viewport*."""
        return next((view for view in self.views if view.viewport is viewport), None)


@dataclass(frozen=True, kw_only=True)
class Findability:
    """All tasks of a run."""

    tasks: tuple[TaskResult, ...] = ()
    shares: Mapping[Viewport, Interval] = field(default_factory=dict)
    """Mean share of visitors that find, by navigation, over the tasks."""
    by_search: Mapping[Viewport, Interval] = field(default_factory=dict)
    """The same by the site's search alone, over the tasks that it answered."""
    by_either: Mapping[Viewport, Interval] = field(default_factory=dict)
    """The same by at least one of both, over the same tasks."""
    scent: str = "lsa"
    """What links smell by: lsa, or lsa+NAME of an embedding. Figures with different scents cannot be compared."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """What the simulation took for granted."""
    pages: int = 0
    """Pages of the graph that have been looked at."""
    untested: str = ""
    """Why nothing was simulated, as a key: off, too-few-pages, interrupted."""

    def found(self, viewport: Viewport) -> int:
        """How many tasks at least half of the visitors find."""
        views = (task.view(viewport) for task in self.tasks)
        return sum(view is not None and view.navigation.found >= FOUND_BY_HALF for view in views)

    def tested(self, viewport: Viewport) -> int:
        """How many tasks were simulated."""
        return sum(task.view(viewport) is not None for task in self.tasks)

    def searched(self, viewport: Viewport) -> int:
        """How many tasks the site's search was asked about."""
        views = (task.view(viewport) for task in self.tasks)
        return sum(view is not None and view.search is not None for view in views)

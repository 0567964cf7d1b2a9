"""The closed sets of words that every other module uses."""

from enum import StrEnum


class Area(StrEnum):
    """The seven areas that the revisors asked about."""

    ACCESSIBILITY = "accessibility"
    NAVIGATION = "navigation"
    STRUCTURE = "structure"
    SEARCH = "search"
    RESPONSIVE = "responsive"
    CONTACT = "contact"
    INFORMATION = "information"


class Severity(StrEnum):
    """How much a failure hurts; axe-core's scale, mildest first."""

    MINOR = "minor"
    MODERATE = "moderate"
    SERIOUS = "serious"
    CRITICAL = "critical"

    @property
    def weight(self) -> int:
        """Weight in a score, as Lighthouse weighs axe's impacts (minor 1, moderate 3, serious 7, critical 10)."""
        return {"minor": 1, "moderate": 3, "serious": 7, "critical": 10}[self.value]

    @property
    def rank(self) -> int:
        """0 for the mildest, 3 for the worst."""
        return list(Severity).index(self)


class OutcomeKind(StrEnum):
    """EARL's five outcome values."""

    FAILED = "failed"
    UNTESTED = "untested"
    CANT_TELL = "cantTell"
    PASSED = "passed"
    INAPPLICABLE = "inapplicable"

    @staticmethod
    def combine(kinds: "list[OutcomeKind]") -> "OutcomeKind":
        """The outcome of several targets together, after ACT: failed > untested > cantTell > passed > inapplicable."""
        return min(kinds, key=list(OutcomeKind).index, default=OutcomeKind.INAPPLICABLE)


class Viewport(StrEnum):
    """The ways in which a page is looked at."""

    PHONE = "phone"
    DESKTOP = "desktop"
    NARROW = "narrow"
    """320 CSS pixels, the width that WCAG 1.4.10 (reflow) names."""


class Scope(StrEnum):
    """What a check looks at: the type of its first parameter."""

    DOCUMENT = "document"
    RENDERING = "rendering"
    PAGE = "page"
    SITE = "site"
    CLAIMED = "claimed"
    """What the site says of itself, beside what the other rules found: judged last."""


class Language(StrEnum):
    """Languages of reports and rule texts."""

    SWEDISH = "sv"
    ENGLISH = "en"

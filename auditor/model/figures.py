"""Figures about pages that are told, and never passed or failed: no standard sets a limit for them."""

from dataclasses import dataclass
from enum import StrEnum

from auditor.model.vocabulary import Area, Viewport


class FigureKind(StrEnum):
    """What a figure measures. Its name and explanation stand with the report's texts."""

    SMALL_TEXT = "small_text"
    """Share of the visible characters that are smaller than 12 pixels. WCAG sets no smallest size; twelve is the limit
    that Lighthouse used up to version 11."""
    FIXED_SHARE = "fixed_share"
    """Share of the screen that is covered by what stays in place while the page scrolls, without the cookie banner."""
    FIXED_SHARE_BANNER = "fixed_share_banner"
    """The same with the cookie banner as it first meets the visitor, where there is one; overlaps count once at the
    most, so that it is never above 1."""
    EXTRA_TAPS = "extra_taps"
    """How many more menus or accordions must be opened on the phone than on the desktop to reach a destination: the
    largest difference on the page."""
    CLICKS = "clicks"
    """The fewest links from the start page to the page. No number of them is a limit: users give up for want of good
    labels, not for clicks."""
    TAPS = "taps"
    """The same with each menu or accordion that must be opened on the way as a step of its own."""
    LAYOUT_SHIFT = "layout_shift"
    """Cumulative Layout Shift while the page loads (https://web.dev/articles/cls calls up to 0.1 good, above 0.25
    poor)."""

    @property
    def area(self) -> Area:
        """Where the report shows it."""
        in_navigation = (FigureKind.CLICKS, FigureKind.TAPS, FigureKind.EXTRA_TAPS)
        return Area.NAVIGATION if self in in_navigation else Area.RESPONSIVE

    @property
    def is_share(self) -> bool:
        """Whether it is a share of 1, told in percent."""
        return self in (FigureKind.SMALL_TEXT, FigureKind.FIXED_SHARE, FigureKind.FIXED_SHARE_BANNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure about one page."""

    kind: FigureKind
    viewport: Viewport
    value: float

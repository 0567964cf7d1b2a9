"""What kind of page a rendering shows, as far as its own words tell."""

from collections.abc import Sequence

from auditor.derive.sitepaths import has_segment
from auditor.derive.trial_words import NONSENSE
from auditor.derive.urls import canonical
from auditor.derive.wording import plain, words
from auditor.model.facts import Heading
from auditor.model.page import Rendering


def nowhere_on(start: str) -> str:
    """An address on the host of *start* that no page can have: what it answers tells how the site says no."""
    return canonical(f"/{NONSENSE}-{NONSENSE}", start)


def first_heading(rendering: Rendering) -> Heading | None:
    """The first visible heading of level 1 with a name, in main content if there is one there."""
    tops = [item for item in rendering.facts.headings if item.level == 1 and item.visible and item.name]
    return next((item for item in tops if item.in_main), tops[0] if tops else None)


def is_search_page(rendering: Rendering, segment_names: Sequence[str]) -> bool:
    """Whether the page shows search results: the auditor searched, or a step of its address says so."""
    return rendering.query is not None or has_segment(rendering.url, segment_names)


def says_not_found(title: str, heading: str, phrases: Sequence[str]) -> bool:
    """Whether a page's title or main heading says that there is no such page."""
    told = (plain(title), plain(heading))
    return "404" in words(heading) or any(phrase in text for text in told for phrase in phrases)


def is_error_page(rendering: Rendering, phrases: Sequence[str]) -> bool:
    """Whether the page says that the address leads nowhere: such pages lie at any address."""
    heading = first_heading(rendering)
    return says_not_found(rendering.facts.title, heading.name if heading else "", phrases)

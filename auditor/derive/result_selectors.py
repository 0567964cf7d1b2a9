"""What a site file says of a page of results, where it cannot be recognised."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.model.search import Order


@dataclass(frozen=True, kw_only=True)
class ResultSelectors:
    """CSS selectors; what is empty is recognised as on any site, and what is given is looked for nowhere else."""

    hit: str = ""
    """Matches each hit."""
    count: str = ""
    """Matches what tells the number of hits."""
    sort: Mapping[Order, str] = field(default_factory=dict)
    """Order → what is pressed to have the hits in it: a link, a button, a radio button or an option."""
    filters: str = ""
    """Matches each link, button, field or select field that narrows the hits."""
    next: str = ""
    """Matches what leads to further hits."""


NO_SELECTORS = ResultSelectors()

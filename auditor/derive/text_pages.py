"""Pages that have a text of their own, and not mostly links, entries or fields."""

from collections.abc import Sequence

from auditor.derive.sitepaths import segments
from auditor.derive.surroundings import content_words, link_share
from auditor.model.page import Rendering

CONTENT_WORDS = 100
"""From here a page has text that can become outdated, and that LIX can be computed of."""
_LANDING = 0.5
"""Share of words in links from which a page is a list or landing page."""
_MANY_FIELDS = 3


def is_text_page(rendering: Rendering, dated_segments: Sequence[str]) -> bool:
    """Whether the page has a hundred words of its own; the start page, lists of news, searches and forms have not.

    Args:
        rendering: the page.
        dated_segments: steps of addresses with news and calendars; there, the lists are left out.
    """
    facts = rendering.facts
    steps = segments(rendering.url)
    if not steps or steps[-1] in dated_segments or rendering.query is not None:
        return False
    fields = sum(field.in_main and field.visible and field.kind != "search" for field in facts.fields)
    return content_words(facts) >= CONTENT_WORDS and link_share(facts) <= _LANDING and fields < _MANY_FIELDS

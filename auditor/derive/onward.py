"""Whether a page's content leads on: links, and things to do."""

import re

from auditor.model.facts import Element, Facts

_TOOLS = re.compile(
    r"skriv ut|lyssna|dela|kopiera|till toppen|stäng|översätt|tipsa|"
    r"print|listen|share|copy|back to top|close|translate",
    re.IGNORECASE,
)
"""Names of buttons that every page may have and that lead nowhere."""
_AROUND = frozenset({"banner", "contentinfo", "navigation", "search"})


def has_something_to_do(facts: Facts) -> bool:
    """Whether the content holds a form, a field, an embedded frame, or a button that is no tool and no accordion."""
    inside = any(area.role == "main" for area in facts.landmarks)

    def in_content(element: Element) -> bool:
        regions = set(element.regions)
        return element.reachable and not regions & _AROUND and ("main" in regions or not inside)

    if any(in_content(item) for items in (facts.forms, facts.fields, facts.frames) for item in items):
        return True
    return any(
        in_content(item) and item.expanded is None and not item.reveals_links and not _TOOLS.search(item.name)
        for item in facts.controls
    )

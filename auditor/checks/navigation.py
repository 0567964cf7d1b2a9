"""Checks of the area navigation: can one see where one is, and where each way leads?"""

import re
from collections.abc import Iterator

from auditor.model.outcome import Outcome, failed, passed
from auditor.model.page import Rendering

_ORNAMENT = re.compile(r"[^\w\s]+|\s+(?=\s)")


def generic_link_text(rendering: Rendering, *, phrases: tuple[str, ...]) -> Iterator[Outcome]:
    """No link is called by a phrase that would fit any destination.

    Args:
        rendering: the page in one viewport.
        phrases: texts that say nothing («läs mer»), lower-case.
    """
    empty = frozenset(phrases)
    for link in rendering.facts.links:
        if not link.name or not link.reachable:
            continue
        if " ".join(_ORNAMENT.sub(" ", link.name).lower().split()) in empty:
            yield failed(link, "generic", name=link.name)
        else:
            yield passed(link)

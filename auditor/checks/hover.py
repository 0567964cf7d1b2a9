"""Checks of what shows while the pointer rests on something."""

from collections.abc import Iterator

from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Rendering


def hover_content(rendering: Rendering) -> Iterator[Outcome]:
    """What shows while the pointer rests on something stays when the pointer moves onto it, and Escape closes it."""
    for hover in rendering.hovers or ():
        name = hover.name or hover.text or hover.tag
        if not hover.hoverable:
            yield failed(hover, "gone", name=name, content=hover.content)
        elif hover.floats and not hover.dismissible:
            yield cant_tell(hover, "stays", name=name, content=hover.content)
        else:
            yield passed(hover)

"""Checks of contrast besides that of text."""

from collections.abc import Iterator
from itertools import product

from auditor.derive.contrast import contrast
from auditor.model.facts import Paint
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Rendering


def non_text_contrast(rendering: Rendering, *, least: float = 3.0) -> Iterator[Outcome]:
    """Form fields and icon buttons stand out from what is around them.

    Args:
        rendering: the page.
        least: the contrast that WCAG 1.4.11 asks for.
    """
    for paint in rendering.facts.paints:
        best = _best(paint)
        name = paint.name or paint.tag
        if best is not None and best >= least:
            yield passed(paint)
        elif best is None or paint.unsure:
            yield cant_tell(paint, "field_unsure" if paint.kind == "field" else "icon_unsure", name=name)
        else:
            told = f"{int(best * 10) / 10:.1f}"
            yield failed(paint, "field" if paint.kind == "field" else "icon", name=name, ratio=told)


def _best(paint: Paint) -> float | None:
    """The best contrast that sets *paint* apart: edge or face against what is around, or edge against face."""
    beside = [colour for colour in (paint.backdrop, paint.fill) if colour]
    pairs = [*product(paint.edges, beside)]
    if paint.fill and paint.backdrop:
        pairs.append((paint.fill, paint.backdrop))
    return max((contrast(*pair) for pair in pairs), default=None)

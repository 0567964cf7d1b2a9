"""Charts as inline SVG.

Coordinates are percentages and there is no view box: a chart is as wide as its place while marks and texts keep their
size, on a phone as in print. Shape carries the meaning (circle phone, square desktop; hollow is the run before), the
style sheet gives colours. svg.py does not escape, so every text passes through ``_escaped``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import svg
from markupsafe import Markup, escape

from auditor.model.vocabulary import Viewport

_LANE_HEIGHT = 26
_CURVE_HEIGHT = 130
_CURVE_TOP = 12
_CURVE_BOTTOM = 112


def _escaped(text: str) -> str:
    return str(escape(text))


def _drawn(elements: list[svg.Element], *, height: int, label: str, kind: str) -> Markup:
    attributes = {"role": "img", "aria-label": _escaped(label)} if label else {"aria-hidden": "true"}
    picture = svg.SVG(
        xmlns=None, width=_percent(100), height=height, class_=[kind], elements=elements, extra=attributes
    )
    return Markup(picture.as_str())


def _percent(value: float) -> svg.Length:
    return svg.Length(round(value, 2), "%")


def mark(viewport: Viewport | None, value: float, y: float, *, hollow: bool = False) -> svg.Element:
    """The mark of *viewport*: a circle for the phone, a square for the desktop, a small dot for what is the same in
    both; *value* percent from the left."""
    classes = ["mark", str(viewport or "both"), *(["hollow"] if hollow else [])]
    if viewport is None:
        return svg.Circle(cx=_percent(value), cy=y, r=4, class_=classes)
    if viewport is Viewport.PHONE:
        return svg.Circle(cx=_percent(value), cy=y, r=5 if hollow else 6.5, class_=classes)
    half = 4.5 if hollow else 6
    return svg.Rect(
        x=_percent(value), y=y - half, width=2 * half, height=2 * half, transform=[svg.Translate(-half)], class_=classes
    )


def lane(viewport: Viewport, value: float | None, before: float | None, *, told: str, label: str) -> Markup:
    """One line of the dot plot.

    Args:
        viewport: gives the shape.
        value: 0 to 100; None draws no mark.
        before: the run before's value, drawn hollow.
        told: the value as written beside the mark.
        label: what a screen reader says.
    """
    y = _LANE_HEIGHT / 2
    elements: list[svg.Element] = [svg.Line(x1=_percent(0), x2=_percent(100), y1=y, y2=y, class_=["track"])]
    elements += [
        svg.Line(x1=_percent(at), x2=_percent(at), y1=y - 4, y2=y + 4, class_=["tick"]) for at in (0, 25, 50, 75, 100)
    ]
    if value is not None:
        if before is not None:
            elements.append(
                svg.Line(x1=_percent(before), x2=_percent(value), y1=y, y2=y, class_=["way", str(viewport)])
            )
            elements.append(mark(viewport, before, y, hollow=True))
        elements.append(mark(viewport, value, y))
        left = before is not None and before > value
        elements.append(
            svg.Text(
                text=_escaped(told),
                x=_percent(value),
                y=y,
                dx=-12 if left else 12,
                dy=5,
                text_anchor="end" if left else "start",
                class_=["value"],
            )
        )
    return _drawn(elements, height=_LANE_HEIGHT, label=label, kind="lane-chart")


def legend_mark(viewport: Viewport, *, hollow: bool = False) -> Markup:
    """A mark alone, for the legend."""
    picture = svg.SVG(
        xmlns=None,
        width=16,
        height=16,
        class_=["legend-mark"],
        elements=[mark(viewport, 50, 8, hollow=hollow)],
        extra={"aria-hidden": "true"},
    )
    return Markup(picture.as_str())


@dataclass(frozen=True)
class Curve:
    """Values over the runs, oldest first; None where nothing was tested."""

    viewport: Viewport | None
    """Gives the shape; None for what is the same in both."""
    values: Sequence[float | None]


SCORES: Mapping[float, str] = {0.0: "0", 50.0: "50", 100.0: "100"}


def curves(
    lines: Iterable[Curve], breaks: Iterable[int], *, label: str, levels: Mapping[float, str] = SCORES
) -> Markup:
    """Curves over the runs, one step per run.

    Args:
        lines: one per viewport, of one length.
        breaks: numbers of the runs before which rules or versions changed.
        label: what a screen reader says.
        levels: values that get a line across, with what is written beside it; the greatest is the top, 0 the bottom.
    """
    top = max(levels)
    drawn = list(lines)
    steps = max((len(line.values) for line in drawn), default=0)
    elements: list[svg.Element] = []
    for level, told in levels.items():
        y = _height(100 * level / top)
        elements.append(svg.Line(x1=_percent(0), x2=_percent(100), y1=y, y2=y, class_=["track"]))
        elements.append(
            svg.Text(text=_escaped(told), x=_percent(0), y=y, dx=-8, dy=4, text_anchor="end", class_=["axis"])
        )
    for number in breaks:
        x = (_across(number, steps) + _across(number - 1, steps)) / 2
        elements.append(
            svg.Line(x1=_percent(x), x2=_percent(x), y1=_CURVE_TOP - 6, y2=_CURVE_BOTTOM + 6, class_=["break"])
        )
    for line in drawn:
        elements += _curve(line, steps, top)
    return _drawn(elements, height=_CURVE_HEIGHT, label=label, kind="curve-chart")


_SPARK_WIDTH, _SPARK_HEIGHT = 96, 24


def spark(values: Sequence[float], *, label: str) -> Markup:
    """A small line over the runs, from 0 to the greatest value, with a mark at the last one; 96 × 24 pixels.

    Args:
        values: oldest first; at least one.
        label: what a screen reader says.
    """
    top, steps = max(*values, 1), len(values)

    def height(value: float) -> float:
        return round(_SPARK_HEIGHT - 4 - (_SPARK_HEIGHT - 8) * value / top, 1)

    elements: list[svg.Element] = [
        svg.Line(
            x1=_percent(_across(index, steps)),
            x2=_percent(_across(index + 1, steps)),
            y1=height(before),
            y2=height(after),
            class_=["line", "both"],
        )
        for index, (before, after) in enumerate(pairwise(values))
    ]
    elements.append(
        svg.Circle(cx=_percent(_across(steps - 1, steps)), cy=height(values[-1]), r=3, class_=["mark", "both"])
    )
    picture = svg.SVG(
        xmlns=None,
        width=_SPARK_WIDTH,
        height=_SPARK_HEIGHT,
        class_=["spark"],
        elements=elements,
        extra={"role": "img", "aria-label": _escaped(label)},
    )
    return Markup(picture.as_str())


def _across(index: int, steps: int) -> float:
    return 50.0 if steps < 2 else 100 * index / (steps - 1)


def _height(value: float) -> float:
    return round(_CURVE_BOTTOM - (_CURVE_BOTTOM - _CURVE_TOP) * value / 100, 1)


def _curve(line: Curve, steps: int, top: float) -> Iterator[svg.Element]:
    points = [
        (_across(index, steps), None if value is None else 100 * value / top) for index, value in enumerate(line.values)
    ]
    for (x1, before), (x2, after) in pairwise(points):
        if before is not None and after is not None:
            yield svg.Line(
                x1=_percent(x1),
                x2=_percent(x2),
                y1=_height(before),
                y2=_height(after),
                class_=["line", str(line.viewport or "both")],
            )
    for x, value in points:
        if value is not None:
            yield mark(line.viewport, x, _height(value))


_FORK_HEIGHT = 44
_THINNEST, _THICKEST = 2.0, 12.0


def fork(wrong: float, right: float) -> Markup:
    """A way that parts in two: to the left the link that won, to the right the one that lost, dashed.

    Args:
        wrong: share of the clicks that the left one got, 0 to 1: as thick as it is drawn.
        right: share that the right one got.
    """
    height, turn = _FORK_HEIGHT, _FORK_HEIGHT / 2
    elements: list[svg.Element] = [
        svg.Line(x1=_percent(50), x2=_percent(50), y1=0, y2=turn, class_=["fork-line"], stroke_width=_THINNEST),
    ]
    for kind, share, end in (("wrong", wrong, 25.0), ("right", right, 75.0)):
        width = round(_THINNEST + (_THICKEST - _THINNEST) * min(max(share, 0.0), 1.0), 1)
        for x1, x2, y1, y2 in ((50.0, end, turn, turn), (end, end, turn, height)):
            elements.append(
                svg.Line(x1=_percent(x1), x2=_percent(x2), y1=y1, y2=y2, class_=["fork-line", kind], stroke_width=width)
            )
    return _drawn(elements, height=height, label="", kind="fork-chart")


def gain(before: float, after: float) -> Markup:
    """How many arrive before and after a change, as a bar that grows.

    Args:
        before: share, 0 to 1.
        after: share, 0 to 1.
    """
    elements: list[svg.Element] = [
        svg.Rect(x=0, y=0, width=_percent(100), height=10, class_=["gain-all"]),
        svg.Rect(x=0, y=0, width=_percent(100 * after), height=10, class_=["gain-after"]),
        svg.Rect(x=0, y=0, width=_percent(100 * before), height=10, class_=["gain-before"]),
    ]
    return _drawn(elements, height=10, label="", kind="gain-chart")

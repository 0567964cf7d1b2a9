"""Charts: shapes that tell phone from desktop, texts that cannot break out."""

from auditor.model.vocabulary import Viewport
from auditor.reporting.charts import Curve, curves, lane, legend_mark


def test_shape_tells_the_viewport() -> None:
    assert "<circle" in lane(Viewport.PHONE, 50, None, told="50", label="a")
    assert "<rect" in lane(Viewport.DESKTOP, 50, None, told="50", label="a")
    assert "hollow" in legend_mark(Viewport.PHONE, hollow=True)


def test_the_run_before_is_hollow() -> None:
    assert lane(Viewport.PHONE, 50, 40, told="50", label="a").count("hollow") == 1
    assert "hollow" not in lane(Viewport.PHONE, 50, None, told="50", label="a")


def test_nothing_tested_draws_no_mark() -> None:
    assert "mark" not in lane(Viewport.PHONE, None, 40, told="–", label="a")


def test_texts_are_escaped() -> None:
    drawn = lane(Viewport.PHONE, 50, None, told="<b>&", label='"><script>')
    assert "<b>" not in drawn
    assert "<script>" not in drawn


def test_a_gap_in_a_curve_stays_a_gap() -> None:
    drawn = curves([Curve(Viewport.PHONE, [10, None, 30, 40])], [2], label="a")
    assert drawn.count('class="line phone"') == 1
    assert drawn.count("<circle") == 3
    assert drawn.count('class="break"') == 1


def test_curves_of_one_run_or_none() -> None:
    assert 'cx="50.0%"' in curves([Curve(Viewport.PHONE, [10])], [], label="a")
    assert "<circle" not in curves([], [], label="a")

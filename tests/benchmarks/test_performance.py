"""The document of figures: each part takes its own place and leaves the others'."""

from benchmarks.nightly import Measured
from benchmarks.performance import Figure, with_section, written


def test_a_part_takes_its_own_place() -> None:
    night = written("A night", "A night.", "one", [Figure("a", "20", "21", met=True), Figure("b", "", "3")])
    floor = written("Beside the floor", "The floor.", "two", [Figure("c", "0.9", "0.8", met=False)])
    document = with_section(with_section("", "A night", night), "Beside the floor", floor)
    assert document.index("The floor.") < document.index("A night.")
    assert "| a | 20 | 21 | reached |" in document
    assert "| b |  | 3 |  |" in document
    assert "| c | 0.9 | 0.8 | **not reached** |" in document
    later = written("A night", "A night.", "three", [Figure("a", "20", "19", met=False)])
    again = with_section(document, "A night", later)
    assert "| a | 20 | 19 | **not reached** |" in again
    assert "21" not in again
    assert again.count("## ") == 2
    assert with_section(again, "A night", later) == again


def test_a_night_is_set_beside_the_cold_run_by_the_clock_and_by_the_work_done() -> None:
    cold = [{"seconds": 1.0, "own": 1.0, "others": 1.0}, {"seconds": 100.0, "own": 20.0, "others": 160.0}]
    nights = [{"seconds": seconds, "own": 2.0, "others": 7.0} for seconds in (4.0, 5.0, 50.0)]
    measured = Measured(cold, nights)
    assert measured.ratio == 20
    assert measured.work_ratio == 20

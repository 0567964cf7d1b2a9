"""Which runs keep their pages and pictures."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from auditor.retention import Dated, Keep, kept
from tests.builders import REPEATABLE

HERE = ZoneInfo("Europe/Stockholm")
KEEP = Keep(daily=7, weekly=4, monthly=6)


def night(day: date, hour: int = 3) -> Dated:
    """A run at *hour* on *day*."""
    return Dated(f"{day.isoformat()}-{hour}", datetime(day.year, day.month, day.day, hour, 15, tzinfo=HERE))


def nights(first: date, number: int) -> list[Dated]:
    return [night(first + timedelta(days=count)) for count in range(number)]


def test_a_year_of_nights_is_thinned_to_days_weeks_and_months() -> None:
    runs = nights(date(2025, 1, 1), 365)
    staying = {run_id[:10] for run_id in kept(runs, KEEP, date(2025, 12, 31), HERE)}
    assert staying == {
        *(f"2025-12-{day}" for day in range(25, 32)),
        *("2025-12-21", "2025-12-14", "2025-12-28"),
        *("2025-07-31", "2025-08-31", "2025-09-30", "2025-10-31", "2025-11-30"),
        "2025-01-01",
    }


@REPEATABLE
@given(
    st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    st.integers(30, 400),
    st.builds(Keep, daily=st.integers(1, 20), weekly=st.integers(0, 10), monthly=st.integers(0, 12)),
)
def test_thinning_every_night_keeps_as_much_as_thinning_once(first: date, number: int, keep: Keep) -> None:
    runs, left = nights(first, number), list[Dated]()
    for run in runs:
        left.append(run)
        today = run.started_at.date()
        staying = kept(left, keep, today, HERE)
        left = [one for one in left if one.id in staying]
    assert {run.id for run in left} == kept(runs, keep, runs[-1].started_at.date(), HERE)


@REPEATABLE
@given(st.sets(st.integers(0, 2000), min_size=1, max_size=60))
def test_the_first_run_and_the_last_two_always_stay(days: set[int]) -> None:
    runs = [night(date(2022, 1, 1) + timedelta(days=day)) for day in sorted(days)]
    staying = kept(runs, Keep(daily=1, weekly=0, monthly=0), date(2030, 1, 1), HERE)
    assert staying == {run.id for run in (runs[0], *runs[-2:])}


def test_of_several_runs_of_one_day_the_last_stays() -> None:
    day = date(2026, 11, 20)
    runs = [
        *nights(date(2026, 11, 1), 19),
        night(day, 3),
        night(day, 12),
        night(day, 22),
        *nights(date(2026, 11, 21), 2),
    ]
    staying = kept(runs, Keep(daily=30, weekly=0, monthly=0), date(2026, 11, 22), HERE)
    assert {"2026-11-20-22"} == {run_id for run_id in staying if run_id.startswith("2026-11-20")}


def test_a_run_belongs_to_the_day_of_the_time_zone() -> None:
    late = Dated("late", datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    early = Dated("early", datetime(2026, 7, 1, 1, 30, tzinfo=UTC))
    fill = nights(date(2026, 7, 2), 3)
    keep = Keep(daily=30, weekly=0, monthly=0)
    runs = [night(date(2026, 6, 1)), late, early, *fill]
    assert "late" not in kept(runs, keep, date(2026, 7, 4), HERE)
    assert "late" in kept(runs, keep, date(2026, 7, 4), UTC)


def test_a_run_from_the_future_stays() -> None:
    runs = [*nights(date(2026, 1, 1), 30), night(date(2031, 1, 1)), *nights(date(2031, 1, 2), 2)]
    assert "2031-01-01-3" in kept(runs, Keep(daily=1, weekly=0, monthly=0), date(2026, 1, 30), HERE)


def test_first_and_last_are_those_that_were_made_so_whatever_the_clock_said() -> None:
    slow = [night(date(2020, 1, day)) for day in (1, 2)]
    runs = [*nights(date(2026, 5, 1), 30), *slow, night(date(2026, 7, 1))]
    staying = kept(runs, Keep(daily=1, weekly=0, monthly=0), date(2026, 7, 1), HERE)
    assert staying == {"2026-05-01-3", "2020-01-02-3", "2026-07-01-3"}

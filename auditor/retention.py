"""Runs → those whose pages and pictures are kept: one a day, then one a week, then one a month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo


@dataclass(frozen=True, slots=True)
class Dated:
    """A run and when it began."""

    id: str
    started_at: datetime
    """Aware of its time zone."""


@dataclass(frozen=True, slots=True)
class Keep:
    """How many days, weeks and months back a run of each is kept."""

    daily: int
    weekly: int
    monthly: int


def kept(runs: Sequence[Dated], keep: Keep, today: date, zone: tzinfo) -> set[str]:
    """Ids of the runs whose details are kept.

    The last run of each of the last *daily* days, of each of the last *weekly* weeks (Monday to Sunday) and of each of
    the last *monthly* months, today's own included; always the first run, which later ones are measured against, and
    the last two, since the next run is compared with the last one. A run that is dated after today is kept: a clock
    that went wrong must not cost anybody a run.

    Args:
        runs: all runs of one site that came to an end, in the order in which they were made, whatever the clock said.
        keep: how far back.
        today: the day in *zone*.
        zone: decides which day a run belongs to.
    """
    ordered = sorted(runs, key=lambda run: (run.started_at, run.id))
    days = [(run, run.started_at.astimezone(zone).date()) for run in ordered]
    chosen = {run.id for run in (*runs[:1], *runs[-2:])} | {run.id for run, day in days if day > today}
    chosen |= _last((run.id, day.toordinal()) for run, day in days if today.toordinal() - day.toordinal() < keep.daily)
    chosen |= _last((run.id, _week(day)) for run, day in days if _week(today) - _week(day) < keep.weekly)
    chosen |= _last((run.id, _month(day)) for run, day in days if _month(today) - _month(day) < keep.monthly)
    return chosen


def _last(numbered: Iterable[tuple[str, int]]) -> set[str]:
    """The last id of each number."""
    return set({number: run for run, number in numbered}.values())


def _week(day: date) -> int:
    """Weeks since some Monday; unlike a week's number it has no gap at the turn of the year."""
    return (day.toordinal() - 1) // 7


def _month(day: date) -> int:
    return day.year * 12 + day.month

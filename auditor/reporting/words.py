"""The report's own words: texts, plural forms, dates and numbers in the report's language."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from auditor.content import content
from auditor.model.figures import FigureKind
from auditor.model.finding import IssueState
from auditor.model.score import whole
from auditor.model.vocabulary import Area, Language, OutcomeKind, Severity, Viewport
from auditor.yamlfile import loaded

_NO_BREAK = "\N{NO-BREAK SPACE}"
_SWEDEN = ZoneInfo("Europe/Stockholm")
DASH = "–"


@cache
def load_strings(language: Language) -> dict[str, Any]:
    """The texts of *language*, as a flat table: ``start.first`` → text, or plural form → text."""
    path = content("reports") / "templates" / f"strings.{language}.yaml"
    return dict(_flat(loaded(path.read_text(encoding="utf-8")), ""))


def _flat(tree: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, dict) and set(value) != {"one", "other"}:
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _here(when: datetime) -> datetime:
    """*when* by the clocks in Sweden; one that does not tell its zone stays as it is."""
    return when if when.tzinfo is None else when.astimezone(_SWEDEN)


class Words:
    """Speaks one language. A missing text raises KeyError: no page is written with a hole in it."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._strings = load_strings(language)
        self._months = str(self._strings["months"]).split()

    def __call__(self, key: str, n: int | None = None, **values: object) -> str:
        """The text *key* with its placeholders filled in; *n* chooses the plural form."""
        text = self._strings[key]
        if isinstance(text, dict):
            text = text["one" if n == 1 else "other"]
        told = {name: self.number(value) if type(value) is int else value for name, value in values.items()}
        return str(text).format(**told, n="" if n is None else self.number(n))

    def known(self, key: str, default: str) -> str:
        """The text *key*, or *default* if there is none: for keys that come with the data."""
        return str(self._strings.get(key, default))

    def area(self, area: Area) -> str:
        return self(f"area.{area}")

    def severity(self, severity: Severity) -> str:
        return self(f"severity.{severity}")

    def viewport(self, viewport: Viewport | None) -> str:
        return self(f"viewport.{viewport or 'any'}")

    def viewports(self, viewports: Iterable[Viewport]) -> str:
        """For example: mobil och dator."""
        return self.joined(self.viewport(viewport) for viewport in viewports)

    def state(self, state: IssueState) -> str:
        return self(f"state.{state.name.lower()}")

    def outcome(self, kind: OutcomeKind) -> str:
        return self(f"outcome.{kind}")

    def number(self, value: float) -> str:
        """A whole number with its thousands apart."""
        return f"{round(value):,}".replace(",", _NO_BREAK if self.language is Language.SWEDISH else ",")

    def decimal(self, value: float) -> str:
        """A number with two decimals."""
        return f"{value:.2f}".replace(".", "," if self.language is Language.SWEDISH else ".")

    def score(self, value: float | None) -> str:
        """0 to 100 as a whole number, or a dash; 100 and 0 are said only of what is exactly that."""
        return DASH if value is None else str(whole(value))

    def percent(self, share: float) -> str:
        """A share of 1 as whole percents; 100 and 0 are said only of what is exactly that."""
        sign = f"{_NO_BREAK}%" if self.language is Language.SWEDISH else "%"
        return f"{whole(100 * share)}{sign}"

    def figure(self, kind: FigureKind, value: float) -> str:
        """A figure's value: a share in percent, a whole number, or two decimals."""
        if kind.is_share:
            return self.percent(value)
        if value == round(value):
            return self.number(value)
        return f"{value:.2f}".replace(".", self("decimal_sign"))

    def date(self, iso: str) -> str:
        """For example: 14 november 2026. What is no date comes back as it is."""
        try:
            day = _here(datetime.fromisoformat(iso)).date() if "T" in iso else date.fromisoformat(iso[:10])
        except ValueError:
            return iso
        return f"{day.day}{_NO_BREAK}{self._months[day.month - 1]} {day.year}"

    def moment(self, iso: str) -> str:
        """Date and Swedish time, for example: 14 november 2026 kl. 02.16.

        The hour that is there twice when summer ends is told with its distance from UTC.
        """
        try:
            when = _here(datetime.fromisoformat(iso))
        except ValueError:
            return iso
        if "T" not in iso:
            return self.date(iso)
        clock = when.strftime(self("clock"))
        if when.replace(fold=0).utcoffset() != when.replace(fold=1).utcoffset():
            zone = when.strftime("%z")
            clock += f" (UTC{zone[:3]}:{zone[3:5]})"
        return self("moment", date=self.date(iso), clock=clock)

    def joined(self, parts: Iterable[str]) -> str:
        """For example: a, b och c."""
        items = list(parts)
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self('and')} {items[-1]}"

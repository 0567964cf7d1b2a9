"""What every rule said of every page, packed: a byte per rule, so that it fits in memory for a site of any size."""

from auditor.model.outcome import RuleResult
from auditor.model.vocabulary import OutcomeKind, Viewport

_KINDS = tuple(OutcomeKind)


class Said:
    """Results without their outcomes, by page and viewport."""

    def __init__(self) -> None:
        self._columns: dict[str, int] = {}
        self._rows: dict[tuple[str, Viewport | None], bytearray] = {}

    def add(self, result: RuleResult) -> None:
        """Keeps what *result* says."""
        column = self._columns.setdefault(result.rule, len(self._columns))
        row = self._rows.setdefault((result.url, result.viewport), bytearray())
        if len(row) <= column:
            row.extend(bytes(column + 1 - len(row)))
        row[column] = _KINDS.index(result.kind) + 1

    def of(self, rule: str, url: str, viewport: Viewport | None) -> OutcomeKind | None:
        """What *rule* said of the page at *url* in *viewport*; None if nothing was added of that."""
        column = self._columns.get(rule)
        row = self._rows.get((url, viewport), b"")
        return _KINDS[row[column] - 1] if column is not None and column < len(row) and row[column] else None

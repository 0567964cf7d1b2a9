"""What every rule said of every page, packed: a byte per rule, so that it fits in memory for a site of any size."""

from collections.abc import Iterable

from auditor.model.vocabulary import OutcomeKind, Viewport

_KINDS = tuple(OutcomeKind)
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS, 1)}


class Said:
    """Results without their outcomes, by page and viewport."""

    def __init__(self) -> None:
        self._columns: dict[str, int] = {}
        self._rows: dict[tuple[str, Viewport | None], bytes] = {}

    def packed(self, results: Iterable[tuple[str, OutcomeKind]]) -> bytes:
        """What rules say of some page, rule by rule: to be given to `add` for each page of which they say it."""
        row = bytearray()
        for rule, kind in results:
            column = self._columns.setdefault(rule, len(self._columns))
            if len(row) <= column:
                row.extend(bytes(column + 1 - len(row)))
            row[column] = _NUMBERS[kind]
        return bytes(row)

    def add(self, url: str, viewport: Viewport | None, packed: bytes) -> None:
        """Keeps what is *packed* of the page at *url* in *viewport*, besides what was said of it before."""
        before = self._rows.get((url, viewport))
        if before:
            longest = max(len(before), len(packed))
            old, new = before.ljust(longest, b"\0"), packed.ljust(longest, b"\0")
            packed = bytes(later or earlier for earlier, later in zip(old, new, strict=True))
        self._rows[url, viewport] = packed

    def of(self, rule: str, url: str, viewport: Viewport | None) -> OutcomeKind | None:
        """What *rule* said of the page at *url* in *viewport*; None if nothing was added of that."""
        column = self._columns.get(rule)
        row = self._rows.get((url, viewport), b"")
        return _KINDS[row[column] - 1] if column is not None and column < len(row) and row[column] else None

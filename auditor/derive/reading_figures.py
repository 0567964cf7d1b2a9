"""How heavy a site's Swedish pages are to read, all together: figures for a trend, never a verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.derive.answers import is_read
from auditor.derive.readability import Readability
from auditor.model.site import PageSummary

_LEAST_WORDS = 100


@dataclass(frozen=True, kw_only=True)
class ReadingFigures:
    """Middle values over the pages with at least a hundred words of Swedish running text."""

    pages: int
    lix: float
    """The median; below, the quartiles."""
    lix_low: float
    lix_high: float
    sentence_length: float
    """Words per sentence, the median."""
    long_words: float
    """Share of words of more than six letters, 0 to 1, the median."""


def reading_figures(pages: Iterable[PageSummary]) -> ReadingFigures | None:
    """The figures of *pages*; None if none of them has text enough."""
    measured = [
        Readability(*page.reading)
        for page in pages
        if is_read(page) and page.query is None and page.reading[0] >= _LEAST_WORDS
    ]
    if not measured:
        return None
    lix = sorted(figures.lix for figures in measured)
    return ReadingFigures(
        pages=len(measured),
        lix=_at(lix, 0.5),
        lix_low=_at(lix, 0.25),
        lix_high=_at(lix, 0.75),
        sentence_length=_at(sorted(figures.sentence_length for figures in measured), 0.5),
        long_words=_at(sorted(figures.long_words / figures.words for figures in measured), 0.5),
    )


def _at(ranked: Sequence[float], share: float) -> float:
    """The value below which *share* of *ranked* lies, between neighbours in proportion."""
    place = share * (len(ranked) - 1)
    low = int(place)
    high = min(low + 1, len(ranked) - 1)
    return ranked[low] + (ranked[high] - ranked[low]) * (place - low)

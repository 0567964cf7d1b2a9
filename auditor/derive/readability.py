"""How heavy Swedish running text is to read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:[-’':.][^\W_]+)*")
_END = re.compile(r"[.!?…]+[”\"'»)]*\s+(?=[”\"'»(–-]*[A-ZÅÄÖÉ0-9])|:\s+(?=[A-ZÅÄÖÉ])|[.!?…]+[”\"'»)]*$")
_ABBREVIATION = re.compile(
    r"\b(?:t\.?\s?ex|bl\.?\s?a|d\.?\s?v\.?\s?s|m\.?\s?m|o\.?\s?s\.?\s?v|fr\.?\s?o\.?\s?m|t\.?\s?o\.?\s?m|kl|nr|ca|st|resp|s\.?\s?k"
    r"|f\.?\s?d|inkl|exkl|max|min|tel|jfr|ev|kap|\d)\.$",
    re.IGNORECASE,
)
_LONGEST_ABBREVIATION = 16
"""Characters: more than any that is known fills, spaces included."""


@dataclass(frozen=True)
class Readability:
    """Figures of one text."""

    words: int
    sentences: int
    long_words: int
    """Words of more than six letters."""

    @property
    def sentence_length(self) -> float:
        """Words per sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def lix(self) -> float:
        """Läsbarhetsindex: words per sentence plus the percentage of words of more than six letters.

        C. H. Björnsson, Läsbarhet, 1968. Below 30 very easy, 30–40 easy, 40–50 medium, 50–60 hard, above 60 very hard.
        """
        return self.sentence_length + 100 * self.long_words / self.words if self.words else 0.0


def readability(paragraphs: Iterable[str]) -> Readability:
    """The figures of running text; a paragraph's end ends a sentence, an abbreviation's full stop does not."""
    words = sentences = long_words = 0
    for paragraph in paragraphs:
        for sentence in split_sentences(paragraph):
            found = _WORD.findall(sentence)
            if found:
                sentences += 1
                words += len(found)
                long_words += sum(sum(char.isalpha() for char in word) > 6 for word in found)
    return Readability(words, sentences, long_words)


def split_sentences(text: str) -> list[str]:
    """*text* cut where sentences end."""
    parts: list[str] = []
    begin = 0
    for match in _END.finditer(text):
        piece = text[begin : match.end()].strip()
        if match.end() == len(text) or not _is_abbreviated(piece):
            parts.append(piece)
            begin = match.end()
    rest = text[begin:].strip()
    return [*parts, rest] if rest else parts


def _is_abbreviated(piece: str) -> bool:
    """Whether *piece* ends in the full stop of an abbreviation, which are short."""
    return piece.endswith(".") and bool(_ABBREVIATION.search(piece, max(0, len(piece) - _LONGEST_ABBREVIATION)))

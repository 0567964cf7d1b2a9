"""Whether our typing errors look like those that people made."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from auditor.sitesearch.typos import KINDS, edit_of, typo
from auditor.text.dictionary import Dictionary

_THIRDS = 3


@dataclass(frozen=True)
class Edits:
    """Edits between what was typed and what was meant."""

    name: str
    pairs: int
    one_edit: int
    kinds: Sequence[float]
    """Share of each kind, in the order of KINDS."""
    thirds: Sequence[float]
    """Share in each third of the word."""
    first_letter: float


def read_pairs(path: Path) -> list[tuple[str, str]]:
    """Typed and meant, where both are one word of letters and differ in more than case.

    Raises:
        OSError: the file cannot be read.
    """
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [(row[0].strip().casefold(), row[1].strip().casefold()) for row in rows if len(row) == 2]
    return [(typed, meant) for typed, meant in pairs if typed != meant and typed.isalpha() and meant.isalpha()]


def measure(pairs: Sequence[tuple[str, str]], dictionary: Dictionary | None, seed: int = 0) -> list[Edits]:
    """People's edits, and ours on the same words and on Swedish ones."""
    chance = np.random.default_rng(seed)
    words = dictionary.words if dictionary else frozenset()
    theirs = [(meant, typo(meant, chance, lambda one: one in words)) for _, meant in pairs]
    return [
        _counted("people's", pairs),
        _counted("ours", [(made, meant) for meant, made in theirs if made]),
    ]


def _counted(name: str, pairs: Iterable[tuple[str, str]]) -> Edits:
    kept = list(pairs)
    found = [edit for typed, meant in kept if (edit := edit_of(typed, meant))]
    kinds = Counter(kind for kind, _ in found)
    thirds = Counter(min(_THIRDS - 1, int(place * _THIRDS)) for _, place in found)
    total = len(found) or 1
    return Edits(
        name,
        len(kept),
        len(found),
        [kinds[kind] / total for kind in KINDS],
        [thirds[third] / total for third in range(_THIRDS)],
        sum(place == 0 for _, place in found) / total,
    )

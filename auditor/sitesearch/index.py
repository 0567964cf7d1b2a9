"""Our own search over the pages of a run: BM25, alone or together with a semantic space.

BM25 as in Robertson & Zaragoza (2009): a term's weight grows with its frequency in the document, ever less (k1), and is
taken relative to the document's length (b). Documents are bags of terms with weights, where parts of compounds count
less than the whole word; a title counts as if it were said several times.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from auditor.findability.space import SemanticSpace
from auditor.text.analyzer import Analyzer, Bag

K1, B = 1.2, 0.75
"""The usual values (Robertson & Zaragoza 2009, section 3.2: 1.2 to 2, and 0.5 to 0.8)."""
TITLE_TIMES = 3.0
"""How often a title counts."""
SEMANTIC_SHARE = 0.4
"""Weight of semantic likeness in the hybrid, beside 1 for the normalised score of the words."""
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


class ReferenceSearch:
    """What the site's search could find, if it knew Swedish: our own search over the same pages."""

    def __init__(self, documents: Sequence[Document], analyzer: Analyzer, *, hybrid: bool = False) -> None:
        """Indexes *documents*.

        Args:
            documents: one for each address.
            analyzer: makes terms of texts.
            hybrid: also by semantic likeness, learnt from the documents themselves.
        """
        self._analyzer = analyzer
        self.documents = tuple(documents)
        bags = [self._bag(document) for document in self.documents]
        self._words = Bm25(bags)
        self._space = SemanticSpace.learn(bags) if hybrid and len(bags) > 1 else None
        self._places = self._space.semantic(bags) if self._space else None

    def _bag(self, document: Document) -> Bag:
        bag = self._analyzer.bag(document.text)
        for term, weight in self._analyzer.bag(document.title).items():
            bag[term] = bag.get(term, 0.0) + TITLE_TIMES * weight
        return bag

    def scores(self, query: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """The score of every document for *query*, in the documents' order."""
        bag = self._analyzer.bag(query, related=True)
        words = self._words.scores(bag)
        if self._space is None or self._places is None:
            return words
        likeness = np.maximum(self._places @ self._space.semantic([bag])[0], 0.0)
        best = words.max() if len(words) else 0.0
        return np.asarray((words / best if best > 0 else words) + SEMANTIC_SHARE * likeness, dtype=np.float64)

    def search(self, query: str, most: int = 20) -> list[tuple[str, float]]:
        """Addresses and scores for *query*, best first, at most *most*; equal scores in order of address."""
        scores = self.scores(query)
        found = [(self.documents[number].url, float(scores[number])) for number in np.flatnonzero(scores > 0)]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:most]

"""A semantic space learnt from a site's own pages: latent semantic analysis.

Deerwester et al. (1990): documents × terms, weighted by tf-idf, cut to its largest singular values. Terms that occur in
like company come to lie close together, so that «hyra» and «boka» are near without sharing a letter.
"""

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from auditor.findability.singular import largest
from auditor.text.analyzer import Bag

Vectors = npt.NDArray[np.float32]
DIMENSIONS = 300
"""Landauer & Dumais (1997) found about 300 best; small sites get fewer, a quarter of their pages."""
_PAGES_PER_DIMENSION = 4
_FEWEST_DIMENSIONS = 8
_RAREST = 3
"""A term must stand in this many pages for its company to say anything; where the site is small, one is enough."""
_SMALL_SITE = 500
_NOTHING = 1e-9


class SemanticSpace:
    """Places bags of terms in the space. Bags without a known term lie at the origin: they are like nothing."""

    def __init__(self, terms: Mapping[str, int], idf: npt.NDArray[np.float64], values: Vectors, right: Vectors) -> None:
        """Takes over a learnt space.

        Args:
            terms: term → column.
            idf: weight of each term.
            values: singular values, the largest first.
            right: their right vectors, one row each.
        """
        self._terms = terms
        self._idf = idf
        self.documents = sparse.csr_matrix((0, len(terms)))
        """The pages that it was learnt from, as `lexical` gives them."""
        self._root = np.sqrt(values)
        # Laid out as scipy multiplies by it, with weights of double precision: else each product makes a copy of it.
        self._projection = np.ascontiguousarray(right.T * self._root, dtype=np.float64)

    @classmethod
    def learn(cls, documents: Sequence[Bag], dimensions: int = DIMENSIONS) -> "SemanticSpace":
        """The space of *documents*, one bag a page."""
        frequency = Counter(term for bag in documents for term in bag)
        rarest = _RAREST if len(documents) > _SMALL_SITE else 1
        kept = sorted(term for term, number in frequency.items() if number >= rarest)
        terms = {term: column for column, term in enumerate(kept)}
        idf = np.array([math.log(len(documents) / frequency[term]) for term in kept])
        space = cls(terms, idf, np.zeros(0, np.float32), np.zeros((0, len(kept)), np.float32))
        matrix = space.lexical(documents)
        most = min(dimensions, max(_FEWEST_DIMENSIONS, len(documents) // _PAGES_PER_DIMENSION), min(matrix.shape) - 1)
        if most >= 1 and matrix.nnz:
            space = cls(terms, idf, *largest(matrix.astype(np.float32), most))
        space.documents = matrix
        return space

    def lexical(self, bags: Sequence[Bag]) -> sparse.csr_matrix:
        """*bags* as rows of tf-idf weights of length one, over the space's terms."""
        indices, weights, ends = array("i"), array("d"), array("l", [0])
        for bag in bags:
            row = [
                (column, math.log2(1 + weight) * self._idf[column])
                for term, weight in bag.items()
                if (column := self._terms.get(term)) is not None
            ]
            length = math.sqrt(sum(weight * weight for _, weight in row)) or 1.0
            indices.extend(column for column, _ in row)
            weights.extend(weight / length for _, weight in row)
            ends.append(len(indices))
        return sparse.csr_matrix(
            (np.array(weights), np.array(indices, dtype=np.int32), np.array(ends)), shape=(len(bags), len(self._terms))
        )

    def semantic(self, bags: Sequence[Bag]) -> Vectors:
        """*bags* as rows of length one (or zero) in the space; see `placed`."""
        return self.placed(self.lexical(bags))[0]

    def placed(self, rows: sparse.csr_matrix) -> tuple[Vectors, Vectors]:
        """Texts as rows of length one (or zero) in the space, narrowly and broadly.

        Narrowly, singular values weigh by their square root, halfway to the likeness of contexts. Broadly, the large
        ones weigh fully, as in the likeness of terms, so that what counts is the field that a text belongs to.

        Args:
            rows: the texts as `lexical` gives them.
        """
        narrow = np.asarray(rows @ self._projection, dtype=np.float32)
        return _of_length_one(narrow), _of_length_one(narrow * self._root)


def _of_length_one(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths < _NOTHING] = 1.0
    return np.asarray(rows / lengths, dtype=np.float32)

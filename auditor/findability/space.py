"""A semantic space learnt from a site's own pages: latent semantic analysis.

Deerwester et al. (1990): documents × terms, weighted by tf-idf, cut to its largest singular values. Terms that occur in
like company come to lie close together, so that «hyra» and «boka» are near without sharing a letter.
"""

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

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
_AT_ONCE = 2048
"""Texts that are placed at a time in double precision: five megabytes."""


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
        self._projection = np.empty(right.T.shape)
        np.multiply(right.T, self._root, out=self._projection)

    @classmethod
    def learn(cls, documents: Iterable[Bag], dimensions: int = DIMENSIONS) -> "SemanticSpace":
        """The space of *documents*, one bag a page; they are asked for one by one, and none of them is kept."""
        bags = _Bags(documents)
        frequency = np.bincount(bags.terms, minlength=len(bags.vocabulary)).tolist()
        rarest = _RAREST if len(bags) > _SMALL_SITE else 1
        counted = zip(bags.vocabulary, frequency, strict=True)
        kept = {term: number for term, number in sorted(counted) if number >= rarest}
        terms = {term: column for column, term in enumerate(kept)}
        idf = np.array([math.log(len(bags) / number) for number in kept.values()])
        space = cls(terms, idf, np.zeros(0, np.float32), np.zeros((0, len(kept)), np.float32))
        matrix = space._rows(bags)
        most = min(dimensions, max(_FEWEST_DIMENSIONS, len(bags) // _PAGES_PER_DIMENSION), min(matrix.shape) - 1)
        if most >= 1 and matrix.nnz:
            space = cls(terms, idf, *largest(matrix.astype(np.float32), most))
        space.documents = matrix
        return space

    def lexical(self, bags: Iterable[Bag]) -> sparse.csr_matrix:
        """*bags* as rows of tf-idf weights of length one, over the space's terms."""
        return self._rows(_Bags(bags))

    def _rows(self, bags: "_Bags") -> sparse.csr_matrix:
        columns = np.array([self._terms.get(term, -1) for term in bags.vocabulary], dtype=np.int32)[bags.terms]
        known = columns >= 0
        ends = np.concatenate([[0], np.cumsum(known)])[bags.ends]
        columns = columns[known]
        levels, level = np.unique(bags.weights[known], return_inverse=True)  # few: words are said once or twice
        weights = np.array([math.log2(1 + weight) for weight in levels.tolist()])[level] * self._idf[columns]
        squares = (weights * weights).tolist()
        lengths = [math.sqrt(sum(squares[start:end])) or 1.0 for start, end in pairwise(ends.tolist())]
        weights /= np.repeat(lengths, np.diff(ends))
        return sparse.csr_matrix((weights, columns, ends), shape=(len(bags), len(self._terms)))

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
        narrow = np.empty((rows.shape[0], len(self._root)), dtype=np.float32)
        for start in range(0, len(narrow), _AT_ONCE):
            narrow[start : start + _AT_ONCE] = rows[start : start + _AT_ONCE] @ self._projection
        return _of_length_one(narrow), _of_length_one(narrow * self._root)


class _Bags:
    """Many bags in little room."""

    def __init__(self, bags: Iterable[Bag]) -> None:
        self.vocabulary = _Numbers()
        """Term → number, in the order in which they were met."""
        terms, weights, ends = array("i"), array("d"), array("q", [0])
        for bag in bags:
            terms.extend(map(self.vocabulary.__getitem__, bag))
            weights.extend(bag.values())
            ends.append(len(terms))
        self.terms = np.array(terms, dtype=np.int32)
        self.weights = np.array(weights, dtype=np.float64)
        self.ends = np.array(ends, dtype=np.int64)
        """Terms and weights of bag b are those from ends[b] up to, not including, ends[b + 1]."""

    def __len__(self) -> int:
        return len(self.ends) - 1


class _Numbers(dict[str, int]):
    """Term → its number; a new one gets the next."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


def _of_length_one(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths < _NOTHING] = 1.0
    return np.asarray(rows / lengths, dtype=np.float32)

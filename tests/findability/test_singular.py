"""The largest singular values: the same as numpy's own decomposition finds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import sparse

from auditor.findability.singular import largest


def _matrix(seed: int, pages: int, terms: int, copies: int) -> sparse.csr_matrix:
    """A sparse matrix of *pages* rows, the last *copies* of which repeat the first."""
    chance = np.random.default_rng(seed)
    made = chance.random((pages, terms)) * (chance.random((pages, terms)) < 0.2)
    return sparse.csr_matrix(np.vstack([made, *[made[:1]] * copies]).astype(np.float32))


@given(seed=some.integers(0, 10**6), pages=some.integers(3, 60), terms=some.integers(3, 90), copies=some.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_values_and_likeness_are_those_of_the_whole_decomposition(
    seed: int, pages: int, terms: int, copies: int
) -> None:
    matrix = _matrix(seed, pages, terms, copies)
    number = min(matrix.shape) - 1
    values, right = largest(matrix, number)
    exact = np.linalg.svd(matrix.toarray().astype(np.float64), compute_uv=False)[:number]
    assert values == pytest.approx(exact, abs=2e-5 * max(1.0, exact[0]))
    assert right.shape == (number, matrix.shape[1])
    if number + 20 >= min(matrix.shape):  # nothing is left out
        kept = right[values > 1e-3 * max(1e-9, values[0])]
        assert kept @ kept.T == pytest.approx(np.eye(len(kept)), abs=2e-3)


def test_pages_that_repeat_each_other_add_no_value() -> None:
    matrix = _matrix(1, 4, 30, 5)
    values, right = largest(matrix, 8)
    assert (values[4:] == 0).all()
    assert not right[4:].any()
    assert np.isfinite(right).all()

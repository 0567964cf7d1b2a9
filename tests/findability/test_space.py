"""The space of words: texts as rows over its terms."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from auditor.findability.space import SemanticSpace
from tests.builders import REPEATABLE

WEIGHTS = st.floats(0.1, 50, allow_nan=False)
BAGS = st.lists(st.dictionaries(st.sampled_from("abcdefgh"), WEIGHTS), max_size=12)


@given(documents=BAGS, texts=BAGS)
@REPEATABLE
def test_texts_are_rows_of_tf_idf_of_length_one(
    documents: list[dict[str, float]], texts: list[dict[str, float]]
) -> None:
    space = SemanticSpace.learn(iter(documents))
    terms = sorted({term for bag in documents for term in bag})
    idf = {term: math.log(len(documents) / sum(term in bag for bag in documents)) for term in terms}
    for row, bag in zip(space.lexical(iter(texts)).toarray(), texts, strict=True):
        wanted = np.array([math.log2(1 + bag.get(term, 0)) * idf[term] for term in terms])
        length = math.sqrt(sum(weight * weight for weight in wanted)) or 1.0
        assert np.allclose(row, wanted / length)


def test_the_pages_that_it_was_learnt_from_are_kept_as_rows() -> None:
    documents = [{"hall": 1.0, "hyra": 2.0}, {}, {"bidrag": 1.6}]
    space = SemanticSpace.learn(documents)
    assert np.array_equal(space.documents.toarray(), space.lexical(documents).toarray())


def test_many_texts_are_placed_as_one_is() -> None:
    space = SemanticSpace.learn([{f"ord{(n * k) % 11}": 1.0 for k in range(1, 5)} for n in range(40)])
    texts = [{f"ord{n % 11}": 1.0, f"ord{n % 7}": 0.6} for n in range(5000)]
    many = space.semantic(texts)
    assert np.array_equal(many[-1], space.semantic(texts[-1:])[0])
    assert np.array_equal(many[2048], space.semantic(texts[2048:2049])[0])

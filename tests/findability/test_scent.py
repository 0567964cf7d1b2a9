"""Scent: semantic likeness, what it is blind to, and what it is worth."""

import numpy as np
import pytest

from auditor.findability.figures import bootstrap, lostness
from auditor.findability.graph import plain_graph
from auditor.findability.scent import FEATURES, WEIGHTS, Goal, Scent, features, utilities
from auditor.findability.space import SemanticSpace

TOPICS = [
    ["hyra", "boka", "hall", "nyckel"],
    ["bidrag", "stöd", "ansök", "datum"],
    ["buss", "tåg", "linje", "hållplats"],
]


@pytest.fixture(scope="module")
def space() -> SemanticSpace:
    chance = np.random.default_rng(2)
    pages = []
    for number in range(90):
        topic = TOPICS[number % 3]
        pages.append({str(word): 1.0 for word in chance.choice(topic, 3, replace=False)} | {f"eget{number % 7}": 1.0})
    return SemanticSpace.learn(pages)


def test_words_of_one_subject_smell_alike_without_a_common_letter(space: SemanticSpace) -> None:
    scent = Scent(space, [{"hyra": 1.0}, {"stöd": 1.0}, {"okänt": 1.0}])
    likeness = scent.of(Goal({"boka": 1.0}, {"boka": 1.0, "hall": 1.0}))
    assert likeness.topic[0] > 2 * likeness.topic[1]
    assert likeness.words[0] == 0
    assert likeness.topic[2] == likeness.name[2] == 0


def test_the_goals_very_words_smell_most(space: SemanticSpace) -> None:
    labels = [{"boka": 1.0}, {"hyra": 1.0}, {"bidrag": 1.0}]
    graph = plain_graph([[1, 2, 3], [], [], []], [[0, 1, 2], [], [], []], [0, 0, 1, 2])
    scent = Scent(space, labels)
    rows = features(graph, scent.of(Goal({"boka": 1.0}, {"boka": 1.0})), scent.likeness(graph))
    assert rows.shape == (3, len(FEATURES))
    assert list(np.argsort(-utilities(rows, WEIGHTS))) == [0, 1, 2]


def test_the_same_pages_give_the_same_space() -> None:
    pages = [{f"ord{(n * k) % 11}": 1.0 for k in range(1, 5)} for n in range(40)]
    one, other = (SemanticSpace.learn(pages).semantic([{"ord1": 1.0, "ord5": 1.0}]) for _ in range(2))
    assert np.array_equal(one, other)


@pytest.mark.parametrize("pages", [[], [{}], [{"ett": 1.0}], [{"ett": 1.0}, {"ett": 1.0}], [{"a": 1.0}, {"b": 1.0}]])
def test_a_site_of_almost_nothing_has_a_space_in_which_nothing_is_like_anything(pages: list[dict[str, float]]) -> None:
    assert not SemanticSpace.learn(pages).semantic([{"ett": 1.0}]).any()


def test_lostness_is_smiths() -> None:
    assert lostness([6], [9], 3)[0] == pytest.approx(0.60, abs=0.005)
    assert lostness([3], [3], 3)[0] == 0


def test_an_interval_holds_its_mean_and_narrows_with_more_tasks() -> None:
    chance = np.random.default_rng(1)
    few, many = bootstrap([0.0, 1.0] * 5, chance), bootstrap([0.0, 1.0] * 50, chance)
    assert few is not None
    assert many is not None
    assert few.low < few.value < few.high
    assert many.high - many.low < few.high - few.low
    assert bootstrap([], chance) is None

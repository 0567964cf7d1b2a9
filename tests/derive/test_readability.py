"""LIX and sentences."""

import pytest

from auditor.derive.readability import readability, split_sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ni kan söka bidrag. Det gör ni i tjänsten.", 2),
        ("Ansök senast den 31 mars. kl. 16.00 stänger vi.", 1),
        ("Det gäller t.ex. Håbo och bl.a. Enköping. Sedan kommer mer.", 2),
        ("Kan ni söka? Ja! Läs mer", 3),
        ("Priset är 1.500 kronor för 2 timmar", 1),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count


def test_lix_adds_length_and_long_words() -> None:
    figures = readability(["Föreningar kan söka bidrag. Ansökan görs på nätet."])

    assert (figures.words, figures.sentences, figures.long_words) == (8, 2, 2)
    assert figures.lix == pytest.approx(4 + 25)


def test_nothing_has_no_figures() -> None:
    assert readability([]).lix == 0
    assert readability(["", "–"]).sentence_length == 0

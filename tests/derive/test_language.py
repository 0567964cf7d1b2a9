"""Languages told by their small words."""

import pytest

from auditor.derive.language import guess_language, primary, says_language

_SWEDISH = "Ni kan söka bidrag om föreningen är öppen för alla och har en styrelse som medlemmarna har valt. " * 4
_NORWEGIAN = (
    "Dere kan ikke søke tilskudd uten at foreningen er åpen for alle og har et styre som medlemmene har valgt. " * 4
)
_ENGLISH = (
    "You can apply for a grant if the association is open to all and has a board that the members have elected. " * 4
)
_FINNISH = (
    "Yhdistys voi hakea avustusta, jos se on avoin kaikille ja sillä on hallitus, jonka jäsenet ovat valinneet. " * 6
)


@pytest.mark.parametrize(
    ("text", "language"), [(_SWEDISH, "sv"), (_NORWEGIAN, "no"), (_ENGLISH, "en"), (_FINNISH, "fi")]
)
def test_a_language_is_told_for_sure(text: str, language: str) -> None:
    guess = guess_language(text)

    assert guess
    assert (guess.language, guess.sure) == (language, True)


def test_little_text_tells_nothing() -> None:
    assert guess_language("Ni kan söka bidrag.") is None


def test_two_languages_are_not_sure() -> None:
    guess = guess_language(_SWEDISH + _ENGLISH)

    assert guess is None or not guess.sure


@pytest.mark.parametrize(("tag", "code"), [("sv-SE", "sv"), ("EN", "en"), ("nb", "no"), ("da", "no"), ("se", "se")])
def test_a_tag_names_a_language(tag: str, code: str) -> None:
    assert primary(tag) == code


@pytest.mark.parametrize(
    ("tag", "holds"), [("sv", True), ("sv-SE", True), ("sv_SE", True), ("swedish", False), ("", False)]
)
def test_a_tag_has_a_form(tag: str, holds: bool) -> None:
    assert says_language(tag) is holds

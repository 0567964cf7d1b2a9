"""Words: the same texts in both languages, right forms, plain numbers."""

import re
import string

import pytest

from auditor.model.finding import IssueState
from auditor.model.vocabulary import Area, Language, OutcomeKind, Severity, Viewport
from auditor.reporting.words import Words, load_strings

SWEDISH, ENGLISH = Words(Language.SWEDISH), Words(Language.ENGLISH)
NOT_SAID = {
    Language.SWEDISH: r"\btillgänglig(t|a)?\b|godkän|underkän|lagbrott|grattis|bra jobbat",
    Language.ENGLISH: r"\baccessible\b|conform|complian|breach|well done|congrat",
}


def placeholders(text: object) -> set[str]:
    texts = text.values() if isinstance(text, dict) else [text]
    return {name for one in texts for _, name, _, _ in string.Formatter().parse(str(one)) if name}


def test_both_languages_have_the_same_texts() -> None:
    swedish, english = load_strings(Language.SWEDISH), load_strings(Language.ENGLISH)
    assert swedish.keys() == english.keys()
    for key, text in swedish.items():
        assert isinstance(text, dict) == isinstance(english[key], dict), key
        assert placeholders(text) == placeholders(english[key]), key


@pytest.mark.parametrize("language", Language)
def test_no_verdict_is_pronounced(language: Language) -> None:
    for key, text in load_strings(language).items():
        assert not re.search(NOT_SAID[language], str(text), re.IGNORECASE), key


@pytest.mark.parametrize("words", [SWEDISH, ENGLISH])
def test_every_word_of_the_vocabulary_has_a_text(words: Words) -> None:
    for area in Area:
        assert words.area(area)
        assert words(f"about.{area}")
    for severity in Severity:
        assert words.severity(severity)
        assert words(f"method.severity_text.{severity}")
    for state in IssueState:
        assert words.state(state)
    for kind in OutcomeKind:
        assert words.outcome(kind)
    for viewport in (*Viewport, None):
        assert words.viewport(viewport)


@pytest.mark.parametrize(
    ("n", "swedish", "english"),
    [(0, "0 sidor", "0 pages"), (1, "1 sida", "1 page"), (5000, "5\xa0000 sidor", "5,000 pages")],
)
def test_plural_forms(n: int, swedish: str, english: str) -> None:
    assert SWEDISH("count.pages", n) == swedish
    assert ENGLISH("count.pages", n) == english


def test_a_missing_text_is_an_error() -> None:
    with pytest.raises(KeyError):
        SWEDISH("no.such.text")


def test_dates() -> None:
    assert SWEDISH.date("2026-11-14T02:00:12+01:00") == "14\xa0november 2026"
    assert ENGLISH.date("2026-11-14") == "14\xa0November 2026"
    assert SWEDISH.moment("2026-11-14T02:05:12+01:00") == "14\xa0november 2026 kl. 02.05"
    assert ENGLISH.moment("2026-11-14T02:05:12+00:00") == "14\xa0November 2026, 03:05 (Swedish time)"


def test_days_and_hours_are_those_of_swedish_clocks() -> None:
    assert SWEDISH.date("2026-07-31T22:30:00+00:00") == "1\xa0augusti 2026"
    assert SWEDISH.date("2026-12-31T22:30:00+00:00") == "31\xa0december 2026"
    assert SWEDISH.moment("2026-10-25T00:30:00+00:00") == "25\xa0oktober 2026 kl. 02.30 (UTC+02:00)"
    assert SWEDISH.moment("2026-10-25T01:30:00+00:00") == "25\xa0oktober 2026 kl. 02.30 (UTC+01:00)"
    assert SWEDISH.moment("2026-03-29T01:30:00+00:00") == "29\xa0mars 2026 kl. 03.30"
    assert SWEDISH.date("någon gång") == "någon gång"
    assert SWEDISH.moment("") == ""


@pytest.mark.parametrize(
    ("share", "told"), [(0.0, "0\xa0%"), (0.001, "1\xa0%"), (0.936, "94\xa0%"), (0.998, "99\xa0%"), (1.0, "100\xa0%")]
)
def test_percent_says_all_and_nothing_only_of_all_and_nothing(share: float, told: str) -> None:
    assert SWEDISH.percent(share) == told


def test_percent_in_english_has_no_space() -> None:
    assert ENGLISH.percent(0.5) == "50%"


def test_scores_and_lists() -> None:
    assert SWEDISH.score(None) == "–"
    assert SWEDISH.score(99.7) == "99"
    assert SWEDISH.joined(["a", "b", "c"]) == "a, b och c"
    assert ENGLISH.joined(["a", "b"]) == "a and b"
    assert SWEDISH.joined([]) == ""

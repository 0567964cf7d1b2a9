"""Questions made of a site's own words: each pair asks for a page that only one of its wordings stands on."""

import random

from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.search_probes import ProbePage, Purpose, follow_up, probes
from auditor.model.search import Answer, Choice, Order, Question
from tests.builders import REPEATABLE, url

PAGES = (
    ProbePage(url("/a"), "Lokalbokning", "Om lokalbokning och avgifter", "2024-01-01"),
    ProbePage(url("/b"), "Lokaler", "En lokal och en bokning. Avgiften är låg", "2024-03-01"),
    ProbePage(url("/c"), "Mera", "Varje lokal kräver bokning", "2024-02-01"),
    ProbePage(url("/d"), "Fiske", "Fiske i sjön med spö", "2023-02-01"),
    ProbePage(url("/r.pdf"), "Regler för bidrag", "Regler", is_document=True),
)


def stem(word: str) -> str:
    """A stem of our own, for words of these pages."""
    return word.removesuffix("er").removesuffix("en")


def split(word: str) -> list[str]:
    """The only compound here."""
    return ["lokal", "bokning"] if word == "lokalbokning" else []


def asked(purpose: Purpose) -> list[Question]:
    """What is asked for one purpose."""
    return [question for question in probes(PAGES, stem, split) if question.purpose == purpose]


def test_another_form_is_asked_for_the_page_that_lacks_it() -> None:
    pairs = {(one.beside, one.query): one.expects for one in asked(Purpose.INFLECTION) if one.beside}

    assert pairs["avgiften", "avgifter"] == (url("/b"),)
    for (known, other), (target,) in pairs.items():
        page = next(page for page in PAGES if page.url == target)
        assert known in page.used
        assert other not in page.used


def test_a_compound_is_asked_for_by_parts_that_its_page_lacks() -> None:
    first, second = asked(Purpose.COMPOUND)

    assert (first.query, second.query) == ("lokalbokning", "lokal bokning")
    assert second.expects == (url("/a"),)


def test_words_of_different_pages_are_asked_for_together() -> None:
    pairs = [question for question in asked(Purpose.ANY_WORD) if question.beside]

    assert pairs
    for question in pairs:
        stems = {stem(word) for word in question.query.split()}
        assert not any(stems <= {stem(word) for word in page.used} for page in PAGES)


def test_the_newest_pages_and_the_documents_are_asked_for_by_their_titles() -> None:
    assert [question.query for question in asked(Purpose.TITLE)][:2] == ["Lokaler", "Mera"]
    assert [question.expects for question in asked(Purpose.DOCUMENT)] == [(url("/r.pdf"),)]


@REPEATABLE
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_pages_changes_nothing(chance: random.Random) -> None:
    shuffled = list(PAGES)
    chance.shuffle(shuffled)

    assert probes(shuffled, stem, split) == probes(PAGES, stem, split)


def test_what_follows_a_list_is_each_order_and_choice_once() -> None:
    question = Question(query="lokal", purpose=Purpose.LISTS)
    answer = Answer(question=question, orders=(Order.DATE,), choices=(Choice(label="Sidor", count=2),))

    follows = follow_up(answer)

    assert [(one.order, one.choice) for one in follows] == [(Order.DATE, ""), (None, "Sidor")]
    assert [more for one in follows for more in follow_up(Answer(question=one, orders=(Order.DATE,)))] == []

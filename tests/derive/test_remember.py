"""What is remembered is what would be found out anew, and long texts are not kept."""

from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.remember import remembered


def test_a_result_is_found_out_once() -> None:
    asked: list[str] = []

    @remembered(8)
    def doubled(text: str, tail: str = "") -> str:
        asked.append(text)
        return text * 2 + tail

    assert [doubled("a"), doubled("a"), doubled("a", "b"), doubled("a", tail="b")] == ["aa", "aa", "aab", "aab"]
    assert asked == ["a", "a", "a"]


def test_a_long_text_is_not_kept() -> None:
    asked: list[int] = []

    @remembered(8)
    def length(text: str) -> int:
        asked.append(len(text))
        return len(text)

    assert [length("x" * 501), length("x" * 501), length("x" * 500), length("x" * 500)] == [501, 501, 500, 500]
    assert asked == [501, 501, 500]


@given(st.lists(st.text(max_size=4), max_size=40))
def test_results_are_those_of_the_function(texts: list[str]) -> None:
    @remembered(3)
    def shouted(text: str) -> str:
        return text.upper()

    assert [shouted(text) for text in texts] == [text.upper() for text in texts]

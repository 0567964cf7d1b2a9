"""Text from pages under test is harmless; our own Markdown becomes HTML and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reporting.text import clean, cut, file_key, local_file, markdown, short_address, web_address
from tests.reporting.sample import sample

HOME = "https://www.sjoboda.example/"


@given(st.text(alphabet=st.characters()))
def test_clean_text_can_be_encoded_and_has_no_controls(text: str) -> None:
    assert not any(ord(letter) < 32 and letter not in "\t\n\r" for letter in clean(text))
    clean(text).encode()


@pytest.mark.parametrize(
    "letter", ["\x00", "\x1b", "\x85", "\u202e", "\u2066", "\u200f", "\ud800", "\uffff", "\U0001ffff"]
)
def test_harmful_characters_are_replaced(letter: str) -> None:
    assert clean(f"a{letter}b") == "a\N{REPLACEMENT CHARACTER}b"


def test_ordinary_text_is_untouched() -> None:
    assert clean("Åäö – ”bidrag”\n\t👩‍👩‍👧") == "Åäö – ”bidrag”\n\t👩‍👩‍👧"


def test_cut() -> None:
    assert cut("bidrag", 6) == "bidrag"
    assert cut("bidragen", 6) == "bidra…"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "//evil.example",
        "https://",
        "https://user:pass@evil.example/",
        "https://a b/",
        "https://[",
        "java\nscript:alert(1)",
        "https://example.org/" + "a" * 3000,
    ],
)
def test_no_link_to_what_is_not_the_web(url: str) -> None:
    assert web_address(url) is None


def test_web_addresses_are_links() -> None:
    assert web_address("https://www.sjoboda.example/a?b=c") == "https://www.sjoboda.example/a?b=c"


def test_short_addresses_are_readable_and_harmless() -> None:
    assert short_address("https://www.sjoboda.example/f%C3%B6rening?a=1", HOME) == "/förening?a=1"
    assert short_address("https://boka.example/x", HOME) == "boka.example/x"
    assert "\u202e" not in short_address("https://www.sjoboda.example/%E2%80%AEgpj.exe", HOME)
    assert short_address("https://[", HOME) == "https://["


@pytest.mark.parametrize(
    "name", ["../secret.webp", "/etc/passwd", "https://evil.example/a.png", "a//b", "", "a/./b", "c:\\x"]
)
def test_only_files_of_the_folder_are_linked(name: str) -> None:
    assert local_file(name) is None


def test_file_names() -> None:
    assert local_file("bilder/1-phone.webp") == "bilder/1-phone.webp"
    assert file_key("../a b") == "___a_b"
    assert file_key("") == "_"


def test_markdown_holds_no_html_and_no_script() -> None:
    html = markdown(
        "<script>alert(1)</script> [a](javascript:alert(1)) ![b](https://evil.example/b.png) <b onclick=x>c</b>"
    )
    assert "<script" not in html
    assert "<img" not in html
    assert "<b " not in html
    assert 'href="javascript' not in html


def test_markdown_links_tell_nothing() -> None:
    assert '<a href="https://www.w3.org/" rel="noreferrer noopener">' in markdown("[W3C](https://www.w3.org/)")


def test_markdown_headings_stand_below_the_page_s() -> None:
    assert markdown("# A").startswith("<h3>")
    assert markdown("### A").startswith("<h3>")
    assert markdown("### A", 5).startswith("<h5>")
    assert markdown("###### A", 5).startswith("<h6>")


def test_the_sample_is_clean() -> None:
    assert clean(sample().site_name) == "Sjöboda kommun"

"""Elements of a document that was not rendered."""

import pytest
from bs4 import Tag
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.dom import clean, element, main_of, selector_of
from tests.builders import REPEATABLE, document

NAMES = st.sampled_from(["div", "p", "ul", "li", "a", "span", "section", "h2", "o:p", "my-card", "svg"])
IDS = st.one_of(
    st.just(""),
    st.sampled_from(
        ["innehall", "Över-oss", "a", "a", "x1", "ember12", "p-12345", "1a", "a b", "a.b", "a:b", "-a", "å"]
    ),
)


def _markup(name: str, identifier: str, children: list[str]) -> str:
    start = f'{name} id="{identifier}"' if identifier else name
    return f"<{start}>{''.join(children)}</{name}>"


TREES: st.SearchStrategy[str] = st.recursive(
    st.sampled_from(["text", "", "<!-- note -->"]),
    lambda inner: st.builds(_markup, NAMES, IDS, st.lists(inner, max_size=4)),
    max_leaves=12,
)


@REPEATABLE
@given(st.lists(TREES, min_size=1, max_size=4))
def test_a_selector_finds_the_very_element_and_no_other(parts: list[str]) -> None:
    tree = document(f"<body>{''.join(parts)}</body>").tree
    for tag in tree.find_all(True):
        found = tree.select(selector_of(tag))
        assert len(found) == 1
        assert found[0] is tag


def tag(html: str, name: str) -> Tag:
    """The first element called *name*."""
    found = document(html).tree.find(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("html", "name", "selector"),
    [
        ('<main><h2 id="villkor">Villkor</h2></main>', "h2", "#villkor"),
        ('<main id="innehall"><p>1</p><p>2</p></main>', "p", "#innehall > p:nth-of-type(1)"),
        ("<main><p>1</p><h2>2</h2></main>", "p", "html > body > main > p"),
        ('<p id="ember123">1</p>', "p", "html > body > p"),
        ('<p id="portlet-12345">1</p>', "p", "html > body > p"),
        ('<p id="x">1</p><i id="x">2</i>', "i", "html > body > i"),
        ('<p id="a b">1</p>', "p", "html > body > p"),
        ("<p>1<o:p>2</o:p></p>", "o:p", r"html > body > p > o\:p"),
        ("<p>1</p>", "html", "html"),
    ],
)
def test_what_selectors_look_like(html: str, name: str, selector: str) -> None:
    assert selector_of(tag(html, name)) == selector


def test_an_element_is_told_by_its_start_tag_and_text() -> None:
    found = element(tag('<main><a href="/a>b" title="x">Läs\n <b>mer</b></a></main>', "a"))
    assert found.html == '<a href="/a&gt;b" title="x">'
    assert (found.tag, found.text, found.selector) == ("a", "Läs mer", "html > body > main > a")


@REPEATABLE
@given(st.text(), st.integers(min_value=0, max_value=40))
def test_white_space_is_collapsed_and_the_rest_kept(text: str, limit: int) -> None:
    assert clean(text, limit) == " ".join(text.split())[:limit]
    assert len(clean(text, limit)) <= limit
    assert "  " not in clean(text)
    assert clean(clean(text)) == clean(text).strip()


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<div role=main>a</div><main>b</main>", "main"),
        ("<div>a</div><div role=main>b</div>", "div"),
        ("<div>a</div>", "body"),
    ],
)
def test_the_main_content(html: str, name: str) -> None:
    found = main_of(document(html))
    assert found is not None
    assert found.name == name
    assert "b" in found.get_text() or name == "body"


def test_a_document_without_body_has_no_main_content() -> None:
    assert main_of(document("")) is None

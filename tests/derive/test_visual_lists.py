"""Lists that are only drawn, told from speech, addresses and other lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.visual_lists import VisualList, visual_lists
from auditor.model.facts import Block, Box, Facts
from tests.builders import REPEATABLE

SPEECH = frozenset({"säger", "vi"})


def block(*lines: str, tag: str = "p", place: int = 1) -> Block:
    """A text of the content, with line breaks if there are several lines."""
    return Block(
        selector=f"main > {tag}:nth-of-type({place})",
        tag=tag,
        kind="text",
        text=" ".join(lines),
        lines=lines if len(lines) > 1 else (),
        words=len(" ".join(lines).split()),
        box=Box(0, place * 30, 300, 20),
        regions=("main",),
    )


def found(*blocks: Block) -> list[VisualList]:
    """The lists in these blocks."""
    return list(visual_lists(Facts(width=390, height=844, scroll_width=390, page_height=900, blocks=blocks), SPEECH))


def paragraphs(*texts: str) -> list[Block]:
    """One block for each text, below one another."""
    return [block(text, place=place) for place, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    ("lines", "kind", "count"),
    [
        (("- stadgar", "- styrelse", "- revisor"), "dashes", 3),
        (("Bifoga:", "• stadgar", "• styrelse", "• revisor", "Tack"), "bullets", 3),
        (("1. Logga in", "2. Fyll i", "3. Skicka", "4. Vänta"), "numbers", 4),
        (("a) Logga in", "b) Fyll i", "c) Skicka"), "numbers", 3),
        (("Här spelar vi:", "Sporthallen", "Ishallen", "Norra skolan", "Simhallen", "Vallen"), "plain", 5),
    ],
)
def test_lines_that_make_a_list(lines: tuple[str, ...], kind: str, count: int) -> None:
    assert [(one.kind, one.count) for one in found(block(*lines))] == [(kind, count)]


@pytest.mark.parametrize(
    "lines",
    [
        ("- ja", "- nej"),
        ("– Nu kör vi.", "– Äntligen!", "– Ja."),
        ("– Bra, säger Anna", "– Ja", "– Nej"),
        ("Sjöboda kommun", "Box 12", "123 45 Sjöboda", "Sverige", "Europa"),
        ("* gäller inte lov", "** gäller lov", "*** gäller alltid"),
        ("3. mars", "4. april", "5. maj"),
        ("• ett", "- två", "1. tre"),
    ],
)
def test_lines_that_make_none(lines: tuple[str, ...]) -> None:
    assert found(block(*lines)) == []


def test_paragraphs_make_a_list_and_two_lists_are_two() -> None:
    texts = ("• ett", "• två", "• tre", "Så gör ni:", "1. Logga in.", "2. Fyll i.", "3. Skicka.")

    assert [(one.kind, one.block.text, one.count) for one in found(*paragraphs(*texts))] == [
        ("bullets", "• ett", 3),
        ("numbers", "1. Logga in.", 3),
    ]


def test_an_interview_is_no_list() -> None:
    assert found(*paragraphs("– Det blir en ny hall.", "– Den blir stor.", "– Och varm.")) == []


def test_real_items_quotations_and_code_are_left_alone() -> None:
    lines = ("- ett", "- två", "- tre")

    assert [found(block(*lines, tag=tag)) for tag in ("pre", "blockquote", "dd", "address")] == [[]] * 4


@REPEATABLE
@given(st.lists(st.text(alphabet="-–•*123ab). \n", max_size=12), max_size=12))
def test_any_lines_can_be_looked_at(lines: list[str]) -> None:
    for one in found(block(*lines), *paragraphs(*lines)):
        assert 3 <= one.count <= len(lines)

"""Lines that look like headings, told from names, calls and leads."""

import pytest

from auditor.derive.visual_headings import visual_headings
from auditor.model.facts import Block, Box, Facts
from tests.builders import heading

LONG = "Föreningen ska ha stadgar, styrelse och revisor för att kunna söka bidrag."
EMPHASIS = frozenset({"viktigt"})


def page(*texts: tuple[str, bool]) -> Facts:
    """A main heading, a paragraph, and paragraphs that are bold or not."""
    top = heading("Bidrag")
    blocks = [
        Block(
            selector="main > h1", tag="h1", kind="heading", words=1, level=1, regions=("main",), box=Box(0, 0, 600, 30)
        )
    ]
    for place, (text, bold) in enumerate(
        (("Här söker ni bidrag till er förening i kommunen.", False), *texts), start=1
    ):
        blocks.append(
            Block(
                selector=f"main > p:nth-of-type({place})",
                tag="p",
                kind="text",
                text=text,
                words=len(text.split()),
                bold=bold,
                font_size=16,
                regions=("main",),
                box=Box(0, place * 40, 600, 20),
            )
        )
    return Facts(width=1280, height=900, scroll_width=1280, page_height=900, headings=(top,), blocks=tuple(blocks))


def named(*texts: tuple[str, bool]) -> list[str]:
    return [block.text for block in visual_headings(page(*texts), EMPHASIS)]


def test_two_bold_lines_are_headings_and_one_is_emphasis() -> None:
    assert named(("Villkor", True), (LONG, False), ("När söker vi?", True), (LONG, False)) == [
        "Villkor",
        "När söker vi?",
    ]
    assert named(("Villkor", True), (LONG, False)) == []


@pytest.mark.parametrize(
    "text", ["Anna Andersson", "Viktigt!", "Telefon:", "Sök senast 15 mars.", "0980-31 92 00", "120 kr", "a@b.se", LONG]
)
def test_what_titles_nothing(text: str) -> None:
    assert named((text, True), (LONG, False), (text, True), (LONG, False)) == []


def test_what_stands_above_bold_or_short_text_titles_nothing() -> None:
    assert named(("Villkor", True), (LONG, True), ("Datum", True), ("I mars.", False)) == []


def test_without_a_heading_above_it_is_the_missing_main_heading() -> None:
    facts = page(("Villkor", True), (LONG, False), ("Datum", True), (LONG, False))
    bare = Facts(width=1280, height=900, scroll_width=1280, page_height=900, headings=(), blocks=facts.blocks[1:])

    assert visual_headings(bare, EMPHASIS) == ()

"""What is made of the pointer, of single keys, of filters, and of the labels of fields."""

from dataclasses import replace

from auditor.checks.fields import field_label_descriptive
from auditor.checks.hover import hover_content
from auditor.checks.keyboard import character_shortcuts
from auditor.checks.search_results import filter_announced
from auditor.model.facts import Box, Element, Field
from auditor.model.hover import Hover
from auditor.model.keyboard import Keyboard
from auditor.model.search import Filtered
from auditor.model.vocabulary import OutcomeKind
from tests.builders import facts, heading, rendering

FAILED, PASSED, CANT_TELL = OutcomeKind.FAILED, OutcomeKind.PASSED, OutcomeKind.CANT_TELL


def hover(*, floats: bool, hoverable: bool, dismissible: bool) -> Hover:
    return Hover(
        selector="#q", tag="b", content="Text", floats=floats, hoverable=hoverable, dismissible=dismissible, text="Ord"
    )


def test_what_is_gone_on_the_way_fails_and_what_escape_leaves_is_asked_about() -> None:
    seen = replace(
        rendering(),
        hovers=(
            hover(floats=True, hoverable=False, dismissible=True),
            hover(floats=True, hoverable=True, dismissible=False),
            hover(floats=True, hoverable=True, dismissible=True),
            hover(floats=False, hoverable=True, dismissible=False),
        ),
    )
    assert [outcome.kind for outcome in hover_content(seen)] == [FAILED, CANT_TELL, PASSED, PASSED]
    assert not list(hover_content(rendering()))


def kinds_of_shortcuts(shortcuts: tuple[str, ...] | None, text: str = "") -> list[OutcomeKind]:
    seen = replace(rendering(seen=replace(facts(), text=text)), keyboard=Keyboard(shortcuts=shortcuts))
    return [outcome.kind for outcome in character_shortcuts(seen, told=["kortkommando"])]


def test_a_shortcut_fails_unless_the_page_speaks_of_settings_and_what_was_not_tried_says_nothing() -> None:
    assert kinds_of_shortcuts(("s", "n")) == [FAILED, FAILED]
    assert kinds_of_shortcuts(("s",), "Stäng av Kortkommandon") == [CANT_TELL]
    assert kinds_of_shortcuts(()) == [PASSED]
    assert kinds_of_shortcuts(None) == []


def test_a_new_number_of_hits_is_announced_or_fails() -> None:
    box = Element(selector="#f", tag="input", name="Nyheter (3)")
    silent = Filtered(element=box, before=12, after=3, announced=False)
    (told,) = filter_announced(replace(rendering(), filtered=silent))
    assert (told.kind, told.values) == (FAILED, {"name": "Nyheter (3)", "before": 12, "after": 3})
    (told,) = filter_announced(replace(rendering(), filtered=replace(silent, announced=True)))
    assert told.kind is PASSED
    assert not list(filter_announced(rendering()))


def field(name: str, *, kind: str = "text", source: str = "label", y: float = 10, group: str = "") -> Field:
    return Field(
        selector=f"#{name}{y}", tag="input", kind=kind, name=name, label_source=source, box=Box(0, y, 9, 9), group=group
    )


def kinds_of_labels(*fields: Field) -> list[OutcomeKind]:
    under = replace(heading("Revisor", 2), box=Box(0, 50, 9, 9))
    seen = rendering(seen=facts(fields=fields, headings=[under]))
    told = field_label_descriptive(seen, empty_labels=["info"], control_labels=["meny"])
    return [outcome.kind for outcome in told]


def test_labels_that_fit_any_field_fail_and_twins_in_one_place_are_asked_about() -> None:
    assert kinds_of_labels(field("Info:"), field("Info", kind="textarea"), field("Meny")) == [
        FAILED,
        CANT_TELL,
        CANT_TELL,
    ]
    assert kinds_of_labels(field("Namn"), field("Namn", y=20)) == [CANT_TELL, CANT_TELL]
    assert kinds_of_labels(field("Namn"), field("Namn", y=60), field("Namn", kind="date")) == [PASSED] * 3
    assert kinds_of_labels(field("Namn", group="Ordförande"), field("Namn", group="Kassör")) == [PASSED] * 2
    assert kinds_of_labels(field("Info", source="placeholder"), field("Info", kind="checkbox")) == []

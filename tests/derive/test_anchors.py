"""Places that a fragment can lead to."""

from html import escape
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.anchors import anchors_of, holds
from tests.builders import REPEATABLE, document

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=20)


@REPEATABLE
@given(st.lists(NAMES, max_size=20))
def test_every_id_is_found_as_written_and_encoded(names: list[str]) -> None:
    html = "".join(f'<h2 id="{escape(name)}">x</h2>' for name in names)
    anchors = anchors_of(document(html))
    assert anchors is not None
    assert all(holds(anchors, name) and holds(anchors, quote(name)) for name in names)


@pytest.mark.parametrize("markup", ['<a name="datum">', "<h2 id='datum'>", "<h2 class=x id=datum>", '<p ID="datum">'])
def test_names_and_ids_however_they_are_written(markup: str) -> None:
    anchors = anchors_of(document(f"<main>{markup}</main>"))
    assert anchors is not None
    assert holds(anchors, "datum")
    assert not holds(anchors, "villkor")


def test_the_top_is_always_there() -> None:
    assert holds((), "top")
    assert holds((), "")


def test_without_document_or_with_too_many_places_nothing_is_known() -> None:
    assert anchors_of(None) is None
    assert anchors_of(document("".join(f'<p id="n{number}">' for number in range(5001)))) is None

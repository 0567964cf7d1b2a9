"""Checks of the area structure: are lists and tables such in the markup, and not only drawn?"""

from collections.abc import Iterator

from auditor.derive.outline import is_inside
from auditor.derive.visual_lists import visual_lists
from auditor.model.facts import Table
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Rendering

_LAYOUT_PARTS = frozenset({"table", "form", "landmark"})
_WORDS_OF_A_BOX = 5
_WORDS_OF_A_COLUMN = 30
"""So many words in one cell of a single row are a column of text."""
_LEAST_FILLED = 0.6


def visual_list(rendering: Rendering, *, speech: tuple[str, ...]) -> Iterator[Outcome]:
    """What looks like a list is a list.

    Args:
        rendering: the page in one viewport.
        speech: verbs that go with quoted speech, which begins with a dash too.
    """
    facts = rendering.facts
    for block in facts.blocks:
        if block.kind == "list" and block.visible:
            yield passed(block)
    for found in visual_lists(facts, frozenset(speech)):
        if found.kind == "plain":
            yield cant_tell(found.block, "plain", first=found.first, count=found.count)
        else:
            yield failed(found.block, found.kind, first=found.first, count=found.count)


def layout_table(rendering: Rendering) -> Iterator[Outcome]:
    """Tables hold data; none is used to place text and pictures beside one another. Tables within such are not told."""
    outer: list[Table] = []
    for table in rendering.facts.tables:
        if table.role != "table" or not table.visible or not table.rows:
            continue
        if any(is_inside(table, other) for other in outer):
            continue
        if problem := _layout(table):
            outer.append(table)
            yield failed(table, problem, rows=table.rows, columns=table.columns)
        else:
            yield passed(table)


def _layout(table: Table) -> str:
    """What shows that *table* is there for layout; empty if nothing does."""
    if table.header_cells or table.caption:
        return ""
    if _LAYOUT_PARTS.intersection(table.nested) or ("heading" in table.nested and not _is_grid_of_data(table)):
        return "parts"
    if table.rows == 1 and table.columns == 1:
        return "box" if table.most_words >= _WORDS_OF_A_BOX else ""
    if table.rows == 1 and (table.most_words >= _WORDS_OF_A_COLUMN or "paragraphs" in table.nested):
        return "columns"
    return ""


def _is_grid_of_data(table: Table) -> bool:
    """Whether headings in cells are but header cells in wrong markup: short texts in rows and columns."""
    return table.rows > 1 and table.columns > 1 and table.most_words < _WORDS_OF_A_COLUMN


def table_headers(rendering: Rendering) -> Iterator[Outcome]:
    """Tables of data say in the markup which cells head the others."""
    for table in rendering.facts.tables:
        if table.role != "table" or not table.visible or _layout(table):
            continue
        if (
            table.rows < 3
            or table.columns < 2
            or table.filled_cells < _LEAST_FILLED * min(table.rows, 50) * table.columns
        ):
            continue
        if table.header_cells:
            yield passed(table)
        elif table.first_row_set_off or table.first_column_set_off:
            yield failed(table, "row" if table.first_row_set_off else "column", rows=table.rows)
        else:
            yield cant_tell(table, "none", rows=table.rows)

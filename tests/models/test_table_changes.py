"""Table changes: rows and columns come and go, all else stays, and the table stays even."""

from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.engines.html_blocks import Block, Cell, Run, Table, TableRow
from motion_desk.models.engines.html_subset import read
from motion_desk.models.engines.html_tables import is_even, width
from motion_desk.models.engines.html_writer import write
from motion_desk.models.engines.table_changes import (
    flat,
    harmless,
    new_table,
    with_column,
    with_row,
    without_column,
    without_row,
)
from tests.models.html_strategies import TABLES


def filled(*rows: str) -> Table:
    """A table of one letter a cell."""
    return Table(
        tuple(
            TableRow(tuple(Cell((Block((Run(letter),), bare=True),)) for letter in row))
            for row in rows
        )
    )


def letters(table: Table | None) -> list[str]:
    """The letters of each row; a dot for an empty cell."""
    assert table is not None
    return [
        "".join(
            "".join(piece.text for piece in cell.blocks[0].pieces if isinstance(piece, Run))
            if cell.blocks
            else "."
            for cell in row.cells
        )
        for row in table.rows
    ]


def test_rows_and_columns_come_where_they_are_wanted() -> None:
    table = filled("ab", "cd")
    assert letters(with_row(table, 0)) == ["..", "ab", "cd"]
    assert letters(with_row(table, 2)) == ["ab", "cd", ".."]
    assert letters(with_column(table, 1)) == ["a.b", "c.d"]
    assert letters(with_column(table, 2)) == ["ab.", "cd."]


def test_rows_and_columns_go_and_the_last_one_takes_the_table_with_it() -> None:
    table = filled("ab", "cd")
    assert letters(without_row(table, 0)) == ["cd"]
    assert letters(without_column(table, 1)) == ["a", "c"]
    assert without_row(filled("ab"), 0) is None
    assert without_column(filled("a", "b"), 0) is None


def test_a_cell_that_spans_the_place_grows_and_shrinks() -> None:
    [table] = read("<table><tr><td colspan=2>a<tr><td>b<td>c</table>").blocks
    assert isinstance(table, Table)
    wider = with_column(table, 1)
    assert [cell.columns for cell in wider.rows[0].cells] == [3]
    assert letters(wider) == ["a", "b.c"]
    assert letters(without_column(wider, 1)) == ["a", "bc"]


def test_a_new_row_looks_like_its_neighbour() -> None:
    row = with_row(new_table(1, 2), 1).rows[1]
    assert [cell.attributes for cell in row.cells] == [
        cell.attributes for cell in new_table(1, 2).rows[0].cells
    ]


@given(TABLES, st.integers(0, 3))
def test_whatever_comes_or_goes_the_table_stays_even(table: Table, at: int) -> None:
    at_row, at_column = min(at, len(table.rows)), min(at, width(table))
    changed = [with_row(table, at_row), with_column(table, at_column)]
    changed += filter(None, [without_row(table, min(at, len(table.rows) - 1))])
    changed += filter(None, [without_column(table, min(at, width(table) - 1))])
    for each in changed:
        assert is_even(each)
        assert read(write((each,))).losses == ()


@given(TABLES, st.integers(0, 3))
def test_what_is_added_can_be_taken_away_again(table: Table, at: int) -> None:
    at = min(at, len(table.rows))
    longer = with_row(table, at)
    if len(longer.rows) > len(table.rows):
        shorter = without_row(longer, at)
        assert shorter is not None
        assert flat(shorter) == flat(table)


def test_what_is_pasted_fetches_nothing_and_has_no_page_of_its_own() -> None:
    html = (
        "<table class=x style='background: url(http://a.example/b)' border=1><tr><td id=y>a</table>"
    )
    [table] = read(html).blocks
    assert isinstance(table, Table)
    assert harmless(table).attributes == (("border", "1"),)
    assert harmless(table).rows[0].cells[0].attributes == ()

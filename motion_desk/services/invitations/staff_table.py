"""Staff table: a CSV file of people as rows of text; it may go without a header."""

from __future__ import annotations

from pathlib import Path

from motion_desk.services import tables
from motion_desk.services.invitations.staff import is_address
from motion_desk.services.tables import Row, Table


def read_file(path: Path) -> Table:
    """The table of a CSV file of people. Raises ``TableError``."""
    return tables.read_file(path, _is_person)


def read_table(data: bytes) -> Table:
    """The table in the bytes of such a file. Raises ``TableError``, and reads nothing by half."""
    return tables.read_table(data, _is_person)


def _is_person(row: Row) -> bool:
    """Whether a first row is a person rather than a header: no header is an address."""
    return any(is_address(cell.strip()) for cell in row.cells)

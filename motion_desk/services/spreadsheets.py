"""Spreadsheets: cells that no program takes for a formula, and the same cells read back."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would take for a formula, also behind the apostrophes of an earlier export."""
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what would be a formula; undone by ``unguarded``."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that marked a formula as text."""
    return cell[1:] if _GUARDED.match(cell) else cell


def written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file that spreadsheets open without running anything: UTF-8 with its mark, commas, CRLF.

    The cells of ``rows`` are guarded, those of the header are taken as they are.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(guarded(cell) for cell in row)
    return codecs.BOM_UTF8 + text.getvalue().encode("utf-8", "replace")

"""Staff export: people as a CSV file that spreadsheets open without running anything."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable

from motion_desk.services.invitations.staff import FIELDS, Person

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would take for a formula, also behind the apostrophes of an earlier export."""


def exported(people: Iterable[Person]) -> bytes:
    """The people as CSV: UTF-8 with its mark, commas, CRLF, a header of known names.

    The link is a column only where somebody has one: whoever reads the file can use it. A cell
    that would be a formula gets an apostrophe before it, which the import takes off again.
    """
    rows = tuple(people)
    names = [name for name in FIELDS if name != "link" or any(each.link for each in rows)]
    own = sorted({name for each in rows for name in each.values})
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*(FIELDS[name] for name in names), *own])
    for each in rows:
        cells = [getattr(each, name) for name in names]
        writer.writerow(_escaped(cell) for cell in [*cells, *(each.values.get(n, "") for n in own)])
    return codecs.BOM_UTF8 + text.getvalue().encode("utf-8", "replace")


def _escaped(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell

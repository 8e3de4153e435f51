"""Staff export: people as a CSV file that spreadsheets open without running anything."""

from __future__ import annotations

from collections.abc import Iterable

from motion_desk.services.invitations.staff import FIELDS, Person
from motion_desk.services.spreadsheets import written


def exported(people: Iterable[Person]) -> bytes:
    """The people as CSV: UTF-8 with its mark, commas, CRLF, a header of known names.

    The link is a column only where somebody has one: whoever reads the file can use it. A cell
    that would be a formula gets an apostrophe before it, which the import takes off again.
    """
    rows = tuple(people)
    names = [name for name in FIELDS if name != "link" or any(each.link for each in rows)]
    own = sorted({name for each in rows for name in each.values})
    return written(
        [*(FIELDS[name] for name in names), *own],
        (
            [
                *(getattr(each, name) for name in names),
                *(each.values.get(name, "") for name in own),
            ]
            for each in rows
        ),
    )

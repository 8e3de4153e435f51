"""Export: what a list shows, as a CSV file that spreadsheets open without running anything."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.query import LABELS, Conversation, Query
from motion_desk.services.jobs import Stopped
from motion_desk.services.spreadsheets import guarded


def export(archive: Archive, query: Query, path: Path, stop: threading.Event) -> Iterator[int]:
    """Write all that a query lists, in its order; yields how many rows are written so far.

    UTF-8 with its mark, commas, CRLF; dates in this computer's time, as on screen; a cell that
    would be a formula gets an apostrophe before it, which the import takes off again. One state of
    the archive throughout, one page of it in memory. The file is there when it is whole: one that
    was there before stays until then, and where the export fails. Raises ``ArchiveError``,
    ``OSError`` and ``Stopped``.
    """
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with (
            archive.snapshot(),
            unfinished.open("w", encoding="utf-8-sig", errors="replace", newline="") as file,
        ):
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(LABELS.values())
            written = 0
            for number in count():
                if stop.is_set():
                    raise Stopped
                rows = archive.page(query, number).rows
                writer.writerows(map(_cells, rows))
                written += len(rows)
                yield written
                if not rows:
                    break
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _cells(row: Conversation) -> list[str]:
    read = {True: "read", False: "unread", None: ""}[row.read]
    cells = (
        row.id,
        row.watching,
        row.contact,
        row.subject,
        _local(row.started),
        _local(row.last),
        row.status.value if row.status else "",
        row.substatus,
        ", ".join(row.tags),
        row.owner,
        read,
    )
    return [guarded(cell) for cell in cells]


def _local(instant: datetime | None) -> str:
    return f"{instant.astimezone():%Y-%m-%d %H:%M:%S}" if instant else ""

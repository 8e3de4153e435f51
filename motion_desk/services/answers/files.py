"""Files: dispositions and canned answers of a CSV file, and where they are written."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from motion_desk.models.sections.answers import CannedAnswer, DispositionEntry
from motion_desk.services.answers import canned_answers, dispositions
from motion_desk.services.answers.plan import Plan
from motion_desk.services.tables import LARGEST, read_file

_ONE_AT_A_TIME = threading.Lock()


def read_dispositions(path: Path, rows: tuple[DispositionEntry, ...]) -> Plan:
    """What a file would do to these labels. Waits for the disk. Raises ``TableError``."""
    return dispositions.planned(read_file(path), rows)


def read_canned_answers(path: Path, rows: tuple[CannedAnswer, ...]) -> Plan:
    """What a file would do to these answers. Waits for the disk. Raises ``TableError``."""
    with _long_cells():
        table = read_file(path)
    return canned_answers.planned(table, rows)


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be as long as a file, for an answer may hold pictures.

    By itself the limit is 128 kB. It is the whole process's: meanwhile other files may have longer
    cells, too, none of them longer than this one.
    """
    with _ONE_AT_A_TIME:
        before = csv.field_size_limit(LARGEST)
        try:
            yield
        finally:
            csv.field_size_limit(before)

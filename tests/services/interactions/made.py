"""Made-up exports and archives of any size, the same at every run."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.columns import Choices, proposed
from motion_desk.services.interactions.importing import Imported, Progress, course
from motion_desk.services.interactions.sheet import examine

ACCOUNT = "account-1"
HEADER = "ID,Watching,Contact,Subject,Started At,Last Message,Status,Substatus,Tags,Owner,Read"
BEGAN = datetime(2019, 1, 1, tzinfo=UTC)
_SYLLABLES = [
    "ba",
    "co",
    "di",
    "fu",
    "ge",
    "hi",
    "jo",
    "ku",
    "la",
    "me",
    "ni",
    "po",
    "qua",
    "re",
    "su",
    "ta",
    "vi",
    "wo",
    "xe",
    "zu",
    "bra",
    "cle",
    "dri",
    "flo",
    "gru",
]


def words(number: int = 8_000) -> list[str]:
    """A vocabulary as uneven as a language's: few letters in common."""
    chosen = random.Random(3)  # noqa: S311  nothing is secret here
    return sorted(
        {"".join(chosen.choices(_SYLLABLES, k=chosen.randint(2, 4))) for _ in range(number)}
    )


def lines(rows: int, first: int = 1) -> Iterator[str]:
    """An export of so many conversations, line by line, with its header."""
    chosen = random.Random(7)  # noqa: S311  nothing is secret here
    vocabulary = words()
    yield HEADER + "\r\n"
    for number in range(first, first + rows):
        started = BEGAN + timedelta(seconds=number * 180)
        last = started + timedelta(seconds=chosen.randrange(900_000))
        subject = " ".join(chosen.choices(vocabulary, k=4))
        person = chosen.choice(vocabulary)
        status = "Open" if number % 5 == 0 else "Closed"
        yield (
            f"{number},,{person.title()} {chosen.choice(vocabulary).title()} <{person}@example.com>,"
            f'"{subject}, {number}",{started:%Y-%m-%d %H:%M:%S},{last:%Y-%m-%d %H:%M:%S},{status},'
            f'{("", "Pending", "Waiting")[number % 3]},"{vocabulary[number % 12]};vip",'
            f"{vocabulary[number % 40]},{number % 2}\r\n"
        )


def export(path: Path, rows: int, first: int = 1) -> Path:
    """An export as a file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines(rows, first))
    return path


def brought_in(
    archive: Path, file: Path, choices: Choices | None = None, *, leave_out: bool = False
) -> Imported:
    """Import a file as a window does, but on this thread."""
    sheet = examine(file)
    run = course(archive, ACCOUNT, sheet, choices or proposed(sheet)[0], leave_out=leave_out)
    *before, done = run(threading.Event())
    assert all(isinstance(each, Progress) for each in before)
    assert isinstance(done, Imported)
    return done


def archive_of(folder: Path, rows: int) -> Path:
    """An archive with so many conversations."""
    path = folder / "made.interactions"
    done = brought_in(path, export(folder / "export.csv", rows))
    assert done.kept
    assert done.added == rows
    return path


def counted(archive: Archive, query: object) -> int:
    """How many a query has, to the end."""
    while not (count := archive.count(query)).complete:  # type: ignore[arg-type]  # it is a Query
        pass
    return count.number

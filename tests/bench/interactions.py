"""Interactions: import, pages, search and memory at a million conversations.

Run ``python -m tests.bench.interactions`` for these figures alone; with a number, for so many.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.columns import proposed
from motion_desk.services.interactions.importing import Imported, course
from motion_desk.services.interactions.query import ROWS_A_PAGE, Query, Status
from motion_desk.services.interactions.sheet import examine
from tests.bench.figures import HEAD, Figure
from tests.services.interactions.made import ACCOUNT, export, words

MANY, SOME, FEW = 1_000_000, 200_000, 1_000
TURNS = 15


def resident() -> float:
    """Megabytes of memory that this process has."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


def median(act: Callable[[], object]) -> float:
    """The median time of some turns in milliseconds, the first of them not counted."""
    times = []
    for _ in range(TURNS + 1):
        start = perf_counter()
        act()
        times.append(perf_counter() - start)
    return statistics.median(times[1:]) * 1000


def figures(rows: int = MANY) -> list[Figure]:
    """All figures, of an archive that is made for them in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="motion-desk-bench-") as name:
        folder = Path(name)
        few, many = folder / "few.interactions", folder / "many.interactions"
        _imported(few, export(folder / "few.csv", FEW))
        before = resident()
        rate, grown = _imported(many, export(folder / "many.csv", rows))
        found = [
            Figure(
                f"import of {rows:,} rows: time of 30,000 of them", 30_000 / rate * 1e3, 0, 1000
            ),
            Figure("import: memory growth", grown, 0, 60, "MB"),
            *_orders(folder),
            *_pages(few, many, rows),
            *_searches(many),
        ]
        after = resident() - before
        return [*found, Figure("pages, counts, searches: memory growth", after, 0, 60, "MB")]


def _orders(folder: Path) -> list[Figure]:
    """Files in other orders, for Motion's list shows the newest first; the same again, and changed."""
    head, *rows = export(folder / "some.csv", SOME).read_bytes().splitlines(keepends=True)
    turned, changed = folder / "turned.csv", folder / "changed.csv"
    turned.write_bytes(head + b"".join(reversed(rows)))
    changed.write_bytes(turned.read_bytes().replace(b"@example.com", b"@example.org"))
    archive = folder / "turned.interactions"
    return [
        Figure(
            f"{name}: time of 30,000 of them", 30_000 / _imported(archive, file)[0] * 1e3, 0, 1000
        )
        for name, file in (
            (f"import of {SOME:,} rows, newest first", turned),
            ("the same rows again", turned),
            ("the same rows, each with other words", changed),
        )
    ]


def _imported(archive: Path, file: Path) -> tuple[float, float]:
    """Rows a second, and the growth of memory in megabytes."""
    before, most = resident(), 0.0
    start = perf_counter()
    sheet = examine(file)
    done: object = None
    for event in course(archive, ACCOUNT, sheet, proposed(sheet)[0])(threading.Event()):
        most, done = max(most, resident() - before), event
    assert isinstance(done, Imported)
    return (done.added + done.updated) / (perf_counter() - start), most


def _pages(few: Path, many: Path, rows: int) -> list[Figure]:
    query = Query(account=ACCOUNT)
    last = rows // ROWS_A_PAGE - 1

    def opened(path: Path) -> None:
        with Archive(path) as archive:
            archive.page(query, 0)
            archive.count(query, 0)

    floor, measured = median(lambda: opened(few)), median(lambda: opened(many))
    with Archive(many) as archive:
        start = perf_counter()
        while not archive.count(query).complete:
            pass
        counting = (perf_counter() - start) * 1000
        first, end = (median(lambda n=n: archive.page(query, n)) for n in (1, last))  # type: ignore[misc]  # mypy and defaults of lambdas
        closed = Query(account=ACCOUNT, status=Status.CLOSED, read=False)
        start = perf_counter()
        archive.page(closed, 0)
        filtered = (perf_counter() - start) * 1000
        longest = 0.0
        while True:
            start = perf_counter()
            count = archive.count(closed)
            longest = max(longest, (perf_counter() - start) * 1000)
            if count.complete:
                break
    return [
        Figure(f"open and first page at {rows:,} : {FEW:,}", measured, floor, 1.2),
        Figure("the last page : the second", end, first, 2),
        Figure("finding the way to all pages, once", counting, 0, 500),
        Figure("first page of two filters", filtered, 0, 100),
        Figure("longest call while these are counted", longest, 0, 100),
    ]


def _searches(path: Path) -> list[Figure]:
    """Each search is asked for once: the archive remembers what it found."""
    vocabulary = words()
    sought = {
        "a word": vocabulary[100:115],
        "two letters": [each[:2] for each in vocabulary[::500]],
        "three letters and a word": [
            f"{e[:3]} {vocabulary[n]}" for n, e in enumerate(vocabulary[::500])
        ],
        "in every row": ["example", "exam", "com", "example com"],
    }
    found = []
    with Archive(path) as archive:
        for what, texts in sought.items():
            times = []
            for text in texts:
                query = Query(account=ACCOUNT, text=text)
                start = perf_counter()
                archive.page(query, 0)
                archive.count(query)
                times.append((perf_counter() - start) * 1000)
            found.append(Figure(f"search, {what}: slowest of {len(times)}", max(times), 0, 100))
    return found


if __name__ == "__main__":
    print(HEAD)
    for figure in figures(int(sys.argv[1]) if len(sys.argv) > 1 else MANY):
        print(figure.line(), flush=True)

"""What adding costs grows with the rows that come, not with those that are there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from motion_desk.services.interactions.adding import Adding, Told
from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.query import Column, Query
from motion_desk.services.interactions.schema import INDICES
from tests.services.interactions.made import ACCOUNT

BATCH, STEPS = 500, 100
"""Rows that are added at once, and instructions of SQLite between two counts."""


def effort(archive: Archive, ids: Sequence[int | str], *, many: bool = False) -> int:
    """How often SQLite goes through its steps while rows with these ids are added."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    with archive.writing() as connection:
        connection.set_progress_handler(count, STEPS)
        adding = Adding(connection, ACCOUNT, [Column.SUBJECT], many=many)
        for start in range(0, len(ids), BATCH):
            adding.add([Told(each, subject="hello") for each in ids[start : start + BATCH]])
        for _ in adding.finish():
            pass
        connection.set_progress_handler(None, 0)
    return counted


@pytest.mark.parametrize("order", [1, -1], ids=["oldest first", "newest first"])
@pytest.mark.parametrize("again", [False, True], ids=["new", "again"])
def test_ten_times_the_rows_cost_no_more_than_ten_times_the_effort_in_any_order(
    tmp_path: Path, order: int, again: bool
) -> None:
    costs = []
    for rows in (1_000, 10_000):
        ids = [*range(1, rows + 1)][::order]
        with Archive(tmp_path / f"{rows}.interactions") as archive:
            if again:
                effort(archive, ids)
            costs.append(effort(archive, ids))
    assert costs[1] <= 12 * costs[0]


@pytest.mark.parametrize("order", [1, -1], ids=["oldest first", "newest first"])
def test_rows_that_all_changed_are_found_as_if_they_had_come_first(
    tmp_path: Path, order: int
) -> None:
    def told(number: int, word: str) -> Told:
        return Told(number, contact=f"{word}er", subject=f"{word} {number}", tags=(word, "all"))

    archives = []
    for name, words in (("changed", ("grey", "green")), ("fresh", ("green",))):
        with Archive(tmp_path / name) as archive:
            for word in words:
                with archive.writing() as connection:
                    adding = Adding(connection, ACCOUNT, [*Column], many=True)
                    rows = [told(n, word) for n in range(1, 2_001)][::order]
                    for start in range(0, len(rows), BATCH):
                        adding.add(rows[start : start + BATCH])
                    for _ in adding.finish():
                        pass
            with archive.reading() as connection:
                connection.execute("INSERT INTO found(found) VALUES ('integrity-check')")
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                indices = {
                    name for _, name, *_ in connection.execute("PRAGMA index_list(conversation)")
                }
            assert indices >= {*INDICES}
            archives.append(
                [
                    [row.id for row in archive.page(Query(account=ACCOUNT, **asked), 0).rows]  # type: ignore[arg-type]  # names of its parts
                    for asked in ({"text": "green 77"}, {"text": "greener"}, {"tag": "green"}, {})
                ]
            )
            for gone in ({"text": "grey"}, {"tag": "grey"}):
                assert archive.page(Query(account=ACCOUNT, **gone), 0).rows == ()  # type: ignore[arg-type]  # as above
    assert archives[0] == archives[1]


def test_ids_that_fall_and_come_again_are_known_again(tmp_path: Path) -> None:
    ids = [*range(3_000, 1_000, -1), *range(2_000, 500, -1), "x", *range(4_000, 3_500, -1), 7]
    with Archive(tmp_path / "a.interactions") as archive:
        effort(archive, ids)
        assert archive.total(ACCOUNT) == len({*ids})
        assert archive.count(Query(account=ACCOUNT, text="hello")).number == len({*ids})


def test_a_file_that_comes_again_with_little_that_is_new_makes_no_index_anew(
    tmp_path: Path,
) -> None:
    with Archive(tmp_path / "a.interactions") as archive:
        first = effort(archive, range(1, 5_001), many=True)
        again = effort(archive, range(1, 5_051), many=True)
    assert again < first * 0.25

"""What adding costs grows with the rows that come, not with those that are there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from motion_desk.services.interactions.adding import Adding, Told
from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.query import Column
from tests.services.interactions.made import ACCOUNT

BATCH, STEPS = 500, 100
"""Rows that are added at once, and instructions of SQLite between two counts."""


def effort(archive: Archive, ids: Sequence[int]) -> int:
    """How often SQLite goes through its steps while rows with these ids are added."""
    counted = 0

    def count() -> int:
        nonlocal counted
        counted += 1
        return 0

    with archive.writing() as connection:
        connection.set_progress_handler(count, STEPS)
        adding = Adding(connection, ACCOUNT, [Column.SUBJECT])
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

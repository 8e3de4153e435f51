"""What retention deletes is noted in the archive, added up, until somebody was told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from motion_desk.services.interactions import deleting
from motion_desk.services.interactions.archive import Archive
from motion_desk.services.interactions.deleting import UNTOLD, Untold, untold
from tests.services.interactions.made import ACCOUNT, archive_of

LONG_AGO = date(2001, 1, 1)


def noted(archive: Archive) -> Untold | None:
    return untold(archive.setting(UNTOLD))


def put_off(archive: Archive, days: int) -> None:
    """Let retention be due again, as it is on another day, with what it noted some days earlier."""
    archive.set_setting("tidied", "")
    found = noted(archive)
    assert found is not None
    earlier = (found.first - timedelta(days=days)).isoformat()
    archive.set_setting(
        UNTOLD, f'[{found.number}, "{earlier}", "{found.last.isoformat()}", {found.days}]'
    )


def test_what_retention_deletes_is_noted_with_its_day_and_its_limit(tmp_path: Path) -> None:
    with Archive(archive_of(tmp_path, 100)) as archive:
        assert noted(archive) is None
        archive.kept_days = 30
        before = datetime.now(UTC).date()
        assert archive.keep_retention() == 100
        after = datetime.now(UTC).date()
        found = noted(archive)
        assert found is not None
        assert (found.number, found.days) == (100, 30)
        assert before <= found.first == found.last <= after


def test_what_nobody_was_told_of_is_added_up_and_told_no_more_after_that(tmp_path: Path) -> None:
    path = archive_of(tmp_path, 100)
    with Archive(path) as archive:
        archive.kept_days = 30
        archive.keep_retention()
        put_off(archive, 3)
    archive_of(tmp_path, 40)
    with Archive(path) as archive:
        archive.kept_days = 60
        assert archive.keep_retention() == 40
        found = noted(archive)
        assert found is not None
        assert (found.number, found.days) == (140, 60)
        assert found.last - found.first >= timedelta(days=3)
        archive.set_setting(UNTOLD, "")
        assert noted(archive) is None


def test_a_deletion_that_fails_is_not_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive(archive_of(tmp_path, 20)) as archive:
        archive.kept_days = 30
        monkeypatch.setattr(deleting, "_TOTALS", "UPDATE nonesuch SET x = 1")
        with pytest.raises(Exception, match="damaged"):
            archive.keep_retention()
        monkeypatch.undo()
        assert noted(archive) is None
        assert archive.total(ACCOUNT) == 20


@pytest.mark.parametrize(
    "setting",
    ["", "null", "{", "[]", '[1, "x", "y", 2]', '["a", "2001-01-01", "2001-01-01", 2]', "7"],
    ids=range(7),
)
def test_a_note_that_says_nothing_tells_nothing(setting: str) -> None:
    assert untold(setting) is None
    assert untold('[1, "2001-01-01", "2001-01-01", 2]') == Untold(1, LONG_AGO, LONG_AGO, 2)


def test_nothing_is_noted_where_nothing_was_old(tmp_path: Path) -> None:
    with Archive(archive_of(tmp_path, 20)) as archive:
        archive.kept_days = 36_500
        assert archive.keep_retention() == 0
        assert noted(archive) is None

"""What becomes of the file of conversations is said on their page: once, and with what to do."""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from motion_desk.services.interactions.adding import Adding, Told
from motion_desk.services.interactions.archive import Archive, path_beside
from motion_desk.services.interactions.deleting import Untold
from motion_desk.services.interactions.query import Column
from motion_desk.ui.interactions.retired import said_of
from tests.journeys.driver import Answers, Driver
from tests.journeys.interacting import (
    archive_of,
    counted,
    errand,
    import_file,
    open_interactions,
    read_mailbox,
    shown,
)
from tests.journeys.stage import Stage
from tests.services.store.samples import run
from tests.services.store.test_bad_places import ORDINARY, permissions
from tests.ui.conversations import fill

HEADER = "ID,Contact,Subject,Started At,Last Message,Status,Substatus,Tags,User,Read\n"
FAR = int(datetime(2199, 1, 1, tzinfo=UTC).timestamp())
OLD, NEW = (1, 2, 3), (4,)


def aged(path: Path, account: str) -> None:
    """An archive of three conversations of 1970 and one of 2199, kept for 30 days."""
    with Archive(path) as archive:
        with archive.writing() as connection:
            adding = Adding(connection, account, [*Column], many=True)
            adding.add(
                [
                    *(Told(id=n, subject=f"Old {n}", last=n) for n in OLD),
                    *(Told(id=n, subject=f"New {n}", last=FAR) for n in NEW),
                ]
            )
            for _ in adding.finish():
                pass
        archive.kept_days = 30


def today() -> str:
    """The day by UTC, as the page writes it."""
    return datetime.now(UTC).date().isoformat()


def remark(driver: Driver, name: str) -> str:
    """What a strip says."""
    return str(driver.find(f"strip-text:{name}").text()).replace("\u200b", "")


def test_what_was_deleted_as_too_old_is_said_once_and_stays_until_it_is_put_away(
    stage: Stage, path: Path
) -> None:
    driver = stage(path, "demo")
    driver.open("Customer care")
    aged(path_beside(path), driver.account_draft().id)
    days = {today()}
    open_interactions(driver)
    days.add(today())
    said = "Of all accounts, 3 conversations older than 30 days were deleted on {}."
    assert remark(driver, "interactions-retired") in {said.format(day) for day in days}
    assert counted(driver) == "1 conversation"
    open_interactions(driver, "Trade desk")
    open_interactions(driver, "Customer care")
    assert driver.is_there("strip:interactions-retired"), "nobody has put it away"
    driver.press("strip-button:interactions-retired")
    assert not driver.is_there("strip:interactions-retired")
    again = stage(path, "open")
    open_interactions(again)
    assert counted(again) == "1 conversation"
    assert not again.is_there("strip:interactions-retired")


def test_what_is_deleted_with_a_person_s_consent_is_not_said_as_if_it_had_gone_by_itself(
    stage: Stage, path: Path, answers: Answers
) -> None:
    driver = stage(path, "demo")
    driver.open("Customer care")
    aged(path_beside(path), driver.account_draft().id)
    with archive_of(path) as archive:
        archive.kept_days = None
    open_interactions(driver)
    answers.answers["sure"] = True
    driver.pick("interactions:days", "Keep for 30 days")
    shown(driver)
    driver.wait(lambda: counted(driver) == "1 conversation", "the deletion")
    assert driver.said() == "3 were deleted."
    assert not driver.is_there("strip:interactions-retired")


def written(folder: Path, rows: int) -> Path:
    """An export with so many conversations."""
    path = folder / "export.csv"
    lines = (f"{n},Ann <ann@example.com>,Order {n},,,,,,,\n" for n in range(rows))
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


def texts(driver: Driver) -> str:
    """All that is said on the page about its file."""
    said = remark(driver, "interactions-wrong")
    name = "interactions:errand-more"
    more = str(driver.find(name).text()) if driver.is_there(name) else ""
    return f"{said}\n{more}".replace("\u200b", "")


def test_of_a_damaged_archive_it_is_said_once_that_nothing_can_come_in(
    stage: Stage, path: Path, answers: Answers, tmp_path: Path
) -> None:
    driver = stage(None, "demo")
    driver.console.testing.lab.scale = 0.1
    archive = path_beside(driver.console.path)
    archive.write_bytes(b"This is no archive at all.\n" * 400)
    open_interactions(driver)
    assert read_mailbox(driver, "the 50 newest messages") == "The mailbox was not read."
    assert texts(driver).count("is no archive of interactions") == 1
    answers.answers["open_interactions"] = written(tmp_path, 3)
    driver.press("interactions:import")
    assert errand(driver) == "Nothing was imported."
    assert texts(driver).count("is no archive of interactions") == 1
    answers.answers["sure"] = True
    driver.press("strip-button:interactions-wrong")
    driver.settled()
    shown(driver)
    assert not driver.is_there("strip:interactions-wrong")
    assert "new messages in" in read_mailbox(driver, "the 50 newest messages")


def test_a_full_disk_is_named_and_what_was_kept_stays_on_screen(
    stage: Stage, path: Path, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = stage(None, "demo")
    driver.console.testing.lab.scale = 0.1
    driver.open("Customer care")
    archive = path_beside(driver.console.path)
    fill(archive, driver.account_draft().id, 60)
    open_interactions(driver)
    writing = Archive.writing

    def limited(self: Archive) -> object:
        """The same in a file that SQLite may not let grow, as on a disk without room."""
        with self.reading() as connection:
            [(pages,)] = connection.execute("PRAGMA page_count").fetchall()
            connection.execute(f"PRAGMA max_page_count = {pages}")
        return writing(self)

    monkeypatch.setattr(Archive, "writing", limited)
    import_file(driver, answers, written(tmp_path, 4_001))
    driver.press("interactions-import:import")
    assert errand(driver) == "Nothing was imported."
    told = (
        f"There is no space left for {archive}; it was left as it was. Free some, then try again."
    )
    assert driver.find("interactions:errand-more").text().replace("\u200b", "") == told
    assert read_mailbox(driver, "the 50 newest messages") == "The mailbox was not read."
    assert driver.find("interactions:errand-more").text().replace("\u200b", "") == told
    assert not driver.is_there("strip:interactions-wrong")
    assert counted(driver) == "60 conversations"
    monkeypatch.undo()
    import_file(driver, answers, written(tmp_path, 4_001))
    driver.press("interactions-import:import")
    assert errand(driver).startswith("Imported: ")


LOOK = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from motion_desk.app import Application
from tests.journeys.driver import Answers, Driver
from tests.journeys.interacting import choose, counted, open_interactions, page
from tests.journeys.stage import end

app = QApplication(sys.argv[:1])
application = Application(app, Answers(save_changes="discard"))
application.open(Path(sys.argv[1]), "open")
driver = Driver(application)
driver.wait(lambda: driver.console.desk.current, "the first document")
driver.console.window.resize(1005, 600)
open_interactions(driver)
print(counted(driver))
print(driver.find("strip-text:interactions-read-only").text())
choose(driver, 0)
print(page(driver).reading.opened is not None)
driver.press("interactions:import")
print(driver.said())
print(driver.find("interactions:days").isEnabled(), driver.find("interactions:delete").isEnabled())
if len(sys.argv) > 2:
    driver.picture(Path(sys.argv[2]))
end(application)
"""


@permissions
@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_an_archive_that_can_only_be_read_is_shown_and_says_what_cannot_be_done(
    stage: Stage, path: Path
) -> None:
    driver = stage(path, "demo")
    driver.open("Customer care")
    archive = path_beside(path)
    fill(archive, driver.account_draft().id, 60)
    driver.close()
    archive.chmod(0o444)
    before = archive.read_bytes()
    picture = [os.environ["PICTURE"]] if "PICTURE" in os.environ else []
    count, note, opened, told, acts = run(LOOK, path, *picture, before=ORDINARY)
    assert count == "60 conversations"
    assert note.startswith("This archive can only be read: nothing can be added to it or deleted ")
    assert opened == "True"
    assert told == "The archive cannot be written to, so nothing can be added."
    assert acts == "False False"
    assert archive.read_bytes() == before


def test_the_remark_names_the_days_of_several_deletions_and_a_single_conversation() -> None:
    first, last = date(2026, 11, 20), date(2026, 11, 23)
    assert said_of(Untold(1_234, first, last, 90)) == (
        "Of all accounts, 1,234 conversations older than 90 days were deleted "
        "between 2026-11-20 and 2026-11-23."
    )
    assert said_of(Untold(1, last, last, 30)) == (
        "Of all accounts, 1 conversation older than 30 days was deleted on 2026-11-23."
    )

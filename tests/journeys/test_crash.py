"""A crash: what was not saved is there again at the next opening, typed secrets aside."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.secret import NO_SECRET
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored

ROOT = Path(__file__).parents[2]
CANARY = "kanarienvogel-4182"
TOLD = "Unsaved changes of the last time are back; typed passwords are not kept."

EDIT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from motion_desk.app import Application
from tests.journeys.driver import Answers, Driver

driver = Driver(application := Application(QApplication([]), Answers()))
application.open(Path(sys.argv[1]), "open")
driver.wait(lambda: driver.console.desk.current, "the account")
driver.settled()
driver.type("settings.key", "NEWER")
driver.type("settings.wait_agent", "10s")
driver.section("imap")
driver.type("imap.password", sys.argv[2])
driver.type("imap.host", "mail.example.com")
driver.open("Workspace")
driver.section("pauses")
row = driver.add("pauses.entries")
driver.type(f"pauses.entries/{row}/name", "Wrap-up")

found = []

def journal_has_all():
    driver.settled()
    driver.console.session.ask(lambda store: str(store.drafts()), found.append)
    driver.settled()
    return "Wrap-up" in found[-1] and "mail.example.com" in found[-1]

driver.wait(journal_has_all, "the journal")
print("written", flush=True)
sys.stdin.read()
"""


def crash(path: Path) -> None:
    """Edit in a program of its own and kill it once its journal is written."""
    program = subprocess.Popen(
        [sys.executable, "-c", EDIT, str(path), CANARY],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        assert program.stdout is not None
        said = program.stdout.readline()
        program.kill()
    assert said == "written\n"


def test_after_a_crash_unsaved_changes_are_back_and_typed_secrets_are_nowhere(
    path: Path, stage: Stage, tmp_path: Path, home: Path
) -> None:
    stored(path, put(put(Account(), "settings.name", "Alpha"), "settings.key", "OLD"))
    crash(path)
    assert CANARY.encode() not in everything(tmp_path, home)

    driver: Driver = stage()
    assert TOLD in driver.console.window.notices.texts
    assert driver.find("settings.key").text() == "NEWER"
    assert driver.find("settings.wait_agent").text() == "10s", "wrong values are not lost either"
    assert driver.value("imap.host") == "mail.example.com"
    assert driver.value("imap.password") == NO_SECRET
    driver.open("Workspace")
    assert [row.name for row in driver.value("pauses.entries")] == ["Wrap-up"]
    assert len({opened.draft.id for opened in driver.console.desk.unsaved}) == 2

    # They are edits like others: back to saved, or saved.
    driver.open("Alpha")
    driver.section("settings")
    driver.press("back:settings.wait_agent")
    driver.command("save-all")
    driver.settled()
    assert not driver.console.desk.unsaved
    driver = stage()
    assert TOLD not in driver.console.window.notices.texts
    assert driver.value("settings.key") == "NEWER"
    assert CANARY.encode() not in everything(tmp_path, home)


def test_changes_that_are_given_up_on_purpose_stay_away(path: Path, stage: Stage) -> None:
    stored(path, put(Account(), "settings.name", "Alpha"))
    driver = stage()
    driver.type("settings.key", "NEWER")
    driver.console.cabinet.write_journal()
    driver.settled()
    driver = stage()  # unsaved changes are discarded
    assert driver.value("settings.key") == ""
    assert not any("are back" in text for text in driver.console.window.notices.texts)


def test_what_was_saved_while_the_journal_was_written_does_not_come_back(
    path: Path, stage: Stage
) -> None:
    stored(path, put(Account(), "settings.name", "Alpha"))
    driver = stage()
    driver.type("settings.key", "NEWER")
    free = threading.Event()
    driver.console.session.ask(lambda _: free.wait(20), lambda _: None)
    driver.command("save")
    driver.console.cabinet.write_journal()  # as its timer does, before the store has answered
    free.set()
    driver.wait(lambda: not driver.console.desk.unsaved, "what was saved")
    driver = stage()
    assert driver.value("settings.key") == "NEWER"
    assert TOLD not in driver.console.window.notices.texts


def test_a_change_that_was_undone_before_the_end_does_not_come_back(
    path: Path, stage: Stage
) -> None:
    stored(path, put(Account(), "settings.name", "Alpha"))
    driver = stage()
    driver.type("settings.key", "NEWER")
    driver.console.cabinet.write_journal()
    driver.command("undo")
    driver = stage()
    assert driver.value("settings.key") == ""
    assert TOLD not in driver.console.window.notices.texts


def test_unsaved_changes_of_a_deleted_account_are_there_when_a_later_run_restores_it(
    path: Path, stage: Stage
) -> None:
    stored(path, put(Account(), "settings.name", "Alpha"), put(Account(), "settings.name", "Beta"))
    driver = stage()
    driver.open("Alpha")
    driver.type("settings.key", "NEWER")
    driver.console.cabinet.write_journal()
    account_id = driver.account_draft().id
    driver.console.cabinet.delete(account_id, "Alpha")
    driver.settled()
    driver.console.cabinet.write_journal()
    driver = stage()
    assert TOLD not in driver.console.window.notices.texts, "it is in the bin"
    driver.console.cabinet.restore(account_id, "Alpha")
    driver.wait(lambda: "Alpha" in driver.accounts(), "the restored account")
    driver.open("Alpha")
    assert driver.value("settings.key") == "NEWER"


def everything(*folders: Path) -> bytes:
    """The bytes of all files in some folders and below."""
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert paths, "nothing was looked at"
    return b"\n".join(path.read_bytes() for path in paths)

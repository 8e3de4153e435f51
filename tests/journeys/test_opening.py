"""Opening: files that cannot be opened, or only be read, are told of and left as they are."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from shiboken6 import isValid

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.services import folders
from tests.journeys.driver import Answers
from tests.journeys.stage import Stage, stored

ROOT = Path(__file__).parents[2]


def alpha() -> Account:
    return put(put(Account(), "settings.name", "Alpha"), "settings.key", "ALPHA")


def missing(path: Path) -> None:
    """Leave the file away."""


def foreign(path: Path) -> None:
    path.write_bytes(b"PK\3\4" * 500)


def empty(path: Path) -> None:
    path.touch()


def newer(path: Path) -> None:
    stored(path, alpha())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


def cut_short(path: Path) -> None:
    stored(path, alpha())
    os.truncate(path, path.stat().st_size // 2)


def folder(path: Path) -> None:
    path.mkdir()


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (missing, "There is no workspace"),
    "foreign": (foreign, "not a workspace of Motion Desk"),
    "empty": (empty, "is empty"),
    "newer": (newer, "was made by a newer version of Motion Desk"),
    "damaged": (cut_short, "is damaged"),
    "a folder": (folder, "is a folder"),
}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("what", BAD)
def test_a_file_that_cannot_be_opened_is_told_of_and_left_as_it_is(
    stage: Stage, path: Path, tmp_path: Path, answers: Answers, what: str
) -> None:
    make, sentence = BAD[what]
    make(path)
    before = contents(tmp_path)
    driver = stage(loads=False)
    [told] = driver.console.window.notices.texts
    assert sentence in told
    assert path.name in told
    assert told.count(". ") >= 1, "it must also say what can be done"
    assert contents(tmp_path) == before

    # Nothing can be done in it,
    for word in ("new-account", "save", "save-all", "duplicate", "activate", "delete", "undo"):
        assert not driver.can(word), word
    for word in ("bin", "import", "export"):
        assert not driver.can(word), word
    assert driver.sections() == []

    # but the window goes on to another file.
    other = tmp_path / "Other.motiondesk"
    stored(other, alpha())
    answers.answers["open_workspace"] = other
    old = driver.console
    driver.command("open-workspace")
    driver.wait(lambda: driver.console is not old, "the other window")
    driver.wait(lambda: driver.console.desk.current, "the other file")
    assert driver.accounts() == ["Alpha"]
    assert not (isValid(old.window) and old.window.isVisible())
    assert {name: content for name, content in contents(tmp_path).items() if name in before} == (
        before
    )


def test_a_part_that_is_damaged_is_told_of_when_it_is_opened(stage: Stage, path: Path) -> None:
    stored(path, alpha(), put(Account(), "settings.name", "Beta"))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(
        'UPDATE account SET "settings.key" = ? WHERE "settings.name" = ?', ("X", "Beta")
    )
    connection.close()
    driver = stage()
    driver.console.window.accounts.choose(driver.account("Beta").id)
    driver.settled()
    assert "“Beta”" in driver.console.window.notices.texts[-1]
    assert "is damaged" in driver.console.window.notices.texts[-1]
    driver.open("Alpha")
    assert driver.value("settings.key") == "ALPHA"


def test_without_a_keyring_the_window_says_how_long_passwords_last(stage: Stage) -> None:
    driver = stage(how="new")
    [told] = driver.console.window.notices.texts
    assert told.startswith("No system keyring was found.")
    assert "until the program is closed" in told
    assert driver.can("new-account")


def test_a_notice_is_gone_once_it_is_closed(stage: Stage) -> None:
    driver = stage(how="new")
    driver.press("Close this notice")
    assert driver.console.window.notices.texts == ()
    assert not driver.console.window.notices.isVisible()


def test_the_default_workspace_is_made_where_it_is_missing(stage: Stage) -> None:
    driver = stage(None, "first")
    assert driver.console.path == folders.default_workspace()
    assert folders.default_workspace().exists()
    assert driver.console.desk.current is not None


def test_a_new_workspace_never_overwrites_a_file(
    stage: Stage, path: Path, answers: Answers, tmp_path: Path
) -> None:
    stored(path, alpha())
    mine = tmp_path / "mine.motiondesk"
    mine.write_text("mine")
    driver = stage()
    answers.answers["new_workspace"] = mine
    old = driver.console
    driver.command("new-workspace")
    driver.wait(lambda: driver.console is not old, "the other window")
    driver.wait(lambda: len(driver.console.window.notices.texts) > 0, "a notice")
    assert mine.name in driver.console.window.notices.texts[0]
    assert mine.read_text() == "mine"


def test_recent_files_are_offered(stage: Stage, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "Other.motiondesk"
    stored(other, alpha())
    stage(other)
    driver = stage(how="new")
    recent = driver.console.window.recent
    recent.aboutToShow.emit()
    assert [action.text() for action in recent.actions()] == [str(path), str(other)]
    old = driver.console
    recent.actions()[1].trigger()
    driver.wait(lambda: driver.console is not old, "the other window")
    driver.wait(lambda: driver.console.desk.current, "the other file")
    assert driver.accounts() == ["Alpha"]


def test_another_file_is_opened_only_once_unsaved_changes_are_settled(
    stage: Stage, path: Path, tmp_path: Path, answers: Answers
) -> None:
    stored(path, alpha())
    other = tmp_path / "Other.motiondesk"
    stored(other)
    driver = stage()
    driver.type("settings.key", "A")
    answers.answers |= {"open_workspace": other, "save_changes": "cancel"}
    old = driver.console
    driver.command("open-workspace")
    driver.settled()
    assert driver.console is old
    assert driver.value("settings.key") == "A"
    answers.answers["save_changes"] = "save"
    driver.command("open-workspace")
    driver.wait(lambda: driver.console is not old, "the other window")
    driver.wait(lambda: driver.console.desk.current, "the other file")
    driver = stage(path)
    assert driver.value("settings.key") == "A"


# Root may write everything, unless it lays that down.
CAPABILITIES = "-dac_override,-dac_read_search"
ORDINARY = (
    ["setpriv", f"--inh-caps={CAPABILITIES}", f"--bounding-set={CAPABILITIES}"]
    if sys.platform == "linux" and os.geteuid() == 0
    else []
)

LOOK = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from motion_desk.app import Application
from tests.journeys.driver import Answers, Driver

driver = Driver(application := Application(QApplication([]), Answers(save_changes="discard")))
application.open(Path(sys.argv[1]), "open")
driver.wait(lambda: driver.console.desk.current, "the account")
driver.settled()
print(*driver.accounts())
driver.type("settings.key", "A")
driver.console.cabinet.write_journal()
driver.settled()
assert not any("can be read" in text for text in driver.console.window.notices.texts)
driver.save()
driver.settled()
print(bool(driver.console.desk.unsaved), driver.value("settings.key"))
print(*driver.console.window.notices.texts, sep="\\n")
driver.close()
"""


@pytest.mark.skipif(
    sys.platform == "win32" or bool(ORDINARY and not shutil.which("setpriv")),
    reason="permissions cannot be laid down here",
)
def test_a_file_in_a_folder_that_cannot_be_written_can_be_read(tmp_path: Path) -> None:
    place = tmp_path / "read-only"
    place.mkdir()
    path = place / "Test.motiondesk"
    stored(path, alpha())
    before = contents(place)
    place.chmod(0o555)
    path.chmod(0o444)
    try:
        done = subprocess.run(
            [*ORDINARY, sys.executable, "-c", LOOK, str(path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    finally:
        place.chmod(0o755)
    assert done.returncode == 0, done.stdout + done.stderr
    accounts, state, *told = done.stdout.splitlines()
    assert accounts == "Alpha"
    assert state == "True A", "the edit stays, unsaved"
    assert any(text.startswith("This workspace cannot be written to") for text in told)
    assert any("can be read but not changed" in text for text in told)
    assert contents(place) == before


@pytest.mark.parametrize(("how", "lines"), [("first", 1), ("demo", 6)])
def test_the_first_start_makes_its_folder(stage: Stage, path: Path, how: str, lines: int) -> None:
    driver = stage(path.parent / "not" / "there" / "Fresh.motiondesk", how)
    assert len(driver.console.window.accounts.entries()) == lines
    assert not [text for text in driver.console.window.notices.texts if "folder" in text]

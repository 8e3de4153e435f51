"""The panel “Invite staff”: what is missing, who is listed, from where, and each one's letter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from motion_desk.models.sent import Purpose
from motion_desk.ui.invite.cells import Column
from tests.journeys.driver import Answers, Driver
from tests.journeys.inviting import (
    choose,
    choose_by_menu,
    drawn,
    from_the_workspace,
    open_invite,
    page,
    people,
    put,
    show_letter,
    state_of,
)
from tests.journeys.stage import Stage, stored
from tests.ui.invited import BASE, NAMES, OWN, sender, workspace
from tests.ui.test_labels import page_faults

# Off screen, the web engine's pictures and a table's editor are answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ELODIE, KARIM, PAOLO = NAMES
LINK = f"{BASE}/login?invitation=canary-4711"


@pytest.fixture
def desk(path: Path, stage: Stage) -> Driver:
    """A window on the panel, with nobody listed yet."""
    stored(path, workspace(), sender())
    driver = stage()
    open_invite(driver)
    return driver


def plain(driver: Driver, name: str) -> str:
    """The text of a label, without the places where it may be broken."""
    return str(driver.find(name).text()).replace("\u200b", "")


def test_what_is_missing_is_one_sentence_with_a_way_to_each_field(path: Path, stage: Stage) -> None:
    stored(path, workspace(value="", base=""), sender())
    driver = stage()
    open_invite(driver)
    said = plain(driver, "invite:sentence")
    assert said.startswith("No invitation can be sent, for the invitation link base address is not")
    assert said.endswith("also missing: the template's text.")
    driver.press("invite:way:1")
    assert driver.console.window.section == "invitations"
    driver.section("invite")
    driver.press("invite:way:0")
    driver.wait(lambda: driver.focused() == "general.base_address", "the field")
    driver.type("general.base_address", BASE)
    driver.section("invite")
    assert plain(driver, "invite:sentence").endswith("for the template “welcome” has no text.")


def test_a_workspace_without_a_marked_account_leads_to_used_for(path: Path, stage: Stage) -> None:
    from motion_desk.models.choices import UsedFor
    from motion_desk.models.document import put as with_value

    stored(path, workspace(), with_value(sender(), "settings.used_for", UsedFor.CUSTOMERS))
    driver = stage()
    open_invite(driver)
    assert "no account is marked as used for Motion's own mail" in plain(driver, "invite:sentence")
    driver.press("invite:way:0")
    driver.wait(lambda: driver.focused() == "settings.used_for", "the field")
    driver.pick("settings.used_for", UsedFor.MOTION.label)
    open_invite(driver)
    assert plain(driver, "invite:sentence").startswith("Invitations can be sent"), "unsaved, too"


def test_agents_and_users_come_from_the_directory_once(desk: Driver) -> None:
    assert "Nobody is listed yet." in plain(desk, "invite:empty")
    from_the_workspace(desk)
    from_the_workspace(desk)
    assert [each.listed.person.name for each in people(desk)] == list(NAMES)
    assert desk.said() == "0 people were added. 3 were listed already."
    assert "There is no email address." in state_of(desk, KARIM)
    assert "There is no invitation link." in state_of(desk, ELODIE)
    assert "kept until this window closes" in plain(desk, "invite:counts")


def test_somebody_is_added_by_hand_and_edited_in_place(desk: Driver) -> None:
    desk.press("invite:add")
    editor = desk.find("invite:editor")
    assert editor.hasFocus()
    QTest.keyClicks(editor, "Zoe Quinn")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    drawn(desk)
    put(desk, "Zoe Quinn", Column.ADDRESS, "zoe@")
    assert "“zoe@” is no email address." in state_of(desk, "Zoe Quinn")
    put(desk, "Zoe Quinn", Column.ADDRESS, "zoe@example.com")
    put(desk, "Zoe Quinn", Column.LINK, LINK)
    assert people(desk)[0].is_ready


def test_escape_leaves_an_edited_cell_as_it_was(desk: Driver) -> None:
    from_the_workspace(desk)
    table = desk.find("invite:people")
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, Column.NAME))
    QTest.keyClick(table, Qt.Key.Key_Return)
    editor = desk.find("invite:editor")
    QTest.keyClicks(editor, "somebody else")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    drawn(desk)
    assert not desk.is_there("invite:editor")
    assert people(desk)[0].listed.person.name == ELODIE


def test_a_link_is_masked_wherever_it_stands(desk: Driver) -> None:
    from_the_workspace(desk)
    put(desk, ELODIE, Column.LINK, LINK)
    model = desk.find("invite:people").model()
    shown = [
        str(model.index(0, column).data(role))
        for column in Column
        for role in Qt.ItemDataRole
        if role is not Qt.ItemDataRole.EditRole
    ]
    assert not [text for text in shown if "canary" in text]
    assert "has a link" in model.index(0, Column.LINK).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "canary" not in repr(people(desk)[0])


def test_a_link_to_another_host_is_no_link(desk: Driver) -> None:
    from_the_workspace(desk)
    put(desk, ELODIE, Column.LINK, "https://evil.example/login")
    assert "The link leads to https://evil.example" in state_of(desk, ELODIE)
    assert not people(desk)[0].is_ready


def test_the_same_address_twice_is_told_and_only_the_first_counts(desk: Driver) -> None:
    from_the_workspace(desk)
    put(desk, KARIM, Column.ADDRESS, "ELODIE@example.com")
    assert "comes more than once" in state_of(desk, KARIM)
    assert "comes more than once" not in state_of(desk, ELODIE)


def test_those_who_are_removed_can_be_put_back_in_their_places(desk: Driver) -> None:
    from_the_workspace(desk)
    choose(desk, ELODIE, PAOLO)
    QTest.keyClick(desk.find("invite:people"), Qt.Key.Key_Delete)
    desk.rest()
    assert [each.listed.person.name for each in people(desk)] == [KARIM]
    assert plain(desk, "strip-text:invite-removed") == "2 people were removed."
    desk.press("strip-button:invite-removed")
    assert [each.listed.person.name for each in people(desk)] == list(NAMES)


def test_people_are_chosen_by_what_they_lack(desk: Driver) -> None:
    from_the_workspace(desk)
    put(desk, PAOLO, Column.LINK, LINK)
    choose_by_menu(desk, "ready")
    chosen = desk.find("invite:people").chosen
    assert [each.listed.person.name for each in chosen] == [PAOLO]
    choose_by_menu(desk, "all")
    assert plain(desk, "invite:counts").startswith("3 people, 3 chosen.")


@pytest.fixture
def read(desk: Driver, answers: Answers, tmp_path: Path) -> Callable[[str], None]:
    """Reads a text as a CSV file, up to the dialog that asks about its columns."""

    def read_text(text: str) -> None:
        path = tmp_path / "staff.csv"
        path.write_text(text, encoding="utf-8")
        answers.answers["open_staff"] = path
        desk.press("invite:csv")
        desk.wait(lambda: desk.is_there("staff-import:add"), "the dialog")
        waited(desk)

    return read_text


def waited(driver: Driver) -> None:
    dialog = driver.find("staff-import")
    driver.wait(lambda: dialog.is_read, "the rows")
    driver.rest()


def test_a_csv_files_columns_are_shown_and_can_be_changed(
    desk: Driver, read: Callable[[str], None]
) -> None:
    read("Name;Mailbox;Where\nZoë;zoe@example.com;Trieste\nUgo;ugo@example.com;Graz\n")
    assert desk.find("staff-import:column:0").currentText() == "Full name"
    assert desk.find("staff-import:column:2").currentText() == "Nothing"
    desk.pick("staff-import:column:1", "Email address")
    waited(desk)
    assert plain(desk, "staff-import:sum") == "2 people."
    desk.pick("staff-import:column:2", "Email address")
    waited(desk)
    assert desk.find("staff-import:column:1").currentText() == "Nothing"
    assert "2 rows refused" in plain(desk, "staff-import:sum")
    desk.pick("staff-import:column:1", "Email address")
    waited(desk)
    desk.press("staff-import:add")
    drawn(desk)
    assert [each.listed.person.address for each in people(desk)] == [
        "zoe@example.com",
        "ugo@example.com",
    ]


def test_refused_rows_and_duplicates_are_told_with_their_lines(
    desk: Driver, read: Callable[[str], None]
) -> None:
    read("name,email\nZoë,zoe@example.com\nUgo,ugo@\nZ.,ZOE@example.com\n")
    assert plain(desk, "staff-import:sum") == "2 people, 1 row refused, 1 address twice."
    told = desk.find("staff-import:told").toPlainText()
    assert "Line 3: Email address:" in told
    assert "Line 4: ZOE@example.com is on line 2, too." in told


def test_a_file_that_is_no_table_is_told_above_the_page(
    desk: Driver, answers: Answers, tmp_path: Path
) -> None:
    (tmp_path / "staff.csv").write_bytes(b"\0\1\2")
    answers.answers["open_staff"] = tmp_path / "staff.csv"
    desk.press("invite:csv")
    desk.settled()
    assert any("This is no text file." in text for text in desk.console.window.notices.texts)


def test_links_come_back_into_the_list_by_the_file_that_was_saved(
    desk: Driver, answers: Answers, read: Callable[[str], None], tmp_path: Path
) -> None:
    from_the_workspace(desk)
    answers.answers["save_staff"] = tmp_path / "out.csv"
    desk.press("invite:save")
    desk.settled()
    assert not [name for name, _ in answers.asked if name == "sure"], "no link, no question"
    saved = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    first, *rows = saved.splitlines()
    rows[0] += f",{LINK}"
    read("\n".join([f"{first},Invitation link", rows[0]]))
    desk.press("staff-import:add")
    drawn(desk)
    assert [each.is_ready for each in people(desk)] == [True, False, False]
    answers.answers["sure"] = False
    desk.press("invite:save")
    [(_, (text, _, _))] = [each for each in answers.asked if each[0] == "sure"]
    assert text == "Save 1 invitation link in a file?"


def test_the_letter_is_the_chosen_ones_with_a_made_up_link_unless_it_is_for_real(
    desk: Driver,
) -> None:
    from_the_workspace(desk)
    put(desk, PAOLO, Column.LINK, LINK)
    choose(desk, PAOLO)
    show_letter(desk)
    assert plain(desk, "invite:letter-subject") == f"Hi {PAOLO}"
    assert plain(desk, "invite:letter-to") == OWN, "the lab is off: a sample goes to oneself"
    assert b"canary" not in content(desk)
    desk.find(f"invite:to-{Purpose.REAL.name.lower()}").click()
    show_letter(desk)
    assert plain(desk, "invite:letter-to") == "paolo@example.com"
    assert b"canary-4711" in content(desk)
    choose(desk, KARIM)
    show_letter(desk)
    assert "There is no email address" in plain(desk, "invite:letter-wrong")
    choose(desk)
    assert not desk.is_there("invite:letter-to"), "nobody is chosen"


def content(driver: Driver) -> bytes:
    """The message that is shown, its soft line breaks taken out."""
    driver.press("fold:invite-message")
    text: str = driver.find("text:invite-message").toPlainText()
    return text.replace("=\n", "").encode()


def test_nothing_is_cut_in_the_smallest_window(desk: Driver) -> None:
    window = desk.console.window
    window.resize(window.minimumSize())
    assert page_faults(desk) == []
    from_the_workspace(desk)
    choose_by_menu(desk, "all")
    desk.press("invite:follows")
    assert page_faults(desk) == []
    assert page(desk).people.rowCount() == 3

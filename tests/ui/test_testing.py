"""The test page: how a test begins, runs, is stopped and ends, and what its steps say."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from motion_desk.models.changes import value_at
from motion_desk.models.endpoints import Protocol, fingerprint
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.steps import Finding, State, StepName
from motion_desk.ui.test.reading import Reading
from motion_desk.ui.test.warming import turns
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.journeys.testing import choose, complete, over, states, verdict
from tests.ui.scripted import (
    DENIED,
    EVIDENCE,
    REFUSED,
    SLOW,
    Script,
    begin,
    claims,
    run,
    spoken,
)

IMAP, SMTP = Protocol.IMAP, Protocol.SMTP
TLS, LOGIN, TCP, GREETING = StepName.TLS, StepName.LOGIN, StepName.TCP, StepName.GREETING


@pytest.fixture
def driver(path: Path, stage: Stage) -> Driver:
    """A window on two complete accounts, of which Claims is open."""
    stored(path, claims(), claims("Sales"))
    return stage()


def mark(driver: Driver) -> str:
    """What the test's line among the sections says of the last verdict."""
    return driver.line("test").hint


# Beginning


def test_before_the_first_test_the_page_says_what_a_test_does(driver: Driver) -> None:
    driver.section("test")
    assert verdict(driver) == "Not tested yet"
    assert "sends no message" in driver.find("verdict:detail").text()
    assert {*states(driver, IMAP).values(), *states(driver, SMTP).values()} == {State.WAITING}
    assert not driver.find("test:save").isEnabled()
    assert mark(driver) == "Not tested yet"


def test_a_test_uses_the_values_on_screen_saved_or_not(driver: Driver) -> None:
    script = Script()
    driver.section("imap")
    driver.type("imap.host", "unsaved.example.com")
    run(driver, script)
    (order,) = script.orders
    assert order.account.imap.host == "unsaved.example.com"
    assert driver.console.window.section == "test"
    assert driver.console.desk.unsaved, "testing saves nothing"
    assert spoken(driver, IMAP)[0].startswith("Values: passed")
    about = driver.find("verdict:about").text()
    shown = fingerprint(driver.account_draft())[:8]
    assert about.endswith(f"values on screen · fingerprint {shown} · from this workstation")


def test_typed_passwords_are_used_and_stored_ones_are_fetched(driver: Driver) -> None:
    script = Script()
    driver.section("imap")
    driver.type("imap.password", "stored one")
    driver.save()
    driver.section("smtp")
    driver.type("smtp.password", "typed one")
    run(driver, script)
    (order,) = script.orders
    assert order.passwords == {IMAP: "stored one", SMTP: "typed one"}
    assert not order.missing
    assert not any(text in repr(order) for text in ("stored one", "typed one"))


def test_a_password_that_the_keyring_does_not_have_is_missing_with_a_reason(
    driver: Driver,
) -> None:
    script = Script()
    run(driver, script)
    (order,) = script.orders
    assert not order.passwords
    assert set(order.missing) == {IMAP, SMTP}
    assert order.missing[IMAP] == "it has no entry for it. Type the password again."


def test_only_an_account_can_be_tested(driver: Driver) -> None:
    driver.section("test")
    driver.open("Workspace")
    assert not driver.can("test")
    assert "test" not in [line.id for line in driver.console.window.sections.entries()]
    driver.open("Sales")
    assert driver.can("test")


# Running


def test_a_running_test_counts_down_and_the_tool_bars_button_stops_it(driver: Driver) -> None:
    script = Script(waits_at=LOGIN)
    action = driver.console.window.actions_.by_word["test"]
    assert action.text() == "Test connection"
    begin(driver, script)
    driver.wait(lambda: "Login: running. 10 s left" in spoken(driver, IMAP), "the login")
    assert verdict(driver) == "Testing…"
    assert driver.find("verdict:detail").text() == "IMAP: Login   SMTP: Login"
    assert action.text() == driver.find("test:go").text() == "Stop"
    assert mark(driver) == "A test is running"
    driver.wait(lambda: "Login: running. 9 s left" in spoken(driver, IMAP), "a second later")
    driver.command("test")
    over(driver)
    assert script.stopped == 1
    assert action.text() == "Test connection"
    assert verdict(driver) == "Whether Motion would receive and send cannot be told."
    assert State.STOPPED in states(driver, IMAP).values()
    assert State.NOT_RUN in states(driver, IMAP).values()
    assert mark(driver) == "The last test was stopped"


@pytest.mark.parametrize("how", ["escape", "button"])
def test_a_test_is_stopped_on_its_page(driver: Driver, how: str) -> None:
    script = Script(waits_at=TCP)
    begin(driver, script)
    driver.wait(lambda: State.RUNNING in states(driver, IMAP).values())
    if how == "escape":
        driver.press_key(Qt.Key.Key_Escape)
    else:
        driver.press("test:go")
    over(driver)
    assert script.stopped == 1


def test_a_test_can_be_stopped_before_the_keyring_has_answered(driver: Driver) -> None:
    script = Script()
    driver.console.testing.begin = script.begin
    action = driver.console.window.actions_.by_word["test"]
    action.trigger()
    assert action.text() == "Stop", "the store has not answered yet"
    action.trigger()
    assert action.text() == "Test connection"
    driver.settled()
    assert not script.orders
    assert verdict(driver) == "Not tested yet"


def test_a_test_belongs_to_its_account_and_several_run_beside_each_other(driver: Driver) -> None:
    script = Script(waits_at=LOGIN)
    begin(driver, script)
    driver.wait(lambda: State.RUNNING in states(driver, IMAP).values())
    driver.open("Sales")
    assert verdict(driver) == "Not tested yet"
    begin(driver, script)
    driver.wait(lambda: State.RUNNING in states(driver, IMAP).values())
    assert len(script.orders) == 2
    script.waits_at = None
    over(driver)
    assert verdict(driver) == "Motion would receive and send."
    driver.open("Claims")
    over(driver)
    assert verdict(driver) == "Motion would receive and send."
    assert [order.account.settings.name for order in script.orders] == ["Claims", "Sales"]


def test_a_test_goes_on_while_its_page_is_not_on_screen(driver: Driver) -> None:
    script = Script(waits_at=LOGIN)
    begin(driver, script)
    driver.section("imap")
    script.waits_at = None
    over(driver)
    assert mark(driver) == "The last test passed"
    driver.section("test")
    assert verdict(driver) == "Motion would receive and send."


def test_closing_the_window_ends_a_running_test(driver: Driver) -> None:
    script = Script(waits_at=LOGIN)
    begin(driver, script)
    driver.wait(lambda: State.RUNNING in states(driver, IMAP).values())
    driver.close()
    assert script.stopped == 1


def test_an_account_that_is_deleted_meanwhile_takes_its_test_with_it(driver: Driver) -> None:
    script = Script(waits_at=LOGIN)
    begin(driver, script)
    driver.wait(lambda: State.RUNNING in states(driver, IMAP).values())
    driver.command("delete")
    driver.settled()
    script.waits_at = None
    driver.open("Sales")
    run(driver, Script())
    assert verdict(driver) == "Motion would receive and send."


def test_what_a_test_should_not_raise_is_told_and_ends_it(driver: Driver) -> None:
    run(driver, Script(raises=RuntimeError("the probe broke")))
    assert "Something failed that should not: RuntimeError: the probe broke" in (
        driver.console.window.notices.texts
    )
    assert verdict(driver) == "Not tested yet"
    run(driver, Script())
    assert verdict(driver) == "Motion would receive and send."


# What the steps say


def test_the_verdict_comes_first_in_words(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TCP): REFUSED}))
    assert verdict(driver) == "Motion would send but not receive."
    assert driver.find("verdict:detail").text() == "IMAP: The port is closed."
    assert mark(driver) == "The last test failed"
    assert driver.find("result:imap").text() == "Failed"
    assert driver.find("result:smtp").text() == "Passed"


def test_steps_say_their_state_time_and_why_they_were_not_run(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TCP): REFUSED}))
    said = spoken(driver, IMAP)
    assert said[0] == "Values: passed. values as it should be. 12 ms"
    assert said[2] == "Connection: failed. The port is closed. 12 ms"
    assert said[3] == "Encryption: not run. not run, for “Connection” failed"


def test_the_first_failure_of_each_probe_is_explained_at_once(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, LOGIN): DENIED, (SMTP, TCP): REFUSED}))
    assert driver.is_there("details:imap:login")
    assert driver.is_there("details:smtp:tcp")


def test_a_warning_is_explained_where_nothing_failed(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, GREETING): SLOW}, warned=frozenset({GREETING})))
    assert verdict(driver) == "Motion would receive and send."
    assert driver.find("verdict:detail").text() == "One thing to look at."
    assert driver.is_there("details:imap:greeting")
    assert mark(driver) == "The last test passed with warnings"


def test_choosing_a_step_shows_its_evidence_to_be_copied(driver: Driver) -> None:
    run(driver, Script(facts={TLS: EVIDENCE}))
    assert not driver.is_there("details:imap:tls")
    choose(driver, IMAP, TLS)
    details = driver.find("details:imap:tls")
    tables = [table.toPlainText() for table in details.findChildren(Reading)]
    assert any("SHA-256" in text and "ab" * 32 in text for text in tables)
    driver.press("copy:imap:tls")
    copied = QGuiApplication.clipboard().text()
    assert "Certificate 1: leaf\nSubject: CN=mail.example.com\nSHA-256: " in copied
    choose(driver, SMTP, TLS)
    assert driver.is_there("details:smtp:tls")
    assert not driver.is_there("details:imap:tls")


def test_groups_of_evidence_fold(driver: Driver) -> None:
    run(driver, Script(facts={TLS: EVIDENCE}))
    choose(driver, IMAP, TLS)
    table = driver.find("facts:Certificate 2").parentWidget().table
    assert table.isVisible()
    driver.press("facts:Certificate 2")
    assert not table.isVisible()


def test_what_a_server_says_is_shown_as_it_is(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, LOGIN): DENIED}))
    quoted = [table.toPlainText() for table in driver.find("overview").findChildren(Reading)]
    assert "AUTHENTICATIONFAILED NO [AUTHENTICATIONFAILED] Invalid <b>credentials</b>" in quoted


def test_what_a_server_says_within_a_sentence_cannot_reorder_it(driver: Driver) -> None:
    values = {"port": 993, "protocol": "IMAP", "said": "\u202egnp.exe\x1b[31m"}
    finding = Finding(Failure.NO_MAIL_SERVER, values)
    run(driver, Script(ends={(IMAP, GREETING): finding}))
    labels = [label.text() for label in driver.find("overview").findChildren(QLabel)]
    cause = next(text for text in labels if text.startswith("What answers"))
    assert cause.endswith("It said: “·gnp.exe·[31m”.")


def test_a_step_that_went_on_by_local_trust_says_so(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TLS): REFUSED}, accepted=frozenset({TLS})))
    assert "went on by trust of this workstation" in spoken(driver, IMAP)[3]
    assert verdict(driver) == "Motion would send but not receive."


def test_the_keyboard_reaches_the_steps_and_chooses_among_them(driver: Driver) -> None:
    run(driver, Script(facts={TLS: EVIDENCE}))
    steps = driver.find("steps:imap")
    assert steps.hasFocus(), "a test that was asked for by a key leaves the focus in its steps"
    for _ in range(3):
        QTest.keyClick(steps, Qt.Key.Key_Down)
    complete(driver)
    assert driver.is_there("details:imap:tls")
    driver.press_key(Qt.Key.Key_Tab)
    assert driver.find("steps:smtp").hasFocus()
    assert driver.is_there("details:imap:tls"), "coming by chooses nothing"


def test_the_field_to_look_at_is_a_click_away(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TCP): REFUSED}))
    driver.press("look:imap:port-refused")
    assert driver.console.window.section == "imap"
    assert driver.focused() == "imap.port"


# Changed values


def test_a_change_after_the_test_is_said_and_taking_it_back_too(driver: Driver) -> None:
    run(driver, Script())
    assert not driver.is_there("strip:stale")
    driver.section("smtp")
    driver.type("smtp.host", "other.example.com")
    driver.section("test")
    text = driver.find("strip-text:stale").text()
    assert text == "The values have changed since this test. Test again."
    driver.command("undo")
    assert driver.value("smtp.host") == "mail.example.com"
    driver.section("test")
    assert not driver.is_there("strip:stale")


def test_a_change_that_no_test_depends_on_leaves_the_test_as_it_is(driver: Driver) -> None:
    run(driver, Script())
    driver.section("settings")
    driver.type("settings.description", "Something else.")
    driver.section("test")
    assert not driver.is_there("strip:stale")


# Around the page


def test_the_page_takes_the_room_of_the_problems_and_gives_it_back(driver: Driver) -> None:
    panel = driver.console.window.problems
    assert panel.isVisible()
    driver.section("test")
    assert not panel.isVisible()
    driver.section("imap")
    assert panel.isVisible()
    driver.console.window.resize(1800, 900)
    driver.section("test")
    assert panel.isVisible(), "here is room for both"


def test_saving_is_possible_while_a_test_runs(driver: Driver) -> None:
    script = Script(waits_at=LOGIN)
    driver.section("imap")
    driver.type("imap.host", "other.example.com")
    begin(driver, script)
    driver.wait(lambda: State.RUNNING in states(driver, IMAP).values())
    driver.save()
    assert not driver.console.desk.unsaved
    assert driver.console.desk.current is not None
    assert value_at(driver.console.desk.current.saved, "imap.host") == "other.example.com"
    driver.command("test")
    over(driver)


def test_the_page_is_made_ready_while_nothing_is_to_do(driver: Driver) -> None:
    pages = driver.console.window.pages
    driver.wait(lambda: pages.findChild(QWidget, "test-page"), "the page, though nobody asked")
    run(driver, Script())
    assert verdict(driver) == "Motion would receive and send."


def test_a_page_that_is_in_use_already_is_made_ready_all_the_same(driver: Driver) -> None:
    script = Script(ends={(IMAP, TCP): REFUSED})
    run(driver, script)
    ready = turns(driver.console.session, lambda: driver.console.window.pages.panel("test"))
    for _ in range(9):  # up to the first widgets
        next(ready)
        driver.settled()
    script.ends = {}
    run(driver, script)  # the details of the failure are gone now
    assert list(ready)

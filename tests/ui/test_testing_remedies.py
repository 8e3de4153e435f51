"""Remedies on the test page: applied as one step, undone as one, and tested again."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from motion_desk.models.endpoints import Protocol
from motion_desk.models.sections.authorities import AuthorityEntry
from motion_desk.models.sections.trust import PinEntry
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.steps import Change, Difference, Finding, Remedy, StepName
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.journeys.testing import complete, over, verdict
from tests.ui.scripted import (
    AGAIN,
    FLAG,
    LETTER,
    PORT,
    REFUSED,
    Script,
    claims,
    run,
)

IMAP, SMTP = Protocol.IMAP, Protocol.SMTP
TCP, TLS, RECIPIENT = StepName.TCP, StepName.TLS, StepName.RECIPIENT
UNKNOWN = Failure.AUTHORITY_UNKNOWN


@pytest.fixture
def driver(path: Path, stage: Stage) -> Driver:
    """A window on a complete account."""
    stored(path, claims())
    return stage()


def found(*remedies: Remedy) -> Finding:
    return Finding(UNKNOWN, {"issuer": "Example CA"}, remedies=remedies)


def pin(row_id: str, port: int) -> Remedy:
    """A remedy that pins a certificate."""
    entry = PinEntry(id=row_id, host="mail.example.com", port=port, fingerprint="ab" * 32)
    change = Change("trust.pins", (entry,))
    shown = Difference("trust.pins", "Pinned certificates", "none", "1 of them")
    return Remedy("pin", "Pin it.", {}, (change,), (shown,), here=True, risk=True)


# Applying


def test_a_remedy_is_applied_and_undone_as_one_step(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TCP): REFUSED}))
    driver.press("apply:imap:1")
    assert (driver.value("imap.ssl"), driver.value("imap.port")) == (False, 143)
    undo = driver.console.window.actions_.by_word["undo"]
    assert undo.text() == "Undo remedy for “The port is closed”"
    driver.command("undo")
    assert (driver.value("imap.ssl"), driver.value("imap.port")) == (True, 993)
    assert not driver.can("undo")
    driver.command("redo")
    assert (driver.value("imap.ssl"), driver.value("imap.port")) == (False, 143)


def test_values_are_set_as_the_remedy_says_even_where_one_leads_another(driver: Driver) -> None:
    """SSL moves a port that is still the usual one; here it must stay."""
    changes = (Change("imap.port", 993), Change("imap.ssl", False))
    remedy = replace(PORT, changes=changes)
    run(driver, Script(ends={(IMAP, TCP): replace(REFUSED, remedies=(remedy,))}))
    driver.press("apply:imap:1")
    assert (driver.value("imap.ssl"), driver.value("imap.port")) == (False, 993)


def test_a_remedy_that_is_applied_says_so_until_it_is_undone(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TCP): REFUSED}))
    driver.press("apply:imap:1")
    assert driver.find("apply:imap:1").text() == "Applied"
    assert not driver.find("apply:imap:1").isEnabled()
    assert driver.find("apply-again:imap:1").text() == "Test again"
    assert driver.is_there("strip:stale")
    driver.command("undo")
    driver.section("test")
    assert driver.find("apply:imap:1").text() == "Apply"


def test_typing_after_a_remedy_is_undone_by_itself(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TCP): REFUSED}))
    driver.press("apply:imap:1")
    driver.section("imap")
    driver.type("imap.port", "1143")
    driver.command("undo")
    assert driver.value("imap.port") == 143


def test_what_would_change_is_shown_field_by_field(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TCP): REFUSED}))
    labels = [label.text() for label in driver.find("remedy:imap:1").findChildren(QLabel)]
    assert "SSL" in labels
    assert "on  →  off" in labels
    assert "993  →  143" in labels


# Testing again


def test_applying_and_testing_again_tests_that_protocol_and_keeps_the_others_result(
    driver: Driver,
) -> None:
    script = Script(ends={(IMAP, TCP): REFUSED})
    run(driver, script)
    script.ends = {}
    driver.press("apply-again:imap:1")
    over(driver)
    second = script.orders[1]
    assert second.protocols == (IMAP,)
    assert second.account.imap.port == 143
    assert verdict(driver) == "Motion would receive and send."
    assert not driver.is_there("strip:stale")
    assert driver.find("result:smtp").text().startswith("Passed at ")


def test_a_protocol_whose_values_changed_meanwhile_is_tested_too(driver: Driver) -> None:
    script = Script(ends={(IMAP, TCP): REFUSED})
    run(driver, script)
    driver.section("smtp")
    driver.type("smtp.host", "other.example.com")
    driver.section("test")
    driver.press("apply-again:imap:1")
    over(driver)
    assert script.orders[-1].protocols == (IMAP, SMTP)


def test_a_test_from_the_tool_bar_tests_both(driver: Driver) -> None:
    script = Script()
    run(driver, script)
    run(driver, script)
    assert script.orders[-1].protocols == (IMAP, SMTP)


def test_a_new_test_begins_by_itself_once_the_wait_is_over_and_only_once(driver: Driver) -> None:
    soon = replace(AGAIN, again_after=0.3)
    greylisted = Finding(Failure.GREYLISTED, code="451 4.7.1", remedies=(soon,))
    script = Script(ends={(SMTP, RECIPIENT): greylisted})
    run(driver, script)
    driver.wait(lambda: len(script.orders) == 2, "the second test")
    over(driver)
    assert driver.find("wait:smtp:1").text() == "Test again in 0.3 s"
    assert not driver.is_there("cancel:smtp:1"), "it would go on for ever"
    driver.press("wait:smtp:1")
    driver.wait(lambda: len(script.orders) == 3, "the third test")
    over(driver)


def test_the_wait_for_a_new_test_can_be_cancelled(driver: Driver) -> None:
    greylisted = Finding(Failure.GREYLISTED, remedies=(AGAIN,))
    script = Script(ends={(SMTP, RECIPIENT): greylisted})
    run(driver, script)
    left = re.fullmatch(r"Testing again in (\d+) s", driver.find("wait:smtp:1").text())
    assert left is not None
    assert 30 < int(left[1]) <= 60
    assert not driver.find("wait:smtp:1").isEnabled()
    driver.press("cancel:smtp:1")
    assert driver.find("wait:smtp:1").text() == "Test again in 60 s"
    assert driver.find("wait:smtp:1").isEnabled()


# What is no change of settings


def test_a_remedy_that_a_person_must_type_leads_to_its_field(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TCP): REFUSED}))
    driver.press("go:imap:2")
    assert driver.focused() == "imap.host"


def test_a_field_of_the_workspace_is_gone_to_as_well(driver: Driver) -> None:
    remedy = Remedy("note", "Note it in the workspace.", field="authorities.entries")
    run(driver, Script(ends={(IMAP, TLS): found(remedy)}))
    driver.press("go:imap:1")
    driver.settled()
    assert driver.console.window.section == "authorities"


def test_a_letter_says_to_whom_is_shown_on_demand_and_copied(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TCP): REFUSED}))
    box = driver.find("remedy:imap:3")
    said = [label.text() for label in box.findChildren(QLabel)]
    assert "Who can do it: the network team." in said
    assert not driver.is_there("text:imap:3")
    driver.press("letter:imap:3")
    assert driver.find("text:imap:3").toPlainText() == LETTER.letter
    driver.press("copy-letter:imap:3")
    assert QGuiApplication.clipboard().text() == LETTER.letter


# At one's own risk


def test_a_risk_asks_for_a_reason_and_a_day_and_keeps_both_with_the_flag(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TLS): found(FLAG)}))
    driver.press("apply:imap:1")
    assert driver.value("imap.any_certificate") is False
    accept = driver.find("risk:apply")
    assert not accept.isEnabled()
    day = date.fromisoformat(driver.find("risk:review").text())
    assert day == date.today() + timedelta(days=90)  # noqa: DTZ011 - as the dialog
    driver.type("risk:reason", "  Our own server; the new certificate comes in March. ")
    assert accept.isEnabled()
    for wrong in ("", "soon", "2020-01-01"):
        driver.type("risk:review", wrong)
        assert not accept.isEnabled(), wrong
    driver.type("risk:review", "2099-03-31")
    driver.press("risk:apply")
    assert driver.value("imap.any_certificate") is True
    reason = "Our own server; the new certificate comes in March."
    assert driver.value("imap.any_certificate_reason") == reason
    assert driver.value("imap.any_certificate_review") == date(2099, 3, 31)
    driver.command("undo")
    assert driver.value("imap.any_certificate") is False
    assert driver.value("imap.any_certificate_reason") == ""
    assert driver.value("imap.any_certificate_review") is None
    assert not driver.can("undo")


def test_a_risk_that_is_not_taken_changes_nothing(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TLS): found(FLAG)}))
    driver.press("apply-again:imap:1")
    driver.press("Cancel")
    assert not driver.console.desk.unsaved
    assert not driver.console.testing.under_way


def test_pins_of_both_protocols_are_kept_each_with_reason_and_day(driver: Driver) -> None:
    ends = {(IMAP, TLS): found(pin("p1", 993)), (SMTP, TLS): found(pin("p2", 465))}
    run(driver, Script(ends=ends))
    for place in ("imap:1", "smtp:1"):
        driver.press(f"apply:{place}")
        driver.type("risk:reason", f"Compared by telephone: {place}")
        driver.press("risk:apply")
    rows = driver.value("trust.pins")
    assert [(row.id, row.port, row.reason) for row in rows] == [
        ("p1", 993, "Compared by telephone: imap:1"),
        ("p2", 465, "Compared by telephone: smtp:1"),
    ]
    assert all(row.review for row in rows)
    assert driver.find("apply:imap:1").text() == "Applied"


def test_what_is_for_this_workstation_only_is_marked(driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TLS): found(pin("p1", 993))}))
    box = driver.find("remedy:imap:1")
    said = [label.text() for label in box.findChildren(QLabel)]
    assert "On this workstation only; Motion's verdict stays." in said


# The workspace


def test_a_change_of_the_workspace_is_applied_told_and_undone_with_the_rest(
    driver: Driver,
) -> None:
    entry = AuthorityEntry(id="a1", name="Example CA", certificate="-----BEGIN")
    remedy = Remedy(
        "give-authority",
        "Note it in the workspace.",
        changes=(Change("settings.description", "Its authority is noted."),),
        differences=(Difference("authorities.entries", "Authorities", "none", "1 of them"),),
        workspace_changes=(Change("authorities.entries", (entry,)),),
    )
    run(driver, Script(ends={(IMAP, TLS): found(remedy)}))
    driver.press("apply:imap:1")
    workspace = driver.console.desk.workspace
    assert workspace.authorities.entries == (entry,)
    assert driver.value("settings.description") == "Its authority is noted."
    assert "“Save all” saves it" in driver.said()
    assert [type(opened.draft).__name__ for opened in driver.console.desk.unsaved] == [
        "Workspace",
        "Account",
    ]
    assert driver.is_there("strip:stale"), "Motion would trust other authorities now"
    driver.command("undo")
    driver.settled()
    assert not driver.console.desk.unsaved
    assert not driver.can("undo")
    assert driver.account_draft().settings.name == "Claims", "the account is where undoing ends"


# Kept tests


def test_remedies_of_a_kept_test_are_told_but_not_applied(stage: Stage, driver: Driver) -> None:
    run(driver, Script(ends={(IMAP, TCP): REFUSED}))
    driver = stage()
    driver.section("test")
    driver.settled()
    complete(driver)
    assert verdict(driver) == "Motion would send but not receive."
    assert not driver.is_there("apply:imap:1")
    box = driver.find("remedy:imap:1")
    said = [label.text() for label in box.findChildren(QLabel)]
    assert "Test again to apply this." in said
    assert "993  →  143" in said

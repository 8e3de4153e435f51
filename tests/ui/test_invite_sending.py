"""Invitations are sent to the lab, to oneself, or for real: asked before, told after, never twice."""

from __future__ import annotations

import email
import threading
from collections.abc import Iterator
from email import policy
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from motion_desk.models.sent import Outcome, Purpose
from motion_desk.ui.invite.cells import Column
from tests.journeys.driver import Answers, Driver
from tests.journeys.inviting import (
    choose,
    choose_by_menu,
    drawn,
    ended,
    from_the_workspace,
    go,
    open_invite,
    page,
    people,
    put,
    state_of,
)
from tests.journeys.stage import Stage, stored
from tests.services.invitations.scripted import STAY_SILENT, Script, once
from tests.ui.invited import BASE, NAMES, OWN, SENDER, sender, server, workspace
from tests.ui.test_invite import plain

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ELODIE, KARIM, PAOLO = NAMES


@pytest.fixture
def lab(path: Path, stage: Stage) -> Driver:
    """The panel with the directory's people, the lab on and its authority noted."""
    stored(path, workspace(), sender())
    driver = stage()
    switch = driver.console.testing.lab
    switch.scale = 0.05
    switch.turn_on("healthy")
    switch.introduce()
    driver.wait(lambda: driver.console.desk.workspace.authorities.entries, "the lab's authority")
    open_invite(driver)
    from_the_workspace(driver)
    return driver


class World:
    """The panel with two people who have links, and a server that they are sent through."""

    def __init__(self, driver: Driver, script: Script, answers: Answers) -> None:
        self.driver, self.script, self.answers = driver, script, answers

    def questions(self) -> list[tuple[object, ...]]:
        """What was asked before something cannot be undone."""
        return [values for name, values in self.answers.asked if name == "sure"]


@pytest.fixture
def world(path: Path, stage: Stage, answers: Answers) -> Iterator[World]:
    """A world whose server takes everything until ``script.react`` says otherwise."""
    with server() as (script, port):
        stored(path, workspace(), sender("127.0.0.1", port, secure=False))
        driver = stage()
        driver.open(SENDER)
        driver.section("smtp")
        driver.type("smtp.password", "sesame")
        open_invite(driver)
        from_the_workspace(driver)
        for name in (ELODIE, PAOLO):
            put(driver, name, Column.LINK, f"{BASE}/i/canary-{name[:2]}")
        answers.answers["sure"] = True
        yield World(driver, script, answers)


def outcomes(driver: Driver) -> dict[str, Outcome]:
    """What became of people's letters in this window."""
    return {
        each.listed.person.name: each.done.attempt.outcome
        for each in people(driver)
        if each.done is not None
    }


def texts(script: Script) -> list[str]:
    """The plain text of each message that came."""
    messages = [email.message_from_bytes(each, policy=policy.default) for each in script.contents]
    bodies = [each.get_body(("plain",)) for each in messages]
    return [str(each.get_content()) for each in bodies if each is not None]


def test_samples_go_to_the_lab_and_each_is_told_in_its_line_and_in_the_log(lab: Driver) -> None:
    assert lab.find("invite:to-lab").isChecked()
    assert not lab.find("invite:send").isEnabled(), "nobody is chosen"
    choose_by_menu(lab, "all")
    assert go(lab, Purpose.LAB) == "To the lab: 2 of 3 sent, 1 not sent."
    assert outcomes(lab) == {
        ELODIE: Outcome.SENT,
        KARIM: Outcome.NOT_SENT,
        PAOLO: Outcome.SENT,
    }
    assert "The server said: “OK: accepted”." in state_of(lab, ELODIE)
    assert "There is no email address." in state_of(lab, KARIM)
    log = page(lab).log
    assert [mail.recipient for mail in log.mails] == ["paolo@example.com", "", "elodie@example.com"]
    assert {mail.purpose for mail in log.mails} == {Purpose.LAB}


def test_while_the_lab_is_on_nothing_else_can_be_chosen(lab: Driver) -> None:
    choose(lab, ELODIE)
    put(lab, ELODIE, Column.LINK, f"{BASE}/i/1")
    for name in ("own", "real"):
        assert not lab.find(f"invite:to-{name}").isEnabled()
    assert "In the lab" in plain(lab, "strip-text:invite-lab")
    lab.press("strip-button:invite-lab")
    assert lab.find("invite:to-own").isChecked(), "never for real by itself"
    assert lab.find("invite:to-real").isEnabled()
    lab.find("invite:to-real").click()
    lab.console.testing.lab.turn_on("healthy")
    lab.rest()
    assert lab.find("invite:to-lab").isChecked()


def test_the_lab_is_turned_on_where_a_sample_is_sent_there(path: Path, stage: Stage) -> None:
    stored(path, workspace(), sender())
    driver = stage()
    open_invite(driver)
    from_the_workspace(driver)
    choose(driver, ELODIE)
    driver.find("invite:to-lab").click()
    driver.rest()
    assert "sending turns it on" in plain(driver, "invite:about-lab")
    driver.press("invite:send")
    ended(driver)
    assert driver.console.testing.lab.shown is not None


def test_the_log_is_narrowed_and_forgotten(lab: Driver, answers: Answers) -> None:
    choose_by_menu(lab, "all")
    go(lab, Purpose.LAB)
    lab.pick("invite:log-kind", "What was not sent")
    log = page(lab).log
    assert [mail.outcome for mail in log.mails] == [Outcome.NOT_SENT]
    lab.pick("invite:log-kind", "Everything")
    lab.find("invite:log-words").setText("PAOLO")
    assert [mail.recipient for mail in log.mails] == ["paolo@example.com"]
    log.view.selectRow(0)
    answers.answers["sure"] = True
    lab.press("invite:forget")
    lab.settled()
    assert plain(lab, "invite:log-empty") == "Nothing in the log is like that."
    lab.find("invite:log-words").setText("")
    lab.press("invite:forget")
    lab.settled()
    assert plain(lab, "invite:log-empty").startswith("Nothing was sent yet.")


def test_the_button_counts_those_who_get_a_sample_and_says_who_gets_none(lab: Driver) -> None:
    choose(lab, ELODIE, KARIM)
    assert lab.find("invite:send").text() == "Send 1 sample to the lab"
    said = "1 of the 2 chosen gets none. Karim Benali: There is no email address."
    assert plain(lab, "invite:why").startswith(said)
    assert lab.find("invite:send").isEnabled()
    choose(lab, ELODIE)
    assert not lab.is_there("invite:why")


def test_samples_to_oneself_go_to_the_accounts_address_without_a_question(world: World) -> None:
    driver = world.driver
    choose(driver, ELODIE, PAOLO)
    assert driver.find("invite:send").text() == f"Send 2 samples to {OWN}"
    assert go(driver, Purpose.OWN) == "To one's own address: 2 of 2 sent."
    assert world.script.accepted == [OWN, OWN]
    assert not world.questions()
    assert not [text for text in texts(world.script) if "canary" in text]


def test_an_address_that_is_typed_is_asked_about(world: World) -> None:
    driver = world.driver
    choose(driver, ELODIE)
    driver.find("invite:to-own").click()
    driver.type("invite:own", "me@")
    assert plain(driver, "invite:why") == "“me@” is no email address."
    driver.type("invite:own", "me@example.com")
    world.answers.answers["sure"] = False
    driver.press("invite:send")
    assert world.questions()[0][0] == "Send 1 sample to me@example.com?"
    assert not page(driver).post.under_way
    world.answers.answers["sure"] = True
    driver.press("invite:send")
    ended(driver)
    assert world.script.accepted == ["me@example.com"]


def test_real_ones_need_a_link_for_each_and_a_yes_to_their_number(world: World) -> None:
    driver = world.driver
    choose_by_menu(driver, "none")
    assert plain(driver, "invite:sentence").startswith("Invitations can be sent, once people are")
    choose_by_menu(driver, "all")
    assert not driver.find("invite:to-real").isEnabled()
    assert plain(driver, "invite:sentence").endswith(
        "real invitations not yet, for 1 of the 3 chosen lacks an invitation link."
    )
    assert plain(driver, "invite:about-real").startswith("2 of 3 chosen can get one. Karim Benali:")
    choose_by_menu(driver, "ready")
    assert plain(driver, "invite:sentence") == (
        "Invitations can be sent: template “welcome”, account “System mail”."
    )
    driver.find("invite:to-real").click()
    world.answers.answers["sure"] = False
    driver.press("invite:send")
    ((text, detail, verb),) = world.questions()
    assert (text, verb) == ("Send invitations to 2 people?", "Send 2 invitations")
    assert f"from {OWN} through 127.0.0.1" in str(detail)
    driver.settled()
    assert not world.script.commands, "nothing went out"
    world.answers.answers["sure"] = True
    driver.press("invite:send")
    ended(driver)
    assert plain(driver, "invite:outcome") == "For real: 2 of 2 sent."
    assert world.script.accepted == ["elodie@example.com", "paolo@example.com"]
    assert [
        f"canary-{name[:2]}" in text
        for name, text in zip((ELODIE, PAOLO), texts(world.script), strict=True)
    ] == [True, True]


def test_a_template_without_the_personal_link_is_told_before_anybody_is_asked(
    path: Path, stage: Stage
) -> None:
    stored(path, workspace(value=f"<p><a href='{BASE}'>Log in</a></p>"), sender())
    driver = stage()
    open_invite(driver)
    assert plain(driver, "invite:sentence") == (
        "Samples can be sent (template “welcome”, account “System mail”), real invitations not "
        "yet, for the template does not put the personal link in."
    )
    from_the_workspace(driver)
    put(driver, ELODIE, Column.LINK, f"{BASE}/i/1")
    choose(driver, ELODIE)
    assert not driver.find("invite:to-real").isEnabled()
    assert "does not put the personal link in" in plain(driver, "invite:about-real")
    driver.press("invite:way:0")
    assert driver.console.window.section == "invitations"


def test_whoever_would_get_a_second_one_is_named(world: World) -> None:
    driver = world.driver
    choose(driver, PAOLO)
    driver.find("invite:to-real").click()
    driver.press("invite:send")
    ended(driver)
    assert "An invitation went to this address on" in state_of(driver, PAOLO)
    choose_by_menu(driver, "not-invited")
    assert [each.listed.person.name for each in driver.find("invite:people").chosen] == [ELODIE]
    choose_by_menu(driver, "ready")
    driver.press("invite:send")
    assert f"1 of them would get a second one: {PAOLO}." in str(world.questions()[-1][1])
    ended(driver)


def test_a_refused_recipient_is_told_with_the_servers_words_and_the_rest_goes_on(
    world: World,
) -> None:
    world.script.react = once("RCPT", "550 5.1.1 nobody <b>here</b>")
    driver = world.driver
    choose_by_menu(driver, "ready")
    assert go(driver, Purpose.REAL) == "For real: 1 of 2 sent, 1 refused."
    assert "The server said: “550 5.1.1 nobody <b>here</b>”." in state_of(driver, ELODIE)
    assert outcomes(driver)[PAOLO] is Outcome.SENT


def test_escape_stops_and_what_the_server_has_already_is_unknown(world: World) -> None:
    world.script.react = lambda _script, verb, _rest: STAY_SILENT if verb == "." else ""
    driver = world.driver
    choose_by_menu(driver, "ready")
    driver.find("invite:to-real").click()
    driver.press("invite:send")
    driver.wait(world.script.reached_end.is_set, "the first letter")
    QTest.keyClick(driver.find("invite:stop"), Qt.Key.Key_Escape)
    assert ended(driver) == "For real: stopped: 0 of 2 sent, 1 unknown whether arrived, 1 not sent."
    assert outcomes(driver) == {ELODIE: Outcome.UNKNOWN, PAOLO: Outcome.NOT_SENT}
    assert len(world.script.whole) == 1


def test_what_was_sent_is_in_the_log_though_the_window_closed_meanwhile(
    world: World, path: Path, stage: Stage
) -> None:
    world.script.react = lambda script, verb, _rest: (
        STAY_SILENT if verb == "." and len(script.whole) == 2 else ""
    )
    driver = world.driver
    choose_by_menu(driver, "ready")
    driver.find("invite:to-real").click()
    gate = threading.Event()
    driver.console.session.ask(lambda _: gate.wait(10), lambda _: None)
    driver.press("invite:send")
    driver.wait(lambda: page(driver).post.number == 1, "the first letter, which is being kept")
    driver.wait(lambda: len(world.script.whole) == 2, "the second letter")
    gate.set()
    driver = stage(path)
    open_invite(driver)
    found = [(mail.recipient, mail.outcome) for mail in page(driver).log.mails]
    assert found == [
        ("paolo@example.com", Outcome.UNKNOWN),
        ("elodie@example.com", Outcome.SENT),
    ]


def test_an_account_that_cannot_log_in_says_why_and_leads_to_its_test(world: World) -> None:
    world.script.react = once("AUTH", "535 5.7.8 no")
    driver = world.driver
    choose_by_menu(driver, "ready")
    assert go(driver, Purpose.OWN) == "To one's own address: 0 of 2 sent, 2 not sent."
    assert plain(driver, "invite:trouble").startswith("SMTP, Login: Username")
    driver.press("invite:test-account")
    driver.wait(lambda: driver.console.window.section == "test", "the test")


def test_a_changed_line_forgets_what_became_of_the_old_one(lab: Driver) -> None:
    choose(lab, ELODIE)
    go(lab, Purpose.LAB)
    put(lab, ELODIE, Column.ADDRESS, "other@example.com")
    assert outcomes(lab) == {}
    drawn(lab)

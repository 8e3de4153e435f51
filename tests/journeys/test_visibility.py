"""Exactly the sections and fields that Motion's page shows, for every choice it depends on.

The tables are written from the page itself, not from the declarations: each field stands here
with the choices under which the page has it.
"""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLineEdit

from motion_desk.models.account import Account
from motion_desk.models.choices import Service
from motion_desk.models.document import put
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored

LABELS = {
    "outlook365": "Outlook365",
    "yahoo": "Yahoo",
    "hotmail": "Hotmail",
    "gmail": "Gmail",
    "custom": "Custom",
}
"""The services that the page lists."""

SETTINGS = """name key service address list active mark_unread wait_agent wait_queue agents
used_for description"""
"""The page's settings; the agents and “used for” are added by this program."""

LATER = {
    "template": "font_family font_size body",
    "notification": "sound shake template",
    "advanced": "hostname header_filters",
    "dispositions": "entries",
    "canned_answers": "entries",
    "actions": "plan",
    "trust": "pins authorities",
    "expectations": "messages scenarios",
}
"""What is shown whatever is chosen; “trust” and “expectations” are this program's own."""


def keys(section: str, *names: str | bool) -> tuple[str, ...]:
    """The keys of a section's fields; what is not shown is given as False."""
    return tuple(f"{section}.{name}" for part in names if part for name in str(part).split())


def connection(ssl: bool) -> tuple[str | bool, ...]:
    """“By disabling it, the option Accept any certificate will be hidden.”"""
    return "ssl", ssl and "any_certificate"


FETCHING = "mailbox connection_timeout authentication_timeout"


def expected(
    service: str,
    *,
    ssl: bool = True,
    login: bool = True,
    modern: bool = False,
    smtp_login: bool = True,
    transfer: tuple[bool, bool, bool, bool] = (False, False, False, False),
    mandatory: bool = False,
) -> dict[str, tuple[str, ...]]:
    """Every section with its fields, in the page's order."""
    shown = {"settings": keys("settings", SETTINGS)}
    if service == "custom":  # "visible only if you use a custom email"
        account = login and "username password"  # "by enabling it, you need also to indicate"
        shown["imap"] = keys(
            "imap", "host port", *connection(ssl), "authentication", account, FETCHING
        )
        account = smtp_login and "username password"
        shown["smtp"] = keys("smtp", "host port secure authentication", account)
    else:  # "visible if you use a default email"
        shown["authentication"] = keys(
            "authentication",
            "username",
            not modern and "password",
            "modern",
            modern and "modern_address cloud_provider",
            *connection(ssl),
            FETCHING,
        )
    queue, agent, other, mail = transfer
    shown["template"] = keys("template", LATER["template"])
    shown["notification"] = keys("notification", LATER["notification"])
    shown["transfer"] = keys(  # "when the flag is switched on, you must define the timeout"
        "transfer",
        "to_queue",
        queue and "queue_timeout",
        "to_agent",
        agent and "agent_timeout",
        "to_account",
        other and "send_mail",
        other and mail and "mail_template",
    )
    shown["disposition"] = keys("disposition", "mandatory", mandatory and "pause")
    for name in ("advanced", "dispositions", "canned_answers", "actions", "trust", "expectations"):
        shown[name] = keys(name, LATER[name])
    return shown


def seen(driver: Driver) -> dict[str, tuple[str, ...]]:
    """Every section that the list has, with the fields that its page shows, in order."""
    found = {}
    for section in driver.sections():
        driver.section(section)
        found[section] = driver.fields()
    return found


def switch(driver: Driver, section: str, **switches: bool) -> None:
    """Turn the switches of a section to these states, as far as they are not there yet."""
    driver.section(section)
    for name, on in switches.items():
        if driver.value(f"{section}.{name}") is not on:
            driver.turn(f"{section}.{name}")


@pytest.fixture
def account(path: Path, stage: Stage) -> Driver:
    """A window on one account, of a custom service."""
    stored(path, put(Account(), "settings.name", "Support"))
    return stage()


def choose(driver: Driver, service: str) -> None:
    driver.section("settings")
    driver.pick("settings.service", LABELS[service])


def test_the_page_has_these_services_and_no_other(account: Driver) -> None:
    account.section("settings")
    combo = account.find("settings.service")
    assert [combo.itemText(n) for n in range(combo.count())] == list(LABELS.values())


@pytest.mark.parametrize("service", [name for name in LABELS if name != "custom"])
def test_a_built_in_service_shows_what_the_page_shows(account: Driver, service: str) -> None:
    choose(account, service)
    for ssl, modern in product((True, False), repeat=2):
        switch(account, "authentication", ssl=ssl, modern=modern)
        assert seen(account) == expected(service, ssl=ssl, modern=modern)


def test_a_custom_service_shows_what_the_page_shows(account: Driver) -> None:
    choose(account, "custom")
    for ssl, login, smtp_login in product((True, False), repeat=3):
        switch(account, "imap", ssl=ssl, authentication=login)
        switch(account, "smtp", authentication=smtp_login)
        assert seen(account) == expected("custom", ssl=ssl, login=login, smtp_login=smtp_login)


@pytest.mark.parametrize(("service", "section"), [("custom", "imap"), ("gmail", "authentication")])
def test_any_certificate_is_accepted_with_a_reason_and_a_day(
    account: Driver, service: str, section: str
) -> None:
    """“At your own risk”: both are this program's own."""
    choose(account, service)
    account.section(section)
    mine = keys(section, "any_certificate_reason any_certificate_review")
    plain = expected(service)[section]
    assert account.fields() == plain
    account.turn(f"{section}.any_certificate")
    place = plain.index(f"{section}.any_certificate") + 1
    assert account.fields() == (*plain[:place], *mine, *plain[place:])
    assert all(account.is_there(f"problems:{key}") for key in mine)
    account.type(mine[0], "Our own server, in our own rack.")
    account.type(mine[1], "2027-03-31")
    assert not any(account.is_there(f"problems:{key}") for key in mine)
    account.turn(f"{section}.ssl")
    assert not any(account.is_there(key) for key in mine)


@pytest.mark.parametrize("modern", [True, False])
@pytest.mark.parametrize("ssl", [True, False])
def test_what_was_chosen_for_another_service_shows_and_hides_nothing(
    account: Driver, ssl: bool, modern: bool
) -> None:
    choose(account, "outlook365")
    switch(account, "authentication", ssl=ssl, modern=modern)
    choose(account, "custom")
    switch(account, "imap", ssl=not ssl, authentication=modern)
    assert seen(account) == expected("custom", ssl=not ssl, login=modern)
    choose(account, "gmail")
    assert seen(account) == expected("gmail", ssl=ssl, modern=modern)


@pytest.mark.parametrize("service", LABELS)
def test_flags_of_transfer_and_disposition_ask_only_for_what_belongs_to_them(
    account: Driver, service: str
) -> None:
    choose(account, service)
    for number in range(32):
        # Each number differs from the one before it by one flag alone.
        mail, mandatory, queue, agent, other = (
            bool((number ^ number >> 1) & bit) for bit in (16, 8, 4, 2, 1)
        )
        if mail != account.value("transfer.send_mail"):
            switch(account, "transfer", to_account=True)  # or the flag is out of sight
            switch(account, "transfer", send_mail=mail)
        switch(account, "transfer", to_queue=queue, to_agent=agent, to_account=other)
        wanted = expected(service, transfer=(queue, agent, other, mail), mandatory=mandatory)
        assert account.fields() == wanted["transfer"]
        if mandatory != account.value("disposition.mandatory"):
            switch(account, "disposition", mandatory=mandatory)
            assert seen(account) == wanted


@pytest.mark.parametrize(("service", "section"), [("custom", "imap"), ("gmail", "authentication")])
def test_turning_ssl_shows_and_hides_at_once_and_nothing_jumps(
    account: Driver, service: str, section: str
) -> None:
    choose(account, service)
    account.section(section)
    account.console.window.resize(account.console.window.minimumSize())
    account.rest()
    line = account.focus(f"{section}.username")
    assert isinstance(line, QLineEdit)
    line.setText("")
    account.type(f"{section}.username", "support")
    line.setCursorPosition(3)
    bar = account.page.verticalScrollBar()
    bar.setValue(40)
    account.rest()
    ssl = account.find(f"{section}.ssl")
    before = (bar.value(), ssl.mapToGlobal(QPoint(0, 0)))
    assert before[0] == 40, "the page should have to be scrolled for this test"

    for on in (False, True):
        ssl.click()  # the switch alone: a mouse would take the focus with it
        assert ssl.isChecked() is on
        assert account.is_there(f"{section}.any_certificate") is on
        assert not account.is_there(f"{section}.any_certificate_reason")
        account.rest()
        assert (bar.value(), ssl.mapToGlobal(QPoint(0, 0))) == before
        assert account.focused() == f"{section}.username"
        assert line.cursorPosition() == 3
        assert line.text() == "support"


def test_changing_the_service_leaves_focus_and_page_where_they_are(account: Driver) -> None:
    account.section("settings")
    account.console.window.resize(account.console.window.minimumSize())
    account.rest()
    bar = account.page.verticalScrollBar()
    bar.setValue(70)
    combo = account.find("settings.service")
    for service in Service:
        before = combo.mapToGlobal(QPoint(0, 0))
        account.pick("settings.service", service.label)
        assert account.focused() == "settings.service"
        assert combo.mapToGlobal(QPoint(0, 0)) == before
        assert bar.value() == 70

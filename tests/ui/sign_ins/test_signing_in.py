"""Signing in on the page: each way in, what is kept, shown and copied, and what is not."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from motion_desk.models.secret import Secret
from motion_desk.services.lab import Lab
from motion_desk.services.oauth import cache
from motion_desk.ui.sign_ins.attempt import Phase
from motion_desk.ui.sign_ins.page import STEPS, TOKEN, SignInsPage
from tests.journeys.driver import Answers, Driver
from tests.journeys.signing import Browser, choose, come, ended, look_at, over, unfold_all
from tests.journeys.stage import Stage, stored
from tests.journeys.two import account
from tests.ui.sign_ins.scene import (
    CANARY,
    EMPTY,
    FIRST,
    USER,
    everything_said,
    kept,
    modern,
    phase,
    state,
    workspace,
)


def test_nobody_has_signed_in_at_first_and_the_list_says_who_uses_what(
    driver: Driver, page: SignInsPage
) -> None:
    lines = driver.find("sign-ins:providers").entries()
    assert [(each.title, each.subtitle) for each in lines] == [
        ("First", "Nobody signed in · Customer care"),
        ("Empty", "Not complete · no account"),
    ]
    assert state(driver) == "Nobody has signed in on this workstation yet."
    assert not driver.is_there("sign-ins:forget")


def test_a_code_is_shown_copied_and_typed_in_elsewhere_and_the_sign_in_is_kept(
    driver: Driver, page: SignInsPage, lab: Lab
) -> None:
    with closing(Browser(page, lab)) as browser:
        driver.press("sign-in:device")
        driver.wait(lambda: phase(page) is Phase.CODE, "the code")
        code = driver.find("sign-in:code").text()
        driver.press("sign-in:copy")
        assert QGuiApplication.clipboard().text() == code
        assert "https://login.microsoftonline.com/device" in driver.find(
            "sign-in:said"
        ).text().replace("\u200b", "")
        assert driver.find("sign-in:left").text().startswith("Time left: ")
        driver.press("sign-in:open")
        assert browser.opened == ["https://login.microsoftonline.com/device"]
    lab.identity.approve(code)
    said = over(driver, page)
    assert said == (
        f"Signed in: {USER}. Kept until the program is closed, for there is no keyring."
    )
    assert state(driver) == f"{USER} has signed in by a code."
    assert cache.people(kept(driver)) == (USER,)
    assert driver.is_there("sign-ins:forget")


def test_the_browser_is_opened_and_the_sign_in_is_kept(
    driver: Driver, page: SignInsPage, lab: Lab
) -> None:
    with closing(Browser(page, lab)) as browser:
        driver.press("sign-in:browser")
        over(driver, page)
    (address,) = browser.opened
    assert parse_qs(urlsplit(address).query)["login_hint"] == [USER]
    assert state(driver) == f"{USER} has signed in in the browser."


def test_an_application_signs_in_by_the_secret_that_the_keyring_has(
    driver: Driver, page: SignInsPage
) -> None:
    driver.press("sign-in:application")
    assert over(driver, page).startswith("Signed in: the application itself.")
    assert state(driver) == "The application has signed in by its client secret."
    assert cache.kind_of(kept(driver)) is cache.Kind.APPLICATION


def test_without_its_secret_no_application_can_sign_in(driver: Driver, page: SignInsPage) -> None:
    driver.console.desk.edit(
        "cloud_providers.entries", (replace(FIRST, client_secret=Secret()), EMPTY)
    )
    driver.rest()
    assert not driver.find("sign-in:application").isEnabled()
    assert driver.find("sign-in:device").isEnabled()


def test_a_provider_that_is_not_complete_says_what_is_missing_and_leads_there(
    driver: Driver, page: SignInsPage
) -> None:
    choose(driver, "Empty")
    assert "its Tenant ID is empty" in state(driver)
    assert not driver.find("sign-in:device").isEnabled()
    driver.press("sign-ins:go")
    driver.settled()
    assert driver.console.window.section == "cloud_providers"
    assert driver.chosen("cloud_providers.entries") == "empty"


def test_forgetting_asks_first_and_leaves_nothing(
    driver: Driver, page: SignInsPage, lab: Lab, answers: Answers
) -> None:
    driver.press("sign-in:application")
    over(driver, page)
    answers.answers["sure"] = False
    driver.press("sign-ins:forget")
    driver.settled()
    assert kept(driver)
    answers.answers["sure"] = True
    driver.press("sign-ins:forget")
    driver.settled()
    assert kept(driver) == ""
    assert state(driver).startswith("Nobody has signed in")
    assert driver.said() == "Signed out of First: nothing of it is kept here."


def test_nothing_on_the_page_holds_anything_of_a_token_or_a_secret(
    driver: Driver, page: SignInsPage, lab: Lab
) -> None:
    with closing(Browser(page, lab)):
        driver.press("sign-in:browser")
        over(driver, page)
    text = kept(driver)
    found = json.loads(text)
    secrets = [
        row["secret"]
        for name in ("AccessToken", "RefreshToken", "IdToken")
        for row in found[name].values()
    ]
    look_at(driver, TOKEN)
    assert "IMAP.AccessAsUser.All" in driver.find("token-table:0").toPlainText()
    look_at(driver, STEPS)
    unfold_all(driver)
    driver.press("steps:copy")
    for part in (part for secret in secrets for part in secret.split(".")):
        assert part not in everything_said(page)
    assert CANARY not in everything_said(page)


def test_where_no_browser_can_be_opened_the_address_can_be_copied(
    driver: Driver, page: SignInsPage, lab: Lab
) -> None:
    with closing(Browser(page, lab, works=False)) as browser:
        driver.press("sign-in:browser")
        driver.wait(lambda: driver.is_there("sign-in:address"), "the way out")
        assert driver.find("sign-in:said").text().startswith("No browser could be opened.")
        driver.press("sign-in:address")
        assert QGuiApplication.clipboard().text() == browser.opened[0]
        browser.visit()
        assert over(driver, page).startswith(f"Signed in: {USER}.")


def test_leaving_the_page_loses_nothing_and_the_list_tells_of_it(
    driver: Driver, page: SignInsPage, lab: Lab
) -> None:
    driver.press("sign-in:device")
    driver.wait(lambda: phase(page) is Phase.CODE, "the code")
    code = driver.find("sign-in:code").text()
    choose(driver, "Empty")
    assert "A sign-in to “First” is under way." in driver.find("sign-ins:who").text()
    driver.open("Customer care")
    lab.identity.approve(code)
    driver.wait(lambda: not page.signing.under_way, "the end of the sign-in")
    come(driver)
    choose(driver, "First")
    assert ended(driver).startswith(f"Signed in: {USER}.")
    assert cache.people(kept(driver)) == (USER,)


def test_a_token_of_12_kb_is_kept_whole(driver: Driver, page: SignInsPage, lab: Lab) -> None:
    lab.show("token-long")
    with closing(Browser(page, lab)):
        driver.press("sign-in:browser")
        assert over(driver, page).startswith(f"Signed in: {USER}.")
    assert len(kept(driver)) > 12_288
    look_at(driver, TOKEN)
    assert driver.find("token-verdict:0").text().startswith("Right for IMAP and SMTP")


def test_the_first_provider_to_be_chosen_can_be_named_from_elsewhere(
    driver: Driver, page: SignInsPage
) -> None:
    driver.open("Customer care")
    page.choose("empty")
    come(driver)
    assert "its Tenant ID is empty" in state(driver)


def test_the_steps_are_for_the_way_that_is_chosen(driver: Driver, page: SignInsPage) -> None:
    look_at(driver, STEPS)
    assert driver.is_there("step:authenticated")
    page.steps.way.setCurrentIndex(1)
    look_at(driver, STEPS)
    assert not driver.is_there("step:authenticated")
    driver.press("step-title:service-principal")
    driver.press("step-copy:service-principal:0")
    assert "New-ServicePrincipal -AppId 'app-1'" in QGuiApplication.clipboard().text()


def test_a_workspace_without_a_provider_says_what_the_page_is_for(path: Path, stage: Stage) -> None:
    stored(path, workspace(), account("Alpha"))
    driver = stage()
    come(driver)
    assert not driver.is_there("sign-ins:providers")
    driver.press("sign-ins:add")
    driver.settled()
    assert driver.console.window.section == "cloud_providers"


def test_two_accounts_of_one_provider_are_warned_of(path: Path, stage: Stage) -> None:
    stored(path, workspace(FIRST), modern("Care", "first"), modern("Returns", "first"))
    driver = stage()
    come(driver)
    remark = driver.find("sign-ins:remark:0").findChildren(QLabel)[-1].text()
    assert remark.startswith("Care and Returns use it together. Motion's page asks for one")


def test_the_keyboard_reaches_every_part_in_order(driver: Driver, page: SignInsPage) -> None:
    driver.find("sign-ins:providers").setFocus()
    met = []
    for _ in range(7):
        driver.press_key(Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        met.append(widget.objectName() if widget else "")
    wanted = ["sign-ins:views", "sign-ins:facts", "sign-ins:go"]
    wanted += [f"sign-in:{flow}" for flow in ("device", "browser", "application")]
    assert [each for each in met if each in wanted] == wanted

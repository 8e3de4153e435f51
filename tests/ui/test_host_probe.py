"""The view of the Motion server: it says what it is for, and the probe goes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from motion_desk.services.tester.host_probe.script import script
from tests.journeys.comparing import (
    open_host,
    read_result,
    saved_probe,
)
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import SIZE
from tests.ui.probed import (
    PASSWORD,
    driver,
    file,
    ids,
    refusal,
    result,
)
from tests.ui.test_labels import faults
from tests.ui.test_testing_access import nameless, page

__all__ = ["driver", "file", "ids", "result"]


def test_the_view_says_that_this_is_not_the_motion_server_and_what_to_do(driver: Driver) -> None:
    texts = [label.text() for label in driver.find("host").findChildren(QLabel)]
    assert any(text.startswith("This workstation is not the Motion server") for text in texts)
    assert driver.find("host:command").toPlainText() == "python3 probe-claims.py > result.json"
    assert not driver.is_there("host:outcome")
    assert not driver.is_there("host:refusal")
    assert not driver.is_there("host:in-lab")
    driver.press("host:copy")
    assert QGuiApplication.clipboard().text() == "python3 probe-claims.py > result.json"


def test_the_probe_is_written_without_a_secret_and_the_command_names_it(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    text = saved_probe(driver, answers, tmp_path / "my probe.py")
    assert text == script(driver.account_draft())
    assert PASSWORD not in text
    assert driver.said() == f"The probe is in {tmp_path / 'my probe.py'}."
    assert driver.find("host:command").toPlainText() == "python3 'my probe.py' > result.json"
    assert [asked for asked in answers.asked if asked[0] == "save_probe"] == [
        ("save_probe", ("probe-claims.py",))
    ]


def test_the_probe_is_of_the_values_on_the_screen(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    driver.section("imap")
    driver.type("imap.host", "unsaved.example.com")
    driver.section("test")
    open_host(driver)
    assert "unsaved.example.com" in saved_probe(driver, answers, tmp_path / "probe.py")


def test_a_probe_that_is_not_saved_after_all_changes_nothing(driver: Driver) -> None:
    driver.press("host:save")
    driver.press("host:read")
    driver.settled()
    assert not driver.is_there("host:refusal")
    assert driver.find("host:command").toPlainText() == "python3 probe-claims.py > result.json"


def test_a_probe_that_cannot_be_written_is_told(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    missing = tmp_path / "missing" / "probe.py"
    answers.answers["save_probe"] = missing
    driver.press("host:save")
    driver.settled()
    assert refusal(driver) == (
        f"The probe was not written to {missing}: No such file or directory."
    )


def test_an_account_without_servers_has_no_probe(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    for section in ("imap", "smtp"):
        driver.section(section)
        driver.type(f"{section}.host", "")
    driver.section("test")
    open_host(driver)
    answers.answers["save_probe"] = tmp_path / "probe.py"
    driver.press("host:save")
    driver.settled()
    assert refusal(driver) == "The account names no server yet. Fill in host and port first."
    assert not (tmp_path / "probe.py").exists()


@pytest.mark.parametrize("size", ["usual", "smallest"])
def test_nothing_is_cut_and_all_has_a_name(
    driver: Driver, answers: Answers, file: Path, tmp_path: Path, size: str
) -> None:
    window = driver.console.window
    window.resize(*(SIZE if size == "usual" else window.minimumSize().toTuple()))
    driver.console.testing.lab.turn_on("healthy")
    read_result(driver, answers, tmp_path / ("a-long-name-" * 12 + ".json"))
    assert faults(driver, page(driver)) == []
    read_result(driver, answers, file)
    assert faults(driver, page(driver)) == []
    assert nameless(driver) == []

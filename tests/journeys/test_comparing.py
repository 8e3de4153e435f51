"""Comparing in the real window: by the real tester, the real lab, and a probe in a real process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from motion_desk.models.endpoints import Protocol
from motion_desk.services.lab import Lab
from tests.journeys.comparing import (
    body,
    compare_with_last_good,
    heading,
    marked,
    open_comparison,
    open_host,
    open_list,
    read_result,
    rows,
    saved_probe,
    unreachable,
    values,
)
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage, stored
from tests.journeys.testing import over, verdict
from tests.services.tester.host_probes import PASSWORD, USER, on, ran
from tests.services.tester.orders import given

# A completer's list opens while typing; off screen, opening is answered with warnings.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

GOOD = "Motion would receive and send."
BROKE = "Nothing was changed in the account, and yet it broke: the reason is outside."


@pytest.fixture
def demo(stage: Stage) -> Driver:
    """A window on the demo workspace as a newcomer has it, its lab ten times as fast."""
    driver = stage(None, "demo")
    driver.console.testing.lab.scale = 0.1
    driver.open("Trade desk")
    driver.settled()
    return driver


def press_test(driver: Driver, fault: str) -> None:
    """Test the open account under a fault of the lab."""
    driver.console.testing.lab.turn_on(fault)
    driver.command("test")
    over(driver)


def test_nothing_was_changed_and_yet_it_broke_and_the_certificate_says_why(demo: Driver) -> None:
    press_test(demo, "healthy")
    press_test(demo, "expired")
    compare_with_last_good(demo)
    assert heading(demo) == BROKE
    assert "Serial number" in body(demo)
    assert marked(demo)[0][1] == "Encryption"
    before, now = values(demo, "Valid")
    assert before.split(" to ")[1] > now.split(" to ")[1], "the later one has ended"
    press_test(demo, "healthy")
    open_comparison(demo)
    assert heading(demo).startswith("Nothing was changed in the account")
    assert not demo.is_there("strip:last-good")


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[Lab]:
    """Servers on real ports of this computer, which are no lab to the window."""
    with Lab(tmp_path / "servers", people={USER: PASSWORD}, scale=0.05) as started:
        yield started


@pytest.fixture
def driver(servers: Lab, path: Path, stage: Stage) -> Driver:
    """A window on an account of these servers that was tested well."""
    stored(path, given(servers.certificate), on(servers))
    driver = stage()
    for section in ("imap", "smtp"):
        driver.section(section)
        driver.type(f"{section}.password", PASSWORD)
    driver.save()
    driver.command("test")
    over(driver)
    assert verdict(driver) == GOOD
    return driver


def test_the_probe_goes_out_runs_there_and_its_result_stands_beside_the_test_from_here(
    driver: Driver, answers: Answers, servers: Lab, stage: Stage, tmp_path: Path
) -> None:
    open_host(driver)
    text = saved_probe(driver, answers, tmp_path / "probe.py")
    assert PASSWORD not in text
    file = tmp_path / "result.json"
    file.write_text(ran(text, tmp_path), encoding="ascii")
    assert servers.seen.logins
    servers.seen.clear()
    read_result(driver, answers, file)
    assert heading(driver, "host").startswith("From the Motion server all goes as from this")
    assert marked(driver, "host") == []
    assert {"Login, Mailbox, Headers, Goodbye: not run there"} <= {
        row.label for row in rows(driver, "host")
    }
    assert not servers.seen.logins, "the probe logs in nowhere"
    file.write_text(json.dumps(unreachable(json.loads(file.read_text()), Protocol.SMTP)))
    read_result(driver, answers, file)
    assert marked(driver, "host") == [("SMTP", "Connection")]
    assert "The network lets this workstation out, but not the Motion server" in body(
        driver, "host"
    )
    assert "network team" in driver.find("host:to-do").text()
    assert verdict(driver) == GOOD, "what fails there is no verdict of a test from here"
    driver = stage()
    driver.section("test")
    driver.settled()
    assert driver.line("test").hint == "The last test passed"
    open_host(driver)
    assert marked(driver, "host") == [("SMTP", "Connection")]
    open_list(driver)
    tree = driver.find("runs")
    verdicts = [tree.topLevelItem(place).text(1) for place in range(tree.topLevelItemCount())]
    assert sorted(verdicts)[0].startswith("Failed, from Motion server ")
    assert sorted(verdicts)[1] == "Passed"

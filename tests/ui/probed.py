"""Probed: a window that shows the view of the Motion server, and what a probe printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.host_probe.script import script
from motion_desk.services.tester.steps import StepName
from tests.journeys.comparing import (
    open_host,
)
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.services.tester.host_probes import ran
from tests.ui.scripted import REFUSED, Script, claims

IMAP, SMTP = Protocol.IMAP, Protocol.SMTP
PASSWORD = "another program's"
CLOSED = Script(ends={(IMAP, StepName.TCP): REFUSED, (SMTP, StepName.TCP): REFUSED})

Result = dict[str, Any]


def nowhere() -> Account:
    """An account of servers that are nowhere: nothing listens on port 1."""
    made = put(put(claims(), "imap.host", "127.0.0.1"), "smtp.host", "127.0.0.1")
    return put(put(made, "imap.port", 1), "smtp.port", 1)


@pytest.fixture
def ids(path: Path) -> list[str]:
    """The ids of two stored accounts, of which the first is open in ``driver``."""
    return stored(path, nowhere(), claims("Sales"))


@pytest.fixture
def driver(ids: list[str], stage: Stage) -> Driver:
    """A window that shows the view."""
    return shown(stage)


def shown(stage: Stage) -> Driver:
    """A window that shows the view."""
    driver = stage()
    driver.section("test")
    driver.settled()
    open_host(driver)
    return driver


@pytest.fixture
def result(driver: Driver, tmp_path: Path) -> Result:
    """What the probe for the open account printed."""
    folder = tmp_path / "host"
    folder.mkdir()
    found: Result = json.loads(ran(script(driver.account_draft()), folder))
    return found


@pytest.fixture
def file(result: Result, tmp_path: Path) -> Path:
    """The file with that."""
    return written(tmp_path, result)


def written(folder: Path, found: Result) -> Path:
    """A file with a result."""
    path = folder / "result.json"
    path.write_text(json.dumps(found), encoding="ascii")
    return path


def refusal(driver: Driver) -> str:
    """Why a file was not written or not taken."""
    return str(driver.find("host:refusal").text()).replace("\u200b", "")

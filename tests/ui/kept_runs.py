"""Kept runs: tests that lie in a workspace file before the window opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from motion_desk.models.account import Account
from motion_desk.models.endpoints import Protocol
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from motion_desk.services.tester.keeping import plain
from motion_desk.services.tester.run import Order
from motion_desk.services.tester.steps import Fact, Report, StepName
from motion_desk.services.tester.values import tested_values
from motion_desk.services.tester.verdict import verdict
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.ui.scripted import REFUSED, Script, claims

MOMENT = datetime(2026, 11, 20, 8, 0, 0, tzinfo=UTC)
"""When the first of them was made; the others follow an hour after each other."""

Made = Callable[[Account], Report]
Open = Callable[..., Driver]
"""Opens a window on an account of which some tests are kept."""

GROUP = "Certificate 1 (the server's)"
FAILED = Script(ends={(Protocol.IMAP, StepName.TCP): REFUSED})
"""A test that passes but for a closed port of IMAP."""


def a_test(
    script: Script | None = None,
    *,
    of: Callable[[Account], Account] = lambda account: account,
    only: tuple[Protocol, ...] = tuple(Protocol),
    lab: bool = False,
) -> Made:
    """A test of an account that goes by a script; ``of`` says of which values it was."""

    def made(account: Account) -> Report:
        used = of(account)
        test = (script or Script()).begin(Order(used, None, only, lab=lab))  # type: ignore[arg-type]  # a scripted test has no use for a workspace
        while test.running:
            test.drain()
        return replace(test.report(), values=tested_values(used))

    return made


def keep(path: Path, account_id: str, *tests: Made) -> list[str]:
    """Keep tests of a stored account, an hour after each other; gives their ids."""
    store = Store.open(path, Secrets(system=False))
    try:
        account, ids = store.load(account_id), []
        for hour, made in enumerate(tests):
            report = replace(made(account), at=MOMENT + timedelta(hours=hour))
            word = verdict(report).tone.value
            content = plain(report)
            ids.append(
                store.keep_run(
                    account_id, report.at, report.fingerprint, word, content, lab=report.lab
                )
            )
        return ids
    finally:
        store.close()


def runs_of(path: Path, account_id: str) -> list[tuple[str, str, bool]]:
    """The kept tests of an account, the newest first: verdict, vantage, and whether in the lab."""
    store = Store.open(path, Secrets(system=False))
    try:
        return [(run.verdict, run.vantage, run.lab) for run in store.runs(account_id)]
    finally:
        store.close()


@pytest.fixture
def kept(path: Path, stage: Stage) -> Open:
    """Opens a window on an account of which these tests are kept, the oldest first."""

    def opened(*tests: Made) -> Driver:
        ids = stored(path, claims(), claims("Sales"))
        keep(path, ids[0], *tests)
        driver = stage()
        driver.section("test")
        driver.settled()
        return driver

    return opened


def certificate(serial: str, issuer: str) -> dict[StepName, tuple[Fact, ...]]:
    """What a test shows of a server's certificate."""
    return {
        StepName.GREETING: (Fact("greeting", "Greeting", f"* OK server of {issuer}"),),
        StepName.TLS: (
            Fact("certificate.serial", "Serial number", serial, GROUP),
            Fact("certificate.issuer", "Issuer", issuer, GROUP),
        ),
    }


def moments(driver: Driver) -> list[str]:
    """The hours of the two tests that are compared."""
    chosen = [driver.find(f"compare:{name}").currentText() for name in ("before", "now")]
    return [text.split()[1].split(":")[0] for text in chosen]


def hours(driver: Driver) -> list[str]:
    """The hours of all kept tests, as offered, the newest first."""
    combo = driver.find("compare:now")
    texts = [combo.itemText(place) for place in range(combo.count())]
    return [text.split()[1].split(":")[0] for text in texts]

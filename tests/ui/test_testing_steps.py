"""The list of a probe's steps, which is drawn a few lines at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import StepName
from motion_desk.ui.test import steps
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.journeys.testing import complete
from tests.ui.scripted import REFUSED, Script, claims, run


@pytest.fixture
def driver(path: Path, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Driver:
    """A tested account in the smallest window, where each painting has time for one line only."""
    monkeypatch.setattr(steps, "TURN", -1.0)
    stored(path, claims())
    driver = stage()
    driver.console.window.resize(driver.console.window.minimumSize())
    run(driver, Script(ends={(Protocol.IMAP, StepName.TCP): REFUSED}))
    return driver


def test_steps_that_leave_the_view_half_drawn_are_drawn_when_they_are_seen_again(
    driver: Driver,
) -> None:
    bar = driver.find("overview").verticalScrollBar()
    shown = driver.find("steps:imap")
    assert not shown.visibleRegion().isEmpty()
    before = shown.grab().toImage()
    driver.application.theme.prefer("dark")
    driver.application.theme.prefer("light")
    shown.viewport().repaint()
    assert not shown.is_drawn
    bar.setValue(bar.maximum())
    assert shown.visibleRegion().isEmpty()
    complete(driver)
    bar.setValue(0)
    complete(driver)
    assert shown.grab().toImage() == before

"""Panels stand below the sections of their document, and the keys lead to them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QScrollArea

from motion_desk.ui.panels.panels import PANELS, Panel, panel_named, panels_of
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage


@pytest.fixture
def driver(stage: Stage) -> Driver:
    driver = stage(None, "demo")
    driver.open("Trade desk")
    return driver


def test_the_panels_stand_apart_below_the_sections_and_the_keys_lead_to_them(
    driver: Driver,
) -> None:
    lines = driver.console.window.sections.entries()
    panels = [panel.name for panel in panels_of(of_account=True)]
    assert [line.id for line in lines][-len(panels) :] == panels
    assert [line.id for line in lines if line.apart] == ["test"]
    driver.section(lines[-len(panels) - 1].id)
    driver.command("next-section")
    assert driver.console.window.section == "test"


def test_the_workspace_has_panels_of_its_own(driver: Driver) -> None:
    driver.open("Workspace")
    lines = [line.id for line in driver.console.window.sections.entries()]
    assert [name for name in lines if panel_named(name)] == [
        panel.name for panel in panels_of(of_account=False)
    ]


@pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel.name)
def test_every_panel_is_whole_in_the_smallest_window(driver: Driver, panel: Panel) -> None:
    driver.open("Trade desk" if panel.of_account else "Workspace")
    driver.section(panel.name)
    driver.console.window.resize(driver.console.window.minimumSize())
    driver.settled()
    page = driver.console.window.pages.currentWidget()
    inner = page.widget() if isinstance(page, QScrollArea) else page
    assert page is not None
    assert inner is not None
    assert inner.width() <= page.width(), "something is cut at the right"

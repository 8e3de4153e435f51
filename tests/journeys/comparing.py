"""What tests and the tour do in the views of two columns, and what they see there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.steps import StepName
from motion_desk.ui.test.page import COMPARE, EARLIER, HOST
from motion_desk.ui.test.side_rows import Kind, Row
from tests.journeys.driver import Answers, Driver


def view(driver: Driver, place: int) -> None:
    """Choose a view of the connection test, and wait until it is drawn."""
    driver.find("test:views").setCurrentIndex(place)
    driver.settled()


def open_comparison(driver: Driver) -> None:
    """Go to the comparison: the test on the screen and the last good one before it."""
    view(driver, COMPARE)


def open_list(driver: Driver) -> None:
    """Go to the list of earlier tests."""
    view(driver, EARLIER)


def open_host(driver: Driver) -> None:
    """Go to the view of the Motion server."""
    view(driver, HOST)


def compare_with_last_good(driver: Driver) -> None:
    """Press the link below a failed test."""
    driver.press("strip-button:last-good")
    driver.settled()


def heading(driver: Driver, name: str = "compare") -> str:
    """What came out, at a glance."""
    return str(driver.find(f"{name}:heading").text()).replace("\u200b", "")


def body(driver: Driver, name: str = "compare") -> str:
    """The sentences below that; nothing where there are none."""
    if not driver.is_there(f"{name}:body"):
        return ""
    return str(driver.find(f"{name}:body").text()).replace("\u200b", "")


def rows(driver: Driver, name: str = "compare") -> tuple[Row, ...]:
    """The rows of the two columns."""
    found: tuple[Row, ...] = driver.find(f"{name}:steps").rows
    return found


def marked(driver: Driver, name: str = "compare") -> list[tuple[str, str]]:
    """The steps that are marked as the first difference, below their protocols."""
    found, protocol = [], ""
    for row in rows(driver, name):
        protocol = row.label if row.kind is Kind.HEADING else protocol
        if row.marked:
            found.append((protocol, row.label))
    return found


def values(driver: Driver, label: str, name: str = "compare") -> tuple[str, str]:
    """Both sides of the first row with a label."""
    row = next(row for row in rows(driver, name) if row.label == label)
    before, now = (side.text.replace("\u200b", "") for side in row.sides)
    return before, now


def is_first_seen(driver: Driver, name: str = "compare") -> bool:
    """Whether the first row of the first difference is within what the view shows."""
    scrolled, steps = driver.find(name), driver.find(f"{name}:steps")
    place = steps.place_of_first()
    top = steps.mapTo(scrolled.viewport(), place.topLeft()).y()
    return bool(top >= 0 and top + 20 <= scrolled.viewport().height())


def read_result(driver: Driver, answers: Answers, path: Path) -> None:
    """Read a result of the probe from a file."""
    answers.answers["open_result"] = path
    driver.press("host:read")
    driver.settled()


def saved_probe(driver: Driver, answers: Answers, path: Path) -> str:
    """Save the probe to a file; gives what is in it."""
    answers.answers["save_probe"] = path
    driver.press("host:save")
    driver.settled()
    return path.read_text(encoding="ascii")


def unreachable(result: dict[str, object], protocol: Protocol) -> dict[str, object]:
    """A result of the probe, but with a firewall on the way to one server."""
    return _with_steps(result, protocol, _behind_a_firewall)


def _with_steps(
    result: dict[str, object],
    protocol: Protocol,
    change: Callable[[list[dict[str, object]]], list[dict[str, object]]],
) -> dict[str, object]:
    probes = result["probes"]
    assert isinstance(probes, list)
    made = [
        {**each, "steps": change(each["steps"])} if each["protocol"] == protocol.value else each
        for each in probes
    ]
    return {**result, "probes": made}


def _behind_a_firewall(steps: list[dict[str, object]]) -> list[dict[str, object]]:
    attempts = [{"address": "127.0.0.1", "outcome": "silent", "seconds": 9.0, "detail": ""}]
    assert steps[1]["name"] == StepName.TCP.value
    return [steps[0], {**steps[1], "outcome": "not-connected", "attempts": attempts}]

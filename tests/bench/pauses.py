"""Pauses: how long the window's thread is kept from the next event while something runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

from PySide6.QtCore import Qt

from motion_desk.app import SWITCH, collect_again
from tests.bench.figures import Figure
from tests.bench.opened import opened
from tests.bench.window import Pulse, rest
from tests.journeys import detecting, reach, signing
from tests.journeys.driver import Driver

TURNS = 7
BOUND = 16
"""Milliseconds of one frame of 60 a second."""
ACCOUNT = "Trade desk"


def figures() -> Iterator[Figure]:
    """What runs against the lab of the demo: its pauses, in milliseconds, after the first time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)  # as the program does
    try:
        with opened() as driver:
            driver.console.testing.lab.scale = 0.1
            driver.open(ACCOUNT)
            driver.settled()
            collect_again()  # as the program does after its start
            for what, act in _acts(driver).items():
                pauses = [_pause(act) for _ in range(TURNS)][1:]
                yield Figure(f"longest pause during {what}, median", median(pauses), 0, BOUND)
    finally:
        sys.setswitchinterval(before)


def _acts(driver: Driver) -> dict[str, Callable[[], object]]:
    acts: dict[str, Callable[[], object]] = {"a search for settings": partial(_detect, driver)}
    acts["a round trip"] = partial(reach.round_trip, driver)
    acts["a domain's checks"] = partial(reach.domain, driver)
    for flow in ("device", "browser", "application"):
        act = partial(signing.sign_in_at_the_lab, driver, "healthy", flow)
        acts[f"a sign-in ({flow})"] = act
    return acts


def _detect(driver: Driver) -> None:
    detecting.detect(driver)
    driver.press_key(Qt.Key.Key_Escape)


def _pause(act: Callable[[], object]) -> float:
    pulse = Pulse()
    rest()
    pulse.begin()
    act()
    return pulse.end()


if __name__ == "__main__":
    for figure in figures():
        print(figure.line(), flush=True)

"""What tests do on the filter trial, and what they see there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from motion_desk.models.choices import Verdict
from motion_desk.ui.trial.lines import Line, Mark, Matrix
from motion_desk.ui.trial.page import TrialPage
from motion_desk.ui.trial.table import MatrixTable
from tests.journeys.driver import Driver


def open_trial(driver: Driver) -> TrialPage:
    """Go to the trial of the open account."""
    driver.section("trial")
    drawn(driver)
    page: TrialPage = driver.find("panel:trial")
    return page


def drawn(driver: Driver) -> None:
    """Wait until what is read is read, judged, and on the screen."""
    driver.settled()
    page: TrialPage = driver.find("panel:trial")
    driver.wait(lambda: page.is_drawn, "the end of reading and judging")
    driver.rest()


def read_samples(driver: Driver) -> None:
    """Press “Samples”, and wait until they are judged."""
    driver.press("trial:samples")
    drawn(driver)


def read_files(driver: Driver, paths: Sequence[Path]) -> None:
    """Open files as the dialog would."""
    page: TrialPage = driver.find("panel:trial")
    page.read_files(list(paths))
    drawn(driver)


def matrix(driver: Driver) -> Matrix:
    """What the table shows."""
    table: MatrixTable = driver.find("trial:matrix")
    return table.rows.matrix


def lines(driver: Driver) -> tuple[Line, ...]:
    """The messages that the table shows, from top to bottom."""
    return matrix(driver).lines


def titles(driver: Driver) -> list[str]:
    """What the messages are called."""
    return [line.title for line in lines(driver)]


def verdicts(driver: Driver) -> dict[str, Verdict]:
    """What becomes of the messages, by what they are called."""
    shown = matrix(driver)
    pairs = zip(shown.lines, shown.judgements, strict=True)
    return {line.title: judgement.verdict for line, judgement in pairs}


def marks(driver: Driver, title: str) -> list[Mark | None]:
    """The marks of a message, by what it is called, in the order of the rules."""
    shown = matrix(driver)
    row = titles(driver).index(title)
    return [shown.mark(row, place) for place in range(len(shown.rules))]


def choose(driver: Driver, title: str, rule: int = 0) -> None:
    """Choose a message by what it is called, and a rule by its number."""
    shown = matrix(driver)
    key = next(line.key for line in shown.lines if line.title == title)
    driver.find("trial:matrix").choose(key, shown.rules[rule - 1].id if rule else "")
    driver.rest()


def sentence(driver: Driver) -> str:
    """What became of the chosen message."""
    return str(driver.find("trial:sentence").text()).replace("\u200b", "")


def add_preset(driver: Driver, word: str) -> None:
    """Add the filters of a scanner on the section “Advanced”."""
    driver.section("advanced")
    driver.find("filter-presets").show_preset(word)
    driver.rest()
    driver.press("filter-presets:add")
    driver.settled()

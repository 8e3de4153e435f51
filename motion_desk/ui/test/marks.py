"""Marks: the icon and the colour that stand beside the words for a verdict and for a step's state."""

from __future__ import annotations

from dataclasses import dataclass

from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.panels import Signs

IN_LAB = ("flask-conical", "muted")
"""What stands beside the verdict on a test that went to the lab."""

Mark = tuple[str, str]
"""An icon's name and a colour's name."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The word for an account's last verdict, and whether that test went to the lab only."""

    word: str = ""
    lab: bool = False


VERDICTS: dict[str, tuple[Mark | None, str]] = {
    "": (None, "Not tested yet"),
    "running": (("loader-circle", "accent"), "A test is running"),
    "passed": (("circle-check", "success"), "The last test passed"),
    "warnings": (("triangle-alert", "warning"), "The last test passed with warnings"),
    "unknown": (("circle-question-mark", "muted"), "The last test did not tell everything"),
    "stopped": (("circle-stop", "muted"), "The last test was stopped"),
    "failed": (("circle-x", "error"), "The last test failed"),
}
"""What the word for a verdict (``verdict.Tone``), ``running`` and nothing at all look like."""

RESULTS = {
    "passed": "Passed",
    "warnings": "Passed with warnings",
    "unknown": "Cannot be told",
    "stopped": "Stopped",
    "failed": "Failed",
}
"""The words for a verdict in lists."""

RESULTS_OF_PROBES = {**RESULTS, "warnings": "Warnings", "unknown": "Untold"}
"""The same where there is little room."""

STATES: dict[str, tuple[Mark, str]] = {
    "waiting": (("circle", "muted"), "not begun"),
    "running": (("loader-circle", "accent"), "running"),
    "passed": (("circle-check", "success"), "passed"),
    "warning": (("triangle-alert", "warning"), "passed with a warning"),
    "failed": (("circle-x", "error"), "failed"),
    "not run": (("circle-minus", "muted"), "not run"),
    "stopped": (("circle-stop", "muted"), "stopped"),
}
"""What the word for a step's state (``steps.State``) looks like and is called."""


def signs_of(judged: Judged) -> Signs:
    """What stands on the line of the connection test."""
    mark, said = verdict_mark(judged.word)
    marks = (mark,) if mark else ()
    hint = tr(said)
    if judged.lab:
        marks = (IN_LAB, *marks)
        hint = tr("{}, in the lab").format(hint)
    return Signs(marks, hint)


def verdict_mark(word: str) -> tuple[Mark | None, str]:
    """The mark and the hint for a verdict; a word of a later version counts as ``unknown``."""
    return VERDICTS.get(word) or VERDICTS["unknown"]

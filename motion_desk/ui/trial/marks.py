"""Marks: how verdicts and the cells of the matrix look; each has a shape, not a colour alone."""

from __future__ import annotations

from motion_desk.models.choices import Expected, Verdict
from motion_desk.ui.trial.lines import Mark

CELLS: dict[Mark, tuple[str, str]] = {
    Mark.ACCEPTS: ("circle-check", "success"),
    Mark.REJECTS: ("circle-x", "error"),
    Mark.LATER: ("circle-dot", "muted"),
    Mark.WRONG: ("triangle-alert", "warning"),
}
"""The icon and the colour of each mark; one that is not here is a small point."""

LEGEND = {
    Mark.ACCEPTS: "lets it pass",
    Mark.REJECTS: "rejects it",
    Mark.LATER: "matches, but an earlier rule decided",
    Mark.NOT: "does not match",
    Mark.WRONG: "cannot be applied",
}

VERDICTS: dict[Verdict, tuple[str, str, str]] = {
    Verdict.ACCEPT: ("circle-check", "success", "Passes"),
    Verdict.REJECT: ("circle-x", "error", "Rejected"),
}
"""The icon, the colour and the word of each verdict."""

EXPECTED = {Expected.PASS: "must pass", Expected.REJECTED: "must be rejected"}

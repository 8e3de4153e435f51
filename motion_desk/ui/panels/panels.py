"""Panels: the pages below a document's sections that are no forms, by name, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

TEST, TIMELINE = "test", "timeline"
"""The names of the panels that are made ready while nothing is to do."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A page below the sections of an account, or else of the workspace.

    ``width`` is the least, in pixels, that the page needs; in a window too narrow for both, it
    takes the problems' room.
    """

    name: str
    title: str
    icon: str
    of_account: bool
    width: int = 700


PANELS = (
    Panel(TEST, "Connection test", "plug-zap", True, 1000),
    Panel("round-trip", "Round trip", "repeat", True),
    Panel("domain", "Sender's domain", "globe", True),
    Panel("trial", "Filter trial", "filter", True, 1000),
    Panel(TIMELINE, "Timeline", "milestone", True, 1000),
    Panel("interactions", "Interactions", "messages-square", True, 1000),
    Panel("board", "All accounts", "layout-list", False, 1000),
    Panel("calendar", "What expires", "calendar-days", False),
    Panel("sign-ins", "Sign-ins", "key-round", False, 900),
    Panel("invite", "Invite staff", "user-plus", False, 900),
)


def panels_of(of_account: bool) -> tuple[Panel, ...]:
    """The panels of an account, or else of the workspace."""
    return tuple(panel for panel in PANELS if panel.of_account is of_account)


def panel_named(name: str) -> Panel | None:
    """The panel with a name, if it is the name of one."""
    return next((panel for panel in PANELS if panel.name == name), None)


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands on a panel's line: pairs of an icon's and a colour's name, and a hint."""

    marks: tuple[tuple[str, str], ...] = ()
    hint: str = ""


class Finishing(Protocol):
    """What every panel's page can do, whatever else it is."""

    def finish(self) -> None:
        """Stop what runs, for the window closes; nothing is shown from here on."""

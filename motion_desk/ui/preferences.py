"""Preferences: the window's place and the files opened last, in a file of the settings folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

from motion_desk.services import folders

MOST_RECENT = 8


def _settings() -> QSettings:
    return QSettings(str(folders.settings_folder() / "window.ini"), QSettings.Format.IniFormat)


def recent(kind: str = "recent") -> tuple[Path, ...]:
    """The files of a kind opened last, the newest first; those that are gone are left out.

    Without a kind they are the workspaces.
    """
    stored = _settings().value(kind, [])
    # QSettings gives a list of one back as its only member.
    paths = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
    return tuple(Path(path) for path in paths if Path(path).exists())


def remember(path: Path, kind: str = "recent") -> None:
    """Put a file at the head of the recent ones of its kind."""
    paths = [str(path), *(str(other) for other in recent(kind) if other != path)]
    _settings().setValue(kind, paths[:MOST_RECENT])


def scheme() -> str:
    """The colour scheme that was chosen: ``system`` unless somebody chose."""
    return str(_settings().value("scheme", "system"))


def keep_scheme(name: str) -> None:
    """Keep the chosen colour scheme."""
    _settings().setValue("scheme", name)


def keep_place(window: QMainWindow) -> None:
    """Keep the window's size and place."""
    _settings().setValue("geometry", window.saveGeometry())


def restore_place(window: QMainWindow) -> None:
    """Give the window its kept size and place, where there is one."""
    place = _settings().value("geometry")
    if isinstance(place, QByteArray):
        window.restoreGeometry(place)


@dataclass(frozen=True, slots=True)
class Columns:
    """A table's columns as a person wants them, by name: those shown, where chosen, and widths."""

    shown: Sequence[str] | None = None
    widths: Mapping[str, int] = field(default_factory=dict)


def columns(table: str) -> Columns:
    """The kept columns of a table; what is unreadable counts as not kept."""
    shown = str(_settings().value(f"columns/{table}", "*"))
    pairs = (each.partition(":") for each in str(_settings().value(f"widths/{table}", "")).split())
    widths = {name: int(width) for name, _, width in pairs if width.isdecimal()}
    return Columns(None if shown == "*" else shown.split(), widths)


def keep_columns(table: str, wanted: Columns) -> None:
    """Keep a table's columns."""
    shown = "*" if wanted.shown is None else " ".join(wanted.shown)
    _settings().setValue(f"columns/{table}", shown)
    pairs = (f"{name}:{width}" for name, width in wanted.widths.items())
    _settings().setValue(f"widths/{table}", " ".join(pairs))

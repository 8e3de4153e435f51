"""Privacy: where conversations are kept, how many, how long, and the way to delete them all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.words import tr

if TYPE_CHECKING:
    from motion_desk.services.interactions.archive import Archive

DAYS = (30, 90, 180, 365, 730)
"""What is offered as days for which a conversation is kept after its last message."""
MEGA = 1_000_000
WIDE = 740
"""Pixels from which on the buttons stand beside the sentence."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What the archive holds: bytes on the disk, conversations by account, and for how long."""

    size: int
    accounts: dict[str, int]
    kept_days: int | None
    read_only: bool


def holding(archive: Archive) -> Holding:
    """What an archive holds; on its thread."""
    return Holding(archive.size(), archive.accounts(), archive.kept_days, archive.read_only)


class PrivacyStrip(QFrame):
    """Says what is kept. ``kept_for`` tells for how many days it is to be (0: for ever).

    ``unwanted`` asks to delete all: of the account's own, or (true) of all accounts.
    """

    kept_for = Signal(int)
    unwanted = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("interactions:privacy")
        self.setProperty("role", "card")
        self._text = wrapped()
        self._text.setObjectName("interactions:kept")
        self.days = Combo(self)
        self.days.setObjectName("interactions:days")
        self.days.setAccessibleName(tr("How long conversations are kept"))
        self.days.setMinimumContentsLength(16)
        self.days.activated.connect(lambda n: self.kept_for.emit(int(self.days.itemData(n))))
        self._delete = QPushButton(tr("Delete all…"), self)
        self._delete.setObjectName("interactions:delete")
        self._delete.setAutoDefault(False)
        menu = QMenu(self)
        self._own = menu.addAction(tr("Of this account…"), lambda: self.unwanted.emit(False))
        self._own.setObjectName("interactions:delete-own")
        self._all = menu.addAction(tr("Of all accounts…"), lambda: self.unwanted.emit(True))
        self._all.setObjectName("interactions:delete-all")
        self._delete.setMenu(menu)
        acts = QWidget(self)
        flow = Flow(acts, 8)
        flow.addWidget(self.days)
        flow.addWidget(self._delete)
        said = QHBoxLayout()
        said.setSpacing(9)
        said.addWidget(IconLabel("hard-drive", "muted", 16))
        said.addWidget(self._text, 1)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._parts.setContentsMargins(14, 7, 14, 8)
        self._parts.setSpacing(8)
        self._parts.addLayout(said, 1)
        self._parts.addWidget(acts)
        self._acts = acts
        self._fill(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= WIDE
        self._acts.setMinimumWidth(self._acts.sizeHint().width() if wide else 0)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._parts.setDirection(way)

    def show_holding(self, path: Path, account: str, held: Holding) -> None:
        """Say what is kept in the file at ``path``."""
        own = held.accounts.get(account, 0)
        others = {name: number for name, number in held.accounts.items() if name != account}
        parts = [
            tr(
                "Kept in “{file}” beside the workspace, on this computer only, in no export or "
                "back-up of it:"
            ).format(file=path.name),
            _counted(
                own, tr("1 conversation of this account"), tr("{} conversations of this account")
            ),
        ]
        if others:
            other = sum(others.values())
            parts[-1] += ", " + _counted(other, tr("1 of others"), tr("{} of others"))
        parts[-1] += ", " + tr("{} MB.").format(f"{held.size / MEGA:,.1f}")
        self._text.setText(breakable(" ".join(parts)))
        self._text.setToolTip(str(path))
        self._own.setEnabled(bool(own))
        self._all.setEnabled(bool(held.accounts))
        self._all.setVisible(bool(others))
        self._delete.setEnabled(bool(held.accounts) and not held.read_only)
        self.days.setEnabled(not held.read_only)
        self._fill(held.kept_days)

    def _fill(self, kept: int | None) -> None:
        """Offer the usual numbers of days, and the one that is kept."""
        numbers = sorted({*DAYS, *((kept,) if kept else ())})
        wanted = [(tr("Keep for ever"), 0)]
        wanted += [(tr("Keep for {} days").format(days), days) for days in numbers]
        if [self.days.itemData(n) for n in range(self.days.count())] != [d for _, d in wanted]:
            self.days.clear()
            for text, days in wanted:
                self.days.addItem(text, days)
        self.days.setCurrentIndex(self.days.findData(kept or 0))
        self.days.setToolTip(tr("Counted from a conversation's last message, for all accounts."))


def _counted(count: int, one: str, many: str) -> str:
    return one if count == 1 else many.format(f"{count:,}")

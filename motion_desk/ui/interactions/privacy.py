"""Privacy: what is kept on this computer, for how long, and the way to delete it all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon

if TYPE_CHECKING:
    from motion_desk.services.interactions.archive import Archive
    from motion_desk.services.interactions.deleting import Untold

DAYS = (30, 90, 180, 365, 730)
"""What is offered as days for which a conversation is kept after its last message."""
MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Holding:
    """What the archive holds: bytes on the disk, conversations by account, and for how long.

    ``untold`` is what was deleted as too old since anybody was told.
    """

    size: int
    accounts: dict[str, int]
    kept_days: int | None
    read_only: bool
    untold: Untold | None


def holding(archive: Archive) -> Holding:
    """What an archive holds; on its thread."""
    from motion_desk.services.interactions.deleting import UNTOLD, untold

    return Holding(
        archive.size(),
        archive.accounts(),
        archive.kept_days,
        archive.read_only,
        untold(archive.setting(UNTOLD)),
    )


class PrivacyStrip(QWidget):
    """Says what is kept, and where when asked. ``kept_for`` tells for how many days (0: for ever).

    ``unwanted`` asks to delete all: of the account's own, or (true) of all accounts.
    """

    kept_for = Signal(int)
    unwanted = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("interactions:privacy")
        self._short = wrapped("", "muted")
        self._short.setObjectName("interactions:kept-short")
        self._text = wrapped("", "muted")
        self._text.setObjectName("interactions:kept")
        self._text.hide()
        self._where = QToolButton(self)
        self._where.setObjectName("interactions:where")
        self._where.setIcon(icon("info"))
        self._where.setIconSize(QSize(15, 15))
        self._where.setCheckable(True)
        self._where.setAccessibleName(tr("Where the conversations are kept"))
        self._where.setToolTip(self._where.accessibleName())
        self._where.toggled.connect(self._text.setVisible)
        self.days = Combo(self)
        self.days.setObjectName("interactions:days")
        self.days.setAccessibleName(tr("How long conversations are kept"))
        self.days.setMinimumContentsLength(13)
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
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("hard-drive", "muted", 16))
        row.addWidget(self._short, 1)
        for widget in (self._where, self.days, self._delete):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._text)
        self._fill(None)

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
        size = tr("{} MB").format(f"{held.size / MEGA:,.1f}")
        parts[-1] += f", {size}."
        counted = _counted(own, tr("1 conversation"), tr("{} conversations"))
        self._short.setText(tr("Kept on this computer only: {}, {}").format(counted, size))
        self._short.setToolTip(str(path))
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

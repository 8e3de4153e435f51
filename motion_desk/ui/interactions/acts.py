"""Acts: the buttons beside the page's title, which say less where there is less room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.interactions.table import ConversationTable

NARROW = 760
"""Pixels of the page below which the buttons say less."""


class Acts(QWidget):
    """Asks for what acts on the whole page: ``imported``, ``fetched`` and ``exported``."""

    imported = Signal()
    fetched = Signal()
    exported = Signal()

    def __init__(self, table: ConversationTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._import = self._act("import", self.imported)
        self._mailbox = self._act("mailbox", self.fetched)
        self._export = self._act("export", self.exported)
        self._export.setToolTip(tr("What is shown, with its filters and in its order."))
        self._columns = QToolButton(self)
        self._columns.setObjectName("interactions:columns")
        self._columns.setProperty("role", "button")
        self._columns.setIcon(icon("columns-3"))
        self._columns.setIconSize(QSize(16, 16))
        self._columns.setAccessibleName(tr("Choose columns"))
        self._columns.setToolTip(self._columns.accessibleName())
        self._columns.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._columns)
        menu.aboutToShow.connect(lambda: table.fill_columns(menu))
        self._columns.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for button in (self._import, self._mailbox, self._export, self._columns):
            row.addWidget(button)

    def fit(self, width: int) -> None:
        """Say as much as there is room for on a page of a width, in pixels."""
        for button, long, short in (
            (self._import, tr("Import CSV…"), tr("Import…")),
            (self._mailbox, tr("Read from the mailbox…"), tr("Mailbox…")),
            (self._export, tr("Export CSV…"), tr("Export…")),
        ):
            button.setText(short if width < NARROW else long)
            button.setAccessibleName(long)

    def show_state(self, *, has: bool, listed: bool) -> None:
        """Offer what can be done: whether anything is kept of the account, and any of it listed."""
        self._export.setVisible(has)
        self._export.setEnabled(listed)
        self._columns.setVisible(has)
        role = "" if has else "primary"  # the first thing to do
        if self._import.property("role") != role:
            self._import.setProperty("role", role)
            self._import.style().unpolish(self._import)
            self._import.style().polish(self._import)

    def _act(self, name: str, asked: object) -> QPushButton:
        made = QPushButton(self)
        made.setObjectName(f"interactions:{name}")
        made.setAutoDefault(False)
        made.clicked.connect(lambda: asked.emit())  # type: ignore[attr-defined]  # noqa: PLW0108 - without the click's flag; a bound signal
        return made

"""The log: what was sent from this workspace, to look through and to forget."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.sent import KEPT_SENT, SentMail
from motion_desk.ui.board.drawing import Drawing, height
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.invite.log_model import Kind, Log
from motion_desk.ui.panels.tables import lay_plain
from motion_desk.ui.panels.tools import PanelTools

if TYPE_CHECKING:
    from motion_desk.services.store import Store

SHOWN = 5
"""Lines for which there is room; more can be scrolled to."""
ALL = sum(KEPT_SENT.values())
EMPTY = "Nothing was sent yet. What is sent, to the lab too, is noted here: to whom, when, and what the server said; never the letter or a link."
NONE = "Nothing in the log is like that."


class LogCard(QFrame):
    """Shows what the file notes; ``known`` tells when each address last got an invitation."""

    known = Signal(object)

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("invite:log-card")
        self.setProperty("role", "card")
        self._tools = tools
        self._log = Log(self)
        self._reading = False
        self._again = False
        title = QLabel(tr("What was sent"), self)
        title.setProperty("role", "heading")
        self._kind = Combo(self)
        self._kind.setObjectName("invite:log-kind")
        self._kind.setAccessibleName(tr("Show"))
        for kind in Kind:
            self._kind.addItem(tr(kind.value), kind)
        self._kind.activated.connect(self._narrow)
        self._words = QLineEdit(self)
        self._words.setObjectName("invite:log-words")
        self._words.setAccessibleName(tr("Search the log"))
        self._words.setPlaceholderText(tr("Search"))
        self._words.setClearButtonEnabled(True)
        self._words.setMaximumWidth(170)
        self._words.textChanged.connect(self._narrow)
        let_undo_through(self._words)
        self._forget = QPushButton(tr("Forget all…"), self)
        self._forget.setObjectName("invite:forget")
        self._forget.setProperty("compact", True)
        self._forget.setAutoDefault(False)
        self._forget.clicked.connect(self._ask_to_forget)
        self.view = self._made_view()
        self._empty = wrapped(tr(EMPTY), "muted")
        self._empty.setObjectName("invite:log-empty")
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(title)
        head.addStretch(1)
        for widget in (self._kind, self._words, self._forget):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self.view)
        self._draw()

    @property
    def mails(self) -> tuple[SentMail, ...]:
        """What is shown, from top to bottom."""
        return self._log.shown

    def read(self) -> None:
        """Read the log again; while it is being read, once more afterwards."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False

        def done(found: tuple[tuple[SentMail, ...], Mapping[str, datetime]]) -> None:
            self._reading = False
            mails, invited = found
            if mails != self._log.mails:
                names = {key: each.name for key, each in self._tools.desk.summaries().items()}
                self._log.show(mails, names)
                self._draw()
            self.known.emit(invited)
            if self._again:
                self.read()

        def failed(error: Exception) -> None:
            self._reading = False
            self._tools.session.failed.emit(error)

        self._tools.session.ask(_read, done, failed)

    def _made_view(self) -> QTableView:
        view = QTableView(self)
        view.setObjectName("invite:log")
        view.setAccessibleName(tr("What was sent"))
        view.setModel(self._log)
        view.setItemDelegate(Drawing(self._tools.theme, view))
        line = height(view.fontMetrics().height())
        lay_plain(view, line)
        across = view.horizontalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        across.resizeSection(0, view.fontMetrics().horizontalAdvance("2026-12-30 23:59:59") + 30)
        view.setFixedHeight(SHOWN * line + 34)
        view.selectionModel().selectionChanged.connect(self._draw)
        self._tools.theme.changed.connect(view.viewport().update)
        return view

    def _narrow(self) -> None:
        self._log.narrow(self._kind.currentData(), self._words.text().strip())
        self._draw()

    def _draw(self) -> None:
        any_at_all, shown = bool(self._log.mails), bool(self._log.shown)
        self.view.setVisible(shown)
        self._empty.setText(tr(NONE) if any_at_all else tr(EMPTY))
        self._empty.setVisible(not shown)
        for widget in (self._kind, self._words, self._forget):
            widget.setVisible(any_at_all)
        chosen = len(self._chosen())
        said = tr("Forget the chosen ({})…").format(chosen) if chosen else tr("Forget all…")
        self._forget.setText(said)

    def _chosen(self) -> tuple[int, ...]:
        rows = self.view.selectionModel().selectedRows()
        return tuple(self._log.shown[index.row()].id for index in rows)

    def _ask_to_forget(self) -> None:
        chosen = self._chosen() or None
        text = tr("Forget {} lines of the log?").format(len(chosen or self._log.mails))
        detail = tr(
            "They are deleted for good. Of invitations among them it is then not known any more "
            "who got one."
        )
        if self._tools.questions.sure(text, detail, tr("Forget")):
            self._tools.session.ask(lambda store: store.forget_sent(chosen), lambda _: self.read())


def _read(store: Store) -> tuple[tuple[SentMail, ...], Mapping[str, datetime]]:
    """The log, and when each address last got an invitation; on the store's thread."""
    from motion_desk.services.invitations.log import invited

    mails = store.sent(ALL)
    return mails, invited(mails)

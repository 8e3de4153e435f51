"""The model of the log: what was sent, the newest first, narrowed down by words and by kind."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from motion_desk.models.sent import Outcome, Purpose, SentMail
from motion_desk.ui.board.lines import Cell
from motion_desk.ui.board.model import CELL
from motion_desk.ui.form.words import tr
from motion_desk.ui.invite.cells import OUTCOMES
from motion_desk.ui.test.words import moment

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
TITLES = ("When", "To", "Outcome")


class Kind(Enum):
    """What the log can be narrowed down to, and what that is called."""

    ALL = "Everything"
    REAL = "Invitations"
    OWN = "Samples to one's own address"
    LAB = "Samples to the lab"
    FAILED = "What was not sent"

    def includes(self, mail: SentMail) -> bool:
        """Whether a message belongs to it."""
        if self is Kind.FAILED:
            return mail.outcome is not Outcome.SENT
        return self is Kind.ALL or mail.purpose is Purpose[self.name]


class Log(QAbstractTableModel):
    """The messages of the log that are shown."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.mails: tuple[SentMail, ...] = ()
        self.shown: tuple[SentMail, ...] = ()
        self._kind, self._words = Kind.ALL, ""
        self._accounts: Mapping[str, str] = {}

    def show(self, mails: tuple[SentMail, ...], accounts: Mapping[str, str]) -> None:
        """Show these messages; ``accounts`` are the names of accounts by id."""
        self.mails, self._accounts = mails, accounts
        self._filter()

    def narrow(self, kind: Kind, words: str) -> None:
        """Show only what is of a kind and holds words, in any case."""
        if (kind, words) != (self._kind, self._words):
            self._kind, self._words = kind, words
            self._filter()

    def _filter(self) -> None:
        words = self._words.casefold()
        self.beginResetModel()
        self.shown = tuple(
            mail
            for mail in self.mails
            if self._kind.includes(mail)
            and words in f"{mail.recipient} {mail.template} {mail.words}".casefold()
        )
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(TITLES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (
            CELL,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        cell = self._cell(self.shown[index.row()], index.column())
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        return ". ".join(filter(None, (cell.text, cell.below)))

    def _cell(self, mail: SentMail, column: int) -> Cell:
        if column == 0:
            return Cell(moment(mail.at), tr(mail.purpose.label))
        if column == 1:
            account = self._accounts.get(mail.account, tr("an account that is gone"))
            told = tr("{surface} “{name}”, from {account}")
            below = told.format(surface=mail.surface.label, name=mail.template, account=account)
            return Cell(mail.recipient, below)
        return Cell(tr(mail.outcome.label), mail.words, (OUTCOMES[mail.outcome],))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

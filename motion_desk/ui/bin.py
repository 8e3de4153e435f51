"""The bin: deleted accounts, to be restored or erased for ever."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.account import AccountSummary
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr

ACCOUNT = Qt.ItemDataRole.UserRole


class Bin(QDialog):
    """Lists deleted accounts; ``restored`` and ``erased`` name the account that was chosen."""

    restored = Signal(object)
    erased = Signal(object)

    def __init__(self, accounts: tuple[AccountSummary, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bin-dialog")
        self.setWindowTitle(tr("Bin"))
        self.resize(460, 380)
        self.list = QListWidget(self)
        self.list.setProperty("role", "field")
        for account in accounts:
            item = QListWidgetItem(f"{account.name or tr('Unnamed account')}\n{account.address}")
            item.setData(ACCOUNT, account)
            self.list.addItem(item)
        text = tr("Deleted accounts keep their passwords until they are erased.")
        self._said = wrapped(text if accounts else tr("The bin is empty."), "muted")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self._restore = self._button(buttons, tr("Restore"), self.restored)
        self._erase = self._button(buttons, tr("Erase for ever"), self.erased)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(self._said)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.list.setVisible(bool(accounts))
        self.list.currentItemChanged.connect(self._enable)
        self.list.setCurrentRow(0)
        self._enable()

    def _button(self, buttons: QDialogButtonBox, text: str, signal: SignalInstance) -> QPushButton:
        button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.clicked.connect(lambda: self._take(signal))
        return button

    def _enable(self) -> None:
        for button in (self._restore, self._erase):
            button.setEnabled(self.list.currentItem() is not None)

    def _take(self, signal: SignalInstance) -> None:
        item = self.list.currentItem()
        if item is not None:
            account = item.data(ACCOUNT)
            self.accept()
            signal.emit(account)

"""The dialog for a new account: what Motion's own create form asks, with the form's rows."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.choices import Service
from motion_desk.models.document import new_id
from motion_desk.models.problems import Severity
from motion_desk.models.views import View
from motion_desk.models.workspace import Workspace
from motion_desk.ui.desk import Desk
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.row import FieldRow
from motion_desk.ui.form.tools import FormTools
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools

ASKED = (
    "settings.name",
    "settings.key",
    "settings.address",
    "settings.list",
    "settings.service",
    "imap.host",
    "imap.port",
    "smtp.host",
    "smtp.port",
    "imap.authentication",
    "imap.username",
    "imap.password",
    "authentication.username",
    "authentication.password",
    "settings.active",
    "settings.description",
)
"""What Motion's create form asks (Email Accounts, wiki page 1940168147), in its order."""

BELOW_EDITORS = 212
"""Pixels from the left at which the editors begin."""


class NewAccount(QDialog):
    """Asks for a new account; ``account`` is what was entered."""

    def __init__(
        self,
        workspace: Workspace,
        accounts: tuple[AccountSummary, ...],
        panel_tools: PanelTools,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("new-account")
        self.setWindowTitle(tr("New account"))
        self.resize(700, 640)
        self._desk = Desk(QUndoStack(self), self)
        self._desk.lay(workspace)
        self._desk.list(accounts)
        blank = Account(id=new_id())
        self._desk.lay(blank)
        self._lab = panel_tools.lab
        self._detected = ""
        tools = FormTools(self._desk, panel_tools.theme, lambda key: None, lambda key, row: None)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(scroll)
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(2)
        column.addWidget(
            wrapped(tr("All of this, and everything else, can be changed afterwards."), "muted")
        )
        self._rows = {key: FieldRow(ACCOUNT.fields[key], tools, inner) for key in ASKED}
        for row in self._rows.values():
            column.addWidget(row)
        self._both = wrapped(
            tr("Username and password are used for IMAP and SMTP; each can have its own later."),
            "muted",
        )
        self._both.setContentsMargins(BELOW_EDITORS, 0, 0, 0)
        column.insertWidget(column.indexOf(self._rows["imap.password"]) + 1, self._both)
        for place, part in enumerate(self._detecting(inner), 1):
            column.insertWidget(column.indexOf(self._rows["settings.address"]) + place, part)
        column.addStretch(1)
        scroll.setWidget(inner)
        buttons = QDialogButtonBox(self)
        self._create = buttons.addButton(
            tr("Create account"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._create.setObjectName("create")
        self._create.setProperty("role", "primary")
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 12, 12)
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)
        self._desk.shown.connect(self._show)
        self._desk.show(blank.id)
        self._rows["settings.name"].editor.setFocus()

    def _detecting(self, parent: QWidget) -> tuple[QWidget, ...]:
        """What stands below the address: the way to its settings, and what was said of them."""
        line = QWidget(parent)
        row = QHBoxLayout(line)
        row.setContentsMargins(BELOW_EDITORS, 0, 0, 4)
        detect = QPushButton(tr("Detect settings…"), line)
        detect.setObjectName("new-account:detect")
        detect.setAutoDefault(False)
        detect.setToolTip(tr("Looks for the servers that belong to the address."))
        detect.clicked.connect(self._detect)
        row.addWidget(detect)
        row.addStretch(1)
        self._told = wrapped("", "muted")
        self._told.setObjectName("new-account:detected")
        self._told.setContentsMargins(BELOW_EDITORS, 0, 0, 4)
        self._told.hide()
        return line, self._told

    def _detect(self) -> None:
        from motion_desk.ui.detecting.dialog import DetectDialog

        dialog = DetectDialog(self._desk, self._lab, self, complete=self._completed)
        dialog.used.connect(self._tell)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell(self, receivers: tuple[str, ...]) -> None:
        self._detected = self._draft.imap.username
        self._told.setText(" ".join([tr("The detected settings are filled in."), *receivers]))
        self._told.show()

    def _show(self, view: View) -> None:
        wrong = 0
        for section in view.sections:
            for field in section.fields:
                if field.key in self._rows:
                    self._rows[field.key].show_view(field._replace(changed=False))
        for problem in view.problems:
            wrong += problem.severity is Severity.ERROR
        self._create.setEnabled(not wrong)
        self._create.setToolTip(tr("Mend what is marked in red first.") if wrong else "")
        draft = self._draft
        custom = draft.settings.service is Service.CUSTOM
        self._both.setVisible(custom and draft.imap.authentication)

    @property
    def account(self) -> Account:
        """The account as entered."""
        return self._completed(self._draft)

    def _completed(self, draft: Account) -> Account:
        """A custom account logs in to SMTP as it does to IMAP.

        Unless detection has found another name for SMTP, which nobody can enter here.
        """
        imap, smtp = draft.imap, draft.smtp
        if draft.settings.service is not Service.CUSTOM:
            return draft
        own = smtp.username not in ("", self._detected)
        smtp = replace(
            smtp,
            authentication=imap.authentication,
            username=smtp.username if own else imap.username,
            password=imap.password,
        )
        return replace(draft, smtp=smtp)

    @property
    def _draft(self) -> Account:
        assert self._desk.current is not None  # noqa: S101 - laid in __init__
        draft = self._desk.current.draft
        assert isinstance(draft, Account)  # noqa: S101 - laid in __init__
        return draft

"""The dialog about a risk: the reason for which it is taken, and the day to look at it again."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from motion_desk.models.kinds import Date, Text
from motion_desk.ui.editors.line import LineEditor
from motion_desk.ui.form.lines import Caution, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.test.applying import REVIEW_DAYS


class Risk(QDialog):
    """Asks for a reason and a review date, both needed; ``answer`` is what was entered."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("risk")
        self.setWindowTitle(tr("At your own risk"))
        self.setMinimumWidth(460)
        self._reason = ""
        self._review: object = date.today() + timedelta(days=REVIEW_DAYS)  # noqa: DTZ011 - a day here
        self._buttons = QDialogButtonBox(self)
        self._accept = self._buttons.addButton(tr("Apply"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setObjectName("risk:apply")
        self._accept.setProperty("role", "primary")
        self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._missing = wrapped("", "muted")
        reason = LineEditor(Text(), parent=self)
        reason.setObjectName("risk:reason")
        reason.edited.connect(self._set_reason)
        review = LineEditor(Date(), parent=self)
        review.setObjectName("risk:review")
        review.show_value(self._review)
        review.edited.connect(self._set_review)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, (text, editor) in enumerate(((tr("Reason"), reason), (tr("Review on"), review))):
            label = QLabel(text, self)
            label.setBuddy(editor)
            editor.setAccessibleName(text)
            grid.addWidget(label, row, 0)
            grid.addWidget(editor, row, 1)
        grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(Caution(sentence, self))
        layout.addWidget(
            wrapped(tr("Both are kept with the account, so that somebody looks at it again."))
        )
        layout.addLayout(grid)
        layout.addWidget(self._missing)
        layout.addWidget(self._buttons)
        self._judge()
        reason.setFocus()

    def _set_reason(self, text: object) -> None:
        self._reason = str(text).strip()
        self._judge()

    def _set_review(self, day: object) -> None:
        self._review = day
        self._judge()

    def _judge(self) -> None:
        """Let only a reason and a day to come be accepted, and say what is missing."""
        said = ""
        if not self._reason:
            said = tr("Say why the risk is taken.")
        elif not isinstance(self._review, date):
            said = tr("Give the day as year-month-day, such as 2027-03-31.")
        elif self._review <= date.today():  # noqa: DTZ011 - a day here
            said = tr("The day must lie ahead.")
        self._missing.setText(said)
        self._accept.setEnabled(not said)

    @property
    def answer(self) -> tuple[str, date]:
        """The reason and the review date."""
        assert isinstance(self._review, date)  # noqa: S101 - or it cannot be accepted
        return self._reason, self._review

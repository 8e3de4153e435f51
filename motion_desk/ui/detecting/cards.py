"""Cards: one for each proposal; the chosen one says all about itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.services.discovery.proposals import Proposal
from motion_desk.services.discovery.settings import Difference
from motion_desk.services.tester.wording import one_line
from motion_desk.ui.detecting import words
from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon

INDENT = 26
"""Pixels, so that a card's text stands below the words of its title."""
LABEL_WIDTH = 78
FIELD_WIDTH = 150


@dataclass(frozen=True, slots=True)
class Preview:
    """What using a proposal would do: the fields that change, and whom the next test sends what.

    ``cautions`` are about values that stay as they are, but mean more with the new ones.
    """

    differences: tuple[Difference, ...] = ()
    receivers: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()


class ProposalCard(QFrame):
    """One proposal; ``button`` chooses it."""

    def __init__(self, number: int, found: Proposal, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"card:{number}")
        self.setProperty("role", "card")
        self.proposal = found
        self.number = number
        self._more: QWidget | None = None
        self.button = QRadioButton(words.title(found), self)
        self.button.setObjectName(f"proposal:{number}")
        self.button.setAccessibleName(words.spoken(found))
        font = self.button.font()
        font.setBold(True)
        self.button.setFont(font)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 14, 12)
        self._column.setSpacing(6)
        self._column.addWidget(self.button)
        inner = QVBoxLayout()
        inner.setContentsMargins(INDENT, 0, 0, 0)
        inner.setSpacing(6)
        inner.addLayout(_pairs(_settings(found), LABEL_WIDTH, self))
        for text in found.warnings:
            inner.addLayout(_signed("triangle-alert", "warning", text))
        self._column.addLayout(inner)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it by a click anywhere on it."""
        self.button.setFocus(Qt.FocusReason.MouseFocusReason)
        self.button.click()
        event.accept()

    def show_preview(self, preview: Preview | None) -> None:
        """Show all about it, as it is chosen; nothing more than the others where it is not."""
        if self._more is not None:
            self._more.hide()
            self._more.deleteLater()
            self._more = None
        if preview is not None:
            self._more = _More(self.number, self.proposal, preview, self)
            self._column.addWidget(self._more)
        self.setProperty("chosen", preview is not None)
        self.style().unpolish(self)
        self.style().polish(self)


class _More(QWidget):
    """What only the chosen proposal says: how far to trust it, and what it would do."""

    def __init__(self, number: int, found: Proposal, preview: Preview, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(INDENT, 0, 0, 0)
        column.setSpacing(6)
        name, role = words.TRUST[found.trust]
        column.addLayout(_signed(name, role, tr(found.trust.sentence)))
        evidence = QPushButton(icon("chevron-right"), tr("Evidence"), self)
        evidence.setObjectName(f"evidence:{number}")
        evidence.setProperty("role", "fold")
        evidence.setIconSize(QSize(14, 14))
        evidence.setCheckable(True)
        evidence.setAutoDefault(False)
        line = QHBoxLayout()
        line.addWidget(evidence)
        line.addStretch(1)
        column.addLayout(line)
        said = QWidget(self)
        said.setObjectName(f"evidence-text:{number}")
        lines = QVBoxLayout(said)
        lines.setContentsMargins(18, 0, 0, 4)
        lines.setSpacing(4)
        for text in found.evidence:
            lines.addWidget(wrapped(breakable(one_line(text)), "muted"))
        said.hide()
        column.addWidget(said)
        evidence.toggled.connect(said.setVisible)
        evidence.toggled.connect(
            lambda on: evidence.setIcon(icon("chevron-down" if on else "chevron-right"))
        )
        head = wrapped(tr("What changes in the account"))
        head.setProperty("role", "heading")
        column.addWidget(head)
        if preview.differences:
            changes = [
                (each.label, f"{_short(each.before)}  →  {_short(each.after)}")
                for each in preview.differences
            ]
            column.addLayout(_pairs(changes, FIELD_WIDTH, self))
        else:
            column.addWidget(wrapped(tr("Nothing: the account has these settings already.")))
        for text in preview.receivers:
            column.addLayout(_signed("key-round", "muted", text))
        for text in preview.cautions:
            column.addLayout(_signed("shield-alert", "warning", text))


def _settings(found: Proposal) -> list[tuple[str, str]]:
    return [
        (tr("IMAP"), words.place(found.imap)),
        (tr("SMTP"), words.place(found.smtp)),
        (tr("Username"), words.logins(found)),
        (tr("Found by"), words.sources(found)),
    ]


def _pairs(pairs: Iterable[tuple[str, str]], width: int, parent: QWidget) -> QGridLayout:
    """Labels at the left, what they stand for beside them."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    for row, (label, text) in enumerate(pairs):
        name = QLabel(label, parent)
        name.setProperty("role", "muted")
        name.setWordWrap(True)
        name.setFixedWidth(width)
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        value = wrapped(breakable(text))
        value.setAccessibleName(f"{label}: {text}")
        grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(1, 1)
    return grid


def _signed(name: str, role: str, text: str) -> QHBoxLayout:
    """A sentence behind an icon."""
    row = QHBoxLayout()
    row.setSpacing(7)
    row.addWidget(IconLabel(name, role), 0, Qt.AlignmentFlag.AlignTop)
    shown = breakable(one_line(text, words.LONGEST))
    row.addWidget(wrapped(shown, role if role == "warning" else ""), 1)
    return row


def _short(text: str) -> str:
    return one_line(text, 200)

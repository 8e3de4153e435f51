"""Checks: the card of one check of a domain, with what each remark means, and its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from motion_desk.services.tester import wording
from motion_desk.services.tester.steps import Fact
from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.links import copy_button
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.turns import polished
from motion_desk.ui.test.details import Facts
from motion_desk.ui.theme import Theme

MOST = 600
"""Characters of one sentence: DNS can hold a lot."""

MARKS = {
    "good": ("circle-check", "success", "Good"),
    "note": ("triangle-alert", "warning", "Could be better"),
    "unknown": ("circle-question-mark", "muted", "Cannot be told"),
    "bad": ("circle-x", "error", "Wrong"),
}
"""The icon, the role and the word for the tone of a remark (``results.Tone``), the worst last."""

ABOUT = {
    "mx": "Which servers receive mail for the domain",
    "spf": "Which servers may send in its name",
    "dmarc": "What receivers do with mail that proves nothing",
    "dkim": "Whether mail is signed, as seen in a round trip",
}
"""What each check is about, by its name (``results.CheckName``)."""


class RemarkLine(QWidget):
    """One remark: its sign, what was found, and what it means for replies that Motion sends."""

    def __init__(
        self, tone: str, sentence: str, meaning: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        name, role, word = MARKS[tone]
        text = wrapped(breakable(wording.one_line(sentence, MOST)))
        text.setAccessibleName(f"{tr(word)}: {sentence}")
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(text)
        if meaning:
            column.addWidget(wrapped(breakable(wording.one_line(meaning, MOST)), "muted"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(name, role, 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)


class CheckCard(QFrame):
    """One check. ``parts`` fills it, piece by piece; it is shown when all are made.

    ``name`` is the check's word, ``remarks`` are (tone, sentence, meaning), the worst first.
    """

    def __init__(
        self,
        name: str,
        remarks: tuple[tuple[str, str, str], ...],
        facts: tuple[Fact, ...],
        theme: Theme,
        parent: QWidget,
        *,
        about: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"check:{name}")
        self.setProperty("role", "card")
        self._name, self._remarks, self._facts, self._theme = name, remarks, facts, theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 14, 12)
        self.column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(10)
        title = QLabel(name.upper(), self)
        title.setProperty("role", "heading")
        head.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(wrapped(about or tr(ABOUT[name]), "muted"), 1)
        self.column.addLayout(head)
        self.hide()

    def parts(self) -> Iterator[None]:
        """Make one part after the other, each a few milliseconds' work."""
        yield from polished(self)
        for remark in self._remarks:
            line = RemarkLine(*remark, self)
            self.column.addWidget(line)
            yield from polished(line)
        if self._facts:
            group = Facts(tr("Records"), self._facts, self._theme, self, is_open=False)
            row = QHBoxLayout()
            row.addWidget(group, 1)
            row.addWidget(self._made_copy(), 0, Qt.AlignmentFlag.AlignTop)
            self.column.addLayout(row)
            yield from polished(group)
        self.show()
        yield

    def _made_copy(self) -> QPushButton:
        copy = copy_button(
            tr("Copy the records of {}").format(self._name.upper()), f"copy:{self._name}", self
        )
        copy.clicked.connect(self._copy)
        return copy

    def _copy(self) -> None:
        text = "\n".join(f"{fact.label}: {fact.value}" for fact in self._facts)
        QGuiApplication.clipboard().setText(text)

"""Findings: what a review of the rules found, each with a way to the rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from motion_desk.models.problems import Problem
from motion_desk.ui.form.lines import ICONS
from motion_desk.ui.form.words import sentence, tr
from motion_desk.ui.theme import Theme
from motion_desk.ui.trial.judging import rule_of
from motion_desk.ui.trial.lines import Matrix
from motion_desk.ui.trial.sentences import Sentence, SentenceList


class FindingList(QFrame):
    """A card with what is to be said of the rules; ``go_to`` is called with a cell's key."""

    def __init__(self, theme: Theme, go_to: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trial:review")
        self.setProperty("role", "card")
        title = QLabel(tr("What a review of the rules found"), self)
        title.setProperty("role", "heading")
        self.list = SentenceList(theme, go_to, self)
        self.list.setObjectName("trial:findings")
        self.list.setAccessibleName(title.text())
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 10)
        column.setSpacing(6)
        column.addWidget(title)
        column.addWidget(self.list)
        self.hide()

    def show_found(self, matrix: Matrix, found: Sequence[Problem]) -> None:
        """Show these problems, each with its rule's number; none hide the card."""
        self.setVisible(bool(found))
        self.list.show_sentences(
            Sentence(
                tr("Rule {number}: {what}").format(
                    number=matrix.number(rule_of(each)), what=sentence(each)
                ),
                ICONS[each.severity],
                each.severity.word,
                each.key,
            )
            for each in found
        )

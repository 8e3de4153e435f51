"""Keeping: the form in which what is on screen becomes a scenario that is checked from then on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from motion_desk.models.choices import Ending
from motion_desk.models.engines.timeline.events import Timeline
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.timeline.seconds_box import SecondsBox

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new scenario is called and expects; ``within`` is ``None`` for whenever."""

    name: str
    expected: Ending
    within: int | None


class KeepForm(QWidget):
    """A button that unfolds the form; ``kept`` brings what is ``Wanted``."""

    kept = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._taken: Collection[str] = ()
        self._proposed = Wanted("", Ending.ANSWERED, None)
        self.button = QPushButton(tr("Keep as scenario…"), self)
        self.button.setObjectName("timeline:keep")
        self.button.setProperty("compact", "true")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.unfold)
        self._form = QWidget(self)
        self._form.setObjectName("timeline:keep-form")
        self.name = QLineEdit(self._form)
        self.name.setObjectName("timeline:keep-name")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.textChanged.connect(self._draw)
        self.name.returnPressed.connect(self._keep)
        let_undo_through(self.name)
        self.expected = Combo(self._form)
        self.expected.setObjectName("timeline:keep-expected")
        self.expected.addItems([tr(each.label) for each in Ending])
        self.within = SecondsBox(tr("Within, in seconds"), self._form)
        self.within.setObjectName("timeline:keep-within")
        self.within.setSpecialValueText(tr("whenever"))
        self._wrong = wrapped("", "error")
        self._wrong.setObjectName("timeline:keep-wrong")
        self._save = self._made_button(tr("Keep"), "timeline:keep-save", self._keep)
        self._save.setProperty("role", "primary")
        self._cancel = self._made_button(tr("Cancel"), "timeline:keep-cancel", self.fold)
        self._lay_out()
        self.fold()

    def _made_button(self, text: str, name: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self._form)
        button.setObjectName(name)
        button.setProperty("compact", "true")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: act())  # noqa: PLW0108 - without the click's flag
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        lines = (
            (tr("Name"), self.name),
            (tr("Expected ending"), self.expected),
            (tr("Within"), self.within),
        )
        for row, (text, editor) in enumerate(lines):
            label = QLabel(text, self._form)
            label.setProperty("role", "muted")
            label.setBuddy(editor)
            editor.setAccessibleName(text)
            grid.addWidget(label, row, 0)
            grid.addWidget(editor, row, 1)
        buttons = QWidget(self._form)
        flow = Flow(buttons, 6)
        flow.addWidget(self._save)
        flow.addWidget(self._cancel)
        grid.addWidget(self._wrong, len(lines), 1)
        grid.addWidget(buttons, len(lines) + 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._form)

    def propose(self, name: str, timeline: Timeline, taken: Collection[str]) -> None:
        """Take note of what would be proposed now, and of the names that are taken.

        What nobody has changed in the open form follows what is on screen.
        """
        before = self._proposed
        free = _free(name or tr("Scenario"), taken)
        self._proposed = Wanted(free, timeline.ending, max(1, timeline.ended))
        self._taken = taken
        if self.is_open:
            self._fill(before)

    def unfold(self) -> None:
        """Show the form with what happens now."""
        self._fill(None)
        self.button.hide()
        self._form.show()
        self.name.setFocus()
        self.name.selectAll()

    def _fill(self, before: Wanted | None) -> None:
        """Show what is proposed, but for what differs from the proposal ``before``."""
        proposed, endings = self._proposed, list(Ending)
        if before is None or self.name.text() == before.name:
            self.name.setText(proposed.name)
        if before is None or self.expected.currentIndex() == endings.index(before.expected):
            self.expected.setCurrentIndex(endings.index(proposed.expected))
        if before is None or self.within.value() == before.within:
            self.within.show_seconds(proposed.within or 0)
        self._draw()

    def fold(self) -> None:
        """Put the form away."""
        self._form.hide()
        self.button.show()

    @property
    def is_open(self) -> bool:
        """Whether the form is unfolded."""
        return not self._form.isHidden()

    def _draw(self) -> None:
        name = self.name.text().strip()
        taken = name in self._taken
        self._wrong.setText(tr("There is a scenario of this name. Choose another one."))
        self._wrong.setVisible(taken)
        self._save.setEnabled(bool(name) and not taken)

    def _keep(self) -> None:
        if not self._save.isEnabled():
            return
        expected = list(Ending)[self.expected.currentIndex()]
        self.kept.emit(Wanted(self.name.text().strip(), expected, self.within.value() or None))
        self.fold()


def _free(name: str, taken: Collection[str]) -> str:
    """The name, with a number behind it where it is taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} {number}"
    return free

"""Inserting: the questions before a picture or a variable is put into a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from motion_desk.models.engines.html_blocks import Picture
from motion_desk.models.engines.placeholders import NAME
from motion_desk.models.variables import Known
from motion_desk.ui.editors import pictures
from motion_desk.ui.editors.text_questions import TextQuestions

if TYPE_CHECKING:
    from motion_desk.ui.editors.variable_picker import VariablePicker


class Inserting(QObject):
    """Asks what is to be inserted, and tells it: ``pictured`` a picture, ``named`` a variable.

    ``told`` says why an answer cannot be taken; an empty text takes that back. Questions and
    pop-ups stand on ``editor``, which also owns this.
    """

    pictured = Signal(object)
    named = Signal(str)
    told = Signal(str)

    def __init__(self, editor: QWidget, questions: TextQuestions) -> None:
        super().__init__(editor)
        self._editor = editor
        self._questions = questions
        self._known: Known = {}
        self._picker: VariablePicker | None = None

    def show_variables(self, known: Known) -> None:
        """Offer these variables from now on."""
        self._known = known

    def ask_for_picture(self) -> None:
        """Ask for a picture file and its alternative text."""
        path = self._questions.picture(self._editor)
        if path is None:
            return
        try:
            source, size = pictures.read_file(path)
        except pictures.UnfitPictureError as error:
            self.told.emit(str(error))
            return
        title = self.tr("Insert picture")
        label = self.tr("Text that is read where the picture is not shown:")
        alt = self._questions.line(self._editor, title, label, pictures.words(path))
        if alt is not None:
            self.told.emit("")
            picture: Picture = pictures.fitted(source, alt.strip(), size)
            self.pictured.emit(picture)

    def ask_for_variable(self, button: QWidget) -> None:
        """Offer the variables that are known, below a button; ask where there are none."""
        if not self._known:
            self.ask_for_name("")
            return
        if self._picker is None:
            from motion_desk.ui.editors.variable_picker import VariablePicker  # late: few open it

            self._picker = VariablePicker(self._editor)
            self._editor.destroyed.connect(self._picker.deleteLater)
            self._picker.closed.connect(self._editor.setFocus)
            self._picker.chosen.connect(self._name)
            self._picker.other.connect(self.ask_for_name)
        self._picker.open_at(button, self._known)

    def ask_for_name(self, offered: str) -> None:
        """Ask for the name of a variable that is not offered."""
        title = self.tr("Insert variable")
        label = self.tr("Name of the variable:")
        answer = self._questions.line(self._editor, title, label, offered)
        if answer is None:
            return
        name = answer.strip().removeprefix("{{").removesuffix("}}").strip()
        if NAME.fullmatch(name):
            self._name(name)
            return
        text = self.tr("“{}” is not a variable's name. Examples: user.name, fromAccount.")
        self.told.emit(text.format(answer.strip()))

    def _name(self, name: str) -> None:
        self.told.emit("")
        self.named.emit(name)

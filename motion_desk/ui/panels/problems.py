"""The problems of the open document, the worst first; a click goes to the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QListWidgetItem, QVBoxLayout, QWidget

from motion_desk.models.problems import Problem, Severity
from motion_desk.ui.form.lines import ICONS, wrapped
from motion_desk.ui.form.words import sentence, tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.notes import NoteList
from motion_desk.ui.theme import Theme

if TYPE_CHECKING:
    from motion_desk.models.catalogue import Catalogue

KEY = Qt.ItemDataRole.UserRole


class ProblemPanel(QWidget):
    """Lists problems; ``chosen`` names the key of the one that a person clicked."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._problems: tuple[Problem, ...] = ()
        self._catalogue: Catalogue | None = None
        self.title = QLabel(self)
        self.title.setProperty("role", "caption")
        self.list = NoteList(self)
        self.list.itemClicked.connect(lambda item: self.chosen.emit(item.data(KEY)))
        self.list.itemActivated.connect(lambda item: self.chosen.emit(item.data(KEY)))
        self._none = wrapped(tr("Nothing to mend: every value is complete and plausible."), "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 14, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self._none)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        theme.changed.connect(self._redraw)
        self._redraw()

    def show_problems(self, problems: tuple[Problem, ...], catalogue: Catalogue | None) -> None:
        """Show these problems and no others."""
        if (problems, catalogue) != (self._problems, self._catalogue):
            self._problems, self._catalogue = problems, catalogue
            self._redraw()

    def _redraw(self) -> None:
        problems, catalogue = self._problems, self._catalogue
        colours = self._theme.colours
        shades = {Severity.ERROR: colours.error, Severity.WARNING: colours.warning}
        self.list.clear()
        for problem in sorted(problems, key=lambda problem: -problem.severity):
            assert catalogue is not None  # noqa: S101 - problems come with a catalogue
            info = catalogue.section_of[problem.key.partition("/")[0]]
            label = catalogue.field(problem.key).label
            item = QListWidgetItem(f"{tr(info.title)} · {tr(label)}\n{sentence(problem)}")
            colour = shades.get(problem.severity, colours.muted)
            item.setIcon(icon(ICONS[problem.severity], colour))
            item.setForeground(QColor(colours.text))
            item.setData(KEY, problem.key)
            item.setToolTip(tr("Go to {}").format(tr(label)))
            self.list.addItem(item)
        count = len(problems)
        self.title.setText(tr("Problems") if not count else tr("Problems ({})").format(count))
        self._none.setVisible(not problems and self._catalogue is not None)
        self.list.setVisible(bool(problems))

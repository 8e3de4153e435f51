"""The problems of the open document, the worst first; a click goes to the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QListWidgetItem, QVBoxLayout, QWidget

from motion_desk.models.problems import Problem, Severity
from motion_desk.ui.form.lines import ICONS, wrapped
from motion_desk.ui.form.words import quoted, sentence, tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.notes import NoteList
from motion_desk.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motion_desk.models.catalogue import Catalogue
    from motion_desk.models.views import SectionView

KEY = Qt.ItemDataRole.UserRole
Rows = dict[str, str]
"""How rows are called, by their keys (``section.rows/id``)."""


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
        self._rows: Rows = {}
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

    def show_problems(
        self,
        problems: tuple[Problem, ...],
        catalogue: Catalogue | None,
        sections: Sequence[SectionView] = (),
    ) -> None:
        """Show these problems and no others; ``sections`` hold the rows that they are of."""
        rows = _called(problems, sections, catalogue) if catalogue else {}
        if (problems, catalogue, rows) != (self._problems, self._catalogue, self._rows):
            self._problems, self._catalogue, self._rows = problems, catalogue, rows
            self._redraw()

    def _redraw(self) -> None:
        problems, catalogue = self._problems, self._catalogue
        colours = self._theme.colours
        shades = {Severity.ERROR: colours.error, Severity.WARNING: colours.warning}
        self.list.clear()
        for problem in sorted(problems, key=lambda problem: -problem.severity):
            assert catalogue is not None  # noqa: S101 - problems come with a catalogue
            place = self._place(problem.key, catalogue)
            item = QListWidgetItem(f"{place}\n{sentence(problem)}")
            colour = shades.get(problem.severity, colours.muted)
            item.setIcon(icon(ICONS[problem.severity], colour))
            item.setForeground(QColor(colours.text))
            item.setData(KEY, problem.key)
            item.setToolTip(tr("Go to {}").format(place))
            self.list.addItem(item)
        count = len(problems)
        self.title.setText(tr("Problems") if not count else tr("Problems ({})").format(count))
        self._none.setVisible(not problems and self._catalogue is not None)
        self.list.setVisible(bool(problems))

    def _place(self, key: str, catalogue: Catalogue) -> str:
        """Where a problem is: the section or the row, and the field; once where both are one."""
        head, *cell = key.split("/")
        section = tr(catalogue.section_of[head].title)
        around = self._rows.get(f"{head}/{cell[0]}", section) if cell else section
        label = tr(catalogue.field(key).label)
        return label if label == around else f"{around} · {label}"


def _called(
    problems: tuple[Problem, ...], sections: Sequence[SectionView], catalogue: Catalogue
) -> Rows:
    """How the rows that have problems are called: by their name, else by their place."""
    from motion_desk.models.directory import own_name  # late: the window is painted without models

    wanted: dict[str, set[str]] = {}
    for problem in problems:
        head, *cell = problem.key.split("/")
        if cell:
            wanted.setdefault(head, set()).add(cell[0])
    found: Rows = {}
    for field in (field for section in sections for field in section.fields if field.key in wanted):
        one = tr(getattr(catalogue.fields[field.key].kind, "one", ""))
        for number, row in enumerate(field.value, 1):
            if row.id in wanted[field.key]:
                name = own_name(row).strip()
                said = tr("“{}”").format(quoted(name)) if name else str(number)
                found[f"{field.key}/{row.id}"] = f"{one[:1].upper()}{one[1:]} {said}"
    return found

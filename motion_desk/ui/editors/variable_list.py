"""The list of variables that a template may use: name, what stands there, a sample, how sure."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from motion_desk.models.fields import Status
from motion_desk.models.variables import Known, Variable

NAME, DESCRIPTION, SAMPLE, STATUS = range(4)
_ROLE = Qt.ItemDataRole.UserRole
MOST_SHOWN = 8
"""Lines; more can be scrolled to."""
_STEPS = {
    int(Qt.Key.Key_Down): 1,
    int(Qt.Key.Key_Up): -1,
    int(Qt.Key.Key_PageDown): MOST_SHOWN,
    int(Qt.Key.Key_PageUp): -MOST_SHOWN,
}


class VariableList(QTreeWidget):
    """Lists variables in their order; those that do not fit what is searched for are hidden.

    ``chosen`` gives the name of one that is clicked or taken; with ``other``, there is a last
    line, always shown, that gives an empty one.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, other: str = "") -> None:
        super().__init__(parent)
        self._known: Known | None = None
        self._other = other
        self.setProperty("role", "field")
        self.setAccessibleName(self.tr("Variables"))
        self.setColumnCount(4)
        self.setHeaderLabels(
            [self.tr("Name"), self.tr("Stands for"), self.tr("Sample"), self.tr("Status")]
        )
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.hide()
        for column in (NAME, STATUS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(DESCRIPTION, QHeaderView.ResizeMode.Stretch)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(NAME, _ROLE)))

    def show_variables(self, known: Known) -> None:
        """List these variables; nothing happens where they are listed already."""
        if known == self._known:
            return
        self._known = known
        self.clear()
        self.addTopLevelItems([self._line(variable) for variable in known.values()])
        if self._other:
            line = QTreeWidgetItem([self._other])
            line.setData(NAME, _ROLE, "")
            self.addTopLevelItem(line)
            line.setFirstColumnSpanned(True)

    def search(self, words: str, by_name: bool = False) -> bool:
        """Show what has all the words in name or description; whether any variable has.

        ``by_name``: in the name alone. What begins with the words is marked before others.
        """
        wanted = words.casefold().split()
        begins: QTreeWidgetItem | None = None
        first: QTreeWidgetItem | None = None
        for line in self._lines():
            name = line.data(NAME, _ROLE)
            if not name:
                continue
            text = name if by_name else f"{name} {line.text(DESCRIPTION)}"
            fits = all(word in text.casefold() for word in wanted)
            line.setHidden(not fits)
            if fits:
                first = first or line
                if begins is None and name.casefold().startswith(words.casefold()):
                    begins = line
        best = begins or first or (self._lines()[-1] if self._other else None)
        if best is not None:
            self.setCurrentItem(best)
        return first is not None

    def steps_at(self, key: int) -> bool:
        """Whether a key goes from line to line."""
        return key in _STEPS

    def step(self, key: int) -> None:
        """Mark the line that a key goes to, among those that are shown; the ends stop it."""
        shown = [line for line in self._lines() if not line.isHidden()]
        if shown:
            marked = self.currentItem()
            at = shown.index(marked) if marked in shown else 0
            self.setCurrentItem(shown[min(max(at + _STEPS[key], 0), len(shown) - 1)])

    def take(self) -> None:
        """Choose the line that is marked."""
        if (line := self.currentItem()) is not None:
            self.chosen.emit(line.data(NAME, _ROLE))

    @property
    def shown(self) -> tuple[str, ...]:
        """The names that are shown, in their order; an empty one is the line for others."""
        return tuple(line.data(NAME, _ROLE) for line in self._lines() if not line.isHidden())

    @property
    def marked(self) -> str:
        """The name on the line that is marked; empty where none is."""
        line = self.currentItem()
        return str(line.data(NAME, _ROLE)) if line is not None else ""

    @property
    def spoken(self) -> str:
        """The marked line as a screen reader says it."""
        line = self.currentItem()
        texts = [line.text(column) for column in range(4)] if line is not None else []
        return ", ".join(filter(None, texts))

    def height_for(self, most: int = MOST_SHOWN) -> int:
        """Pixels for the lines that are shown, up to a number of them."""
        count = min(max(len(self.shown), 1), most)
        edges = self.height() - self.viewport().height() if self.isVisible() else 6
        return count * max(self.sizeHintForRow(0), 20) + max(edges, 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The description tells more than the sample, and gets more of what the names leave.
        self.header().resizeSection(SAMPLE, event.size().width() // 4)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._known = None  # the lines have the colours in which they were made

    def _lines(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return [line for line in found if line is not None]

    def _line(self, variable: Variable) -> QTreeWidgetItem:
        status = {
            Status.DOCUMENTED: self.tr("documented"),
            Status.UNCONFIRMED: self.tr("unconfirmed"),
            Status.OURS: self.tr("your own"),
        }[variable.status]
        line = QTreeWidgetItem([variable.name, variable.description, variable.sample, status])
        line.setData(NAME, _ROLE, variable.name)
        muted = self.palette().brush(self.palette().ColorRole.PlaceholderText)
        for column in (SAMPLE, STATUS):
            line.setForeground(column, muted)
        said = {
            Status.DOCUMENTED: self.tr("Documented by Motion."),
            Status.UNCONFIRMED: self.tr("Not confirmed by Motion's documentation."),
            Status.OURS: self.tr("One of the workspace's own variables."),
        }[variable.status]
        sample = self.tr("Sample: {}").format(variable.sample) if variable.sample else ""
        for column in range(4):
            line.setToolTip(column, "\n".join(filter(None, [variable.description, sample, said])))
        return line

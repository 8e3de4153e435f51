"""The people's model: a line for each agent and queue, however many there are."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from motion_desk.models.engines.timeline.scenario import Availability, Situation
from motion_desk.ui.form.words import tr
from motion_desk.ui.timeline.situation.arranged import Person
from motion_desk.ui.timeline.situation.reactions import (
    WORDS,
    Reaction,
    in_a_sentence,
    reaction,
    seconds,
)

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What is said of a person, from left to right."""

    NAME = 0
    PRESENCE = 1
    REACTION = 2
    SECONDS = 3


TITLES = {
    Column.NAME: "Name",
    Column.PRESENCE: "State",
    Column.REACTION: "When asked",
    Column.SECONDS: "After",
}


class PeopleModel(QAbstractTableModel):
    """People as a situation has them; ``show_people`` is the only way in which they change.

    ``edited`` brings a row and the seconds that were typed there.
    """

    edited = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._people: tuple[Person, ...] = ()
        self._known: dict[str, Availability] = {}

    def show_people(self, people: tuple[Person, ...], chosen: Situation) -> None:
        """Show these people and nobody else; where they are the same, their lines stay."""
        known: dict[str, Availability] = {}
        for each in chosen.people:
            known.setdefault(each.name, each)
        if people != self._people:
            self.beginResetModel()
            self._people, self._known = people, known
            self.endResetModel()
        elif known != self._known:
            self._known = known
            last = self.index(len(people) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def person(self, row: int) -> Person:
        """The person in a row."""
        return self._people[row]

    def availability(self, row: int) -> Availability:
        """How the person in a row takes being asked."""
        name = self._people[row].name
        return self._known.get(name) or Availability(name)

    def row_of(self, name: str) -> int:
        """The row of a person, -1 where there is none."""
        return next((n for n, each in enumerate(self._people) if each.name == name), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        is_timed = index.column() == Column.SECONDS
        return found | Qt.ItemFlag.ItemIsEditable if is_timed else found

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return tr(TITLES[Column(section)]) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = self.availability(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(shown, Column(index.column()))
        if role == Qt.ItemDataRole.EditRole:
            return seconds(shown)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return in_a_sentence(shown)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if isinstance(value, int) and value != seconds(self.availability(index.row())):
            self.edited.emit(index.row(), value)
        return True


def _text(shown: Availability, column: Column) -> str:
    if column is Column.NAME:
        return shown.name
    if column is Column.PRESENCE:
        return tr(shown.presence.label)
    if column is Column.REACTION:
        return tr(WORDS[reaction(shown)])
    after = seconds(shown)
    return "" if reaction(shown) is Reaction.NEVER or after is None else tr("{} s").format(after)

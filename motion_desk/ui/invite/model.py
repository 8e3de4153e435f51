"""The model of the people who can be invited: the one place in which they are kept and changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from motion_desk.services.invitations.staff import Person
from motion_desk.ui.board.model import CELL
from motion_desk.ui.form.words import tr
from motion_desk.ui.invite.cells import FIELD_OF, TITLES, Column, State, cell
from motion_desk.ui.invite.listed import MOST, Done, Listed, needs, renewed, sign
from motion_desk.ui.panels.turns import Turns

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
# Made once: Qt asks for them several times a line when many are chosen.
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITED = _PLAIN | Qt.ItemFlag.ItemIsEditable
SHOWN_EVERY = 50
"""People after whose needs are found out those are drawn."""


@dataclass(frozen=True, slots=True)
class Added:
    """How many people were added, were listed already, and found no room."""

    new: int
    known: int
    beyond: int


class People(QAbstractTableModel):
    """Keeps people for as long as the window lives, in the order in which they were added.

    ``changed`` tells that people came, went or changed, or that their needs were found out, which
    is done a few milliseconds at a time.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._listed: list[Listed] = []
        self._taken: list[tuple[int, Listed]] = []
        self._numbers = count(1)
        self._first: dict[str, int] | None = None
        self._base = ""
        self._done: dict[int, Done] = {}
        self._under_way: frozenset[int] = frozenset()
        self._invited: Mapping[str, datetime] = {}
        self._turns = Turns("invite-needs", self)

    # Who is there

    @property
    def listed(self) -> tuple[Listed, ...]:
        """All people, in order."""
        return tuple(self._listed)

    @property
    def is_judged(self) -> bool:
        """Whether everybody's needs are found out."""
        return self._turns.are_over

    def state(self, row: int) -> State:
        """All that is known of the person in a row."""
        listed = self._listed[row]
        address = listed.person.address.casefold()
        repeated = bool(address) and self._firsts()[address] != listed.number
        return State(
            listed,
            repeated,
            listed.number in self._under_way,
            self._done.get(listed.number),
            self._invited.get(address) if address else None,
        )

    def _firsts(self) -> dict[str, int]:
        """The number of the first person with each address."""
        if self._first is None:
            self._first = {}
            for listed in self._listed:
                self._first.setdefault(listed.person.address.casefold(), listed.number)
        return self._first

    # The ways in which they change

    def add(self, people: Iterable[Person], *, renew: bool = False) -> Added:
        """Add those who are not listed yet, as far as there is room.

        Those who are listed stay as they are, or with ``renew`` get what is now said of them.
        """
        rows = {sign(each.person): row for row, each in enumerate(self._listed)}
        found, known = [], 0
        for person in people:
            row = rows.get(sign(person))
            if row is None:
                found.append(person)
                continue
            known += 1
            if renew:
                listed = self._listed[row]
                self._change(row, renewed(listed.person, person))
        room = MOST - len(self._listed)
        if kept := found[:room]:
            begin = len(self._listed)
            self.beginInsertRows(QModelIndex(), begin, begin + len(kept) - 1)
            self._listed += [Listed(next(self._numbers), person) for person in kept]
            self.endInsertRows()
        self._first = None
        self._judge()
        return Added(len(kept), known, len(found) - len(kept))

    def add_blank(self) -> int:
        """Add a line to be filled in by hand; returns its row."""
        row = len(self._listed)
        self.beginInsertRows(QModelIndex(), row, row)
        self._listed.append(Listed(next(self._numbers), Person()))
        self._first = None
        self.endInsertRows()
        self._judge()
        return row

    def remove(self, numbers: Collection[int]) -> None:
        """Take people away; ``put_back`` brings the last ones back."""
        places = enumerate(self._listed)
        taken = [(row, each) for row, each in places if each.number in numbers]
        if taken:
            self.beginResetModel()
            self._taken = taken
            self._listed = [each for each in self._listed if each.number not in numbers]
            self._first = None
            self.endResetModel()
            self._judge()

    def put_back(self) -> None:
        """Bring back those who were taken away last, to their places."""
        taken, self._taken = self._taken, []
        self.beginResetModel()
        for row, each in taken:
            self._listed.insert(row, each)
        self._first = None
        self.endResetModel()
        self._judge()

    def judge_by(self, base_address: str) -> None:
        """Find out what is missing by another base address of links."""
        if base_address != self._base:
            self._base = base_address
            self._listed = [replace(each, needs=None) for each in self._listed]
            self._judge()

    def note(self, number: int, done: Done) -> None:
        """Note what became of somebody's letter."""
        self._done[number] = done
        self._under_way -= {number}
        self._redraw(number)

    def note_under_way(self, numbers: Collection[int]) -> None:
        """Note whose letters are being sent; nobody else's are."""
        self._under_way = frozenset(numbers)
        self._redraw_all()

    def note_invited(self, invited: Mapping[str, datetime]) -> None:
        """Note when each address last got an invitation."""
        if invited != self._invited:
            self._invited = invited
            self._redraw_all()

    def close(self) -> None:
        """Find out nothing more."""
        self._turns.close()

    # What they need

    def _judge(self) -> None:
        self.changed.emit()
        self._turns.take(self._judged(), self._redraw_all)

    def _judged(self) -> Iterator[None]:
        for row, listed in enumerate(self._listed):
            if listed.needs is None:
                self._listed[row] = replace(listed, needs=needs(listed.person, self._base))
                if row % SHOWN_EVERY == 0:
                    self._redraw_rows(max(0, row - SHOWN_EVERY), row)
                yield

    def _redraw(self, number: int) -> None:
        for row, listed in enumerate(self._listed):
            if listed.number == number:
                self._redraw_rows(row, row)

    def _redraw_rows(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _redraw_all(self) -> None:
        if self._listed:
            self._redraw_rows(0, len(self._listed) - 1)
        self.changed.emit()

    # What views ask

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._listed)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        is_busy = bool(self._under_way) and self._listed[index.row()].number in self._under_way
        return _EDITED if index.column() < Column.STATE and not is_busy else _PLAIN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.EditRole:
            person = self._listed[index.row()].person
            return getattr(person, FIELD_OF[Column(index.column())], "")
        state, column = self.state(index.row()), Column(index.column())
        if role == CELL:
            return cell(state, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell(state, column).text
        if role == Qt.ItemDataRole.ToolTipRole:
            return state.sentence if column is Column.STATE else cell(state, column).tip or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            shown = cell(state, column)
            return state.sentence if column is Column.STATE else shown.below or shown.text
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = FIELD_OF.get(Column(index.column()))
        listed = self._listed[index.row()]
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or name is None:
            return False
        self._change(index.row(), _with(listed.person, name, text))
        self._first = None
        self._judge()
        return True

    def _change(self, row: int, person: Person) -> None:
        """Let somebody have other values; what became of the last letter was about the old."""
        listed = self._listed[row]
        if person != listed.person:
            self._listed[row] = Listed(listed.number, person)
            self._done.pop(listed.number, None)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(TITLES[Column(section)])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


def _with(person: Person, name: str, text: str) -> Person:
    """The person with another value in one field."""
    values = {each: getattr(person, each) for each in FIELD_OF.values()}
    return replace(person, **(values | {name: text}))

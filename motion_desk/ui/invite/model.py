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
from motion_desk.ui.invite.cells import (
    FIELD_OF,
    TITLES,
    Column,
    State,
    cell,
    state_cell,
    value_of,
    with_value,
    words,
)
from motion_desk.ui.invite.listed import MOST, Done, Listed, needs, renewed, sign
from motion_desk.ui.panels.turns import Turns

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
WORDS = CELL + 10
"""The role of all that can be searched for in a line."""
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
        self._own: tuple[str, ...] = ()
        self._words: dict[int, tuple[Person, str]] = {}
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

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns from left to right: those that always count, then those that a line fills."""
        more = [
            column
            for column in (Column.INTERNAL, Column.ALIAS)
            if any(getattr(each.person, FIELD_OF[column]) for each in self._listed)
        ]
        own = range(len(Column), len(Column) + len(self._own))
        return (*range(Column.STATE + 1), *more, *own)

    def _column(self, number: int) -> Column | str:
        """A column by its number: one that there always is, or a variable's name."""
        return Column(number) if number < len(Column) else self._own[number - len(Column)]

    # The ways in which they change

    def arrange(self, number: int, *, descending: bool) -> None:
        """Sort the lines by a column, once; a number below 0 brings them into the order they came in."""
        found = sorted(self._listed, key=lambda each: each.number)
        if number >= 0:
            texts = self._texts(self._column(number))
            filled = [each for each in found if texts[each.number]]
            filled.sort(key=lambda each: texts[each.number], reverse=descending)
            found = [*filled, *(each for each in found if not texts[each.number])]
        if found != self._listed:
            self.beginResetModel()
            self._listed, self._first = found, None
            self.endResetModel()
            self._judge()

    def _texts(self, column: Column | str) -> Mapping[int, str]:
        """By what people are sorted in a column, by their numbers; of a link only that there is one."""
        if column is Column.STATE:
            states = (self.state(row) for row in range(len(self._listed)))
            return {each.listed.number: state_cell(each).text for each in states}
        texts = {each.number: value_of(each.person, column).casefold() for each in self._listed}
        if column is Column.LINK:
            return {number: "there" if text else "" for number, text in texts.items()}
        return texts

    def _name_columns(self) -> None:
        """Have a column for each variable of which somebody has a value."""
        own = tuple(sorted({name for each in self._listed for name in each.person.values}))
        if own != self._own:
            self.beginResetModel()
            self._own = own
            self.endResetModel()

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
            for number in numbers:
                self._words.pop(number, None)
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
        self._name_columns()
        self.changed.emit()
        self._turns.take(self._judged(), self._redraw_all)

    def _judged(self) -> Iterator[None]:
        for row, listed in enumerate(self._listed):
            if listed.needs is None:
                self._listed[row] = replace(listed, needs=needs(listed.person, self._base))
                self._words_of(listed)
                if row % SHOWN_EVERY == 0:
                    self._redraw_rows(max(0, row - SHOWN_EVERY), row)
                yield

    def _redraw(self, number: int) -> None:
        for row, listed in enumerate(self._listed):
            if listed.number == number:
                self._redraw_rows(row, row)

    def _redraw_rows(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))

    def _redraw_all(self) -> None:
        if self._listed:
            self._redraw_rows(0, len(self._listed) - 1)
        self.changed.emit()

    def _words_of(self, listed: Listed) -> str:
        """What can be searched for of a person; made once, for each letter typed asks for all."""
        known = self._words.get(listed.number)
        if known is None or known[0] is not listed.person:
            known = self._words[listed.number] = (listed.person, words(listed.person))
        return known[1]

    # What views ask

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._listed)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(Column) + len(self._own)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        is_busy = bool(self._under_way) and self._listed[index.row()].number in self._under_way
        return _EDITED if index.column() != Column.STATE and not is_busy else _PLAIN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.EditRole:
            return value_of(self._listed[index.row()].person, self._column(index.column()))
        if role == WORDS:
            return self._words_of(self._listed[index.row()])
        state, column = self.state(index.row()), self._column(index.column())
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
        column = self._column(index.column())
        listed = self._listed[index.row()]
        if role != Qt.ItemDataRole.EditRole or column is Column.STATE:
            return False
        self._change(index.row(), with_value(listed.person, column, str(value).strip()))
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
            column = self._column(section)
            return tr(TITLES[column]) if isinstance(column, Column) else column
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

"""The calendar's model: days in groups by how near they are, each group under a heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from motion_desk.ui.calendar.days import SOON, URGENT, distance
from motion_desk.ui.form.words import tr

if TYPE_CHECKING:
    from motion_desk.services.calendar import Entry

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
QUARTER = 90
"""Days until which a day is not yet later."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a group, and how many days are in it."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Day:
    """An entry, how many days from today it is, and of which accounts.

    A certificate that servers showed for several accounts is one day of all of them.
    """

    entry: Entry
    left: int
    names: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """What ends, or is to be looked at."""
        return f"{tr(self.entry.ending.title)}: {self.entry.what}"

    @property
    def whose(self) -> str:
        """Of which account or accounts, and where the day was found."""
        entry = self.entry
        if not entry.account:
            used = tr("used by {}").format(entry.name) if entry.name else tr("used by no account")
            return f"{used} · {entry.source}"
        return f"{', '.join(self.names)} · {entry.source}"

    @property
    def spoken(self) -> str:
        """All of it, as a screen reader says it."""
        return ". ".join((self.entry.day.isoformat(), distance(self.left), self.what, self.whose))


Item = Heading | Day


def group(left: int) -> str:
    """The heading of the days that are so far from today."""
    if left < 0:
        return tr("Past")
    for days in (URGENT, SOON, QUARTER):
        if left <= days:
            return tr("Within {} days").format(days)
    return tr("Later")


def items(entries: Iterable[Entry], today: date) -> tuple[Item, ...]:
    """The entries, which are in order, with headings between them."""
    return tuple(_items(_days(entries, today)))


def _days(entries: Iterable[Entry], today: date) -> Iterator[Day]:
    """The entries as days, those of one certificate together."""
    together: dict[object, list[Entry]] = {}
    for each in entries:
        same = each.uid if each.key else (each.day, each.what, each.identity)
        together.setdefault(same, []).append(each)
    for found in together.values():
        names = tuple(dict.fromkeys(each.name for each in found))
        yield Day(found[0], (found[0].day - today).days, names)


def _items(days: Iterator[Day]) -> Iterator[Item]:
    for title, found in groupby(days, key=lambda day: group(day.left)):
        together = list(found)
        yield Heading(title, len(together))
        yield from together


class Items(QAbstractListModel):
    """Headings and days, in order; headings cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: tuple[Item, ...] = ()

    def show(self, shown: tuple[Item, ...]) -> None:
        """Show these and no others."""
        if shown != self.items:
            self.beginResetModel()
            self.items = shown
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.items[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if isinstance(item, Heading):
            said = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return f"{item.title} ({item.count})" if role in said else None
        if role == Qt.ItemDataRole.DisplayRole:
            return item.what
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return item.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            to_field = tr("Go to the field that holds the day.")
            return to_field if item.entry.key else tr("Open the account's test.")
        return None

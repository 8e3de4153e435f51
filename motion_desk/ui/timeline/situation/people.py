"""People: a table of the agents and queues that can be asked, a line each, changed where they stand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QVBoxLayout, QWidget

from motion_desk.models.engines.timeline.scenario import Availability, Presence, Situation
from motion_desk.ui.columns import Width, lay_out
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tables import lay_plain
from motion_desk.ui.theme import Theme
from motion_desk.ui.timeline.situation.arranged import Person
from motion_desk.ui.timeline.situation.people_drawing import ARROW, LEFT, PeopleDrawing
from motion_desk.ui.timeline.situation.people_model import Column, Index, PeopleModel
from motion_desk.ui.timeline.situation.reactions import (
    WORDS,
    possible,
    reaction,
    with_presence,
    with_reaction,
    with_seconds,
)

LINE, HEAD = 28, 34
"""Pixels of a line, in which the box for seconds has room, and of the titles with the frame."""
MOST = 7
"""Lines for which there is room; more can be scrolled to."""
LEAST_NAME, SECONDS = 90, 56
EMPTY = "Nobody can be asked: the plan has no agent and no queue, and the account has no agents."
QUEUES = "A queue is asked as a whole, for all its agents, also those who are not in the directory."
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2)


class People(QWidget):
    """Shows people, or that there are none; ``changed`` brings the ``Availability`` of one."""

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.table = PeopleTable(theme, self)
        self.table.changed.connect(self.changed)
        self._note = wrapped("", "muted")
        self._note.setObjectName("timeline:people-note")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.table)
        column.addWidget(self._note)

    def show_people(self, people: tuple[Person, ...], chosen: Situation) -> None:
        """Show people as the situation has them."""
        self.table.show_people(people, chosen)
        self.table.setVisible(bool(people))
        said = QUEUES if any(person.is_queue for person in people) else ""
        self._note.setText(tr(said) if people else tr(EMPTY))
        self._note.setVisible(not people or bool(said))


class PeopleTable(QTableView):
    """A line for each person, as many as there are.

    A click on a state or a reaction offers the others, and one on the seconds edits them; so do
    Enter, the space bar and F2, and digits at the seconds. ``changed`` brings an ``Availability``.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline:people")
        self.setAccessibleName(tr("Who is there, and who answers when"))
        self.people = PeopleModel(self)
        self.people.edited.connect(self._set_seconds)
        self.setModel(self.people)
        self.setItemDelegate(PeopleDrawing(theme, self))
        lay_plain(self, LINE)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setMouseTracking(True)
        self.horizontalHeader().setSectionsClickable(False)
        theme.changed.connect(self.viewport().update)

    def show_people(self, people: tuple[Person, ...], chosen: Situation) -> None:
        """Show people as the situation has them; the keyboard stays with whom it is at."""
        before = self.currentIndex()
        name = self.people.person(before.row()).name if before.isValid() else ""
        self.people.show_people(people, chosen)
        if name and not self.currentIndex().isValid() and (row := self.people.row_of(name)) >= 0:
            self.setCurrentIndex(self.people.index(row, before.column()))
        self.setFixedHeight(HEAD + LINE * max(1, min(MOST, len(people))))

    def offer(self, index: Index) -> None:
        """Let a person choose at a cell: a menu below it, or the box for its seconds."""
        if index.column() == Column.SECONDS:
            self.edit(index)
        elif menu := self.menu(index):
            menu.aboutToHide.connect(menu.deleteLater)
            place = self.visualRect(index).bottomLeft() + QPoint(0, 1)
            menu.popup(self.viewport().mapToGlobal(place))

    def menu(self, index: Index) -> QMenu | None:
        """What can be chosen at a cell, with what is chosen ticked; ``None`` where nothing can."""
        shown = self.people.availability(index.row())
        offered: list[tuple[str, bool, Availability]] = []
        if index.column() == Column.PRESENCE:
            offered = [
                (each.label, each is shown.presence, with_presence(shown, each))
                for each in Presence
            ]
        elif index.column() == Column.REACTION:
            offered = [
                (WORDS[each], each is reaction(shown), with_reaction(shown, each))
                for each in possible(shown)
            ]
        if not offered:
            return None
        menu = QMenu(self)
        menu.setObjectName("timeline:people-menu")
        for label, is_chosen, made in offered:
            action = menu.addAction(tr(label))
            action.setCheckable(True)
            action.setChecked(is_chosen)
            action.triggered.connect(partial(self._choose, made))
            if is_chosen:
                menu.setActiveAction(action)
        return menu

    def _choose(self, made: Availability, _: bool = False) -> None:
        self.changed.emit(made)

    def _set_seconds(self, row: int, after: int) -> None:
        self.changed.emit(with_seconds(self.people.availability(row), after))

    # The mouse, the keys and the room

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            self.offer(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        is_editing = self.state() is QAbstractItemView.State.EditingState
        if event.key() in _OPENING and index.isValid() and not is_editing:
            self.offer(index)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.people.rowCount():
            self.setCurrentIndex(self.people.index(0, Column.PRESENCE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        measured = self.fontMetrics().horizontalAdvance
        around = LEFT + ARROW + 7
        states = max(measured(tr(each.label)) for each in Presence)
        words = max(measured(tr(each)) for each in WORDS.values())
        lay_out(
            self,
            {
                Column.NAME: Width(LEAST_NAME, 1),
                Column.PRESENCE: Width(states + around),
                Column.REACTION: Width(words + around),
                Column.SECONDS: Width(SECONDS),
            },
        )

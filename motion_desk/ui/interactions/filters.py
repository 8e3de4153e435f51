"""The filter bar: what is asked of the list, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.services.interactions.query import Query, Status
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.interactions import asking
from motion_desk.ui.interactions.chips import ChipLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from motion_desk.services.interactions.query import Values
    from motion_desk.ui.interactions.asking import Chip

PAUSE = 150
"""Milliseconds without a key after which the list follows the search."""
NARROW = 760
"""Pixels of the page below which there is no room for the words of the fold."""
LEAST_SEARCH = 130
"""Pixels for the words to search for, at least; they take all that is left in their row."""


class FilterBar(QWidget):
    """Edits a query; a text that is no day is marked, and asks for nothing. ``turned`` tells that another one is wanted; ``more`` asks for conditions.

    What ``show_query`` and ``offer`` show is never told as wanted. The filters that are used less
    are folded away until ``fold`` is pressed; what they ask for shows as chips all the same.
    """

    turned = Signal()
    more = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("interactions:filters")
        self.query = Query(account="")
        """What is asked for, as it is on the screen."""
        self._soon = QTimer(self)
        self._soon.setObjectName("interactions-search")
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._search)
        self.text = self._line("search", tr("Search"))
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.text.setMinimumWidth(LEAST_SEARCH)
        self.text.setToolTip(
            tr("Words of the subject, the contact or a kept message; the beginning is enough.")
        )
        self.text.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.text.setClearButtonEnabled(True)
        self.text.textEdited.connect(lambda _: self._soon.start())
        self.text.returnPressed.connect(self._search)
        self.first = self._day("from", tr("Started from"))
        self.last = self._day("to", tr("Started until"))
        self.read = self._combo("read", tr("Read or unread"), 12)
        _fill(self.read, (tr("Read and unread"), None), (tr("Read"), True), (tr("Unread"), False))
        self.status = self._combo("status", tr("Status"), 12)
        _fill(
            self.status,
            (tr("Open and closed"), None),
            (tr("Open"), Status.OPEN),
            (tr("Closed"), Status.CLOSED),
        )
        self.substatus = self._combo("substatus", tr("Substatus"), 9)
        self.substatus.setToolTip(tr("Can be chosen after “Open”, as in Motion."))
        self.tag = self._combo("tag", tr("Tag"), 9)
        self.owner = self._combo("owner", tr("User"), 9)
        self._more = QPushButton(tr("More conditions…"), self)
        self._more.setObjectName("interactions:more")
        self._more.setAutoDefault(False)
        self._more.clicked.connect(lambda: self.more.emit())  # noqa: PLW0108 - without the click's flag
        self.fold = QToolButton(self)
        self.fold.setObjectName("interactions:fold")
        self.fold.setProperty("role", "button")
        self.fold.setIcon(icon("sliders-horizontal"))
        self.fold.setIconSize(QSize(22, 16))  # some room before the words
        self.fold.setText(tr("More filters"))
        self.fold.setAccessibleName(self.fold.text())
        self.fold.setCheckable(True)
        self.fold.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fold.setToolTip(tr("Days, substatus, tag, user, and conditions that are combined."))
        first = QHBoxLayout()
        first.setSpacing(6)
        for always in (self.text, self.read, self.status, self.fold):
            first.addWidget(always)
        self._folded = QWidget(self)
        flow = Flow(self._folded, 6)
        for widget in (
            self.first,
            self.last,
            self.substatus,
            self.tag,
            self.owner,
            self._more,
        ):
            flow.addWidget(widget)
        for before, after in (
            (self.text, self.read),
            (self.status, self.fold),
            (self.fold, self.first),
            (self.last, self.substatus),
        ):
            self.setTabOrder(before, after)
        self._folded.hide()
        self.fold.toggled.connect(self._folded.setVisible)
        self.chips = ChipLine(self)
        self.chips.left_out.connect(self._take_chip)
        self.chips.cleared.connect(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(first)
        column.addWidget(self._folded)
        column.addWidget(self.chips)
        self.offer(None)

    # What the program shows

    def fit(self, width: int) -> None:
        """Say as much as there is room for on a page of a width, in pixels."""
        styles = Qt.ToolButtonStyle
        narrow = width < NARROW
        style = styles.ToolButtonIconOnly if narrow else styles.ToolButtonTextBesideIcon
        self.fold.setToolButtonStyle(style)
        self.text.setPlaceholderText(tr("Search") if narrow else tr("Search in all that is kept"))

    def show_query(self, query: Query) -> None:
        """Show a query in the fields and chips; a text that is no day stays as it was typed."""
        self._soon.stop()
        self.query = query
        if self.text.text().strip() != query.text:
            self.text.setText(query.text)
        for edit, shown in (
            (self.first, asking.first_day(query)),
            (self.last, asking.last_day(query)),
        ):
            typed = edit.text().strip()
            is_no_day = bool(typed) and not shown and asking.day(typed) is None
            if not is_no_day and typed != shown:
                edit.setText(shown)
            _mark(edit, wrong=is_no_day)
        for combo, value in (
            (self.read, query.read),
            (self.status, query.status),
            (self.substatus, query.substatus),
            (self.tag, query.tag),
            (self.owner, query.owner),
        ):
            _show(combo, value)
        self.substatus.setEnabled(query.status is Status.OPEN)
        self.chips.show_query(query)

    def offer(self, values: Values | None) -> None:
        """Offer what the account's conversations have; what is asked for stays."""
        substatuses = values.substatuses if values else ()
        tags, owners = (values.tags, values.owners) if values else ((), ())
        for combo, all_of_them, found, value in (
            (self.substatus, tr("Any substatus"), substatuses, self.query.substatus),
            (self.tag, tr("Any tag"), tags, self.query.tag),
            (self.owner, tr("Any user"), owners, self.query.owner),
        ):
            combo.clear()
            _fill(combo, (all_of_them, ""), *((each, each) for each in found))
            _show(combo, value)

    def forget(self, account: str) -> None:
        """Ask for all conversations of another account; nobody is told."""
        self.first.clear()
        self.last.clear()
        self.show_query(Query(account=account))
        self.offer(None)

    # What a person does

    def clear(self) -> None:
        """Ask for all conversations."""
        self.first.clear()
        self.last.clear()
        self.take(asking.cleared(self.query))

    def take(self, query: Query) -> None:
        """Ask for what a query says."""
        if query != self.query:
            self.show_query(query)
            self.turned.emit()
        else:
            self.show_query(query)

    def _take_chip(self, chip: Chip) -> None:
        had_focus = self.chips.isAncestorOf(self.focusWidget())
        self.take(chip.without)
        if had_focus:  # which goes with the chip
            self.text.setFocus()

    def _search(self) -> None:
        self._soon.stop()
        text = self.text.text().strip()
        if text != self.query.text:
            self.take(replace(self.query, text=text))

    def _ask(self) -> None:
        """Ask for what the fields say."""
        days = self._instant(self.first, asking.begin_of), self._instant(self.last, asking.end_of)
        status = self.status.currentData()
        self.take(
            replace(
                self.query,
                text=self.text.text().strip(),
                started_from=days[0],
                started_to=days[1],
                read=self.read.currentData(),
                status=status,
                substatus=self.substatus.currentData() if status is Status.OPEN else "",
                tag=self.tag.currentData(),
                owner=self.owner.currentData(),
            )
        )

    def _instant(self, edit: QLineEdit, of: Callable[[date], datetime | None]) -> datetime | None:
        found = asking.day(edit.text())
        return of(found) if found else None

    # Parts

    def _line(self, name: str, label: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setObjectName(f"interactions:{name}")
        made.setAccessibleName(label)
        made.setMaxLength(200)
        let_undo_through(made)
        return made

    def _day(self, name: str, label: str) -> QLineEdit:
        made = self._line(name, label)
        made.setPlaceholderText(label)
        made.setToolTip(tr("{}: a day such as {}").format(label, asking.EXAMPLE))
        made.setFixedWidth(made.fontMetrics().horizontalAdvance(label) + 28)
        made.editingFinished.connect(self._ask)
        return made

    def _combo(self, name: str, label: str, letters: int) -> Combo:
        made = Combo(self)
        made.setObjectName(f"interactions:{name}")
        made.setAccessibleName(label)
        made.setMinimumContentsLength(letters)
        made.activated.connect(lambda _: self._ask())
        return made

    def finish(self) -> None:
        """Wait for no more keys."""
        self._soon.stop()


def _fill(combo: Combo, *choices: tuple[str, object]) -> None:
    for text, value in choices:
        combo.addItem(text, value)


def _show(combo: Combo, value: object) -> None:
    """Show the choice of a value; one that is not offered any more is, until another is chosen."""
    places = [place for place in range(combo.count()) if combo.itemData(place) == value]
    if not places:
        combo.addItem(str(value), value)
        places = [combo.count() - 1]
    combo.setCurrentIndex(places[0])


def _mark(edit: QLineEdit, *, wrong: bool) -> None:
    """Mark a field whose text is no day."""
    if bool(edit.property("wrong")) is not wrong:
        edit.setProperty("wrong", wrong)
        edit.style().unpolish(edit)
        edit.style().polish(edit)

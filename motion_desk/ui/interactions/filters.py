"""The filter bar: what is asked of the list, with a chip for each filter that is on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from motion_desk.services.interactions.query import Query, Status
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.interactions import asking
from motion_desk.ui.interactions.asking import Chip

if TYPE_CHECKING:
    from collections.abc import Callable

    from motion_desk.services.interactions.query import Values

PAUSE = 150
"""Milliseconds without a key after which the list follows the search."""
DAY = "2026-12-30"


class FilterBar(QWidget):
    """Edits a query; a text that is no day is marked, and asks for nothing. ``turned`` tells that another one is wanted; ``more`` asks for conditions.

    What ``show_query`` and ``offer`` show is never told as wanted.
    """

    turned = Signal()
    more = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("interactions:filters")
        self.query = Query(account="")
        """What is asked for, as it is on the screen."""
        self._chips: tuple[Chip, ...] = ()
        self._soon = QTimer(self)
        self._soon.setObjectName("interactions-search")
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._search)
        controls = QWidget(self)
        flow = Flow(controls, 6)
        self.text = self._line("search", tr("Search"), 210)
        self.text.setPlaceholderText(tr("Search in all that is kept"))
        self.text.setToolTip(
            tr("Words of the subject, the contact or a kept message; the beginning is enough.")
        )
        self.text.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.text.setClearButtonEnabled(True)
        self.text.textEdited.connect(lambda _: self._soon.start())
        self.text.returnPressed.connect(self._search)
        self.first = self._day("from", tr("Started from"))
        self.last = self._day("to", tr("Started until"))
        self.read = self._combo("read", tr("Read or unread"), 13)
        _fill(self.read, (tr("Read and unread"), None), (tr("Read"), True), (tr("Unread"), False))
        self.status = self._combo("status", tr("Status"), 13)
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
        for widget in (
            self.text,
            self.first,
            self.last,
            self.read,
            self.status,
            self.substatus,
            self.tag,
            self.owner,
            self._more,
        ):
            flow.addWidget(widget)
        self._line_of_chips = QWidget(self)
        self._row = Flow(self._line_of_chips, 6)
        self._line_of_chips.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(controls)
        column.addWidget(self._line_of_chips)
        self.offer(None)

    # What the program shows

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
        self._show_chips()

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

    def _show_chips(self) -> None:
        chips = tuple(asking.chips(self.query))
        if chips == self._chips:
            return
        self._chips = chips
        while item := self._row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for chip in chips:
            self._row.addWidget(self._chip(chip))
        if chips:
            clear = QPushButton(tr("Clear"), self._line_of_chips)
            clear.setObjectName("interactions:clear")
            clear.setProperty("role", "link")
            clear.setToolTip(tr("Show all conversations of the account."))
            clear.clicked.connect(self.clear)
            self._row.addWidget(clear)
        self._line_of_chips.setVisible(bool(chips))

    def _chip(self, chip: Chip) -> QPushButton:
        made = QPushButton(icon("x"), chip.text, self._line_of_chips)
        made.setObjectName(f"interactions:chip-{chip.name}")
        made.setProperty("role", "chip")
        made.setIconSize(QSize(11, 11))
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the text
        made.setAccessibleName(tr("Leave out the filter {}").format(chip.text))
        made.setToolTip(made.accessibleName())
        made.clicked.connect(lambda: self._take_chip(chip))
        return made

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
        had_focus = self._line_of_chips.isAncestorOf(self.focusWidget())
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

    def _line(self, name: str, label: str, width: int) -> QLineEdit:
        made = QLineEdit(self)
        made.setObjectName(f"interactions:{name}")
        made.setAccessibleName(label)
        made.setFixedWidth(width)
        made.setMaxLength(200)
        let_undo_through(made)
        return made

    def _day(self, name: str, label: str) -> QLineEdit:
        made = self._line(name, label, 40)
        made.setPlaceholderText(label)
        made.setToolTip(tr("{}: a day such as {}").format(label, DAY))
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

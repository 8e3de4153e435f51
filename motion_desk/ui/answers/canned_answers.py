"""Beside the canned answers: CSV in and out, and a search where there are many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.sections.answers import CANNED_ANSWERS, CannedAnswer
from motion_desk.models.views import SectionView
from motion_desk.services.answers import canned_answers
from motion_desk.services.answers.files import read_canned_answers
from motion_desk.ui.answers.exchange import Exchange, Form
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.editors.search_line import SearchLine
from motion_desk.ui.form.additions import Addition, Place
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.tools import FormTools
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools

if TYPE_CHECKING:
    from motion_desk.ui.form.page import SectionPage

FORM = Form(
    CANNED_ANSWERS,
    "answer",
    "canned answers",
    "Canned answers",
    read_canned_answers,
    canned_answers.exported,
    canned_answers.omitted,
    "Left out, as they have no key or no value: {}.",
)
FEW = 10
"""Answers that are found without a search."""
_TAG = re.compile(r"<[^>]*>")


class CannedAnswerTools(Addition):
    """Imports and exports answers; a search hides those that do not hold its words."""

    PLACE = Place.ABOVE

    def __init__(self, form: FormTools, page: SectionPage, tools: PanelTools) -> None:
        super().__init__(page)
        self.setObjectName("canned-answer-tools")
        self._page = page
        self._rows: tuple[CannedAnswer, ...] | None = None
        self._texts: dict[str, str] = {}
        self._tree: QTreeWidget | None = None
        line = QWidget(self)
        flow = Flow(line, 6)
        self._exchange = Exchange(FORM, tools, line)
        for button in (self._exchange.take_in, self._exchange.give_out):
            flow.addWidget(button)
        self.search = SearchLine(
            "canned_answers:search",
            tr("Search keys, texts and descriptions"),
            tr("Search the canned answers"),
            self,
        )
        self.search.textChanged.connect(self._narrow)
        self._found = wrapped("", "muted")
        self._found.setObjectName("canned_answers:found")
        self._looking = QWidget(self)
        beside = QHBoxLayout(self._looking)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(10)
        beside.addWidget(self.search, 3)
        beside.addWidget(self._found, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 2, 12, 6)
        column.setSpacing(8)
        column.addWidget(line)
        column.addWidget(self._looking)
        self._looking.hide()

    def show_view(self, view: SectionView) -> None:
        rows = next(field.value for field in view.fields if field.key == CANNED_ANSWERS)
        if self._tree is None:
            tree: QTreeWidget = self._page.rows[CANNED_ANSWERS].editor.tree
            # The list is filled anew whenever it likes; what is filtered out must stay so.
            tree.model().rowsInserted.connect(self._hide_new)
            tree.selectionModel().currentChanged.connect(self._unhide)
            self._tree = tree
        if rows is self._rows:
            return
        self._rows = rows
        self._exchange.show_rows(len(rows))
        self._texts = {row.id: _text_of(row) for row in rows}
        self._looking.setVisible(len(rows) > FEW)
        if len(rows) <= FEW and self.search.text():
            self.search.clear()
        # What is being written stays in sight, whether or not it holds the words.
        self._hide(self._tree.currentItem())

    def _narrow(self) -> None:
        """Show the answers that hold all words of the search, and choose one of them."""
        if self._tree is None:
            return
        shown = self._hide(None)
        if shown and self._tree.currentItem() not in shown:
            self._tree.setCurrentItem(shown[0])
            self._tree.scrollToItem(shown[0])

    def _hide(self, kept: QTreeWidgetItem | None) -> list[QTreeWidgetItem]:
        """Hide all but those that are found, and ``kept``; gives those that are found."""
        found = []
        for item in self._items(0, self._count()):
            holds = self._holds(item)
            item.setHidden(not holds and item is not kept)
            found += [item] if holds else []
        said = tr("{} of {} answers").format(len(found), len(self._texts))
        if not found:
            said = tr("No answer holds these words.")
        self._found.setText(said if self.search.text().strip() else "")
        return found

    def _hide_new(self, _: QModelIndex, first: int, last: int) -> None:
        if self.search.text().strip():
            for item in self._items(first, last + 1):
                item.setHidden(not self._holds(item))

    def _unhide(self, current: QModelIndex) -> None:
        """Show what was gone to, also past the search."""
        if self._tree is not None and current.isValid():
            self._tree.setRowHidden(current.row(), current.parent(), False)

    def _count(self) -> int:
        return self._tree.topLevelItemCount() if self._tree else 0

    def _items(self, first: int, end: int) -> list[QTreeWidgetItem]:
        if self._tree is None:
            return []
        found = (self._tree.topLevelItem(place) for place in range(first, end))
        return [item for item in found if item is not None]

    def _holds(self, item: QTreeWidgetItem) -> bool:
        text = self._texts.get(item.data(0, Qt.ItemDataRole.UserRole))
        return text is None or all(word in text for word in self.search.text().casefold().split())


def _text_of(row: CannedAnswer) -> str:
    """All words of an answer in small letters, those of its value without the tags."""
    from html import unescape

    return f"{row.key} {unescape(_TAG.sub(' ', row.value))} {row.description}".casefold()

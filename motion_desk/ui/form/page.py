"""A section's page: its title, its rows in order and groups, and what is kept but not used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.catalogue import SectionInfo
from motion_desk.models.views import SectionView
from motion_desk.services import bundled
from motion_desk.ui.form.additions import Addition, Place
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.links import link_button
from motion_desk.ui.form.row import FieldRow
from motion_desk.ui.form.tools import FormTools
from motion_desk.ui.form.words import tr

PAGE_WIDTH = 800
LEAST_ROWS, LEAST_BESIDE, MOST_BESIDE = 500, 290, 400
"""Pixels: what the rows need, and what stands beside them gets, or it goes below."""
SIDE = 18
LEAST_WITH_BESIDE = LEAST_ROWS + LEAST_BESIDE + 2 * SIDE + 16
"""Pixels: the least width of a page that shows something beside its rows, its scroll bar too."""


class SectionPage(QScrollArea):
    """One section of a document, made from its declaration. It names no field itself."""

    def __init__(self, info: SectionInfo, tools: FormTools, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info = info
        self.setObjectName(f"page:{info.name}")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = self._inner = QWidget(self)
        inner.setObjectName("scrolled")
        inner.setMaximumWidth(PAGE_WIDTH)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(SIDE, 18, SIDE, 24)
        layout.setSpacing(2)
        layout.addLayout(self._head())
        layout.addWidget(wrapped(tr(info.about), "muted"))
        layout.addSpacing(8)
        self._additions = [make(tools, self) for make in tools.additions.get(info.name, ())]
        self._add(layout, Place.ABOVE)
        column = self._split(layout)
        self.rows: dict[str, FieldRow] = {}
        self._headings: list[tuple[QLabel, list[str]]] = []
        group = ""
        for field in info.fields:
            if field.group != group:
                group = field.group
                heading = QLabel(tr(group), inner)
                heading.setProperty("role", "heading")
                heading.setContentsMargins(12, 16, 0, 2)
                column.addWidget(heading)
                self._headings.append((heading, []))
            row = FieldRow(field, tools, inner)
            if self._headings:
                self._headings[-1][1].append(field.key)
            if len(info.fields) == 1:
                row.hide_label()
            self.rows[field.key] = row
            column.addWidget(row)
        if column is not layout:
            column.addStretch(1)  # else a short form would be as high as what stands beside it
        self._add(layout, Place.BELOW)
        self._kept = wrapped("", "muted")
        self._kept.setObjectName("kept")
        self._kept.setContentsMargins(12, 14, 0, 0)
        layout.addWidget(self._kept)
        layout.addStretch(1)
        self.setWidget(inner)
        self._put_additions_behind_in_tab_order()

    def _add(self, layout: QVBoxLayout, place: Place) -> None:
        for addition in self._additions:
            if addition.PLACE is place:
                layout.addWidget(addition)

    def _split(self, layout: QVBoxLayout) -> QVBoxLayout:
        """The column of the rows: the page's own, or one with additions beside it."""
        self._beside = [each for each in self._additions if each.PLACE is Place.BESIDE]
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        if not self._beside:
            return layout
        self._inner.setMaximumWidth(PAGE_WIDTH + MOST_BESIDE)
        column = QVBoxLayout()
        column.setSpacing(layout.spacing())
        self._halves.setSpacing(0)
        self._halves.addLayout(column, 1)
        for addition in self._beside:
            self._halves.addWidget(addition, 0, Qt.AlignmentFlag.AlignTop)
        # They lead to what stands beside the rows, where that is below them and out of sight.
        self._ways = [self._way(addition) for addition in self._beside if addition.TITLE]
        for way in self._ways:
            self._way_line.addWidget(way)
        layout.addLayout(self._halves)
        return column

    def _way(self, addition: Addition) -> QPushButton:
        button = link_button(
            tr(addition.TITLE), f"way:{addition.objectName()}", self, sign="arrow-down"
        )
        button.setToolTip(tr("Go to {}, below").format(tr(addition.TITLE)))
        button.clicked.connect(lambda: self._scroll_to(addition))
        return button

    def _scroll_to(self, widget: QWidget) -> None:
        """Bring the top of a widget to the top of the page, and the focus into it."""
        self.verticalScrollBar().setValue(widget.mapTo(self._inner, QPoint(0, 0)).y())
        for stop in _stops([widget])[:1]:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_additions_behind_in_tab_order(self) -> None:
        """Let Tab go through the rows first, and through what was made before them afterwards."""
        last = _stops(list(self.rows.values()))[-1:]
        behind = [each for each in self._additions if each.PLACE is not Place.ABOVE]
        for widget in _stops(behind) if last else []:
            QWidget.setTabOrder(last[0], widget)
            last = [widget]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._beside:
            self._stand()

    def _stand(self) -> None:
        """Put what stands beside the rows to their right, or below them where there is no room."""
        width = min(self.viewport().width(), self._inner.maximumWidth()) - 2 * SIDE
        fits = width >= LEAST_ROWS + LEAST_BESIDE
        direction = QBoxLayout.Direction
        self._halves.setDirection(direction.LeftToRight if fits else direction.TopToBottom)
        share = min(MOST_BESIDE, max(LEAST_BESIDE, width - PAGE_WIDTH, width * 2 // 5))
        room = self.viewport().height() - self._halves.geometry().top()
        for addition in self._beside:
            if fits:
                addition.setFixedWidth(min(share, width - LEAST_ROWS))
            else:
                addition.setMinimumWidth(0)
                addition.setMaximumWidth(self._inner.maximumWidth())
            self._halves.setAlignment(
                addition, Qt.AlignmentFlag.AlignTop if fits else Qt.AlignmentFlag(0)
            )
            addition.stand(room, beside=fits)
        for way in self._ways:
            way.setVisible(not fits)

    @property
    def least_width(self) -> int:
        """Pixels: what the page needs to show what stands beside its rows; 0 where nothing does."""
        return LEAST_WITH_BESIDE if self._beside else 0

    def addition(self, name: str) -> Addition | None:
        """The addition of an object name, where the page has it."""
        return next((each for each in self._additions if each.objectName() == name), None)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        title = QLabel(tr(self._info.title), self)
        title.setProperty("role", "title")
        head.addWidget(title)
        head.addStretch(1)
        self._way_line = QHBoxLayout()
        head.addLayout(self._way_line)
        link = link_button(
            tr("Motion's documentation"),
            f"documentation:{self._info.name}",
            self,
            sign="external-link",
        )
        page = bundled.page(self._info.source)
        link.setToolTip(f"{page.title}\n{page.url}")
        link.clicked.connect(lambda: QDesktopServices.openUrl(page.url))
        head.addWidget(link)
        return head

    def show_view(self, view: SectionView, hidden: tuple[SectionView, ...] = ()) -> None:
        """Draw a view of the section; ``hidden`` are sections that its choices keep from use."""
        shown = set()
        for field in view.fields:
            self.rows[field.key].show_view(field)
            if field.visible:
                shown.add(field.key)
        for addition in self._additions:
            addition.show_view(view)
        for heading, keys in self._headings:
            heading.setVisible(not shown.isdisjoint(keys))
        kept = [tr(label) for label in view.kept]
        kept += [f"{tr(each.title)} ({', '.join(map(tr, each.kept))})" for each in hidden]
        self._kept.setVisible(bool(kept))
        if kept:
            text = tr("Kept, but not used with these choices: {}.")
            self._kept.setText(text.format(", ".join(kept)))

    def go_to(self, key: str) -> None:
        """Scroll to a field or cell and give it the focus."""
        head, _, cell = key.partition("/")
        row = self.rows.get(head)
        if row is None:
            return
        target = row
        if cell:
            target = row.editor.go_to(key) or row
        if layout := self._inner.layout():
            layout.activate()
        place = target.mapTo(self._inner, QPoint(0, 0)).y()
        self.ensureVisible(0, place, 0, 40)
        self.ensureVisible(0, place + target.height(), 0, 40)
        target.editor.setFocus(Qt.FocusReason.OtherFocusReason)


def _stops(owners: Sequence[QWidget]) -> list[QWidget]:
    """What of some widgets takes the focus by Tab, in the order in which it was made."""
    return [
        widget
        for owner in owners
        for widget in owner.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
    ]

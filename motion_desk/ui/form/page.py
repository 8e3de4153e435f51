"""A section's page: its title, its rows in order and groups, and what is kept but not used."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
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
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.row import FieldRow
from motion_desk.ui.form.tools import FormTools
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon

PAGE_WIDTH = 800


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
        layout.setContentsMargins(18, 18, 18, 24)
        layout.setSpacing(2)
        layout.addLayout(self._head())
        layout.addWidget(wrapped(tr(info.about), "muted"))
        layout.addSpacing(8)
        self.rows: dict[str, FieldRow] = {}
        self._headings: list[tuple[QLabel, list[str]]] = []
        group = ""
        for field in info.fields:
            if field.group != group:
                group = field.group
                heading = QLabel(tr(group), inner)
                heading.setProperty("role", "heading")
                heading.setContentsMargins(12, 16, 0, 2)
                layout.addWidget(heading)
                self._headings.append((heading, []))
            row = FieldRow(field, tools, inner)
            if self._headings:
                self._headings[-1][1].append(field.key)
            if len(info.fields) == 1:
                row.hide_label()
            self.rows[field.key] = row
            layout.addWidget(row)
        self._kept = wrapped("", "muted")
        self._kept.setObjectName("kept")
        self._kept.setContentsMargins(12, 14, 0, 0)
        layout.addWidget(self._kept)
        layout.addStretch(1)
        self.setWidget(inner)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        title = QLabel(tr(self._info.title), self)
        title.setProperty("role", "title")
        head.addWidget(title)
        head.addStretch(1)
        link = QPushButton(icon("external-link"), tr("Motion's documentation"), self)
        link.setObjectName(f"documentation:{self._info.name}")
        link.setProperty("role", "link")
        link.setIconSize(QSize(14, 14))
        link.setCursor(Qt.CursorShape.PointingHandCursor)
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

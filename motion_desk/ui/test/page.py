"""The test page: verdict, remarks, and below them the steps, the transcripts or earlier tests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.endpoints import Protocol
from motion_desk.models.runs import RunSummary
from motion_desk.services.tester.steps import Report
from motion_desk.services.tester.verdict import verdict
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test.band import Band
from motion_desk.ui.test.earlier import Earlier
from motion_desk.ui.test.lab import fill
from motion_desk.ui.test.overview import Overview
from motion_desk.ui.test.remedies import Acts
from motion_desk.ui.test.reporting import Reporting
from motion_desk.ui.test.showing import Showing
from motion_desk.ui.test.strips import Strips
from motion_desk.ui.test.transcripts import Transcripts
from motion_desk.ui.testing import Testing
from motion_desk.ui.theme import Theme

NARROW = 720
"""Pixels of width below which the two probes stand one above the other."""

STEPS, TRANSCRIPT, EARLIER = range(3)


class TestPage(QWidget):
    """Shows what ``testing`` knows of the open account, and asks it for what a person wants."""

    def __init__(
        self, testing: Testing, reporting: Reporting, theme: Theme, acts: Acts, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("test-page")
        self._testing = testing
        self._reporting = reporting
        self._showing: Showing | None = None
        self._band = Band(theme, self)
        self._band.asked.connect(self._go)
        self._strips = Strips(testing.show_latest, testing.test, testing.lab.turn_off, self)
        bar = self._bar()
        self.overview = Overview(theme, acts, self)
        self._transcripts = Transcripts(self)
        self._earlier = Earlier(theme, self)
        self._earlier.chosen.connect(self._open_earlier)
        self._views = QStackedWidget(self)
        for title, view in (
            (tr("Steps"), self.overview),
            (tr("Transcript"), self._transcripts),
            (tr("Earlier tests"), self._earlier),
        ):
            self.tabs.addTab(title)
            self._views.addWidget(view)
        self.tabs.currentChanged.connect(self._choose_view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._band)
        layout.addWidget(self._strips)
        layout.addLayout(bar)
        layout.addWidget(self._views, 1)
        stop = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        stop.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        stop.activated.connect(testing.stop)
        testing.shown.connect(self.show_showing)
        testing.ended.connect(self._announce)

    def finish(self) -> None:
        """Nothing is left to stop: tests end with ``testing``."""

    def focus_steps(self) -> None:
        """Lead the keyboard to the steps."""
        self.overview.columns[Protocol.IMAP].list.setFocus()

    def _bar(self) -> QHBoxLayout:
        # Made from left to right, and before what is below it: that is the order of the Tab key.
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("test:views")
        self.tabs.setAccessibleName(tr("Views of the test"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self._lab = QPushButton(self)
        self._lab.setObjectName("test:lab")
        self._lab.setIcon(icon("flask-conical"))
        menu = QMenu(self._lab)
        menu.aboutToShow.connect(lambda: fill(menu, self._testing.lab))
        self._lab.setMenu(menu)
        self._save = QPushButton(self)
        self._save.setAccessibleName(tr("Save report…"))
        self._save.setObjectName("test:save")
        self._save.clicked.connect(self._save_report)
        self._copy = QPushButton(self)
        self._copy.setAccessibleName(tr("Copy as text"))
        self._copy.setObjectName("test:copy")
        self._copy.clicked.connect(self._copy_report)
        bar = QHBoxLayout()
        bar.setContentsMargins(18, 8, 18, 2)
        bar.setSpacing(6)
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        self._lab.setToolTip(
            tr("Lead tests to servers on this computer that show faults on command.")
        )
        self._save.setToolTip(self._save.accessibleName())
        self._copy.setToolTip(self._copy.accessibleName())
        for button in (self._lab, self._save, self._copy):
            button.setProperty("size", "small")
            bar.addWidget(button)
        return bar

    # What the program shows

    def show_showing(self, showing: Showing) -> None:
        """Draw what is known of the open account."""
        before, self._showing = self._showing, showing
        other = before is None or before.account.id != showing.account.id
        if other or (showing.under_way and before and not before.under_way):
            self.tabs.setCurrentIndex(STEPS)
        self._band.show_showing(showing)
        self._strips.show_showing(showing)
        self._show_view()
        self._lab.setText(tr("Lab: on") if showing.lab else tr("Lab: off"))
        for button in (self._save, self._copy):
            button.setEnabled(showing.finished is not None)

    def _show_view(self) -> None:
        """Draw the view that is on the screen; the others when they are chosen."""
        view = self._views.currentWidget()
        if self._showing and isinstance(view, Overview | Transcripts | Earlier):
            view.show_showing(self._showing)

    def _choose_view(self, place: int) -> None:
        self._views.setCurrentIndex(place)
        self._show_view()

    def _announce(self, report: Report) -> None:
        """Let a screen reader say how the test ended."""
        found = verdict(report)
        said = f"{tr(found.sentence)} {tr(found.detail)}".strip()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._testing.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._testing.watch(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.overview.set_narrow(narrow)
        self._save.setText(tr("Save…") if narrow else self._save.accessibleName())
        self._copy.setText(tr("Copy") if narrow else self._copy.accessibleName())
        self._transcripts.set_narrow(narrow)

    # What a person does

    def _go(self) -> None:
        if self._testing.under_way:
            self._testing.stop()
        else:
            self._testing.test()

    def _open_earlier(self, summary: RunSummary) -> None:
        self._testing.show_earlier(summary)
        self.tabs.setCurrentIndex(STEPS)

    def _save_report(self) -> None:
        if self._showing and (report := self._showing.finished):
            self._reporting.save(report)

    def _copy_report(self) -> None:
        if self._showing and (report := self._showing.finished):
            self._reporting.copy(report)

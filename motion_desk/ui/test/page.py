"""The test page: verdict, remarks, and below them one of its views, from steps to comparisons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHideEvent,
    QIcon,
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
from shiboken6 import isValid

from motion_desk.models.endpoints import Protocol
from motion_desk.models.runs import RunSummary
from motion_desk.services.tester.steps import Report
from motion_desk.services.tester.verdict import verdict
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test import run_choices
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

if TYPE_CHECKING:
    from motion_desk.ui.test.compare import Compare
    from motion_desk.ui.test.host import MotionHost
    from motion_desk.ui.test.run_choices import Pair

NARROW = 720
"""Pixels of width below which the two probes stand one above the other."""
COMPACT = 820
"""Pixels of width below which the buttons beside the views have icons in place of words."""
ICON_WIDTH, WIDEST = 38, 400
POLISHED = 6
"""Widgets to which the style sheet is applied in one turn; each takes about half a millisecond."""

STEPS, TRANSCRIPT, EARLIER, COMPARE, HOST = range(5)


class TestPage(QWidget):
    """Shows what ``testing`` knows of the open account, and asks it for what a person wants."""

    def __init__(
        self, testing: Testing, reporting: Reporting, tools: PanelTools, acts: Acts, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("test-page")
        self._testing = testing
        self._reporting = reporting
        self._tools = tools
        theme = tools.theme
        self._showing: Showing | None = None
        self._band = Band(theme, self)
        self._band.asked.connect(self._go)
        self._strips = Strips(
            testing.show_latest,
            testing.test,
            testing.lab.turn_off,
            lambda: self.compare(None),
            self,
        )
        bar = self._bar()
        self.overview = Overview(theme, acts, self)
        self._transcripts = Transcripts(self)
        self._earlier = Earlier(theme, self)
        self._earlier.chosen.connect(self._open_earlier)
        self._earlier.compared.connect(self.compare)
        self._compare: Compare | None = None
        self._host: MotionHost | None = None
        self._views = QStackedWidget(self)
        for view in (self.overview, self._transcripts, self._earlier, QWidget(), QWidget()):
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
        self.tabs.setUsesScrollButtons(True)  # where the system's type is large
        for title in (
            tr("Steps"),
            tr("Transcript"),
            tr("Earlier tests"),
            tr("Compare"),
            tr("Motion's host"),
        ):
            self.tabs.addTab(title)
        self._lab = QPushButton(self)
        self._lab.setObjectName("test:lab")
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
            button.setProperty("compact", True)
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
        self._name_buttons()
        for button in (self._save, self._copy):
            button.setEnabled(showing.finished is not None)

    def _show_view(self) -> None:
        """Draw the view that is on the screen; the others when they are chosen."""
        views = (self.overview, self._transcripts, self._earlier, self._compare, self._host)
        for view in views:
            if self._showing and view is not None and view is self._views.currentWidget():
                view.show_showing(self._showing)

    def _choose_view(self, place: int) -> None:
        if place == COMPARE:
            self._made_compare()
        elif place == HOST:
            self._made_host()
        self._views.setCurrentIndex(place)
        self._show_view()

    def other_views(self) -> Iterator[None]:
        """Make the views that are not made yet, in turns of a few milliseconds."""
        from motion_desk.ui.test import side_by_side  # noqa: F401 - imported for those below

        yield
        from motion_desk.ui.test import compare  # noqa: F401 - as above

        yield
        from motion_desk.ui.test import host_steps  # noqa: F401 - as above

        yield
        from motion_desk.ui.test import host  # noqa: F401 - as above

        for make in (self._made_compare, self._made_host):
            yield
            for number, widget in enumerate(make().findChildren(QWidget)):
                if number % POLISHED == 0:
                    yield
                if isValid(widget):  # a window that is closed meanwhile takes them along
                    widget.ensurePolished()

    def _made_compare(self) -> Compare:
        """The view of comparisons, made when it is first wanted."""
        if self._compare is None:
            from motion_desk.ui.test.compare import Compare

            self._compare = Compare(self._tools.session, self._tools.theme, self)
            self._put(COMPARE, self._compare)
        return self._compare

    def _made_host(self) -> MotionHost:
        """The view of the Motion server, made when it is first wanted."""
        if self._host is None:
            from motion_desk.ui.test.host import MotionHost

            self._host = MotionHost(self._tools, self)
            self._host.noted.connect(self._testing.note_runs)
            self._host.opened.connect(self._open_earlier)
            self._put(HOST, self._host)
        return self._host

    def _put(self, place: int, view: Compare | MotionHost) -> None:
        """Put a view in the place of the empty one that was kept for it."""
        if empty := self._views.widget(place):
            self._views.removeWidget(empty)
            empty.deleteLater()
        self._views.insertWidget(place, view)

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

    def _name_buttons(self) -> None:
        """Give the buttons beside the views their words, or icons where there is little room."""
        lab = self._showing is not None and self._showing.lab is not None
        self._lab.setAccessibleName(tr("Lab: on") if lab else tr("Lab: off"))
        compact = self.width() < COMPACT
        self._lab.setIcon(icon("flask-conical"))
        self._save.setIcon(icon("download") if compact else QIcon())
        self._copy.setIcon(icon("copy") if compact else QIcon())
        for button in (self._lab, self._save, self._copy):
            button.setText("" if compact else button.accessibleName())
            button.setMaximumWidth(ICON_WIDTH if compact else WIDEST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.overview.set_narrow(narrow)
        self.tabs.setTabText(EARLIER, tr("Earlier") if narrow else tr("Earlier tests"))
        self._name_buttons()
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

    def compare(self, pair: Pair | None) -> None:
        """Show two kept tests beside each other; without a pair, the one shown and the last good."""
        view = self._made_compare()
        self.tabs.setCurrentIndex(COMPARE)
        if self._showing:
            view.compare(pair or run_choices.first_choice(self._showing))

    def _save_report(self) -> None:
        if self._showing and (report := self._showing.finished):
            self._reporting.save(report)

    def _copy_report(self) -> None:
        if self._showing and (report := self._showing.finished):
            self._reporting.copy(report)

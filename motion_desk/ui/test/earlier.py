"""Earlier tests: the kept tests of an account, the newest first, to be opened or compared."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.runs import KEPT_RUNS, RunSummary
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test import run_choices, words
from motion_desk.ui.test.marks import verdict_mark
from motion_desk.ui.test.showing import Showing
from motion_desk.ui.theme import Theme

SUMMARY = Qt.ItemDataRole.UserRole
MOST = 2
"""Tests that can be ticked at once."""
TICKED = (
    "Tick two tests to compare them, or one to compare it with the latest.",
    (
        "One test is ticked: compare it with the latest or with the last one before it that "
        "passed, or tick another."
    ),
    "Two tests are ticked.",
)
"""What can be done, by how many tests are ticked."""


class Earlier(QWidget):
    """Lists the kept tests; ``chosen`` names the one that a person opened.

    ``compared`` brings the two tests that are to be compared, the earlier one first.
    """

    chosen = Signal(object)
    compared = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._showing: Showing | None = None
        self._shown: tuple[object, ...] = ()
        self._ticked: list[QTreeWidgetItem] = []
        self._just_ticked: QTreeWidgetItem | None = None
        self._about = wrapped("", "muted")
        self.list = self._made_list()
        self._hint = wrapped("", "muted")
        self._hint.setObjectName("runs:hint")
        self._compare = self._made_button("runs:compare", tr("Compare"), self._compare_ticked)
        self._good = self._made_button(
            "runs:last-good", tr("Compare with the last that passed"), self._compare_good
        )
        self._foot = QWidget(self)
        buttons = QHBoxLayout(self._foot)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(6)
        buttons.addWidget(self._compare)
        buttons.addWidget(self._good)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 10, 18, 16)
        layout.setSpacing(8)
        layout.addWidget(self._about)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._hint)
        layout.addWidget(self._foot)
        layout.addStretch(0)
        theme.changed.connect(self._draw_icons)

    def _made_list(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setObjectName("runs")
        tree.setProperty("role", "field")
        tree.setAccessibleName(tr("Earlier tests"))
        tree.setRootIsDecorated(False)
        tree.setAllColumnsShowFocus(True)
        tree.setIconSize(QSize(16, 16))
        tree.setHeaderLabels([tr("When"), tr("Verdict"), tr("Values")])
        header = tree.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        # The stretched column would be cut before the list scrolls sideways.
        values = (tr("the same as now"), tr("other than now"))
        widest = max(self.fontMetrics().horizontalAdvance(each) for each in values)
        header.setMinimumSectionSize(widest + 24)
        tree.itemActivated.connect(self._open)
        tree.itemPressed.connect(self._press)
        tree.itemClicked.connect(self._click)
        tree.itemChanged.connect(self._tick)
        return tree

    def _made_button(self, name: str, text: str, act: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setProperty("compact", True)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    # What the program shows

    def show_showing(self, showing: Showing) -> None:
        """Show the kept tests; nothing happens where they are drawn already."""
        self._showing = showing
        shown = (showing.runs, showing.fingerprint)
        if shown == self._shown:
            return
        self._shown = shown
        self.list.blockSignals(True)
        self.list.clear()
        self._ticked, self._just_ticked = [], None
        for summary in showing.runs:
            same = summary.fingerprint == showing.fingerprint
            values = tr("the same as now") if same else tr("other than now")
            said = run_choices.result(summary)
            item = QTreeWidgetItem([words.moment(summary.at), said, values])
            item.setData(0, SUMMARY, summary)
            item.setCheckState(0, Qt.CheckState.Unchecked)
            item.setToolTip(0, tr("Tick it to compare it."))
            item.setToolTip(1, said)
            item.setToolTip(2, tr("Fingerprint {}").format(summary.fingerprint[:8]))
            self.list.addTopLevelItem(item)
        self.list.blockSignals(False)
        self._draw_icons()
        self.list.setVisible(bool(showing.runs))
        self._about.setText(
            tr("The newest {} tests of this account are kept. Choose one to see it.").format(
                KEPT_RUNS
            )
            if showing.runs
            else tr("No test of this account has been kept yet.")
        )
        self._show_ways()

    def _show_ways(self) -> None:
        """Say what can be done with the tests that are ticked."""
        several = self._showing is not None and len(self._showing.runs) > 1
        self._hint.setVisible(several)
        self._foot.setVisible(several)
        self._hint.setText(tr(TICKED[len(self._ticked)]))
        both = len(self._ticked) == MOST
        self._compare.setText(tr("Compare the two") if both else tr("Compare with the latest"))
        self._compare.setEnabled(self._chosen_pair() is not None)
        self._good.setEnabled(self._good_pair() is not None)

    def _draw_icons(self) -> None:
        self.list.blockSignals(True)
        for item in self.list.findItems("", Qt.MatchFlag.MatchContains):
            summary: RunSummary = item.data(0, SUMMARY)
            mark, _ = verdict_mark(summary.verdict)
            if mark:
                name, colour = mark
                item.setIcon(1, icon(name, getattr(self._theme.colours, colour)))
        self.list.blockSignals(False)

    def _chosen_pair(self) -> run_choices.Pair | None:
        """The two tests that are ticked, or the one and the latest."""
        runs: list[RunSummary] = [item.data(0, SUMMARY) for item in self._ticked]
        if len(runs) == 1 and self._showing:
            latest = next((run for run in self._showing.runs if not run.vantage), runs[0])
            runs.append(latest)
        if len(runs) < MOST or runs[0].id == runs[1].id:
            return None
        return run_choices.ordered(*runs)

    def _good_pair(self) -> run_choices.Pair | None:
        """The test that is ticked, or else the latest, and the last before it that passed."""
        if self._showing is None or len(self._ticked) > 1:
            return None
        ticked: list[RunSummary] = [item.data(0, SUMMARY) for item in self._ticked]
        latest = [run for run in self._showing.runs if not run.vantage]
        if not (ticked or latest):
            return None
        run = (ticked or latest)[0]
        good = run_choices.last_good(self._showing, run)
        return (good, run) if good else None

    # What a person does

    def _tick(self, item: QTreeWidgetItem, column: int) -> None:
        """Take note of a tick; the oldest of three goes."""
        if column:
            return
        self._just_ticked = item
        self._ticked = [each for each in self._ticked if each is not item]
        if item.checkState(0) is Qt.CheckState.Checked:
            self._ticked.append(item)
        if len(self._ticked) > MOST:
            self._ticked[0].setCheckState(0, Qt.CheckState.Unchecked)
            self._just_ticked = item
        self._show_ways()

    def _press(self) -> None:
        # Qt does not tell of it where the box is pressed.
        self._just_ticked = None

    def _click(self, item: QTreeWidgetItem) -> None:
        """Open a test, unless it was its box that was clicked."""
        ticked, self._just_ticked = self._just_ticked, None
        if ticked is not item:
            self._open(item)

    def _open(self, item: QTreeWidgetItem) -> None:
        self.chosen.emit(item.data(0, SUMMARY))

    def _compare_ticked(self) -> None:
        self.compared.emit(self._chosen_pair())

    def _compare_good(self) -> None:
        self.compared.emit(self._good_pair())

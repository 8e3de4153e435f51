"""Earlier tests: the kept tests of an account, the newest first."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from motion_desk.models.runs import KEPT_RUNS, RunSummary
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test import words
from motion_desk.ui.test.marks import RESULTS, verdict_mark
from motion_desk.ui.test.showing import Showing
from motion_desk.ui.theme import Theme

SUMMARY = Qt.ItemDataRole.UserRole


class Earlier(QWidget):
    """Lists the kept tests; ``chosen`` names the one that a person opened."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self._about = wrapped("", "muted")
        self.list = QTreeWidget(self)
        self.list.setObjectName("runs")
        self.list.setProperty("role", "field")
        self.list.setAccessibleName(tr("Earlier tests"))
        self.list.setRootIsDecorated(False)
        self.list.setIconSize(QSize(16, 16))
        self.list.setHeaderLabels([tr("When"), tr("Verdict"), tr("Values")])
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.list.itemActivated.connect(self._open)
        self.list.itemClicked.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 10, 18, 16)
        layout.setSpacing(8)
        layout.addWidget(self._about)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        theme.changed.connect(self._draw_icons)

    def show_showing(self, showing: Showing) -> None:
        """Show the kept tests; nothing happens where they are drawn already."""
        shown = (showing.runs, showing.fingerprint)
        if shown == self._shown:
            return
        self._shown = shown
        self.list.clear()
        for summary in showing.runs:
            same = summary.fingerprint == showing.fingerprint
            said = tr(RESULTS.get(summary.verdict) or RESULTS["unknown"])
            if summary.lab:
                said = tr("{}, in the lab").format(said)
            values = tr("the same as now") if same else tr("other than now")
            item = QTreeWidgetItem([words.moment(summary.at), said, values])
            item.setData(0, SUMMARY, summary)
            item.setToolTip(2, tr("Fingerprint {}").format(summary.fingerprint[:8]))
            self.list.addTopLevelItem(item)
        self._draw_icons()
        self.list.setVisible(bool(showing.runs))
        self._about.setText(
            tr("The newest {} tests of this account are kept. Choose one to see it.").format(
                KEPT_RUNS
            )
            if showing.runs
            else tr("No test of this account has been kept yet.")
        )

    def _draw_icons(self) -> None:
        for item in self.list.findItems("", Qt.MatchFlag.MatchContains):
            summary: RunSummary = item.data(0, SUMMARY)
            mark, _ = verdict_mark(summary.verdict)
            if mark:
                name, colour = mark
                item.setIcon(1, icon(name, getattr(self._theme.colours, colour)))

    def _open(self, item: QTreeWidgetItem) -> None:
        self.chosen.emit(item.data(0, SUMMARY))

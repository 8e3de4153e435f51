"""The list of sources: each place that is looked at, and how the look at it ended."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from motion_desk.services.discovery.candidates import Detection, Source, SourceResult
from motion_desk.services.tester.wording import one_line
from motion_desk.ui.detecting import words
from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.words import tr

SIDE = 16


class SourceRow(QWidget):
    """One source: its icon, its title, and what it said."""

    def __init__(self, source: Source, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"source:{source.value}")
        self._source = source
        self._shown: tuple[str, str, str] | None = None
        self._sign: QWidget = QLabel(self)
        title = wrapped(tr(source.title))
        title.setProperty("role", "heading")
        self.said = wrapped("", "muted")
        self.said.setObjectName(f"said:{source.value}")
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(self.said)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(column, 1)

    def show_result(self, result: SourceResult | None, *, running: bool) -> None:
        """Show how it ended; or that it has not, and whether it is being looked at."""
        if result is not None:
            name, role = words.ENDINGS[result.ending]
            text = one_line(result.sentence, words.LONGEST)
        else:
            name, role = words.RUNNING if running else words.WAITING
            text = tr("Looking…") if running else ""
        if (name, role, text) == self._shown:
            return
        self._shown = (name, role, text)
        sign = IconLabel(name, role, SIDE)
        self._row.replaceWidget(self._sign, sign)
        self._row.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self._sign.hide()
        self._sign.deleteLater()
        self._sign = sign
        self.said.setText(breakable(text))
        self.said.setVisible(bool(text))
        self.setAccessibleName(f"{tr(self._source.title)}: {text}")


class SourceList(QWidget):
    """All sources, in the order in which they are trusted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sources")
        self.setAccessibleName(tr("Sources"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QLabel(tr("Where it looks"), self)
        head.setProperty("role", "caption")
        column.addWidget(head)
        self._rows = {source: SourceRow(source, self) for source in Source}
        for row in self._rows.values():
            column.addWidget(row)
        column.addStretch(1)
        self.show_detection(None, running=False)

    def show_detection(self, found: Detection | None, *, running: bool) -> None:
        """Show how far a search is; nothing of one where there was none."""
        ended = {result.source: result for result in found.sources} if found else {}
        for source, row in self._rows.items():
            row.show_result(ended.get(source), running=running)

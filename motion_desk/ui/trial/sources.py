"""Sources: the buttons that bring messages to the trial, and what is being read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.trial.readings import Readings

COUNTS, USUAL = (10, 50, 200, 1_000), 50
"""How many messages of the mailbox can be read, and how many are unless another is chosen."""


class Sources(QWidget):
    """Offers files, the mailbox and the samples, each by a call of its own."""

    def __init__(
        self,
        open_files: Callable[[], object],
        read_mailbox: Callable[[int], object],
        read_samples: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        flow = Flow(self, 8)
        self.open = self._button("folder-open", "open", tr("Open messages…"))
        self.open.setProperty("role", "primary")
        self.open.setToolTip(tr("Files of one message (.eml) or of many (mbox); or drop them here"))
        self.open.clicked.connect(lambda: open_files())  # noqa: PLW0108 - without the click's flag
        self.samples = self._button("flask-conical", "samples", tr("Samples"))
        self.samples.setToolTip(
            tr("Nine messages of the lab: spam, infected mail, newsletters and normal ones")
        )
        self.samples.clicked.connect(
            lambda: read_samples()  # noqa: PLW0108 - without the click's flag
        )
        self.mailbox = self._button("inbox", "mailbox", tr("Read from the mailbox"))
        self.mailbox.setToolTip(tr("The newest headers, read-only: nothing is marked as read"))
        self.count = Combo(self)
        self.count.setObjectName("trial:count")
        self.count.setAccessibleName(tr("How many of the mailbox's newest messages"))
        for count in COUNTS:
            self.count.addItem(tr("the {} newest").format(f"{count:,}"), count)
        self.count.setCurrentIndex(COUNTS.index(USUAL))
        self.mailbox.clicked.connect(lambda: read_mailbox(int(self.count.currentData())))
        beside = QWidget(self)
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.mailbox)
        row.addWidget(self.count)
        for widget in (self.open, self.samples, beside):
            flow.addWidget(widget)

    def _button(self, sign: str, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"trial:{name}")
        if sign != "folder-open":  # the accent's ground would hide it
            button.setIcon(icon(sign))
            button.setIconSize(QSize(15, 15))
        button.setAutoDefault(False)
        return button


class ReadingStrip(QFrame):
    """What is being read, or what came of it, with a way to end it or to put it away."""

    def __init__(self, readings: Readings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trial:reading")
        self.setProperty("role", "strip")
        self._readings = readings
        self._said = wrapped()
        self._said.setObjectName("trial:said")
        self._trouble = wrapped("", "warning")
        self._trouble.setObjectName("trial:trouble")
        self._busy = IconLabel("loader-circle", "", 16)
        self._done = IconLabel("info", "", 16)
        self.stop = QPushButton(tr("Stop"), self)
        self.stop.setObjectName("trial:stop")
        self.stop.clicked.connect(readings.stop)
        self.close_ = QToolButton(self)
        self.close_.setObjectName("trial:forget")
        self.close_.setIcon(icon("x"))
        self.close_.setIconSize(QSize(14, 14))
        self.close_.setAccessibleName(tr("Put this remark away"))
        self.close_.setToolTip(self.close_.accessibleName())
        self.close_.clicked.connect(readings.forget)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self._said)
        texts.addWidget(self._trouble)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 8, 5)
        row.setSpacing(9)
        row.addWidget(self._busy)
        row.addWidget(self._done)
        row.addLayout(texts, 1)
        row.addWidget(self.stop)
        row.addWidget(self.close_)
        self.hide()

    def show_reading(self, account: str) -> None:
        """Show what is read for an account; nothing hides it."""
        readings = self._readings
        mine = readings.account == account
        said, trouble = (readings.said, readings.trouble) if mine else ("", ())
        busy = mine and readings.busy
        self._said.setText(breakable(said))
        self._said.setVisible(bool(said))
        self._trouble.setText(breakable("\n".join(trouble)))
        self._trouble.setVisible(bool(trouble))
        self._busy.setVisible(busy)
        self._done.setVisible(not busy)
        self.stop.setVisible(busy)
        self.close_.setVisible(not busy)
        self.setVisible(bool(said or trouble))


class EmptyPlace(QFrame):
    """What stands in the matrix's place while there is no message: what to do, and where to drop."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "drop-here")
        self._text = wrapped(text, "muted")
        self._text.setObjectName("trial:empty")
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 26, 18, 26)
        row.setSpacing(14)
        row.addWidget(IconLabel("file-input", "muted", 28))
        row.addWidget(self._text, 1)

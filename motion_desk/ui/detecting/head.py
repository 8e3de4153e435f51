"""The head of the dialog: the address, the button that searches or stops, and what nobody need fear."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from motion_desk.ui.editors.switch import Switch
from motion_desk.ui.form.lines import IconLabel, wrapped
from motion_desk.ui.form.words import tr

LONGEST_SAID = 40
"""Characters of a domain that a sentence repeats."""


class Head(QWidget):
    """Asks for an address. ``pressed`` tells of the button, ``edited`` of every change."""

    pressed = Signal()
    edited = Signal()

    def __init__(self, address: str, parent: QWidget) -> None:
        super().__init__(parent)
        # Not the form's editor: that leaves undoing to the window, which is blocked meanwhile.
        self.address = QLineEdit(self)
        self.address.setObjectName("detect:address")
        self.address.setAccessibleName(tr("Email address"))
        self.address.setPlaceholderText(tr("name@example.com"))
        self.address.setText(address)
        self.address.textChanged.connect(self._edit)
        self._search = QPushButton(self)
        self._search.setObjectName("detect:search")
        self._search.setAutoDefault(False)
        self._search.clicked.connect(lambda: self.pressed.emit())  # noqa: PLW0108 - without its flag
        self._list = Switch(self)
        self._list.setObjectName("detect:list")
        self._list.setAccessibleName(tr("Ask Thunderbird's public list, too"))
        self._asked = wrapped()
        self._problem = wrapped("", "error")
        self._problem.setObjectName("detect:problem")
        label = QLabel(tr("Email address"), self)
        label.setBuddy(self.address)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(label)
        line.addWidget(self.address, 1)
        line.addWidget(self._search)
        listed = QHBoxLayout()
        listed.setSpacing(6)
        listed.addWidget(self._list)
        listed.addWidget(self._asked, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self._problem)
        column.addLayout(listed)
        column.addLayout(_safety())
        self._edit()

    @property
    def text(self) -> str:
        """The address as typed, without blanks around it."""
        return self.address.text().strip()

    @property
    def lists(self) -> bool:
        """Whether the public list is to be asked, too."""
        return self._list.isChecked()

    def show_state(self, *, stops: bool, is_first: bool, problem: str) -> None:
        """Show what the button does, whether it is the first thing to do, and what is wrong."""
        self._search.setText(tr("Stop") if stops else tr("Detect"))
        role = "primary" if is_first else ""
        if self._search.property("role") != role:
            self._search.setProperty("role", role)
            self._search.style().unpolish(self._search)
            self._search.style().polish(self._search)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _edit(self) -> None:
        domain = self.text.rpartition("@")[2]
        asked = tr("Ask Thunderbird's public list, too. It then learns of “{}”, nothing else.")
        without = tr("Ask Thunderbird's public list, too. It then learns of the domain.")
        short = 0 < len(domain) < LONGEST_SAID
        self._asked.setText(asked.format(domain) if short else without)
        self.edited.emit()


def _safety() -> QHBoxLayout:
    """What nobody need fear."""
    row = QHBoxLayout()
    row.setSpacing(7)
    row.addWidget(IconLabel("shield-check", "success"), 0, Qt.AlignmentFlag.AlignTop)
    said = tr("No password is sent to any of these hosts. Settings count only once you use them.")
    row.addWidget(wrapped(said, "muted"), 1)
    return row

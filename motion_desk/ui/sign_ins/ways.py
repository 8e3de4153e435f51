"""The ways to sign in: what each needs, and a button that begins it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from motion_desk.services.oauth.standing import State
from motion_desk.ui.form.lines import IconLabel, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.sign_ins.shown import Shown

BUTTON_WIDTH = 170


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way: its word in ``Flow``, an icon's and a role's name, the button's words, what it is."""

    flow: str
    sign: tuple[str, str]
    verb: str
    about: str


WAYS = (
    WayIn(
        "device",
        ("monitor-smartphone", "muted"),
        "By a code",
        "A code is shown here. You type it in on Microsoft's page, on any computer or telephone. "
        "The app registration must allow public client flows.",
    ),
    WayIn(
        "browser",
        ("app-window", "muted"),
        "In the browser",
        "Microsoft's page opens on this computer. The app registration must know the address "
        "http://localhost.",
    ),
    WayIn(
        "application",
        ("bot", "muted"),
        "As the application",
        "Nobody signs in: the client secret is enough. It takes the place of a person's sign-in. "
        "That Motion can do the same is not documented.",
    ),
)
IN_LAB = "The lab does a person's part by itself, and nothing is kept."


class Ways(QWidget):
    """Offers the ways; ``chosen`` names the one that a person wants."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._who = wrapped("", "muted")
        self._who.setObjectName("sign-ins:who")
        column.addWidget(self._who)
        self._buttons: dict[str, QPushButton] = {}
        self._abouts: dict[str, QLabel] = {}
        for way in WAYS:
            column.addLayout(self._row(way))

    def _row(self, way: WayIn) -> QHBoxLayout:
        button = QPushButton(tr(way.verb), self)
        button.setObjectName(f"sign-in:{way.flow}")
        button.setMinimumWidth(BUTTON_WIDTH)
        button.setAutoDefault(False)
        button.setAccessibleDescription(tr(way.about))
        button.clicked.connect(lambda: self.chosen.emit(way.flow))
        about = wrapped(tr(way.about), "muted")
        about.setContentsMargins(0, 6, 0, 0)
        sign = QVBoxLayout()
        sign.addSpacing(5)
        sign.addWidget(IconLabel(*way.sign, 18))
        sign.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(button, 0, top)
        row.addLayout(sign)
        row.addWidget(about, 1, top)
        self._buttons[way.flow], self._abouts[way.flow] = button, about
        return row

    def focus(self, flow: str) -> None:
        """Lead the keyboard to a way."""
        self._buttons[flow].setFocus()

    def show_shown(self, shown: Shown, elsewhere: str) -> None:
        """Enable what can be done; ``elsewhere`` is the provider that is being signed in to."""
        incomplete = shown.standing.state is State.INCOMPLETE and not shown.lab
        for flow, button in self._buttons.items():
            missing = flow == "application" and not shown.entry.client_secret and not shown.lab
            button.setEnabled(not (elsewhere or incomplete or missing))
            about = next(way.about for way in WAYS if way.flow == flow)
            if missing:
                about = tr("Needs the client secret, which is not kept here. ") + about
            self._abouts[flow].setText(about)
        text = ""
        if elsewhere:
            text = tr("A sign-in to “{}” is under way. One is made at a time.").format(elsewhere)
        elif shown.lab:
            text = tr(IN_LAB)
        elif incomplete:
            text = tr("Complete the cloud provider first.")
        elif len(shown.logins) == 1:
            text = tr("{} is to sign in.").format(shown.logins[0])
        elif shown.logins:
            text = tr("To sign in: {}.").format(", ".join(shown.logins))
        self._who.setText(text)
        self._who.setVisible(bool(text))

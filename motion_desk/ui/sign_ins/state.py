"""The state of a sign-in: one sentence, what else to know, and until when it holds."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from motion_desk.services.oauth.cache import Kind
from motion_desk.services.oauth.standing import SOON, Level, Remark, State, distance
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.page import card
from motion_desk.ui.sign_ins.shown import MARKS, Shown, same
from motion_desk.ui.test.reading import Reading
from motion_desk.ui.test.words import moment
from motion_desk.ui.theme import Theme

LABEL_WIDTH = 150
LEVELS = {
    Level.ERROR: ("circle-alert", "error"),
    Level.WARNING: ("triangle-alert", "warning"),
    Level.NOTE: ("info", "muted"),
}
MOTIONS_OWN = (
    "A sign-in here is for tests from this workstation. Motion signs in by itself, and nothing "
    "that is kept here reaches it."
)


class StateCard(QWidget):
    """Shows how it stands with a provider; ``completed`` asks to go to its fields."""

    completed = Signal()
    forgotten = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Shown | None = None
        frame, column = card(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        head = QHBoxLayout()
        head.setSpacing(9)
        self._sign_place = QHBoxLayout()
        head.addLayout(self._sign_place)
        self.sentence = wrapped("", "heading")
        self.sentence.setObjectName("sign-ins:state")
        head.addWidget(self.sentence, 1)
        column.addLayout(head)
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(4)
        column.addLayout(self._remarks)
        self.facts = Reading(tr("What is known of the sign-in"), self)
        self.facts.setObjectName("sign-ins:facts")
        column.addWidget(self.facts)
        buttons = QWidget(self)
        flow = Flow(buttons, 6)
        self._go = QPushButton(tr("Go to the cloud provider"), self)
        self._go.setObjectName("sign-ins:go")
        self._go.clicked.connect(self.completed)
        self._forget = QPushButton(tr("Forget…"), self)
        self._forget.setObjectName("sign-ins:forget")
        self._forget.setToolTip(tr("Sign out: delete the tokens that are kept here."))
        self._forget.clicked.connect(self.forgotten)
        for button in (self._go, self._forget):
            button.setAutoDefault(False)
            flow.addWidget(button)
        column.addWidget(buttons)
        column.addWidget(wrapped(tr(MOTIONS_OWN), "muted"))
        theme.changed.connect(self._draw)

    def show_shown(self, shown: Shown) -> None:
        """Draw a provider's state."""
        if not same(self._shown, shown):
            self._shown = shown
            self._draw()

    def _draw(self) -> None:
        shown = self._shown
        if shown is None:
            return
        name, colour = MARKS[shown.standing.state]
        _empty(self._sign_place)
        role = colour if colour in ("error", "warning", "success", "muted") else ""
        self._sign_place.addWidget(IconLabel(name, role, 18), 0, Qt.AlignmentFlag.AlignTop)
        self.sentence.setText(breakable(shown.standing.sentence))
        _empty(self._remarks)
        for number, remark in enumerate(shown.standing.remarks):
            self._remarks.addWidget(_line(remark, number))
        muted = self._theme.colours.muted
        rows = "".join(
            f"<tr><td width='{LABEL_WIDTH}' style='color: {muted}'>{escape(label)}</td>"
            f"<td>{escape(value)}</td></tr>"
            for label, value in _facts(shown)
        )
        self.facts.setHtml(f"<table width='100%' cellpadding='2'>{rows}</table>")
        self._go.setText(
            tr("Complete the cloud provider")
            if shown.standing.state is State.INCOMPLETE
            else tr("Go to the cloud provider")
        )
        self._forget.setVisible(shown.is_kept)
        self._forget.setEnabled(not shown.lab)
        self._forget.setToolTip(
            tr("Leave the lab to delete what is kept here.")
            if shown.lab
            else tr("Sign out: delete the tokens that are kept here.")
        )


def _facts(shown: Shown) -> Iterator[tuple[str, str]]:
    """What is known, as labels and values."""
    for holder in shown.kept.holders:
        whose = tr(" of {}").format(holder.login) if len(shown.kept.holders) > 1 else ""
        if holder.until:
            ended = holder.until <= shown.now
            said = moment(holder.until)[:-3]
            said = tr("{}, ended").format(said) if ended else said
            yield tr("Token until") + whose, said
        if holder.got:
            yield tr("Last renewed") + whose, moment(holder.got)[:-3]
        yield tr("Renewal") + whose, _renewal(shown, renews=holder.renews)
    if shown.is_kept:
        place = shown.place if shown.lasting else tr("the program's memory, until it is closed")
        yield tr("Kept in"), place
    ends = shown.entry.secret_expires
    if ends is not None and (ends - shown.now.astimezone().date()).days > SOON:
        yield tr("Client secret ends"), f"{ends.isoformat()}, {distance(ends, shown.now)}"
    users = ", ".join(each.account for each in shown.mailboxes)
    if users:
        yield tr("Used by"), users
    yield tr("In Motion (as noted)"), tr(shown.entry.signed_in.label)


def _renewal(shown: Shown, *, renews: bool) -> str:
    if not renews:
        return tr("none: sign in again when the token has ended")
    if shown.kept.kind is Kind.APPLICATION:
        if not shown.entry.client_secret:
            return tr("none: the client secret is missing")
        return tr("by the client secret, with the next test")
    return tr("by itself, with the next test; mostly for 90 days without use")


def _line(remark: Remark, number: int) -> QWidget:
    sign, role = LEVELS[remark.level]
    line = QWidget()
    line.setObjectName(f"sign-ins:remark:{number}")
    row = QHBoxLayout(line)
    row.setContentsMargins(1, 0, 0, 0)
    row.setSpacing(9)
    row.addWidget(IconLabel(sign, role, 16), 0, Qt.AlignmentFlag.AlignTop)
    text: QLabel = wrapped(breakable(remark.sentence), role)
    row.addWidget(text, 1)
    return line


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()

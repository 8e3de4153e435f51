"""The detail: what is known of the chosen account, whole, with ways to its test and its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from motion_desk.ui.board.lines import NAMES, TITLES, Column, Line, Phase
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.links import link_button
from motion_desk.ui.form.words import tr
from motion_desk.ui.test.marks import RESULTS
from motion_desk.ui.test.words import moment

if TYPE_CHECKING:
    from motion_desk.services.tester.board import Past

_WAYS = {
    Column.RESULT: "Open its test",
    Column.SECRET: "Go to the client secret",
    Column.REVIEW: "Go to the review",
}


class Detail(QFrame):
    """Says all of one line; ``asked`` names the account and the column that is to be opened."""

    asked = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("board:detail")
        self.setProperty("role", "card")
        self._account = ""
        self.sentence = wrapped("", "heading")
        self.sentence.setObjectName("board:detail-sentence")
        self.text = wrapped()
        self.text.setObjectName("board:detail-text")
        self.about = wrapped("", "muted")
        self.about.setObjectName("board:detail-about")
        for label in (self.sentence, self.text, self.about):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        ways = QHBoxLayout()
        ways.setSpacing(14)
        self._ways: dict[Column, QPushButton] = {}
        for column, text in _WAYS.items():
            button = link_button(tr(text), f"board:open-{column.name.lower()}", self, flush=True)
            button.clicked.connect(lambda _=False, column=column: self._ask(column))
            self._ways[column] = button
            ways.addWidget(button)
        ways.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 9, 14, 7)
        layout.setSpacing(3)
        for widget in (self.sentence, self.text, self.about):
            layout.addWidget(widget)
        layout.addLayout(ways)

    def show_line(self, line: Line | None, count: int) -> None:
        """Say what is known of the account that the keyboard is at, of ``count`` chosen ones."""
        self._account = line.subject.account if line else ""
        if line is None:
            said = tr("{} accounts are chosen.").format(count) if count else tr("Choose an account")
            self._say(
                said, tr("A double click or Enter opens its test, or the field of a day."), ""
            )
        else:
            self._say(*_said(line))
        row = line.subject.row if line else None
        for column, button in self._ways.items():
            wanted = {
                Column.SECRET: row is not None and row.secret is not None,
                Column.REVIEW: row is not None and row.any_certificate is not None,
            }
            button.setVisible(line is not None and wanted.get(column, not line.subject.trouble))

    def _say(self, sentence: str, text: str, about: str) -> None:
        for label, said in ((self.sentence, sentence), (self.text, text), (self.about, about)):
            shown = breakable(said)
            if label.text() != shown:
                label.setText(shown)
            label.setVisible(bool(said))

    def _ask(self, column: Column) -> None:
        self.asked.emit(self._account, column)


def _said(line: Line) -> tuple[str, str, str]:
    """The sentence, what explains it, and what else must be known of it."""
    subject = line.subject
    name = subject.name or tr("Unnamed account")
    if subject.phase is not Phase.NONE or subject.row is None:
        return f"{name}: {line.cells[Column.RESULT].text}", subject.trouble, _values(line)
    past = subject.row.past
    if past.verdict is None:
        untested = tr("Not tested yet. “Test the chosen” tests it.")
        return name, untested, " · ".join(filter(None, (_values(line), *_days(line))))
    sentence = f"{name}: {tr(past.verdict.sentence)}"
    about = [*_tested(past), _values(line), *_days(line)]
    detail = tr(past.verdict.detail)
    if subject.trouble:
        sentence, detail = f"{name}: {tr('Cannot be read')}", subject.trouble
    said = " · ".join(filter(None, about))
    return sentence, detail, said[:1].upper() + said[1:]


def _tested(past: Past) -> list[str]:
    said = [tr("tested {}").format(moment(past.at))] if past.at else []
    if past.lab:
        said.append(tr("in the lab"))
    said += [
        f"{each.label}: {tr(RESULTS[tone.value]).lower()}" for each, tone in past.tones.items()
    ]
    proved = tr("last proof {}").format(moment(past.proved)) if past.proved else tr("never proved")
    return [*said, proved]


def _values(line: Line) -> str:
    return tr("a new test uses the unsaved values on screen") if line.subject.unsaved else ""


def _days(line: Line) -> list[str]:
    """The days on which something ends, each with what it is."""
    return [
        f"{tr(NAMES.get(column, TITLES[column]))}: {cell.text}, {cell.below}"
        for column in (Column.CERTIFICATE, Column.SECRET, Column.REVIEW)
        if (cell := line.cells[column]).below
    ]

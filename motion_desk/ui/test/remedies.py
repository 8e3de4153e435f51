"""Remedies: what can be done about a finding, ranked, and the buttons that do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester import wording
from motion_desk.services.tester.steps import Finding, Remedy
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.test import words
from motion_desk.ui.test.applying import is_applied
from motion_desk.ui.test.showing import Showing

NUMBER_WIDTH = 22
SIGN_IN = ("sign-in", "sign-in-again")
"""The codes of remedies that are done on the page of sign-ins."""


@dataclass(frozen=True, slots=True)
class Acts:
    """What the page can do for a person; each is called on the window's thread.

    ``apply`` makes a remedy's changes, with the answer about its risk; ``test`` tests again, of
    some protocols where others still hold; ``test_in`` does so in so many seconds, and ``cancel``
    takes that back; ``go`` goes to a field, ``sign_in`` to the sign-ins. Without ``test`` nothing
    is tested again from there, and without ``sign_in`` there is no way to those.
    """

    apply: Callable[[Finding, Remedy, tuple[str, date] | None], None]
    test: Callable[[tuple[Protocol, ...]], None] | None
    test_in: Callable[[float], None]
    cancel: Callable[[], None]
    go: Callable[[str], None]
    sign_in: Callable[[], None] | None = None


class RemedyBox(QWidget):
    """One remedy: its sentence, what it would change, and its buttons.

    ``place`` tells it from the other remedies of a page, in the names of its buttons.
    """

    def __init__(
        self,
        number: int,
        place: str,
        protocol: Protocol,
        finding: Finding,
        remedy: Remedy,
        acts: Acts,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"remedy:{place}")
        self._place = place
        self._number = number
        self._protocol = protocol
        self._finding = finding
        self.remedy = remedy
        self._acts = acts
        self._changes = bool(remedy.changes or remedy.workspace_changes)
        self._apply: QPushButton | None = None
        self._apply_again: QPushButton | None = None
        self._later: QLabel | None = None
        self._wait: QPushButton | None = None
        self._cancel: QPushButton | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(4)
        mark = QLabel(f"{number}.", self)
        mark.setProperty("role", "heading")
        mark.setFixedWidth(NUMBER_WIDTH)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        row.addLayout(self._column, 1)
        self._column.addWidget(wrapped(breakable(words.remedy_sentence(remedy))))
        for note in _notes(remedy):
            self._column.addWidget(wrapped(note, "muted"))
        if remedy.differences:
            self._column.addLayout(_differences(remedy, self))
        self._letter: QPlainTextEdit | None = None  # made when it is first shown
        buttons = self._make_buttons()
        if buttons:
            line = QWidget(self)
            flow = Flow(line, 6)
            for button in buttons:
                flow.addWidget(button)
            self._column.addWidget(line)

    def _make_buttons(self) -> list[QWidget]:
        remedy, buttons = self.remedy, list[QWidget]()
        if self._changes:
            self._apply = best = self._made("apply", tr("Apply"))
            self._apply.clicked.connect(lambda: self._do(again=False))
            if self._acts.test:
                self._apply_again = best = self._made("apply-again", tr("Apply and test again"))
                self._apply_again.clicked.connect(lambda: self._do(again=True))
                buttons.append(self._apply_again)
            buttons.append(self._apply)
            if self._number == 1 and not remedy.risk:
                best.setProperty("role", "primary")
        elif remedy.differences:
            self._later = QLabel(tr("Test again to apply this."), self)
            self._later.setProperty("role", "muted")
            buttons.append(self._later)
        if remedy.code in SIGN_IN and self._acts.sign_in:
            sign_in = self._made("sign-in", tr("Sign in…"))
            sign_in.clicked.connect(self._acts.sign_in)
            buttons.append(sign_in)
        if remedy.field:
            go = self._made("go", tr("Go to the field"))
            go.setToolTip(words.field_name(remedy.field))
            go.clicked.connect(lambda: self._acts.go(remedy.field))
            buttons.append(go)
        if remedy.again_after and self._acts.test:
            self._wait = self._made("wait", "")
            self._wait.clicked.connect(lambda: self._acts.test_in(remedy.again_after))
            self._cancel = self._made("cancel", tr("Cancel"))
            self._cancel.clicked.connect(self._acts.cancel)
            buttons += [self._wait, self._cancel]
        if remedy.letter:
            copy = self._made("copy-letter", tr("Copy the text"))
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(remedy.letter))
            show = self._made("letter", tr("Show the text"))
            show.setCheckable(True)
            show.toggled.connect(self._show_letter)
            buttons += [copy, show]
        return buttons

    def _made(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"{name}:{self._place}")
        button.setAutoDefault(False)
        return button

    def _make_letter(self) -> QPlainTextEdit:
        letter = QPlainTextEdit(self.remedy.letter, self)
        letter.setObjectName(f"text:{self._place}")
        letter.setReadOnly(True)
        letter.setTabChangesFocus(True)
        letter.setAccessibleName(tr("Text for the {}").format(words.who(self.remedy)))
        let_undo_through(letter)
        lines = min(14, self.remedy.letter.count("\n") + 3)
        letter.setFixedHeight(lines * letter.fontMetrics().lineSpacing() + 14)
        return letter

    def _show_letter(self, on: bool) -> None:
        if self._letter is None:
            self._letter = self._make_letter()
            self._column.addWidget(self._letter)
        self._letter.setVisible(on)

    def show_showing(self, showing: Showing) -> None:
        """Enable what can be done now; ``Apply`` says where it is done already."""
        free = not showing.under_way
        if self._apply:
            done = is_applied(self.remedy, showing.account, showing.workspace)
            self._apply.setText(tr("Applied") if done else tr("Apply"))
            self._apply.setEnabled(not done)
            if self._apply_again:
                self._apply_again.setText(tr("Test again") if done else tr("Apply and test again"))
                self._apply_again.setEnabled(free)
        if self._wait and self._cancel:
            text = tr("Test again in {} s").format(f"{self.remedy.again_after:g}")
            if showing.again:
                text = tr("Testing again in {} s").format(showing.again)
            self._wait.setText(text)
            self._wait.setEnabled(free and not showing.again and not showing.earlier)
            self._cancel.setVisible(bool(showing.again))

    def _do(self, *, again: bool) -> None:
        """Apply the remedy, asked about its risk before, and test again if that is wanted."""
        if again and self._apply is not None and not self._apply.isEnabled():
            self._test_again()
        elif self.remedy.risk:
            from motion_desk.ui.test.risk import Risk

            dialog = Risk(words.remedy_sentence(self.remedy), self.window())
            dialog.accepted.connect(lambda: self._apply_now(dialog.answer, again))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
        else:
            self._apply_now(None, again)

    def _apply_now(self, answer: tuple[str, date] | None, again: bool) -> None:
        self._acts.apply(self._finding, self.remedy, answer)
        if again:
            self._test_again()

    def _test_again(self) -> None:
        if self._acts.test:
            self._acts.test((self._protocol,))


def _notes(remedy: Remedy) -> list[str]:
    """What has to be known about a remedy before it is chosen."""
    notes = []
    if remedy.here:
        notes.append(tr("On this workstation only; Motion's verdict stays."))
    if remedy.risk:
        notes.append(tr("At your own risk: asks for a reason and a review date."))
    if remedy.workspace_changes:
        notes.append(tr("Changes the workspace, which must be saved too."))
    if who := words.who(remedy):
        notes.append(tr("Who can do it: the {}.").format(who))
    return notes


def _differences(remedy: Remedy, parent: QWidget) -> QGridLayout:
    """The fields that would change, before and after."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    for row, each in enumerate(remedy.differences):
        label = QLabel(tr(each.label), parent)
        label.setProperty("role", "muted")
        before, after = (wording.one_line(text, 200) for text in (each.before, each.after))
        change = wrapped(breakable(f"{before}  →  {after}"))
        change.setAccessibleName(
            tr("{label}: {before} becomes {after}").format(
                label=tr(each.label), before=before, after=after
            )
        )
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(change, row, 1)
    grid.setColumnStretch(1, 1)
    return grid

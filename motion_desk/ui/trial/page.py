"""The page of the panel “Filter trial”: messages, what each rule says of them, and why."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motion_desk.models.choices import Expected
from motion_desk.models.sections.expectations import MESSAGES
from motion_desk.models.sections.routing import HEADER_FILTERS
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.escape import let_escape_stop
from motion_desk.ui.panels.page import PanelPage
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test.strips import Strip
from motion_desk.ui.trial.acts import ActBar
from motion_desk.ui.trial.detail import MessageDetail
from motion_desk.ui.trial.dropping import DropHint
from motion_desk.ui.trial.findings import FindingList
from motion_desk.ui.trial.judging import Judging
from motion_desk.ui.trial.legend import Legend
from motion_desk.ui.trial.lines import MOST
from motion_desk.ui.trial.pinning import is_cut, pinned, unpinned
from motion_desk.ui.trial.readings import Readings
from motion_desk.ui.trial.sources import EmptyPlace, ReadingStrip, Sources
from motion_desk.ui.trial.table import MatrixTable
from motion_desk.ui.trial.words import pin_to_show, pins_sentence

ABOUT = (
    "Shows what the account's header filters do with messages, before they go live. Rules apply "
    "from top to bottom and the first that matches decides: that is a model of the documentation. "
    "Files and the mailbox are only read, and nothing is marked as read."
)
EMPTY = (
    "No message yet. Open .eml or mbox files or drop them here, read the newest headers of the "
    "mailbox, or begin with the samples."
)
NO_RULES = "The account has no header filters yet, so that every message passes."
"""What is said where there is nothing to try."""


class TrialPage(PanelPage):
    """Shows the matrix of the open account's rules and messages."""

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        super().__init__("trial", tr("Filter trial"), tr(ABOUT), parent)
        inner = self.widget()
        assert inner is not None  # noqa: S101 - the base has set it
        inner.setMaximumWidth(16_777_215)  # a table takes all the room there is
        self._tools = tools
        self._account_id = ""
        self._announced = ""
        self._choices: dict[str, int] = {}
        self.readings = Readings(tools, self)
        self.judging = Judging(self)
        self.sources = Sources(self._open, self._read_mailbox, self._read_samples, inner)
        self._lab = Strip(
            "trial-lab", "flask-conical", "lab", tr("Leave the lab"), tools.lab.turn_off, inner
        )
        self._reading = ReadingStrip(self.readings, inner)
        self._pins = Strip("trial-pins", "pin", "", tr("Show"), self._show_pins, inner)
        self._pins_wrong = Strip(
            "trial-pins-wrong", "triangle-alert", "warning", tr("Show"), self._show_pins, inner
        )
        self._rules = Strip(
            "trial-rules", "info", "", tr("Go to the filters"), self._go_to_rules, inner
        )
        self._empty = EmptyPlace(tr(EMPTY), inner)
        self.table = MatrixTable(tools.theme, inner)
        self._legend = Legend(tools.theme, inner)
        self._left_out = wrapped("", "muted")
        self._left_out.setObjectName("trial:left-out")
        self._bar = ActBar(
            self._pin, self._unpin, self._show_in_timeline, self._take_out, self._clear, inner
        )
        self.detail = MessageDetail(tools.theme, self._go_to_rule, inner)
        self.review = FindingList(tools.theme, tools.go_to, inner)
        self._drop = DropHint(self, self.read_files)
        self._fill(self.column)
        self.judging.began.connect(self._begin_matrix)
        self.judging.grew.connect(self._grow_matrix)
        self.judging.ended.connect(self._end_matrix)
        self.readings.changed.connect(self._draw_reading)
        self.table.turned.connect(self._turn)
        tools.desk.shown.connect(self._look)
        tools.lab.changed.connect(self._draw_strips)
        tools.messages.changed.connect(self._look_at)
        let_escape_stop(self, self.readings.stop)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        delete.activated.connect(self._take_out)

    def _fill(self, column: QVBoxLayout) -> None:
        column.setSpacing(9)
        for widget in (
            self.sources,
            self._lab,
            self._reading,
            self._rules,
            self._pins,
            self._pins_wrong,
            self._empty,
            self.table,
            self._legend,
            self._left_out,
            self._bar,
            self.detail,
            self.review,
        ):
            column.addWidget(widget)
        column.addStretch(1)

    @property
    def is_drawn(self) -> bool:
        """Whether nothing is read or judged that will still be shown."""
        return not (self.judging.busy or self.readings.busy)

    # What the program shows

    def came(self) -> None:
        self._look()
        self._draw_strips()

    def finish(self) -> None:
        self.readings.close()
        self.judging.forget()

    def _look_at(self, account_id: str) -> None:
        if account_id == self._account_id:
            self._look()

    def _look(self, _: object = None) -> None:
        account = self._tools.desk.account
        if account is None or not self.isVisible():
            return
        if account.id != self._account_id:
            self._account_id = account.id
            self.judging.clear()
            self._draw_reading()
        self.judging.show(account, self._tools.messages.of(account.id))
        self._choose_sent()
        self._rules.say("" if account.advanced.header_filters else tr(NO_RULES))

    def _begin_matrix(self) -> None:
        matrix = self.judging.matrix
        has_lines = bool(matrix.lines)
        if not has_lines:
            for part in (self._pins, self._pins_wrong, self.review):
                part.hide()
        for widget in (self.table, self._legend, self._bar, self.detail):
            widget.setVisible(has_lines)
        self._empty.setVisible(not has_lines)
        text = tr("{} more messages are left out: {} are tried at once.")
        said = text.format(f"{matrix.left_out:,}", f"{MOST:,}") if matrix.left_out else ""
        self._left_out.setText(said)
        self._left_out.setVisible(bool(said))
        self.table.show_matrix(matrix)
        self._choose_sent()

    def _choose_sent(self) -> None:
        """Choose, once it is in the table, the message that another page chose last."""
        count, digest = self._tools.messages.choice(self._account_id)
        if count > self._choices.get(self._account_id, 0):
            for line in self.judging.matrix.lines:
                if line.incoming.digest == digest:
                    self._choices[self._account_id] = count
                    self.table.choose(line.key)
                    break

    def _grow_matrix(self, first: int) -> None:
        self.table.grow(first)

    def _end_matrix(self) -> None:
        said, is_good = pins_sentence(self.judging.matrix)
        self._pins.say(said if is_good else "")
        self._pins_wrong.say("" if is_good else said)
        self.review.show_found(self.judging.matrix, self.judging.findings)
        if self.judging.trouble:
            self._tools.warn(self.judging.trouble)

    def _turn(self) -> None:
        """Show what is chosen."""
        matrix, row = self.table.rows.matrix, self.table.row
        if 0 <= row < len(matrix.lines):
            self.detail.show_message(matrix, row, self.table.rule)
        any_opened = bool(self._tools.messages.of(self._account_id))
        self._bar.show_chosen(self.table.chosen, any_opened=any_opened)

    def _draw_reading(self) -> None:
        self._reading.show_reading(self._account_id)
        said = "" if self.readings.busy else self.readings.said
        if said and said != self._announced and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self._announced = said

    def _draw_strips(self) -> None:
        lab = self._tools.lab.shown
        said = tr(
            "In the lab: {}. “Read from the mailbox” reads the lab's mailbox; nothing leaves this "
            "computer."
        )
        self._lab.say(said.format(tr(lab.title)) if lab else "")

    # What a person does

    def read_files(self, paths: list[Path] | tuple[Path, ...]) -> None:
        """Try the messages of files."""
        account = self._tools.desk.account
        if account and paths:
            self.readings.read_files(account.id, paths)

    def _open(self) -> None:
        self.read_files(self._tools.questions.open_messages())

    def _read_samples(self) -> None:
        if account := self._tools.desk.account:
            self.readings.read_samples(account)

    def _read_mailbox(self, count: int) -> None:
        self._tools.desk.settle()
        if account := self._tools.desk.account:
            self.readings.read_mailbox(account, count)

    def _pin(self, expected: Expected) -> None:
        account, chosen = self._tools.desk.account, self.table.chosen
        if account is None or not chosen:
            return
        self._tools.desk.settle()
        self._tools.desk.edit(MESSAGES, pinned(account.expectations.messages, chosen, expected))
        self._tools.desk.settle()
        if any(is_cut(line) for line in chosen):
            text = tr(
                "Only the first 65,535 characters of a header are kept with a pinned message."
            )
            self._tools.warn(text)

    def _unpin(self) -> None:
        if account := self._tools.desk.account:
            left = unpinned(account.expectations.messages, self.table.chosen)
            self._tools.desk.settle()
            self._tools.desk.edit(MESSAGES, left)
            self._tools.desk.settle()

    def _take_out(self) -> None:
        gone = [line.incoming.digest for line in self.table.chosen if line.opened]
        if gone:
            self._tools.messages.remove(self._account_id, gone)

    def _clear(self) -> None:
        account = self._account_id
        messages = self._tools.messages
        messages.remove(account, [each.digest for each in messages.of(account)])

    def _show_in_timeline(self) -> None:
        line = self.table.line
        if line is not None:
            self._tools.messages.add(self._account_id, [line.incoming])
            self._tools.messages.choose(self._account_id, line.incoming.digest)
            self._tools.open(self._account_id, "timeline")

    def _show_pins(self) -> None:
        """Choose the first pinned message that is not as expected, or else the first."""
        if wanted := pin_to_show(self.judging.matrix):
            self.table.choose(wanted.key)
            self.table.setFocus()

    def _go_to_rules(self) -> None:
        self._tools.open(self._account_id, "advanced")

    def _go_to_rule(self, rule_id: str) -> None:
        self._tools.go_to(f"{HEADER_FILTERS}/{rule_id}/header")

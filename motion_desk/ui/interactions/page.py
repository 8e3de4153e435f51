"""The page “Interactions”: the account's conversations, what is asked of them, and their letters."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from motion_desk.models.account import Account
from motion_desk.services.interactions.query import Query
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.interactions.acts import Acts
from motion_desk.ui.interactions.adding import Adding
from motion_desk.ui.interactions.columns import SUBJECT
from motion_desk.ui.interactions.deleting import Deleting
from motion_desk.ui.interactions.filters import FilterBar
from motion_desk.ui.interactions.halves import Halves
from motion_desk.ui.interactions.kept import Kept, Place
from motion_desk.ui.interactions.letters import Opened, opened
from motion_desk.ui.interactions.listing import Listing
from motion_desk.ui.interactions.model import Conversations
from motion_desk.ui.interactions.privacy import Holding, PrivacyStrip, holding
from motion_desk.ui.interactions.reading import ReadingPane
from motion_desk.ui.interactions.retired import RetiredStrip
from motion_desk.ui.interactions.sending import Sending
from motion_desk.ui.interactions.table import ConversationTable
from motion_desk.ui.panels.escape import let_escape_stop
from motion_desk.ui.panels.page import PanelPage, card
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test.strips import Strip

if TYPE_CHECKING:
    from motion_desk.services.interactions.query import Column, Values

ABOUT = (
    "Conversations as Motion lists them, from its CSV exports or from the account's own mailbox, "
    "of which nothing is changed."
)
EMPTY = (
    "No conversation of this account is kept yet. Import a CSV export of Motion's list, or read "
    "the newest messages of the account's mailbox: they are put together to conversations. You can "
    "then search them offline, read them, and send a message to the filter trial or the timeline."
)
NOTHING = "Choose a conversation to read it."
NONE_FOUND = "No conversation is like that. Leave out a filter, or clear them all."
READ_ONLY = (
    "This archive can only be read: nothing can be added to it or deleted from it. Look at the "
    "permissions of the file and of its folder."
)
LEAST_TABLE = 150
"""Pixels: the least height of the table."""
PAUSE = 60
"""Milliseconds for which a line is current before its letters are read: arrow keys pass many."""


class InteractionsPage(PanelPage):
    """Connects the parts: what is asked in the bar is listed, what is chosen is read."""

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        super().__init__("interactions", tr("Interactions"), tr(ABOUT), parent)
        inner = self.widget()
        assert inner is not None  # noqa: S101 - the base has set it
        inner.setMaximumWidth(16_777_215)  # a table takes all the room there is
        self._tools = tools
        self._account: Account | None = None
        self._place: Place | None = None
        self._values: Values | None = None
        self.kept = Kept(tools.session, self)
        self.model = Conversations(self)
        self.listing = Listing(self.kept, self.model, self)
        self.adding = Adding(tools, self.kept, self)
        self.deleting = Deleting(tools, self.kept, self)
        self.sending = Sending(tools, self.kept, self)
        self._lab = Strip(
            "interactions-lab",
            "flask-conical",
            "lab",
            tr("Leave the lab"),
            tools.lab.turn_off,
            inner,
        )
        self._wrong = Strip(
            "interactions-wrong", "triangle-alert", "warning", tr("Start anew…"), self._anew, inner
        )
        self._read_only = Strip("interactions-read-only", "info", "note", "", lambda: None, inner)
        self._read_only.button.hide()
        self._retired = RetiredStrip(self.kept, inner)
        self.filters = FilterBar(inner)
        self.table = ConversationTable(self.model, tools.theme, inner)
        self._acts = Acts(self.table, inner)
        self.reading = ReadingPane(inner)
        self.privacy = PrivacyStrip(inner)
        self._empty = wrapped(tr(EMPTY), "muted")
        self._empty.setObjectName("interactions:empty")
        self._none = wrapped(tr(NONE_FOUND), "muted")
        self._none.setObjectName("interactions:none")
        self._nothing = wrapped(tr(NOTHING), "muted")
        self._nothing.setObjectName("interactions:nothing")
        self._settling = QTimer(self)
        self._settling.setObjectName("interactions-reading")
        self._settling.setSingleShot(True)
        self._settling.setInterval(PAUSE)
        self._settling.timeout.connect(self._read)
        self._lay_out(inner)
        self._connect()
        let_escape_stop(self, self._stop)

    def _lay_out(self, inner: QWidget) -> None:
        self.head.addWidget(self._acts)
        listed = QWidget(inner)
        left = QVBoxLayout(listed)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(6)
        left.addWidget(self._none)
        left.addWidget(self.table, 1)
        left.addWidget(self._nothing)
        self.table.setMinimumHeight(LEAST_TABLE)
        frame, column = card(inner)
        column.setContentsMargins(14, 8, 10, 10)
        column.addWidget(self.reading, 1)
        self._split = Halves(listed, frame, inner)
        self.column.setContentsMargins(18, 18, 18, 12)
        for part in (
            self._lab,
            self._wrong,
            self.adding.card,
            self._read_only,
            self._retired,
            self._empty,
            self.filters,
        ):
            self.column.addWidget(part)
        self.column.addWidget(self._split, 1)
        self.column.addWidget(self.privacy)
        self._tail = QWidget(inner)
        self.column.addWidget(self._tail, 1)
        self._show_state()

    def _connect(self) -> None:
        tools = self._tools
        tools.desk.shown.connect(self._look)
        tools.lab.changed.connect(self._look)
        self._acts.imported.connect(self.adding.ask_for_file)
        self._acts.fetched.connect(self.adding.ask_for_mailbox)
        self._acts.exported.connect(self._save_list)
        self.listing.begun.connect(self._show_begun)
        self.listing.counted.connect(self._show_count)
        self.listing.failed.connect(self._refuse)
        self.filters.turned.connect(self._ask)
        self.filters.more.connect(self._ask_for_conditions)
        self.table.sorted.connect(self._sort)
        self.table.turned.connect(self._settling.start)
        self.table.opened.connect(self._read)
        self.reading.tried.connect(partial(self._pass_on, "trial"))
        self.reading.timed.connect(partial(self._pass_on, "timeline"))
        self.reading.saved.connect(self._save_letter)
        self.reading.closed.connect(self._close_reading)
        self.privacy.kept_for.connect(self._keep_for)
        self.privacy.unwanted.connect(self._delete)
        self.kept.changed.connect(self._renew)

    # What the program shows

    @property
    def is_settled(self) -> bool:
        """Whether all that was asked for is on screen."""
        waits = self._settling.isActive() or self.kept.busy
        return not waits and self.listing.is_complete

    def came(self) -> None:
        self._look()

    def finish(self) -> None:
        self._settling.stop()
        self.filters.finish()
        self.model.close()
        self.adding.finish()
        self.sending.finish()
        self.reading.finish()
        self.kept.close()

    def _look(self, _: object = None) -> None:
        """Draw what the open account asks for, while the page is on the screen."""
        if not self.isVisible():
            return
        lab = self._tools.lab.shown
        said = tr("In the lab: {}. The mailbox is on this computer.")
        self._lab.say(said.format(tr(lab.title)) if lab else "")
        account = self._tools.desk.account
        if account is None:
            return
        is_other = self._account is None or self._account.id != account.id
        self._account = account
        self.adding.show_account(account)
        if is_other:
            self._values = None
            self.filters.forget(account.id)
            self.table.show_order(self.filters.query.sort, descending=True)
            self._show_reading(None)
            self._renew()

    def _renew(self) -> None:
        """Read everything anew: another account, or other conversations."""
        self.kept.locate(self._locate)

    def _locate(self, place: Place) -> None:
        self._place = place
        if place.exists:
            self._ask()
        else:
            self.listing.forget()
            self._say_wrong("")
            self._show_state()

    def _ask(self) -> None:
        """Show the list that the bar asks for, once it is known where it is."""
        if self._place is not None and self._place.exists and self._account is not None:
            self.listing.show(self.filters.query)

    def _show_begun(self) -> None:
        self._say_wrong("")
        self._show_state()
        self._show_count()
        self._keep_current()
        account = self._account
        if account is not None and self._values is None:
            self.kept.ask(lambda archive: archive.values(account.id), self._offer, lambda _: None)
        self.kept.ask(holding, self._show_holding, lambda _: None)

    def _keep_current(self) -> None:
        """Stay at the conversation that is read where it is among the first of the new list."""
        read = self.reading.opened
        row = self.model.row_of(read.number) if read is not None else -1
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, SUBJECT))
        else:
            self._show_reading(None)
            self.table.scrollToTop()

    def _offer(self, values: Values) -> None:
        self._values = values
        self.filters.offer(values)

    def _show_holding(self, held: Holding) -> None:
        if self._account is not None and self.kept.path is not None:
            self.privacy.show_holding(self.kept.path, self._account.id, held)
            self.privacy.setVisible(bool(held.accounts))
        self._retired.show_untold(held.untold)
        self._read_only.say(tr(READ_ONLY) if held.read_only else "")
        self.adding.allow(not held.read_only)

    def _show_state(self) -> None:
        """Show the table where there is something to list, and else what the page is for."""
        has = self.listing.total > 0
        self._empty.setVisible(not has and not self._wrong.isVisibleTo(self))
        self.about.setVisible(not has)
        for widget in (self.filters, self._split):
            widget.setVisible(has)
        self._tail.setVisible(not has)
        if self._place is None or not self._place.exists:
            self._read_only.say("")
            self.privacy.hide()
        self._acts.show_state(has=has, listed=self.listing.count.number > 0)

    def _show_count(self) -> None:
        count, total = self.listing.count, self.listing.total
        number = f"{count.number:,}"
        if count.capped:
            said = tr("More than {} of {} conversations; those added last are listed.")
        elif count.number == total:
            said = tr("1 conversation") if total == 1 else tr("{} conversations")
        elif not count.complete:
            said = tr("{} and more of {} conversations…")
        else:
            said = tr("{} of {} conversations")
        self.filters.chips.show_count(said.format(number, f"{total:,}"))
        self._none.setVisible(count.complete and not count.number)
        self._nothing.setVisible(bool(count.number) and self.reading.opened is None)
        self._acts.show_state(has=total > 0, listed=count.number > 0)

    def _refuse(self, error: Exception) -> None:
        """Say why there is no list, and the way on where there is one."""
        from motion_desk.services.interactions.errors import ArchiveError, Reason

        self.listing.forget()
        if isinstance(error, ArchiveError):
            away = (Reason.FOREIGN, Reason.NEWER, Reason.DAMAGED)
            self._wrong.button.setVisible(error.reason in away)
            self._say_wrong(error.sentence)
        else:
            self._wrong.button.hide()
            self._say_wrong(tr("The list cannot be shown by a mistake of this program."))
            self._tools.session.failed.emit(error)
        self._show_state()

    def _say_wrong(self, sentence: str) -> None:
        """Say why there is no list, and not once more in the card of an errand."""
        self._wrong.say(breakable(sentence))
        self.adding.card.leave_out(sentence)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._split.fit(self.width())
        self._acts.fit(self.width())
        self.filters.fit(self.width())

    # What a person does

    def _stop(self) -> None:
        self.adding.stop()
        self.sending.stop()

    def _sort(self, column: Column, descending: bool) -> None:
        from dataclasses import replace

        self.filters.take(replace(self.filters.query, sort=column, descending=descending))

    def _ask_for_conditions(self) -> None:
        from motion_desk.ui.interactions.conditions import ConditionsDialog

        dialog = ConditionsDialog(self.filters.query, self._values, self.window())
        dialog.taken.connect(self._take_query)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_query(self, query: Query) -> None:
        self.filters.take(query)

    def _read(self) -> None:
        """Read the letters of the line that the keyboard is at."""
        self._settling.stop()
        line = self.table.current
        if line is not None:
            number = line.conversation.number
            self.kept.ask(lambda archive: opened(archive, number), self._show_opened, self._refuse)

    def _show_opened(self, found: Opened) -> None:
        line = self.table.current
        if line is not None and line.conversation.number == found.number:
            self._show_reading(found)

    def _show_reading(self, found: Opened | None) -> None:
        self.reading.show_opened(found)
        is_reading = self.reading.opened is not None
        self._split.show_reading(is_reading)
        self._nothing.setVisible(not is_reading and self.listing.count.number > 0)

    def _close_reading(self) -> None:
        """Give the list the room of what was read; none of its lines is current any more."""
        self._show_reading(None)
        self.table.setCurrentIndex(QModelIndex())
        self.table.clearSelection()
        self.table.setFocus()

    def _pass_on(self, panel: str) -> None:
        found, account = self.reading.opened, self._account
        if found is not None and found.conversation is not None and account is not None:
            self.sending.pass_on(account, found.conversation, self.reading.letter, panel)

    def _save_letter(self) -> None:
        if self.reading.letter is not None:
            self.sending.save_letter(self.reading.letter)

    def _save_list(self) -> None:
        if self.listing.query is not None and self._account is not None:
            self.sending.save_list(self.listing.query, self._account.settings.name)

    def _keep_for(self, days: int) -> None:
        self.deleting.keep_for(days)

    def _delete(self, of_all: bool) -> None:
        if self._account is not None:
            self.deleting.delete("" if of_all else self._account.id, self._account.settings.name)

    def _anew(self) -> None:
        self.deleting.start_anew()

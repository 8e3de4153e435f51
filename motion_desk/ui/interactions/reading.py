"""The reading pane: a conversation's letters, as locked down as the preview of a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.interactions.columns import STATUSES, minute
from motion_desk.ui.interactions.letters import Opened, Shown
from motion_desk.ui.test.reading import Elided

if TYPE_CHECKING:
    from motion_desk.ui.preview.plain_mail import PlainMail
    from motion_desk.ui.preview.web.view import MailView

TEXT, PAGE = range(2)
LEAST_BODY = 96
"""Pixels: the least height of what a message says."""
LINES = 3
"""Letters for which there is room in their list; more can be scrolled to."""
NO_LETTERS = (
    "No message of this conversation is kept: a CSV export names conversations, not their "
    "messages. Read from the mailbox to have them here."
)
BLOCKED = (
    "This message asks for pictures or other content from elsewhere. Nothing is fetched: its sender "
    "is not told that it was read."
)
CUT = "Only the beginning of this message is shown. “Save .eml…” writes all of it."


class ReadingPane(QWidget):
    """Shows what ``show_opened`` gives, the newest letter first on screen.

    ``tried`` asks for the filter trial with the letter on screen, ``timed`` for the timeline, and
    ``saved`` for a file of it; ``closed`` tells that it is not wanted any more. ``finish`` must be
    called before the program ends.
    """

    tried = Signal()
    timed = Signal()
    saved = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("interactions:reading")
        self._opened: Opened | None = None
        self._letter: Shown | None = None
        self.mail: MailView | PlainMail | None = None
        """The view of pages, once one was shown."""
        self._subject = wrapped("", "heading")
        self._subject.setObjectName("interactions:reading-subject")
        self._close = QToolButton(self)
        self._close.setObjectName("interactions:close-reading")
        self._close.setIcon(icon("x"))
        self._close.setIconSize(QSize(14, 14))
        self._close.setAccessibleName(tr("Close the conversation"))
        self._close.setToolTip(self._close.accessibleName())
        self._close.clicked.connect(lambda: self.closed.emit())  # noqa: PLW0108 - without the flag
        self._facts = wrapped("", "muted")
        self._facts.setObjectName("interactions:reading-facts")
        self._list = QListWidget(self)
        self._list.setObjectName("interactions:letters")
        self._list.setProperty("role", "field")
        self._list.setAccessibleName(tr("Messages of the conversation"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setUniformItemSizes(True)
        self._list.currentRowChanged.connect(self._choose)
        self._head = wrapped("")
        self._head.setObjectName("interactions:letter-head")
        self._blocked = wrapped(tr(BLOCKED), "warning")
        self._blocked.setObjectName("interactions:blocked")
        self._cut = wrapped(tr(CUT), "warning")
        self._cut.setObjectName("interactions:cut")
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("interactions:parts")
        self.tabs.setAccessibleName(tr("Parts of the message"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title in (tr("Text"), tr("As it looks")):
            self.tabs.addTab(title)
        self.tabs.currentChanged.connect(self._show_part)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("interactions:text")
        self.text.setAccessibleName(tr("Text of the message"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        let_undo_through(self.text)
        self._bodies = QStackedWidget(self)
        self._bodies.addWidget(self.text)
        self._bodies.setMinimumHeight(LEAST_BODY)
        self._foot = Elided(self)
        self._foot.setObjectName("interactions:link")
        self._foot.setProperty("role", "muted")
        self._parts = QWidget(self)
        buttons = QWidget(self._parts)
        flow = QHBoxLayout(buttons)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(6)
        self._try = self._act("to-trial", tr("To the filter trial"), self.tried)
        self._time = self._act("to-timeline", tr("To the timeline"), self.timed)
        self._save = self._act("save-eml", tr("Save .eml…"), self.saved)
        for button in (self._try, self._time, self._save):
            flow.addWidget(button)
        parts = Flow(self._parts, 8)
        parts.addWidget(self.tabs)
        parts.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        heading = QHBoxLayout()
        heading.addWidget(self._subject, 1)
        heading.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(heading)
        for widget in (self._facts, self._list, self._head):
            column.addWidget(widget)
        for part in (self._parts, self._blocked, self._cut):
            column.addWidget(part)
        column.addWidget(self._bodies, 1)
        column.addWidget(self._foot)
        self._rest = QWidget(self)  # takes the room where there is no letter
        column.addWidget(self._rest, 1)
        self.show_opened(None)

    @property
    def letter(self) -> Shown | None:
        """The letter on screen."""
        return self._letter

    @property
    def opened(self) -> Opened | None:
        """The conversation on screen."""
        return self._opened

    def show_opened(self, opened: Opened | None) -> None:
        """Show a conversation; none where there is none or it is gone."""
        found = opened if opened is not None and opened.conversation is not None else None
        same = found is not None and self._opened == found
        self._opened = found
        conversation = found.conversation if found else None
        for widget in (self._subject, self._close, self._facts, self._parts):
            widget.setVisible(conversation is not None)
        if found is None or conversation is None:
            self._show_letter(None)
            self._list.hide()
            return
        if same:
            return
        self._subject.setText(breakable(conversation.subject or tr("(no subject)")))
        known = (
            conversation.contact,
            tr(STATUSES[conversation.status]) if conversation.status else "",
            conversation.substatus,
            ", ".join(conversation.tags),
            conversation.owner,
            tr("read") if conversation.read else tr("unread") if conversation.read is False else "",
        )
        self._facts.setText(breakable(" · ".join(filter(None, known))))
        self._fill(found)

    def _fill(self, found: Opened) -> None:
        """List the letters, and show the last one."""
        self._list.blockSignals(True)
        self._list.clear()
        for each in found.letters:
            letter = each.letter
            self._list.addItem(f"{minute(letter.at) or '–'}  {letter.sender} → {letter.to}")
        self._list.setCurrentRow(len(found.letters) - 1)
        self._list.blockSignals(False)
        many = len(found.letters) > 1
        self._list.setVisible(many)
        if many:
            height = self._list.sizeHintForRow(0) * min(LINES, len(found.letters)) + 12
            self._list.setFixedHeight(height)
        self._show_letter(found.letters[-1] if found.letters else None)

    def _choose(self, row: int) -> None:
        if self._opened is not None and 0 <= row < len(self._opened.letters):
            self._show_letter(self._opened.letters[row])

    def _show_letter(self, shown: Shown | None) -> None:
        self._letter = shown
        is_open = self._opened is not None
        self._head.setVisible(is_open)
        conversation = self._opened.conversation if self._opened else None
        subject = conversation.subject if conversation else ""
        self._head.setText(breakable(_head(shown, subject)) if shown else tr(NO_LETTERS))
        self._bodies.setVisible(shown is not None)
        self._rest.setVisible(shown is None and is_open)
        self._foot.setVisible(False)
        self._save.setVisible(shown is not None and shown.letter.raw is not None)
        self.tabs.setVisible(shown is not None and bool(shown.html) and bool(shown.text))
        self.text.setPlainText(shown.text if shown else "")
        # A page is shown when a person asks for it, or where there is nothing else to read.
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(PAGE if shown and shown.html and not shown.text else TEXT)
        self.tabs.blockSignals(False)
        self._show_part(self.tabs.currentIndex())

    def _show_part(self, part: int) -> None:
        shown = self._letter
        self._cut.setVisible(shown is not None and shown.is_cut)
        is_page = shown is not None and bool(shown.html) and part == PAGE
        self._blocked.setVisible(bool(shown and is_page and shown.elsewhere))
        if shown is None or not is_page:
            self._bodies.setCurrentWidget(self.text)
            return
        mail = self._made()
        mail.scroll_to_top()
        mail.show_html(shown.html)
        self._bodies.setCurrentWidget(mail)

    def _made(self) -> MailView | PlainMail:
        if self.mail is None:
            # Late: with it comes the web engine.
            from motion_desk.ui.preview.mail import made_mail

            self.mail = made_mail(self)
            self.mail.hovered.connect(self._show_link)
            self.mail.linked.connect(self._show_link)
            self._bodies.addWidget(self.mail)
        return self.mail

    def _show_link(self, address: str) -> None:
        self._foot.setVisible(True)
        said = tr("Link, not opened here: {}").format(address) if address else ""
        self._foot.show_text(said)

    def _act(self, name: str, text: str, asked: object) -> QPushButton:
        made = QPushButton(text, self)
        made.setObjectName(f"interactions:{name}")
        made.setProperty("compact", True)
        made.setAutoDefault(False)
        made.clicked.connect(lambda: asked.emit())  # type: ignore[attr-defined]  # noqa: PLW0108 - without the click's flag; a bound signal
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # other widths break lines elsewhere

    def minimumSizeHint(self) -> QSize:
        # A layout takes each label to be as high as it would be if it were narrow.
        hint, layout = super().minimumSizeHint(), self.layout()
        tall = layout.minimumHeightForWidth(self.width()) if layout else 0
        return QSize(hint.width(), tall)

    def finish(self) -> None:
        """End the page, for the window closes."""
        if self.mail is not None:
            self.mail.close_page()


def _head(shown: Shown, subject: str) -> str:
    """When, who wrote to whom, and of what where it is not the conversation's ``subject``."""
    letter = shown.letter
    parts = [
        minute(letter.at),
        tr("From: {}").format(letter.sender),
        tr("To: {}").format(letter.to),
        tr("Cc: {}").format(letter.cc) if letter.cc else "",
        letter.subject if letter.subject != subject else "",
    ]
    return " · ".join(filter(None, parts))

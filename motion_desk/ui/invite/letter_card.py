"""The letter card: the chosen recipient's letter, exactly as it would be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.sent import Purpose
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.invite.letters import Letters, Wanted
from motion_desk.ui.panels.folded import Folded

if TYPE_CHECKING:
    from motion_desk.services.invitations.merging import Letter
    from motion_desk.ui.preview.plain_mail import PlainMail
    from motion_desk.ui.preview.web.view import MailView

HEIGHT = 340
"""Pixels that a mail gets; more of it can be scrolled to."""
LIGHT = "<style>:root { color-scheme: light; }</style>"
"""Keeps Chromium from following the window's own colours."""


class LetterCard(QFrame):
    """Shows the letter of whoever is chosen, once a person asks for it.

    The web engine is loaded then, and not before.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("invite:letter")
        self.setProperty("role", "card")
        self._wanted: Wanted | None = None
        self._mail: MailView | PlainMail | None = None
        self._message: Folded | None = None
        self.letters = Letters(self)
        self.letters.made.connect(self._show)
        self.letters.refused.connect(self._refuse)
        self.fold = QPushButton(tr("Show the letter"), self)
        self.fold.setObjectName("invite:show-letter")
        self.fold.setProperty("role", "fold")
        self.fold.setIconSize(QSize(14, 14))
        self.fold.setIcon(icon("chevron-right"))
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        self._inside = QWidget(self)
        self._head = QWidget(self._inside)
        self._grid = QGridLayout(self._head)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._from = self._line(0, tr("From"), "invite:letter-from")
        self._to = self._line(1, tr("To"), "invite:letter-to")
        self._subject = self._line(2, tr("Subject"), "invite:letter-subject")
        self._remark = wrapped("", "muted")
        self._remark.setObjectName("invite:letter-remark")
        self._wrong = wrapped("", "warning")
        self._wrong.setObjectName("invite:letter-wrong")
        self._within = QVBoxLayout(self._inside)
        self._within.setContentsMargins(0, 0, 0, 0)
        self._within.setSpacing(6)
        self._within.addWidget(self._head)
        self._within.addWidget(self._remark)
        self._within.addWidget(self._wrong)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(self.fold)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(self._inside)
        self._inside.hide()
        self._wrong.hide()

    def show_wanted(self, wanted: Wanted | None) -> None:
        """Show this letter, where the card is unfolded; ``None`` where nobody is chosen."""
        self._wanted = wanted
        who = (wanted.person.name or wanted.person.address) if wanted else ""
        text = tr("The letter to {}").format(who) if who else tr("The letter")
        self.fold.setText(text.replace("&", "&&"))
        self.fold.setToolTip(
            tr("Shows the letter of the person who is chosen in the table, as it would be sent.")
        )
        if self.fold.isChecked():
            self._ask()

    @property
    def is_shown(self) -> bool:
        """Whether the mail that was given last is on the screen."""
        return self._mail is None or not self._mail.is_loading

    def finish(self) -> None:
        """End what runs, for the window closes."""
        self.letters.close()
        if self._mail is not None:
            self._mail.close_page()

    def _line(self, row: int, title: str, name: str) -> QLabel:
        caption = QLabel(title, self._head)
        caption.setProperty("role", "muted")
        text = wrapped()
        text.setObjectName(name)
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(text, row, 1)
        return text

    def _unfold(self, is_open: bool) -> None:
        self.fold.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        if is_open and self._mail is None:
            self._make_parts()
        self._inside.setVisible(is_open)
        if is_open:
            self._ask()
        else:
            self.letters.want(None)

    def _make_parts(self) -> None:
        from motion_desk.ui.preview.mail import made_mail  # with it comes the web engine

        self._mail = made_mail(self._inside)
        self._mail.setFixedHeight(HEIGHT)
        self._within.addWidget(self._mail)

    def _ask(self) -> None:
        self.letters.want(self._wanted)
        if self._wanted is None:
            self._clear()
            said = tr("Choose somebody in the table to see their letter.")
            self._remark.setText(said)
            self._remark.show()

    def _clear(self) -> None:
        self._head.hide()
        self._wrong.hide()
        if self._mail is not None:
            self._mail.hide()
        self._take_message_away()

    def _take_message_away(self) -> None:
        if self._message is not None:
            self._message.hide()
            self._message.deleteLater()
            self._message = None

    def _show(self, letter: Letter) -> None:
        wanted = self._wanted
        if wanted is None or self._mail is None:
            return
        self._head.show()
        self._from.setText(breakable(wanted.sender))
        self._to.setText(breakable(letter.to))
        self._subject.setText(breakable(letter.subject))
        self._remark.setText(_remark(wanted, letter))
        self._remark.show()
        wrong = _wrong(letter)
        self._wrong.setText(breakable(wrong))
        self._wrong.setVisible(bool(wrong))
        self._take_message_away()
        title = tr("The message as the server gets it")
        content = letter.content
        self._message = Folded(
            "invite-message", title, lambda: content.decode("utf-8", "replace"), self._inside
        )
        self._within.addWidget(self._message)
        self._mail.show()
        self._mail.show_html(LIGHT + letter.html)

    def _refuse(self, sentence: str) -> None:
        self._clear()
        self._remark.hide()
        self._wrong.setText(breakable(sentence))
        self._wrong.show()


def _remark(wanted: Wanted, letter: Letter) -> str:
    said = tr("This is what is sent; only its date and its Message-ID are made when it is.")
    if wanted.purpose is not Purpose.REAL:
        return said + " " + tr("Samples hold a made-up link, never the person's own.")
    return said + " " + tr("It holds the person's own link.") * bool(letter.recipient.link)


def _wrong(letter: Letter) -> str:
    """What a reader would stumble upon, and what keeps the letter from being sent for real."""
    parts = [letter.obstacle] if letter.obstacle else []
    if letter.missing and not letter.obstacle:
        names = ", ".join(f"{{{{ {name} }}}}" for name in letter.missing)
        parts.append(tr("Without a value, so it stays as it is: {}.").format(names))
    if letter.unknown:
        parts.append(tr("Known to no catalogue: {}.").format(", ".join(letter.unknown)))
    if letter.constructs:
        shown = ", ".join(dict.fromkeys(each.text for each in letter.constructs))
        parts.append(tr("Not documented by Motion: {}.").format(shown))
    return " ".join(parts)

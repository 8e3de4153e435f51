"""The token in plain words: what it says and what each line means; never the token itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from PySide6.QtWidgets import QVBoxLayout, QWidget

from motion_desk.services.oauth.kept import Holder
from motion_desk.services.oauth.token_table import Line, lines, missing
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.page import card
from motion_desk.ui.sign_ins.shown import Shown, same
from motion_desk.ui.test.reading import Reading
from motion_desk.ui.test.words import moment
from motion_desk.ui.theme import Theme

LABEL_WIDTH = 110
NONE = (
    "There is no token yet. Once somebody has signed in, this page tells what the token is for, "
    "what it allows, whose it is and until when it holds."
)


class TokenView(QWidget):
    """A card for each token that is kept, and for one that was got at the lab."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: Shown | None = None
        self._at_lab: Holder | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._cards: list[QWidget] = []
        theme.changed.connect(self._draw)

    def show_shown(self, shown: Shown, at_lab: Holder | None) -> None:
        """Tell of the tokens of a provider; ``at_lab`` has one that is not kept."""
        if same(self._shown, shown) and at_lab == self._at_lab:
            return
        self._shown, self._at_lab = shown, at_lab
        self._draw()

    def _draw(self) -> None:
        shown = self._shown
        if shown is None:
            return
        for each in self._cards:
            each.hide()
            each.deleteLater()
        self._cards = []
        if self._at_lab is not None:
            title = tr("Token of the lab, which is not kept")
            self._add(title, self._at_lab, shown, "lab")
        for number, holder in enumerate(shown.kept.holders):
            whose = holder.login or tr("the application itself")
            self._add(tr("Token of {}").format(whose), holder, shown, str(number))
        if not self._cards:
            none = wrapped(tr(NONE), "muted")
            none.setObjectName("token:none")
            self._cards.append(none)
            self._column.addWidget(none)

    def _add(self, title: str, holder: Holder, shown: Shown, place: str) -> None:
        frame, column = card(self)
        frame.setObjectName(f"token:{place}")
        column.addWidget(wrapped(title, "heading"))
        told = lines(holder, shown.entry, shown.now)
        if told:
            good = not any(line.wrong for line in told)
            said = tr("Right for IMAP and SMTP, as far as can be told before a server sees it.")
            if not good:
                said = tr("Not right for IMAP and SMTP: see the lines in colour.")
            verdict = wrapped(said, "success" if good else "error")
            verdict.setObjectName(f"token-verdict:{place}")
            column.addWidget(verdict)
            table = Reading(title, frame)
            table.setObjectName(f"token-table:{place}")
            table.setHtml("".join(self._html(told)))
            column.addWidget(table)
        else:
            column.addWidget(wrapped(tr(missing(holder)), "muted"))
        self._cards.append(frame)
        self._column.addWidget(frame)

    def _html(self, told: tuple[Line, ...]) -> Iterator[str]:
        colours = self._theme.colours
        yield "<table width='100%' cellpadding='3'>"
        for line in told:
            value = line.value
            text = moment(value)[:-3] if isinstance(value, datetime) else value
            colour = colours.error if line.wrong else colours.muted
            yield (
                f"<tr><td width='{LABEL_WIDTH}' style='color: {colours.muted}'>"
                f"{escape(tr(line.label))}</td><td>{escape(text)}<br>"
                f"<span style='color: {colour}'>{escape(line.meaning)}</span></td></tr>"
            )
        yield "</table>"

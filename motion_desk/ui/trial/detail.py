"""The chosen message: what became of it and why, the header that a rule looked at, and all others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from motion_desk.models.incoming import Header
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.links import link_button
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.theme import Theme
from motion_desk.ui.trial.contents import Contents
from motion_desk.ui.trial.headers import HeaderList
from motion_desk.ui.trial.lines import Matrix, cell_of
from motion_desk.ui.trial.marks import VERDICTS
from motion_desk.ui.trial.words import rule_sentence, shortened, verdict_sentence

SIGN = 20


class MessageDetail(QFrame):
    """Shows one message of the matrix; ``go_to_rule`` is called with a rule's id."""

    def __init__(self, theme: Theme, go_to_rule: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("trial:detail")
        self.setProperty("role", "card")
        self._theme, self._go_to_rule = theme, go_to_rule
        self._headers: tuple[Header, ...] = ()
        self._shown: tuple[object, ...] = ()
        self._rule = ""
        self._name = wrapped("", "muted")
        self._name.setObjectName("trial:name")
        self._sign = QLabel(self)
        self._sign.setFixedSize(SIGN, SIGN)
        self.sentence = wrapped("", "heading")
        self.sentence.setObjectName("trial:sentence")
        self.link = link_button("", "trial:go-to-rule", self)
        self.link.clicked.connect(lambda: self._go_to_rule(self._rule))
        self.of_rule = wrapped()
        self.of_rule.setObjectName("trial:of-rule")
        self._left_out = wrapped("", "warning")
        self._left_out.setObjectName("trial:header-left-out")
        self._which = wrapped("", "heading")
        self._which.setObjectName("trial:which")
        self.contents = Contents(theme, self)
        self.list = HeaderList(self)
        self.list.chosen.connect(self._show_header)
        top = QHBoxLayout()
        top.setSpacing(9)
        top.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.sentence, 1)
        top.addWidget(self.link, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(6)
        column.addWidget(self._name)
        column.addLayout(top)
        column.addWidget(self.of_rule)
        column.addWidget(self._left_out)
        column.addSpacing(4)
        column.addWidget(self._which)
        column.addWidget(self.contents)
        column.addSpacing(4)
        column.addWidget(self.list)
        theme.changed.connect(self._draw_sign)
        self._look = ("loader-circle", "muted")

    def show_message(self, matrix: Matrix, row: int, rule: str) -> None:
        """Show the message of a row, and what a rule, by its id, says of it.

        Without a rule it is the one that decides.
        """
        line = matrix.lines[row]
        judgement = matrix.judgement(row)
        decided = judgement.decided_by if judgement else ""
        place = matrix.number(rule or decided) - 1
        told = matrix.rules[place] if place >= 0 else None
        shown = (line.incoming, judgement, rule, place, told, matrix.rules)
        if shown == self._shown:
            return
        self._shown = shown
        self._rule = told.id if told else ""
        self._name.setText(breakable(shortened(line.title)))
        said = verdict_sentence(matrix, row) or tr("Judging…")
        self.sentence.setText(breakable(said))
        self._look = VERDICTS[judgement.verdict][:2] if judgement else ("loader-circle", "muted")
        self._draw_sign()
        self.link.setText(tr("Go to rule {}").format(place + 1))
        self.link.setVisible(told is not None)
        self.of_rule.setText(breakable(rule_sentence(matrix, row, place)) if place >= 0 else "")
        self.of_rule.setVisible(place >= 0 and judgement is not None)
        self._left_out.setText(line.incoming.left_out)
        self._left_out.setVisible(bool(line.incoming.left_out))
        self.list.show_headers(line.incoming.headers)
        self._headers = line.incoming.headers
        cell = cell_of(matrix, row, place) if place >= 0 else None
        name = told.header.strip().casefold() if told else ""
        at = cell.header if cell else None
        if at is None:
            at = next(
                (n for n, each in enumerate(self._headers) if each.name.casefold() == name), None
            )
        self._show_header(at, cell.span if cell else None)

    def _show_header(self, at: int | None, span: tuple[int, int] | None = None) -> None:
        header = self._headers[at] if at is not None and at < len(self._headers) else None
        self._which.setVisible(header is not None)
        self.contents.setVisible(header is not None)
        if header is not None:
            self._which.setText(breakable(shortened(header.name)))
            self.contents.show_content(header.decoded, header.raw, span)

    def _draw_sign(self) -> None:
        name, colour = self._look
        shade = getattr(self._theme.colours, colour)
        self._sign.setPixmap(icon(name, shade).pixmap(SIGN, SIGN))

"""Follows: what happens once an invitation is sent, as Motion's page tells it, and what it does not."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from motion_desk.services import bundled
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test.reading import Reading
from motion_desk.ui.theme import Theme


class FollowsCard(QWidget):
    """Unfolds to what follows; its text is made when it is first wanted."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text: Reading | None = None
        self.title = QPushButton(tr("What follows an invitation, and what is not known"), self)
        self.title.setObjectName("invite:follows")
        self.title.setProperty("role", "fold")
        self.title.setIconSize(QSize(14, 14))
        self.title.setIcon(icon("chevron-right"))
        self.title.setCheckable(True)
        self.title.toggled.connect(self._unfold)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        self._column.addLayout(head)
        theme.changed.connect(self._draw)

    def _unfold(self, is_open: bool) -> None:
        self.title.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        if is_open and self._text is None:
            self._text = Reading(self.title.text(), self)
            self._text.setObjectName("invite:following")
            self._column.addWidget(self._text)
            self._draw()
        if self._text is not None:
            self._text.setVisible(is_open)

    def _draw(self) -> None:
        if self._text is not None:
            self._text.setHtml(_html(self._theme.colours.muted))


def _html(muted: str) -> str:
    from html import escape

    from motion_desk.models.fields import Status
    from motion_desk.services.invitations.following import STEPS, UNKNOWN, WAYS, Following

    def line(number: str, each: Following) -> str:
        page = bundled.page(each.source).title
        told = each.status is Status.DOCUMENTED
        source = escape(tr("Source: “{}”").format(page)) if told else ""
        return (
            f"<tr><td width='22' style='color: {muted}'>{number}</td>"
            f"<td width='170'><b>{escape(tr(each.title))}</b></td>"
            f"<td>{escape(tr(each.text))} <span style='color: {muted}'>{source}</span></td></tr>"
        )

    parts = []
    for heading, lines, numbered in (
        (tr("How it begins"), WAYS, False),
        (tr("What follows, as Motion's page tells it"), STEPS, True),
        (tr("Not known: Motion's public documentation does not tell it"), UNKNOWN, False),
    ):
        rows = "".join(
            line(f"{place}." if numbered else "", each) for place, each in enumerate(lines, 1)
        )
        parts.append(
            f"<p style='color: {muted}; font-weight: 600; margin: 8px 0 2px 0'>{escape(heading)}</p>"
            f"<table cellpadding='3'>{rows}</table>"
        )
    return "".join(parts)

"""Evidence: what the message of a round trip shows: its way, its signature, its header."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from motion_desk.services.tester import wording
from motion_desk.services.tester.session import seconds
from motion_desk.services.tester.steps import Fact
from motion_desk.ui.domain.checks import CheckCard
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.folded import Folded
from motion_desk.ui.panels.page import card
from motion_desk.ui.panels.turns import polished
from motion_desk.ui.test.details import Facts
from motion_desk.ui.test.reading import Reading
from motion_desk.ui.theme import Theme

if TYPE_CHECKING:
    from motion_desk.services.tester.round_trip import RoundTrip
    from motion_desk.services.tester.trace import Trace

CELL = 160
"""Characters of one cell."""
MOST = 300
"""Characters of what a server says in one header."""


class Evidence(QWidget):
    """What one result shows. ``parts`` fills it, piece by piece."""

    def __init__(self, result: RoundTrip, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("round-trip:evidence")
        self._result = result
        self._theme = theme
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)

    def parts(self) -> Iterator[None]:
        """Make one part after the other, each a few milliseconds' work."""
        result = self._result
        if result.trace:
            for part in (_way(result.trace, self._theme), self._servers(result.trace)):
                if part is not None:
                    yield from self._added(part)
        if result.dkim:
            remarks = tuple((e.tone.value, e.sentence, e.meaning) for e in result.dkim.remarks)
            about = tr("Judged here, by the key in DNS")
            facts = result.dkim.facts
            check = CheckCard("dkim", remarks, facts, self._theme, self, about=about)
            self._layout.addWidget(check)
            yield from check.parts()
        if arrived := result.arrived:
            header = arrived.header.header
            title = tr("Header as it arrived")
            yield from self._added(Folded("header", title, lambda: _text(header), self))
        if result.sent:
            yield from self._added(self._message(result))
        if any(result.transcripts.values()):
            title = tr("What both sides said")
            yield from self._added(Folded("transcript", title, lambda: _said(result), self))

    def _message(self, result: RoundTrip) -> QWidget:
        """By what the message is found in a server's log."""
        facts = (
            Fact("message-id", "Message-ID", result.message_id),
            Fact("sent-at", tr("Sent"), wording.utc(result.at)),
            Fact("recipient", tr("Recipient"), result.to),
        )
        title = tr("The message, to be found in a log")
        return Facts(title, facts, self._theme, self, is_open=result.arrived is None)

    def _servers(self, trace: Trace) -> QWidget | None:
        """What the servers on the way say of sender and spam, and which headers they changed."""
        checked = [
            _fact(each.method.upper(), each.result, each.server, each.detail)
            for each in trace.checked
        ]
        spam = [_fact(name, value) for name, value in trace.spam]
        altered = [_fact(each.name, f"“{each.sent}” → “{each.arrived}”") for each in trace.altered]
        groups = (
            (tr("Sender, as servers judged it"), checked),
            (tr("Spam, as servers judged it"), spam),
            (tr("Headers changed on the way"), altered),
        )
        if not any(facts for _, facts in groups):
            return None
        frame, column = _titled(tr("What the servers say"), "round-trip:servers")
        for title, facts in groups:
            if facts:
                column.addWidget(Facts(title, tuple(facts), self._theme, frame, is_open=True))
        if not altered:
            column.addWidget(
                wrapped(
                    tr("Subject, sender, recipient and Message-ID arrived as they were sent."),
                    "muted",
                )
            )
        note = tr(
            "A server may have let stand what another one wrote; nothing of this is verified."
        )
        column.addWidget(wrapped(note, "muted"))
        return frame

    def _added(self, part: QWidget) -> Iterator[None]:
        part.hide()
        self._layout.addWidget(part)
        yield from polished(part)
        part.show()
        yield


def _titled(title: str, name: str) -> tuple[QFrame, QVBoxLayout]:
    frame, column = card()
    frame.setObjectName(name)
    label = QLabel(title, frame)
    label.setProperty("role", "heading")
    column.addWidget(label)
    return frame, column


class _WayTable(Reading):
    """The hops of a message, the first on top."""

    def __init__(self, trace: Trace, theme: Theme, parent: QWidget) -> None:
        super().__init__(tr("The message's way"), parent)
        self._theme = theme
        self._rows = [
            (hop.sender or "?", hop.receiver or "?", _delay(hop.delay), hop.tls or tr("not told"))
            for hop in trace.hops
        ]
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        heads = (tr("From"), tr("Taken by"), tr("After"), tr("Encrypted"))
        lines = "".join(f"<tr>{_cells(row)}</tr>" for row in self._rows)
        head = _cells(heads, f" style='color: {self._theme.colours.muted}'")
        self.setHtml(f"<table width='100%' cellpadding='3'><tr>{head}</tr>{lines}</table>")


def _cells(texts: tuple[str, ...], style: str = "") -> str:
    return "".join(f"<td{style}>{escape(wording.one_line(each, CELL))}</td>" for each in texts)


def _way(trace: Trace, theme: Theme) -> QWidget | None:
    """The servers that handed the message on, in a table."""
    if not trace.hops:
        return None
    frame, column = _titled(tr("The message's way"), "round-trip:way")
    table = _WayTable(trace, theme, frame)
    column.addWidget(table)
    column.addWidget(wrapped(tr("Times are those of the servers' own clocks."), "muted"))
    return frame


def _delay(delay: float | None) -> str:
    if delay is None:
        return "–"
    return f"− {seconds(-delay)}" if delay < 0 else ("0 s" if delay == 0 else seconds(delay))


def _fact(label: str, value: str, server: str = "", detail: str = "") -> Fact:
    said = tr("{}, says {}").format(value, wording.one_line(server, 100)) if server else value
    spaced = detail.replace("=", " = ")  # or a line could be broken only within an address
    text = f"{said}. {spaced}" if detail else said
    return Fact(label, wording.one_line(label, 60), wording.one_line(text, MOST))


def _text(header: bytes) -> str:
    """A header as text; what cannot be seen becomes a dot."""
    text = header.decode("utf-8", "replace").replace("\r\n", "\n").replace("\t", "    ")
    return "\n".join(_visible(line) for line in text.rstrip("\n").split("\n"))


def _visible(line: str) -> str:
    if line.isprintable():  # asked first: letter by letter a megabyte takes 70 ms
        return line
    return "".join(each if each.isprintable() else "·" for each in line)


def _said(result: RoundTrip) -> str:
    """What both sides said, protocol by protocol; secrets were left out when it was noted."""
    parts = []
    for protocol, lines in result.transcripts.items():
        said = (f"{line.seconds:8.3f}  {line.side}  {line.text}" for line in lines)
        parts.append("\n".join((protocol.label, *said)))
    return "\n\n".join(parts)

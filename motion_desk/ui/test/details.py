"""Details: what a step found, what can be done about it, and the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.services.tester import wording
from motion_desk.services.tester.steps import Fact, Finding, State, Step
from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.links import copy_button, link_button
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test import words
from motion_desk.ui.test.marks import STATES
from motion_desk.ui.test.reading import Reading
from motion_desk.ui.test.remedies import Acts, RemedyBox
from motion_desk.ui.test.showing import Showing
from motion_desk.ui.theme import Theme

MOST_OPEN = 14
"""Facts of one step that are shown at once; of more, only those before the first group are."""
LABEL_WIDTH = 190
TABLE_INDENT = 13
"""Pixels, so that the table stands below the words of its title."""


class StepDetails(QWidget):
    """One step: a card for each finding, then its facts. It is made anew for another step.

    ``parts`` fills it, piece by piece, with parts that are hidden; ``made`` are those to be shown,
    from top to bottom, one at a time too: all at once would hold up the window for 30 ms. The
    step's title may be left out.
    """

    def __init__(
        self, step: Step, theme: Theme, acts: Acts, parent: QWidget, *, titled: bool = True
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"details:{step.protocol.value}:{step.name.value}")
        self.step = step
        self._titled = titled
        self._theme = theme
        self._acts = acts
        self.made: list[QWidget] = []
        self._remedies: list[RemedyBox] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def parts(self) -> Iterator[None]:
        """Make one part after the other, each a few milliseconds' work."""
        step = self.step
        said = [self._head()] if self._titled else []
        if step.accepted:
            said.append(wrapped(tr(wording.ACCEPTED), "muted"))
        if step.summary and not step.findings:
            said.append(wrapped(breakable(words.summary(step))))
        for part in said:
            yield from self._added(part, self._layout)
        for finding in step.findings:
            yield from self._card(finding)
        groups = [(name, tuple(facts)) for name, facts in groupby(step.facts, lambda f: f.group)]
        wide = len(step.facts) > MOST_OPEN or bool(step.findings)
        for number, (name, facts) in enumerate(groups):
            title = name or tr("Evidence")
            group = Facts(title, facts, self._theme, self, is_open=not wide or not number)
            yield from self._added(group, self._layout)

    def _added(self, part: QWidget, layout: QVBoxLayout) -> Iterator[None]:
        """Add a part, hidden, but with the style sheet applied to it: that takes the most."""
        part.hide()
        layout.addWidget(part)
        self.made.append(part)
        part.ensurePolished()
        for child in part.findChildren(QWidget):
            child.ensurePolished()
        yield

    def _head(self) -> QWidget:
        step = self.step
        whole = QWidget(self)
        head = QHBoxLayout(whole)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        name, colour = STATES[step.state.value][0]
        role = colour if colour in ("error", "warning", "success", "muted") else ""
        head.addWidget(IconLabel(name, role, 16))
        title = QLabel(f"{words.step_title(step)}: {words.state(step)}", self)
        title.setProperty("role", "heading")
        head.addWidget(title)
        time = QLabel(words.time(step, None), self)
        time.setProperty("role", "muted")
        head.addWidget(time)
        head.addStretch(1)
        if step.facts or step.findings:
            copy = copy_button(
                tr("Copy this step as text"),
                f"copy:{step.protocol.value}:{step.name.value}",
                self,
                flush=True,
            )
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(words.facts(step)))
            head.addWidget(copy)
        return whole

    def _card(self, finding: Finding) -> Iterator[None]:
        """A finding: its cause, the server's words, the field to look at, and the remedies."""
        step = self.step
        card = QFrame(self)
        card.setProperty("role", "finding")
        card.setProperty("level", "error" if step.state is State.FAILED else "warning")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(14, 10, 12, 12)
        layout.setSpacing(6)
        title = wrapped(tr(finding.title))
        title.setProperty("role", "heading")
        layout.addWidget(title)
        layout.addWidget(wrapped(breakable(words.cause(finding))))
        if said := " ".join(filter(None, (finding.code, finding.words))):
            layout.addWidget(wrapped(tr(finding.heading) + ":", "muted"))
            quoted = Reading(tr(finding.heading), card, fixed=True)
            quoted.setProperty("level", "quoted")
            quoted.setPlainText("\n".join(wording.lines(said)))
            layout.addWidget(quoted)
        if finding.key:
            row = QHBoxLayout()
            go = link_button(
                tr("Look at {}").format(words.field_name(finding.key)),
                f"look:{step.protocol.value}:{finding.failure.value}",
                card,
                flush=True,
            )
            go.clicked.connect(lambda: self._acts.go(finding.key))
            row.addWidget(go)
            row.addStretch(1)
            layout.addLayout(row)
        if finding.remedies:
            head = wrapped(tr("What to do"))
            head.setProperty("role", "heading")
            head.setContentsMargins(0, 6, 0, 0)
            layout.addWidget(head)
        yield from self._added(card, self._layout)
        for number, remedy in enumerate(finding.remedies, 1):
            place = f"{step.protocol.value}:{len(self._remedies) + 1}"
            box = RemedyBox(number, place, step.protocol, finding, remedy, self._acts, card)
            self._remedies.append(box)
            yield from self._added(box, layout)

    def show_showing(self, showing: Showing) -> None:
        """Let each remedy say what can be done now."""
        for remedy in self._remedies:
            remedy.show_showing(showing)


class Facts(QWidget):
    """A group of facts, as a table of two columns below a title that folds it away."""

    def __init__(
        self, title: str, facts: tuple[Fact, ...], theme: Theme, parent: QWidget, *, is_open: bool
    ) -> None:
        super().__init__(parent)
        self._facts = facts
        self._theme = theme
        self._title = QPushButton(title, self)
        self._title.setObjectName(f"facts:{title}")
        self._title.setProperty("role", "fold")
        self._title.setIconSize(QSize(14, 14))
        self._title.setCheckable(True)
        self._title.setChecked(is_open)
        self._title.toggled.connect(self._fold)
        self.table: Reading | None = None  # made when it is first unfolded
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(self._title)
        row.addStretch(1)
        layout.addLayout(row)
        self._inner = QHBoxLayout()
        self._inner.setContentsMargins(TABLE_INDENT, 0, 0, 0)
        layout.addLayout(self._inner)
        theme.changed.connect(self._draw)
        self._fold(is_open)

    def _fold(self, is_open: bool) -> None:
        self._title.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        if is_open and self.table is None:
            self.table = Reading(self._title.text(), self)
            self._inner.addWidget(self.table)
            self._draw()
        if self.table is not None:
            self.table.setVisible(is_open)

    def _draw(self) -> None:
        if self.table is None:
            return
        muted = self._theme.colours.muted
        rows = "".join(
            f"<tr><td width='{LABEL_WIDTH}' style='color: {muted}'>{escape(fact.label)}</td>"
            f"<td>{escape(wording.one_line(fact.value))}</td></tr>"
            for fact in self._facts
        )
        self.table.setHtml(f"<table width='100%' cellpadding='2'>{rows}</table>")

"""The overview: both probes' steps, and below them the details of those that matter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.services.tester import wording
from motion_desk.services.tester.plan import plan
from motion_desk.services.tester.steps import Probe, Report, State, Step, StepName
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.test import words
from motion_desk.ui.test.columns import ProbeColumn
from motion_desk.ui.test.details import StepDetails
from motion_desk.ui.test.remedies import Acts
from motion_desk.ui.test.showing import Showing
from motion_desk.ui.theme import Theme

PAGE_WIDTH = 1180
TURN = 0.003
"""Seconds for which details are made without a break, give or take one part of them."""
MARGINS = (18, 8, 18, 20)

Place = tuple[Protocol, StepName]


class Overview(QScrollArea):
    """The steps of both probes. Of the step that a person chose the details stand below.

    Until one is chosen they are those of the first failed step of each probe, or where none has
    failed of those with warnings.
    """

    def __init__(self, theme: Theme, acts: Acts, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overview")
        self.setAccessibleName(tr("Steps and what was found"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme = theme
        self._acts = acts
        self._showing: Showing | None = None
        self._chosen: Place | None = None
        self._narrow = False
        self._details: list[StepDetails] = []
        self._before: list[StepDetails] = []
        self._parts: Iterator[None] = iter(())
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._make_parts)
        self._wanted_in_view = False
        self._is_made = True
        self.is_complete = True
        self._inner = _Inner(self)
        self._inner.setObjectName("scrolled")
        self._inner.setMaximumWidth(PAGE_WIDTH)
        self.columns = {each: ProbeColumn(each, theme, self._inner) for each in Protocol}
        for protocol, column in self.columns.items():
            column.list.chosen.connect(partial(self._choose, protocol))
            column.list.opened.connect(self._open)
        self._below = QWidget(self._inner)
        self._below_layout = QVBoxLayout(self._below)
        self._below_layout.setContentsMargins(0, 4, 0, 0)
        self._below_layout.setSpacing(18)
        self._hint = wrapped(tr("Choose a step to see what was found in it."), "muted")
        self._below_layout.addWidget(self._hint)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        layout = QVBoxLayout(self._inner)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(14)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        inferred, self._inferred = _made_inferred(self._inner)
        layout.addWidget(inferred)
        self.setWidget(self._inner)
        self._place()
        self.verticalScrollBar().rangeChanged.connect(self._keep_the_edge)

    def set_narrow(self, narrow: bool) -> None:
        """Put the probes one above the other, or side by side."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._place()

    def _keep_the_edge(self, _: int, most: int) -> None:
        """Let the right edge stay in line with what is above, whether or not there is a bar."""
        left, top, right, bottom = MARGINS
        taken = self.verticalScrollBar().sizeHint().width() if most else 0
        if layout := self._inner.layout():
            layout.setContentsMargins(left, top, max(0, right - taken), bottom)

    def _place(self) -> None:
        """Lay out the columns; the details stand below both, or below the probe they are of."""
        imap, smtp = (self.columns[each] for each in Protocol)
        for widget in (imap, smtp, self._below):
            self._grid.removeWidget(widget)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0 if self._narrow else 1)
        if not self._narrow:
            self._grid.addWidget(imap, 0, 0)
            self._grid.addWidget(smtp, 0, 1)
            self._grid.addWidget(self._below, 1, 0, 1, 2)
            return
        first = self._chosen is not None and self._chosen[0] is Protocol.IMAP
        order = (imap, self._below, smtp) if first else (imap, smtp, self._below)
        for row, widget in enumerate(order):
            self._grid.addWidget(widget, row, 0)

    # What the program shows

    def show_showing(self, showing: Showing) -> None:
        """Draw the steps, and the details where they are others than before."""
        before, self._showing = self._showing, showing
        if before is None or _subject(before) != _subject(showing):
            self._chosen = None
        self._draw()

    def _draw(self) -> None:
        showing = self._showing
        if showing is None:
            return
        for protocol, column in self.columns.items():
            probe = _probe(showing, protocol)
            since = showing.since.get(protocol)
            chosen = self._chosen[1] if self._chosen and self._chosen[0] is protocol else None
            over = showing.report is not None and _is_over(probe, showing)
            column.show_probe(
                probe,
                showing.left.get(protocol),
                chosen,
                over=over,
                since=words.time_of_day(since) if since else "",
            )
        self._show_details(self._wanted(showing.report))
        for details in self._details:
            details.show_showing(showing)

    def _wanted(self, report: Report | None) -> list[Step]:
        """The steps whose details are to be shown."""
        if report is None:
            return []
        steps = [step for probe in report.probes for step in probe.steps]
        if self._chosen:
            protocol, name = self._chosen
            return [each for each in steps if each.protocol is protocol and each.name is name]
        failed = [probe.failed for probe in report.probes if probe.failed]
        return failed or [step for step in steps if step.findings]

    def _show_details(self, steps: list[Step]) -> None:
        if steps != [details.step for details in self._details]:
            if self._is_made:
                self._before, self._details = [*self._before, *self._details], []
            _drop(self._details)
            self._details = [
                StepDetails(step, self._theme, self._acts, self._below) for step in steps
            ]
            self._is_made = self.is_complete = False
            parts = chain.from_iterable(details.parts() for details in self._details)
            self._parts = chain(parts, self._shown_one_by_one())
            self._later.start()
        done = self._showing is not None and self._showing.finished is not None
        self._hint.setVisible(done and not steps)

    def _make_parts(self) -> None:
        """Make or show parts of the details for a few milliseconds, the others a little later."""
        until = monotonic() + TURN
        for _ in self._parts:
            if monotonic() > until:
                self._later.start()
                return

    def _shown_one_by_one(self) -> Iterator[None]:
        """Put the details that are made in the place of those before, a break between each."""
        yield
        self._is_made = True
        _drop(self._before)
        self._before = []
        for details in self._details:
            self._below_layout.addWidget(details)
            if self._showing is not None:
                details.show_showing(self._showing)
            details.show()
            for part in details.made:
                part.show()
                yield
        self.is_complete = True
        # Whatever was made last comes last for the Tab key, but this stands below it.
        last = self._details[-1].findChildren(QPushButton) if self._details else []
        if last:
            QWidget.setTabOrder(last[-1], self._inferred)
        if self._wanted_in_view:
            self._bring_details_into_view()

    # What a person does

    def _choose(self, protocol: Protocol, name: StepName) -> None:
        if self._chosen == (protocol, name):
            return
        self._chosen = (protocol, name)
        if self._narrow:
            self._place()
        self._draw()

    def _open(self) -> None:
        """Bring the details into view, once they are complete."""
        self._wanted_in_view = not self.is_complete
        if self.is_complete:
            self._bring_details_into_view()

    def _bring_details_into_view(self) -> None:
        self._wanted_in_view = False
        # Or the layout would not know yet how high the new details are.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        top = self._below.y()
        high = min(self._below.height(), self.viewport().height() - 24)
        self.ensureVisible(0, top, 0, 8)
        self.ensureVisible(0, top + high, 0, 8)


class _Inner(QWidget):
    """What scrolls: as high as its content is at its width, and no higher."""

    def minimumSizeHint(self) -> QSize:
        # A layout takes each label to be as high as it would be if it were narrow.
        return QSize(super().minimumSizeHint().width(), 0)


def _drop(details: list[StepDetails]) -> None:
    for each in details:
        each.hide()
        each.deleteLater()


def _subject(showing: Showing) -> object:
    """What the choice of a step is about: with another it ends."""
    at = showing.report.at if showing.report else None
    return showing.account.id, showing.phase, at


def _is_over(probe: Probe, showing: Showing) -> bool:
    """Whether nothing more will come of a probe."""
    going_on = (State.WAITING, State.RUNNING)
    return not any(step.state in going_on for step in probe.steps) and bool(probe.steps)


def _probe(showing: Showing, protocol: Protocol) -> Probe:
    """A probe of the report, or what it would be of the values on the screen."""
    if showing.report and (probe := showing.report.probe(protocol)):
        return probe
    tested = endpoint(showing.account, protocol)
    steps = tuple(Step(protocol, name) for name in plan(tested))
    target = f"{tested.host}:{tested.port}" if tested.host else tr("no host yet")
    return Probe(protocol, target, steps)


def _made_inferred(parent: QWidget) -> tuple[QWidget, QPushButton]:
    """What of the judgement is inferred, folded away, and the button that unfolds it."""
    part = QWidget(parent)
    title = QPushButton(tr("What is inferred about Motion"), part)
    title.setObjectName("inferred")
    title.setIconSize(QSize(14, 14))
    title.setProperty("role", "fold")
    title.setCheckable(True)
    title.setIcon(icon("chevron-right"))
    text = wrapped("\n".join(f"• {tr(sentence)}" for sentence in wording.INFERRED), "muted")
    text.setContentsMargins(22, 0, 0, 0)
    text.hide()

    def fold(is_open: bool) -> None:
        title.setIcon(icon("chevron-down" if is_open else "chevron-right"))
        text.setVisible(is_open)

    title.toggled.connect(fold)
    layout = QVBoxLayout(part)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    layout.addWidget(title, 0, Qt.AlignmentFlag.AlignLeft)
    layout.addWidget(text)
    return part, title

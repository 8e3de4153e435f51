"""Scenarios: the kept ones, met or not, and the form that keeps what is on screen as another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from motion_desk.models.choices import Ending
from motion_desk.models.durations import in_words
from motion_desk.models.sections.expectations import KeptScenario
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.theme import Theme
from motion_desk.ui.timeline.events.marks import short
from motion_desk.ui.timeline.scenarios.form import KeepForm

EMPTY = (
    "None yet. Keep the situation on screen, and it is checked again at each edit: whether it "
    "still ends as it does now."
)
MOST = 40
"""Scenarios that are listed; all of them stand on the section “Expectations”."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a scenario ends as expected: ``None`` while that is not known, or a sentence."""

    unmet: str | None


class ScenariosCard(QFrame):
    """Lists kept scenarios by their rows.

    ``chosen``, ``updated`` and ``removed`` name a row, ``kept`` brings what is ``Wanted`` of a
    new one, ``wanted`` a key to go to.
    """

    chosen = Signal(str)
    updated = Signal(str)
    removed = Signal(str)
    kept = Signal(object)
    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline:scenarios")
        self.setProperty("role", "card")
        self._theme = theme
        self._lines: dict[str, ScenarioLine] = {}
        title = QLabel(tr("Kept scenarios"), self)
        title.setProperty("role", "caption")
        self._empty = wrapped(tr(EMPTY), "muted")
        self._more = wrapped("", "muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.form = KeepForm(self)
        self.form.kept.connect(self.kept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 14)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(self._empty)
        layout.addLayout(self._list)
        layout.addWidget(self._more)
        layout.addWidget(self.form)
        theme.changed.connect(self._redraw)

    def show_scenarios(self, rows: tuple[KeptScenario, ...], chosen: str, differs: bool) -> None:
        """List scenarios; the one with the id ``chosen`` is on screen, or differs from it."""
        listed = {row.id: row for row in rows[:MOST]}
        for row_id in [each for each in self._lines if each not in listed]:
            line = self._lines.pop(row_id)
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        for place, row in enumerate(listed.values()):
            if row.id not in self._lines:
                self._lines[row.id] = self._made(row.id)
            line = self._lines[row.id]
            if self._list.indexOf(line) != place:
                self._list.insertWidget(place, line)
            line.show_row(row, row.id == chosen, differs)
        self._empty.setVisible(not rows)
        beyond = len(rows) - len(listed)
        self._more.setVisible(beyond > 0)
        self._more.setText(tr("{} more are listed on “Expectations”.").format(beyond))

    def show_standings(self, standings: Mapping[str, Standing]) -> None:
        """Say of scenarios whether they end as expected."""
        for row_id, standing in standings.items():
            if row_id in self._lines:
                self._lines[row_id].show_standing(standing)

    def _made(self, row_id: str) -> ScenarioLine:
        line = ScenarioLine(row_id, self._theme, self)
        line.name.clicked.connect(lambda: self.chosen.emit(row_id))
        line.update_button.clicked.connect(lambda: self.updated.emit(row_id))
        line.remove_button.clicked.connect(lambda: self.removed.emit(row_id))
        line.edit_button.clicked.connect(
            lambda: self.wanted.emit(f"expectations.scenarios/{row_id}/name")
        )
        return line

    def _redraw(self) -> None:
        for line in self._lines.values():
            line.redraw()


class ScenarioLine(QFrame):
    """One kept scenario: whether it is met, its name, and what can be done with it."""

    def __init__(self, row_id: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"timeline:scenario:{row_id}")
        self._theme = theme
        self._standing = Standing(None)
        self._sign = QLabel(self)
        self._sign.setFixedSize(18, 20)
        self.name = self._made_act("choose", "link")
        self._said = wrapped("", "muted")
        self._said.setObjectName(f"timeline:standing:{row_id}")
        self.update_button = self._made_act("update", "link", tr("Update"))
        self.update_button.setToolTip(
            tr("Keep the situation on screen, and how it ends now, in this scenario's place")
        )
        self.edit_button = self._made_act("edit", "link", tr("Edit…"))
        self.remove_button = self._made_act("remove", "link", tr("Delete"))
        acts = QWidget(self)
        flow = Flow(acts, 4)
        for button in (self.update_button, self.edit_button, self.remove_button):
            flow.addWidget(button)
        self._acts = acts
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.addWidget(self._sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.name, 0, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._said, 1, 1)
        grid.addWidget(acts, 2, 1)
        grid.setColumnStretch(1, 1)
        self.redraw()

    def _made_act(self, word: str, role: str, text: str = "") -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"{self.objectName()}:{word}")
        button.setProperty("role", role)
        button.setProperty("flush", "true")
        button.setIconSize(QSize(14, 14))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAutoDefault(False)
        return button

    def show_row(self, row: KeptScenario, is_chosen: bool, differs: bool) -> None:
        """Show a scenario; what can be done with it only while it is the chosen one."""
        name = row.name or tr("Unnamed scenario")
        said = name
        if is_chosen:
            said = tr("{} (on screen, changed)") if differs else tr("{} (on screen)")
            said = said.format(short(name))
        self.name.setText(short(said))
        self.name.setToolTip(tr("Show this situation: {}").format(name))
        self.update_button.setEnabled(is_chosen and differs)
        self._acts.setVisible(is_chosen)
        for button in (self.update_button, self.edit_button, self.remove_button):
            button.setAccessibleName(f"{button.text()}: {name}")
        self._expects = expected_in_words(row)
        self._show_said()

    def show_standing(self, standing: Standing) -> None:
        """Say whether the scenario ends as expected."""
        if standing != self._standing:
            self._standing = standing
            self.redraw()
            self._show_said()

    def _show_said(self) -> None:
        self._said.setText(self._standing.unmet or self._expects)

    def redraw(self) -> None:
        """Draw the sign in the colours of now."""
        unmet = self._standing.unmet
        name, colour, words = ("circle-check", "success", tr("met"))
        if unmet is None:
            name, colour, words = ("circle", "muted", tr("being checked"))
        elif unmet:
            name, colour, words = ("circle-x", "error", tr("not met"))
        shade = getattr(self._theme.colours, colour)
        self._sign.setPixmap(icon(name, shade).pixmap(16, 16))
        self._sign.setToolTip(words)
        self._sign.setAccessibleName(words)


def expected_in_words(row: KeptScenario) -> str:
    """How a scenario must end, in a few words."""
    expected: object = row.expected  # a draft may hold what was typed in its place
    label = tr(expected.label) if isinstance(expected, Ending) else "?"
    within: object = row.within
    if isinstance(within, int):
        return tr("{}, within {}").format(label, in_words(max(0, within)))
    return label

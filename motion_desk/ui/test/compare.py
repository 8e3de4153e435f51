"""Compare: any kept test beside any other, and what differs between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from motion_desk.models.runs import RunSummary
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.links import link_button
from motion_desk.ui.form.words import tr
from motion_desk.ui.session import Session
from motion_desk.ui.test import records, run_choices
from motion_desk.ui.test.run_choices import Pair
from motion_desk.ui.test.showing import Showing
from motion_desk.ui.test.side_rows import Sides
from motion_desk.ui.test.sides_view import SidesView
from motion_desk.ui.theme import Theme

if TYPE_CHECKING:
    from motion_desk.services.tester.comparison import Comparison

ABOUT = "The later of two tests is always “now”. Steps that do not differ are folded."
NONE_YET = (
    "Here two tests of this account stand beside each other, so that you see what changed when a "
    "connection breaks. Two kept tests are needed for that: test the connection, and again on "
    "another day or with other values."
)


class Compare(SidesView):
    """Shows two tests of the open account, chosen from those that are kept.

    Until a person chooses, they are the test on the screen and the last good one before it. The
    reports are loaded and compared on the store's thread.
    """

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__("compare", theme, parent)
        self.setAccessibleName(tr("Two tests beside each other"))
        self._session = session
        self._showing: Showing | None = None
        self._pair: Pair | None = None
        self._about = wrapped("", "muted")
        self._about.setObjectName("compare:about")
        self.column.addWidget(self._about)
        self._labels = (QLabel(tr("Before"), self), QLabel(tr("Now"), self))
        self._combos = (self._combo("before"), self._combo("now"))
        for label, combo in zip(self._labels, self._combos, strict=True):
            label.setBuddy(combo)
            combo.setAccessibleName(label.text())
        self._good = link_button(
            tr("Compare with the last test that passed"), "compare:last-good", self, flush=True
        )
        self._good.clicked.connect(self._choose_good)
        self._choosers = QWidget(self)
        self._grid = QGridLayout(self._choosers)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(1, 1)
        for row, (label, combo) in enumerate(zip(self._labels, self._combos, strict=True)):
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(combo, row, 1)
        self._grid.addWidget(self._good, 2, 1, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._choosers)
        self.end_with_sides()

    def _combo(self, name: str) -> Combo:
        combo = Combo(self)
        combo.setObjectName(f"compare:{name}")
        combo.activated.connect(lambda place: self._choose(combo, combo.itemData(place)))
        return combo

    # What the program shows

    def show_showing(self, showing: Showing) -> None:
        """Offer the kept tests; the choice of a person stays while they are the same."""
        before, self._showing = self._showing, showing
        same = before and before.account.id == showing.account.id and before.runs == showing.runs
        if not same or (self._pair is None and len(showing.runs) > 1):
            self.compare(run_choices.first_choice(showing))

    def compare(self, pair: Pair | None) -> None:
        """Compare two tests of the open account; without them, say what the view is for."""
        self._pair = pair
        self._choosers.setVisible(pair is not None)
        self._about.setText(tr(ABOUT) if pair else tr(NONE_YET))
        self.clear()
        if pair is None or self._showing is None:
            return
        for combo, chosen in zip(self._combos, pair, strict=True):
            self._offer(combo, self._showing.runs, chosen)
        good = run_choices.last_good(self._showing, pair[1])
        self._good.setVisible(good is not None and good.id != pair[0].id)
        if pair[0].id == pair[1].id:
            self.outcome.say("note", tr("This is one test twice. Choose another."))
            return
        self._load(pair)

    def _offer(self, combo: Combo, runs: tuple[RunSummary, ...], chosen: RunSummary) -> None:
        combo.clear()
        for run in runs:
            combo.addItem(run_choices.title(run), run)
            if run.id == chosen.id:
                combo.setCurrentIndex(combo.count() - 1)
                combo.setToolTip(combo.currentText())

    def _load(self, pair: Pair) -> None:
        before, now = (run.id for run in pair)

        def only_if_wanted(act: Callable[..., None]) -> Callable[..., None]:
            return lambda result: act(result) if self._pair == pair else None

        self._session.ask(
            lambda store: records.compared(store, before, now),
            only_if_wanted(self._show),
            only_if_wanted(self._refuse),
        )

    def _show(self, found: Comparison) -> None:
        assert self._pair is not None  # noqa: S101 - it was wanted
        level = "error" if found.broke else "success" if found.mended else "note"
        first, *others = found.sentences
        self.outcome.say(level, first, others)
        titles = [
            tr("{}\n{}").format(label.text(), run_choices.title(run))
            for label, run in zip(self._labels, self._pair, strict=True)
        ]
        marked = {(found.first.protocol, found.first.name)} if found.first else set()
        sides = Sides((titles[0], titles[1]), (tr("then"), tr("now")))
        self.show_sides(found.before, found.now, found, marked, sides)

    def _refuse(self, error: Exception) -> None:
        said = str(getattr(error, "sentence", "") or error)
        self.outcome.say("error", tr("These two tests cannot be compared."), [said])

    # What a person does

    def _choose(self, combo: Combo, run: RunSummary) -> None:
        if self._pair:
            place = self._combos.index(combo)
            self.compare(run_choices.ordered(run, self._pair[1 - place]))

    def _choose_good(self) -> None:
        if self._showing and self._pair:
            good = run_choices.last_good(self._showing, self._pair[1])
            if good:
                self.compare((good, self._pair[1]))

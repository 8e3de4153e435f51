"""Strips: one-line remarks above a report that a reader must not miss, each with a way on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from motion_desk.ui.form.lines import IconLabel, wrapped
from motion_desk.ui.form.links import link_button
from motion_desk.ui.form.words import tr
from motion_desk.ui.test import run_choices, words
from motion_desk.ui.test.showing import Showing


class Strip(QFrame):
    """A remark with an icon and a button."""

    def __init__(
        self,
        name: str,
        sign: str,
        level: str,
        verb: str,
        act: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"strip:{name}")
        self.setProperty("role", "strip")
        self.setProperty("level", level)
        self.text = wrapped()
        self.text.setObjectName(f"strip-text:{name}")
        self.button = link_button(verb, f"strip-button:{name}", self)
        self.button.clicked.connect(lambda: act())  # noqa: PLW0108 - without the click's flag
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 5, 14, 5)
        row.setSpacing(9)
        row.addWidget(IconLabel(sign, "", 16))
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        self.hide()

    def say(self, text: str) -> None:
        """Show a remark; an empty one hides the strip."""
        self.text.setText(text)
        self.setVisible(bool(text))


class Strips(QWidget):
    """The remarks on what is shown: an earlier test, changed values, the lab, a test that passed."""

    def __init__(
        self,
        latest: Callable[[], object],
        test: Callable[[], object],
        leave: Callable[[], object],
        compare: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._earlier = Strip(
            "earlier", "rotate-ccw", "note", tr("Back to the latest"), latest, self
        )
        self._stale = Strip("stale", "info", "warning", tr("Test again"), test, self)
        self._lab = Strip("lab", "flask-conical", "lab", tr("Leave the lab"), leave, self)
        verb = tr("Compare with it")
        self._good = Strip("last-good", "arrow-left-right", "note", verb, compare, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for strip in (self._earlier, self._stale, self._lab, self._good):
            layout.addWidget(strip)

    def show_showing(self, showing: Showing) -> None:
        """Make the remarks that apply."""
        self._earlier.say(_earlier(showing))
        self._stale.say(_stale(showing))
        self._lab.say(_lab(showing))
        self._lab.setToolTip(tr(showing.lab.about) if showing.lab else "")
        self._lab.button.setVisible(showing.lab is not None)
        self._good.say(_good(showing))


def _earlier(showing: Showing) -> str:
    if showing.earlier is None:
        return ""
    moment = words.moment(showing.earlier.at)
    if showing.earlier.vantage:
        said = tr("This is what the probe found from {}, on {}. It logs in nowhere.")
        return said.format(showing.earlier.vantage, moment)
    return tr("This is an earlier test, of {}.").format(moment)


def _good(showing: Showing) -> str:
    """That an earlier test passed, below one that failed."""
    report, run = showing.finished, run_choices.shown_run(showing)
    if report is None or run is None or run.verdict != "failed" or run.vantage:
        return ""
    good = run_choices.last_good(showing, run)
    return tr("The last test that passed is of {}.").format(words.moment(good.at)) if good else ""


def _stale(showing: Showing) -> str:
    if not showing.stale or not showing.finished or showing.earlier:
        return ""
    return tr("The values have changed since this test. Test again.")


def _lab(showing: Showing) -> str:
    lab, report = showing.lab, showing.finished
    if lab is None:
        return tr("This test was made in the lab.") if report and report.lab else ""
    said = tr("In the lab: {}. Tests go to servers on this computer; nothing leaves it.")
    text = said.format(tr(lab.title))
    if report and not report.lab:
        text += " " + tr("What is shown was tested outside the lab.")
    elif report and showing.made_in and showing.made_in != lab:
        text += " " + tr("What is shown is of “{}”.").format(tr(showing.made_in.title))
    return text

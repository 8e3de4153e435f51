"""Motion's host: what the Motion server is shown, beside what this workstation is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from motion_desk.models.runs import RunSummary
from motion_desk.ui.form.lines import Caution, breakable, wrapped
from motion_desk.ui.form.links import link_button
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test import records, words
from motion_desk.ui.test.host_files import HostFiles, probe_name
from motion_desk.ui.test.host_steps import HostSteps
from motion_desk.ui.test.records import Imported, Vantages
from motion_desk.ui.test.showing import Showing
from motion_desk.ui.test.side_rows import Sides
from motion_desk.ui.test.sides_view import SidesView

if TYPE_CHECKING:
    from motion_desk.services.store import Store
    from motion_desk.services.tester.steps import Report, Step

ABOUT = (
    "This workstation is not the Motion server: its network, its name service and what stands "
    "between it and the mail server can be others, so a test from here proves nothing of there. "
    "The probe looks from there, as far as that is possible without logging in; it is no proof "
    "that Motion can log in."
)
IN_LAB = (
    "The lab is on. The probe names the account's real servers all the same, and tests in the lab "
    "are not compared with it."
)
NO_TEST_HERE = (
    "To compare, test the connection from this workstation, outside the lab and with the values "
    "on the screen."
)
SAME, ALIKE, APART, BOTH = (
    "From the Motion server all goes as from this workstation, as far as the probe looks.",
    "From the Motion server all goes as from here, but not all that is shown is the same.",
    "From the Motion server it goes otherwise than from this workstation.",
    "From the Motion server it fails where it fails from this workstation.",
)
"""What can come out, in headings."""


class MotionHost(SidesView):
    """Leads to a probe from the Motion server, and shows its newest result.

    ``noted`` brings an account's id and its kept tests after a result was kept; ``opened`` the
    kept test whose steps a person wants to see.
    """

    noted = Signal(str, object)
    opened = Signal(object)

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        super().__init__("host", tools.theme, parent)
        self.setAccessibleName(tr("Looking from the Motion server"))
        self._session = tools.session
        self._files = HostFiles(tools)
        self._showing: Showing | None = None
        self._wanted: object = None
        self._imported: Imported | None = None
        self._run: RunSummary | None = None
        self.column.addWidget(wrapped(tr(ABOUT)))
        self._lab = Caution(tr(IN_LAB), self)
        self._lab.setObjectName("host:in-lab")
        self.column.addWidget(self._lab)
        self.steps = HostSteps(self)
        self.steps.saving.connect(self._save)
        self.steps.reading.connect(self._read)
        self.column.addWidget(self.steps)
        self.end_with_sides()
        self._to_do = wrapped()
        self._to_do.setObjectName("host:to-do")
        self._to_do.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._to_do_title = wrapped(tr("What to do"), "heading")
        self._open = link_button(tr("See all that the probe found"), "host:open", self, flush=True)
        self._open.clicked.connect(self._open_run)
        self._not_kept = wrapped("", "warning")
        self._not_kept.setObjectName("host:not-kept")
        for widget in (self._to_do_title, self._to_do, self._not_kept):
            self.outcome.column.addWidget(widget)
        self.outcome.column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        QWidget.setTabOrder(self._open, self.list)

    # What the program shows

    def show_showing(self, showing: Showing) -> None:
        """Show the newest result of the open account, where there is one."""
        before, self._showing = self._showing, showing
        if before is None or before.account.id != showing.account.id:
            self._imported = None
            self.steps.refuse("")
            self.steps.name(probe_name(showing.account))
        self._lab.setVisible(showing.lab is not None)
        self._look()

    def _look(self) -> None:
        """Load the result that is wanted, unless it is shown already."""
        showing, read = self._showing, self._imported
        if showing is None:
            return
        kept = [run for run in showing.runs if run.vantage]
        if read is not None:
            self._run = next((run for run in kept if run.id == read.run), None)
        else:
            self._run = kept[0] if kept else None
        from_here = next((run.id for run in showing.runs if not run.vantage), "")
        there = read.report if read else self._run.id if self._run else None
        latest = None if showing.earlier else showing.finished
        wanted = (showing.account.id, showing.fingerprint, from_here, latest and latest.at, there)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self.clear()
        if there is not None:
            self._load(there, latest)

    def _load(self, there: Report | str, latest: Report | None) -> None:
        assert self._showing is not None  # noqa: S101 - it asked
        account, wanted = self._showing.account, self._wanted

        def call(store: Store) -> Vantages:
            report = records.report(store, there) if isinstance(there, str) else there
            return records.vantages(store, report, account, latest)

        def only_if_wanted(act: Callable[..., None]) -> Callable[..., None]:
            return lambda result: act(result) if self._wanted == wanted else None

        self._session.ask(call, only_if_wanted(self._show), only_if_wanted(self._refuse))

    def _show(self, found: Vantages) -> None:
        level, heading = _outcome(found)
        sentences = [
            tr("{}, {}: {}").format(each.protocol.label, tr(each.name.title), each.sentence)
            for each in found.differences
        ]
        if found.here is None:
            sentences = [_failure(step) for step in _failed(found)] + [tr(NO_TEST_HERE)]
        self.outcome.say(level, heading, sentences)
        to_do = "\n".join(f"• {each}" for each in _to_do(found))
        self._to_do_title.setVisible(bool(to_do))
        self._to_do.setText(breakable(to_do))
        self._to_do.setVisible(bool(to_do))
        self._not_kept.setText(tr(self._imported.why) if self._imported else "")
        self._not_kept.setVisible(bool(self._not_kept.text()))
        self._open.setVisible(self._run is not None)
        here = words.moment(found.here.at) if found.here else tr("no test to compare with")
        titles = (
            tr("This workstation\n{}").format(here),
            f"{breakable(found.there.vantage)}\n{words.moment(found.there.at)}",
        )
        marked = {(each.protocol, each.name) for each in found.differences}
        sides = Sides(titles, (tr("here"), tr("there")))
        self.show_sides(found.here, found.there, found.comparison, marked, sides)

    def _refuse(self, error: Exception) -> None:
        said = str(getattr(error, "sentence", "") or error)
        for widget in (self._to_do_title, self._to_do, self._not_kept, self._open):
            widget.hide()
        self.outcome.say("error", tr("The kept result cannot be shown."), [said])

    # What a person does

    def _save(self) -> None:
        self.steps.refuse("")
        self._files.save(lambda path: self.steps.name(path.name), self.steps.refuse)

    def _read(self) -> None:
        self.steps.refuse("")
        self._files.read(self._take, self.steps.refuse)

    def _take(self, imported: Imported) -> None:
        account = imported.report.account
        if self._showing and self._showing.account.id == account:
            self._imported, self._wanted = imported, None
            self._look()
        self.noted.emit(account, imported.runs)

    def _open_run(self) -> None:
        if self._run is not None:
            self.opened.emit(self._run)


def _outcome(found: Vantages) -> tuple[str, str]:
    """The level of what came out, and its heading."""
    failed = any(_failed(found))
    if found.here is None:
        heading = tr("The probe failed there.") if failed else tr("Nothing failed there.")
        return ("error" if failed else "note"), heading
    if any(each.decides for each in found.differences):
        return ("error" if failed else "warning"), tr(APART)
    if failed:
        return "error", tr(BOTH)
    return ("note", tr(ALIKE)) if found.differences else ("success", tr(SAME))


def _failed(found: Vantages) -> Iterator[Step]:
    """The first failed step there of each protocol."""
    for probe in found.there.probes:
        if probe.failed and probe.failed.findings:
            yield probe.failed


def _failure(step: Step) -> str:
    return f"{words.step_title(step)}: {tr(step.findings[0].title)}."


def _to_do(found: Vantages) -> Iterator[str]:
    """What can be done about what failed there, once each, with who can do it."""
    said = dict.fromkeys(
        (words.remedy_sentence(remedy), words.who(remedy))
        for step in _failed(found)
        for remedy in step.findings[0].remedies
        if not remedy.here
    )
    for sentence, who in said:
        yield tr("{} (by the {})").format(sentence, who) if who else sentence

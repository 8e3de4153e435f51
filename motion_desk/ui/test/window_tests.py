"""The tests of one window: its page and the lab's switch, connected with desk, store and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from motion_desk.models.workspace import Workspace
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.panels import TEST, TIMELINE
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test.lab import fill, lab_folder
from motion_desk.ui.test.marks import Judged, signs_of
from motion_desk.ui.test.warming import turns
from motion_desk.ui.testing import Testing
from motion_desk.ui.timeline.warming import turns as timeline_turns
from motion_desk.ui.window import Window

if TYPE_CHECKING:
    from motion_desk.ui.test.page import TestPage

QUIET, PAUSE = 1_500, 25
"""Milliseconds before the page is made ready, and between two turns of that."""


class WindowTests(QObject):
    """Connects ``testing`` and the switch of the lab with the rest of a console."""

    def __init__(self, tools: PanelTools, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._window = window
        self.testing = Testing(tools.desk, tools.session, tools.lab, self)
        self._page: TestPage | None = None
        self._turns: Iterator[None] = iter(())
        self._warming = QTimer(self)
        self._warming.setObjectName("warming")
        self._warming.setSingleShot(True)
        self._warming.timeout.connect(self._warm)
        window.pages.makers[TEST] = self._made_page
        window.lab.aboutToShow.connect(lambda: fill(window.lab, tools.lab))
        self.testing.judged.connect(self._show_verdict)
        tools.lab.introduced.connect(self._note_authority)
        tools.lab.failed.connect(tools.session.failed)

    def start(self) -> None:
        """Learn how the last tests ended; make the tests' and the timeline's pages ready meanwhile."""
        self.testing.start()
        session, pages = self._tools.session, self._window.pages
        self._turns = chain(
            turns(session, lambda: pages.panel(TEST)),
            timeline_turns(session, lambda: pages.panel(TIMELINE)),
        )
        self._warming.start(QUIET)

    def _warm(self) -> None:
        """Take one turn of getting ready."""
        for _ in self._turns:
            self._warming.start(PAUSE)
            return

    def close(self) -> None:
        """End all tests."""
        self._warming.stop()
        self.testing.close()

    def _show_verdict(self, judged: Judged, running: bool) -> None:
        """Show how the last test of the open account ended, and whether one is running."""
        self._window.show_signs(TEST, signs_of(Judged("running") if running else judged))
        self._window.show_testing(running)

    def act(self) -> None:
        """Show the test of the open account and begin one, or stop the one that is running."""
        if self.testing.under_way:
            self.testing.stop()
            return
        self._window.show_section(TEST)
        if self._page is not None:
            self._page.focus_steps()
        self.testing.test()

    def begin_in_lab(self, then: Callable[[Workspace], None] | None) -> None:
        """Turn the lab on from the beginning, as the demo does.

        ``then`` is called with the workspace once it knows the lab's authority, unless it knew
        before; without it nothing is noted there.
        """
        from motion_desk.services.lab import HEALTHY  # with all faults

        self._tools.lab.turn_on(HEALTHY)
        if then is None:
            return

        def noted(workspace: Workspace | None) -> None:
            if workspace is not None:
                then(workspace)

        from motion_desk.services.lab_authority import introduced

        self._tools.session.ask(lambda store: introduced(store, lab_folder()), noted)

    def _made_page(self, parent: QWidget) -> QWidget:
        # Late, with all that a report is made of: nobody has asked for a test before.
        from motion_desk.ui.sign_ins.leading import lead
        from motion_desk.ui.test.applying import apply
        from motion_desk.ui.test.page import TestPage
        from motion_desk.ui.test.remedies import Acts
        from motion_desk.ui.test.reporting import Reporting

        tools = self._tools
        acts = Acts(
            lambda finding, remedy, answer: apply(tools.desk, finding, remedy, answer, tools.tell),
            self.testing.test,
            self.testing.test_in,
            self.testing.cancel,
            tools.go_to,
            lambda: lead(tools, self._window.pages),
        )
        reporting = Reporting(tools.session, tools.questions, tools.tell, tools.warn)
        self._page = TestPage(self.testing, reporting, tools, acts, parent)
        return self._page

    def _note_authority(self, certificate: str) -> None:
        """Note in the workspace that Motion was given the lab's authority; undoable."""
        from motion_desk.services.lab_authority import KEY, noted

        workspace = self._tools.desk.workspace
        entries = noted(workspace, certificate).authorities.entries
        text = tr("noting the lab's authority")
        self._tools.desk.edit_all({workspace.id: {KEY: entries}}, text)
        self._tools.tell(
            tr("The lab's authority is noted in the workspace, which must be saved too.")
        )

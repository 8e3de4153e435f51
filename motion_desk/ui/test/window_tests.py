"""The tests of one window: its page and the lab's switch, connected with desk, store and lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from motion_desk.models.catalogue import WORKSPACE
from motion_desk.models.workspace import Workspace
from motion_desk.ui.desk import Desk
from motion_desk.ui.form.words import tr
from motion_desk.ui.questions import Questions
from motion_desk.ui.session import Session
from motion_desk.ui.test.lab import LabSwitch, fill, lab_folder
from motion_desk.ui.test.marks import TEST
from motion_desk.ui.test.warming import turns
from motion_desk.ui.testing import Testing
from motion_desk.ui.theme import Theme
from motion_desk.ui.window import Window

if TYPE_CHECKING:
    from motion_desk.ui.test.page import TestPage

SAID = 8_000
"""Milliseconds for which the window's foot says something."""
QUIET, PAUSE = 1_500, 25
"""Milliseconds before the page is made ready, and between two turns of that."""


class WindowTests(QObject):
    """Connects ``testing`` and the switch of the ``lab`` with the rest of a console.

    ``go_to_list`` goes to a field of the workspace.
    """

    def __init__(
        self,
        desk: Desk,
        session: Session,
        questions: Questions,
        window: Window,
        theme: Theme,
        go_to_list: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._questions = questions
        self._window = window
        self._theme = theme
        self._go_to_list = go_to_list
        self.lab = LabSwitch(self)
        self.testing = Testing(desk, session, self.lab, self)
        self._page: TestPage | None = None
        self._turns: Iterator[None] = iter(())
        self._warming = QTimer(self)
        self._warming.setObjectName("warming")
        self._warming.setSingleShot(True)
        self._warming.timeout.connect(self._warm)
        window.pages.make_test = self._made_page
        window.lab.aboutToShow.connect(lambda: fill(window.lab, self.lab))
        self.testing.judged.connect(lambda judged, on: window.show_verdict(judged, running=on))
        self.lab.introduced.connect(self._note_authority)
        self.lab.failed.connect(session.failed)

    def start(self) -> None:
        """Learn how the last tests ended, and get ready for the next one while nothing is to do."""
        self.testing.start()
        self._turns = turns(self._session, self._window.pages.test_page)
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

        self.lab.turn_on(HEALTHY)
        if then is None:
            return

        def noted(workspace: Workspace | None) -> None:
            if workspace is not None:
                then(workspace)

        from motion_desk.services.lab_authority import introduced

        self._session.ask(lambda store: introduced(store, lab_folder()), noted)

    def _made_page(self, parent: QWidget) -> QWidget:
        # Late, with all that a report is made of: nobody has asked for a test before.
        from motion_desk.ui.test.applying import apply
        from motion_desk.ui.test.page import TestPage
        from motion_desk.ui.test.remedies import Acts
        from motion_desk.ui.test.reporting import Reporting

        acts = Acts(
            lambda finding, remedy, answer: apply(self._desk, finding, remedy, answer, self._tell),
            self.testing.test,
            self.testing.test_in,
            self.testing.cancel,
            self._go_to_field,
        )
        reporting = Reporting(self._session, self._questions, self._tell, self._window.notices.tell)
        self._page = TestPage(self.testing, reporting, self._theme, acts, parent)
        return self._page

    def _note_authority(self, certificate: str) -> None:
        """Note in the workspace that Motion was given the lab's authority; undoable."""
        from motion_desk.services.lab_authority import KEY, noted

        workspace = self._desk.workspace
        entries = noted(workspace, certificate).authorities.entries
        text = tr("noting the lab's authority")
        self._desk.edit_all({workspace.id: {KEY: entries}}, text)
        self._tell(tr("The lab's authority is noted in the workspace, which must be saved too."))

    def _go_to_field(self, key: str) -> None:
        """Go to a field of the open account or of the workspace."""
        if key.partition("/")[0] in WORKSPACE.fields:
            self._go_to_list(key)
        else:
            self._window.go_to(key)

    def _tell(self, text: str) -> None:
        self._window.statusBar().showMessage(text, SAID)

"""The console: one open workspace file, with its window, desk, cabinet and questions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from motion_desk import __version__
from motion_desk.models import catalogue
from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.document import Document
from motion_desk.models.problems import Problem
from motion_desk.services import bundled, folders
from motion_desk.ui import preferences
from motion_desk.ui.additions import additions
from motion_desk.ui.board.board import Board
from motion_desk.ui.cabinet import Cabinet, Contents
from motion_desk.ui.desk import Desk
from motion_desk.ui.detecting.opening import detect
from motion_desk.ui.entries import WORKSPACE
from motion_desk.ui.exchanging import Exchanging
from motion_desk.ui.form.tools import FormTools
from motion_desk.ui.form.words import sentence, tr
from motion_desk.ui.messages import Messages
from motion_desk.ui.panels.making import makers
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.preview.beside import Beside
from motion_desk.ui.questions import Questions
from motion_desk.ui.removing import Removing
from motion_desk.ui.session import Session, opener
from motion_desk.ui.test.lab import LabSwitch
from motion_desk.ui.test.window_tests import WindowTests
from motion_desk.ui.theme import SCHEMES, Theme
from motion_desk.ui.trial.watching import watching
from motion_desk.ui.window import Window

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from motion_desk.models.workspace import Workspace
    from motion_desk.services.secrets import Status
    from motion_desk.ui.testing import Testing

SAID = 8_000
"""Milliseconds for which the window's foot says something."""


class Console(QObject):
    """Connects the parts around one workspace file; ``other`` asks for another file.

    ``other`` carries the path and how to get it: ``open``, ``new`` or ``demo``. ``listed`` tells
    that the file's accounts are listed, ``loaded`` that the first of them is on screen.
    """

    other = Signal(object, str)
    listed = Signal()
    loaded = Signal()

    def __init__(
        self, path: Path, how: str, theme: Theme, questions: Questions, window: Window
    ) -> None:
        super().__init__()
        self.path = path
        self.questions = questions
        self.desk = Desk(window.stack, self)
        self.session = Session(opener(path, how), self)
        self.cabinet = Cabinet(self.session, self.desk, self)
        self._removing = Removing(self.desk, self.session, questions, self)
        self._exchanging = Exchanging(self.session, questions, self)
        self._theme = theme
        lab = LabSwitch(self)
        self.board = Board(self.desk, self.session, lab, window.show_signs, self)
        panel_tools = self._panel_tools = PanelTools(
            self.desk,
            self.session,
            questions,
            theme,
            lab,
            self._tell,
            window.notices.tell,
            self._go_to,
            self._open_on,
            self.board,
            Messages(self),
        )
        self.beside = Beside(panel_tools, window, self)
        tools = FormTools(
            self.desk,
            theme,
            self.go_to_list,
            self._removing.remove,
            self.beside.preview,
            self.beside.look_at,
            {"cloud_providers.entries": (tr("Sign in…"), self._sign_in)},
            additions(panel_tools),
        )
        self.window = window
        window.furnish(self.desk, tools)
        window.pages.makers |= makers(panel_tools)
        self._watching = watching(panel_tools)
        self._watching.noticed.connect(window.show_signs)
        self._tests = WindowTests(panel_tools, window, self)
        self.board.tested.connect(self._tests.testing.note)
        self._tests.testing.finished.connect(self.board.note)
        questions.parent = self.window
        self._finished = False
        window.setWindowTitle(f"{path.stem}[*] – Motion Desk")
        handlers = self._handlers()
        window.commanded.connect(lambda word: handlers[word]())
        window.recent.aboutToShow.connect(self._fill_recent)
        window.asked.connect(self._open)
        window.closing.connect(self._close)
        self.session.failed.connect(self._failed)
        self.cabinet.ready.connect(self._ready)
        self.cabinet.kept.connect(self._secrets)
        self.cabinet.refused.connect(self._refused)
        self.cabinet.met.connect(self._met)
        self.cabinet.saved.connect(self._saved)
        self._exchanging.done.connect(self._tell)
        self._exchanging.imported.connect(self._imported)
        self._is_demo = how == "demo" or path == folders.demo_workspace()
        self.desk.shown.emit(None)

    def start(self) -> None:
        """Open the file."""
        self.cabinet.start()

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "new-account": self.new_account,
            "save": self.save,
            "save-all": self.cabinet.save_all,
            "open-workspace": lambda: self._other(self.questions.open_workspace(), "open"),
            "new-workspace": lambda: self._other(self.questions.new_workspace(), "new"),
            "open-demo": lambda: self.other.emit(None, "demo"),
            "import": self._exchanging.import_,
            "export": self._exchanging.export,
            "quit": self.window.close,
            "back-to-saved": lambda: self._on_row(self.desk.back_to_saved),
            "back-to-default": lambda: self._on_row(self.desk.back_to_default),
            "test": self._tests.act,
            "detect": lambda: detect(self._panel_tools, self.window),
            "duplicate": self._duplicate,
            "activate": self._activate,
            "delete": self._delete,
            "bin": lambda: self.session.ask(lambda store: store.bin(), self._show_bin),
            "next-section": lambda: self.window.step_section(1),
            "previous-section": lambda: self.window.step_section(-1),
            "problems": self.window.toggle_problems,
            "preview": self.beside.toggle,
            **{scheme: partial(self._prefer, scheme) for scheme in SCHEMES},
            "documentation": self._documentation,
            "about": self._about,
        }

    # The file

    def _ready(self, contents: Contents) -> None:
        preferences.remember(self.path)
        if contents.read_only:
            text = tr(
                "This workspace cannot be written to: look around, but nothing can be saved here."
            )
            self.window.notices.tell(text)
        there = {contents.workspace.id, *(each.id for each in contents.accounts)}
        if not there.isdisjoint(contents.drafts):  # others wait in the bin
            text = tr("Unsaved changes of the last time are back; typed passwords are not kept.")
            self.window.notices.tell(text, warning=False)
        self._tests.start()
        if self._is_demo:
            unsaved = contents.workspace.id in contents.drafts
            self._tests.begin_in_lab(None if unsaved else self._workspace_changed)
        self.listed.emit()
        accounts = contents.accounts
        if accounts:
            self.cabinet.open(accounts[0].id, self.loaded.emit)
        else:
            self.desk.show(contents.workspace.id)
            self.loaded.emit()

    def _secrets(self, status: Status) -> None:
        if not status.lasting:
            self.window.notices.tell(status.sentence)

    def _failed(self, error: Exception) -> None:
        self.window.notices.tell(sentence_of(error))

    def _other(self, path: Path | None, how: str) -> None:
        if path is not None:
            self.other.emit(path, how)

    def _fill_recent(self) -> None:
        self.window.recent.clear()
        for path in preferences.recent():
            action = self.window.recent.addAction(str(path))
            action.triggered.connect(lambda _=False, path=path: self._other(path, "open"))
        self.window.recent.setEnabled(True)

    def _close(self, event: QCloseEvent) -> None:
        if self._finished or self.finish(self.window.close):
            event.accept()
        else:
            event.ignore()

    def finish(self, then: Callable[[], object]) -> bool:
        """End, asking about unsaved changes; True if ended at once, else ``then`` is called later."""
        names = [self._name(opened.draft) for opened in self.desk.unsaved]
        answer = self.questions.save_changes(names) if names else "discard"
        if answer == "save":
            self.cabinet.save_all(then)
        if answer != "discard":
            return False
        self.cabinet.discard_journal()
        self._finished = True
        preferences.keep_place(self.window)
        self.window.pages.finish()
        self._watching.finish()
        self.beside.finish()
        self.board.close()
        self._tests.close()
        self.session.close()
        return True

    # Documents

    def _name(self, document: Document) -> str:
        if isinstance(document, Account):
            return document.settings.name or tr("Unnamed account")
        return tr("the workspace")

    def _open(self, line: str) -> None:
        self.cabinet.open(self.desk.workspace.id if line == WORKSPACE else line)

    def new_account(self) -> None:
        """Ask for a new account and create it."""
        from motion_desk.ui.new_account import NewAccount

        dialog = NewAccount(self.desk.workspace, self.desk.accounts, self._panel_tools, self.window)
        dialog.accepted.connect(lambda: self.cabinet.create(dialog.account))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self) -> None:
        """Save the open document."""
        if self.desk.current:
            self.cabinet.save(self.desk.current.draft.id)

    def _saved(self, count: int) -> None:
        text = tr("Saved.") if count == 1 else tr("{} documents saved.").format(count)
        self.window.statusBar().showMessage(text, 4_000)

    def _refused(self, document: Document, problems: tuple[Problem, ...]) -> None:
        first = problems[0]
        label = catalogue_of(document).field(first.key).label
        text = tr("{name} is not saved yet. Mend this first: {label}. {sentence}")
        values = {"name": self._name(document), "label": tr(label), "sentence": sentence(first)}
        self.window.statusBar().showMessage(text.format(**values), 12_000)
        self.cabinet.open(document.id, lambda: self.window.go_to(first.key))

    def _met(self, mine: Document, theirs: Document | None) -> None:
        answer = self.questions.whose(self._name(mine))
        if answer == "mine":
            self.cabinet.overwrite(mine, theirs)
        elif answer == "theirs":
            self.cabinet.take(mine, theirs)

    def _duplicate(self) -> None:
        if account := self.desk.account:
            self.cabinet.duplicate(account)

    def _activate(self) -> None:
        if account := self.desk.account:
            self.desk.settle()
            self.desk.edit("settings.active", not account.settings.active)

    def _delete(self) -> None:
        if account := self.desk.account:
            name = self._name(account)
            self.cabinet.delete(account.id, name)
            text = tr("{} is in the bin. Undo brings it back.").format(name)
            self._tell(text)

    def _show_bin(self, accounts: tuple[AccountSummary, ...]) -> None:
        from motion_desk.ui.bin import Bin

        dialog = Bin(accounts, self.window)
        dialog.restored.connect(lambda account: self.cabinet.restore(account.id, account.name))
        dialog.erased.connect(self._erase)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _erase(self, account: AccountSummary) -> None:
        text = tr("Erase {} for ever?").format(account.name)
        if self.questions.sure(
            text, tr("Its settings and passwords cannot be brought back."), tr("Erase")
        ):
            self.session.ask(lambda store: store.erase(account.id), lambda _: None)

    # Fields

    def go_to_list(self, key: str) -> None:
        """Open the list of the workspace that a reference chooses from."""
        self.cabinet.open(self.desk.workspace.id, lambda: self.window.go_to(key))

    def _sign_in(self) -> None:
        """Go to the sign-ins, where the open account's cloud provider is chosen."""
        from motion_desk.ui.sign_ins.leading import lead

        lead(self._panel_tools, self.window.pages)

    def _go_to(self, key: str) -> None:
        """Go to a field of the open account or of the workspace."""
        if key.partition("/")[0] in catalogue.WORKSPACE.fields:
            self.go_to_list(key)
        else:
            self.window.go_to(key)

    def _open_on(self, document_id: str, section: str) -> None:
        """Open a document on a section or panel, or on a field by its key."""
        go = self.window.go_to if "." in section else self.window.show_section
        self.cabinet.open(document_id, lambda: go(section))

    def _tell(self, text: str) -> None:
        self.window.statusBar().showMessage(text, SAID)

    def _on_row(self, act: Callable[[str], None]) -> None:
        """Act on the field whose editor has the focus."""
        from motion_desk.ui.form.row import FieldRow

        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, FieldRow):
            widget = widget.parentWidget()
        if widget is not None:
            act(widget.key)

    def _imported(self, documents: list[Document], accounts: tuple[AccountSummary, ...]) -> None:
        for document in documents:
            opened = self.desk.opened(document.id)
            if opened is not None and not opened.changed:
                self.desk.lay(document)
        self.desk.list(accounts)

    def _workspace_changed(self, workspace: Workspace) -> None:
        self._imported([workspace], self.desk.accounts)

    @property
    def testing(self) -> Testing:
        """The connection tests of the window's accounts."""
        return self._tests.testing

    def _prefer(self, scheme: str) -> None:
        preferences.keep_scheme(scheme)
        self._theme.prefer(scheme)

    def _documentation(self) -> None:
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(bundled.page("S1").url)

    def _about(self) -> None:
        text = tr("Motion Desk {}").format(__version__)
        detail = tr(
            "Prepares, checks and previews the email accounts of XCALLY Motion V3, offline. "
            "It is not a product of XCALLY."
        )
        self.questions.tell(text, detail)


def sentence_of(error: Exception) -> str:
    """What a failure means for a person: its own sentence where it has one."""
    return str(getattr(error, "sentence", "")) or tr("Something failed that should not: {}").format(
        f"{type(error).__name__}: {error}"
    )

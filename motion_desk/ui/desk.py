"""The desk: the documents that are open, their drafts, and the one way in which they change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import change, summary, value_at, with_values
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document
from motion_desk.models.kinds import Date, Integer, Lines, SecretText, Text
from motion_desk.models.memory import Memory
from motion_desk.models.places import Settled, settle, settled_between
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.ui.commands import Edit

if TYPE_CHECKING:
    from motion_desk.models.problems import Problem
    from motion_desk.models.views import View

TYPED = (Text, Lines, Integer, Date, SecretText)
"""Kinds whose values are typed: their edits are joined until the field is left."""


@dataclass(slots=True)
class Opened:
    """A document on the desk: as it is stored, and as it is on screen."""

    saved: Document
    draft: Document
    memory: Memory = field(default_factory=Memory)

    @property
    def changed(self) -> bool:
        """Whether the draft differs from what is stored."""
        return self.draft is not self.saved and self.draft != self.saved


class Desk(QObject):
    """Holds the open documents. Everything on screen is drawn from ``shown``'s view.

    ``shown`` brings the current document's view after every change of it; ``marked`` tells that
    other documents came, went or changed; ``went`` names the key that an undone or redone edit
    was about, so that the screen can go there.
    """

    shown = Signal(object)
    marked = Signal()
    went = Signal(str)

    def __init__(self, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = stack
        self.accounts: tuple[AccountSummary, ...] = ()
        self._opened: dict[str, Opened] = {}
        self._current = ""
        self._workspace = ""
        self._burst = 0
        self._pushing = False
        self._settled: Settled = {}
        self._surrounded: tuple[object, ...] = ()
        self._surroundings = Surroundings()
        self._summaries: dict[str, tuple[Account, AccountSummary]] = {}
        self._found: dict[str, tuple[Problem, ...]] = {}

    # What is on the desk

    @property
    def current(self) -> Opened | None:
        """The document that is on screen."""
        return self._opened.get(self._current)

    @property
    def account(self) -> Account | None:
        """The account that is on screen, as it is there; ``None`` where it is the workspace."""
        current = self.current
        return current.draft if current and isinstance(current.draft, Account) else None

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is on screen; an empty one until it is laid on the desk."""
        opened = self._opened.get(self._workspace)
        return opened.draft if opened and isinstance(opened.draft, Workspace) else Workspace()

    def opened(self, document_id: str) -> Opened | None:
        """The document with an id, where it is on the desk."""
        return self._opened.get(document_id)

    @property
    def unsaved(self) -> tuple[Opened, ...]:
        """The documents with unsaved changes, in the order in which they were opened."""
        return tuple(opened for opened in self._opened.values() if opened.changed)

    @property
    def drafts(self) -> tuple[Document, ...]:
        """All documents on the desk as they are on screen."""
        return tuple(opened.draft for opened in self._opened.values())

    def lay(self, saved: Document, draft: Document | None = None) -> None:
        """Lay a stored document on the desk, with a draft of it where there is one."""
        self._opened[saved.id] = Opened(saved, draft or saved)
        if isinstance(saved, Workspace):
            self._workspace = saved.id
        self.marked.emit()

    def show(self, document_id: str) -> None:
        """Bring a document that is on the desk to the screen; an empty id clears the screen."""
        self.settle()
        self._current = document_id
        self._show()

    def take_away(self, document_id: str) -> None:
        """Take a document off the desk, with its unsaved changes."""
        self._opened.pop(document_id, None)
        if self._current == document_id:
            self._current = ""
            self._show()
        self.marked.emit()

    def list(self, accounts: tuple[AccountSummary, ...]) -> None:
        """Take note of all accounts that are stored: they are the surroundings of each other."""
        self.accounts = accounts
        self._show()

    # The one way in which documents change

    def edit(self, key: str, value: object) -> None:
        """Set ``key`` of the current document; undoable."""
        opened = self.current
        if opened is None or value_at(opened.draft, key) == value:
            return
        after = change(opened.draft, key, value)
        field = catalogue_of(opened.draft).field(key)
        if not isinstance(field.kind, TYPED):
            self.settle()
        self._pushing = True
        command = Edit(
            self._put,
            opened.draft,
            after,
            key,
            self.tr("Change {}").format(field.label),
            self._burst,
        )
        self.stack.push(command)
        self._pushing = False

    def edit_all(self, changes: Mapping[str, Mapping[str, object]], text: str) -> None:
        """Set keys of documents that are on the desk, as one undoable step called ``text``.

        ``changes`` has them by the document's id. The first document is where undoing ends.
        """
        self.settle()
        edits = [
            Edit(self._put, opened.draft, after, next(iter(values)), text, self._burst)
            for document_id, values in changes.items()
            if (opened := self._opened.get(document_id))
            and (after := with_values(opened.draft, values)) != opened.draft
        ]
        self._pushing = True
        if len(edits) > 1:
            self.stack.beginMacro(text)
        for edit in edits:
            self.stack.push(edit)
        if len(edits) > 1:
            self.stack.endMacro()
        self._pushing = False
        self.settle()

    def settle(self) -> None:
        """End the burst of typing: what is typed from here on is undone by itself."""
        self._burst += 1

    def back_to_saved(self, key: str) -> None:
        """Set ``key`` to what is stored."""
        if self.current:
            try:
                value = value_at(self.current.saved, key)
            except KeyError:  # the cell's row is not stored yet
                value = catalogue_of(self.current.draft).field(key).default
            self.settle()
            self.edit(key, value)

    def back_to_default(self, key: str) -> None:
        """Set ``key`` to its default."""
        if self.current:
            self.settle()
            self.edit(key, catalogue_of(self.current.draft).field(key).default)

    def stored(self, asked: Document, stored: Document) -> None:
        """Take note that ``asked`` was stored as ``stored``; edits made meanwhile stay drafts."""
        self.settle()
        opened = self._opened[asked.id]
        opened.saved = stored
        self._settled = {**self._settled, **settled_between(asked, stored)}
        opened.draft = replace(settle(opened.draft, self._settled), version=stored.version)
        self._show()

    def replaced(self, stored: Document, again: Callable[[Document], Document]) -> None:
        """Take note that a document was stored with a change; ``again`` makes it in the draft."""
        opened = self._opened.get(stored.id)
        if opened is not None:
            opened.saved = stored
            opened.draft = replace(again(opened.draft), version=stored.version)
            self.marked.emit()

    def note(self, document_id: str, found: tuple[Problem, ...]) -> None:
        """Show these problems of a document with those of its view, until others are noted.

        They took longer to find than a view may; those of rows that are gone are not shown.
        """
        if found != self._found.get(document_id, ()):
            self._found[document_id] = found
            if self._current == document_id:
                self._show()

    def _still_found(self, document: Document) -> tuple[Problem, ...]:
        found = []
        for problem in self._found.get(document.id, ()):
            try:
                value_at(document, problem.key)
            except KeyError:  # the row was deleted since
                continue
            found.append(problem)
        return tuple(found)

    def _put(self, document: Document, key: str) -> None:
        """Make ``document`` the draft; called by the commands of the stack alone."""
        opened = self._opened.get(document.id)
        if opened is None:  # the account was deleted meanwhile; its draft is in the journal
            return
        opened.draft = replace(settle(document, self._settled), version=opened.saved.version)
        if self._pushing:
            self._show()
            return
        self._current = document.id
        self._show()
        self.went.emit(key)

    def surroundings(self, document: Document) -> Surroundings:
        """What a document is checked against: the workspace and the other accounts."""
        asked = (self.workspace, self.accounts, document.id)
        if asked != self._surrounded:
            peers = tuple(peer for peer in self.accounts if peer.id != document.id)
            self._surroundings = Surroundings(self.workspace, peers, bundled.variables())
            self._surrounded = asked
        return self._surroundings

    def _show(self) -> None:
        self.shown.emit(self.view())

    def view(self) -> View | None:
        """The view of the current document; ``None`` where the screen is empty."""
        if self.current is None:
            return None
        # Late, with all checks: they are first needed with the first document.
        from motion_desk.models.views import view

        opened = self.current
        draft, found = opened.draft, self._still_found(opened.draft)
        return view(opened.saved, draft, self.surroundings(draft), opened.memory, found)

    def summaries(self) -> Mapping[str, AccountSummary]:
        """All accounts as the list shows them, drafts included, by id."""
        shown = {account.id: account for account in self.accounts}
        for opened in self._opened.values():
            draft = opened.draft
            if isinstance(draft, Account) and draft.id in shown:
                known = self._summaries.get(draft.id)
                if known is None or known[0] is not draft:
                    self._summaries[draft.id] = known = (draft, summary(draft))
                shown[draft.id] = known[1]
        return shown

"""The cabinet: brings documents from the store to the desk, and back when they are saved."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from PySide6.QtCore import QObject, QTimer, Signal

from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.catalogue import DIRECTORY
from motion_desk.models.directory import uses
from motion_desk.models.document import Document, get, new_id
from motion_desk.models.plain import content, with_content
from motion_desk.models.workspace import Workspace
from motion_desk.ui.commands import Presence
from motion_desk.ui.desk import Desk, Opened
from motion_desk.ui.session import Session

if TYPE_CHECKING:
    from motion_desk.services.secrets import Status
    from motion_desk.services.store import Conflict, Store

Stored: TypeAlias = "tuple[list[Document], Conflict | None, tuple[AccountSummary, ...]]"
"""What came of saving: the documents stored, the conflict that ended it, and all accounts."""

JOURNAL_DELAY = 1_000
"""Milliseconds of quiet after which unsaved changes are written to the journal."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a workspace file holds, as it is opened."""

    workspace: Workspace
    accounts: tuple[AccountSummary, ...]
    drafts: dict[str, dict[str, Any]]
    read_only: bool


def look(store: Store) -> Contents:
    """Look into a store; runs on its thread."""
    return Contents(store.workspace(), store.accounts(), store.drafts(), store.read_only)


def secrets_status(store: Store) -> Status:
    """Whether secrets last; runs on the store's thread. Looking for a keyring takes a while."""
    return store.secrets.status


class Cabinet(QObject):
    """Opens, saves, adds and deletes documents. All the work is done on the store's thread.

    ``ready`` brings the contents of the workspace file, ``kept`` where secrets go; ``refused`` a document that cannot be
    saved, with the problems that keep it from that; ``met`` a document that another program
    changed meanwhile, and its version; ``saved`` the number of documents that were stored.
    """

    ready = Signal(object)
    kept = Signal(object)
    refused = Signal(object, object)
    met = Signal(object, object)
    saved = Signal(int)

    def __init__(self, session: Session, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._desk = desk
        self._drafts: dict[str, dict[str, Any]] = {}
        self._journal: dict[str, Document] = {}
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(JOURNAL_DELAY)
        self._quiet.timeout.connect(self.write_journal)
        self.read_only = False
        desk.shown.connect(self._quiet.start)
        desk.marked.connect(self._quiet.start)

    def start(self) -> None:
        """Open the workspace file and lay what it holds on the desk."""
        self._session.ask(look, self._ready)

    def _ready(self, contents: Contents) -> None:
        self.read_only = contents.read_only
        self._drafts = contents.drafts
        self._lay(contents.workspace)
        self._desk.list(contents.accounts)
        self.ready.emit(contents)
        self._session.ask(secrets_status, self.kept.emit)

    def _lay(self, saved: Document) -> None:
        """Lay a document on the desk, with the unsaved changes of an earlier run."""
        draft = self._drafts.pop(saved.id, None)
        self._desk.lay(saved, with_content(saved, draft) if draft else None)

    def open(self, document_id: str, then: Callable[[], object] | None = None) -> None:
        """Show a document, from the store where it is not on the desk yet."""

        def shown() -> None:
            self._desk.show(document_id)
            if then:
                then()

        def loaded(account: Account) -> None:
            if self._desk.opened(document_id) is None:
                self._lay(account)
            shown()

        if self._desk.opened(document_id):
            shown()
        else:
            self._session.ask(lambda store: store.load(document_id), loaded)

    # Saving

    def save(self, document_id: str, done: Callable[[], object] | None = None) -> None:
        """Store a document, and first the workspace where it refers to entries not stored yet."""
        opened = self._desk.opened(document_id)
        if opened is None or not opened.changed:
            return
        wanted = [opened]
        workspace = self._desk.opened(self._desk.workspace.id)
        if (
            workspace
            and workspace.changed
            and workspace is not opened
            and _needs(opened.draft, workspace)
        ):
            wanted.insert(0, workspace)
        self._save(wanted, done)

    def save_all(self, done: Callable[[], object] | None = None) -> None:
        """Store all documents with unsaved changes, the workspace first."""
        wanted = sorted(self._desk.unsaved, key=lambda opened: isinstance(opened.draft, Account))
        self._save(wanted, done)

    def _save(self, wanted: list[Opened], done: Callable[[], object] | None) -> None:
        from motion_desk.models.checks import blocking, check

        for opened in wanted:
            problems = blocking(check(opened.draft, self._desk.surroundings(opened.draft)))
            if problems:
                self.refused.emit(opened.draft, problems)
                return
        asked = tuple(opened.draft for opened in wanted)

        def work(store: Store) -> Stored:
            from motion_desk.services.store import Conflict

            stored: list[Document] = []
            conflict: Conflict | None = None
            for document in asked:
                try:
                    stored.append(store.save(document))
                except Conflict as met:
                    conflict = met
                    break
                store.keep_draft(document.id, None)
            return stored, conflict, store.accounts()

        def kept(result: Stored) -> None:
            stored, conflict, accounts = result
            for before, after in zip(asked, stored, strict=False):
                self._desk.stored(before, after)
            if self._journal:  # it may have been written while they were being stored
                self.write_journal()
            self._desk.list(accounts)
            if conflict:
                self.met.emit(asked[len(stored)], conflict.theirs)
                return
            self.saved.emit(len(stored))
            if done:
                done()

        self._session.ask(work, kept)

    def overwrite(self, mine: Document, theirs: Document | None) -> None:
        """Store my draft over the version of another program, or again where it was erased."""
        opened = self._desk.opened(mine.id)
        draft = opened.draft if opened else mine
        stored = theirs or Account(id=mine.id)
        self._desk.lay(stored, replace(draft, version=stored.version))
        self._desk.show(mine.id)
        self.save(mine.id)

    def take(self, mine: Document, theirs: Document | None) -> None:
        """Drop my draft for the version of another program."""
        if theirs is None:
            self._desk.take_away(mine.id)
        else:
            self._desk.lay(theirs)
            self._desk.show(theirs.id)

    # Accounts that appear and go

    def create(self, account: Account) -> None:
        """Store a new account and show it; undoing puts it into the bin."""
        text = self.tr("Create {}").format(account.settings.name or self.tr("account"))
        self._first(account, text)

    def duplicate(self, account: Account) -> None:
        """Store a copy of an account: inactive, without key, with secrets of its own."""
        name = self.tr("{} (copy)").format(account.settings.name)
        settings = replace(account.settings, name=name[:255], key="", active=False)
        copy = replace(account, id=new_id(), version=0, settings=settings)
        self._first(copy, self.tr("Duplicate {}").format(account.settings.name))

    def _first(self, account: Account, text: str) -> None:
        def stored(result: tuple[Account, tuple[AccountSummary, ...]]) -> None:
            account, accounts = result
            self._desk.lay(account)
            self._desk.list(accounts)
            self._desk.show(account.id)
            bring, drop = self._steps(account.id)
            self._desk.stack.push(Presence(text, bring, drop, done=True))

        self._session.ask(lambda store: (store.save(account), store.accounts()), stored)

    def delete(self, account_id: str, name: str) -> None:
        """Put an account into the bin; undoable."""
        bring, drop = self._steps(account_id)
        self._desk.stack.push(Presence(self.tr("Delete {}").format(name), drop, bring))

    def restore(self, account_id: str, name: str) -> None:
        """Take an account out of the bin; undoable."""
        bring, drop = self._steps(account_id)
        self._desk.stack.push(Presence(self.tr("Restore {}").format(name), bring, drop))

    def _steps(self, account_id: str) -> tuple[Callable[[], None], Callable[[], None]]:
        return lambda: self._bring(account_id), lambda: self._drop(account_id)

    def _drop(self, account_id: str) -> None:
        opened = self._desk.opened(account_id)
        journal = content(opened.draft) if opened and opened.changed else None

        def work(store: Store) -> tuple[AccountSummary, ...]:
            if journal:
                store.keep_draft(account_id, journal)
            store.delete(account_id)
            return store.accounts()

        if journal:
            self._drafts[account_id] = journal
        self._journal.pop(account_id, None)  # what is there stays, for whoever restores it
        self._desk.take_away(account_id)
        self._session.ask(work, self._desk.list)

    def _bring(self, account_id: str) -> None:
        def work(store: Store) -> tuple[AccountSummary, ...]:
            store.restore(account_id)
            return store.accounts()

        def back(accounts: tuple[AccountSummary, ...]) -> None:
            self._desk.list(accounts)
            self.open(account_id)

        self._session.ask(work, back)

    # The journal of unsaved changes

    def write_journal(self) -> None:
        """Write unsaved changes to the journal, so that a crash loses nothing but typed secrets."""
        if self.read_only:
            return
        drafts = {opened.draft.id: opened.draft for opened in self._desk.unsaved}
        changed = {
            key: draft for key, draft in drafts.items() if self._journal.get(key) is not draft
        }
        gone = self._journal.keys() - drafts.keys()
        self._journal = drafts
        if not changed and not gone:
            return
        entries = {key: content(draft) for key, draft in changed.items()}

        def work(store: Store) -> None:
            for key in gone:
                store.keep_draft(key, None)
            for key, entry in entries.items():
                store.keep_draft(key, entry)

        self._session.ask(work, _nothing)

    def discard_journal(self) -> None:
        """Drop the journal: what is unsaved is given up on purpose, or nothing is unsaved any more."""
        self._quiet.stop()
        gone = {*self._journal, *(opened.draft.id for opened in self._desk.unsaved)}
        if gone and not self.read_only:
            self._session.ask(lambda store: _forget(store, gone), _nothing)


def _forget(store: Store, drafts: Collection[str]) -> None:
    for document_id in drafts:
        store.keep_draft(document_id, None)


def _nothing(_: object) -> None:
    """What follows calls whose result nobody waits for."""


def _needs(document: Document, workspace: Opened) -> bool:
    """Whether a document refers to entries of the workspace that are not stored yet."""
    new = _entries(workspace.draft) - _entries(workspace.saved)
    return any((key, target) in new for _, key, target in uses(document))


def _entries(workspace: Document) -> set[tuple[str, str]]:
    return {(key, row.id) for key in DIRECTORY for row in get(workspace, key)}

"""Removing a row: at once where nothing refers to it, else after it was replaced or retired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.directory import own_name, uses
from motion_desk.models.document import Document, get
from motion_desk.models.references import with_references_replaced
from motion_desk.models.rows import removed
from motion_desk.models.workspace import Workspace
from motion_desk.ui.desk import Desk
from motion_desk.ui.going import going
from motion_desk.ui.questions import Questions
from motion_desk.ui.session import Session

if TYPE_CHECKING:
    from motion_desk.services.store import Store


class Removing(QObject):
    """Removes rows from the open document; an entry of the directory in use is not deleted."""

    def __init__(self, desk: Desk, session: Session, questions: Questions, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._questions = questions

    def remove(self, key: str, row_id: str) -> None:
        """Remove a row of the rows field ``key``, asking first where something refers to it."""
        current = self._desk.current
        if current is None or not row_id:
            return
        if not isinstance(current.draft, Workspace):
            if self._may_go(current.draft, key, row_id):
                self._drop(key, row_id)
            return

        def found(users: tuple[AccountSummary, ...]) -> None:
            self._decide(key, row_id, users)

        self._session.ask(lambda store: store.users_of(key, row_id), found)

    def _may_go(self, document: Document, key: str, row_id: str) -> bool:
        """Whether a row of an account may go, asking where other rows go or suffer with it."""
        gone = going(document, self._desk.surroundings(document), key, row_id)
        return gone.is_plain or self._questions.delete_rows(gone.text, gone.detail)

    def _drop(self, key: str, row_id: str) -> None:
        current = self._desk.current
        if current is not None:
            self._desk.edit(key, removed(get(current.draft, key), row_id))

    def _decide(self, key: str, row_id: str, stored: tuple[AccountSummary, ...]) -> None:
        names = {account.id: account.name for account in stored}
        workspace = self._desk.workspace
        for document in self._desk.drafts:
            if _refers(document, key, row_id):
                named = document.settings.name if isinstance(document, Account) else ""
                names[document.id] = named or self.tr("the workspace")
        if not names:
            self._drop(key, row_id)
            return
        rows = get(workspace, key)
        others = {row.id: own_name(row) for row in rows if row.id != row_id and not row.retired}
        name = own_name(next(row for row in rows if row.id == row_id))
        answer = self._questions.in_use(name, sorted(names.values()), others)
        if answer == "retire":
            self._desk.edit(f"{key}/{row_id}/retired", True)
        elif answer:
            self._replace(key, row_id, answer, tuple(names.keys() - {workspace.id}))

    def _replace(self, key: str, old: str, new: str, users: tuple[str, ...]) -> None:
        """Store the replacement in all accounts that use the entry, then drop it here."""

        def work(store: Store) -> list[Account]:
            changed = []
            for account_id in users:
                account = store.load(account_id)
                changed.append(store.save(with_references_replaced(account, key, old, new)))
            return changed

        def done(documents: list[Account]) -> None:
            for document in documents:
                self._desk.replaced(
                    document, lambda draft: with_references_replaced(draft, key, old, new)
                )
            current = self._desk.current
            if current is not None and isinstance(current.draft, Workspace):
                for use, target, entry in uses(current.draft):
                    if (target, entry) == (key, old):
                        self._desk.edit(use, new)
                self._drop(key, old)

        self._session.ask(work, done)


def _refers(document: Document, key: str, row_id: str) -> bool:
    return any((target, entry) == (key, row_id) for _, target, entry in uses(document))

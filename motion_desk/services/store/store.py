"""The store: one workspace file with its documents, secrets and drafts, tests and sent mail."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from motion_desk.models import records
from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.catalogue import DIRECTORY
from motion_desk.models.choices import UsedFor
from motion_desk.models.directory import uses
from motion_desk.models.document import Document, new_id
from motion_desk.models.runs import RunSummary
from motion_desk.models.sent import SentMail
from motion_desk.models.workspace import Workspace
from motion_desk.services.secrets import Secrets, SecretsError
from motion_desk.services.store import lists, runs, schema, sent
from motion_desk.services.store.database import Database
from motion_desk.services.store.entries import Entries
from motion_desk.services.store.errors import Conflict, Reason, WorkspaceError, damaged
from motion_desk.services.store.files import Access, examine
from motion_desk.services.store.identity import settled
from motion_desk.services.store.storable import storable

D = TypeVar("D", bound=Document)

KEPT_DAYS = 30
"""How long the keyring keeps a secret after its document stopped naming it."""

_account = records.account


class Store:
    """An open workspace file. All of it belongs to the thread that opened it, ``close`` included.

    Every method raises ``WorkspaceError`` where the file does not let it do what it says, and then
    has changed nothing. Each change is on the disk when its method returns.
    """

    def __init__(self, database: Database, secrets: Secrets, identity: str) -> None:
        self._database = database
        self._entries = Entries(database, secrets, identity)

    @classmethod
    def open(cls, path: Path, secrets: Secrets) -> Store:
        """Open a workspace file; an older one is backed up beside itself and brought up to date.

        Raises ``WorkspaceError`` and leaves the file as it is. Where file or folder are read-only
        the store is too.
        """
        found = examine(path)
        if found.revision not in schema.REVISIONS:
            raise WorkspaceError(
                Reason.NEWER,
                f"{path} was made by a newer version of Motion Desk (revision {found.revision}, "
                f"this one knows up to {schema.HEAD}). Install the newer version to open it.",
            )
        if found.revision != schema.HEAD:
            if found.access is not Access.WRITE:
                raise WorkspaceError(
                    Reason.READ_ONLY,
                    f"{path} was made by an older version and must be brought up to date first, "
                    "but it cannot be changed. Copy it to a folder of your own and open the copy.",
                )
            schema.migrate(path, found.revision)
        database = Database(path, found.access)
        try:
            identity = found.identity
            if not database.read_only:
                identity = settled(database, secrets, identity)
            store = cls(database, secrets, identity)
            if not database.read_only:
                with suppress(SecretsError):  # the keyring is locked: another day will do
                    store.purge()
        except BaseException:
            database.close()
            raise
        return store

    @classmethod
    def create(cls, path: Path, secrets: Secrets, workspace: Workspace | None = None) -> Store:
        """Make a new workspace file, with an id of its own, and open it; overwrites nothing.

        Raises ``WorkspaceError``, or ``SecretsError`` where a secret of ``workspace`` cannot be
        kept, and leaves no file.
        """
        schema.create(path, new_id())
        store = cls.open(path, secrets)
        if workspace:
            try:
                store.save(replace(workspace, id=store.identity, version=1))
            except BaseException:
                store.close()
                path.unlink()
                raise
        return store

    @property
    def path(self) -> Path:
        """The workspace's file."""
        return self._database.path

    @property
    def identity(self) -> str:
        """The workspace's id."""
        return self._entries.identity

    @property
    def secrets(self) -> Secrets:
        """Where the secrets of the documents are kept."""
        return self._entries.secrets

    @property
    def read_only(self) -> bool:
        """Whether the file can only be read: every change then raises ``WorkspaceError``."""
        return self._database.read_only

    def close(self) -> None:
        """Close the file; unless another program has it open, that one file is all there is."""
        self._database.close()

    def workspace(self) -> Workspace:
        """The workspace as it is stored."""
        with self._database.reading() as transaction:
            return self._loaded(transaction, Workspace, self.identity)

    def accounts(self) -> tuple[AccountSummary, ...]:
        """All accounts but those in the bin, by name whatever its case, then by id."""
        return self._summaries(_account.c.deleted_at.is_(None))

    def bin(self) -> tuple[AccountSummary, ...]:
        """The accounts that were deleted and can be restored, in the order of ``accounts``."""
        return self._summaries(_account.c.deleted_at.is_not(None))

    def motion_accounts(self) -> tuple[AccountSummary, ...]:
        """The accounts, the bin's aside, that are marked as used for Motion's own mail."""
        marked = _account.c["settings.used_for"] == UsedFor.MOTION.value
        return self._summaries(marked & _account.c.deleted_at.is_(None))

    def users_of(self, target_field: str, target: str) -> tuple[AccountSummary, ...]:
        """The accounts, the bin's aside, that refer to the entry ``target`` of a rows field."""
        with self._database.reading() as transaction:
            return lists.users_of(transaction, self.path, target_field, target)

    def load(self, account_id: str) -> Account:
        """An account as it is stored, also one in the bin; damage to it is always noticed."""
        with self._database.reading() as transaction:
            return self._loaded(transaction, Account, account_id)

    def text_of(self, reference: str) -> str | None:
        """The text of a secret, or ``None`` where the keyring has none. Raises ``SecretsError``."""
        return self._entries.secrets.get(self._entries.service, reference)

    def save(self, document: D) -> D:
        """Store a document and return it as it is stored; its draft ends.

        The version is then one higher and the secrets are references. An account without an id
        gets one, and an account in the bin comes back. Version 0 stands for a new account. Raises ``Conflict`` where another version is stored
        than the one that ``document`` began as, ``SecretsError`` where the keyring refuses, and
        ``ValueError`` for values that checks do not let through.
        """
        document = storable(document if document.id else replace(document, id=new_id()))
        with self._database.writing() as transaction:
            self._compare_versions(transaction, document)  # before the keyring is asked
        document, fresh = self._entries.stored(document)
        try:
            with self._database.writing() as transaction:
                self._compare_versions(transaction, document)
                document = replace(document, version=document.version + 1)
                self._write(transaction, document)
                self._entries.record(transaction, document)
        except BaseException:
            self._entries.withdraw(fresh)
            raise
        return document

    def delete(self, account_id: str) -> None:
        """Put an account into the bin; its secrets are kept."""
        self._set_deleted_at(account_id, datetime.now(UTC))

    def restore(self, account_id: str) -> None:
        """Take an account out of the bin."""
        self._set_deleted_at(account_id, None)

    def erase(self, account_id: str) -> None:
        """Delete an account, its draft, its tests and its secrets for ever.

        Where the keyring cannot be reached its secrets are deleted there at a later opening.
        """
        with self._database.writing() as transaction:
            found = transaction.execute(delete(_account).where(_account.c.id == account_id))
            if not found.rowcount:
                raise self._no_account()
            self._end_draft(transaction, account_id)
            retired = self._entries.retire(transaction, account_id)
        self._entries.withdraw(retired)

    def forget(self, reference: str) -> None:
        """Delete a secret for ever, whether or not it is still in use. Raises ``SecretsError``."""
        with self._database.writing():  # not in a file that cannot be changed
            pass
        self._entries.forget([reference])

    def purge(self, older_than_days: float = KEPT_DAYS) -> None:
        """Delete the secrets that retired before so many days. Raises ``SecretsError``."""
        if due := self._entries.retired(older_than_days):
            self._entries.forget(due)

    def keep_draft(self, document_id: str, content: Mapping[str, Any] | None) -> None:
        """Note what ``plain.content`` gives of an unsaved document; ``None`` ends its draft."""
        with self._database.writing() as transaction:
            self._end_draft(transaction, document_id)
            if content is not None:
                # Escaped, for a text that is still being edited may hold what UTF-8 cannot.
                text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
                row = {"document": document_id, "content": text, "at": datetime.now(UTC)}
                transaction.execute(insert(records.draft), row)

    def drafts(self) -> dict[str, dict[str, Any]]:
        """The drafts that were left, by document, the oldest first; an unreadable one is none."""
        draft = records.draft
        found: dict[str, dict[str, Any]] = {}
        with self._database.reading() as transaction:
            query = select(draft.c.document, draft.c.content).order_by(draft.c.at)
            for document_id, text in transaction.execute(query):
                with suppress(TypeError, ValueError):
                    found[document_id] = json.loads(text)
        return found

    def keep_run(
        self,
        account_id: str,
        at: datetime,
        fingerprint: str,
        verdict: str,
        content: Mapping[str, Any],
        *,
        lab: bool = False,
        vantage: str = "",
    ) -> str:
        """Note a test of a stored account, made ``at`` a moment with a time zone; returns its id.

        ``content`` is JSON-able data. ``lab`` marks a test that went to the lab, ``vantage`` says
        from where it was made unless from this workstation. Of each account the newest
        ``KEPT_RUNS`` are kept.
        """
        with self._database.writing() as transaction:
            known = select(_account.c.id).where(_account.c.id == account_id)
            if transaction.scalars(known).first() is None:
                raise self._no_account()
            return runs.keep(
                transaction, account_id, at, fingerprint, verdict, content, lab, vantage
            )

    def runs(self, account_id: str) -> tuple[RunSummary, ...]:
        """The kept tests of an account, the newest first; none of an account that is not there."""
        with self._database.reading() as transaction:
            return runs.of_account(transaction, self.path, account_id)

    def last_runs(self) -> Mapping[str, RunSummary]:
        """The newest test of each account that has any, the bin's too, by the account's id.

        Only tests from this workstation count: a probe from elsewhere is no verdict.
        """
        with self._database.reading() as transaction:
            return runs.last(transaction, self.path)

    def run(self, run_id: str) -> dict[str, Any]:
        """The content of a kept test; damage to it is always noticed."""
        with self._database.reading() as transaction:
            return runs.content_of(transaction, self.path, run_id)

    def forget_run(self, run_id: str) -> None:
        """Delete a kept test for ever."""
        with self._database.writing() as transaction:
            runs.forget(transaction, self.path, run_id)

    def keep_sent(self, mails: Iterable[SentMail]) -> None:
        """Note messages that were sent, or why not; the oldest beyond ``KEPT_SENT`` are dropped."""
        with self._database.writing() as transaction:
            sent.keep(transaction, mails)

    def sent(self, most: int = 1_000) -> tuple[SentMail, ...]:
        """What was sent, the newest first, at most so many; accounts may be erased since."""
        with self._database.reading() as transaction:
            return sent.newest(transaction, self.path, most)

    def forget_sent(self, ids: Collection[int] | None = None) -> None:
        """Delete messages from the log for ever, by their ids; without ids, all of them."""
        with self._database.writing() as transaction:
            sent.forget(transaction, ids)

    def _summaries(self, where: ColumnElement[bool]) -> tuple[AccountSummary, ...]:
        with self._database.reading() as transaction:
            return lists.summaries(transaction, self.path, where)

    def _loaded(self, transaction: Connection, document: type[D], identity: str) -> D:
        table = _account if document is Account else records.workspace
        what = f"The account {identity}" if document is Account else "The workspace's own entry"
        try:
            query = select(table).where(table.c.id == identity)
            row = transaction.execute(query).mappings().first()
            if row and document is Account:
                what = f"The account “{row['settings.name']}” ({identity})"
            if row and records.seal(dict(row)) == row["digest"]:
                return records.from_row(document, dict(row))
        except (KeyError, TypeError, ValueError) as error:  # no value of its column, or no word
            raise damaged(self.path, what) from error
        if row is None and document is Account:
            raise self._no_account()
        raise damaged(self.path, what)

    def _compare_versions(self, transaction: Connection, document: Document) -> None:
        table = _account if isinstance(document, Account) else records.workspace
        if isinstance(document, Workspace) and document.id != self.identity:
            raise ValueError("the document is another workspace's")
        stored = transaction.scalars(
            select(table.c.version).where(table.c.id == document.id)
        ).one_or_none()
        if stored != (document.version or None):
            kind = type(document)
            raise Conflict(self._loaded(transaction, kind, document.id) if stored else None)

    def _write(self, transaction: Connection, document: Document) -> None:
        row = records.to_row(document)
        if isinstance(document, Account):
            self._write_account(transaction, document, row)
        else:
            transaction.execute(update(records.workspace), row)
        self._end_draft(transaction, document.id)

    def _write_account(
        self, transaction: Connection, account: Account, row: Mapping[str, Any]
    ) -> None:
        if account.version == 1:
            transaction.execute(insert(_account), row)
        else:
            changed = update(_account).where(_account.c.id == account.id)
            transaction.execute(changed.values(deleted_at=None, **row))
        transaction.execute(delete(records.uses).where(records.uses.c.account == account.id))
        found = [
            {"account": account.id, "key": key, "target_field": field, "target": target}
            for key, field, target in dict.fromkeys(uses(account))
            if field in DIRECTORY  # rows that refer to each other are no business of others
        ]
        if found:
            transaction.execute(insert(records.uses), found)

    def _set_deleted_at(self, account_id: str, moment: datetime | None) -> None:
        with self._database.writing() as transaction:
            changed = update(_account).where(_account.c.id == account_id)
            if not transaction.execute(changed.values(deleted_at=moment)).rowcount:
                raise self._no_account()

    def _end_draft(self, transaction: Connection, document_id: str) -> None:
        transaction.execute(delete(records.draft).where(records.draft.c.document == document_id))

    def _no_account(self) -> WorkspaceError:
        return WorkspaceError(
            Reason.NO_ACCOUNT,
            f"This account is no longer in {self.path}. Somebody erased it: close it here.",
        )

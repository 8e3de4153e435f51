"""Entries: what of the keyring belongs to which document, and when it is deleted there."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection, delete, insert, select, update

from motion_desk.models.document import Document
from motion_desk.models.records import secret
from motion_desk.models.secret import NO_SECRET, Secret
from motion_desk.services.secrets import Secrets, SecretsError, new_reference, service_of
from motion_desk.services.store.database import Database
from motion_desk.services.store.errors import WorkspaceError
from motion_desk.services.store.secret_values import secrets_of, with_secrets

D = TypeVar("D", bound=Document)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""When an entry counts as retired that is to be deleted as soon as the keyring can be reached."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The keyring entries of one workspace and the table that says whose they are.

    The table names an entry before the keyring has it and until the keyring has lost it, so that
    none is ever forgotten there, wherever the program ends.
    """

    database: Database
    secrets: Secrets
    identity: str

    @property
    def service(self) -> str:
        """The keyring's name for this workspace."""
        return service_of(self.identity)

    def stored(self, document: D) -> tuple[D, tuple[str, ...]]:
        """The document with every secret as a reference of its own, and the references made.

        What was typed gets a new entry, and so does a secret that is another document's or row's:
        each owner may retire its own. A secret whose text cannot be found any more becomes none.
        Raises ``SecretsError`` or ``WorkspaceError``, and then has withdrawn what it made.
        """
        texts: dict[str, str] = {}
        kept: set[str] = set()
        own = self._own(document)

        def reference(value: Secret) -> Secret:
            text = value.typed
            if text is None and value.reference:
                if value.reference in own and value.reference not in kept:
                    kept.add(value.reference)
                    return value
                text = self.secrets.get(self.service, value.reference)
            if not text:
                return NO_SECRET
            texts[name := new_reference()] = text
            return Secret(name)

        document = with_secrets(document, reference)
        if texts:
            self._announce(document.id, texts)
            try:
                for name, text in texts.items():
                    self.secrets.put(self.service, name, text)
            except BaseException:
                self.withdraw(texts)
                raise
        return document, tuple(texts)

    def record(self, transaction: Connection, document: Document) -> None:
        """Note which entries the document names; those it no longer names retire now."""
        named = {value.reference for value in secrets_of(document)}
        own = secret.c.document == document.id
        transaction.execute(
            update(secret).where(own, secret.c.reference.in_(named)).values(retired_at=None)
        )
        transaction.execute(
            update(secret)
            .where(own, secret.c.reference.not_in(named), secret.c.retired_at.is_(None))
            .values(retired_at=datetime.now(UTC))
        )

    def retire(self, transaction: Connection, document_id: str) -> list[str]:
        """Note that all entries of an erased document are to be deleted; returns them."""
        own = secret.c.document == document_id
        transaction.execute(update(secret).where(own).values(retired_at=LONG_AGO))
        return list(transaction.scalars(select(secret.c.reference).where(own)))

    def withdraw(self, references: Iterable[str]) -> None:
        """Delete entries if that can be done now; else the next purge does it."""
        with suppress(SecretsError, WorkspaceError):
            self.forget(references)

    def forget(self, references: Iterable[str]) -> None:
        """Delete entries for ever. Raises ``SecretsError``; what is left stays noted."""
        gone = []
        try:
            for reference in references:
                if self.secrets.forget(self.service, reference):
                    gone.append(reference)  # noqa: PERF401  what is gone counts in any case
        finally:
            if gone:
                with self.database.writing() as transaction:
                    transaction.execute(delete(secret).where(secret.c.reference.in_(gone)))

    def retired(self, older_than_days: float) -> list[str]:
        """The entries that retired before so many days."""
        due = datetime.now(UTC) - timedelta(days=older_than_days)
        with self.database.reading() as transaction:
            return list(
                transaction.scalars(select(secret.c.reference).where(secret.c.retired_at < due))
            )

    def _own(self, document: Document) -> frozenset[str]:
        named = {value.reference for value in secrets_of(document) if value.reference}
        if not named:
            return frozenset()
        query = select(secret.c.reference).where(
            secret.c.document == document.id, secret.c.reference.in_(named)
        )
        with self.database.reading() as transaction:
            return frozenset(transaction.scalars(query))

    def _announce(self, document_id: str, references: Iterable[str]) -> None:
        """Name entries before they are made, as retired: so a purge finds what a crash leaves."""
        now = datetime.now(UTC)
        rows = [
            {"reference": name, "document": document_id, "created_at": now, "retired_at": now}
            for name in references
        ]
        with self.database.writing() as transaction:
            transaction.execute(insert(secret), rows)

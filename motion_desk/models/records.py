"""Records: the database's tables, derived from the catalogue, and documents as their rows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine

from motion_desk.models import kinds
from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT, WORKSPACE, Catalogue
from motion_desk.models.changes import summary
from motion_desk.models.document import Document, get
from motion_desk.models.plain import dump, with_content

D = TypeVar("D", bound=Document)


class Instant(TypeDecorator[datetime]):
    """A moment: given and returned with its time zone, stored as UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


# Lengths are the checks' business: a hidden field may hold what they would refuse.
COLUMN_TYPES: Mapping[type[kinds.Kind], type[TypeEngine[Any]]] = {
    kinds.Text: Text,
    kinds.Lines: Text,
    kinds.Integer: Integer,
    kinds.Toggle: Boolean,
    kinds.Choice: Text,  # the option's word
    kinds.Date: Text,  # year-month-day
    kinds.Reference: Text,  # the entry's id
    kinds.References: Text,  # JSON
    kinds.SecretText: Text,  # the reference of its keyring entry
    kinds.Rows: Text,  # JSON
}


def column_type(kind: kinds.Kind) -> type[TypeEngine[Any]]:
    """The type of the column that holds values of a kind. Raises ``KeyError`` for a new kind."""
    for base in type(kind).__mro__:
        if found := COLUMN_TYPES.get(base):
            return found
    raise KeyError(type(kind).__name__)


metadata = MetaData(naming_convention={"fk": "fk_%(table_name)s_%(column_0_name)s"})


def _document_columns(catalogue: Catalogue, *more: Column[Any]) -> list[Column[Any]]:
    """The columns of a document; a field's column may be NULL: it then has its default."""
    return [
        Column("id", Text, primary_key=True, nullable=False),
        Column("version", Integer, nullable=False),
        Column("digest", Text, nullable=False),
        *more,
        *(Column(key, column_type(field.kind)) for key, field in catalogue.fields.items()),
    ]


account = Table(
    "account",
    metadata,
    *_document_columns(
        ACCOUNT,
        Column("deleted_at", Instant),
        Column("any_certificate", Boolean, nullable=False),
        Column("cloud_provider", Text, nullable=False),
    ),
)

SUMMARY_COLUMNS = (
    account.c.id,
    account.c["settings.name"],
    account.c["settings.key"],
    account.c["settings.service"],
    account.c["settings.address"],
    account.c["settings.active"],
    account.c.any_certificate,
    account.c.cloud_provider,
)
"""What an ``AccountSummary`` is made of, in its order."""

# Covers the list of accounts, so that it is read without the wide rows.
Index("account_list", account.c.deleted_at, *SUMMARY_COLUMNS)

workspace = Table(
    "workspace",
    metadata,
    # The file's path when it was last opened, in the bytes of the file system: tells copies.
    *_document_columns(WORKSPACE, Column("path", LargeBinary, nullable=False)),
)

uses = Table(
    "uses",
    metadata,
    Column("account", Text, ForeignKey(account.c.id, ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("target_field", Text, primary_key=True),
    Column("target", Text, primary_key=True),
    Index("uses_of_target", "target_field", "target"),
)

secret = Table(
    "secret",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("document", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("retired_at", Instant),
    Index("secret_of_document", "document"),
)

draft = Table(
    "draft",
    metadata,
    Column("document", Text, primary_key=True),
    Column("content", Text, nullable=False),  # JSON
    Column("at", Instant, nullable=False),
)

run = Table(
    "test_run",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    Column("account", Text, ForeignKey(account.c.id, ondelete="CASCADE"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("lab", Boolean, nullable=False),
    Column("vantage", Text),  # empty for this workstation
    Column("content", Text, nullable=False),  # JSON
    Column("digest", Text, nullable=False),
    Index("test_run_of_account", "account", "at"),
)

sent = Table(
    "sent",
    metadata,
    Column("id", Integer, primary_key=True, nullable=False),  # in the order of noting
    Column("at", Instant, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("surface", Text, nullable=False),
    Column("template", Text, nullable=False),
    # No reference: who was invited stays known when the account is erased.
    Column("account", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("words", Text, nullable=False),
    Index("sent_of_purpose", "purpose", "id"),
    sqlite_autoincrement=True,
)

UNSEALED = frozenset({"digest", "deleted_at", "path"})
"""Columns that a digest does not cover: they change while the document stays as it is."""


def seal(row: Mapping[str, Any]) -> str:
    """The SHA-256, in hexadecimal, of all that a document's row stores.

    It is taken of the stored values by column, not of the document that they are read as, so that
    it stays right when a later version declares more fields, cells or options. NULLs count as
    absent: a migration that adds an empty column need not seal again.
    """
    stored = {
        key: int(value) if isinstance(value, bool) else value
        for key, value in row.items()
        if value is not None and key not in UNSEALED
    }
    text = json.dumps(stored, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def to_row(document: Document) -> dict[str, Any]:
    """A document's columns, sealed. Secrets must be references: typed text is left out."""
    catalogue = ACCOUNT if isinstance(document, Account) else WORKSPACE
    row: dict[str, Any] = {"id": document.id, "version": document.version}
    for key, field in catalogue.fields.items():
        row[key] = _stored(dump(field.kind, get(document, key)))
    if isinstance(document, Account):
        counted = summary(document)
        row["any_certificate"] = counted.any_certificate
        row["cloud_provider"] = counted.cloud_provider
    row["digest"] = seal(row)
    return row


def _stored(plain: Any) -> Any:
    if isinstance(plain, list):
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return plain


def from_row(document: type[D], row: Mapping[str, Any]) -> D:
    """The document that ``to_row`` wrote. Raises ``ValueError`` for what it never writes.

    The digest is not looked at: compare it with ``seal`` first.
    """
    catalogue = ACCOUNT if document is Account else WORKSPACE
    plain: dict[str, Any] = {}
    for key, field in catalogue.fields.items():
        stored = row[key]
        if isinstance(field.kind, kinds.Rows | kinds.References) and stored is not None:
            plain[key] = json.loads(stored)
        elif stored is not None or field.kind.empty is None:
            plain[key] = stored
    return with_content(document(id=row["id"], version=row["version"]), plain)

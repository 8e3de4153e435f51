"""Places: where a document holds secrets, and how typed ones give way to stored ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import change
from motion_desk.models.document import D, Document, get
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import Rows
from motion_desk.models.secret import Secret

Settled = Mapping[tuple[str, str, Secret], Secret]
"""Which stored secret stands for a typed one: by document id, key and the typed secret."""


def secrets_of(document: Document) -> Iterator[tuple[str, Secret]]:
    """All secrets of a document that are not empty, with the key of the field or cell."""
    for key, field in catalogue_of(document).fields.items():
        value = get(document, key)
        if field.secret and value:
            yield key, value
        elif isinstance(field.kind, Rows):
            for row in value:
                for cell in fields_of(type(row)):
                    if cell.secret and getattr(row, cell.name):
                        yield f"{key}/{row.id}/{cell.name}", getattr(row, cell.name)


def settled_between(asked: Document, stored: Document) -> Settled:
    """Which typed secrets of ``asked`` became which stored ones of ``stored``."""
    after = dict(secrets_of(stored))
    return {
        (asked.id, key, secret): after[key]
        for key, secret in secrets_of(asked)
        if secret.typed is not None and key in after
    }


def settle(document: D, settled: Settled) -> D:
    """The document with each typed secret that was stored meanwhile replaced by the stored one."""
    if not settled:  # as at most edits, each of which asks
        return document
    for key, secret in tuple(secrets_of(document)):
        if stored := settled.get((document.id, key, secret)):
            document = change(document, key, stored)
    return document

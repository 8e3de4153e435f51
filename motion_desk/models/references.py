"""References replaced: a document that refers to another entry in place of one."""

from __future__ import annotations

from motion_desk.models.changes import change, value_at
from motion_desk.models.directory import uses
from motion_desk.models.document import D


def with_references_replaced(document: D, to: str, old: str, new: str) -> D:
    """The document with each reference to ``old`` (an entry of the rows field ``to``) led to ``new``."""
    for key, target, entry in uses(document):
        if (target, entry) == (to, old):
            value = value_at(document, key)
            if isinstance(value, tuple):
                kept = [new if item == old else item for item in value]
                document = change(document, key, tuple(dict.fromkeys(kept)))
            else:
                document = change(document, key, new)
    return document

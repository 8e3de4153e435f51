"""Sources: the templates of a surface, wherever account and workspace keep them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from motion_desk.models.account import Account
from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import resolve
from motion_desk.models.directory import own_name
from motion_desk.models.document import Document
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import RichText, Rows
from motion_desk.models.surfaces import Surface
from motion_desk.models.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Source:
    """One template. ``key`` is its field or cell; ``name`` its row's, empty where it has none.

    ``subject`` is a template too, and empty where there is none.
    """

    key: str
    name: str
    html: str
    subject: str = ""


def sources(surface: Surface, workspace: Workspace, account: Account | None) -> tuple[Source, ...]:
    """The templates of a surface, the one that is chosen in the settings first.

    What is hidden in the account counts as its default. Templates without text are left out.
    """
    chosen = {workspace.general.invitation}
    documents: list[Document] = [workspace]
    if account is not None:
        documents.append(account)
        chosen.add(account.transfer.mail_template)
    found = [each for document in documents for each in of_document(surface, document)]
    found.sort(key=lambda each: _row_of(each.key) not in chosen - {""})
    return tuple(found)


def _row_of(key: str) -> str:
    _, _, cell = key.partition("/")
    return cell.partition("/")[0]


def of_document(surface: Surface, document: Document) -> Iterator[Source]:
    """The templates of a surface in one document, in the order of its fields."""
    values = resolve(document).effective
    for field in catalogue_of(document).templates:
        value = values[field.key]
        if not isinstance(field.kind, Rows):
            if field.surface is surface and value:
                yield Source(field.key, "", value)
            continue
        for row in value if isinstance(value, tuple) else ():
            cells = [cell for cell in fields_of(type(row)) if cell.surface is surface]
            texts = {isinstance(cell.kind, RichText): cell for cell in cells}
            if True in texts and (html := getattr(row, texts[True].name)):
                subject = getattr(row, texts[False].name) if False in texts else ""
                key = f"{field.key}/{row.id}/{texts[True].name}"
                yield Source(key, own_name(row), html, subject)

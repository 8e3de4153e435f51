"""Subject: the template that is previewed, as it is on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.document import Document, get
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import RichText, Rows
from motion_desk.models.surfaces import Surface


@dataclass(frozen=True, slots=True)
class Subject:
    """A template: the document that holds it, its key, and what it is called."""

    document: str
    key: str
    title: str
    surface: Surface


def subject_of(document: Document, key: str) -> Subject | None:
    """The template with a key, or ``None`` where the field holds none, or the row is gone."""
    field, row = _field(document, key)
    if field is None or field.surface is None or not isinstance(field.kind, RichText):
        return None
    title = " · ".join(filter(None, (field.surface.label, row)))
    return Subject(document.id, key, title, field.surface)


def first_subject(document: Document, section: str) -> Subject | None:
    """The first template of a section, where it has one outside its rows."""
    for field in catalogue_of(document).fields.values():
        if field.key.partition(".")[0] == section and (found := subject_of(document, field.key)):
            return found
    return None


def text_of(document: Document, subject: Subject) -> tuple[str, str]:
    """The template's source, and that of the subject line beside it, where its row has one."""
    head, _, rest = subject.key.partition("/")
    if not rest:
        return str(get(document, head)), ""
    row_id, _, name = rest.partition("/")
    for row in get(document, head):
        if row.id == row_id:
            return str(getattr(row, name, "")), str(getattr(row, "subject", ""))
    return "", ""


def _field(document: Document, key: str) -> tuple[Field | None, str]:
    """The declaration of a field or cell, and what its row is called."""
    head, _, rest = key.partition("/")
    field = catalogue_of(document).fields.get(head)
    if field is None or not rest:
        return field, ""
    row_id, _, name = rest.partition("/")
    if isinstance(field.kind, Rows):
        for row in get(document, head):
            if row.id == row_id:
                cell = next((each for each in fields_of(type(row)) if each.name == name), None)
                return cell, str(getattr(row, "name", "") or getattr(row, "key", ""))
    return None, ""

"""Which editor edits which kind of value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from motion_desk.models import kinds
from motion_desk.models.catalogue import DIRECTORY
from motion_desk.models.certificates import Certificates, Fingerprint
from motion_desk.models.fields import Field
from motion_desk.models.internet import Address, Host, Url
from motion_desk.ui.editors.choices import ChoiceEditor, ReferenceEditor
from motion_desk.ui.editors.line import LineEditor
from motion_desk.ui.editors.lines import LinesEditor
from motion_desk.ui.editors.references import ReferencesEditor
from motion_desk.ui.editors.secret import SecretEditor
from motion_desk.ui.editors.switch import Switch
from motion_desk.ui.form.tools import FormTools
from motion_desk.ui.icons import icon

Maker = Callable[[Any, Field, QWidget], Any]
"""Makes an editor from a kind and its field. Editors share a contract, not a base class: see ``ui.editors``."""


def _line(kind: Any, field: Field, parent: QWidget) -> Any:
    return LineEditor(kind, field.suggestions, parent)


def _rich_text(kind: Any, field: Field, parent: QWidget) -> Any:
    from motion_desk.ui.editors.rich_text import RichTextEditor

    return RichTextEditor(icon, parent)


EDITORS: dict[type[kinds.Kind], Maker] = {
    kinds.Text: _line,
    Host: _line,
    Url: _line,
    Address: _line,
    Fingerprint: _line,
    kinds.Integer: _line,
    kinds.Date: _line,
    kinds.Lines: lambda kind, field, parent: LinesEditor(parent),
    Certificates: lambda kind, field, parent: LinesEditor(parent),
    kinds.RichText: _rich_text,
    kinds.Toggle: lambda kind, field, parent: Switch(parent),
    kinds.Choice: lambda kind, field, parent: ChoiceEditor(kind, parent),
    kinds.Reference: lambda kind, field, parent: ReferenceEditor(kind.to in DIRECTORY, parent),
    kinds.References: lambda kind, field, parent: ReferencesEditor(parent),
    kinds.SecretText: lambda kind, field, parent: SecretEditor(parent),
}


def _rows(kind: kinds.Rows, field: Field, tools: FormTools, parent: QWidget) -> Any:
    from motion_desk.ui.form.rows import RowsEditor  # which holds rows, which hold editors

    return RowsEditor(field, kind, tools, parent)


def editor_for(field: Field, tools: FormTools, parent: QWidget) -> Any:
    """A new editor for a field's kind."""
    if isinstance(field.kind, kinds.Rows):
        return _rows(field.kind, field, tools, parent)
    editor = EDITORS[type(field.kind)](field.kind, field, parent)
    if isinstance(field.kind, kinds.RichText):
        editor.stepping.connect(tools.desk.settle)
    if field.surface and isinstance(field.kind, kinds.RichText):
        from motion_desk.ui.form.offering import Offering  # late, with the editor of rich text

        Offering(editor, tools.desk, field.surface)
    return editor

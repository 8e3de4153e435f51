"""Words of the form: tooltips and marks, derived from a field's declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from motion_desk.models.fields import Field
    from motion_desk.models.kinds import Kind
    from motion_desk.models.problems import Problem


def tr(text: str) -> str:
    """The text in the language of the window."""
    return QCoreApplication.translate("Form", text)


def tooltip(field: Field) -> str:
    """What a field does, what it takes, and whether Motion documents it; as rich text."""
    from html import escape  # whose table of entities is large; no tooltip is asked for at start

    parts = [f"<b>{escape(tr(field.label))}</b>"]
    if field.help:
        parts.append(escape(tr(field.help)))
    if takes := _takes(field.kind, field.unit):
        parts.append(takes)
    if field.required:
        parts.append(escape(tr("* Needed before an account can be active.")))
    parts.append(f"<i>{escape(documented(field))}</i>")
    return "".join(f"<p style='margin: 4px 0'>{part}</p>" for part in parts)


def documented(field: Field) -> str:
    """Whether Motion's documentation has the field, and what it leaves open."""
    from motion_desk.models.fields import Status

    said = {
        Status.DOCUMENTED: tr("Documented by Motion."),
        Status.UNCONFIRMED: tr("Not confirmed by Motion's documentation."),
        Status.OURS: tr("A setting of Motion Desk, not of Motion."),
    }[field.status]
    if field.since:
        said += " " + tr("Needs Motion {} or newer.").format(field.since)
    return f"{said} {tr(field.note)}" if field.note else said


def _takes(kind: Kind, unit: str) -> str:
    from motion_desk.models.kinds import Integer, Text

    if isinstance(kind, Integer):
        said = tr("{low} to {high}").format(low=kind.low, high=kind.high)
        return f"{said} {unit}".strip()
    if isinstance(kind, Text) and kind.most < 100:
        return tr("At most {} characters").format(kind.most)
    return ""


LONGEST_QUOTE = 60
"""Characters of what was entered that a sentence repeats: megabytes would stop the window."""


def sentence(problem: Problem) -> str:
    """What is wrong and what to do, in the language of the window."""
    return tr(problem.text).format_map({k: quoted(v) for k, v in problem.values.items()})


def quoted(value: object) -> object:
    """A value as a sentence repeats it: the middle of a long text is left out."""
    if not isinstance(value, str) or len(value) <= LONGEST_QUOTE:
        return value
    half = LONGEST_QUOTE // 2
    return f"{value[:half]}…{value[-half:]}"


def mark(field: Field, newer: bool, owner: Field | None = None) -> str:
    """The word on a field's mark; empty where a field needs none.

    A cell needs none for a status that the mark of its ``owner``, the list, tells already.
    """
    from motion_desk.models.fields import Status

    if newer:
        return tr("needs {}").format(field.since)
    if field.mark:
        return tr(field.mark)
    if owner is not None and field.status is owner.status:
        return ""
    if field.status is Status.UNCONFIRMED:
        return tr("unconfirmed")
    if field.status is Status.OURS:
        return tr("Motion Desk's own")
    return ""

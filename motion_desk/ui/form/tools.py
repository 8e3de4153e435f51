"""What a form's rows need beside their declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from motion_desk.ui.desk import Desk
from motion_desk.ui.form.additions import Additions
from motion_desk.ui.theme import Theme


def _nothing(_: str) -> None:
    """What a form does that has no preview."""


@dataclass(frozen=True, slots=True)
class FormTools:
    """The desk that takes edits, the colours, and the ways out of the form.

    ``go_to`` opens the list behind a reference (by its key in the workspace); ``remove`` deletes
    a row (by the rows field's key and the row's id) once nothing refers to it. ``preview`` shows
    a template beside its editor, by its key; ``looked`` tells that one's editor got the focus.
    ``links`` are a text and an act that stand beside references, by the list they choose from;
    ``additions`` are what stands beside a section's rows.
    """

    desk: Desk
    theme: Theme
    go_to: Callable[[str], None]
    remove: Callable[[str, str], None]
    preview: Callable[[str], None] = _nothing
    looked: Callable[[str], None] = _nothing
    links: Mapping[str, tuple[str, Callable[[], None]]] = field(default_factory=dict)
    additions: Additions = field(default_factory=dict)

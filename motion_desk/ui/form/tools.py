"""What a form's rows need beside their declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from motion_desk.ui.desk import Desk
from motion_desk.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class FormTools:
    """The desk that takes edits, the colours, and two ways out of the form.

    ``go_to`` opens the list behind a reference (by its key in the workspace); ``remove`` deletes
    a row (by the rows field's key and the row's id) once nothing refers to it.
    """

    desk: Desk
    theme: Theme
    go_to: Callable[[str], None]
    remove: Callable[[str, str], None]

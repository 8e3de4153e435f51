"""Offering: keeps the variables of a template's editor in step with the workspace on the desk."""

from __future__ import annotations

from PySide6.QtCore import QObject

from motion_desk.models.surfaces import Surface
from motion_desk.models.variables import known_on
from motion_desk.services import bundled
from motion_desk.ui.desk import Desk
from motion_desk.ui.editors.rich_text import RichTextEditor


class Offering(QObject):
    """Shows an editor the variables of its surface, now and whenever the workspace's change.

    The editor owns it. What shows nothing new costs one comparison an edit.
    """

    def __init__(self, editor: RichTextEditor, desk: Desk, surface: Surface) -> None:
        super().__init__(editor)
        self._editor = editor
        self._desk = desk
        self._surface = surface
        self._own: object = None
        desk.shown.connect(self._follow)
        self._follow()

    def _follow(self, _: object = None) -> None:
        own = self._desk.workspace.variables
        if own is not self._own:
            self._own = own
            known = known_on(self._surface, bundled.variables(), own.entries)
            self._editor.show_variables(known)

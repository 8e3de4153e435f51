"""Beside: the preview in its place beside the page, following what is edited there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.window import Window

if TYPE_CHECKING:
    from motion_desk.ui.preview.pane import PreviewPane


class Beside(QObject):
    """Opens and closes the preview; while it is open, it shows the template that is worked on."""

    def __init__(self, tools: PanelTools, window: Window, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._window = window
        self.pane: PreviewPane | None = None
        """The preview, once it was opened."""
        self._is_open = False

    def preview(self, key: str) -> None:
        """Open the preview of the template with a key, of the open document."""
        from motion_desk.ui.preview.subject import subject_of

        current = self._tools.desk.current
        subject = subject_of(current.draft, key) if current else None
        if subject is None:
            return
        if self.pane is None:
            # Late: with it comes the web engine.
            from motion_desk.ui.preview.pane import PreviewPane

            self.pane = PreviewPane(self._tools, self._window)
            self.pane.closed.connect(self.close)
            self.pane.went.connect(self._go)
        if not self._is_open:
            self._is_open = True
            self._window.show_beside(self.pane)
        self.pane.show_subject(subject)

    def look_at(self, key: str) -> None:
        """Show the template whose editor got the focus, where the preview is open."""
        if self._is_open:
            self.preview(key)

    def toggle(self) -> None:
        """Close the preview, or open that of the first template on the page."""
        from motion_desk.ui.preview.subject import first_subject

        current = self._tools.desk.current
        if self._is_open:
            self.close()
        elif current and (subject := first_subject(current.draft, self._window.section)):
            self.preview(subject.key)
        else:
            self._tools.tell(tr("This page has no template that could be shown."))

    def close(self) -> None:
        """Take the preview from the screen; its view is kept for the next time."""
        self._is_open = False
        self._window.show_beside(None)

    def _go(self, key: str, line: int, column: int) -> None:
        """Go to a place in a template's source, in its editor."""
        from motion_desk.ui.editors.rich_text import RichTextEditor

        self._window.go_to(key)
        editor = self._window.findChild(RichTextEditor, key)
        if editor is not None:
            editor.go_to_source(line, column)

    def finish(self) -> None:
        """End what the preview runs, for the window closes."""
        if self.pane is not None:
            self.pane.finish()

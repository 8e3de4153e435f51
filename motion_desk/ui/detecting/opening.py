"""Opening: the dialog for the open account, and what is said once its settings are used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools

if TYPE_CHECKING:
    from motion_desk.ui.window import Window


USED = "The detected settings are used; undo takes them back."


def detect(tools: PanelTools, window: Window) -> None:
    """Ask for the settings of the open account's address."""
    # Late, with all that a search finds: nobody has asked for one before.
    from motion_desk.ui.detecting.dialog import DetectDialog

    if tools.desk.account is None:
        return
    tools.desk.settle()
    dialog = DetectDialog(tools.desk, tools.lab, window)
    dialog.used.connect(lambda said: _tell(window, said))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _tell(window: Window, receivers: tuple[str, ...]) -> None:
    """Say above the page whom the next test sends what, in place of what was said before."""
    for text in window.notices.texts:
        if text.startswith(tr(USED)):
            window.notices.forget(text)
    window.notices.tell(" ".join([tr(USED), *receivers]), warning=False)

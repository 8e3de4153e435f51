"""The clipboard keeps what was copied out of an editor when the program ends."""

from __future__ import annotations

import subprocess
import sys

import pytest

COPY = """
from PySide6.QtWidgets import QApplication
app = QApplication([])
from motion_desk.models.engines.html_subset import read
from motion_desk.ui.editors.lines import LinesEditor
from motion_desk.ui.editors.rich_text import RichTextEditor
from motion_desk.ui.icons import icon
name = {name!r}
if name == "lines":
    editor = text = LinesEditor()
    editor.show_value("copied")
else:
    editor = RichTextEditor(icon)
    editor.show_value("<p>copied</p>")
    editor.show_source() if name == "source" else editor.show_visual()
    text = editor.focusProxy() or editor
editor.show()
text.selectAll()
text.copy()
print(app.clipboard().text())
"""


@pytest.mark.parametrize("name", ["lines", "source", "visual"])
def test_the_program_ends_well_with_a_copy_on_the_clipboard(name: str) -> None:
    script = COPY.format(name=name)
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert "copied" in done.stdout
    assert done.returncode == 0

"""The gallery: pictures of six templates as the preview shows them, for the documentation.

Run ``python -m tests.journeys.gallery FOLDER``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import monotonic

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium refuses it to root

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from motion_desk.models.surfaces import Surface
from motion_desk.models.workspace import Workspace
from motion_desk.services.templates.data import sets
from motion_desk.services.templates.preview import Asked, Look, preview
from motion_desk.services.templates.rendering import Renderer
from motion_desk.ui.preview.web.view import MailView

TEMPLATES = Path(__file__).parents[2] / "docs" / "templates"
SURFACES = {"invitation": Surface.INVITATION}
LOOKS = {"dark": Look.DARK}
WIDTH, HEIGHT = 680, 560
LIMIT = 20.0
"""Seconds after which a picture is taken for lost."""


def pages() -> dict[str, str]:
    """The pages of all templates by their names, with an ordinary message's data."""
    found = {}
    with Renderer() as renderer:
        for path in sorted(TEMPLATES.glob("*.html")):
            surface = SURFACES.get(path.stem, Surface.BODY)
            data = sets(surface, Workspace())[0].values
            look = LOOKS.get(path.stem, Look.LIGHT)
            found[path.stem] = preview(
                Asked(path.read_text("utf-8"), surface, data, look), renderer
            ).page
    return found


def wait(app: QApplication, done: list[bool]) -> None:
    """Let Qt work until something is done."""
    end = monotonic() + LIMIT
    while not done:
        app.processEvents()
        if monotonic() > end:
            raise AssertionError("the picture never came")


def main(folder: Path) -> int:
    """Draw all of them; gives the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    window = QWidget()
    window.resize(WIDTH, HEIGHT)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    view = MailView(window)
    column.addWidget(view)
    window.show()
    for name, page in pages().items():
        loaded: list[bool] = []
        connection = view.loaded.connect(lambda loaded=loaded: loaded.append(True))
        view.show_html(page)
        wait(app, loaded)
        view.loaded.disconnect(connection)
        saved: list[bool] = []

        def note(
            image: QImage, _: bool, saved: list[bool] = saved, path: Path = folder / f"{name}.png"
        ) -> None:
            saved.append(image.save(str(path)))

        view.draw_picture(note)
        wait(app, saved)
        print(f"{name}: {folder / name}.png")
    view.close_page()
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures/templates")))

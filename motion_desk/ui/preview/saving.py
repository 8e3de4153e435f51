"""Saving: a preview as a message, a web page, a picture or a document of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.preview.plain_mail import PlainMail

if TYPE_CHECKING:
    from motion_desk.services.templates.preview import Preview
    from motion_desk.ui.preview.web.view import MailView

NOBODY = "customer@example.com"
"""Who a saved message is for, where its data name nobody."""


class Saving:
    """Asks for a file and writes a preview there, in the form that its name's ending says.

    ``show_mail`` brings the view of the mail to the screen.
    """

    def __init__(
        self, tools: PanelTools, mail: MailView | PlainMail, show_mail: Callable[[], object]
    ) -> None:
        self._tools = tools
        self._mail = mail
        self._show_mail = show_mail

    def save(self, preview: Preview, title: str, sender: str) -> None:
        """Ask for a file, and write what is sent to it, or what is seen of it."""
        name = re.sub(r"[^\w-]+", "-", title).strip("-").lower() or "preview"
        path = self._tools.questions.save_preview(f"{name}.eml")
        if path is None:
            return
        ending = path.suffix.lower()
        if ending in (".png", ".pdf"):
            self._draw(path, ending)
        elif ending in (".eml", ".html"):
            self._put(path, lambda: content(path, preview, sender))
        else:
            self._refuse(path, tr("its name must end in .eml, .html, .png or .pdf"))

    def _draw(self, path: Path, ending: str) -> None:
        if isinstance(self._mail, PlainMail):
            self._refuse(path, tr("pictures need the web engine, which cannot start here"))
            return
        # Nothing is drawn of what is not on the screen.
        self._show_mail()
        self._tools.tell(tr("Drawing the preview…"))
        if ending == ".png":
            self._mail.draw_picture(partial(self._drawn, path))
        else:
            self._mail.draw_pdf(partial(self._printed, path))

    def _drawn(self, path: Path, image: QImage, is_cut: bool) -> None:
        if image.isNull():
            self._refuse_undrawn(path)
            return
        told = tr("{} shows the beginning: the mail is too long for a picture. Save a PDF.")
        # On a thread that may wait: compressing millions of pixels takes a second.
        self._put(path, lambda: _compressed(image), told if is_cut else "")

    def _printed(self, path: Path, content: bytes) -> None:
        if content:
            self._put(path, lambda: content)
        else:
            self._refuse_undrawn(path)

    def _refuse_undrawn(self, path: Path) -> None:
        self._tools.tell("")
        self._refuse(path, tr("the web engine did not draw it; try again while it is on screen"))

    def _put(self, path: Path, made: Callable[[], bytes], warning: str = "") -> None:
        """Write what is made, both on a thread that may wait; ``warning`` tells of a flaw of it."""

        def written(_: object) -> None:
            self._tell(path)
            if warning:
                self._tools.warn(warning.format(path))

        def failed(error: Exception) -> None:
            # A message that cannot be made says why itself.
            self._refuse(path, str(getattr(error, "strerror", "") or error).rstrip("."))

        self._tools.session.ask(lambda _: path.write_bytes(made()), written, failed)

    def _tell(self, path: Path) -> None:
        self._tools.tell(tr("The preview is in {}.").format(path))

    def _refuse(self, path: Path, reason: str) -> None:
        self._tools.warn(tr("The preview was not written to {}: {}.").format(path, reason))


def content(path: Path, preview: Preview, sender: str) -> bytes:
    """What is written to a file; on a thread that may wait. Raises ``LetterError``."""
    if path.suffix.lower() == ".html":
        return preview.html.encode("utf-8", "replace")
    from motion_desk.services.templates.finished.letter import letter

    subject = preview.subject or tr("Preview")
    return letter(preview.html, subject=subject, sender=sender or NOBODY, recipient=NOBODY)


def _compressed(image: QImage) -> bytes:
    """A picture as a PNG file's content."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub has bytes for the form
    return bytes(buffer.data().data())

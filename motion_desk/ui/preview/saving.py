"""Saving: a preview as a message, a web page, a picture or a document of its own."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.preview.plain_mail import PlainMail

if TYPE_CHECKING:
    from motion_desk.services.templates.preview import Preview
    from motion_desk.ui.preview.web.view import MailView

NOBODY = "customer@example.com"
"""Who a saved message is for, where its data name nobody."""


class Saving:
    """Asks for a file and writes a preview there, in the form that its name's ending says."""

    def __init__(self, tools: PanelTools, mail: MailView | PlainMail) -> None:
        self._tools = tools
        self._mail = mail

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
            self._write(path, preview, sender)
        else:
            self._refuse(path, tr("its name must end in .eml, .html, .png or .pdf"))

    def _draw(self, path: Path, ending: str) -> None:
        if isinstance(self._mail, PlainMail):
            self._refuse(path, tr("pictures need the web engine, which cannot start here"))
            return
        if ending == ".png":
            self._mail.save_png(path, partial(self._drawn, path))
        else:
            self._mail.save_pdf(path, partial(self._drawn, path))

    def _drawn(self, path: Path, success: bool, is_cut: bool = False) -> None:
        if not success:
            self._refuse(path, tr("see the disk"))
        elif is_cut:
            self._tools.warn(
                tr(
                    "{} shows the beginning: the mail is too long for a picture. Save a PDF."
                ).format(path)
            )
        else:
            self._tell(path)

    def _write(self, path: Path, preview: Preview, sender: str) -> None:
        def failed(error: Exception) -> None:
            # A message that cannot be made says why itself.
            self._refuse(path, str(getattr(error, "strerror", "") or error).rstrip("."))

        self._tools.session.ask(
            lambda _: path.write_bytes(content(path, preview, sender)),
            lambda _: self._tell(path),
            failed,
        )

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

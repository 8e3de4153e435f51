"""Mail: the view of a mail, by the web engine where it can start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from motion_desk.ui.preview.plain_mail import PlainMail

if TYPE_CHECKING:
    from motion_desk.ui.preview.web.view import MailView


def made_mail(parent: QWidget) -> MailView | PlainMail:
    """The view of mails. Imports the web engine, which takes a moment: only when it is needed."""
    try:
        from motion_desk.ui.preview.web.engine import obstacle
        from motion_desk.ui.preview.web.view import MailView
    except ImportError as error:  # a system library of Chromium's is missing
        return PlainMail(str(error), parent)
    if reason := obstacle():
        return PlainMail(reason, parent)
    return MailView(parent)

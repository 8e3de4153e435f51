"""Plain mail: what is shown of a mail where the web engine cannot start; it says that it differs."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.words import tr

_IMAGES = int(QTextDocument.ResourceType.ImageResource.value)


class _Browser(QTextBrowser):
    """Loads nothing but pictures that the mail itself holds, and opens no link."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.with_images = True

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        if kind == _IMAGES and self.with_images and QUrl(name).scheme() == "data":
            return super().loadResource(kind, name)
        return b""


class PlainMail(QWidget):
    """Shows a mail by Qt's own text engine, in the manner of ``web.view.MailView``."""

    is_loading = False

    loaded = Signal()
    linked = Signal(str)
    hovered = Signal(str)
    failed = Signal()
    zoomed = Signal()
    zoom = 1.0

    def __init__(self, reason: str, parent: QWidget) -> None:
        super().__init__(parent)
        said = tr("{} Until then mails are shown in a simpler way, which differs from theirs.")
        label = wrapped(said.format(reason), "warning")
        label.setContentsMargins(10, 8, 10, 8)
        label.setObjectName("preview:simple")
        self._browser = _Browser(self)
        self._browser.setObjectName("mail-view")
        # A mail is written for white paper, whatever the window's colours are.
        self._browser.setStyleSheet("QTextBrowser { background: #ffffff; color: #000000; }")
        self._browser.anchorClicked.connect(lambda url: self.linked.emit(url.toDisplayString()))
        self._browser.highlighted.connect(lambda url: self.hovered.emit(QUrl(url).toString()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label)
        column.addWidget(self._browser, 1)

    def show_html(self, html: str) -> None:
        """Show a mail, at the place to which the one before was scrolled."""
        bar = self._browser.verticalScrollBar()
        place = bar.value()
        self._browser.setHtml(html)
        bar.setValue(place)
        self.loaded.emit()

    def scroll_to_top(self) -> None:
        """Show the next mail from its beginning: it is another one."""
        self._browser.verticalScrollBar().setValue(0)

    def set_width(self, pixels: int) -> None:
        """Let the mail be so wide; 0 lets it take all the room there is."""
        self._browser.setMaximumWidth(pixels or 16_777_215)

    def set_images(self, on: bool) -> None:
        """Show the pictures of the next mail, or leave them out."""
        self._browser.with_images = on

    def close_page(self) -> None:
        """Nothing runs here."""

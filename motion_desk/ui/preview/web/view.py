"""The view of a mail: as wide as on a device, kept where it was scrolled to, saved as a picture."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import delete, isValid

from motion_desk.ui.preview.web.engine import OURS, MailPage, mails

TALLEST = 12_000
"""Pixels: the most of a mail that a picture shows; graphics memory bounds it."""
_NUMBERS = count(1)
_SCROLL = "window.scrollTo({x}, {y});"
_HEIGHT = "document.documentElement.scrollHeight"
"""In the program's own world; the engine tells the contents' size only where it paints on screen."""
_DRAWN = 300
"""Milliseconds within which the engine has drawn: it does so in a process of its own, and tells
nobody when it has."""
_SMALLEST = 0.25
"""The smallest zoom factor that the engine takes."""


class MailView(QWidget):
    """Shows one mail at a time.

    ``loaded`` tells that the mail given last is on screen, ``linked`` names a link that was clicked
    or, empty, hovered no more; ``failed`` says that the engine's process ended. ``close_page`` ends
    what it runs and must be called before the program ends.
    """

    loaded = Signal()
    linked = Signal(str)
    hovered = Signal(str)
    failed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = QWebEngineView(self)
        self.view.setObjectName("mail-view")
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._page = MailPage(next(_NUMBERS), self)
        self.view.setPage(self._page)
        self._width = 0
        self._scrolled = (0, 0)
        self._is_another = False
        self._is_drawn_aside = False
        self._next: Callable[[], None] | None = None
        self._drawn = QTimer(self)
        self._drawn.setSingleShot(True)
        self._drawn.setInterval(_DRAWN)
        self._drawn.timeout.connect(self._go_on)
        self.is_loading = False
        """Whether the mail given last is not on screen yet."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.view, 1000)
        row.addStretch(1)
        self._page.loadFinished.connect(self._finished)
        self._page.linked.connect(self.linked)
        self._page.linkHovered.connect(self.hovered)
        self._page.renderProcessTerminated.connect(self._ended)

    def show_html(self, html: str) -> None:
        """Show a mail; where one is shown already, at the place to which it was scrolled."""
        place = self._page.scrollPosition()
        zoom = self.view.zoomFactor()
        kept = (round(place.x() / zoom), round(place.y() / zoom))
        self._scrolled = (0, 0) if self._is_another else kept
        self._is_another = False
        self._place_script()
        self.is_loading = True
        self._page.show_html(html)

    def scroll_to_top(self) -> None:
        """Show the next mail from its beginning: it is another one."""
        self._is_another = True

    def set_width(self, pixels: int) -> None:
        """Let the mail be so wide, as on a device; 0 lets it take all the room there is.

        Where there is less room, it is shown smaller, and its layout stays that of the device.
        """
        self._width = pixels
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._is_drawn_aside or not isValid(self._page):
            return
        self.view.setMaximumWidth(self._width or 16_777_215)
        zoom = max(min(1.0, self.width() / self._width), _SMALLEST) if self._width else 1.0
        self.view.setZoomFactor(zoom)

    def set_images(self, on: bool) -> None:
        """Show the pictures of the mail, or leave them out as many readers do at first."""
        attribute = QWebEngineSettings.WebAttribute.AutoLoadImages
        self._page.settings().setAttribute(attribute, on)

    def save_pdf(self, path: Path, done: Callable[[bool], object]) -> None:
        """Write the mail as PDF, A4; ``done`` is told whether that worked."""

        def finished(_: str, success: bool) -> None:
            self._page.pdfPrintingFinished.disconnect(finished)
            done(success)

        self._page.pdfPrintingFinished.connect(finished)
        self._page.printToPdf(str(path))

    def save_png(self, path: Path, done: Callable[[bool, bool], object]) -> None:
        """Write the whole mail as a picture, in its device's width.

        ``done`` is told whether that worked, and whether the mail's end is missing, for it is too
        long.
        """
        if self._is_drawn_aside:  # the one before is still being written
            return
        room = self.view.size()
        width = self._width or room.width()
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made with the view
        self._is_drawn_aside = True
        layout.setEnabled(False)
        self.view.setMaximumWidth(16_777_215)
        self.view.setZoomFactor(1.0)
        self.view.resize(width, room.height())

        def measure() -> None:
            self._page.runJavaScript(_HEIGHT, OURS.value, enlarge)

        def enlarge(height: object) -> None:
            if not isValid(self._page):  # the window was closed meanwhile
                return
            tall = round(height) if isinstance(height, int | float) else 0
            wanted = QSize(width, min(TALLEST, tall)).expandedTo(QSize(width, room.height()))
            self.view.resize(wanted)
            self._when_drawn(lambda: write(is_cut=tall > TALLEST))

        def write(*, is_cut: bool) -> None:
            success = self.view.grab().save(str(path), "PNG")
            self._is_drawn_aside = False
            self.view.resize(room)
            layout.setEnabled(True)
            layout.activate()
            self._fit()
            done(success, is_cut)

        self._when_drawn(measure)

    def _when_drawn(self, act: Callable[[], None]) -> None:
        self._next = act
        self._drawn.start()

    def _go_on(self) -> None:
        act, self._next = self._next, None
        if act is not None:
            act()

    def close_page(self) -> None:
        """End the page; nothing is shown from here on."""
        if not isValid(self._page):
            return
        self._drawn.stop()
        mails().forget(self._page.address)
        # A view on screen would make a page of its own at the next event, in another profile.
        self.view.hide()
        self.view.setPage(None)  # type: ignore[arg-type]  # Qt takes None for none
        # At once, for a page that outlives its profile ends the program with a fault.
        delete(self._page)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_page()
        super().closeEvent(event)

    def _place_script(self) -> None:
        """Let the next mail begin where this one was scrolled to, before it is first painted."""
        scripts = self._page.scripts()
        scripts.clear()
        x, y = self._scrolled
        if not (x or y):
            return
        script = QWebEngineScript()
        script.setName("scroll")
        script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentReady)
        script.setWorldId(OURS.value)
        script.setSourceCode(_SCROLL.format(x=x, y=y))
        scripts.insert(script)

    def _finished(self, success: bool) -> None:
        if success:
            self.is_loading = False
            self.loaded.emit()

    def _ended(self, status: QWebEnginePage.RenderProcessTerminationStatus, _: int) -> None:
        if status is not QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            self.failed.emit()

    def scrolled(self) -> QPoint:
        """How far the mail is scrolled, in pixels."""
        return self._page.scrollPosition().toPoint()

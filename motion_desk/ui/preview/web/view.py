"""The view of a mail: as wide as on a device, kept where it was scrolled to, drawn as a picture."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from PySide6.QtCore import QByteArray, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QResizeEvent
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import delete, isValid

from motion_desk.ui.preview.web.engine import OURS, MailPage, mails
from motion_desk.ui.preview.web.picture import Picture

_NUMBERS = count(1)
_SCROLL = "window.scrollTo({x}, {y});"
_ANY = 16_777_215
"""Qt's QWIDGETSIZE_MAX: as wide as there is room."""
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
    zoomed = Signal()

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
        self._picture: Picture | None = None
        self._drawing: list[Callable[[QImage, bool], object]] = []
        self._printing: list[Callable[[bytes], object]] = []
        self.is_loading = False
        """Whether the mail given last is not on screen yet."""
        self.zoom = 1.0
        """How large the mail is shown, 1 for its true size; ``zoomed`` tells of a change."""
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
        if self._picture is not None or not isValid(self._page):
            return
        self.view.setMaximumWidth(self._width or _ANY)
        zoom = max(min(1.0, self.width() / self._width), _SMALLEST) if self._width else 1.0
        if zoom != self.zoom:
            self.zoom = zoom
            self.zoomed.emit()
        self.view.setZoomFactor(zoom)

    def set_images(self, on: bool) -> None:
        """Show the pictures of the mail, or leave them out as many readers do at first."""
        attribute = QWebEngineSettings.WebAttribute.AutoLoadImages
        self._page.settings().setAttribute(attribute, on)

    def draw_pdf(self, done: Callable[[bytes], object]) -> None:
        """Draw the mail as PDF, A4; ``done`` gets the file's content, empty where there is none.

        The engine writes no file itself: it would tell of its end by a page that may be gone.
        """
        if not self._printing:
            self._page.printToPdf(self._printed)
        self._printing.append(done)

    def _printed(self, content: QByteArray) -> None:
        waiting, self._printing = self._printing, []
        for done in waiting:
            done(bytes(content.data()))

    def draw_picture(self, done: Callable[[QImage, bool], object]) -> None:
        """Draw the whole mail as a picture, in its device's width; it must be on the screen.

        ``done`` gets the picture, which is null where the engine has not drawn it, and whether the
        mail's end is missing, for it is too long.
        """
        self._drawing.append(done)
        if self._picture is not None:
            return
        room = self.view.size()
        layout = self.layout()
        assert layout is not None  # noqa: S101 - made with the view
        layout.setEnabled(False)
        self.view.setMaximumWidth(_ANY)
        self.view.setZoomFactor(1.0)
        self._picture = picture = Picture(self.view, self._width or room.width(), self)

        def drawn(image: QImage, is_cut: bool) -> None:
            self._picture = None
            picture.deleteLater()
            self.view.resize(room)
            layout.setEnabled(True)
            layout.activate()
            self._fit()
            waiting, self._drawing = self._drawing, []
            for each in waiting:
                each(image, is_cut)

        picture.drawn.connect(drawn)

    def close_page(self) -> None:
        """End the page; nothing is shown from here on."""
        if not isValid(self._page):
            return
        if self._picture is not None:
            self._picture.give_up()
        self._picture, self._drawing, self._printing = None, [], []
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
            self.is_loading = False
            if self._picture is not None:
                self._picture.end()
            self._printed(QByteArray())
            self.failed.emit()

    def scrolled(self) -> QPoint:
        """How far the mail is scrolled, in pixels."""
        return self._page.scrollPosition().toPoint()

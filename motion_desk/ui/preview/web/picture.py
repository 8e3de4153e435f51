"""Picture: the whole of a mail as a picture, once the web engine has drawn all of it."""

from __future__ import annotations

import time
from itertools import count

from PySide6.QtCore import QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QImage
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineSettings
from PySide6.QtWebEngineWidgets import QWebEngineView
from shiboken6 import isValid

from motion_desk.ui.preview.web.engine import OURS

TALLEST = 12_000
"""Pixels of the screen: the most of a mail that a picture shows; graphics memory bounds it."""
LONGEST = 20.0
"""Seconds after which a mail is given up that is not drawn: a second is usual for the tallest."""
_TICK = 30
"""Milliseconds between two looks at what is drawn."""
_STRIP = 4
"""Pixels below the mail."""
_NUMBERS = count()
_COLOURS = "#ff00ff", "#00ff00"
_FAR = 110
"""How far from its colour each part of a pixel may be, for screens have colours of their own."""

_ID = "motion-desk-strip"
_SCRIPT = f"""(() => {{
  const measures = [innerWidth, document.documentElement.scrollHeight, scrollX, scrollY].join(' ');
  if (Math.abs(innerHeight - %d) > 1) return measures;
  let strip = document.getElementById('{_ID}');
  if (!strip) {{
    strip = document.createElement('div');
    strip.id = '{_ID}';
    strip.popover = 'manual';
    document.documentElement.append(strip);
  }}
  strip.style.cssText = 'all: initial !important; display: block !important;'
    + 'position: fixed !important; inset: auto 0 0 0 !important; width: 100%% !important;'
    + 'height: {_STRIP}px !important; forced-color-adjust: none !important;'
    + 'background: linear-gradient(90deg, %s 50%%, %s 50%%) !important';
  if (!strip.matches(':popover-open')) strip.showPopover();
  return measures;
}})()"""
"""Measures the page and, once it is as high as is wanted, puts the strip into the top layer, where
no style of the mail reaches it. It runs in the program's own world, for the mail's is shut."""
_AFTER = f"""(() => {{
  document.getElementById('{_ID}')?.remove();
  const back = () => {{
    scrollTo(%d, %d);
    if (Math.abs(scrollY - %d) < 2) removeEventListener('resize', back);
  }};
  addEventListener('resize', back);
}})()"""
"""Scrolls back, too, as soon as the view is small enough for that again."""


class Picture(QObject):
    """Draws a mail once, in the width and the state that its view has; ``drawn`` brings it.

    The engine draws in a process of its own and tells nobody when it has. So two colours stand
    below the mail, on a strip that is cut off again: the engine shows its page as a whole, so a grab
    that shows the strip at its end shows all of the mail. The colours change places from picture to
    picture, lest one be taken for the next. Nothing is drawn of a view that is not on the screen.

    ``drawn`` brings no picture (a null image) where the engine has not drawn it in ``LONGEST``, and
    whether the mail's end is missing. The view is left larger than it was.
    """

    drawn = Signal(QImage, bool)

    def __init__(self, view: QWebEngineView, width: int, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._page: QWebEnginePage = view.page()
        self._room = QSize(width, view.height())
        self._size = QSize()
        self._is_cut = False
        self._scrolled: tuple[int, int] = (0, 0)
        self._colours = _COLOURS if next(_NUMBERS) % 2 else _COLOURS[::-1]
        self._until = time.monotonic() + LONGEST
        self._bars = QWebEngineSettings.WebAttribute.ShowScrollBars
        self._page.settings().setAttribute(self._bars, False)
        view.resize(self._room)
        self._tick = QTimer(self)
        self._tick.setObjectName("picture")
        self._tick.setSingleShot(True)
        self._tick.setInterval(_TICK)
        self._tick.timeout.connect(self._look)
        self._tick.start()

    def end(self) -> None:
        """Draw no more: ``drawn`` brings no picture, where it has not brought one yet."""
        if not self._until:
            return
        self._finish(QImage())

    def give_up(self) -> None:
        """Draw no more, and bring nothing: the page goes."""
        self._until = 0.0
        self._tick.stop()

    def _look(self) -> None:
        """Take the picture where it is drawn, or measure the page, which brings the strip."""
        if not isValid(self._page):  # the window was closed meanwhile
            return
        image = QImage() if self._size.isEmpty() else self._view.grab().toImage()
        if self._has_strip(image):
            ratio = image.devicePixelRatio()
            mail = QRect(0, 0, image.width(), image.height() - round(_STRIP * ratio))
            self._finish(image.copy(mail))
        elif time.monotonic() > self._until:
            self._finish(QImage())
        else:
            script = _SCRIPT % (self._size.height(), *self._colours)
            self._page.runJavaScript(script, OURS.value, self._measured)
            self._tick.start()

    def _measured(self, found: object) -> None:
        """Make room for all of the mail, as soon as it is laid out in its width."""
        if not self._until or not found or not self._size.isEmpty():
            return
        width, height, x, y = (round(float(each)) for each in str(found).split())
        if abs(width - self._room.width()) > 1:  # where a pixel has parts, one may be rounded off
            return
        self._scrolled = x, y
        tallest = round(TALLEST / self._view.devicePixelRatioF())
        self._is_cut = height > tallest
        mail = QSize(self._room.width(), max(min(tallest, height), self._room.height()))
        self._size = mail + QSize(0, _STRIP)
        self._view.resize(self._size)

    def _has_strip(self, image: QImage) -> bool:
        """Whether both colours stand at the picture's end, each on its side."""
        if image.isNull():
            return False
        ratio = image.devicePixelRatio()
        line = image.height() - round(_STRIP * ratio / 2)
        return all(
            _is_alike(image.pixelColor(round(image.width() * part), line), QColor(colour))
            for part, colour in zip((0.25, 0.75), self._colours, strict=True)
        )

    def _finish(self, image: QImage) -> None:
        self._tick.stop()
        self._until = 0.0
        if isValid(self._page):
            x, y = self._scrolled
            self._page.settings().setAttribute(self._bars, True)
            self._page.runJavaScript(_AFTER % (x, y, y), OURS.value)
        self.drawn.emit(image, self._is_cut)


def _is_alike(one: QColor, other: QColor) -> bool:
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(each - its) <= _FAR for each, its in pairs)

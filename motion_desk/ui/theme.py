"""The theme: colours for light and dark, the type, and the style sheet made from them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from motion_desk.services import bundled

FAMILY = "Inter"


@dataclass(frozen=True, slots=True)
class Colours:
    """The named colours of one scheme. Text on its ground reaches a contrast of 4.5 : 1."""

    window: str
    panel: str
    base: str
    hover: str
    selected: str
    border: str
    strong_border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    error: str
    error_ground: str
    warning: str
    warning_ground: str
    success: str
    success_ground: str


LIGHT = Colours(
    window="#f6f7f9",
    panel="#eef0f3",
    base="#ffffff",
    hover="#e5e8ed",
    selected="#dce7fb",
    border="#dcdfe5",
    strong_border="#868e9c",
    text="#1b2430",
    muted="#5b6675",
    accent="#1f5fd0",
    on_accent="#ffffff",
    error="#b3261e",
    error_ground="#fcebea",
    warning="#8a5300",
    warning_ground="#fdf3e1",
    success="#1a6b3a",
    success_ground="#e6f4ea",
)
DARK = Colours(
    window="#1b1e24",
    panel="#16181d",
    base="#23272e",
    hover="#2c313a",
    selected="#263c61",
    border="#363c46",
    strong_border="#7d8795",
    text="#e6e9ee",
    muted="#a3acb9",
    accent="#7fb0ff",
    on_accent="#0d1b33",
    error="#ff9d94",
    error_ground="#3d2322",
    warning="#f0bd6a",
    warning_ground="#3a2f1c",
    success="#7ed3a0",
    success_ground="#1c3527",
)


SCHEMES = {"system": None, "light": False, "dark": True}
"""What people can prefer, and whether it is dark; the system's own setting decides for None."""


class Theme(QObject):
    """Keeps the application in the colours of the preferred scheme; one per application."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._sheet = Template(bundled.text("style/motion-desk.qss"))
        app.setStyle("Fusion")
        for font in bundled.font_files():
            QFontDatabase.addApplicationFontFromData(font)
        # Sizes are the system's own; only the family is ours, so that nothing is cut anywhere.
        type_face = QFont(FAMILY)
        type_face.setPointSizeF(max(app.font().pointSizeF(), 10.0))
        app.setFont(type_face)
        self.colours = LIGHT
        self.preferred = "system"
        self._apply()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)

    def prefer(self, scheme: str) -> None:
        """Use one of ``SCHEMES``; an unknown one counts as the system's."""
        self.preferred = scheme if scheme in SCHEMES else "system"
        self._apply()

    def _apply(self) -> None:
        dark = SCHEMES[self.preferred]
        if dark is None:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        colours = DARK if dark else LIGHT
        if colours is self.colours and self._app.styleSheet():
            return
        self.colours = colours
        self._app.setPalette(_palette(self.colours))
        tick = bundled.file(f"style/tick-{'dark' if dark else 'light'}.svg").as_posix()
        self._app.setStyleSheet(self._sheet.substitute(asdict(self.colours), tick=tick))
        self.changed.emit()


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(colours.window))
    for name, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.base,
        role.AlternateBase: colours.panel,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.base,
        role.ButtonText: colours.text,
        role.ToolTipBase: colours.base,
        role.ToolTipText: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
        role.Accent: colours.accent,
        role.Mid: colours.border,
        role.Dark: colours.strong_border,
    }.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.muted))
    return palette

"""Sound: what an agent may hear when a notification comes; ours, for Motion's own is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl

from motion_desk.services import bundled
from motion_desk.ui.form.words import tr

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect


class Sound:
    """Plays the bundled sound. ``play`` says why nothing can be heard, where that is so."""

    def __init__(self, parent: QObject) -> None:
        self._parent = parent
        self._effect: QSoundEffect | None = None

    def play(self) -> str:
        """Play the sound from its beginning; a sentence where this computer cannot, else nothing."""
        try:
            # Late: few play it, and on Linux it needs a system library of its own.
            from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
        except ImportError as error:
            return tr("Sounds cannot be played here: {}.").format(error)
        if not QMediaDevices.audioOutputs():
            return tr("This computer has no sound output.")
        if self._effect is None:
            self._effect = QSoundEffect(self._parent)
            self._effect.setSource(QUrl.fromLocalFile(str(bundled.file("sounds/notification.wav"))))
        self._effect.play()
        return ""

"""Sliders: one that leaves the wheel to the page, and one for waits of a second to 25 days."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSlider, QWidget

from motion_desk.ui.timeline.scale import POSITIONS, position, stepped, wait_at

PAGE = 5
"""Steps at once with the page keys, or by a click beside the handle."""


class QuietSlider(QSlider):
    """A horizontal slider that leaves the wheel to the page unless it has the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(90)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class WaitSlider(QuietSlider):
    """Sets a wait, on a logarithmic scale and in round numbers.

    While it is dragged, ``moved`` brings the wait in seconds and ``released`` the one in the end;
    each key, and each click beside the handle, gives ``set_by_step``.
    """

    moved = Signal(int)
    released = Signal(int)
    set_by_step = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setRange(0, POSITIONS)
        self._seconds = 1
        self._dragged = False
        self.actionTriggered.connect(self._act)
        self.sliderMoved.connect(self._move)
        self.sliderReleased.connect(self._release)

    @property
    def seconds(self) -> int:
        """The wait that is shown."""
        return self._seconds

    def show_seconds(self, seconds: int) -> None:
        """Show a wait; while the slider is dragged, it stays where it is held."""
        if not self.isSliderDown():
            self._seconds = seconds
            self.setValue(position(seconds))

    def _act(self, action: int) -> None:
        kinds = QAbstractSlider.SliderAction
        steps = {
            kinds.SliderSingleStepAdd: 1,
            kinds.SliderSingleStepSub: -1,
            kinds.SliderPageStepAdd: PAGE,
            kinds.SliderPageStepSub: -PAGE,
        }
        kind = kinds(action)
        if kind in steps:
            self._seconds = stepped(self._seconds, steps[kind])
        elif kind in (kinds.SliderToMinimum, kinds.SliderToMaximum):
            self._seconds = wait_at(POSITIONS if kind is kinds.SliderToMaximum else 0)
        else:  # it is dragged, or the wheel turns
            if not self.isSliderDown():
                self._seconds = wait_at(self.sliderPosition())
                self.set_by_step.emit(self._seconds)
            return
        # Where a slider stands is too coarse for the seconds: they are kept beside it.
        self.setSliderPosition(position(self._seconds))
        self.set_by_step.emit(self._seconds)

    def _move(self, place: int) -> None:
        self._seconds, self._dragged = wait_at(place), True
        self.moved.emit(self._seconds)

    def _release(self) -> None:
        if self._dragged:
            self._dragged = False
            self.released.emit(self._seconds)

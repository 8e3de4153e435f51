"""The lab's switch: the servers on this computer that the tests of this workspace are led to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu

from motion_desk.services import folders
from motion_desk.services.jobs import Worker
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon

if TYPE_CHECKING:
    from motion_desk.services.lab import Lab
    from motion_desk.services.lab.faults import Fault
    from motion_desk.ui.test.showing import InLab

T = TypeVar("T")
TICK = 8
"""Milliseconds between two looks at whether the servers have started."""


class LabSwitch(QObject):
    """Says whether tests go to the lab, and which fault it shows; starts it when it is needed.

    The servers start on a thread of their own with the first test, and run until ``close``.
    ``changed`` tells of every turn of the switch; ``introduced`` brings the certificate of the
    lab's authority, as PEM, when it is to be noted in the workspace, and ``failed`` why there is none. ``scale`` multiplies the delays of faults.
    """

    changed = Signal()
    introduced = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scale = 1.0
        self._fault: Fault | None = None
        self._labs: list[Lab] = []  # at most one; a list, for the worker's thread puts it in
        self._worker: Worker | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self._drain)

    @property
    def shown(self) -> InLab | None:
        """What the lab shows; ``None`` while it is switched off."""
        from motion_desk.ui.test.showing import InLab

        fault = self._fault
        return InLab(fault.name, fault.title, fault.about) if fault else None

    def turn_on(self, name: str) -> None:
        """Lead tests to the lab and let it show a fault, by its name."""
        from motion_desk.services.lab.faults import fault

        self._fault = fault(name)
        for lab in self._labs:
            lab.show(name)
        self.changed.emit()

    def turn_off(self) -> None:
        """Lead tests to the real servers again."""
        self._fault = None
        self.changed.emit()

    def introduce(self) -> None:
        """Bring the certificate of the lab's authority; the switch must be on."""
        self.when_ready(lambda lab: self.introduced.emit(lab.certificate), self.failed.emit)

    def when_ready(self, ready: Callable[[Lab], None], failed: Callable[[Exception], None]) -> None:
        """Call ``ready`` with the running lab, started where it is not; the switch must be on."""
        self.ask(lambda lab: lab, ready, failed)

    def ask(
        self,
        call: Callable[[Lab], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run ``call`` with the running lab on a thread of its own, then ``done`` on this one."""
        assert self._fault is not None  # noqa: S101 - said above
        if self._worker is None:
            self._worker = Worker("lab-start")
        labs, name, scale = self._labs, self._fault.name, self.scale

        def finished(result: T) -> None:
            for lab in self._labs:
                # Another may have been chosen meanwhile; the same again would begin it anew.
                if self._fault is not None and self._fault.name != lab.fault.name:
                    lab.show(self._fault.name)
            done(result)

        self._worker.ask(lambda: call(_running(labs, name, scale)), finished, failed)
        self._timer.start()

    def _drain(self) -> None:
        if self._worker is None or not self._worker.drain():
            self._timer.stop()

    def close(self) -> None:
        """End the servers and the thread that starts them."""
        self._timer.stop()
        if self._worker is not None:
            self._worker.close()
        while self._labs:
            self._labs.pop().close()


def lab_folder() -> Path:
    """Where the lab keeps the key and the certificate of its authority."""
    return folders.data_folder() / "lab"


def _running(labs: list[Lab], fault: str, scale: float) -> Lab:
    """The lab, started where there is none; on the worker's thread, for making keys takes a while."""
    if not labs:
        from motion_desk.services.lab import Lab

        lab = Lab(lab_folder(), fault=fault, scale=scale)
        lab.start()
        labs.append(lab)
    return labs[0]


def fill(menu: QMenu, switch: LabSwitch) -> None:
    """Fill a menu with the faults of the lab, in groups, the one that is shown ticked."""
    from motion_desk.services.lab.faults import FAULTS, HEALTHY
    from motion_desk.services.lab.faults.bad_input import BAD_INPUT
    from motion_desk.services.lab.faults.connecting import CONNECTING
    from motion_desk.services.lab.faults.detecting import DETECTING
    from motion_desk.services.lab.faults.encrypting import ENCRYPTING
    from motion_desk.services.lab.faults.logging_in import LOGGING_IN
    from motion_desk.services.lab.faults.mailboxes import MAILBOXES
    from motion_desk.services.lab.faults.sending import SENDING
    from motion_desk.services.lab.faults.signing_in import SIGNING_IN

    for group in menu.findChildren(QMenu):
        group.deleteLater()
    menu.clear()
    menu.setToolTipsVisible(True)
    shown = switch.shown
    off = menu.addAction(tr("Off: test the real servers"), switch.turn_off)
    off.setObjectName("lab:off")
    off.setCheckable(True)
    off.setChecked(shown is None)
    note = menu.addAction(tr("Note the lab's authority in the workspace"), switch.introduce)
    note.setObjectName("lab:authority")
    note.setEnabled(shown is not None)
    note.setToolTip(tr("Motion then counts as given it, and only what a fault shows is wrong."))
    menu.addSeparator()
    _add(menu, switch, next(fault for fault in FAULTS if fault.name == HEALTHY))
    for title, faults in (
        (tr("Connection"), CONNECTING),
        (tr("Encryption"), ENCRYPTING),
        (tr("Login"), LOGGING_IN),
        (tr("Mailbox"), MAILBOXES),
        (tr("Sending"), SENDING),
        (tr("Sign-in"), SIGNING_IN),
        (tr("Detection"), DETECTING),
        (tr("Bad input"), BAD_INPUT),
    ):
        group = menu.addMenu(title)
        group.setToolTipsVisible(True)
        if shown and any(fault.name == shown.fault for fault in faults):
            group.setIcon(icon("flask-conical"))
        for fault in faults:
            _add(group, switch, fault)


def _add(menu: QMenu, switch: LabSwitch, fault: Fault) -> None:
    action = menu.addAction(tr(fault.title), lambda: switch.turn_on(fault.name))
    action.setObjectName(f"lab:{fault.name}")
    action.setToolTip(tr(fault.about))
    action.setCheckable(True)
    action.setChecked(switch.shown is not None and switch.shown.fault == fault.name)

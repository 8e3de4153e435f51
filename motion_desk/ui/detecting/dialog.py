"""The dialog “Detect settings”: looks for the settings of an address and offers what it found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.account import Account
from motion_desk.models.changes import with_values
from motion_desk.services.discovery.candidates import Detection
from motion_desk.services.discovery.proposals import Proposal, proposals
from motion_desk.services.discovery.settings import (
    cautions,
    changes,
    differences,
    receivers,
)
from motion_desk.ui.desk import Desk
from motion_desk.ui.detecting.areas import ProposalArea, SourceArea
from motion_desk.ui.detecting.cards import Preview
from motion_desk.ui.detecting.head import Head
from motion_desk.ui.detecting.searching import Searching, Wanted, Way, by_this_computer
from motion_desk.ui.form.words import tr
from motion_desk.ui.test.lab import LabSwitch
from motion_desk.ui.test.strips import Strip

SIZE, LEAST = (980, 640), (720, 460)
MARGIN = 60
"""Pixels of the screen that the dialog leaves free."""
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DetectDialog(QDialog):
    """Finds settings for the open account of a desk, and sets them there when told to.

    ``used`` brings the sentences that say whom the next test sends what; ``complete`` makes the
    account that is tested of the draft. A search is given the address, never the account: no
    password can be sent.
    """

    used = Signal(object)

    def __init__(
        self,
        desk: Desk,
        lab: LabSwitch,
        parent: QWidget,
        *,
        way: Way = by_this_computer,
        complete: Callable[[Account], Account] = lambda draft: draft,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("detect-dialog")
        self.setWindowTitle(tr("Detect settings"))
        self.setMinimumSize(*LEAST)
        self._desk = desk
        self._lab = lab
        self._complete = complete
        self._detection: Detection | None = None
        self._searching = Searching(lab, self, way)
        self._searching.known.connect(self._show)
        self._searching.ended.connect(self._end)
        self._searching.failed.connect(self._fail)
        self._make_parts()
        self._lay_out()
        self._draw_lab()
        self._draw_state()
        lab.changed.connect(self._draw_lab)
        top = parent.window()
        while (above := top.parentWidget()) is not None:
            top = above.window()
        top.installEventFilter(self)
        room = self.screen().availableSize().expandedTo(top.size())
        self.resize(min(SIZE[0], room.width() - MARGIN), min(SIZE[1], room.height() - MARGIN))
        self.address.setFocus()
        self.address.selectAll()

    def _make_parts(self) -> None:
        account = self._desk.account
        self._head = Head(account.settings.address if account else "", self)
        self.address = self._head.address
        self._head.pressed.connect(self._act)
        self._head.edited.connect(self._draw_state)
        self._strip = Strip(
            "detect-lab", "flask-conical", "lab", tr("Leave the lab"), self._lab.turn_off, self
        )
        self._strip.button.setAutoDefault(False)
        self._sources = SourceArea(self)
        self._results = ProposalArea(self._preview, self)
        self._proposals = self._results.list
        self._proposals.picked.connect(self._draw_state)
        self._use = QPushButton(tr("Use these settings"), self)
        self._use.setObjectName("detect:use")
        self._use.setProperty("role", "primary")
        self._use.clicked.connect(self._apply)
        self._close = QPushButton(tr("Cancel"), self)
        self._close.setObjectName("detect:cancel")
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._sources)
        body.addWidget(self._results, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self._close)
        foot.addWidget(self._use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addWidget(self._strip)
        layout.addWidget(_rule(self))
        layout.addLayout(body, 1)
        layout.addWidget(_rule(self))
        layout.addLayout(foot)

    # The search

    def _act(self) -> None:
        """Search; or stop the search that runs, unless it is of another address."""
        if self._searching.running and not self._is_new:
            self._searching.stop()
        else:
            self._begin()

    @property
    def _is_new(self) -> bool:
        """Whether the address differs from the one that is searched for or was."""
        return self._detection is None or self._head.text != self._detection.address

    def _begin(self) -> None:
        address = self._head.text
        entries = self._desk.workspace.authorities.entries
        given = tuple(str(entry.certificate) for entry in entries)
        self._detection = Detection(address, "")
        self._proposals.show_proposals(())
        self._searching.begin(Wanted(address, self._head.lists, given))
        self._draw_state()

    def _show(self, found: Detection) -> None:
        """Show what is known by now."""
        self._detection = found
        self._proposals.show_proposals(proposals(found))
        self._draw_state()

    def _end(self) -> None:
        """Offer the best that was found, unless a person has chosen already."""
        self._proposals.offer()
        self._draw_state()

    def _fail(self, error: Exception) -> None:
        sentence = str(getattr(error, "sentence", "")) or f"{type(error).__name__}: {error}"
        self._detection = Detection(self._head.text, "", problem=sentence)

    # What is shown

    def _draw_state(self) -> None:
        running, found = self._searching.running, self._detection
        stops = running and not self._is_new
        problem = found.problem if found and not running else ""
        self._head.show_state(stops=stops, is_first=found is None or self._is_new, problem=problem)
        looked = found if found is not None and not found.problem else None
        self._sources.list.show_detection(looked, running=running)
        self._results.say(self._remark())
        values = self._values(self._proposals.chosen)
        account = self._desk.account
        self._use.setEnabled(bool(account and values and differences(account, values)))

    def _remark(self) -> str:
        """What stands above the proposals."""
        found = self._detection
        if found is None or found.problem:
            return tr(
                "Type the address of the mailbox and press “Detect”. The settings that belong to "
                "it are shown here, the best first."
            )
        if not self._proposals.is_empty:
            said = tr("Found so far:") if self._searching.running else tr("Found for {}:")
            return said.format(found.address[:254])
        if self._searching.running:
            return tr("Looking for the settings of {}…").format(found.address[:254])
        return tr(
            "Nothing was found for {}. What each source says stands at the left. Ask the provider "
            "for the IMAP and the SMTP host, and type them in."
        ).format(found.address[:254])

    def _draw_lab(self) -> None:
        """Say that the lab answers, while it is on; what was found there is dropped with it."""
        shown = self._lab.shown
        said = tr("In the lab: {}. Servers on this computer answer; nothing leaves it.")
        self._strip.say(said.format(tr(shown.title)) if shown else "")
        if self._detection is not None and shown is None:
            self._searching.close()
            self._detection = None
            self._proposals.show_proposals(())
            self._draw_state()

    def _preview(self, found: Proposal) -> Preview:
        account, values = self._desk.account, self._values(found)
        if account is None:
            return Preview()
        return Preview(
            differences(account, values),
            self._receivers(account, values),
            cautions(account, with_values(account, values)),
        )

    def _receivers(self, account: Account, values: dict[str, object]) -> tuple[str, ...]:
        """Whom the next test of the account sends what, once the values are set."""
        return receivers(self._complete(with_values(account, values)))

    def _values(self, found: Proposal | None) -> dict[str, object]:
        account, detection = self._desk.account, self._detection
        if found is None or account is None or detection is None:
            return {}
        return changes(found, account, detection.address)

    # The end

    def _apply(self) -> None:
        """Set what was chosen in the account, as one undoable step."""
        account, values = self._desk.account, self._values(self._proposals.chosen)
        if account is None or not values:
            return
        said = self._receivers(account, values)
        self._desk.edit_all({account.id: values}, tr("detected settings"))
        self.accept()
        self.used.emit(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the address searches; Escape stops a search, and closes where none runs."""
        if event.key() == Qt.Key.Key_Escape and self._searching.running:
            self._searching.stop()
        elif event.key() in ENTER and self.address.hasFocus():
            self._begin()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go with the window, which Qt leaves to a dialog itself."""
        if event.type() == QEvent.Type.Hide and self.isVisible():
            self.reject()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """End the search with the dialog, however that is closed."""
        self._searching.close()
        super().hideEvent(event)


def _rule(parent: QWidget) -> QFrame:
    rule = QFrame(parent)
    rule.setProperty("role", "rule")
    rule.setFixedHeight(1)
    return rule

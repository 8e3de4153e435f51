"""Data choice: the box that offers sample data: made up, one's own files', or an opened message's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from motion_desk.models.surfaces import Surface
from motion_desk.ui import preferences
from motion_desk.ui.editors.choices import Combo
from motion_desk.ui.form.words import tr
from motion_desk.ui.panels.tools import PanelTools

if TYPE_CHECKING:
    from motion_desk.models.incoming import Incoming
    from motion_desk.services.templates.data import DataSet

MOST = 30
"""Opened messages that are offered, the newest of them; more would make a list without end."""
LONGEST = 60
"""Characters of a message's subject in the list."""
DATA_FILES = "data-files"
"""The kind of files that are remembered here."""


class DataChoice(Combo):
    """Offers data for a template; ``turned`` tells that other data were chosen.

    The messages are those that were opened for trial and timeline, or read from the mailbox, of the
    account that holds the template. A message's header is read when it is chosen, and so is a file;
    the files chosen last are offered again when the program is started anew.
    """

    turned = Signal()

    def __init__(self, tools: PanelTools, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("preview:data")
        self.setAccessibleName(tr("Sample data"))
        self.setToolTip(self.accessibleName())
        self.setMinimumContentsLength(14)
        self._tools = tools
        self._surface: Surface | None = None
        self._document = ""
        self._sets: tuple[DataSet, ...] = ()
        self._messages: tuple[Incoming, ...] = ()
        self._files = preferences.recent(DATA_FILES)
        self.chosen: DataSet | None = None
        """The data that are shown in place of names."""
        self.activated.connect(self._choose)
        tools.messages.changed.connect(self._renew)

    def offer(self, surface: Surface, document: str) -> None:
        """Offer the data of a surface, and a file's; the chosen one is kept by its name."""
        self._surface, self._document = surface, document
        self._fill()

    def _renew(self, account: str) -> None:
        """Offer the messages that an account has now."""
        if self._surface is None or account != self._document:
            return
        before = self.chosen
        self._fill()
        if self.chosen is not before:  # the message was taken away
            self.turned.emit()

    def _fill(self) -> None:
        from motion_desk.services.templates.data import sets

        assert self._surface is not None  # noqa: S101 - offered before
        self._sets = tuple(sets(self._surface, self._tools.desk.workspace))
        self._messages = self._tools.messages.of(self._document)[-MOST:]
        names = [each.name for each in self._sets]
        names += map(_name_of_file, self._files)
        names += map(_name, self._messages)
        wanted = self.chosen.name if self.chosen else ""
        place = names.index(wanted) if wanted in names else 0
        if place < len(self._sets):
            self.chosen = self._sets[place]
        self.blockSignals(True)
        self.clear()
        self.addItems([tr(each.title) for each in self._sets])
        self.addItems([each.name for each in self._files])
        self.addItems([_title(each) for each in self._messages])
        self.addItem(tr("From a file…"))
        self.setCurrentIndex(place)
        self.blockSignals(False)

    def _choose(self, place: int) -> None:
        """Choose a set of data, a file or a message; the last line asks for another file."""
        file = place - len(self._sets)
        message = file - len(self._files)
        if file < 0:
            self._take(self._sets[place])
        elif message < 0:
            self._read(self._files[file])
        elif message < len(self._messages):
            self._take(_data_of(self._messages[message]))
        elif path := self._tools.questions.open_data():
            self._read(path)
        else:
            self._fill()

    def _take(self, data: DataSet) -> None:
        self.chosen = data
        self.turned.emit()

    def _read(self, path: Path) -> None:
        """Take a file's data, as they are now."""
        from motion_desk.services.templates.data import DataSet, of_file

        def found(read: DataSet) -> None:
            if path not in self._files:
                preferences.remember(path, DATA_FILES)
                self._files = preferences.recent(DATA_FILES)
            # A name of its own: the file may be called as a made-up set is.
            self.chosen = DataSet(_name_of_file(path), read.title, read.values)
            self._fill()
            self.turned.emit()

        def failed(error: Exception) -> None:
            self._tools.warn(getattr(error, "sentence", "") or str(error))
            self._fill()

        self._tools.session.ask(lambda _: of_file(path), found, failed)


def _name_of_file(path: Path) -> str:
    return f"file:{path}"


def _name(message: Incoming) -> str:
    return f"message:{message.digest}"


def _title(message: Incoming) -> str:
    """What the list calls a message: its subject, cut where it is long."""
    name = message.name or tr("(no subject)")
    return tr("Message: {}").format(name if len(name) <= LONGEST else f"{name[:LONGEST]}…")


def _data_of(message: Incoming) -> DataSet:
    """What a message's header gives, within bounds, so that a large one holds nothing up."""
    from motion_desk.services.templates.data import LARGEST_HEADERS, DataSet, of_message

    head = message.text[:LARGEST_HEADERS].encode("utf-8", "surrogateescape")
    return DataSet(_name(message), message.name, of_message(head).values)

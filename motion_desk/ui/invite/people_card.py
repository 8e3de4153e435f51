"""The people card: the table, the ways in which people come into it and out, and who is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from motion_desk.services.invitations.staff import Person
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.editors.search_line import SearchLine
from motion_desk.ui.form.lines import breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.invite.cells import State
from motion_desk.ui.invite.listed import MOST
from motion_desk.ui.invite.model import Added, People
from motion_desk.ui.invite.table import PeopleTable
from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.test.strips import Strip

if TYPE_CHECKING:
    from motion_desk.services.tables import Table

EMPTY = (
    "Nobody is listed yet. Take the agents and users of the workspace's directory, read a CSV "
    "file, or add people by hand. Each person's invitation link comes from Motion (“generate an "
    "invitation link”); without one, samples can be sent."
)
KEPT = (
    "The list is kept until this window closes, and is not part of the workspace. To keep it, save "
    "it as CSV."
)
FILE = "Staff.csv"
FEW = 10
"""People who are found without a search."""


def _is_new(state: State) -> bool:
    return state.is_ready and state.invited is None


_CHOICES: tuple[tuple[str, str, Callable[[State], bool]], ...] = (
    ("all", "All", lambda _: True),
    ("ready", "All who are ready for a real invitation", lambda state: state.is_ready),
    ("not-invited", "Of these, those without an invitation so far", _is_new),
    ("none", "Nobody", lambda _: False),
)


class PeopleCard(QWidget):
    """Shows the people. ``turned`` tells that others are chosen, or that somebody changed."""

    turned = Signal()

    def __init__(self, people: People, tools: PanelTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools = tools
        self._people = people
        self.table = PeopleTable(people, tools.theme, self)
        self.variables: Callable[[], tuple[str, ...]] = tuple
        """Gives the names of the workspace's own variables, for columns of a file."""
        line = QWidget(self)
        flow = Flow(line, 6)
        self._buttons = {
            name: self._button(name, text, act)
            for name, text, act in (
                ("directory", tr("From the workspace"), self._take_directory),
                ("csv", tr("From a CSV file…"), self._ask_for_file),
                ("add", tr("Add by hand"), self._add_blank),
                ("choose", tr("Choose"), None),
                ("remove", tr("Remove"), self._remove),
                ("save", tr("Save as CSV…"), self._save),
            )
        }
        for button in self._buttons.values():
            flow.addWidget(button)
        self._buttons["choose"].setMenu(self._choose_menu())
        self.search = SearchLine(
            "invite:search",
            tr("Search names, addresses, roles and variables"),
            tr("Search the people"),
            self,
        )
        self.search.textChanged.connect(self._look_for)
        self._empty = wrapped(tr(EMPTY), "muted")
        self._empty.setObjectName("invite:empty")
        self._counts = wrapped("", "muted")
        self._counts.setObjectName("invite:counts")
        self._detail = wrapped("")
        self._detail.setObjectName("invite:detail")
        self._removed = Strip(
            "invite-removed", "info", "note", tr("Put back"), self._put_back, self
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(7)
        for widget in (
            line,
            self.search,
            self._empty,
            self.table,
            self._removed,
            self._counts,
            self._detail,
        ):
            column.addWidget(widget)
        self._soon = QTimer(self)
        self._soon.setObjectName("invite-turned")
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._turn)
        self.chosen: tuple[State, ...] = ()
        """Who is chosen, in the order of the table, by the last ``turned``."""
        self.table.turned.connect(self._soon.start)
        self.table.unwanted.connect(self._remove)
        people.changed.connect(self._soon.start)
        self._draw()

    # What the program shows

    def look(self) -> None:
        """Draw what is due now rather than when the window has time."""
        if self._soon.isActive():
            self._soon.stop()
            self._turn()

    def _turn(self) -> None:
        self.chosen = self.table.chosen
        self._draw()
        self.turned.emit()

    def _draw(self) -> None:
        count, chosen = self._people.rowCount(), len(self.chosen)
        self._empty.setVisible(not count)
        self.table.setVisible(bool(count))
        self.search.setVisible(count > FEW or bool(self.search.text()))
        self.table.fit()
        for name in ("choose", "remove", "save"):
            self._buttons[name].setVisible(bool(count))
        self._buttons["remove"].setEnabled(bool(chosen))
        said = tr("{} people, {} chosen.") if count != 1 else tr("1 person, {1} chosen.")
        if self.table.count != count:
            said = tr("{} people, {} chosen, {} shown.")
        counts = said.format(count, chosen, self.table.count)
        self._counts.setText(f"{counts} {tr(KEPT)}")
        self._counts.setVisible(bool(count))
        current = self.table.current
        who = (current.listed.person.name or current.listed.person.address) if current else ""
        said = f"{who}: {current.sentence}" if current and who else ""
        self._detail.setText(breakable(said or (current.sentence if current else "")))
        self._detail.setVisible(bool(count) and current is not None)

    def _tell(self, added: Added) -> None:
        new = tr("1 person was added.") if added.new == 1 else tr("{} people were added.")
        parts = [new.format(added.new)]
        if added.known:
            known = (
                tr("1 was listed already.") if added.known == 1 else tr("{} were listed already.")
            )
            parts.append(known.format(added.known))
        if added.beyond:
            parts.append(
                tr("{} found no room: the list takes {}.").format(added.beyond, f"{MOST:,}")
            )
        self._tools.tell(" ".join(parts))

    def _look_for(self, text: str) -> None:
        self.table.look_for(text)
        self._soon.start()

    # What a person does

    def _take_directory(self) -> None:
        from motion_desk.services.invitations.staff import of_directory

        people = of_directory(self._tools.desk.workspace)
        if people:
            self._tell(self._people.add(people))
        else:
            self._tools.tell(tr("The workspace's directory has no agents and no users."))

    def _ask_for_file(self) -> None:
        path = self._tools.questions.open_staff()
        if path is None:
            return

        def failed(error: Exception) -> None:
            self._tools.warn(str(getattr(error, "sentence", "")) or str(error))

        self._tools.session.ask(
            lambda _: _table(path), lambda table: self._map(path, table), failed
        )

    def _map(self, path: Path, table: Table) -> None:
        from motion_desk.ui.invite.mapping import StaffImport

        dialog = StaffImport(path.name, table, self.variables(), self.window())
        dialog.taken.connect(self._take_people)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_people(self, people: Iterable[Person]) -> None:
        self._tell(self._people.add(people, renew=True))

    def _add_blank(self) -> None:
        self.search.clear()
        self.table.show()
        self.table.edit_row(self._people.add_blank())

    def _remove(self) -> None:
        chosen = self.table.chosen
        if chosen and not any(state.under_way for state in chosen):
            self._people.remove({state.listed.number for state in chosen})
            said = (
                tr("1 person was removed.") if len(chosen) == 1 else tr("{} people were removed.")
            )
            self._removed.say(said.format(len(chosen)))

    def _put_back(self) -> None:
        self._people.put_back()
        self._removed.say("")

    def _save(self) -> None:
        people = tuple(each.person for each in self._people.listed)
        links = sum(bool(each.link) for each in people)
        if links:
            text = (
                tr("Save {} invitation links in a file?")
                if links != 1
                else tr("Save 1 invitation link in a file?")
            )
            detail = tr(
                "Whoever reads the file can follow them and choose passwords. Keep it where only "
                "you can read it, and delete it when it is no longer needed."
            )
            if not self._tools.questions.sure(text.format(links), detail, tr("Save with links")):
                return
        path = self._tools.questions.save_staff(FILE)
        if path is None:
            return

        def failed(error: Exception) -> None:
            reason = str(getattr(error, "strerror", "") or error)
            self._tools.warn(tr("The people were not written to {}: {}.").format(path, reason))

        told = tr("The people are in {}.").format(path)
        self._tools.session.ask(
            lambda _: _write(path, people), lambda _: self._tools.tell(told), failed
        )

    def _choose(self, which: Callable[[State], bool]) -> None:
        states = (self._people.state(row) for row in range(self._people.rowCount()))
        self.table.choose([row for row, state in enumerate(states) if which(state)])
        self.table.setFocus()

    def _choose_menu(self) -> QMenu:
        menu = QMenu(self)
        for name, text, which in _CHOICES:
            action = menu.addAction(tr(text), partial(self._choose, which))
            action.setObjectName(f"invite:choose-{name}")
        return menu

    def _button(self, name: str, text: str, act: Callable[[], object] | None) -> QPushButton:
        """A button; one without an act gets a menu."""
        button = QPushButton(text, self)
        button.setObjectName(f"invite:{name}")
        button.setProperty("compact", True)
        button.setAutoDefault(False)
        if act is None:
            button.setIcon(icon("chevron-down"))
            button.setIconSize(QSize(14, 14))
        else:
            button.clicked.connect(lambda: act())  # noqa: PLW0108 - without the click's flag
        return button


def _table(path: Path) -> Table:
    """The rows of a file; on the store's thread, which waits for disks."""
    from motion_desk.services.invitations.staff_table import read_file

    return read_file(path)


def _write(path: Path, people: tuple[Person, ...]) -> None:
    from motion_desk.services.invitations.staff_export import exported

    path.write_bytes(exported(people))

"""Exchange: a list of rows read from a CSV file after a preview, and written into one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget

from motion_desk.models.document import get
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.tools import PanelTools

if TYPE_CHECKING:
    from motion_desk.services.answers.plan import Plan

Rows = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """How one list is exchanged, and how its rows are called.

    ``read`` gives what a file would do to rows, ``exported`` the bytes of a file, ``omitted`` how
    many rows that leaves out; the first is called on the store's thread, and so is the second.
    """

    key: str
    one: str
    many: str
    file: str
    read: Callable[[Path, Rows], Plan]
    exported: Callable[[Rows], bytes]
    omitted: Callable[[Rows], int]
    left_out: str


class Exchange(QObject):
    """Reads and writes one list of the open account: all of a file in one undoable step, or nothing."""

    def __init__(self, form: Form, tools: PanelTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = form
        self._tools = tools
        self._name = form.key.partition(".")[0]
        self.take_in = self._button(parent, "import", "upload", tr("Import CSV…"), self._ask)
        self.give_out = self._button(parent, "export", "download", tr("Export CSV…"), self._save)

    def show_rows(self, count: int) -> None:
        """Offer to export where there is something."""
        self.give_out.setEnabled(bool(count))

    def _button(
        self, parent: QWidget, word: str, sign: str, text: str, act: Callable[[], None]
    ) -> QPushButton:
        button = QPushButton(icon(sign), text, parent)
        button.setObjectName(f"{self._name}:{word}")
        button.setProperty("compact", True)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: act())  # noqa: PLW0108 - without the click's flag
        return button

    # In

    def _ask(self) -> None:
        current = self._tools.desk.current
        path = self._tools.questions.open_csv(tr("Import {}").format(tr(self._form.many)))
        if path is None or current is None:
            return
        document = current.draft.id
        rows: Rows = get(current.draft, self._form.key)
        read = self._form.read
        self._tools.session.ask(
            lambda _: read(path, rows),
            lambda plan: self._show(path.name, plan, document, rows),
            lambda error: self._tools.warn(_sentence(path.name, error)),
        )

    def _show(self, name: str, plan: Plan, document: str, rows: Rows) -> None:
        from motion_desk.ui.answers.plan_dialog import PlanDialog

        dialog = PlanDialog(name, plan, self._form, self._tools.theme, self.take_in.window())
        dialog.accepted.connect(lambda: self._take(plan, document, rows))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, plan: Plan, document: str, rows: Rows) -> None:
        """Make the change, unless the list is no longer the one that was looked at."""
        opened = self._tools.desk.opened(document)
        if opened is None or get(opened.draft, self._form.key) is not rows:
            said = tr("Nothing was imported: the list was changed meanwhile. Import it again.")
            self._tools.warn(said)
            return
        text = tr("Import {}").format(tr(self._form.many))
        self._tools.desk.edit_all({document: {self._form.key: plan.rows}}, text)
        told = tr("{added} added, {changed} changed. Undo takes all of it back.")
        self._tools.tell(told.format(added=len(plan.added), changed=len(plan.changed)))

    # Out

    def _save(self) -> None:
        current = self._tools.desk.current
        title = tr("Export {}").format(tr(self._form.many))
        name = str(getattr(getattr(current.draft, "settings", None), "name", "")) if current else ""
        path = self._tools.questions.save_csv(title, _file_name(name, tr(self._form.file)))
        if path is None or current is None:
            return
        rows: Rows = get(current.draft, self._form.key)
        form = self._form
        count = len(rows) - form.omitted(rows)
        told = tr("{count} {what} are in {path}.") if count != 1 else tr("1 {what} is in {path}.")
        told = told.format(count=count, what=tr(form.many if count != 1 else form.one), path=path)
        if left := form.omitted(rows):
            told = f"{told} {tr(form.left_out).format(left)}"

        def failed(error: Exception) -> None:
            reason = str(getattr(error, "strerror", "") or error)
            self._tools.warn(tr("Nothing was written to {}: {}.").format(path, reason))

        self._tools.session.ask(
            lambda _: path.write_bytes(form.exported(rows)),
            lambda _: self._tools.tell(told),
            failed,
        )


def _sentence(name: str, error: Exception) -> str:
    """What is wrong with a file, with its name in front where the sentence has none."""
    said = str(getattr(error, "sentence", "")) or str(error)
    return said if name in said else tr("“{}”: {}").format(name, said)


def _file_name(account: str, what: str) -> str:
    """The account's name without what file systems refuse, and what is in the file."""
    plain = "".join(each for each in account if each.isalnum() or each in " -_.").strip(" .")
    return f"{plain} - {what}.csv" if plain else f"{what}.csv"

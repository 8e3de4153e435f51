"""Deleting: what is kept is deleted when a person says so, who is told how much it is before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from motion_desk.ui.form.words import tr
from motion_desk.ui.interactions.kept import Kept
from motion_desk.ui.panels.tools import PanelTools

if TYPE_CHECKING:
    from motion_desk.services.interactions.archive import Archive

FOR_GOOD = (
    "Nothing of them is left in the file. Motion and the mailbox keep theirs; they can be imported "
    "again from there."
)


class Deleting(QObject):
    """Asks before it deletes, and says how many conversations went.

    What grows too old later is deleted by the archive when it is opened, as was agreed here.
    """

    def __init__(self, tools: PanelTools, kept: Kept, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._kept = tools, kept

    def delete(self, account: str, name: str) -> None:
        """Delete all conversations of an account, or of all accounts where it is empty."""

        def counted(accounts: dict[str, int]) -> None:
            number = accounts.get(account, 0) if account else sum(accounts.values())
            text = (
                tr("Delete all {} conversations of “{}”?").format(f"{number:,}", name)
                if account
                else tr("Delete all {} conversations of all accounts?").format(f"{number:,}")
            )
            if number and self._tools.questions.sure(text, tr(FOR_GOOD), tr("Delete all")):
                self._tools.tell(tr("Deleting…"))
                self._kept.ask(
                    lambda archive: archive.delete_all(account or None),
                    self._tell_deleted,
                    self._warn,
                )

        self._kept.ask(lambda archive: archive.accounts(), counted, self._warn)

    def keep_for(self, days: int) -> None:
        """Keep conversations for so many days after their last message; 0: for ever.

        Asks where that deletes some now; declined, everything stays as it was.
        """

        def counted(number: int) -> None:
            if number:
                text = tr("Delete {} conversations that are older than {} days?")
                detail = tr("From then on, older ones are deleted when this page is first shown.")
                asked = text.format(f"{number:,}", days), f"{detail} {tr(FOR_GOOD)}", tr("Delete")
                if not self._tools.questions.sure(*asked):
                    self._kept.changed.emit()  # shows again for how long they are kept
                    return
            self._set(days)

        if days:
            self._kept.ask(lambda archive: archive.older_than(days), counted, self._warn)
        else:
            self._set(days)

    def _set(self, days: int) -> None:
        def set_and_delete(archive: Archive) -> int:
            archive.kept_days = days or None
            return archive.delete_older_than(days) if days else 0

        self._kept.ask(set_and_delete, self._tell_deleted, self._warn)

    def _tell_deleted(self, number: int) -> None:
        if number:
            said = tr("1 conversation was deleted.") if number == 1 else tr("{} were deleted.")
            self._tools.tell(said.format(f"{number:,}"))
        self._kept.changed.emit()

    def start_anew(self) -> None:
        """Set aside a file that cannot be used, after asking."""
        path = self._kept.path
        if path is None:
            return
        text = tr("Set “{}” aside and start anew?").format(path.name)
        detail = tr("The file gets another name and is kept as it is. A new one begins empty.")
        if not self._tools.questions.sure(text, detail, tr("Start anew")):
            return

        def done(new: Path) -> None:
            self._tools.tell(tr("The file is now called “{}”.").format(new.name))

        self._kept.start_anew(done, self._warn)

    def _warn(self, error: Exception) -> None:
        sentence = getattr(error, "sentence", "")
        if sentence:
            self._tools.warn(sentence)
        else:
            self._tools.session.failed.emit(error)

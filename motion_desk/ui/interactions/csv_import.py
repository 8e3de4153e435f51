"""CSV import: a file that Motion exported comes into the archive, all of it or nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from motion_desk.models.account import Account
from motion_desk.services.jobs import Job
from motion_desk.ui.following import Following
from motion_desk.ui.form.words import tr
from motion_desk.ui.interactions.errand_card import ErrandCard
from motion_desk.ui.interactions.kept import Kept, Place
from motion_desk.ui.panels.tools import PanelTools

if TYPE_CHECKING:
    from motion_desk.services.interactions.columns import Choices
    from motion_desk.services.interactions.importing import Imported, Progress
    from motion_desk.services.interactions.sheet import Sheet

MOST_TOLD = 500
"""Refused rows that are listed."""


class CsvImport(QObject):
    """Imports a file that a person chooses into the archive, for one account.

    ``ended`` tells that the errand is over, whatever came of it. What runs is shown in ``card``.
    """

    ended = Signal()

    def __init__(self, tools: PanelTools, kept: Kept, card: ErrandCard, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._kept, self._card, self._window = tools, kept, card, window
        self._account = ""
        self._sheet: Sheet | None = None
        self._choices: Choices | None = None
        self._result: Imported | None = None
        self._failed = False
        self._examining: Following[Sheet] = Following(
            "interactions-examining", self, self._propose, self._refuse, self._end_examining
        )
        self._following: Following[Progress | Imported] = Following(
            "interactions-import", self, self._note, self._refuse, self._end
        )

    @property
    def running(self) -> bool:
        """Whether a file is examined or imported."""
        return self._examining.running or self._following.running

    def ask_for_file(self, account: Account) -> None:
        """Ask which file, and examine it."""
        path = self._tools.questions.open_interactions()
        if path is None:
            return
        self._account, self._sheet, self._failed = account.id, None, False
        self._card.show_running(tr("Looking at “{}”…").format(path.name), 0)
        self._examining.follow(Job("interactions-examining", lambda stop: _examine(path, stop)))

    def _propose(self, sheet: Sheet) -> None:
        self._sheet = sheet

        def located(place: Place) -> None:
            from motion_desk.services.interactions.columns import proposed

            if place.exists:
                self._kept.ask(
                    lambda archive: proposed(sheet, archive),
                    partial(self._ask_for_columns, sheet),
                    self._refuse,
                )
            else:
                self._ask_for_columns(sheet, proposed(sheet))

        self._kept.locate(located)

    def _end_examining(self) -> None:
        if self._sheet is None and not self._failed:
            self._card.show_over(tr("Stopped: nothing was imported."))

    def _ask_for_columns(self, sheet: Sheet, found: tuple[Choices, bool]) -> None:
        from motion_desk.ui.interactions.import_dialog import ImportDialog

        self._card.hide()
        choices, remembered = found
        dialog = ImportDialog(sheet, choices, remembered=remembered, parent=self._window.window())
        dialog.taken.connect(self._begin)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _begin(self, choices: Choices, leave_out: bool = False) -> None:
        from motion_desk.services.interactions.importing import course

        sheet, path = self._sheet, self._kept.path
        assert sheet is not None  # noqa: S101 - examined before
        assert path is not None  # noqa: S101 - located before
        self._choices, self._result, self._failed = choices, None, False
        self._card.show_running(tr("Importing “{}”…").format(sheet.path.name), 0)
        self._following.follow(
            Job(
                "interactions-import",
                course(path, self._account, sheet, choices, leave_out=leave_out),
            )
        )

    def leave_out(self) -> None:
        """Import the same file without the rows that were refused."""
        if self._choices is not None and not self.running:
            self._begin(self._choices, leave_out=True)

    def _note(self, event: Progress | Imported) -> None:
        from motion_desk.services.interactions.importing import Imported

        if isinstance(event, Imported):
            self._result = event
        else:
            said = tr("Importing: {} rows so far…").format(f"{event.rows:,}")
            self._card.show_running(said, event.part)

    def _refuse(self, error: Exception) -> None:
        self._failed = True
        sentence = str(getattr(error, "sentence", ""))
        if not sentence:
            self._tools.session.failed.emit(error)
            sentence = tr("It ended by a mistake of this program.")
        self._card.show_over(tr("Nothing was imported."), sentence)

    def _end(self) -> None:
        result, sheet, choices = self._result, self._sheet, self._choices
        if result is None:
            if not self._failed:
                self._card.show_over(tr("Stopped: nothing was imported."))
        elif result.kept:
            self._tell_kept(result)
            if sheet is not None and choices is not None:
                self._remember(sheet, choices)
        else:
            self._tell_refused(result)
        self.ended.emit()

    def _remember(self, sheet: Sheet, choices: Choices) -> None:
        from motion_desk.services.interactions.columns import remember

        self._kept.ask(
            lambda archive: remember(sheet, choices, archive),
            lambda _: self._kept.changed.emit(),
            lambda _: self._kept.changed.emit(),
        )

    def _tell_kept(self, result: Imported) -> None:
        said = tr("Imported: {} new conversations, {} brought up to date.")
        if result.added == 1:
            said = tr("Imported: {} new conversation, {} brought up to date.")
        text = said.format(f"{result.added:,}", f"{result.updated:,}")
        more = ""
        if result.refusals:
            more = tr("{} rows were left out:").format(f"{result.refusals:,}")
            if result.refusals == 1:
                more = tr("1 row was left out:")
        self._card.show_over(text, more, _lines(result))
        self._tools.tell(text)

    def _tell_refused(self, result: Imported) -> None:
        total = result.rows + result.refusals
        said = tr("Nothing was imported: {} of {} rows cannot be read.")
        more = tr("Mend them and import the file again, or import the others without them.")
        self._card.show_over(
            said.format(f"{result.refusals:,}", f"{total:,}"),
            more,
            _lines(result),
            tr("Import the others") if result.rows else "",
        )

    def stop(self) -> None:
        """End what runs; nothing of it is kept."""
        self._examining.stop()
        self._following.stop()

    def finish(self) -> None:
        """End what runs, for the window closes."""
        self._examining.close()
        self._following.close()


def _examine(path: Path, stop: threading.Event) -> Iterator[Sheet]:
    """What a file is; on the job's thread."""
    from motion_desk.services.interactions.sheet import examine

    yield examine(path, stop)


def _lines(result: Imported) -> list[str]:
    """The refused rows, with the lines of the file."""
    said = tr("Line {line}: {reason}")
    told = [
        said.format(line=f"{each.line:,}", reason=each.sentence)
        for each in result.refused[:MOST_TOLD]
    ]
    if result.refusals > len(told):
        told.append(tr("… and {} more.").format(f"{result.refusals - len(told):,}"))
    return told

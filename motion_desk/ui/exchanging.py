"""Exchanging: documents written to a folder and read back, previewed before anything changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.document import Document
from motion_desk.models.workspace import Workspace
from motion_desk.ui.form.words import tr
from motion_desk.ui.questions import Questions
from motion_desk.ui.session import Session

if TYPE_CHECKING:
    from motion_desk.services.exchange.plan import Plan
    from motion_desk.services.store import Store


class Exchanging(QObject):
    """Imports and exports documents for one window.

    ``done`` says in a sentence what was done; ``imported`` brings the stored documents and all
    accounts after an import.
    """

    done = Signal(str)
    imported = Signal(object, object)

    def __init__(self, session: Session, questions: Questions, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._questions = questions

    def export(self) -> None:
        """Ask for a folder and write all documents into it."""
        folder = self._questions.folder()
        if folder is not None:
            self._export(folder, overwrite=False)

    def _export(self, folder: Path, *, overwrite: bool) -> None:
        def work(store: Store) -> list[Path]:
            from motion_desk.services.exchange.exporting import export

            accounts = [store.load(each.id) for each in store.accounts()]
            return export(folder, store.workspace(), accounts, overwrite=overwrite)

        def written(paths: list[Path]) -> None:
            self.done.emit(tr("{} documents were written to {}.").format(len(paths), folder))

        def failed(error: Exception) -> None:
            from motion_desk.services.exchange.exporting import NotOursError

            text = tr("Some files in {} were changed since they were exported.").format(folder)
            if not isinstance(error, NotOursError):
                self._session.failed.emit(error)
            elif self._questions.sure(text, str(error), tr("Overwrite")):
                self._export(folder, overwrite=True)

        self._session.ask(work, written, failed)

    def import_(self) -> None:
        """Ask for files, show what importing them would do, and do it if that is wanted."""
        paths = self._questions.documents()
        if not paths:
            return

        def planned(plan: Plan) -> None:
            self._preview(said(plan), True, lambda: self._carry_out(plan))

        def failed(error: Exception) -> None:
            self._preview(str(error).splitlines(), False, lambda: None)

        self._session.ask(lambda store: _plan(store, paths), planned, failed)

    def _preview(self, lines: list[str], possible: bool, accepted: Callable[[], None]) -> None:
        from motion_desk.ui.import_preview import Preview

        dialog = Preview(lines, possible, self._questions.parent)
        dialog.accepted.connect(accepted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _carry_out(self, plan: Plan) -> None:
        def work(store: Store) -> tuple[list[Document], tuple[AccountSummary, ...]]:
            from motion_desk.services.exchange.importing import carry_out

            carry_out(plan, store)
            stored: list[Document] = []
            for change in plan.changes:
                if isinstance(change.document, Workspace):
                    stored.append(store.workspace())
                else:
                    stored.append(store.load(change.document.id))
            return stored, store.accounts()

        def stored(result: tuple[list[Document], tuple[AccountSummary, ...]]) -> None:
            self.imported.emit(*result)
            self.done.emit(tr("{} documents were imported.").format(len(result[0])))

        self._session.ask(work, stored)


def _plan(store: Store, paths: tuple[Path, ...]) -> Plan:
    """What importing the files would do; runs on the store's thread."""
    from motion_desk.services.exchange.document import DocumentError, load, parse
    from motion_desk.services.exchange.importing import plan_for
    from motion_desk.services.exchange.plan import ImportRefusedError

    documents, errors = [], []
    for path in paths:
        try:
            documents.append(parse(load(path), path.name))
        except DocumentError as error:
            errors.append(error)
    if errors:
        raise ImportRefusedError(errors)
    return plan_for(store, documents, create_missing=True)


def said(plan: Plan) -> list[str]:
    """What a plan would do, a line for each thing."""
    lines = [
        tr("New in the directory: {what} “{name}”").format(what=missing.what, name=missing.name)
        for missing in plan.missing
    ]
    for change in plan.changes:
        name = tr("the workspace")
        if isinstance(change.document, Account):
            name = change.document.settings.name
        if change.before is None:
            line = tr("Add {}").format(name)
        else:
            fields = catalogue_of(change.document).fields
            labels = ", ".join(tr(fields[key].label) for key in change.fields)
            line = tr("Change {name}: {labels}").format(name=name, labels=labels)
        if change.made_inactive:
            line += tr(" (inactive: documents hold no passwords, type them afterwards)")
        lines.append(line)
    return lines or [tr("Nothing: everything is stored as the documents say.")]

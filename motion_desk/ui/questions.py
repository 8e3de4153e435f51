"""Questions: all that the program asks in dialogs, in one place; tests answer in its stead."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from motion_desk.ui.form.words import tr

FILES = "Motion Desk (*.motiondesk)"
REPORTS = {"html": "Web page (*.html)", "md": "Markdown (*.md)", "json": "JSON (*.json)"}
"""The forms of a test's report, by the ending of the file's name."""
DOCUMENTS = "Motion Desk documents (*.yaml *.yml)"


class Questions:
    """Asks a person; each question gives the answer, or nothing where it was declined.

    Qt's dialogs are imported when the first is needed: the window is painted without them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def save_changes(self, names: list[str]) -> str:
        """Whether to ``save`` or ``discard`` unsaved changes before closing; else nothing."""
        return self._ask(
            "Question",
            tr("Save the changes to {}?").format(", ".join(names)),
            tr("Changes that are not saved are lost when the window closes."),
            {"save": (tr("Save"), "AcceptRole"), "discard": (tr("Discard"), "DestructiveRole")},
            tr("Cancel"),
        )

    def whose(self, name: str) -> str:
        """Whose version to keep of a document that two programs changed: ``mine``, ``theirs``."""
        return self._ask(
            "Warning",
            tr("{} was changed elsewhere since you opened it.").format(name),
            tr("Nothing was overwritten. Keep your version, or take the other and drop yours."),
            {
                "mine": (tr("Keep mine"), "AcceptRole"),
                "theirs": (tr("Take theirs"), "DestructiveRole"),
            },
            tr("Decide later"),
        )

    def in_use(self, name: str, users: list[str], others: dict[str, str]) -> str:
        """What to do with an entry in use: ``retire``, the id of a replacement, or nothing."""
        answers = {"retire": (tr("Retire"), "AcceptRole")}
        if others:
            answers["replace"] = (tr("Replace…"), "ActionRole")
        answer = self._ask(
            "Warning",
            tr("{} is in use.").format(name),
            tr(
                "It is used by {}. Replace it there by another entry, or retire it: it stays for "
                "those accounts and is offered no more."
            ).format(", ".join(users)),
            answers,
            tr("Cancel"),
        )
        return (
            self._one_of(tr("Replace {} by").format(name), others)
            if answer == "replace"
            else answer
        )

    def sure(self, text: str, detail: str, verb: str) -> bool:
        """Whether to do what cannot be undone."""
        answers = {"yes": (verb, "DestructiveRole")}
        return self._ask("Warning", text, detail, answers, tr("Cancel")) == "yes"

    def tell(self, text: str, detail: str = "") -> None:
        """Say something that a person must not miss."""
        self._ask("Information", text, detail, {}, tr("Close"))

    def open_workspace(self) -> Path | None:
        """Which workspace file to open."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(self.parent, tr("Open workspace"), "", FILES)
        return Path(name) if name else None

    def new_workspace(self) -> Path | None:
        """Where to make a new workspace file; its name ends in ``.motiondesk`` unless it has an end."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getSaveFileName(self.parent, tr("New workspace"), "", FILES)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(".motiondesk")

    def documents(self) -> tuple[Path, ...]:
        """Which documents to import."""
        from PySide6.QtWidgets import QFileDialog

        names, _ = QFileDialog.getOpenFileNames(self.parent, tr("Import documents"), "", DOCUMENTS)
        return tuple(Path(name) for name in names)

    def folder(self) -> Path | None:
        """Into which folder to export."""
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(self.parent, tr("Export documents into"))
        return Path(name) if name else None

    def save_report(self, name: str) -> Path | None:
        """Where to write a report; without an ending of its own the name gets that of its form."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self.parent, tr("Save report"), "", ";;".join(REPORTS.values()))
        dialog.selectFile(name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        endings = {form: ending for ending, form in REPORTS.items()}
        # Set before the dialog asks whether to overwrite, so that it asks about the right file.
        dialog.filterSelected.connect(lambda form: dialog.setDefaultSuffix(endings[form]))
        dialog.setDefaultSuffix("html")
        chosen = dialog.selectedFiles() if dialog.exec() else []
        dialog.deleteLater()
        return Path(chosen[0]) if chosen else None

    def _ask(
        self, sign: str, text: str, detail: str, answers: dict[str, tuple[str, str]], decline: str
    ) -> str:
        """Ask in a box; ``answers`` gives each answer its button's text and role."""
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(QMessageBox.Icon[sign], "Motion Desk", text, parent=self.parent)
        box.setInformativeText(detail)
        buttons = {
            answer: box.addButton(label, QMessageBox.ButtonRole[role])
            for answer, (label, role) in answers.items()
        }
        box.addButton(decline, QMessageBox.ButtonRole.RejectRole)
        box.exec()
        clicked = box.clickedButton()
        return next((answer for answer, button in buttons.items() if button is clicked), "")

    def _one_of(self, text: str, options: dict[str, str]) -> str:
        from PySide6.QtWidgets import QInputDialog

        names = list(options.values())
        name, chosen = QInputDialog.getItem(self.parent, "Motion Desk", text, names, 0, False)
        return next(key for key, value in options.items() if value == name) if chosen else ""

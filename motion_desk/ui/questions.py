"""Questions: all that the program asks in dialogs, in one place; tests answer in its stead."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from motion_desk.ui.form.words import tr

FILES = "Motion Desk (*.motiondesk)"
REPORTS = {"html": "Web page (*.html)", "md": "Markdown (*.md)", "json": "JSON (*.json)"}
"""The forms of a test's report, by the ending of the file's name."""
PROBES = {"py": "Python (*.py)"}
RESULTS = "What the probe printed (*.json *.txt);;All files (*)"
CALENDARS = {"ics": "Calendar (*.ics)"}
PREVIEWS = {
    "eml": "Message (*.eml)",
    "html": "Web page (*.html)",
    "png": "Picture (*.png)",
    "pdf": "PDF (*.pdf)",
}
DATA = "Sample data (*.eml *.json *.yaml *.yml)"
STAFF = {"csv": "People (*.csv)"}
STAFF_FILES = "People (*.csv *.txt *.tsv);;All files (*)"
INTERACTIONS = "Interactions (*.csv *.txt *.tsv);;All files (*)"
LISTS = {"csv": "Conversations (*.csv)"}
MESSAGES = {"eml": "Message (*.eml)"}
TABLES = {"csv": "Table (*.csv)"}
TABLE_FILES = "Tables (*.csv *.txt *.tsv);;All files (*)"
MAIL = "Messages (*.eml *.mbox *.mbx *.txt);;All files (*)"
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

    def delete_rows(self, text: str, detail: str) -> bool:
        """Whether to delete rows with what lies below them, or that others refer to."""
        answers = {"yes": (tr("Delete"), "DestructiveRole")}
        return self._ask("Question", text, detail, answers, tr("Cancel")) == "yes"

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
        return self._save(tr("Save report"), name, REPORTS)

    def save_probe(self, name: str) -> Path | None:
        """Where to write the probe for the Motion server; its name ends in ``.py`` unless it has an end."""
        return self._save(tr("Save the probe"), name, PROBES)

    def save_calendar(self, name: str) -> Path | None:
        """Where to write a calendar file; its name ends in ``.ics`` unless it has an end."""
        return self._save(tr("Save as calendar file"), name, CALENDARS)

    def save_preview(self, name: str) -> Path | None:
        """Where to write a preview; the name's ending says in which form."""
        return self._save(tr("Save the preview"), name, PREVIEWS)

    def open_data(self) -> Path | None:
        """Which file holds sample data for a template: a message, or names and values."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(self.parent, tr("Sample data of your own"), "", DATA)
        return Path(name) if name else None

    def own_address(self) -> str:
        """To which address of one's own a sample is to go; empty where it was declined."""
        from PySide6.QtWidgets import QInputDialog

        text = tr("Your own address, for this sample")
        typed, wanted = QInputDialog.getText(self.parent, "Motion Desk", text)
        return typed if wanted else ""

    def open_staff(self) -> Path | None:
        """Which CSV file holds the people who can be invited."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(
            self.parent, tr("People from a CSV file"), "", STAFF_FILES
        )
        return Path(name) if name else None

    def save_staff(self, name: str) -> Path | None:
        """Where to write people as CSV; the name ends in ``.csv`` unless it has an end."""
        return self._save(tr("Save people as CSV"), name, STAFF)

    def open_messages(self) -> tuple[Path, ...]:
        """Which files hold messages: each one message, or a whole mailbox."""
        from PySide6.QtWidgets import QFileDialog

        names, _ = QFileDialog.getOpenFileNames(self.parent, tr("Open messages"), "", MAIL)
        return tuple(Path(name) for name in names)

    def open_interactions(self) -> Path | None:
        """Which CSV file holds conversations that Motion exported."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(
            self.parent, tr("Conversations from a CSV file"), "", INTERACTIONS
        )
        return Path(name) if name else None

    def save_interactions(self, name: str) -> Path | None:
        """Where to write conversations as CSV; the name ends in ``.csv`` unless it has an end."""
        return self._save(tr("Save conversations as CSV"), name, LISTS)

    def save_message(self, name: str) -> Path | None:
        """Where to write a message; its name ends in ``.eml`` unless it has an end."""
        return self._save(tr("Save the message"), name, MESSAGES)

    def open_csv(self, title: str) -> Path | None:
        """Which CSV file to read; ``title`` says for what."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(self.parent, title, "", TABLE_FILES)
        return Path(name) if name else None

    def save_csv(self, title: str, name: str) -> Path | None:
        """Where to write a CSV file; the name ends in ``.csv`` unless it has an end."""
        return self._save(title, name, TABLES)

    def open_result(self) -> Path | None:
        """Which file holds what the probe printed on the Motion server."""
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(
            self.parent, tr("Read the probe's result"), "", RESULTS
        )
        return Path(name) if name else None

    def _save(self, title: str, name: str, forms: dict[str, str]) -> Path | None:
        """Where to write a file; the first of ``forms`` gives the ending of a name without any."""
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self.parent, title, "", ";;".join(forms.values()))
        dialog.selectFile(name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        endings = {form: ending for ending, form in forms.items()}
        # Set before the dialog asks whether to overwrite, so that it asks about the right file.
        dialog.filterSelected.connect(lambda form: dialog.setDefaultSuffix(endings[form]))
        dialog.setDefaultSuffix(next(iter(forms)))
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

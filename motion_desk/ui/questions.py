"""Questions: all that the program asks in dialogs, in one place; tests answer in its stead."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from motion_desk.ui.form.words import tr

FILES = "Motion Desk (*.motiondesk)"
DOCUMENTS = "Motion Desk documents (*.yaml *.yml)"


class Questions:
    """Asks a person; each question gives the answer, or nothing where it was declined."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def save_changes(self, names: list[str]) -> str:
        """Whether to ``save`` or ``discard`` unsaved changes before closing; else ``cancel``."""
        box = self._box(
            QMessageBox.Icon.Question,
            tr("Save the changes to {}?").format(", ".join(names)),
            tr("Changes that are not saved are lost when the window closes."),
        )
        save = box.addButton(tr("Save"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return (
            "save"
            if box.clickedButton() is save
            else "discard"
            if box.clickedButton() is discard
            else "cancel"
        )

    def whose(self, name: str) -> str:
        """Whose version to keep of a document that two programs changed: ``mine``, ``theirs``."""
        box = self._box(
            QMessageBox.Icon.Warning,
            tr("{} was changed elsewhere since you opened it.").format(name),
            tr(
                "Nothing was overwritten. Keep your version, or take the other one and drop your changes."
            ),
        )
        mine = box.addButton(tr("Keep mine"), QMessageBox.ButtonRole.AcceptRole)
        theirs = box.addButton(tr("Take theirs"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Decide later"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return (
            "mine"
            if box.clickedButton() is mine
            else "theirs"
            if box.clickedButton() is theirs
            else ""
        )

    def in_use(self, name: str, users: list[str], others: dict[str, str]) -> str:
        """What to do with an entry in use: ``retire``, the id of a replacement, or nothing."""
        box = self._box(
            QMessageBox.Icon.Warning,
            tr("{} is in use.").format(name),
            tr(
                "It is used by {}. Replace it there by another entry, or retire it: it stays for those accounts and is offered no more."
            ).format(", ".join(users)),
        )
        retire = box.addButton(tr("Retire"), QMessageBox.ButtonRole.AcceptRole)
        replace = (
            box.addButton(tr("Replace…"), QMessageBox.ButtonRole.ActionRole) if others else None
        )
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        if box.clickedButton() is retire:
            return "retire"
        if replace is not None and box.clickedButton() is replace:
            return self._one_of(tr("Replace {} by").format(name), others)
        return ""

    def _one_of(self, text: str, options: dict[str, str]) -> str:
        names = list(options.values())
        name, chosen = QInputDialog.getItem(self.parent, "Motion Desk", text, names, 0, False)
        return next(key for key, value in options.items() if value == name) if chosen else ""

    def sure(self, text: str, detail: str, verb: str) -> bool:
        """Whether to do what cannot be undone."""
        box = self._box(QMessageBox.Icon.Warning, text, detail)
        yes = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is yes

    def tell(self, text: str, detail: str = "") -> None:
        """Say something that a person must not miss."""
        box = self._box(QMessageBox.Icon.Information, text, detail)
        box.exec()

    def open_workspace(self) -> Path | None:
        """Which workspace file to open."""
        name, _ = QFileDialog.getOpenFileName(self.parent, tr("Open workspace"), "", FILES)
        return Path(name) if name else None

    def new_workspace(self) -> Path | None:
        """Where to make a new workspace file."""
        name, _ = QFileDialog.getSaveFileName(self.parent, tr("New workspace"), "", FILES)
        path = Path(name)
        return (
            path.with_suffix(".motiondesk") if name and not path.suffix else path if name else None
        )

    def documents(self) -> tuple[Path, ...]:
        """Which documents to import."""
        names, _ = QFileDialog.getOpenFileNames(self.parent, tr("Import documents"), "", DOCUMENTS)
        return tuple(Path(name) for name in names)

    def folder(self) -> Path | None:
        """Into which folder to export."""
        name = QFileDialog.getExistingDirectory(self.parent, tr("Export documents into"))
        return Path(name) if name else None

    def _box(self, sign: QMessageBox.Icon, text: str, detail: str) -> QMessageBox:
        box = QMessageBox(sign, "Motion Desk", text, parent=self.parent)
        box.setInformativeText(detail)
        return box

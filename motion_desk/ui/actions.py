"""Actions: all commands of the window, their keys and icons, and the menus that hold them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon

Keys = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its word (also its object name), text, icon and keys."""

    word: str
    text: str
    icon: str = ""
    keys: QKeySequence.StandardKey | str | None = None


FILE = (
    Command("new-account", "New account…", "plus", "Ctrl+N"),
    Command("save", "Save", "save", Keys.Save),
    Command("save-all", "Save all", "", "Ctrl+Shift+S"),
    None,
    Command("open-workspace", "Open workspace…", "folder-open", Keys.Open),
    Command("new-workspace", "New workspace…", "database"),
    Command("open-demo", "Open the demo workspace", "sparkles"),
    None,
    Command("import", "Import documents…", "upload"),
    Command("export", "Export documents…", "download"),
    None,
    Command("quit", "Quit", "log-out", Keys.Quit),
)
EDIT = (
    Command("back-to-saved", "Back to saved", "rotate-ccw", "Ctrl+R"),
    Command("back-to-default", "Back to default", "", "Ctrl+Shift+R"),
)
TEST = Command("test", "Test connection", "plug-zap", "Ctrl+T")
STOP = Command("test", "Stop", "circle-stop", "Ctrl+T")
"""What the command of ``TEST`` is while a test runs."""
ACCOUNT = (
    TEST,
    Command("detect", "Detect settings…", "radar"),
    Command("duplicate", "Duplicate", "copy", "Ctrl+D"),
    Command("activate", "Activate or deactivate", "power"),
    Command("delete", "Delete", "trash-2"),
    None,
    Command("bin", "Bin…", "archive-restore"),
)
VIEW = (
    Command("next-section", "Next section", "arrow-down", "Ctrl+PgDown"),
    Command("previous-section", "Previous section", "arrow-up", "Ctrl+PgUp"),
    Command("problems", "Problems", "panel-right", "Ctrl+Shift+P"),
    Command("preview", "Preview", "eye", "Ctrl+Shift+V"),
    None,
    Command("system", "Colours of the system"),
    Command("light", "Light colours"),
    Command("dark", "Dark colours"),
)
HELP = (
    Command("documentation", "Motion's documentation", "external-link", Keys.HelpContents),
    Command("about", "About Motion Desk", "info"),
)
NEEDY = (
    "test",
    "detect",
    "new-account",
    "import",
    "export",
    "bin",
    "duplicate",
    "activate",
    "delete",
    "save",
    "save-all",
)
"""Commands that need something to act on."""


class Actions(QObject):
    """Makes the actions of a window, each once, and its menus."""

    def __init__(self, window: QWidget, undo: QAction, redo: QAction) -> None:
        super().__init__(window)
        self._window = window
        self.by_word: dict[str, QAction] = {}
        for action, name, keys in ((undo, "undo-2", Keys.Undo), (redo, "redo-2", Keys.Redo)):
            action.setIcon(icon(name))
            action.setShortcuts(QKeySequence.keyBindings(keys))
            window.addAction(action)
        self.by_word |= {"undo": undo, "redo": redo}

    def fill(
        self, bar: QMenuBar, recent: QMenu, lab: QMenu, chosen: Callable[[str], object]
    ) -> None:
        """Fill a menu bar; ``chosen`` is called with the word of the command that is chosen."""
        file = self._menu(bar, tr("&File"), FILE, chosen)
        file.insertMenu(self.by_word["new-workspace"], recent)
        edit = bar.addMenu(tr("&Edit"))
        edit.addAction(self.by_word["undo"])
        edit.addAction(self.by_word["redo"])
        edit.addSeparator()
        self._add(edit, EDIT, chosen)
        account = self._menu(bar, tr("&Account"), ACCOUNT, chosen)
        account.insertMenu(self.by_word["duplicate"], lab)
        account.insertSeparator(self.by_word["duplicate"])
        self._menu(bar, tr("&View"), VIEW, chosen)
        self._menu(bar, tr("&Help"), HELP, chosen)

    def show_testing(self, running: bool) -> None:
        """Let the command that begins a test be the one that stops it, while one runs."""
        command, action = STOP if running else TEST, self.by_word["test"]
        if action.text() != tr(command.text):
            action.setText(tr(command.text))
            action.setIcon(icon(command.icon))

    def _menu(
        self,
        bar: QMenuBar,
        title: str,
        commands: tuple[Command | None, ...],
        chosen: Callable[[str], object],
    ) -> QMenu:
        menu = bar.addMenu(title)
        self._add(menu, commands, chosen)
        return menu

    def _add(
        self,
        menu: QMenu,
        commands: tuple[Command | None, ...],
        chosen: Callable[[str], object],
    ) -> None:
        for command in commands:
            if command is None:
                menu.addSeparator()
                continue
            action = QAction(tr(command.text), self._window)
            action.setObjectName(command.word)
            if command.icon:
                action.setIcon(icon(command.icon))
            if command.keys is not None:
                action.setShortcut(QKeySequence(command.keys))
            action.triggered.connect(partial(_choose, chosen, command.word))
            menu.addAction(action)
            self.by_word[command.word] = action


def _choose(chosen: Callable[[str], object], word: str, _: bool = False) -> None:
    chosen(word)

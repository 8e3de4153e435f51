"""The window: accounts, sections, page and problems side by side, drawn from the desk's view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QMainWindow,
    QMenu,
    QSplitter,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.catalogue import ACCOUNT, Catalogue, catalogue_of
from motion_desk.models.problems import Severity
from motion_desk.ui.actions import Actions
from motion_desk.ui.desk import Desk
from motion_desk.ui.form.tools import FormTools
from motion_desk.ui.form.words import tr
from motion_desk.ui.navigation import Entry, NavigationList
from motion_desk.ui.notices import Notices
from motion_desk.ui.panels.problems import ProblemPanel
from motion_desk.ui.section_pages import SectionPages
from motion_desk.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from motion_desk.models.views import SectionView, View

ICONS = {
    "settings": "settings",
    "imap": "inbox",
    "smtp": "send",
    "authentication": "key-round",
    "template": "file-text",
    "notification": "bell",
    "transfer": "arrow-left-right",
    "disposition": "list-checks",
    "advanced": "sliders-horizontal",
    "dispositions": "tags",
    "canned_answers": "message-square-quote",
    "actions": "route",
    "general": "settings",
    "invitations": "mail-plus",
    "lists": "contact",
    "queues": "layers",
    "agents": "users",
    "users": "user-round",
    "pauses": "coffee",
    "tags": "tag",
    "cloud_providers": "cloud",
    "mail_templates": "file-code",
}
LEAST, USUAL = (200, 225, 580, 190), (245, 225, 610, 260)
"""Widths in pixels of the columns: accounts, sections, page, problems."""
WORKSPACE = "workspace"
"""The id of the workspace's line in the list of accounts."""


class Window(QMainWindow):
    """Shows what the desk holds. It keeps nothing but which section is on screen.

    ``asked`` names the document whose line a person chose; ``closing`` asks for leave to close.
    """

    asked = Signal(str)
    closing = Signal(object)

    def __init__(self, desk: Desk, theme: Theme, tools: FormTools) -> None:
        super().__init__()
        self.setObjectName("motion-desk")
        self._desk = desk
        self._section = ""
        self._catalogue: Catalogue = ACCOUNT
        self._view: View | None = None
        self._problems_wanted = True
        self.accounts = NavigationList(theme)
        self.accounts.setObjectName("accounts")
        self.accounts.setAccessibleName(tr("Accounts"))
        self.sections = NavigationList(theme)
        self.sections.setObjectName("section-list")
        self.sections.setAccessibleName(tr("Sections"))
        self.pages = SectionPages(tools)
        self.problems = ProblemPanel(theme)
        self.notices = Notices()
        self.recent = QMenu(tr("Open recent"), self)
        undo = desk.stack.createUndoAction(self, tr("Undo"))
        redo = desk.stack.createRedoAction(self, tr("Redo"))
        self.actions_ = Actions(self, undo, redo)
        self._lay_out()
        self.accounts.chosen.connect(self.asked)
        self.sections.chosen.connect(self.show_section)
        self.problems.chosen.connect(self.go_to)
        desk.shown.connect(self._show)
        desk.marked.connect(self._mark)
        desk.went.connect(self.go_to)

    def _lay_out(self) -> None:
        self.resize(1320, 840)
        self.setMinimumSize(sum(LEAST[:3]), 600)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.pages, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        self._section_title = QLabel()
        side = _column("side", QLabel(tr("Accounts")), self.accounts)
        sections = _column("sections", self._section_title, self.sections)
        for widget in (side, sections, middle, self.problems):
            splitter.addWidget(widget)
        for part, least in zip((side, sections, middle, self.problems), LEAST, strict=True):
            part.setMinimumWidth(least)
            splitter.setStretchFactor(splitter.indexOf(part), int(part is middle))
        splitter.setHandleWidth(1)
        splitter.setSizes(list(USUAL))
        self.setCentralWidget(splitter)
        self.statusBar().setSizeGripEnabled(False)

    def add_toolbar(self) -> None:
        """Add the buttons for the commands that are used most; the actions must be there."""
        bar = QToolBar(tr("Commands"), self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(17, 17))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for words in (("new-account", "save"), ("undo", "redo"), ("duplicate", "delete")):
            for word in words:
                bar.addAction(self.actions_.by_word[word])
            bar.addSeparator()
        for word in ("undo", "redo", "duplicate", "delete"):
            button = bar.widgetForAction(self.actions_.by_word[word])
            assert isinstance(button, QToolButton)  # noqa: S101 - what a tool bar makes
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.addToolBar(bar)
        self.accounts.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        offered = ("new-account", "duplicate", "activate", "delete")
        self.accounts.addActions([self.actions_.by_word[word] for word in offered])

    # What is shown

    def _show(self, view: View | None) -> None:
        self._view = view
        current = self._desk.current
        if current is not None:
            self._catalogue = catalogue_of(current.draft)
        shown = [section for section in view.sections if section.visible] if view else []
        names = [section.name for section in shown]
        if self._section not in names:
            self._section = names[0] if names else ""
        self.sections.show_entries(
            tuple(_section_entry(section) for section in shown), self._section
        )
        self.pages.show_view(view, self._catalogue, self._section)
        self.problems.show_problems(
            view.problems if view else (), self._catalogue if view else None
        )
        self._mark()

    def _mark(self) -> None:
        """Draw the list of accounts, and what depends on which document is open and changed."""
        current = self._desk.current
        summaries = self._desk.summaries()
        changed = {opened.draft.id for opened in self._desk.unsaved}
        workspace = self._desk.workspace
        entries = [
            Entry(
                WORKSPACE,
                tr("Workspace"),
                tr("Directory, general settings"),
                "building-2",
                changed=workspace.id in changed,
            )
        ]
        entries += [
            _account_entry(account, account.id in changed) for account in summaries.values()
        ]
        account = current.draft if current and isinstance(current.draft, Account) else None
        shown = account.id if account else WORKSPACE if current else ""
        self.accounts.show_entries(tuple(entries) if workspace.id else (), shown)
        title = tr("Workspace") if current else ""
        if account:
            title = account.settings.name or tr("Unnamed account")
        self._section_title.setText(title)
        by_word = self.actions_.by_word
        # Without a workspace, such as after a file that cannot be opened, there is nothing to act on.
        for word in ("new-account", "import", "export", "bin"):
            if word in by_word:
                by_word[word].setEnabled(bool(workspace.id))
        for word in ("duplicate", "activate", "delete"):
            if word in by_word:
                by_word[word].setEnabled(account is not None)
        if "save" in by_word:
            by_word["save"].setEnabled(current is not None and current.changed)
            by_word["save-all"].setEnabled(bool(changed))
        self.setWindowModified(bool(changed))

    def toggle_problems(self) -> None:
        """Show or hide the panel of problems."""
        self._problems_wanted = self.problems.isHidden()
        self._place_problems()

    def _place_problems(self) -> None:
        """Show the panel of problems where it is wanted and leaves the page its width."""
        self.problems.setVisible(self._problems_wanted and self.width() >= sum(LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_problems()

    def show_section(self, name: str) -> None:
        """Bring a section of the open document to the screen."""
        self._desk.settle()
        self._section = name
        self._show(self._view)

    def step_section(self, by: int) -> None:
        """Go to the next or previous section that is shown."""
        names = (
            [section.name for section in self._view.sections if section.visible]
            if self._view
            else []
        )
        if self._section in names:
            self.show_section(names[(names.index(self._section) + by) % len(names)])

    def go_to(self, key: str) -> None:
        """Bring a field or cell to the screen and give it the focus."""
        section = key.partition(".")[0]
        if self._view and self._view.section(section).visible:
            if section != self._section:
                self.show_section(section)
            if page := self.pages.page(section):
                page.go_to(key)

    @property
    def section(self) -> str:
        """The name of the section on screen; empty where there is none."""
        return self._section

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit(event)


def _column(name: str, title: QLabel, content: QWidget) -> QWidget:
    """A column of the window: a caption above a list."""
    column = QWidget()
    column.setObjectName(name)
    column.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    title.setProperty("role", "caption")
    title.setContentsMargins(10, 2, 10, 2)
    layout = QVBoxLayout(column)
    layout.setContentsMargins(4, 12, 4, 8)
    layout.setSpacing(6)
    layout.addWidget(title)
    layout.addWidget(content, 1)
    return column


def _section_entry(section: SectionView) -> Entry:
    colours = {Severity.ERROR: "error", Severity.WARNING: "warning"}
    count = section.problems
    hint = tr("{} problems").format(count) if count != 1 else tr("1 problem")
    return Entry(
        section.name,
        tr(section.title),
        "",
        ICONS[section.name],
        count,
        colours.get(section.worst, "muted") if section.worst else "muted",
        section.changed,
        hint=hint if count else "",
    )


def _account_entry(account: AccountSummary, changed: bool) -> Entry:
    marks: tuple[tuple[str, str], ...] = ()
    hints = [account.service.label]
    if account.any_certificate:
        marks = (("shield-alert", "warning"),)
        hints.append(tr("Accepts any certificate"))
    if not account.active:
        marks = (*marks, ("power-off", "muted"))
        hints.append(tr("Not active"))
    if changed:
        hints.append(tr("Unsaved changes"))
    below = account.address or hints[0]
    return Entry(
        account.id,
        account.name or tr("Unnamed account"),
        below,
        "mail",
        changed=changed,
        dim=not account.active,
        marks=marks,
        hint=". ".join(hints),
    )

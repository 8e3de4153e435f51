"""The window: accounts, sections, page and problems side by side, drawn from the desk's view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QUndoStack
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

from motion_desk.ui.actions import NEEDY, Actions
from motion_desk.ui.form.words import tr
from motion_desk.ui.navigation import NavigationList
from motion_desk.ui.notices import Notices
from motion_desk.ui.panels.panels import Signs, panel_named
from motion_desk.ui.panels.problems import ProblemPanel
from motion_desk.ui.section_pages import SectionPages
from motion_desk.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from motion_desk.models.catalogue import Catalogue
    from motion_desk.models.views import View
    from motion_desk.ui.desk import Desk
    from motion_desk.ui.form.tools import FormTools
    from motion_desk.ui.navigation import Entry

LEAST, USUAL = (200, 225, 580, 190), (245, 225, 610, 260)
"""Widths in pixels of the columns: accounts, sections, page, problems."""
BESIDE = (400, 375)
"""The least widths of the page and of what stands beside it in the problems' place."""


class Window(QMainWindow):
    """Shows what the desk holds. It keeps nothing but which section is on screen.

    It is made and painted first, without a desk and without the models; ``furnish`` gives it
    both. ``painted`` tells of the first painting; ``commanded`` names the command that a person chose, ``asked`` the document whose line
    was chosen; ``closing`` asks for leave to close.
    """

    painted = Signal()
    commanded = Signal(str)
    asked = Signal(str)
    closing = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("motion-desk")
        self._desk: Desk | None = None
        self._section = ""
        self._catalogue: Catalogue | None = None
        self._view: View | None = None
        self._signs: dict[str, Signs] = {}
        self._problems_wanted = True
        self._beside: QWidget | None = None
        self._columns = list(USUAL)
        self._is_painted = False
        self.stack = QUndoStack(self)
        self.accounts = NavigationList(theme)
        self.accounts.setObjectName("accounts")
        self.accounts.setAccessibleName(tr("Accounts"))
        self.sections = NavigationList(theme)
        self.sections.setObjectName("section-list")
        self.sections.setAccessibleName(tr("Sections"))
        self.sections.setUniformItemSizes(False)  # the first panel's line is higher
        self.pages = SectionPages()
        self.problems = ProblemPanel(theme)
        self.notices = Notices()
        self.recent = QMenu(tr("Open recent"), self)
        self.lab = QMenu(tr("Lab"), self)
        undo = self.stack.createUndoAction(self, tr("Undo"))
        redo = self.stack.createRedoAction(self, tr("Redo"))
        self.actions_ = Actions(self, undo, redo)
        self.actions_.fill(self.menuBar(), self.recent, self.lab, self.commanded.emit)
        self._add_toolbar()
        self._lay_out()
        self._enable(frozenset())
        self.accounts.chosen.connect(self.asked)
        self.sections.chosen.connect(self.show_section)
        self.problems.chosen.connect(self.go_to)

    def furnish(self, desk: Desk, tools: FormTools) -> None:
        """Show what ``desk`` holds from here on."""
        self._desk = desk
        self.pages.tools = tools
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
        self._splitter, self._side, self._middle = splitter, side, middle
        for part, least in zip((side, sections, middle, self.problems), LEAST, strict=True):
            part.setMinimumWidth(least)
            splitter.setStretchFactor(splitter.indexOf(part), int(part is middle))
        splitter.setHandleWidth(1)
        splitter.setSizes(list(USUAL))
        self.setCentralWidget(splitter)
        self.statusBar().setSizeGripEnabled(False)

    def _add_toolbar(self) -> None:
        """Add the buttons for the commands that are used most."""
        bar = self._toolbar = QToolBar(tr("Commands"), self)
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(QSize(17, 17))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for words in (
            ("new-account", "save"),
            ("test",),
            ("undo", "redo"),
            ("duplicate", "delete"),
        ):
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
        from motion_desk.ui import entries

        self._view = view
        current = self._desk.current if self._desk else None
        if current is not None:
            self._catalogue = entries.catalogue_of(current.draft)
        lines = self._lines()
        names = [line.id for line in lines]
        if self._section not in names:
            self._section = names[0] if names else ""
        self.sections.show_entries(lines, self._section)
        if panel_named(self._section):
            self.pages.show_panel(self._section)
        else:
            self.pages.show_view(view, self._catalogue, self._section)
        self._place_problems()
        problems = view.problems if view else ()
        sections = view.sections if view else ()
        self.problems.show_problems(problems, self._catalogue if view else None, sections)
        self._mark()

    def _lines(self) -> tuple[Entry, ...]:
        """The lines of the sections and panels of the open document."""
        from motion_desk.ui import entries

        return entries.of_sections(self._view, entries.panels(self._desk), self._signs)

    def show_signs(self, panel: str, signs: Signs) -> None:
        """Show what stands on the line of a panel."""
        if signs != self._signs.get(panel):
            self._signs[panel] = signs
            self.sections.show_entries(self._lines(), self._section)

    def show_testing(self, running: bool) -> None:
        """Show whether a test of the open account is running."""
        if running:
            button = self._toolbar.widgetForAction(self.actions_.by_word["test"])
            button.setMinimumWidth(button.width())  # or those beside it would jump
        self.actions_.show_testing(running)

    def _mark(self) -> None:
        """Draw the list of accounts, and what depends on which document is open and changed."""
        from motion_desk.ui import entries

        if self._desk is None:
            return
        self.accounts.show_entries(entries.of_accounts(self._desk), entries.shown_line(self._desk))
        self._section_title.setText(entries.title(self._desk))
        self._enable(entries.possible(self._desk))
        self.setWindowModified(bool(self._desk.unsaved))

    def _enable(self, possible: frozenset[str]) -> None:
        """Enable, of the commands that need something to act on, those that are possible."""
        for word in NEEDY:
            self.actions_.by_word[word].setEnabled(word in possible)

    def toggle_problems(self) -> None:
        """Show or hide the panel of problems."""
        self._problems_wanted = self.problems.isHidden()
        self._place_problems()

    def show_beside(self, widget: QWidget | None) -> None:
        """Show a widget beside the page, in the problems' place, or the problems again."""
        if self._beside is None:
            self._columns = self._splitter.sizes()
        else:
            self._beside.hide()
        self._beside = widget
        page, beside = BESIDE
        self._middle.setMinimumWidth(LEAST[2] if widget is None else page)
        if widget is not None:
            widget.setMinimumWidth(beside)
            if self._splitter.indexOf(widget) < 0:
                self._splitter.addWidget(widget)
                self._splitter.setStretchFactor(self._splitter.indexOf(widget), 1)
        self._place_problems()
        if widget is not None:
            widget.show()
            half = (self.width() - sum(LEAST[:2])) // 2
            self._splitter.setSizes([*LEAST[:2], half, 0, half])
        else:
            self._splitter.setSizes(self._columns)

    def _place_problems(self) -> None:
        """Show the panel of problems where it is wanted and leaves the page its width.

        What stands beside the page takes its place, and in a narrow window that of the accounts.
        """
        self._side.setVisible(self._beside is None or self.width() >= sum(LEAST[:2]) + sum(BESIDE))
        if self._beside is not None:
            self.problems.hide()
            return
        panel, page = panel_named(self._section), self.pages.page(self._section)
        wanted = panel.width if panel else page.least_width if page else 0
        needed = sum(LEAST) - LEAST[2] + max(wanted, LEAST[2])
        self.problems.setVisible(self._problems_wanted and self.width() >= needed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_problems()

    def show_section(self, name: str) -> None:
        """Bring a section of the open document to the screen."""
        if self._desk is not None:
            self._desk.settle()
        self._section = name
        self._show(self._view)

    def step_section(self, by: int) -> None:
        """Go to the next or previous section that is shown."""
        names = [line.id for line in self._lines()]
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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()

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

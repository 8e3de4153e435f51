"""The toolbar of rich text: its buttons show the style at the cursor and change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from motion_desk.models.engines.html_blocks import Table
from motion_desk.ui.editors import block_formats, formatting, table_document, table_menu
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.editors.text_questions import TextQuestions
from motion_desk.ui.editors.visual_text import VisualText

FAMILIES = (
    "Arial",
    "Calibri",
    "Courier New",
    "Georgia",
    "Helvetica",
    "Tahoma",
    "Times New Roman",
    "Trebuchet MS",
    "Verdana",
)
SIZES = (10, 11, 12, 13, 14, 15, 16, 18, 20, 24, 28, 32, 36)
"""Pixels."""

COLOURS = {
    "#000000": "Black",
    "#555555": "Grey",
    "#b3261e": "Red",
    "#b85c00": "Orange",
    "#1e7b34": "Green",
    "#0b7285": "Teal",
    "#1f5fd0": "Blue",
    "#6b3fa0": "Purple",
}
_ICON = 16


class FormatBar(QWidget):
    """Formats the text of a visual view; pictures and variables it only asks for.

    ``variable_wanted`` gives the button, below which the variables are offered.

    One stop of the Tab key: the arrow keys go from button to button.
    """

    picture_wanted = Signal()
    variable_wanted = Signal(object)
    told = Signal(str)

    def __init__(
        self,
        visual: VisualText,
        icon: Callable[[str], QIcon],
        questions: TextQuestions,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._visual = visual
        self._icon = icon
        self._questions = questions
        self._flow = Flow(self, gap=2)
        self._formats = True
        self._groups: list[QHBoxLayout] = []
        self._formatting: list[QToolButton] = []
        self.buttons: list[QToolButton] = []

        self._begin_group()
        self._bold = self._toggle("bold", self.tr("Bold"), "Ctrl+B", self._set_bold)
        self._italic = self._toggle("italic", self.tr("Italic"), "Ctrl+I", self._set_italic)
        self._underline = self._toggle(
            "underline", self.tr("Underline"), "Ctrl+U", self._set_underline
        )
        self._begin_group()
        self._bullets = self._toggle(
            "list", self.tr("Bulleted list"), "", lambda on: self._set_list(False if on else None)
        )
        self._numbers = self._toggle(
            "list-ordered",
            self.tr("Numbered list"),
            "",
            lambda on: self._set_list(True if on else None),
        )
        self._begin_group()
        self._alignments = {
            align: self._toggle(f"text-align-{name}", text, "", partial(self._set_alignment, align))
            for align, name, text in (
                ("left", "start", self.tr("Align left")),
                ("center", "center", self.tr("Centre")),
                ("right", "end", self.tr("Align right")),
            )
        }
        self._from_right = self._toggle(
            "pilcrow-left", self.tr("Right to left"), "", self._set_from_right
        )
        self._begin_group()
        self._family = self._chooser(self.tr("Font family"), "Times New", self._fill_families)
        self._size = self._chooser(self.tr("Font size"), "Size", self._fill_sizes)
        self._colour = self._button("palette", self.tr("Text colour"))
        self._colour.setMenu(self._menu(self._fill_colours))
        self._colour.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._begin_group()
        self._link = self._toggle("link", self.tr("Link"), "Ctrl+K", lambda _: self.ask_for_link())
        self._table = self._button("table", self.tr("Table"))
        self._table.setMenu(self._table_menu())
        self._table.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._formatting = list(self.buttons)
        self._picture = self._button("image", self.tr("Insert picture or company logo"))
        self._picture.clicked.connect(self.picture_wanted)
        self._variable = self._button("braces", self.tr("Insert variable"))
        self._variable.clicked.connect(lambda: self.variable_wanted.emit(self._variable))
        self.buttons[0].setFocusPolicy(Qt.FocusPolicy.TabFocus)

        visual.currentCharFormatChanged.connect(lambda _: self.show_style())
        visual.cursorPositionChanged.connect(self.show_style)
        self.show_style()

    def set_formats(self, on: bool) -> None:
        """Whether text can be formatted: in the source view only inserting is of use."""
        self._formats = on
        for button in self._formatting:
            button.setEnabled(on)
            button.setChecked(False)
        first = self.buttons[0] if on else self._picture
        for button in self.buttons:
            stop = button is first
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if stop else Qt.FocusPolicy.NoFocus)
        self.show_style()

    def show_style(self) -> None:
        """Show the style and the block at the cursor."""
        if not self._formats:
            return
        style = formatting.style_at(self._visual)
        cursor = self._visual.textCursor()
        items = block_formats.list_of(cursor.block())
        self._bold.setChecked(style.bold)
        self._italic.setChecked(style.italic)
        self._underline.setChecked(style.underline)
        self._link.setChecked(bool(style.link))
        ordered = items is not None and block_formats.is_ordered(items)
        self._numbers.setChecked(ordered)
        self._bullets.setChecked(items is not None and not ordered)
        align = block_formats.alignment_of(cursor.block())
        from_right = block_formats.direction_of(cursor.block()) == "rtl"
        self._from_right.setChecked(from_right)
        shown = align or ("right" if from_right else "left")
        for name, button in self._alignments.items():
            button.setChecked(name == shown)
        family = style.family.partition(",")[0]
        self._label(self._family, family or self.tr("Font"))
        self._label(self._size, style.size.removesuffix("px") or self.tr("Size"))

    def ask_for_link(self) -> None:
        """Ask where the selection leads to, and link it there."""
        answer = self._questions.line(
            self,
            self.tr("Link"),
            self.tr("Web or email address (empty removes the link):"),
            formatting.style_at(self._visual).link,
        )
        if answer is None:
            self.show_style()
            return
        link = formatting.link_of(answer)
        if link is None:
            self.told.emit(
                self.tr("“{}” is not an address. Example: https://example.com").format(
                    answer.strip()
                )
            )
        else:
            self.told.emit("")
            formatting.set_link(self._visual, link)
        self.show_style()
        self._visual.setFocus()

    # What the buttons do

    def _set_bold(self, on: bool) -> None:
        formatting.restyle(self._visual, lambda style: replace(style, bold=on))

    def _set_italic(self, on: bool) -> None:
        formatting.restyle(self._visual, lambda style: replace(style, italic=on))

    def _set_underline(self, on: bool) -> None:
        formatting.restyle(self._visual, lambda style: replace(style, underline=on))

    def _set_family(self, family: str) -> None:
        formatting.restyle(self._visual, lambda style: replace(style, family=family))

    def _set_size(self, size: str) -> None:
        formatting.restyle(self._visual, lambda style: replace(style, size=size))

    def _set_colour(self, colour: str) -> None:
        formatting.restyle(self._visual, lambda style: replace(style, color=colour))

    def _ask_for_colour(self) -> None:
        colour = self._questions.colour(self, formatting.style_at(self._visual).color)
        if colour is not None:
            self._set_colour(colour)

    def _set_list(self, ordered: bool | None) -> None:
        formatting.set_list(self._visual.textCursor(), ordered)
        self.show_style()

    def _set_alignment(self, align: str, _: bool = True) -> None:
        cursor = self._visual.textCursor()
        from_right = block_formats.direction_of(cursor.block()) == "rtl"
        # The side that a paragraph begins at anyway is left to the reader's program.
        begins = "right" if from_right else "left"
        formatting.set_alignment(cursor, "" if align == begins else align)
        self.show_style()

    def _set_from_right(self, on: bool) -> None:
        formatting.set_direction(self._visual.textCursor(), "rtl" if on else "")
        self.show_style()

    # Building

    def _begin_group(self) -> None:
        """Begin a group of buttons, which stay on one line; a thin rule parts it from the last."""
        group = QWidget(self)
        layout = QHBoxLayout(group)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        if self._groups:
            rule = QFrame(group)
            rule.setFrameShape(QFrame.Shape.VLine)
            rule.setForegroundRole(self.palette().ColorRole.Mid)
            rule.setFixedHeight(18)
            layout.addWidget(rule)
            layout.setSpacing(2)
        self._groups.append(layout)
        self._flow.addWidget(group)

    def _button(self, name: str, text: str, keys: str = "") -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setIcon(self._icon(name))
        button.setIconSize(QSize(_ICON, _ICON))
        button.setAccessibleName(text)
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button.setToolTip(f"{text} ({shown})" if keys else text)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.installEventFilter(self)
        self._groups[-1].addWidget(button)
        self.buttons.append(button)
        return button

    def _toggle(self, name: str, text: str, keys: str, act: Callable[[bool], None]) -> QToolButton:
        button = self._button(name, text, keys)
        button.setCheckable(True)
        button.clicked.connect(act)
        if keys:
            self._visual.commands[QKeySequence(keys).toString()] = button.click
        return button

    def _chooser(self, text: str, widest: str, fill: Callable[[QMenu], None]) -> QToolButton:
        button = self._button("chevron-down", text)
        # From right to left, so that the arrow stands behind the word.
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(12, 12))
        button.setMenu(self._menu(fill))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setText(widest)
        button.setFixedWidth(button.sizeHint().width() + 8)
        return button

    def _label(self, button: QToolButton, text: str) -> None:
        room = button.width() - 34
        shown = button.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
        button.setText(shown)
        button.setToolTip(f"{button.accessibleName()}: {text}")

    def _menu(self, fill: Callable[[QMenu], None]) -> QMenu:
        """A menu that is filled when it is first opened: most never are."""
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: fill(menu) if menu.isEmpty() else None)
        return menu

    def _table_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName("table-menu")
        menu.aboutToShow.connect(lambda: self.fill_table_menu(menu))
        return menu

    def fill_table_menu(self, menu: QMenu) -> None:
        """Offer a new table or, where the cursor stands in one, its rows and columns."""
        within = table_document.spot_of(self._visual.textCursor()) is not None
        table_menu.fill(menu, within, self._insert_table, self._visual.change_table)

    def _insert_table(self, table: Table) -> None:
        self._visual.insert_table(table)
        self._visual.setFocus()

    def _fill_families(self, menu: QMenu) -> None:
        menu.addAction(self.tr("As the reader's program has it"), lambda: self._set_family(""))
        menu.addSeparator()
        for family in FAMILIES:
            menu.addAction(family, partial(self._set_family, family))

    def _fill_sizes(self, menu: QMenu) -> None:
        menu.addAction(self.tr("As the reader's program has it"), lambda: self._set_size(""))
        menu.addSeparator()
        for size in SIZES:
            menu.addAction(f"{size} px", partial(self._set_size, f"{size}px"))

    def _fill_colours(self, menu: QMenu) -> None:
        menu.addAction(self.tr("As the reader's program has it"), lambda: self._set_colour(""))
        menu.addSeparator()
        for colour, name in COLOURS.items():
            text = self.tr(name)
            menu.addAction(_swatch(colour), text, partial(self._set_colour, colour))
        menu.addSeparator()
        menu.addAction(self.tr("Other colour…"), self._ask_for_colour)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A button would take the arrow keys for itself.
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        able = [button for button in self.buttons if button.isEnabled()]
        if step is None or watched not in able:
            return False
        place = [button is watched for button in able].index(True)
        able[(place + step) % len(able)].setFocus()
        return True


def _swatch(colour: str) -> QIcon:
    pixmap = QPixmap(_ICON, _ICON)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(128, 128, 128))
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(1, 1, _ICON - 2, _ICON - 2, 3, 3)
    painter.end()
    return QIcon(pixmap)

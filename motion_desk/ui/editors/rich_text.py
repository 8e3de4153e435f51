"""The editor of rich text: a visual view and the HTML source of one value."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from motion_desk.models.engines.html_blocks import Block, Part, Picture, normal
from motion_desk.models.engines.html_subset import is_too_large, read
from motion_desk.models.engines.html_writer import write
from motion_desk.models.variables import Known
from motion_desk.ui.editors.completion import Completion
from motion_desk.ui.editors.format_bar import FormatBar
from motion_desk.ui.editors.html_source import HtmlSource
from motion_desk.ui.editors.inserting import Inserting
from motion_desk.ui.editors.loss_notice import LossNotice
from motion_desk.ui.editors.scanning import scanned_blocks, scanned_source
from motion_desk.ui.editors.text_questions import TextQuestions
from motion_desk.ui.editors.underlines import Scanned, Underlines
from motion_desk.ui.editors.visual_text import VisualText
from motion_desk.ui.editors.weight_label import WeightLabel


class RichTextEditor(QWidget):
    """Edits HTML. The value is its source, and changes by no letter but where a person edits.

    The visual view opens only what it can write back with the same meaning; its first edit
    writes the whole source anew. All else is edited as source. ``stepping``: what was edited
    until now is to be undone apart from what follows.
    """

    edited = Signal(object)
    stepping = Signal()

    def __init__(
        self,
        icon: Callable[[str], QIcon],
        parent: QWidget | None = None,
        questions: TextQuestions | None = None,
    ) -> None:
        super().__init__(parent)
        self._value = ""
        self._origin: tuple[str, tuple[Part, ...]] = ("", ())
        self._accepted: str | None = None
        self._wants_visual = True
        self._read_only = False
        self._known: Known = {}
        questions = questions or TextQuestions()
        self.visual = VisualText(self)
        self.source = HtmlSource(self)
        self.bar = FormatBar(self.visual, icon, questions, self)
        self.notice = LossNotice(self)
        self.message = QLabel(self)
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setProperty("role", "muted")
        self.message.hide()
        self.weight = WeightLabel(self)
        self._views = QStackedWidget(self)
        self._views.addWidget(self.visual)
        self._views.addWidget(self.source)
        self._views.setMinimumHeight(150)
        self.visual_switch = self._switch(self.tr("Visual"), self.show_visual)
        self.source_switch = self._switch(self.tr("HTML source"), self.show_source)
        self.source_switch.setIcon(icon("code-xml"))
        self.source_switch.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._switches = QButtonGroup(self)
        self._switches.addButton(self.visual_switch)
        self._switches.addButton(self.source_switch)
        self._lay_out()
        self.visual.edited.connect(self._edited_visually)
        self.source.edited.connect(self._edited_as_source)
        self._inserting = Inserting(self, questions)
        for teller in (self.visual.told, self.bar.told, self._inserting.told):
            teller.connect(lambda text: self._tell(text, is_wrong=True))
        self.bar.picture_wanted.connect(self._inserting.ask_for_picture)
        self.bar.variable_wanted.connect(self._inserting.ask_for_variable)
        self._inserting.pictured.connect(self._insert_picture)
        self._inserting.named.connect(self._insert_variable)
        self.completions = (
            Completion(self.visual, self.visual.put_variable),
            Completion(self.source, self.source.put_variable),
        )
        self.visual.edited.connect(self.completions[0].look)
        self.source.edited.connect(self.completions[1].look)
        self.underlines = (
            Underlines(self.visual, self._scanned_visually),
            Underlines(self.source, lambda: scanned_source(self.source.shown)),
        )
        self.notice.accepted.connect(self._accept)
        self.visual.left_out.connect(self.notice.show_left_out)
        self.visual.stepping.connect(self.stepping)
        self._show()

    @property
    def is_visual(self) -> bool:
        """Whether the visual view is shown."""
        return self._views.currentWidget() is self.visual

    @property
    def known(self) -> Known:
        """The variables that are offered, by name; names beside them are underlined."""
        return self._known

    @property
    def _view(self) -> VisualText | HtmlSource:
        return self.visual if self.is_visual else self.source

    def show_value(self, value: str) -> None:
        """Show HTML source; nothing happens where it is shown already.

        The view stays the one that was chosen, as far as the value allows.
        """
        if value == self._value:
            return
        self._value = value
        self.weight.show_weight_of(value)
        self._tell("")
        # A person who types in the source is not taken elsewhere by an undo.
        self._show(stay=self.source.hasFocus())

    def set_read_only(self, on: bool) -> None:
        """Let the text be read and copied only."""
        self._read_only = on
        self.visual.setReadOnly(on)
        self.source.setReadOnly(on)
        self.bar.setEnabled(not on)
        self.notice.anyway.setEnabled(not on)

    def show_visual(self) -> None:
        """Go to the visual view; where the value does not allow it, say why."""
        self._wants_visual = True
        self._show()
        if not self.is_visual and not is_too_large(self._value):
            self._tell("")
            self.notice.show_losses(read(self._value).losses)
        self._view.setFocus()

    def show_source(self) -> None:
        """Go to the source view."""
        self._wants_visual = False
        self._tell("")
        self._show()
        self.source.setFocus()

    def go_to_source(self, line: int, column: int) -> None:
        """Go to a line and column of the source, counted from 1."""
        self.show_source()
        self.source.go_to(line, column)

    def show_variables(self, known: Known) -> None:
        """Offer these variables, and underline names that are not among them."""
        if known == self._known:
            return
        self._known = known
        self._inserting.show_variables(known)
        for completion in self.completions:
            completion.show_variables(known)
        for underlines in self.underlines:
            underlines.show_names(known)

    def _insert_picture(self, picture: Picture) -> None:
        blocks = (Block((picture,), bare=True),)
        if self.is_visual:
            self.visual.insert_blocks(blocks)
        else:
            self.source.insert_source(write(blocks))
        self._view.setFocus()

    def _insert_variable(self, name: str) -> None:
        self._view.put_variable(self._view.textCursor(), name)
        self._view.ensureCursorVisible()
        self._view.setFocus()

    # Which view shows the value

    def _show(self, stay: bool = False) -> None:
        """Show the value in the wanted view, or as source where it must be."""
        self.notice.hide()
        visual = self._wants_visual and not (stay and not self.is_visual)
        if visual and is_too_large(self._value):
            visual = False
            self._tell(self.tr("Text of more than 200 kB is edited as source only."))
        elif visual:
            reading = read(self._value)
            visual = not reading.losses or self._value == self._accepted
            if visual:
                self._origin = (self._value, reading.blocks)
                self.visual.show_blocks(reading.blocks)
            else:
                self._tell(
                    self.tr(
                        "Shown as source: visual editing would lose parts of it. "
                        "“Visual” lists them."
                    )
                )
        if not visual:
            self.source.show_source(self._value)
            if self.source.has_broken_lines and not self.message.text():
                self._tell(
                    self.tr("Very long lines are shown broken; the source keeps them whole.")
                )
        self._go_to(self.visual if visual else self.source)

    def _go_to(self, view: QWidget) -> None:
        had_focus = self._view.hasFocus()
        self._views.setCurrentWidget(view)
        self.setFocusProxy(view)
        if had_focus:
            view.setFocus()
        self.bar.set_formats(view is self.visual)
        (self.visual_switch if view is self.visual else self.source_switch).setChecked(True)

    def _accept(self) -> None:
        """Edit visually what cannot all be kept; the value waits for the first edit."""
        self._accepted = self._value
        self._tell("")
        self._show()
        self.visual.setFocus()

    # Edits

    def _scanned_visually(self) -> Scanned:
        return scanned_blocks(self.visual.shown, self.visual.document().characterCount())

    def _edited_visually(self, blocks: tuple[Part, ...]) -> None:
        if not self.is_visual:  # new colours, of a view that shows another value or none
            return
        source, known = self._origin
        found = normal(blocks)
        # What means the same as at first is written as it was at first, to the letter.
        self._take(source if found == known else write(found))

    def _edited_as_source(self, source: str) -> None:
        self.notice.hide()
        self._take(source)

    def _take(self, value: str) -> None:
        if value != self._value:
            self._value = value
            self.weight.show_weight_of(value)
            self.edited.emit(value)

    # Look

    def _tell(self, text: str, is_wrong: bool = False) -> None:
        """Say something in the line below the text; an empty text hides it."""
        role = "error" if is_wrong else "muted"
        if self.message.property("role") != role:
            self.message.setProperty("role", role)
            self.message.style().polish(self.message)
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def _switch(self, text: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        # The blank parts it from its icon.
        button.setText(f" {text} ")
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setIconSize(QSize(14, 14))
        button.setAccessibleName(text)
        button.clicked.connect(lambda _: act())
        return button

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(2)
        for switch in (self.visual_switch, self.source_switch):
            foot.addWidget(switch, 0, Qt.AlignmentFlag.AlignTop)
        foot.addSpacing(8)
        foot.addWidget(self.weight, 1)
        foot.addSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.bar)
        layout.addWidget(self.notice)
        layout.addWidget(self._views, 1)
        layout.addLayout(foot)
        layout.addWidget(self.message)

    def sizeHint(self) -> QSize:
        return QSize(640, 340)

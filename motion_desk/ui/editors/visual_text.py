"""The visual view: text as a mail program would show it, as far as the HTML subset goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from motion_desk.models.engines.folding import common_beginning, common_end
from motion_desk.models.engines.html_blocks import Block, Part, Picture, Run, Table, normal
from motion_desk.models.engines.html_subset import is_too_large
from motion_desk.models.engines.html_weight import size_text, weight_of_picture
from motion_desk.models.engines.html_writer import write
from motion_desk.ui.editors import formatting, html_document, pictures, table_document
from motion_desk.ui.editors.block_formats import list_of
from motion_desk.ui.editors.clipboard import emptied
from motion_desk.ui.editors.pasting import pasted
from motion_desk.ui.editors.table_menu import TableChange
from motion_desk.ui.editors.undo_keys import let_undo_through
from motion_desk.ui.editors.visual_colours import VisualColours, units


class VisualText(QTextEdit):
    """Edits the blocks of the HTML subset.

    ``edited`` gives the blocks after each edit of a person. ``told`` says what is wrong with
    something pasted, and is empty where all is well; ``left_out`` gives, after each paste, the
    words for what could not be kept of it, if anything. ``stepping`` comes before and after a
    paste, which is to be undone by itself.
    """

    edited = Signal(object)
    told = Signal(str)
    left_out = Signal(object)
    stepping = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures.Pictures()
        self._showing = False
        self.shown: tuple[Part, ...] = ()
        """The blocks that are shown, as they were after the last edit."""
        self.commands: dict[str, Callable[[], object]] = {"Ctrl+Shift+V": self.paste_as_plain}
        """What to do at a key, by the key's portable name; stronger than the window's shortcuts."""
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAutoFormatting(QTextEdit.AutoFormattingFlag.AutoNone)
        self.setAccessibleName(self.tr("Text"))
        self.document().setDocumentMargin(8)
        let_undo_through(self)
        self._colours = VisualColours(self.document(), self.palette())
        self.textChanged.connect(self._changed)

    def show_blocks(self, blocks: tuple[Part, ...]) -> None:
        """Show these blocks. The cursor goes to where they differ from those shown before."""
        before = self.document().toRawText()
        position = self.textCursor().position()
        scrolled = self.verticalScrollBar().value()
        self._showing = True
        try:
            html_document.fill(self.document(), blocks, self._pictures)
        finally:
            self._showing = False
        has_gaps = bool(table_document.tables_of(self.document()))
        self.shown = self.blocks() if has_gaps else blocks
        after = self.document().toRawText()
        self._go_to(_end_of_difference(before, after) if self.hasFocus() else position)
        self.verticalScrollBar().setValue(scrolled)

    def blocks(self) -> tuple[Part, ...]:
        """What is shown, not yet in normal form."""
        return html_document.blocks_of(self.document(), self._pictures)

    def insert_blocks(self, blocks: tuple[Part, ...]) -> None:
        """Put blocks and tables in the selection's place, as a person's edit."""
        blocks = tuple(
            replace(block, bare=False) if isinstance(block, Block) else block for block in blocks
        )
        html_document.insert(self.textCursor(), blocks, self._pictures)
        self.ensureCursorVisible()

    def put_variable(self, cursor: QTextCursor, name: str) -> None:
        """Put a variable with its braces in a selection's place, in one style, as an edit."""
        style = html_document.style_of(self.currentCharFormat())
        blocks = (Block((Run(f"{{{{ {name} }}}}", style),)),)
        html_document.insert(cursor, blocks, self._pictures)
        self.setTextCursor(cursor)

    def insert_picture(self, picture: Picture) -> None:
        """Put a picture in the selection's place, as a person's edit."""
        self.insert_blocks((Block((picture,)),))

    def insert_table(self, table: Table) -> None:
        """Put a table behind the cursor's paragraph, and go to its first cell."""
        cursor = self.textCursor()
        cursor.clearSelection()
        html_document.insert(cursor, (table,), self._pictures)
        cursor.setPosition(cursor.position() - 1)
        if (spot := table_document.spot_of(cursor)) is not None:
            first = table_document.Spot(spot.table, 0, 0)
            self.setTextCursor(table_document.cursor_at(self.document(), first))
        self.ensureCursorVisible()

    def change_table(self, change: TableChange) -> None:
        """Change the table at the cursor, as one edit of a person; nothing where there is none."""
        spot = table_document.spot_of(self.textCursor())
        if spot is None or self.isReadOnly():
            return
        number, parts = 0, list[Part]()
        for part in self.blocks():
            changed: Part | None = part
            if isinstance(part, Table):
                changed = change.act(part, spot) if number == spot.table else part
                number += 1
            parts += [changed] if changed is not None else []
        self.show_blocks(normal(parts))
        there = table_document.Spot(spot.table, spot.row + change.down, spot.column + change.right)
        self.setTextCursor(table_document.cursor_at(self.document(), there))
        self.edited.emit(self.shown)

    def _go_to(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        self.setTextCursor(cursor)

    def _changed(self) -> None:
        if not self._showing:
            self.shown = self.blocks()
            self.edited.emit(self.shown)

    # Keys

    def event(self, event: QEvent) -> bool:
        # Taken before the window's shortcuts, and before Qt's own, such as Ctrl+K: delete the line.
        offer = event if event.type() == QEvent.Type.ShortcutOverride else None
        if isinstance(offer, QKeyEvent) and self._command(offer):
            event.accept()
            return True
        return super().event(event)

    def _command(self, event: QKeyEvent) -> Callable[[], object] | None:
        return self.commands.get(QKeySequence(event.keyCombination()).toString())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if command := self._command(event):
            command()
            return
        if not self.isReadOnly() and self._reshaped(event):
            return
        if event.text().isprintable() and event.text():
            self._leave_link()
        super().keyPressEvent(event)

    def _reshaped(self, event: QKeyEvent) -> bool:
        """Take a key that leaves a list, a quotation, a heading or an empty line; whether it did."""
        cursor = self.textCursor()
        modifiers = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if cursor.hasSelection() or event.modifiers() not in modifiers:
            return False
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and cursor.atBlockEnd()
        if enters and cursor.blockFormat().headingLevel():
            formatting.begin_paragraph(cursor)
            self.setTextCursor(cursor)
            return True
        if not cursor.atBlockStart() or not (enters or event.key() == Qt.Key.Key_Backspace):
            return False
        if list_of(cursor.block()) is not None:
            formatting.set_list(cursor, None)
            return True
        if formatting.leave_quote(cursor):
            return True
        if enters:
            # Qt would take the alignment and direction of an empty line away, and add none.
            cursor.insertBlock()
            self.setTextCursor(cursor)
        return enters

    def _step_cell(self, key: int) -> bool:
        """Go to the next cell of a table, or back; whether there is one."""
        to = table_document.next_cell(self.textCursor(), 1 if key == Qt.Key.Key_Tab else -1)
        if to is not None:
            self.setTextCursor(to)
        return to is not None

    def focusNextPrevChild(self, onward: bool) -> bool:
        # Within a table the Tab key goes from cell to cell, and leaves it behind the last.
        if not self.isReadOnly() and self._step_cell(
            Qt.Key.Key_Tab if onward else Qt.Key.Key_Backtab
        ):
            return True
        return super().focusNextPrevChild(onward)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.isReadOnly():
            event.ignore()
            return
        self._leave_link()
        super().inputMethodEvent(event)

    def _leave_link(self) -> None:
        """Let text that is typed behind a link stand outside of it."""
        cursor = self.textCursor()
        form = self.currentCharFormat()
        if cursor.hasSelection() or not form.isAnchor():
            return
        ahead = QTextCursor(cursor)
        inside = (
            ahead.movePosition(QTextCursor.MoveOperation.NextCharacter) and not cursor.atBlockEnd()
        )
        if not (inside and ahead.charFormat().anchorHref() == form.anchorHref()):
            plain = QTextCharFormat(form)
            plain.clearProperty(QTextCharFormat.Property.IsAnchor)
            plain.clearProperty(QTextCharFormat.Property.AnchorHref)
            self.setCurrentCharFormat(plain)

    # Copy and paste

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        # All pictures are in the document already. Nothing would make Qt open the file itself.
        return QImage(1, 1, QImage.Format.Format_Mono)

    def createMimeDataFromSelection(self) -> QMimeData:
        cursor = self.textCursor()
        data = emptied(super().createMimeDataFromSelection())
        data.setHtml(write(html_document.blocks_of(self.document(), self._pictures, cursor)))
        text = cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n")
        data.setText(text.replace(html_document.OBJECT, ""))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml() or source.hasImage() or source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.isReadOnly():
            return
        self.told.emit("")
        self.left_out.emit(())
        self.stepping.emit()
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if source.hasHtml():
            self._paste_html(source.html(), source.text())
        elif source.hasImage():
            self._paste_pictures([source.imageData()])
        elif files:
            self._paste_pictures(files)
        else:
            self.paste_plain(source.text())
        self.stepping.emit()

    def paste_as_plain(self) -> None:
        """Paste what was copied without its formatting."""
        if not self.isReadOnly():
            self.left_out.emit(())
            self.stepping.emit()
            self.paste_plain(QGuiApplication.clipboard().text())
            self.stepping.emit()

    def paste_plain(self, text: str) -> None:
        """Put plain text in the selection's place: each of its lines becomes a paragraph."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        form = self.currentCharFormat()
        self._leave_link()
        style = html_document.style_of(form)
        clean = [line.replace("\0", "").replace(html_document.OBJECT, "") for line in lines]
        self.insert_blocks(tuple(Block((Run(line, style),) if line else ()) for line in clean))

    def _paste_html(self, html: str, text: str) -> None:
        if is_too_large(html):
            self.paste_plain(text)
            self.told.emit(
                self.tr("This was too much for formatted text: it was pasted as plain text.")
            )
            return
        found = pasted(html, in_cell=self.textCursor().currentTable() is not None)
        self.insert_blocks(found.parts)
        self.left_out.emit(found.losses)

    def _paste_pictures(self, found: list[Any]) -> None:
        for each in found:
            try:
                if isinstance(each, QImage):
                    source, size = pictures.from_image(each)
                    alt = self.tr("Picture")
                else:
                    source, size = pictures.read_file(each)
                    alt = pictures.words(each)
            except pictures.UnfitPictureError as error:
                self.told.emit(str(error))
            else:
                self.insert_picture(pictures.fitted(source, alt, size))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            # The window's undo is the only one.
            if action.objectName() in ("edit-undo", "edit-redo"):
                menu.removeAction(action)
            elif action.objectName() == "edit-paste":
                plain = QAction(self.tr("Paste as plain text\tCtrl+Shift+V"), menu)
                plain.setEnabled(action.isEnabled())
                plain.triggered.connect(self.paste_as_plain)
                after = menu.actions()[menu.actions().index(action) + 1]
                menu.insertAction(after, plain)
        menu.exec(event.globalPos())
        menu.deleteLater()

    # Look

    def viewportEvent(self, event: QEvent) -> bool:
        asks = event if event.type() == QEvent.Type.ToolTip else None
        if isinstance(asks, QHelpEvent) and (text := self.picture_hint(asks.pos())):
            QToolTip.showText(asks.globalPos(), f"<p>{escape(text)}</p>", self)
            return True
        return super().viewportEvent(event)

    def picture_hint(self, point: QPoint) -> str:
        """What there is to say of the picture at a point of the viewport; empty for none."""
        origin = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        form = layout.formatAt((point + origin).toPointF())
        if not form.isImageFormat():
            return ""
        image = form.toImageFormat()
        source = self._pictures.source(image.name())
        alt = image.stringProperty(html_document.ALT) or self.tr("Picture without words")
        if not source.startswith("data:"):
            return self.tr("{}: is fetched from {}").format(alt, source)
        size = size_text(weight_of_picture(source))
        return self.tr("{}: {} in the source").format(alt, size)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # The first of these events come while the view is made.
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_colours"):
            self._colours.show_palette(self.palette())


def _end_of_difference(before: str, after: str) -> int:
    """Where in ``after`` the part ends that is new, in UTF-16 units."""
    first = common_beginning(before, after)
    behind = common_end(before, after, min(len(before), len(after)) - first)
    return units(after[: len(after) - behind])

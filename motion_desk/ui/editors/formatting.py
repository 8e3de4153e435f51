"""Formatting: what the toolbar does to the selected text or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QTextBlock, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextEdit

from motion_desk.models.engines.html_blocks import PLAIN, Style
from motion_desk.ui.editors.block_formats import (
    ALIGNMENTS,
    direct,
    format_for,
    is_ordered,
    list_format,
    list_of,
    shape_of,
)
from motion_desk.ui.editors.html_document import char_format, style_of

SAFE_LINKS = ("http:", "https:", "mailto:", "tel:", "#", "{{")
_ADDRESS = re.compile(r"[^\s@/]+@[^\s@/]+\.[^\s@/]+")


def style_at(edit: QTextEdit) -> Style:
    """The style of the selection, or of what would be typed next."""
    return style_of(edit.currentCharFormat())


def restyle(edit: QTextEdit, change: Callable[[Style], Style]) -> None:
    """Change the style of the selection, or of what is typed next."""
    cursor = edit.textCursor()
    if not cursor.hasSelection():
        edit.setCurrentCharFormat(char_format(change(style_at(edit))))
        return
    ranges = list(_selected_fragments(cursor))
    brush = QTextCursor(cursor)
    brush.beginEditBlock()
    for start, end, style in ranges:
        brush.setPosition(start)
        brush.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        brush.setCharFormat(char_format(change(style)))
    brush.endEditBlock()
    edit.setTextCursor(cursor)


def _selected_fragments(cursor: QTextCursor) -> list[tuple[int, int, Style]]:
    """Start, end and style of the selected text, fragment by fragment, without pictures."""
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    found = []
    for block in selected_blocks(cursor):
        each = block.begin()
        while not each.atEnd():
            fragment = each.fragment()
            each += 1
            start = max(fragment.position(), first)
            end = min(fragment.position() + fragment.length(), last)
            form = fragment.charFormat()
            if start < end and not form.isImageFormat():
                found.append((start, end, style_of(form)))
    return found


def selected_blocks(cursor: QTextCursor) -> list[QTextBlock]:
    """The blocks that the selection touches, or the one with the cursor."""
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    found = [block]
    while block != last and block.isValid():
        block = block.next()
        found.append(block)
    return found


def set_list(cursor: QTextCursor, ordered: bool | None) -> None:
    """Make the selected blocks items of one list, or paragraphs for ``None``.

    A list of the same kind just before is continued.
    """
    cursor.beginEditBlock()
    for block in selected_blocks(cursor):
        at = QTextCursor(block)
        shape = replace(shape_of(block), tag="", depth=int(ordered is not None))
        if (items := list_of(block)) is not None:
            items.remove(block)
        at.setBlockFormat(format_for(replace(shape, bare=False)))
        if ordered is None:
            continue
        before = list_of(block.previous()) if block.previous().isValid() else None
        if before is not None and is_ordered(before) is ordered:
            before.add(block)
        else:
            at.createList(list_format(1, ordered))
    cursor.endEditBlock()


def set_alignment(cursor: QTextCursor, align: str) -> None:
    """Align the selected blocks; empty leaves it to the reader's program."""
    cursor.beginEditBlock()
    for block in selected_blocks(cursor):
        form = block.blockFormat()
        form.clearProperty(QTextFormat.Property.BlockAlignment)
        if align:
            form.setAlignment(ALIGNMENTS[align])
        QTextCursor(block).setBlockFormat(form)
    cursor.endEditBlock()


def set_direction(cursor: QTextCursor, direction: str) -> None:
    """Let the selected blocks run in a direction; empty leaves it to the reader's program."""
    cursor.beginEditBlock()
    for block in selected_blocks(cursor):
        form = block.blockFormat()
        direct(form, direction)
        QTextCursor(block).setBlockFormat(form)
    cursor.endEditBlock()


def begin_paragraph(cursor: QTextCursor) -> None:
    """Begin a plain paragraph behind the cursor's block, as is wanted behind a heading."""
    shape = replace(shape_of(cursor.block()), tag="", bare=False)
    cursor.insertBlock(format_for(shape), char_format(PLAIN))


def leave_quote(cursor: QTextCursor) -> bool:
    """Take the cursor's block out of the innermost quotation; whether it stood in one."""
    shape = shape_of(cursor.block())
    if shape.quotes:
        cursor.setBlockFormat(format_for(replace(shape, quotes=shape.quotes - 1)))
    return bool(shape.quotes)


def set_link(edit: QTextEdit, address: str) -> None:
    """Let the selection, or the link around the cursor, lead to an address; empty unlinks it.

    Where there is neither, the address itself is inserted.
    """
    cursor = edit.textCursor()
    if not cursor.hasSelection():
        if link := style_at(edit).link:
            _select_link(cursor, link)
        elif address:
            start = cursor.position()
            cursor.insertText(address)
            cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
    position = cursor.selectionEnd()
    edit.setTextCursor(cursor)
    restyle(edit, lambda style: replace(style, link=address))
    cursor.setPosition(position)
    edit.setTextCursor(cursor)


def _select_link(cursor: QTextCursor, link: str) -> None:
    """Select the part of the cursor's block that leads where the cursor's text leads."""
    block = cursor.block()
    spans: list[tuple[int, int]] = []
    each = block.begin()
    while not each.atEnd():
        fragment = each.fragment()
        each += 1
        if fragment.charFormat().anchorHref() != link:
            continue
        start, end = fragment.position(), fragment.position() + fragment.length()
        if spans and spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    for start, end in spans:
        if start <= cursor.position() <= end:
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            return


def link_of(text: str) -> str | None:
    """The link that a person means by a text, empty for none; ``None`` where it is not one."""
    bare = text.strip()
    if not bare or bare.startswith(("{{", "#")):
        return bare
    if any(character.isspace() for character in bare):
        return None
    if bare.lower().startswith(SAFE_LINKS):
        return bare
    if _ADDRESS.fullmatch(bare):
        return f"mailto:{bare}"
    # Letters and a colon are a scheme, such as javascript:, unless a port follows.
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)", bare) or "." not in bare:
        return None
    return f"https://{bare}"

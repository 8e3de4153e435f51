"""Pasting: what of HTML from elsewhere may join a text, and what of it does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from motion_desk.models.engines.html_blocks import Block, Part, Picture, Piece, Run, Table, normal
from motion_desk.models.engines.html_subset import read
from motion_desk.models.engines.table_changes import harmless
from motion_desk.ui.editors import formatting, pictures


@dataclass(frozen=True, slots=True)
class Pasted:
    """What of a paste joins a text, and in words for a person what is left out or changed."""

    parts: tuple[Part, ...]
    losses: tuple[str, ...]


_SORTS = {"the style": "the styles", "the attribute": "the attributes"}


def tr(text: str) -> str:
    """The text in the language of the window."""
    return QCoreApplication.translate("Pasting", text)


def pasted(html: str, in_cell: bool = False) -> Pasted:
    """Read HTML from elsewhere: without remote pictures, unsafe links, and what tables fetch.

    Told is what a reader would see or miss; each sort once. ``in_cell``: it goes into a table's
    cell, where its own tables become paragraphs.
    """
    reading = read(html)
    cleaning = _Cleaning()
    parts = normal(cleaning.cleaned(reading.blocks))
    if in_cell and any(isinstance(part, Table) for part in parts):
        cleaning.losses["a table"] = tr("the table around its cells: a cell cannot hold one")
    shown = dict.fromkeys(loss.what for loss in reading.losses if loss.shows)
    said = [cleaning.pictures_told()] if cleaning.pictures else []
    return Pasted(parts, (*said, *cleaning.losses.values(), *_gathered(shown)))


def _gathered(losses: Iterable[str]) -> list[str]:
    """The losses, with all styles in one line and all attributes in another."""
    lines: dict[str, list[str]] = {}
    for loss in losses:
        sort, quote, name = loss.partition(" “")
        is_named = bool(quote) and sort in _SORTS
        lines.setdefault(sort if is_named else loss, []).append(f"“{name}" if is_named else "")
    return [
        f"{sort if len(names) == 1 else tr(_SORTS[sort])} {', '.join(names)}" if names[0] else sort
        for sort, names in lines.items()
    ]


class _Cleaning:
    """Takes out what a text must not have from elsewhere, and notes it."""

    def __init__(self) -> None:
        self.pictures = 0
        self.losses: dict[str, str] = {}

    def pictures_told(self) -> str:
        """The sentence about pictures that were left out."""
        count = tr("One picture was") if self.pictures == 1 else tr("{} pictures were")
        text = tr("{} left out: only pictures that are part of the text can be kept.")
        advice = tr("Save it as a file and insert that.")
        return f"{text.format(count.format(self.pictures))} {advice}"

    def cleaned(self, parts: Iterable[Part]) -> list[Part]:
        """The parts that may join a text."""
        return [
            self._table(part) if isinstance(part, Table) else self._block(part) for part in parts
        ]

    def _block(self, block: Block) -> Block:
        pieces: list[Piece] = []
        for piece in block.pieces:
            if isinstance(piece, Run):
                style = replace(piece.style, link=self._link(piece.style.link))
                pieces.append(Run(piece.text, style))
            elif pictures.is_embedded(piece.source):
                pieces.append(self._relinked(piece))
            else:
                self.pictures += 1
        return replace(block, pieces=tuple(pieces))

    def _table(self, table: Table) -> Table:
        rows = tuple(
            replace(
                row,
                cells=tuple(
                    replace(cell, blocks=tuple(map(self._block, cell.blocks))) for cell in row.cells
                ),
            )
            for row in table.rows
        )
        table = replace(table, rows=rows)
        if any(name not in ("class", "id") for name in _fetching(table)):
            self.losses["a fetch"] = tr("what a table would fetch from elsewhere (a background)")
        return harmless(table)

    def _relinked(self, picture: Picture) -> Picture:
        return replace(picture, link=self._link(picture.link))

    def _link(self, link: str) -> str:
        if not link or link.lower().startswith(formatting.SAFE_LINKS):
            return link
        scheme, colon, _ = link.partition(":")
        known = f"{scheme[:20]}:" if colon else tr("without https:")
        self.losses[f"a link {known}"] = tr("where a link leads ({})").format(known)
        return ""


def _fetching(table: Table) -> Iterable[str]:
    """The names of the attributes that a table loses where it is made harmless."""
    after = harmless(table)
    yield from (name for name, _ in {*table.attributes} - {*after.attributes})
    for row, kept in zip(table.rows, after.rows, strict=True):
        yield from (name for name, _ in {*row.attributes} - {*kept.attributes})
        for cell, left in zip(row.cells, kept.cells, strict=True):
            yield from (name for name, _ in {*cell.attributes} - {*left.attributes})

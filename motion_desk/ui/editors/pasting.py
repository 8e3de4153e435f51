"""Pasting: what of HTML from elsewhere may join a text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from motion_desk.models.engines.html_blocks import Block, Part, Picture, Piece, Run, Table, normal
from motion_desk.models.engines.table_changes import harmless
from motion_desk.ui.editors import formatting, pictures


def sanitized(parts: Iterable[Part]) -> tuple[tuple[Part, ...], int]:
    """The parts without remote pictures and unsafe links; and how many pictures that were."""
    count = 0

    def clean(block: Block) -> Block:
        nonlocal count
        pieces: list[Piece] = []
        for piece in block.pieces:
            if isinstance(piece, Run):
                pieces.append(Run(piece.text, replace(piece.style, link=_safe(piece.style.link))))
            elif pictures.is_embedded(piece.source):
                pieces.append(_relinked(piece))
            else:
                count += 1
        return replace(block, pieces=tuple(pieces))

    def cleaned(table: Table) -> Table:
        rows = tuple(
            replace(
                row,
                cells=tuple(
                    replace(cell, blocks=tuple(map(clean, cell.blocks))) for cell in row.cells
                ),
            )
            for row in table.rows
        )
        return harmless(replace(table, rows=rows))

    found = [cleaned(part) if isinstance(part, Table) else clean(part) for part in parts]
    return normal(found), count


def _relinked(picture: Picture) -> Picture:
    return replace(picture, link=_safe(picture.link))


def _safe(link: str) -> str:
    return link if link.lower().startswith(formatting.SAFE_LINKS) else ""

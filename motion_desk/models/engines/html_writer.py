"""The HTML writer: blocks as clean HTML that mail programs understand, one block a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from motion_desk.models.engines.html_blocks import (
    NO_BREAK_SPACE,
    PLAIN,
    Attribute,
    Block,
    Cell,
    Part,
    Picture,
    Piece,
    Run,
    Style,
    Table,
    normal,
)


def write(parts: Iterable[Part]) -> str:
    """HTML of the subset that reads back as the normal form of the parts; nothing as ``""``."""
    lines: list[str] = []
    for is_table, group in groupby(normal(parts), lambda part: isinstance(part, Table)):
        if is_table:
            for part in group:
                lines += _table(part) if isinstance(part, Table) else ()
        else:
            lines += _blocks(part for part in group if isinstance(part, Block))
    return "\n".join(lines)


@lru_cache(maxsize=256)
def _table(table: Table) -> tuple[str, ...]:
    lines = [f"<table{_attributes(table.attributes)}>"]
    for tag, rows in groupby(table.rows, lambda row: row.group):
        lines += [f"<{tag}>"] if tag else []
        for row in rows:
            lines.append(f"<tr{_attributes(row.attributes)}>")
            lines += map(_cell, row.cells)
            lines.append("</tr>")
        lines += [f"</{tag}>"] if tag else []
    return (*lines, "</table>")


def _cell(cell: Cell) -> str:
    tag = "th" if cell.head else "td"
    spans = (("colspan", cell.columns), ("rowspan", cell.rows))
    wide = tuple((name, str(count)) for name, count in spans if count > 1)
    inner = "\n".join(_blocks(cell.blocks))
    line = "\n" if "\n" in inner else ""
    return f"<{tag}{_attributes((*cell.attributes, *wide))}>{line}{inner}{line}</{tag}>"


def _attributes(attributes: Iterable[Attribute]) -> str:
    return "".join(f" {name}={_quoted(value)}" for name, value in attributes)


def _blocks(blocks: Iterable[Block], quotes: int = 0) -> list[str]:
    """The lines of blocks in normal form, between which no table stands, in so many quotations."""
    lines: list[str] = []
    for is_quoted, group in groupby(blocks, lambda block: block.quotes > quotes):
        if is_quoted:
            lines += ["<blockquote>", *_blocks(group, quotes + 1), "</blockquote>"]
        else:
            lines += _unquoted(list(group))
    return lines


def _unquoted(blocks: Sequence[Block]) -> list[str]:
    lines: list[str] = []
    open_lists: list[str] = []
    directions = [""]
    """Of what is open: the text, and each list with its item."""

    def close_items(depth: int) -> None:
        """End the current item of a depth, with all lists inside of it."""
        while len(open_lists) > depth:
            end_item()
            lines.append(f"</{open_lists.pop()}>")
        if depth:
            end_item()

    def end_item() -> None:
        if lines[-1].startswith("<li"):
            lines[-1] += "</li>"
        else:
            lines.append("</li>")

    for number, block in enumerate(blocks):
        if block.depth:
            word = "ol" if block.ordered else "ul"
            if block.depth <= len(open_lists):
                close_items(block.depth)
                if block.starts:
                    lines.append(f"</{open_lists.pop()}>")
            if block.starts:
                open_lists.append(word)
                around = directions[2 * block.depth - 2]
                common = _direction_of_list(blocks, number)
                # A list has its marks where its own direction begins.
                directions[2 * block.depth - 1 :] = [common or around]
                lines.append(f"<{word}{_dir('' if common == around else common)}>")
            around = directions[2 * block.depth - 1]
            directions[2 * block.depth :] = [block.direction or around]
            own = "" if block.direction == around else block.direction
            lines.append(f"<li{_dir(own)}{_style(_align(block))}>{_inside(block)}")
        else:
            close_items(0)
            lines.append(_inside(block) if block.bare else _paragraph(block))
    close_items(0)
    return lines


def _direction_of_list(blocks: Sequence[Block], at: int) -> str:
    """The direction of all items of the list that a block opens; empty where they differ."""
    first = blocks[at]
    for place in range(at + 1, len(blocks)):
        block = blocks[place]
        if block.depth < first.depth or (block.depth == first.depth and block.starts):
            break
        if block.depth == first.depth and block.direction != first.direction:
            return ""
    return first.direction


def _dir(direction: str) -> str:
    return f' dir="{direction}"' if direction else ""


def _align(block: Block) -> str:
    return f"text-align: {block.align}" if block.align else ""


# Of a text that is typed in, all blocks but one are those of a moment ago.
@lru_cache(maxsize=4096)
def _paragraph(block: Block) -> str:
    tag = block.tag or "p"
    look = ""
    if block.heading:
        # A heading is bold by itself; what all of its text looks like is said of it as a whole.
        looks = {_look(piece) if isinstance(piece, Run) else None for piece in block.pieces}
        linked = any(_link(piece) for piece in block.pieces)
        look = next(iter(looks)) or "" if len(looks) == 1 and not linked else ""
        layers = _HEADING_LAYERS[1:] if look else _HEADING_LAYERS
        pieces = tuple(map(_with_opposite_weight, block.pieces))
        inner = (_layered(pieces, layers) if look else _links(pieces, layers)) + _break(block)
    else:
        inner = _inside(block)
    css = "; ".join(filter(None, (_align(block), look)))
    return f"<{tag}{_dir(block.direction)}{_style(css)}>{inner}</{tag}>"


def _with_opposite_weight(piece: Piece) -> Piece:
    if isinstance(piece, Picture):
        return piece
    return Run(piece.text, replace(piece.style, bold=not piece.style.bold))


@lru_cache(maxsize=4096)
def _inside(block: Block) -> str:
    return _links(block.pieces, _LAYERS) + _break(block)


def _break(block: Block) -> str:
    """The break that an empty last line needs to be shown."""
    last = block.pieces[-1] if block.pieces else None
    # A last break shows nothing in HTML, and a paragraph without text has no height.
    empty_line = last.text.endswith("\n") if isinstance(last, Run) else last is None
    return "<br>" if empty_line and not (last is None and block.depth) else ""


def _links(pieces: Sequence[Piece], layers: Sequence[_Layer]) -> str:
    if all(isinstance(piece, Run) and piece.style == PLAIN for piece in pieces):
        return "".join(map(_bare, pieces))
    parts = []
    for link, group in groupby(pieces, _link):
        inside = list(group)
        looks = {_look(piece) for piece in inside}
        if not link:
            parts.append(_layered(inside, layers))
        elif len(looks) == 1:
            # On the link itself, so that its line has the colour of its text.
            [look] = looks
            start = f"<a href={_quoted(link)}{_style(look)}>"
            parts.append(f"{start}{_layered(inside, layers[1:])}</a>")
        else:
            parts.append(f"<a href={_quoted(link)}>{_layered(inside, layers)}</a>")
    return "".join(parts)


def _layered(pieces: Sequence[Piece], layers: Sequence[_Layer]) -> str:
    """The pieces, wrapped in the outermost layer wherever it changes, and so on inwards."""
    if not layers or all(isinstance(piece, Run) and piece.style == PLAIN for piece in pieces):
        return "".join(map(_bare, pieces))
    key, tag = layers[0]
    parts = []
    for value, group in groupby(pieces, key):
        inner = _layered(list(group), layers[1:])
        start = f"<{tag}{_style(value)}>" if isinstance(value, str) else f"<{tag}>"
        parts.append(f"{start}{inner}</{tag}>" if value else inner)
    return "".join(parts)


def _bare(piece: Piece) -> str:
    if isinstance(piece, Picture):
        sides = "".join(
            f' {name}="{pixels}"'
            for name, pixels in (("width", piece.width), ("height", piece.height))
            if pixels
        )
        return f"<img src={_quoted(piece.source)} alt={_quoted(piece.alt)}{sides}>"
    return _escaped(piece.text).replace("\n", "<br>")


def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace(NO_BREAK_SPACE, "&nbsp;")


def _quoted(text: str) -> str:
    """An attribute's value in quotes; single ones where that keeps the text's own readable."""
    text = _escaped(text).replace("\n", "&#10;").replace("\r", "&#13;")
    return (
        f"'{text}'" if '"' in text and "'" not in text else '"' + text.replace('"', "&quot;") + '"'
    )


def _style(look: str) -> str:
    return f' style="{look}"' if look else ""


def _style_of(piece: Piece) -> Style:
    return piece.style if isinstance(piece, Run) else Style(link=piece.link)


def _link(piece: Piece) -> str:
    return _style_of(piece).link


def _look(piece: Piece) -> str:
    """The CSS of family, size and colour."""
    style = _style_of(piece)
    names = (
        name if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name) else f"'{name}'"
        for name in filter(None, style.family.split(", "))
    )
    declared = {"font-family": ", ".join(names), "font-size": style.size, "color": style.color}
    return "; ".join(f"{name}: {value}" for name, value in declared.items() if value)


_Layer = tuple[Callable[[Piece], str | bool], str]
_LAYERS: Sequence[_Layer] = (
    (_look, "span"),
    (lambda piece: _style_of(piece).bold, "strong"),
    (lambda piece: _style_of(piece).italic, "em"),
    (lambda piece: _style_of(piece).underline, "u"),
    (lambda piece: _style_of(piece).strike, "s"),
    (lambda piece: _style_of(piece).raised == "sub", "sub"),
    (lambda piece: _style_of(piece).raised == "sup", "sup"),
)
_HEADING_LAYERS: Sequence[_Layer] = (
    _LAYERS[0],
    (lambda piece: "font-weight: normal" if _style_of(piece).bold else "", "span"),
    *_LAYERS[2:],
)

"""Names: how a document's text calls the rows that references mean.

A row is called by its own name, one in a tree by its path (``Sold / Upsell``). A row that has no
name, or shares it, is called by its kind and its position from 1 (``action 3``). The same rows
give the same words wherever they are read, and never the same word to two of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from motion_desk.models.catalogue import WORKSPACE, catalogue_of
from motion_desk.models.directory import Surroundings, is_named, own_name
from motion_desk.models.document import Document, get
from motion_desk.models.kinds import Row, Rows
from motion_desk.models.rows import parent_of

BETWEEN = " / "
"""Stands between the names of a path."""


def in_text_order(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows as the nested text has them: each before what is below it, none left out.

    A row whose parent is missing, or whose parents form a circle, counts as one of the first
    level, as in the text.
    """
    children: dict[str, list[Row]] = {}
    ids = {row.id for row in rows}
    for row in rows:
        parent = parent_of(row)
        children.setdefault(parent if parent in ids else "", []).append(row)
    ordered: dict[int, Row] = {}
    for start in (*children.get("", ()), *rows):
        waiting = [start]
        while waiting:
            row = waiting.pop()
            if id(row) not in ordered:
                ordered[id(row)] = row
                waiting.extend(reversed(children.get(row.id, []) if row.id else []))
    return tuple(ordered.values())


def _path(row: Row, by_id: Mapping[str, Row]) -> str:
    names: list[str] = []
    seen: set[str] = set()
    above: Row | None = row
    while above is not None and above.id not in seen:
        seen.add(above.id)
        if not own_name(above):
            return ""
        names.append(own_name(above))
        above = by_id.get(parent_of(above))
    return BETWEEN.join(reversed(names))


def words_by_id(kind: Rows, rows: tuple[Row, ...]) -> dict[str, str]:
    """What each row is called in a document's text, by the row's id."""
    by_id = {row.id: row for row in rows}
    names = {
        row.id: (_path(row, by_id) if kind.tree else own_name(row)) if is_named(type(row)) else ""
        for row in rows
    }
    shared = Counter(names.values())
    taken = {name for name, count in shared.items() if name and count == 1}
    words: dict[str, str] = {}
    for position, row in enumerate(in_text_order(rows), 1):
        word = names[row.id]
        if word not in taken:
            word = f"{kind.one} {position}"
            while word in taken:  # somebody gave another row just this name
                word += "*"
            taken.add(word)
        words[row.id] = word
    return words


def rows_of(to: str, document: Document, surroundings: Surroundings) -> tuple[Row, ...]:
    """The rows that references to the rows field ``to`` mean, seen from a document."""
    host = document if to in catalogue_of(document).fields else surroundings.workspace
    rows: tuple[Row, ...] = get(host, to)
    return rows


def kind_of(to: str, document: Document) -> Rows:
    """The kind of the rows field ``to``, of the document itself or of the workspace."""
    field = catalogue_of(document).fields.get(to) or WORKSPACE.fields[to]
    if not isinstance(field.kind, Rows):
        raise TypeError(f"{to} has no rows")
    return field.kind

"""Operations on a tuple of rows: pure, each gives a new tuple. Rows are named by their id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, TypeVar

from motion_desk.models.document import new_id
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import Reference, Row

R = TypeVar("R", bound=Row)


def index(rows: tuple[Row, ...], row_id: str) -> int:
    """The position of a row, from 0. Raises ``KeyError`` where there is none."""
    for position, row in enumerate(rows):
        if row.id == row_id:
            return position
    raise KeyError(row_id)


def with_cell(rows: tuple[R, ...], row_id: str, name: str, value: object) -> tuple[R, ...]:
    """The rows with one cell set. Raises ``KeyError`` for a row or cell that is not there."""
    position = index(rows, row_id)
    if name not in {member.name for member in fields(rows[position])}:
        raise KeyError(name)
    cell: dict[str, Any] = {name: value}
    changed = replace(rows[position], **cell)
    return (*rows[:position], changed, *rows[position + 1 :])


def added(rows: tuple[R, ...], row: R, after: str = "") -> tuple[R, ...]:
    """The rows with ``row`` behind ``after`` and all that is nested in it, or at the end."""
    if not after:
        return (*rows, row)
    last = max(index(rows, inner) for inner in subtree(rows, after))
    return (*rows[: last + 1], row, *rows[last + 1 :])


def removed(rows: tuple[R, ...], row_id: str) -> tuple[R, ...]:
    """The rows without one and all that is nested in it."""
    gone = set(subtree(rows, row_id))
    return tuple(row for row in rows if row.id not in gone)


def moved(rows: tuple[R, ...], row_id: str, to: int) -> tuple[R, ...]:
    """The rows with one at position ``to`` (from 0, kept within the list)."""
    row = rows[index(rows, row_id)]
    rest = tuple(other for other in rows if other is not row)
    to = min(max(to, 0), len(rest))
    return (*rest[:to], row, *rest[to:])


def shifted(rows: tuple[R, ...], row_id: str, by: int) -> tuple[R, ...]:
    """The rows with one moved ``by`` places among its siblings; unchanged at either end."""
    siblings = children(rows, parent_of(rows[index(rows, row_id)]))
    place = index(siblings, row_id) + by
    if not 0 <= place < len(siblings):
        return rows
    return moved(rows, row_id, index(rows, siblings[place].id))


def nested(rows: tuple[R, ...], row_id: str) -> tuple[R, ...]:
    """The rows with one put below its upper neighbour; unchanged where there is none."""
    siblings = children(rows, parent_of(rows[index(rows, row_id)]))
    place = index(siblings, row_id)
    return with_cell(rows, row_id, "parent", siblings[place - 1].id) if place else rows


def unnested(rows: tuple[R, ...], row_id: str) -> tuple[R, ...]:
    """The rows with one put behind the row above it, one level up; unchanged on the first level."""
    parent = parent_of(rows[index(rows, row_id)])
    if not parent:
        return rows
    above = index(rows, parent)
    raised = with_cell(rows, row_id, "parent", parent_of(rows[above]))
    to = above + 1 if index(rows, row_id) > above else above
    return moved(raised, row_id, to)


def placed(rows: tuple[R, ...], row_id: str, parent: str, before: str = "") -> tuple[R, ...]:
    """The rows with one below ``parent``, in front of ``before`` or else as its last child.

    ``parent`` is empty for the first level and for rows of no tree. What is nested in the row
    moves with it, in its order. The rows are unchanged where it stands there already, and where
    it would come to lie below itself. Raises ``KeyError`` for rows that are not there, and where
    ``before`` is not directly below ``parent``.
    """
    inside = set(subtree(rows, row_id))
    if parent in inside or (before in inside and before != row_id):
        return rows
    row = rows[index(rows, row_id)]
    siblings = [each.id for each in children(rows, parent)]
    if before and before not in siblings:
        raise KeyError(before)
    if parent_of(row) == parent:
        following = siblings[siblings.index(row_id) + 1 :]
        if before in (row_id, *following[:1]) or (not before and not following):
            return rows
    moving = tuple(each for each in rows if each.id in inside)
    if parent_of(row) != parent:
        moving = with_cell(moving, row_id, "parent", parent)
    rest = tuple(each for each in rows if each.id not in inside)
    if before:
        to = index(rest, before)
    elif parent:
        to = max(index(rest, each) for each in subtree(rest, parent)) + 1
    else:
        to = len(rest)
    return (*rest[:to], *moving, *rest[to:])


def height(rows: tuple[Row, ...], row_id: str) -> int:
    """How many levels a row and what is nested in it take, from 1."""
    below: dict[str, list[str]] = {}
    for row in rows:
        below.setdefault(parent_of(row), []).append(row.id)
    levels, level, known = 0, [row_id], {row_id}
    while level:
        levels += 1
        level = [each for above in level for each in below.get(above, ()) if each not in known]
        known.update(level)
    return levels


def parent_of(row: Row) -> str:
    """The id of the row above in a tree; empty for the first level and for rows of no tree."""
    return getattr(row, "parent", "")


def children(rows: tuple[R, ...], parent: str) -> tuple[R, ...]:
    """The rows directly below ``parent``, in order; empty names the first level."""
    return tuple(row for row in rows if parent_of(row) == parent)


def subtree(rows: tuple[Row, ...], row_id: str) -> Iterator[str]:
    """The id of a row and of all rows nested in it; ends even where parents form a circle."""
    known = {row_id}
    waiting = [row_id]
    while waiting:
        current = waiting.pop()
        yield current
        for row in rows:
            if parent_of(row) == current and row.id not in known:
                known.add(row.id)
                waiting.append(row.id)


def depth(rows: tuple[Row, ...], row_id: str) -> int:
    """The level of a row in its tree, from 1; 0 where its parents form a circle."""
    by_id = {row.id: row for row in rows}
    seen: set[str] = set()
    while row_id in by_id:
        if row_id in seen:
            return 0
        seen.add(row_id)
        row_id = parent_of(by_id[row_id])
    return len(seen)


def depths(rows: tuple[Row, ...]) -> dict[str, int]:
    """What ``depth`` gives for each row, by its id and in their order, in linear time."""
    above = {row.id: parent_of(row) for row in rows}
    found: dict[str, int] = {}
    for row_id in above:
        path: dict[str, None] = {}
        at = row_id
        while at in above and at not in found and at not in path:
            path[at] = None
            at = above[at]
        is_circle = at in path or found.get(at) == 0
        level = found.get(at, 0)
        for number, each in enumerate(reversed(path), level + 1):
            found[each] = 0 if is_circle else number
    return {row_id: found[row_id] for row_id in above}


def copied(rows: tuple[R, ...], taken: tuple[R, ...], key: str) -> tuple[R, ...]:
    """Copies of ``taken`` with new ids; what they refer to among themselves is led over.

    ``rows`` are those that the copies will join and ``key`` is their field, so that references to
    rows which are not copied stay as they are.
    """
    used = {row.id for row in rows}
    ids: dict[str, str] = {}
    for row in taken:
        fresh = new_id(4)
        while fresh in used:
            fresh = new_id(4)
        used.add(fresh)
        ids[row.id] = fresh
    return tuple(_led_over(row, ids, key) for row in taken)


def _led_over(row: R, ids: dict[str, str], key: str) -> R:
    changes: dict[str, Any] = {"id": ids[row.id]}
    if parent := parent_of(row):
        changes["parent"] = ids.get(parent, parent)
    for field in fields_of(type(row)):
        if isinstance(field.kind, Reference) and field.kind.to == key:
            target = getattr(row, field.name)
            changes[field.name] = ids.get(target, target)
    return replace(row, **changes)


def fresh(row: type[R], rows: tuple[Row, ...]) -> R:
    """A new row of a type with its defaults and an id that none of ``rows`` has."""
    used = {other.id for other in rows}
    identity = new_id(4)
    while identity in used:
        identity = new_id(4)
    return row(id=identity)

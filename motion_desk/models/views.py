"""Views: all that a screen shows of a document, as one value that is recomputed at every edit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from motion_desk.models.catalogue import SectionInfo, catalogue_of
from motion_desk.models.changes import Resolved, resolve, values_of, visible_cells
from motion_desk.models.checks import check
from motion_desk.models.directory import Named, Names, Surroundings, row_title
from motion_desk.models.document import Document
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import Reference, References, Row, Rows
from motion_desk.models.memory import Memory, cause_of
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.rows import parent_of

Problems = dict[str, list[Problem]]


class FieldView(NamedTuple):
    """One field or cell as it is shown. Equal views need not be drawn again."""

    key: str
    value: Any
    visible: bool = True
    changed: bool = False
    at_default: bool = False
    newer: bool = False
    problems: tuple[Problem, ...] = ()
    entries: tuple[Named, ...] = ()
    rows: tuple[RowView, ...] = ()


class RowView(NamedTuple):
    """One row of a rows field: how it is called, and its cells."""

    id: str
    title: str
    type: type[Row]
    parent: str
    problems: int
    cells: tuple[FieldView, ...]


class SectionView(NamedTuple):
    """One section: whether it is shown, what its list entry says, and its fields."""

    name: str
    title: str
    visible: bool
    changed: bool
    worst: Severity | None
    problems: int
    kept: tuple[str, ...]
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole document as it is shown."""

    sections: tuple[SectionView, ...]
    problems: tuple[Problem, ...]
    changed: bool

    def section(self, name: str) -> SectionView:
        """The section with a name. Raises ``KeyError`` where there is none."""
        for section in self.sections:
            if section.name == name:
                return section
        raise KeyError(name)


def view(
    saved: Document,
    draft: Document,
    surroundings: Surroundings,
    memory: Memory | None = None,
    found: tuple[Problem, ...] = (),
) -> View:
    """All that is shown of ``draft``, compared with ``saved``; pure, well under 1 ms.

    ``memory`` is that of the document's last view: it makes the same view sooner. ``found`` are
    problems that take longer to find than a view may; they are shown with the others.
    """
    memory = memory or Memory()
    resolved = resolve(draft)
    names = surroundings.names(draft)
    problems = (*check(draft, surroundings, resolved, names, memory), *found)
    by_key: Problems = {}
    for problem in problems:
        by_key.setdefault(problem.key, []).append(problem)
    version = _version(surroundings.workspace.general.motion_version)
    maker = _Maker(saved, resolved, names, by_key, version)
    own: dict[str, list[Problem]] = {}
    for problem in problems:
        own.setdefault(problem.key.partition(".")[0], []).append(problem)
    sections = tuple(
        memory.recall(
            "view",
            info.name,
            cause_of(info, draft, resolved, surroundings).along_with(
                parts=(getattr(saved, info.name),), facts=(own.get(info.name),)
            ),
            partial(maker.section, info, own.get(info.name, [])),
        )
        for info in catalogue_of(draft).sections
    )
    return View(sections, problems, changed=draft != saved)


def _version(text: object) -> tuple[int, ...] | None:
    """A version as numbers, to be compared; ``None`` where it cannot be read."""
    parts = str(text).split(".")
    # Python refuses to read numbers of thousands of digits.
    good = all(part.isdecimal() and len(part) < 10 for part in parts)
    return tuple(int(part) for part in parts) if good else None


class _Maker:
    """Makes the views of one document; lives for one call of ``view``."""

    def __init__(
        self,
        saved: Document,
        resolved: Resolved,
        names: Names,
        problems: Problems,
        version: tuple[int, ...] | None,
    ) -> None:
        self._saved = values_of(saved)
        self._resolved = resolved
        self._names = names
        self._problems = problems
        self._version = version

    def section(self, info: SectionInfo, own: list[Problem]) -> SectionView:
        """The view of a section; ``own`` are its problems."""
        fields = tuple(self._field(field) for field in info.fields)
        return SectionView(
            info.name,
            info.title,
            info.visible.holds(self._resolved.effective.__getitem__),
            any(field.changed for field in fields),
            max((problem.severity for problem in own), default=None),
            len(own),
            self._kept(info),
            fields,
        )

    def _kept(self, info: SectionInfo) -> tuple[str, ...]:
        """The labels of hidden fields whose value is kept but counts for nothing."""
        return tuple(
            field.label
            for field in info.fields
            if not self._resolved.visible[field.key]
            and self._resolved.values[field.key] != self._resolved.effective[field.key]
        )

    def _field(self, field: Field) -> FieldView:
        value = self._resolved.values[field.key]
        before = self._saved[field.key]
        return FieldView(
            field.key,
            value,
            self._resolved.visible[field.key],
            value != before,
            value == field.default,
            self._is_newer(field),
            tuple(self._problems.get(field.key, ())),
            self._entries(field),
            self._rows(field.key, value, before) if isinstance(field.kind, Rows) else (),
        )

    def _is_newer(self, field: Field) -> bool:
        return bool(field.since and self._version and self._version < (_version(field.since) or ()))

    def _entries(self, field: Field) -> tuple[Named, ...]:
        if isinstance(field.kind, Reference | References):
            return tuple(self._names.entries(field.kind.to).values())
        return ()

    def _rows(self, key: str, rows: tuple[Row, ...], before: Any) -> tuple[RowView, ...]:
        stored = {row.id: row for row in before}
        return tuple(
            self._row(f"{key}/{row.id}", row, stored.get(row.id), position)
            for position, row in enumerate(rows, 1)
        )

    def _row(self, key: str, row: Row, before: Row | None, position: int) -> RowView:
        shown = visible_cells(row)
        cells = tuple(
            self._cell(f"{key}/{field.name}", field, row, before, shown[field.name])
            for field in fields_of(type(row))
        )
        count = sum(len(cell.problems) for cell in cells)
        title = row_title(row, self._names, position)
        return RowView(row.id, title, type(row), parent_of(row), count, cells)

    def _cell(self, key: str, field: Field, row: Row, before: Row | None, shown: bool) -> FieldView:
        value = getattr(row, field.name)
        was = getattr(before, field.name, None) if type(before) is type(row) else field.default
        return FieldView(
            key,
            value,
            shown,
            value != was,
            value == field.default,
            self._is_newer(field),
            tuple(self._problems.get(key, ())),
            self._entries(field),
        )

"""Dispositions as a table: a row for each label, by its levels or by the label above it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from motion_desk.models.sections.answers import DEEPEST, DispositionEntry
from motion_desk.services.answers.plan import MOST, Places, Plan, Told, faults_of, fresh_ids
from motion_desk.services.spreadsheets import unguarded, written
from motion_desk.services.tables import Row as Line
from motion_desk.services.tables import Table, TableError

Path = tuple[str, ...]
"""The names from the first level down to a label."""

_LEVELS = tuple(f"level{number}" for number in range(1, DEEPEST + 1))
_WORDS = {
    "level1": ("level1", "first", "firstlevel", "firstleveldisposition"),
    "level2": ("level2", "second", "secondlevel", "secondleveldisposition"),
    "level3": ("level3", "third", "thirdlevel", "thirdleveldisposition"),
    "level4": ("level4", "fourth", "fourthlevel", "fourthleveldisposition"),
    "name": ("name", "disposition", "label"),
    "parent": ("parent", "above", "below", "parentdisposition"),
    "description": ("description", "note", "notes"),
}
BETWEEN = " › "
"""Stands between the names of a path, on screen and in a “parent” cell."""
_TOO_DEEP = f"This lies below level {DEEPEST}, the last that Motion has, or below itself."
_ENOUGH = 4
"""Labels of one name, of which three are told."""
_FORMS = (
    "Name its columns in the first row: “Level 1”, “Level 2”, “Level 3” and “Description”, or "
    "“Name”, “Parent” and “Description”."
)


def exported(rows: Sequence[DispositionEntry]) -> bytes:
    """The labels as CSV, from top to bottom as the tree shows them, each with its whole path.

    A label that lies too deep or below itself, or whose path has a nameless one, is left out: see
    ``omitted``.
    """
    cells = (
        [*path, *[""] * (DEEPEST - len(path)), row.description]
        for path, row in _by_path(rows)
        if _fits(path)
    )
    return written([*(f"Level {n}" for n in range(1, DEEPEST + 1)), "Description"], cells)


def omitted(rows: Sequence[DispositionEntry]) -> int:
    """How many labels ``exported`` leaves out."""
    return len(rows) - sum(_fits(path) for path, _ in _by_path(rows))


def _fits(path: Path) -> bool:
    return len(path) <= DEEPEST and all(name.strip() for name in path)


def planned(table: Table, rows: tuple[DispositionEntry, ...]) -> Plan:
    """What the table would do to ``rows``. Changes nothing.

    A label is known by its path. Labels above that are missing are made; labels that the table
    does not name stay. Without a column of descriptions those stay, too, else an empty cell
    empties one. Raises ``TableError`` where the columns say nothing of labels.
    """
    places = Places(table, _WORDS)
    if places.twice:
        raise TableError(f"“{places.twice[0]}” is a column more than once. Delete one of them.")
    reading = _Reading(places, rows)
    read = _reader(places, reading, table.rows)
    for line in table.rows:
        fault = places.fault(line) or (_TOO_DEEP if places.cell(line, "level4").strip() else "")
        path, why = ((), fault) if fault else read(line)
        if why:
            reading.refuse(line, BETWEEN.join(path), why)
        else:
            reading.take(line, path)
    return reading.plan(tuple(places.remarks()))


def _reader(
    places: Places, reading: _Reading, lines: Sequence[Line]
) -> Callable[[Line], tuple[Path, str]]:
    """How a line names its label: gives the path, or why there is none."""
    has = places.by_name
    if "name" in has and "parent" in has:
        reading.listen(lines)
        return reading.by_parent
    if "name" in has:
        return lambda line: _by_levels(places, line, (*_LEVELS[:2], "name"), may_skip=True)
    if "level1" in has:
        return lambda line: _by_levels(places, line, _LEVELS, may_skip=False)
    raise TableError(f"No column of the file names dispositions. {_FORMS}")


def _by_levels(
    places: Places, line: Line, names: Sequence[str], *, may_skip: bool
) -> tuple[Path, str]:
    cells = [_name(places.cell(line, name)) for name in names]
    if not cells[0] and any(cells[1:-1]):
        return (), "The first level is empty. Write the name of each label above."
    if may_skip:
        return (tuple(filter(None, cells)), "") if cells[-1] else ((), "The name is empty.")
    while cells and not cells[-1]:
        cells.pop()
    if not cells:
        return (), "No level has a name."
    if not all(cells):
        number = cells.index("") + 1
        return (), f"Level {number} is empty. Write the name of each label above."
    return tuple(cells), ""


def _name(cell: str) -> str:
    return unguarded(cell.strip())


def _by_path(rows: Sequence[DispositionEntry]) -> Iterator[tuple[Path, DispositionEntry]]:
    """Each label behind its path, as the tree shows them; none that lies below itself."""
    below: dict[str, list[DispositionEntry]] = {}
    for row in rows:
        below.setdefault(row.parent, []).append(row)
    waiting: list[tuple[Path, DispositionEntry]] = [
        ((), row) for row in reversed(below.get("", []))
    ]
    while waiting:
        above, row = waiting.pop()
        path = (*above, row.name)
        yield path, row
        waiting += [(path, inner) for inner in reversed(below.get(row.id, []))]


@dataclass(slots=True)
class _Label:
    row: DispositionEntry
    line: int = 0
    """Where the file says something of it; 0 for none."""
    is_new: bool = False


@dataclass
class _Reading:
    """The labels while a table is read."""

    places: Places
    before: tuple[DispositionEntry, ...]
    refused: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._labels: dict[Path, _Label] = {}
        for path, row in _by_path(self.before):
            self._labels.setdefault(path, _Label(row))  # of twins, the upper one
        self._ids = fresh_ids(self.before)
        self._above: dict[str, dict[str, None]] = {}
        self._found: dict[tuple[str, int], frozenset[Path]] = {}
        self._paths: dict[str, list[Path]] = {}
        for path in self._labels:
            self._paths.setdefault(path[-1], []).append(path)
        self._there = {name: tuple(paths[:_ENOUGH]) for name, paths in self._paths.items()}

    def listen(self, lines: Sequence[Line]) -> None:
        """Note which labels the lines put below which others, for ``by_parent``."""
        for line in lines:
            if name := _name(self.places.cell(line, "name")):
                above = _name(self.places.cell(line, "parent"))
                self._above.setdefault(name, {})[above] = None

    def by_parent(self, line: Line) -> tuple[Path, str]:
        """The path of a line that names its label and the one above."""
        name = _name(self.places.cell(line, "name"))
        above = _name(self.places.cell(line, "parent"))
        if not name:
            return (), "The name is empty."
        if not above:
            return (name,), ""
        found = sorted({*self._paths.get(above, ()), *self._told(above, DEEPEST - 1)})
        if (above,) in found:
            return (above, name), ""  # as one on the first level can be said in no other way
        if len(found) > 1:
            said = " and ".join(f"“{BETWEEN.join(path)}”" for path in found[:3])
            why = f"More than one label is called “{above}”: {said}. Write its whole path."
            return (name,), why
        if found:
            return (*found[0], name), ""
        if above in self._above:
            return (name,), _TOO_DEEP
        whole = tuple(part.strip() for part in above.split(BETWEEN.strip()))
        return ((*whole, name) if all(whole) else (above, name)), ""

    def _told(self, name: str, levels: int) -> frozenset[Path]:
        """Which paths of at most so many levels the file gives a label; four of them at the most.

        What lies below itself has none. Each is found out once: a file may name ten thousand.
        """
        if (name, levels) not in self._found:
            found: set[Path] = set()
            for above in self._above.get(name, ()):
                if not above:
                    found.add((name,))
                elif levels > 1:
                    paths = {*self._told(above, levels - 1), *self._there.get(above, ())}
                    if not paths and above not in self._above:
                        paths = {(above,)}
                    found |= {(*path, name) for path in paths if len(path) < levels}
                if len(found) >= _ENOUGH:
                    break
            self._found[name, levels] = frozenset(sorted(found)[:_ENOUGH])
        return self._found[name, levels]

    def refuse(self, line: Line, name: str, why: str) -> None:
        """Note that a line says nothing that can be done."""
        self.refused.append(Told(line.line, name, why))

    def take(self, line: Line, path: Path) -> None:
        """Take what a line says of a label, which it may make."""
        said = BETWEEN.join(path)
        if len(path) > DEEPEST:
            self.refuse(line, said, _TOO_DEEP)
            return
        known = self._labels.get(path)
        if known is not None and known.line:
            self.refuse(line, said, f"The label is on line {known.line}, too. Keep one of them.")
            return
        described = "description" in self.places.by_name
        description = unguarded(self.places.cell(line, "description")) if described else ""
        tried = DispositionEntry(id="", name=path[-1], description=description)
        why = " ".join(faults_of(tried, ("name", "description")))
        for name in path[:-1]:
            why = why or " ".join(faults_of(replace(tried, name=name), ("name",)))
        if why:
            self.refuse(line, said, why)
            return
        label = self._made(path)
        label.line = line.line
        if described:
            label.row = replace(label.row, description=description)

    def _made(self, path: Path) -> _Label:
        """The label of a path, made with all above it where it is missing."""
        if path not in self._labels:
            parent = self._made(path[:-1]).row.id if path[:-1] else ""
            row = DispositionEntry(id=next(self._ids), parent=parent, name=path[-1])
            self._labels[path] = _Label(row, is_new=True)
            self._paths.setdefault(path[-1], []).append(path)
        return self._labels[path]

    def plan(self, remarks: tuple[str, ...]) -> Plan:
        """What it comes to, once each line was read."""
        by_id = {label.row.id: label.row for label in self._labels.values()}
        new = {path: label for path, label in self._labels.items() if label.is_new}
        old = {row.id: row for row in self.before}
        changed = [
            (path, label)
            for path, label in self._labels.items()
            if label.line and not label.is_new and label.row != old[label.row.id]
        ]
        rows = (
            *(by_id.get(row.id, row) for row in self.before),
            *(label.row for label in new.values()),
        )
        if new and len(rows) > MOST:
            raise TableError(
                f"There would be {len(rows):,} dispositions; at most {MOST:,} can be read in."
            )
        named = sum(bool(label.line) and not label.is_new for label in self._labels.values())
        return Plan(
            rows,
            tuple(
                Told(label.line, BETWEEN.join(path), "" if label.line else "above others")
                for path, label in new.items()
            ),
            tuple(
                Told(label.line, BETWEEN.join(path), "description")
                for path, label in sorted(changed, key=lambda each: each[1].line)
            ),
            tuple(self.refused),
            named - len(changed),
            len(self.before) - named,
            remarks,
        )

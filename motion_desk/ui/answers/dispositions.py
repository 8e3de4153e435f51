"""Beside the dispositions: Motion's own six to insert, CSV in and out, and how deep the tree is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from motion_desk.models import rows as operations
from motion_desk.models.sections.answers import (
    DEEPEST,
    DISPOSITIONS,
    GLOBAL_NAMES,
    DispositionEntry,
)
from motion_desk.models.views import SectionView
from motion_desk.services.answers import dispositions
from motion_desk.services.answers.files import read_dispositions
from motion_desk.ui.answers.exchange import Exchange, Form
from motion_desk.ui.editors.flow import Flow
from motion_desk.ui.form.additions import Addition, Place
from motion_desk.ui.form.lines import wrapped
from motion_desk.ui.form.page import SectionPage
from motion_desk.ui.form.tools import FormTools
from motion_desk.ui.form.words import tr
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.tools import PanelTools

FORM = Form(
    DISPOSITIONS,
    "disposition",
    "dispositions",
    "Dispositions",
    read_dispositions,
    dispositions.exported,
    dispositions.omitted,
    "Left out, as they have no name or lie too deep: {}.",
)
_LEVELS = ("first level", "second", "third")
ABOUT_SIX = (
    "By default Motion offers six global ones everywhere, beside these: {} (Tools → Dispositions)."
)


class DispositionTools(Addition):
    """Inserts, imports and exports labels, and says how many there are on which level."""

    PLACE = Place.ABOVE

    def __init__(self, form: FormTools, page: SectionPage, tools: PanelTools) -> None:
        super().__init__(page)
        self.setObjectName("disposition-tools")
        self._desk = form.desk
        self._tools = tools
        self._rows: tuple[DispositionEntry, ...] | None = None
        line = QWidget(self)
        flow = Flow(line, 6)
        self._six = QPushButton(icon("plus"), tr("Insert Motion's six"), line)
        self._six.setObjectName("dispositions:six")
        self._six.setProperty("compact", True)
        self._six.setAutoDefault(False)
        self._six.clicked.connect(lambda: self._insert())  # noqa: PLW0108 - without the click's flag
        self._exchange = Exchange(FORM, tools, line)
        for button in (self._six, self._exchange.take_in, self._exchange.give_out):
            flow.addWidget(button)
        self._count = wrapped("")
        self._count.setObjectName("dispositions:count")
        about = wrapped(tr(ABOUT_SIX).format(", ".join(GLOBAL_NAMES)), "muted")
        about.setObjectName("dispositions:about-six")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 2, 0, 8)
        column.setSpacing(6)
        for widget in (line, about, self._count):
            column.addWidget(widget)

    def show_view(self, view: SectionView) -> None:
        rows = next(field.value for field in view.fields if field.key == DISPOSITIONS)
        if rows is self._rows:
            return
        self._rows = rows
        self._count.setText(" ".join(_counted(rows)))
        self._exchange.show_rows(len(rows))
        missing = _missing(rows)
        self._six.setEnabled(bool(missing))
        said = tr("Inserts {}.").format(", ".join(missing)) if missing else ""
        self._six.setToolTip(said or tr("All six are on the first level already."))

    def _insert(self) -> None:
        """Add those of the six that are missing on the first level, in one step."""
        current = self._desk.current
        if current is None or self._rows is None:
            return
        rows, missing = self._rows, _missing(self._rows)
        for name in missing:
            made = operations.fresh(DispositionEntry, rows)
            rows = (*rows, operations.with_cell((made,), made.id, "name", name)[0])
        text = tr("Insert Motion's six")
        self._desk.edit_all({current.draft.id: {DISPOSITIONS: rows}}, text)
        self._tools.tell(tr("Inserted: {}.").format(", ".join(missing)))


def _missing(rows: Iterable[DispositionEntry]) -> list[str]:
    there = {row.name.strip().casefold() for row in rows if not row.parent}
    return [name for name in GLOBAL_NAMES if name.casefold() not in there]


def _counted(rows: tuple[DispositionEntry, ...]) -> Iterator[str]:
    """How many labels there are on which level, in sentences."""
    if not rows:
        yield tr("An example of three levels: Order › Late › Refunded.")
        return
    counts = list(_on_levels(rows))
    if len(counts) > 1:
        parts = [
            tr("{count} on the {level}").format(count=count, level=tr(level))
            for count, level in zip(counts, _LEVELS, strict=False)
        ]
        yield tr("{total} dispositions: {parts}.").format(total=len(rows), parts=", ".join(parts))
    elif len(rows) == 1:
        yield tr("1 disposition, on the first level.")
    else:
        yield tr("{} dispositions, all on the first level.").format(len(rows))
    if deeper := len(rows) - sum(counts[:DEEPEST]):
        said = tr("1 lies deeper, and Motion has three levels: move it up.")
        more = tr("{} lie deeper, and Motion has three levels: move them up.")
        yield said if deeper == 1 else more.format(deeper)


def _on_levels(rows: tuple[Any, ...]) -> Iterator[int]:
    """How many labels stand on each level, from the first; those in circles are not counted."""
    below: dict[str, list[str]] = {}
    for row in rows:
        below.setdefault(row.parent, []).append(row.id)
    level = below.get("", [])
    while level:
        yield len(level)
        level = [inner for each in level for inner in below.get(each, [])]

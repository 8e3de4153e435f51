"""The dialog before an import: what would be added and changed, or which rows are to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from motion_desk.ui.form.lines import IconLabel, breakable, wrapped
from motion_desk.ui.form.words import tr
from motion_desk.ui.theme import Theme

if TYPE_CHECKING:
    from motion_desk.services.answers.plan import Plan, Told
    from motion_desk.ui.answers.exchange import Form

MOST_TOLD = 500
"""Lines that are listed."""
_SIGNS = {"error": "circle-alert", "muted": "info", "success": "circle-check"}


class PlanDialog(QDialog):
    """Shows what a file would do; it can be accepted only where all of it can be done."""

    def __init__(self, name: str, plan: Plan, form: Form, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("csv-import")
        self.setWindowTitle(tr("Import {}").format(tr(form.many)))
        self.resize(640, 460)
        level, head = _head(plan, form)
        sign = QHBoxLayout()
        sign.setSpacing(9)
        sign.addWidget(IconLabel(_SIGNS[level], level, 18))
        sentence = wrapped(breakable(head), "heading")
        sentence.setObjectName("csv-import:sum")
        sign.addWidget(sentence, 1)
        about = wrapped(breakable(" ".join(_about(name, plan, form))), "muted")
        about.setObjectName("csv-import:about")
        told = QPlainTextEdit("\n".join(_told(plan)), self)
        told.setObjectName("csv-import:told")
        told.setAccessibleName(tr("What each row does"))
        told.setReadOnly(True)
        told.setTabChangesFocus(True)
        told.setVisible(bool(plan.refused or plan.added or plan.changed))
        buttons = QDialogButtonBox(self)
        if plan.possible:
            accept = buttons.addButton(tr("Import"), QDialogButtonBox.ButtonRole.AcceptRole)
            accept.setObjectName("csv-import:do")
            accept.setProperty("role", "primary")
        shut = QDialogButtonBox.StandardButton
        buttons.addButton(shut.Cancel if plan.possible else shut.Close)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addLayout(sign)
        column.addWidget(about)
        column.addWidget(told, 1)
        column.addWidget(buttons)


def _head(plan: Plan, form: Form) -> tuple[str, str]:
    """How it stands with the file: its level, and the sentence."""
    if plan.refused:
        count = len(plan.refused)
        rows = tr("1 row of the file") if count == 1 else tr("{} rows of the file").format(count)
        return "error", tr("Nothing can be imported until {} is mended.").format(rows) if (
            count == 1
        ) else tr("Nothing can be imported until {} are mended.").format(rows)
    if not plan.possible:
        if not plan.untouched:
            text = tr("The file holds no {}, only the names of its columns.")
            return "muted", text.format(tr(form.many))
        return "muted", tr("There is nothing to import: all of it is here already.")
    parts = []
    if plan.added:
        parts.append(_counted(len(plan.added), form, tr("added")))
    if plan.changed:
        parts.append(_counted(len(plan.changed), form, tr("changed")))
    return "success", tr("{}.").format(", ".join(parts))


def _counted(count: int, form: Form, what: str) -> str:
    return f"{count} {tr(form.one if count == 1 else form.many)} {what}"


def _about(name: str, plan: Plan, form: Form) -> Iterator[str]:
    if plan.refused:
        yield tr(
            "“{}” is imported as a whole or not at all. Correct it and import it again."
        ).format(name)
        return
    yield tr("From “{}”, in one step that can be undone.").format(name)
    if plan.untouched:
        said = (
            tr("{} of the file's rows is here as it is.")
            if plan.untouched == 1
            else (tr("{} of the file's rows are here as they are."))
        )
        yield said.format(plan.untouched)
    if plan.kept:
        said = (
            tr("The {one} that the file does not name stays.")
            if plan.kept == 1
            else (tr("The {count} {many} that the file does not name stay."))
        )
        yield said.format(count=plan.kept, one=tr(form.one), many=tr(form.many))
    yield from plan.remarks


def _told(plan: Plan) -> Iterator[str]:
    """What each row does, what is to be mended first."""
    found = list(_lines(plan))
    yield from found[:MOST_TOLD]
    if len(found) > MOST_TOLD:
        yield tr("… and {} more.").format(len(found) - MOST_TOLD)


def _lines(plan: Plan) -> Iterator[str]:
    for each in plan.refused:
        who = tr("“{}”: ").format(each.name) if each.name else ""
        yield tr("Line {line}: {who}{why}").format(line=each.line, who=who, why=each.what)
    added, changed = tr("Added: {}"), tr("Changed: {}")
    if plan.refused:
        added, changed = tr("Would be added: {}"), tr("Would be changed: {}")
    for each in plan.added:
        yield added.format(_said(each))
    for each in plan.changed:
        yield changed.format(_said(each))


def _said(told: Told) -> str:
    notes = [told.what] if told.what else []
    notes += [tr("line {}").format(told.line)] if told.line else []
    return f"{told.name} ({', '.join(notes)})" if notes else told.name

"""Reporting: writes a test's report to a file, or puts it on the clipboard as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from motion_desk.ui.form.words import tr
from motion_desk.ui.questions import Questions
from motion_desk.ui.session import Session

if TYPE_CHECKING:
    from motion_desk.services.store import Store
    from motion_desk.services.tester.steps import Report


class Reporting:
    """Saves and copies reports. ``told`` gets a sentence on success, ``failed`` one on failure.

    The reports are written, and the files too, on the store's thread: a disk may be slow.
    """

    def __init__(
        self,
        session: Session,
        questions: Questions,
        told: Callable[[str], object],
        failed: Callable[[str], object],
    ) -> None:
        self._session = session
        self._questions = questions
        self._told = told
        self._failed = failed

    def save(self, report: Report) -> None:
        """Ask for a file and write the report there, in the form that its name's ending says."""
        self.save_as(
            _name(report), {each: partial(_made, form, report) for each, form in _FORMS.items()}
        )

    def save_as(self, name: str, forms: Mapping[str, Callable[[Store], str]]) -> None:
        """Ask for a file, suggesting ``name``, and write what the form of its ending gives.

        ``forms`` are called on the store's thread, by the endings ``.html``, ``.md``, ``.json``.
        """
        path = self._questions.save_report(name)
        if not path:
            return
        form = forms.get(path.suffix.lower())
        if form is None:
            text = tr("{} was not written: the name of a report ends in .html, .md or .json.")
            self._failed(text.format(path.name))
            return

        def refused(error: Exception) -> None:
            if isinstance(error, OSError):
                text = tr("The report was not written to {}: {}.")
                self._failed(text.format(path, error.strerror or error))
            else:
                self._session.failed.emit(error)

        def written(_: None) -> None:
            self._told(tr("The report is in {}.").format(path))

        def write(store: Store) -> None:
            path.write_text(form(store), encoding="utf-8")

        self._session.ask(write, written, refused)

    def copy(self, report: Report) -> None:
        """Put the report on the clipboard, as Markdown."""

        def written(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self._told(tr("The report is on the clipboard."))

        self._session.ask(lambda _: _markdown(report), written)


def _name(report: Report) -> str:
    """A file's name for a report, without what some file system refuses."""
    said = re.sub(r"[^\w-]+", "-", report.name or tr("Unnamed account")).strip("-")
    return f"{said}-{report.at.astimezone():%Y-%m-%d-%H%M}.html"


def _made(form: Callable[[Report], str], report: Report, _: Store) -> str:
    return form(report)


def _html(report: Report) -> str:
    from motion_desk.services.tester.html import html

    return html(report)


def _markdown(report: Report) -> str:
    from motion_desk.services.tester.markdown import markdown

    return markdown(report)


def _json(report: Report) -> str:
    from motion_desk.services.tester.keeping import json_text

    return json_text(report)


_FORMS: dict[str, Callable[[Report], str]] = {".html": _html, ".md": _markdown, ".json": _json}

"""Reporting: the board as one document, written on the store's thread."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from motion_desk.ui.board.board import Board
from motion_desk.ui.form.words import tr
from motion_desk.ui.test.reporting import Reporting

if TYPE_CHECKING:
    from motion_desk.services.store import Store
    from motion_desk.services.tester.board_report import BoardReport


def save(board: Board, reporting: Reporting) -> None:
    """Ask for a file and write all lines of the board there, with what to do about each."""
    from motion_desk.services.tester import board_report

    at = datetime.now(UTC)
    subjects = [line.subject for line in board.lines]
    rows = tuple(each.row for each in subjects if each.row and not each.trouble)
    unread = {each.name or each.account: each.trouble for each in subjects if each.trouble}
    known = board_report.BoardReport(rows, at, board.reports, unread)

    def form(write: Callable[[BoardReport], str]) -> Callable[[Store], str]:
        return lambda store: write(board_report.with_reports(store, known))

    forms = {
        ".html": form(board_report.html_text),
        ".md": form(board_report.markdown_text),
        ".json": form(board_report.json_text),
    }
    name = tr("All accounts").replace(" ", "-")
    reporting.save_as(f"{name}-{at.astimezone():%Y-%m-%d-%H%M}.html", forms)

"""What panels need beside the open documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from motion_desk.ui.board.board import Board
from motion_desk.ui.desk import Desk
from motion_desk.ui.messages import Messages
from motion_desk.ui.questions import Questions
from motion_desk.ui.session import Session
from motion_desk.ui.test.lab import LabSwitch
from motion_desk.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class PanelTools:
    """The desk, the store's thread, the questions, the colours, the lab, and ways out of a panel.

    ``tell`` says a sentence at the window's foot for some seconds, ``warn`` one above the page
    until it is closed. ``go_to`` opens a field of the open account or of the workspace by its key,
    ``open`` a document by its id (an account's, or the workspace's) on a section, a panel or a
    field. ``board`` knows all accounts, ``messages`` those that were
    opened for trial and timeline.
    """

    desk: Desk
    session: Session
    questions: Questions
    theme: Theme
    lab: LabSwitch
    tell: Callable[[str], None]
    warn: Callable[[str], None]
    go_to: Callable[[str], None]
    open: Callable[[str, str], None]
    board: Board
    messages: Messages

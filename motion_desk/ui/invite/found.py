"""Found: those of the people whose lines hold what is looked for."""

from __future__ import annotations

from PySide6.QtCore import QSortFilterProxyModel, Qt

from motion_desk.ui.invite.model import WORDS, People


class Found(QSortFilterProxyModel):
    """Shows them in the people's order; ``setFilterFixedString`` says what is looked for."""

    def __init__(self, people: People) -> None:
        super().__init__(people)
        self.setFilterRole(WORDS)
        self.setFilterKeyColumn(0)
        self.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setSourceModel(people)

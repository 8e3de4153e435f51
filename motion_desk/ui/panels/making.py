"""Making: the page of each panel, made when it is first chosen."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from motion_desk.ui.panels.tools import PanelTools

if TYPE_CHECKING:
    from motion_desk.ui.round_trip.trips import Trips

Maker = Callable[[QWidget], QWidget]


def makers(tools: PanelTools) -> dict[str, Maker]:
    """Makes the pages, by their panels' names; each imports what it is made of."""

    @cache
    def trips() -> Trips:
        from motion_desk.ui.round_trip.trips import Trips

        return Trips(tools, tools.desk)

    def round_trip(parent: QWidget) -> QWidget:
        from motion_desk.ui.round_trip.page import RoundTripPage

        return RoundTripPage(tools, trips(), parent)

    def domain(parent: QWidget) -> QWidget:
        from motion_desk.ui.domain.page import DomainPage

        return DomainPage(tools, trips(), parent)

    def trial(parent: QWidget) -> QWidget:
        from motion_desk.ui.trial.page import TrialPage

        return TrialPage(tools, parent)

    def timeline(parent: QWidget) -> QWidget:
        from motion_desk.ui.timeline.page import TimelinePage

        return TimelinePage(tools, parent)

    def interactions(parent: QWidget) -> QWidget:
        from motion_desk.ui.interactions.page import InteractionsPage

        return InteractionsPage(tools, parent)

    def board(parent: QWidget) -> QWidget:
        from motion_desk.ui.board.page import BoardPage

        return BoardPage(tools, parent)

    def calendar(parent: QWidget) -> QWidget:
        from motion_desk.ui.calendar.page import CalendarPage

        return CalendarPage(tools, parent)

    def sign_ins(parent: QWidget) -> QWidget:
        from motion_desk.ui.sign_ins.page import SignInsPage

        return SignInsPage(tools, parent)

    def invite(parent: QWidget) -> QWidget:
        from motion_desk.ui.invite.page import InvitePage

        return InvitePage(tools, parent)

    return {
        "round-trip": round_trip,
        "domain": domain,
        "trial": trial,
        "timeline": timeline,
        "interactions": interactions,
        "board": board,
        "calendar": calendar,
        "sign-ins": sign_ins,
        "invite": invite,
    }

"""Leading: from an account to the sign-ins, with its cloud provider chosen there."""

from __future__ import annotations

from motion_desk.ui.panels.tools import PanelTools
from motion_desk.ui.section_pages import SectionPages

NAME = "sign-ins"
"""The panel's name."""


def lead(tools: PanelTools, pages: SectionPages) -> None:
    """Go from the open account to the sign-ins, where its cloud provider is chosen."""
    from motion_desk.ui.sign_ins.page import SignInsPage

    account, page = tools.desk.account, pages.panel(NAME)
    if account and isinstance(page, SignInsPage):
        page.choose(account.authentication.cloud_provider)
    tools.open(tools.desk.workspace.id, NAME)

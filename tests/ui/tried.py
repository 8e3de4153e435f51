"""Accounts with header filters, and messages in files, for the tests of the filter trial."""

from __future__ import annotations

from pathlib import Path

import pytest

from motion_desk.models.account import Account
from motion_desk.models.choices import Operator, Verdict
from motion_desk.models.document import put
from motion_desk.models.sections.routing import HeaderFilter
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.ui.scripted import claims

SPAM = HeaderFilter(id="spam", header="X-Spam-Flag", operator=Operator.EQUALS, value="YES")
SCORE = HeaderFilter(
    id="score", header="X-Spam-Score", operator=Operator.MATCHES, value=r"^([5-9]|\d\d)\."
)
FRIEND = HeaderFilter(
    id="friend",
    header="From",
    operator=Operator.ENDS,
    value="@partner.example",
    verdict=Verdict.ACCEPT,
)
RULES = (FRIEND, SPAM, SCORE)
KEY = "advanced.header_filters"


def filtered(name: str = "Claims", rules: tuple[HeaderFilter, ...] = RULES) -> Account:
    """A complete account with header filters."""
    return put(claims(name), KEY, rules)


def eml(folder: Path, name: str, subject: str, *headers: str) -> Path:
    """A message in a file."""
    path = folder / f"{name}.eml"
    lines = (f"Subject: {subject}", "From: someone@shop.example", *headers)
    path.write_bytes("\r\n".join((*lines, "", "Hello")).encode())
    return path


def post(folder: Path) -> list[Path]:
    """Three messages: one without a mark, one marked as spam, and one with a score as well."""
    return [
        eml(folder, "plain", "Where is my order?"),
        eml(folder, "spam", "You have won", "X-Spam-Flag: YES"),
        eml(folder, "both", "Cheap watches", "X-Spam-Flag: yes", "X-Spam-Score: 12.5"),
    ]


@pytest.fixture
def filters(path: Path, stage: Stage) -> Driver:
    """A window on two accounts with header filters, the lab off."""
    stored(path, filtered(), filtered("Sales", (SPAM,)))
    driver = stage()
    driver.open("Claims")
    return driver

"""The scene: a window on two cloud providers, whose sign-ins go to a lab as if it were Microsoft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit, QWidget

from motion_desk.models.account import Account
from motion_desk.models.choices import Service
from motion_desk.models.secret import Secret
from motion_desk.models.sections.directory import CloudProviderEntry, CloudProviders
from motion_desk.models.workspace import Workspace
from motion_desk.services.lab import Lab
from motion_desk.services.oauth import cache
from motion_desk.services.secrets import service_of
from motion_desk.services.store import Store
from motion_desk.ui.sign_ins.attempt import Phase
from motion_desk.ui.sign_ins.page import SignInsPage
from tests.journeys.driver import Driver
from tests.journeys.signing import come, led_to
from tests.journeys.stage import Stage, stored
from tests.journeys.two import account

CANARY = "a canary in the mine"
FIRST = CloudProviderEntry(
    id="first",
    name="First",
    tenant="11111111-2222-3333-4444-555555555555",
    client_id="app-1",
    client_secret=Secret(typed=CANARY),
)
EMPTY = CloudProviderEntry(id="empty", name="Empty")
USER = "robot@lab.example"


def modern(name: str, provider: str) -> Account:
    return account(
        name,
        settings__service=Service.OUTLOOK365,
        settings__address="care@lab.example",
        authentication__username="care@lab.example",
        authentication__modern=True,
        authentication__modern_address=USER,
        authentication__cloud_provider=provider,
    )


def workspace(*entries: CloudProviderEntry) -> Workspace:
    return Workspace(cloud_providers=CloudProviders(entries=entries))


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    with Lab(tmp_path / "lab", scale=0.02) as lab:
        lab.identity.user = USER
        yield lab
    assert lab.seen.errors == ()


@pytest.fixture
def page(path: Path, stage: Stage, lab: Lab) -> SignInsPage:
    """The page on two providers, of which one account uses the first; it leads to the lab."""
    stored(path, workspace(FIRST, EMPTY), modern("Customer care", "first"))
    driver = stage()
    with_secret(driver)
    page = come(driver)
    led_to(page, lab)
    return page


@pytest.fixture
def driver(page: SignInsPage, stage: Stage) -> Driver:
    """The window that the page is in."""
    from tests.journeys.stage import the_application

    return Driver(the_application()[0])


def with_secret(driver: Driver) -> None:
    """Type the client secret again: what ``stored`` knew was another program's."""
    driver.open("Workspace")
    desk = driver.console.desk
    entries = desk.workspace.cloud_providers.entries
    typed = tuple(
        replace(each, client_secret=FIRST.client_secret) if each.id == "first" else each
        for each in entries
    )
    desk.edit("cloud_providers.entries", typed)
    driver.save()


def kept(driver: Driver, provider: str = "first") -> str:
    """What the keyring has of a provider."""
    found: list[str] = []

    def look(store: Store) -> str:
        return cache.kept(store.secrets, service_of(store.identity), provider)

    driver.console.session.ask(look, found.append)
    driver.settled()
    return found[0]


def state(driver: Driver) -> str:
    return str(driver.find("sign-ins:state").text()).replace("\u200b", "")


def phase(page: SignInsPage) -> Phase | None:
    return page.signing.attempt.phase if page.signing.attempt else None


def everything_said(page: QWidget) -> str:
    """All texts, tool tips and accessible texts of the page, and the clipboard's."""
    said = [QGuiApplication.clipboard().text()]
    for widget in [page, *page.findChildren(QWidget)]:
        said += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QPushButton):
            said.append(widget.text())
        elif isinstance(widget, QTextEdit):
            said.append(widget.toPlainText())
    return "\n".join(said)

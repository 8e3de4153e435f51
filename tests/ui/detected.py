"""The dialog “Detect settings” for tests: opened on a shop's account, led to servers on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from motion_desk.models.secret import Secret
from motion_desk.services.discovery.search import Request
from motion_desk.services.mail.names import Route
from motion_desk.ui.detecting.dialog import DetectDialog
from motion_desk.ui.detecting.searching import Wanted, Way
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage, stored
from tests.journeys.two import account
from tests.services.discovery.searches import nowhere
from tests.services.domain.name_server import NameServer, Zone, name_server

ADDRESS = "care@shop.test"
CANARY = "canary-in-the-mine-4711"
SHOP: Zone = {
    "shop.test": ["MX 5 mx.shop.test."],
    "_imaps._tcp.shop.test": ["SRV 0 1 993 imap.shop.test."],
    "_submissions._tcp.shop.test": ["SRV 0 1 465 smtp.shop.test."],
    "_submission._tcp.shop.test": ["SRV 0 1 587 mail.host.test."],
}


@pytest.fixture
def shop(path: Any, stage: Stage) -> Driver:
    """A window on an account of a custom service, with a typed password."""
    stored(path, account("Alpha", settings__address=ADDRESS, imap__host="mail.old.test"))
    driver = stage()
    for key in ("imap.password", "smtp.password"):
        driver.console.desk.edit(key, Secret(typed=CANARY))
    return driver


@pytest.fixture
def shop_names() -> Iterator[NameServer]:
    """A name server that knows the shop's domain."""
    with name_server(SHOP) as made:
        yield made


Dialog = Callable[..., DetectDialog]


@pytest.fixture
def open_dialog(shop: Driver) -> Iterator[Dialog]:
    """Opens the dialog for the open account, with searches led as a test wants."""
    dialogs: list[DetectDialog] = []

    def opened(way: Way) -> DetectDialog:
        console = shop.console
        dialog = DetectDialog(console.desk, console.testing.lab, console.window, way=way)
        dialogs.append(dialog)
        dialog.open()
        shop.rest()
        return dialog

    yield opened
    for dialog in dialogs:
        dialog.reject()
        dialog.deleteLater()
    shop.rest()


def way(names: NameServer, route: Route = nowhere, **more: Any) -> Way:
    """Leads searches to a name server and, by a route, to servers."""

    def made(wanted: Wanted) -> Request:
        request = Request(wanted.address, names.resolver, ispdb=wanted.ispdb, route=route)
        return replace(request, given=wanted.given, **more)

    return made


def labels(top: QWidget) -> list[Any]:
    return top.findChildren(QLabel)


def texts(driver: Driver, within: str, text: str) -> bool:
    """Whether some visible label in a widget has a text."""
    return any(
        text in label.text().replace("\u200b", "") and label.isVisible()
        for label in labels(driver.find(within))
    )

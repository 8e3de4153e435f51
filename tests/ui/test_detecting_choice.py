"""What was detected is chosen and used, in one step, and no password is ever sent."""

from __future__ import annotations

import base64
import socket
from collections.abc import Callable

from PySide6.QtCore import Qt

from motion_desk.models.choices import Service
from motion_desk.services.discovery.search import Request
from motion_desk.ui.detecting.searching import Wanted
from tests.journeys.detecting import choose, drawn, said, search, searched, titles
from tests.journeys.driver import Driver
from tests.services.domain.name_server import NameServer, name_server
from tests.services.mail.scripted import server
from tests.ui.detected import ADDRESS, CANARY, Dialog, labels, texts, way
from tests.ui.test_labels import faults


def test_a_choice_shows_what_changes_and_using_it_is_one_step_that_undo_takes_back(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    before = shop.account_draft()
    open_dialog(way(shop_names))
    search(shop)
    assert texts(shop, "card:1", "mail.old.test  →  imap.shop.test")
    choose(shop, 2)
    assert texts(shop, "card:2", "465  →  587")
    assert texts(shop, "card:2", "“mail.host.test” lies outside “shop.test”")
    assert texts(shop, "card:2", "The next test sends the account's password to imap.shop.test")
    assert not texts(shop, "card:1", "mail.old.test  →  imap.shop.test"), "only of the chosen"
    shop.press("detect:use")
    after = shop.account_draft()
    assert (after.imap.host, after.smtp.host, after.smtp.port) == (
        "imap.shop.test",
        "mail.host.test",
        587,
    )
    assert after.imap.password == before.imap.password
    assert after.imap.username == ADDRESS
    shop.command("undo")
    assert shop.account_draft() == before


def test_evidence_is_shown_on_demand(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    open_dialog(way(shop_names))
    search(shop)
    assert not shop.is_there("evidence-text:1")
    shop.press("evidence:1")
    assert texts(shop, "evidence-text:1", "_imaps._tcp.shop.test SRV 0 1 993 imap.shop.test")


def test_settings_that_the_account_has_already_cannot_be_used_again(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    open_dialog(way(shop_names))
    search(shop)
    shop.press("detect:use")
    open_dialog(way(shop_names))
    search(shop)
    assert texts(shop, "card:1", "Nothing: the account has these settings already.")
    assert not shop.find("detect:use").isEnabled()
    choose(shop, 2)
    assert shop.find("detect:use").isEnabled()


def test_a_built_in_service_is_offered_as_such(shop: Driver, open_dialog: Dialog) -> None:
    with name_server({"shop.test": ["MX 1 aspmx.l.google.com."]}) as names:
        open_dialog(way(names))
        search(shop)
        assert titles(shop) == ["Built-in service “Gmail”"]
        assert texts(shop, "card:1", "Custom  →  Gmail")
        shop.press("detect:use")
    assert shop.value("settings.service") is Service.GMAIL


def test_the_keyboard_alone_finds_chooses_and_uses(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    open_dialog(way(shop_names))
    shop.press_key(Qt.Key.Key_Return)
    searched(shop)
    for _ in range(20):
        shop.press_key(Qt.Key.Key_Tab)
        if shop.find("proposal:1").hasFocus():
            break
    assert shop.find("proposal:1").hasFocus()
    shop.press_key(Qt.Key.Key_Down)
    assert shop.find("proposal:2").isChecked()
    shop.press_key(Qt.Key.Key_Return)
    assert shop.value("smtp.host") == "mail.host.test"


def test_many_proposals_are_shown_in_two_parts(shop: Driver, open_dialog: Dialog) -> None:
    zone = {
        "_imaps._tcp.shop.test": [f"SRV {n} 1 993 imap{n}.shop.test." for n in range(3)],
        "_imap._tcp.shop.test": [f"SRV {n} 1 143 in{n}.shop.test." for n in range(3)],
        "_submissions._tcp.shop.test": [f"SRV {n} 1 465 out{n}.shop.test." for n in range(3)],
        "_submission._tcp.shop.test": [f"SRV {n} 1 587 sub{n}.shop.test." for n in range(3)],
    }
    with name_server({**zone, "shop.test": ["MX 1 aspmx.l.google.com."]}) as names:
        open_dialog(way(names))
        search(shop)
    assert len(titles(shop)) == 6
    choose(shop, 5)
    shop.press("show-all")
    drawn(shop)
    assert len(titles(shop)) > 6
    assert shop.find("proposal:5").isChecked()
    assert not shop.is_there("show-all")


def test_hosts_and_sentences_of_others_are_shown_harmlessly(
    shop: Driver, open_dialog: Dialog
) -> None:
    long = f"{'a' * 60}.{'b' * 60}.{'c' * 60}.shop.test"
    zone = {"_imaps._tcp.shop.test": [f"SRV 0 1 993 {long}."]}
    with name_server(zone) as names:
        dialog = open_dialog(way(names))
        search(shop)
    dialog.resize(dialog.minimumSize())
    assert faults(shop, dialog) == []


# What is never sent


def recorder(heard: list[bytes], greeting: bytes) -> Callable[[socket.socket], None]:
    """Greets, agrees to every line, and notes all that a client says."""

    def play(connection: socket.socket) -> None:
        connection.sendall(greeting)
        while data := connection.recv(4096):
            heard.append(data)
            agreed = b"250" if greeting.startswith(b"2") else data.split(b" ")[0]
            connection.sendall(b"* CAPABILITY IMAP4rev1\r\n" * (agreed != b"250"))
            connection.sendall(agreed + b" OK done\r\n")

    return play


def test_no_password_is_sent_to_any_host_while_detecting(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    """The account has passwords typed; servers that greet on every port note what they hear."""
    heard: list[bytes] = []
    with (
        server(recorder(heard, b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n")) as imap,
        server(recorder(heard, b"220 mail.shop.test ESMTP\r\n")) as smtp,
    ):
        open_dialog(
            way(shop_names, lambda _, port: ((smtp if port in (465, 587) else imap),), patience=3.0)
        )
        search(shop)
        assert "greets" in said(shop, "probing")
        shop.press("detect:use")
        shop.settled()
    sent = b"".join(heard)
    assert b"EHLO" in sent, "servers of SMTP were met"
    assert b"CAPABILITY" in sent, "servers of IMAP were met"
    for text in (CANARY.encode(), base64.b64encode(CANARY.encode()), b"LOGIN", b"AUTH "):
        assert text not in sent
    words = " ".join(str(each.text()) for each in labels(shop.console.window))
    assert CANARY not in words


def test_a_search_is_given_the_address_and_no_part_of_the_account(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    wanted: list[Wanted] = []

    def noted(each: Wanted) -> Request:
        wanted.append(each)
        return way(shop_names)(each)

    open_dialog(noted)
    search(shop)
    assert wanted == [Wanted(ADDRESS)]


def test_the_new_account_dialog_is_filled_and_its_smtp_logs_in_as_detected(
    shop: Driver,
) -> None:
    lab = shop.console.testing.lab
    lab.scale = 0.02
    lab.turn_on("healthy")
    shop.command("new-account")
    shop.type("settings.name", "Shop")
    shop.type("settings.address", "shop@laden.example")
    shop.press("new-account:detect")
    assert shop.find("detect:address").text() == "shop@laden.example"
    search(shop)
    shop.press("detect:use")
    said_then = shop.find("new-account:detected").text()
    assert said_then.startswith("The detected settings are filled in. For imap.laden.example:993")
    assert shop.find("imap.host").text() == "imap.laden.example"
    shop.press("create")
    shop.settled()
    shop.wait(lambda: "Shop" in shop.accounts(), "the account")
    shop.wait(lambda: shop.value("settings.name") == "Shop", "the account on screen")
    made = shop.account_draft()
    assert (made.smtp.host, made.smtp.username) == ("smtp.laden.example", "shop@laden.example")

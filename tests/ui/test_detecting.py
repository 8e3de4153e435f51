"""The dialog “Detect settings” searches, is stopped, and says what each source said."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from motion_desk.services import folders
from motion_desk.services.discovery.search import Request
from motion_desk.ui.detecting.searching import Wanted
from tests.journeys.detecting import choose, said, search, searched, titles
from tests.journeys.driver import Driver
from tests.patience import PROMPT
from tests.services.discovery import files
from tests.services.discovery.web import page, web_server
from tests.services.domain.name_server import Manner, NameServer, Zone, name_server
from tests.services.mail.scripted import server, silence
from tests.ui.detected import ADDRESS, SHOP, Dialog, way
from tests.ui.test_access import spoken
from tests.ui.test_labels import faults


def test_before_a_search_it_says_what_to_do_and_asks_nobody(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    dialog = open_dialog(way(shop_names))
    assert dialog.address.text() == ADDRESS
    assert shop.find("detect:said").text().startswith("Type the address of the mailbox")
    assert not shop.find("detect:use").isEnabled()
    assert not shop.is_there("strip:detect-lab")
    assert not [each for each in threading.enumerate() if each.name == "motion-desk-detect"]
    assert shop_names.asked == []


def test_each_source_says_how_it_ended_and_the_best_settings_are_chosen(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    open_dialog(way(shop_names))
    shop.press_key(Qt.Key.Key_Return)  # in the address, where the focus is
    searched(shop)
    assert said(shop, "srv") == "Its service records name 3 servers."
    assert said(shop, "mx").startswith("Its mail is received by mx.shop.test")
    assert said(shop, "ispdb") == "It was not asked, for it would learn of the domain."
    assert titles(shop) == ["Named by DNS", "Named by DNS"]
    assert shop.find("proposal:1").isChecked()
    assert shop.find("detect:use").isEnabled()
    assert shop.find("source:srv").accessibleName().startswith("DNS service records: Its")


def test_what_is_found_is_shown_while_other_sources_are_still_looked_at(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    with server(silence) as place:
        open_dialog(way(shop_names, lambda *_: (place,), patience=30.0))
        shop.press("detect:search")
        shop.wait(lambda: titles(shop), "the first settings")
        assert said(shop, "probing") == "Looking…"
        assert shop.find("detect:search").text() == "Stop"
        assert shop.find("detect:said").text() == "Found so far:"
        begun = monotonic()
        shop.press_key(Qt.Key.Key_Escape)
        searched(shop)
        assert monotonic() - begun < PROMPT
    assert said(shop, "probing") == "It was stopped."
    assert titles(shop), "what was found stays"
    shop.press_key(Qt.Key.Key_Escape)
    assert not shop.is_there("detect:search"), "the second time closes it"


def test_a_second_search_replaces_the_first(shop: Driver, open_dialog: Dialog) -> None:
    zone = {**SHOP, "_imaps._tcp.other.test": ["SRV 0 1 993 imap.other.test."]}
    with name_server(zone, {"shop.test": Manner.SILENT}) as names:
        open_dialog(way(names, patience=30.0))
        shop.press("detect:search")
        shop.wait(lambda: said(shop, "srv") == "Looking…", "the first search")
        search(shop, "care@other.test")
        assert shop.find("detect:said").text() == "Found for care@other.test:"
        assert "imap.other.test" in shop.find("proposal:1").accessibleName()
        assert len(titles(shop)) == 1


def test_closing_ends_a_search_that_nobody_answers_at_once(
    shop: Driver, open_dialog: Dialog
) -> None:
    with server(silence) as place, name_server({}, {"test": Manner.SILENT}) as names:
        dialog = open_dialog(way(names, lambda *_: (place,), patience=60.0))
        shop.press("detect:search")
        shop.wait(lambda: names.asked, "the first question")
        begun = monotonic()
        dialog.reject()
        shop.rest()
        assert monotonic() - begun < PROMPT
        assert not dialog.isVisible()
        left = [each for each in threading.enumerate() if each.name.startswith("motion-desk-srv")]
        for thread in left:
            thread.join(1.0)
            assert not thread.is_alive()


def test_closing_the_window_ends_a_search(shop: Driver, open_dialog: Dialog) -> None:
    with server(silence) as place, name_server({}, {"test": Manner.SILENT}) as names:
        open_dialog(way(names, lambda *_: (place,), patience=60.0))
        shop.press("detect:search")
        shop.wait(lambda: names.asked, "the first question")
        shop.close()
        for thread in threading.enumerate():
            if thread.name.startswith("motion-desk-srv"):
                thread.join(1.0)
                assert not thread.is_alive()


def test_the_public_list_learns_of_the_domain_only_if_that_is_wanted(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    wanted: list[Wanted] = []

    def noted(each: Wanted) -> Request:
        wanted.append(each)
        return way(shop_names)(each)

    open_dialog(noted)
    search(shop)
    shop.press("detect:list")
    search(shop)
    assert [each.ispdb for each in wanted] == [False, True]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "There is no email address to look for."),
        ("shop.test", "“shop.test” is not an email address."),
        ("a b@shop.test", "“a b@shop.test” is not an email address."),
    ],
)
def test_what_is_no_address_is_said(
    address: str, sentence: str, shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    dialog = open_dialog(way(shop_names))
    dialog.address.setText(address)
    shop.press("detect:search")
    shop.wait(lambda: shop.is_there("detect:problem"), "the problem")
    assert shop.find("detect:problem").text() == sentence
    assert shop_names.asked == []
    search(shop, ADDRESS)
    assert not shop.is_there("detect:problem")


@pytest.mark.parametrize(
    ("zone", "manners", "source", "sentence"),
    [
        ({}, {"test": Manner.SILENT}, "mx", "The name service did not answer in time."),
        ({"shop.test": ["CNAME shop.test."]}, {}, "mx", "The aliases of shop.test lead in a circle."),
        ({}, {"test": Manner.GARBAGE}, "srv", "The name service's answer makes no sense."),
        ({}, {}, "probing", "No server greets at the usual names and ports."),
    ],
    ids=["never answers", "loops", "lies", "no network"],
)  # fmt: skip
def test_a_network_that_fails_is_said_by_each_source_and_what_to_do_then(
    zone: Zone,
    manners: Mapping[str, Manner],
    source: str,
    sentence: str,
    shop: Driver,
    open_dialog: Dialog,
) -> None:
    with name_server(zone, manners) as names:
        open_dialog(way(names, patience=0.6))
        search(shop)
    assert said(shop, source) == sentence
    assert titles(shop) == []
    assert shop.find("detect:said").text().startswith("Nothing was found for care@shop.test.")
    assert not shop.find("detect:use").isEnabled()


def test_an_error_of_the_program_is_said_and_the_next_search_works(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    broken = [OSError("no such thing")]

    def made(wanted: Wanted) -> Request:
        if broken:
            raise broken.pop()
        return way(shop_names)(wanted)

    open_dialog(made)
    search(shop)
    assert shop.find("detect:problem").text() == "OSError: no such thing"
    search(shop)
    assert titles(shop)


def test_a_lab_that_cannot_start_is_said(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    folder = folders.data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lab").write_text("a file where a folder is wanted")
    shop.console.testing.lab.turn_on("healthy")
    open_dialog(way(shop_names))
    search(shop)
    assert shop.find("detect:problem").text().endswith(".")
    assert shop_names.asked == [], "nothing but the lab is asked"


def test_a_malicious_file_is_said_by_its_source(shop: Driver, open_dialog: Dialog) -> None:
    with web_server(lambda *_: page(files.LAUGHS)) as web, name_server({}) as names:
        made = way(names, web.route)
        open_dialog(lambda wanted: replace(made(wanted), given=(web.authority,)))
        search(shop)
    assert said(shop, "autoconfig") == "Its autoconfig file defines entities, which it must not."
    assert titles(shop) == []


# Looks and access


def test_nothing_is_cut_in_the_dialog(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    dialog = open_dialog(way(shop_names))
    for size in ((980, 640), (720, 460)):
        dialog.resize(*size)
        assert faults(shop, dialog) == []
        search(shop)
        shop.press("evidence:1")
        choose(shop, 2)
        assert faults(shop, dialog) == []


def test_whatever_takes_the_focus_in_the_dialog_has_a_name(
    shop: Driver, open_dialog: Dialog, shop_names: NameServer
) -> None:
    dialog = open_dialog(way(shop_names))
    search(shop)
    for widget in dialog.findChildren(QWidget):
        by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
        if by_tab and widget.isVisible():
            assert spoken(widget), widget.objectName() or widget
    assert "imap.shop.test:993" in spoken(shop.find("proposal:1"))


def test_only_accounts_have_settings_to_detect(shop: Driver) -> None:
    assert shop.can("detect")
    shop.open("Workspace")
    assert not shop.can("detect")

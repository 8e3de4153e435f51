"""Bad input: a sentence at the field, a way to it from the panel, and nothing lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.sections.answers import DispositionEntry
from tests.journeys.driver import Answers, Driver
from tests.journeys.filling import directory
from tests.journeys.stage import Stage, stored

Put = Callable[[Driver], str]
"""Enters something bad and gives the key of the field at which it should be told."""


def chain(levels: int) -> tuple[DispositionEntry, ...]:
    """Dispositions that lie below each other."""
    return tuple(
        DispositionEntry(
            id=f"d{level}", name=f"Level {level}", parent=f"d{level - 1}" * (level > 1)
        )
        for level in range(1, levels + 1)
    )


@pytest.fixture
def window(path: Path, stage: Stage) -> Driver:
    """A window on the account Alpha, beside another one whose key is BETA."""
    alpha = Account()
    for key, value in {
        "settings.name": "Alpha",
        "settings.key": "ALPHA",
        "settings.address": "alpha@example.com",
        "imap.authentication": False,
        "smtp.authentication": False,
        "smtp.host": "mail.example.com",
        "dispositions.entries": chain(3),
    }.items():
        alpha = put(alpha, key, value)
    beta = put(put(Account(), "settings.name", "Beta"), "settings.key", "BETA")
    stored(path, directory(), alpha, beta)
    return stage()


def typed(key: str, text: str) -> Put:
    def put_in(driver: Driver) -> str:
        driver.section(key.partition(".")[0])
        driver.type(key, text)
        return key

    return put_in


def fourth_level(driver: Driver) -> str:
    driver.section("dispositions")
    driver.choose("dispositions.entries", "d3")
    row = driver.add("dispositions.entries")
    driver.type(f"dispositions.entries/{row}/name", "Level 4")
    driver.press("dispositions.entries:nest")
    return f"dispositions.entries/{row}/name"


def nul(driver: Driver) -> str:
    driver.section("advanced")
    driver.paste("advanced.hostname", "mo\0tion")
    return "advanced.hostname"


def much(driver: Driver) -> str:
    driver.section("settings")
    driver.paste("settings.description", "x" * 70_000)
    return "settings.description"


def retired_list(driver: Driver) -> str:
    """An active account whose list is gone from the directory."""
    driver.section("imap")
    driver.type("imap.host", "mail.example.com")
    driver.section("settings")
    driver.pick("settings.list", "Customers")
    driver.save()
    driver.open("Workspace")
    driver.section("lists")
    driver.console.desk.edit("lists.entries", ())  # the window itself would refuse: it is in use
    driver.open("Alpha")
    driver.section("settings")
    driver.command("activate")
    return "settings.list"


WRONG: dict[str, tuple[Put, str]] = {
    "a key of 6 characters": (
        typed("settings.key", "ABCDEF"),
        "At most 5 characters are allowed; this has 6. Shorten it by 1.",
    ),
    "no second": (
        typed("settings.wait_agent", "0"),
        "0 is outside 1 to 2147483. Choose a number in that range.",
    ),
    "a second too many": (
        typed("settings.wait_queue", "2147484"),
        "2147484 is outside 1 to 2147483. Choose a number in that range.",
    ),
    "no number": (
        typed("imap.connection_timeout", "10s"),
        "“10s” is not a whole number. Type digits only.",
    ),
    "a port of 70000": (
        typed("imap.port", "70000"),
        "70000 is outside 1 to 65535. Choose a number in that range.",
    ),
    "no address": (
        typed("settings.address", "alpha at example.com"),
        "“alpha at example.com” is not an email address. Example: support@example.com.",
    ),
    "a dangling reference": (
        retired_list,
        "List names an entry that is no longer in the directory. Choose another one.",
    ),
    "a fourth level": (fourth_level, "This is level 4; Motion has 3. Move it up."),
    "a character that no store takes": (nul, "Character 3 cannot be stored (U+0000). Delete it."),
    "a long description": (
        much,
        "At most 65535 characters are allowed; this has 70000. Shorten it by 4465.",
    ),
}


def sentences(driver: Driver, key: str) -> list[str]:
    """What stands below a field."""
    return [
        label.text().replace("\u200b", "")
        for label in driver.find(f"problems:{key}").findChildren(QLabel)
        if label.text() and label.isVisible()
    ]


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_value_is_told_at_its_field_and_is_never_stored(
    window: Driver, answers: Answers, what: str
) -> None:
    put_in, sentence = WRONG[what]
    key = put_in(window)
    value = window.value(key)
    assert sentence in sentences(window, key)

    # The panel leads there from elsewhere.
    assert window.problems()[key].endswith(sentence)
    window.section("actions")
    window.console.window.resize(window.console.window.width(), 600)
    window.go_to_problem(key)
    assert window.console.window.section == key.partition(".")[0]
    assert window.focused() == key
    assert window.is_in_view(key)

    # Saving is refused, and leads there too.
    window.section("actions")
    window.command("save")
    window.settled()
    assert sentence in window.said()
    assert window.said().startswith("Alpha is not saved yet. Mend this first: ")
    assert window.focused() == key
    assert window.console.desk.unsaved

    # Closing asks, and staying loses nothing.
    answers.answers["save_changes"] = "cancel"
    window.console.window.close()
    window.rest()
    assert window.console.window.isVisible()
    assert window.value(key) == value
    answers.answers["save_changes"] = "save"
    window.console.window.close()
    window.settled()
    assert window.console.window.isVisible(), "what cannot be saved keeps the window open"
    assert window.value(key) == value


def test_a_key_that_another_account_has_is_a_warning_and_can_be_saved(window: Driver) -> None:
    window.type("settings.key", "BETA")
    sentence = "“BETA” is also the key of Beta. Agents could not tell their tabs apart."
    assert sentence in sentences(window, "settings.key")
    assert window.problems()["settings.key"].endswith(sentence)
    window.save()
    assert not window.console.desk.unsaved
    assert sentence in sentences(window, "settings.key")


def test_what_is_missing_keeps_only_an_active_account_from_being_saved(window: Driver) -> None:
    assert "IMAP host is needed before the account can be active." in window.problems()["imap.host"]
    window.type("settings.description", "unfinished")
    window.save()
    assert not window.console.desk.unsaved
    window.turn("settings.active")
    window.command("save")
    window.settled()
    assert window.said().endswith("Mend this first: List. List is needed. Fill it in.")
    assert window.console.desk.unsaved


def test_saving_all_stops_at_the_document_that_cannot_be_saved(window: Driver) -> None:
    window.open("Beta")
    window.type("settings.key", "TOOLONG")
    window.open("Alpha")
    window.type("settings.description", "good")
    window.command("save-all")
    window.settled()
    assert window.said().startswith("Beta is not saved yet.")
    assert window.focused() == "settings.key"
    assert window.value("settings.key") == "TOOLONG"
    assert len(window.console.desk.unsaved) == 2, "nothing is stored by halves"


def test_a_page_of_text_in_a_number_is_told_in_a_short_sentence(window: Driver) -> None:
    window.paste("settings.wait_agent", "9x" * 100_000)
    [sentence] = sentences(window, "settings.wait_agent")
    assert sentence.endswith("” is not a whole number. Type digits only.")
    assert len(sentence) < 150
    window.command("undo")
    assert window.value("settings.wait_agent") == 10


@pytest.mark.parametrize("end", ["\n", " "], ids=["in lines", "in one line"])
def test_a_description_of_10_mb_is_told_and_the_window_stays_usable(
    window: Driver, end: str
) -> None:
    text = f"{'All work and no play makes Jack a dull boy. ' * 10}{end}" * 23_000
    start = time.perf_counter()
    window.paste("settings.description", text)
    taken = {"paste": time.perf_counter() - start}
    assert window.value("settings.description") == text
    [sentence] = sentences(window, "settings.description")
    assert sentence.startswith("At most 65535 characters are allowed; this has 10143000.")
    deeds: dict[str, Callable[[], object]] = {
        "type elsewhere": lambda: window.type("settings.key", "A"),
        "go there": lambda: window.focus("settings.description"),
        "type there": lambda: window.type_on("!"),
        "undo": lambda: window.command("undo"),
        "go elsewhere": lambda: window.section("imap"),
        "come back": lambda: window.section("settings"),
        "save": lambda: window.command("save"),
        "refusal": window.settled,
    }
    for what, act in deeds.items():
        start = time.perf_counter()
        act()
        taken[what] = time.perf_counter() - start
    assert window.value("settings.description") == text
    print({what: f"{seconds:.2f} s" for what, seconds in taken.items()})
    assert max(taken.values()) < 20, taken
    window.focus("settings.description")
    window.press_key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert window.value("settings.description") == ""

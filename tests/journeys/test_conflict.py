"""Two programs on one file: the second to save is asked, and nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from motion_desk.models.account import Account
from motion_desk.models.document import put
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Second, Stage, end, stored


@pytest.fixture
def first(path: Path, stage: Stage) -> Driver:
    """A window that has Alpha open, with a name of its own and nothing saved."""
    stored(path, put(Account(), "settings.name", "Alpha"))
    return stage()


@pytest.fixture
def second(path: Path, first: Driver) -> Iterator[Driver]:
    """The window of another program on the same file, which has Alpha open too."""
    holder = Second(path, Answers(save_changes="discard"))
    driver = Driver(holder)
    driver.wait(lambda: driver.console.desk.current, "the account")
    driver.settled()
    yield driver
    end(holder)


@pytest.fixture
def met(first: Driver, second: Driver) -> None:
    """Both have changed Alpha, and the second has saved."""
    second.type("settings.name", "Theirs")
    second.type("settings.key", "THEM")
    second.save()
    first.type("settings.name", "Mine")


def as_stored(driver: Driver) -> str:
    """The account's name as the file has it."""
    found: list[str] = []
    driver.console.session.ask(lambda store: store.accounts()[0].name, found.append)
    driver.settled()
    return found[0]


@pytest.mark.usefixtures("met")
def test_deciding_later_changes_nothing_and_asks_again(
    first: Driver, second: Driver, answers: Answers
) -> None:
    for _ in range(2):
        answers.asked.clear()
        first.save()
        assert answers.asked == [("whose", ("Mine",))]
        assert first.value("settings.name") == "Mine"
        assert first.console.desk.unsaved
        assert as_stored(first) == "Theirs"


@pytest.mark.usefixtures("met")
def test_keeping_mine_stores_my_version_and_the_other_program_is_asked_then(
    first: Driver, second: Driver, answers: Answers
) -> None:
    answers.answers["whose"] = "mine"
    first.save()
    assert as_stored(first) == "Mine"
    assert not first.console.desk.unsaved
    assert (first.value("settings.name"), first.value("settings.key")) == ("Mine", "")
    second.type("settings.key", "AGAIN")
    second.save()
    assert as_stored(second) == "Mine"
    assert second.console.desk.unsaved
    questions = second.console.questions
    assert isinstance(questions, Answers)
    assert questions.asked == [("whose", ("Theirs",))]


@pytest.mark.usefixtures("met")
def test_taking_theirs_drops_my_changes_and_shows_the_other_version(
    first: Driver, answers: Answers
) -> None:
    answers.answers["whose"] = "theirs"
    first.save()
    assert as_stored(first) == "Theirs"
    assert not first.console.desk.unsaved
    assert first.find("settings.name").text() == "Theirs"
    assert first.find("settings.key").text() == "THEM"
    assert first.accounts() == ["Theirs"]
    first.type("settings.key", "MORE")
    first.save()
    assert not first.console.desk.unsaved, "it goes on from there"


def erase(driver: Driver) -> None:
    driver.command("delete")
    driver.settled()
    driver.command("bin")
    driver.settled()
    questions = driver.console.questions
    assert isinstance(questions, Answers)
    questions.answers["sure"] = True
    driver.press("Erase for ever")
    driver.settled()


@pytest.mark.parametrize(("answer", "left"), [("mine", ["Mine"]), ("theirs", [])])
def test_an_account_that_was_erased_elsewhere_is_stored_again_or_let_go(
    first: Driver, second: Driver, answers: Answers, answer: str, left: list[str]
) -> None:
    first.type("settings.name", "Mine")
    erase(second)
    answers.answers["whose"] = answer
    first.save()
    assert [name for name, _ in answers.asked] == ["whose"]
    assert first.accounts() == left
    assert not first.console.desk.unsaved


def test_changes_of_different_accounts_never_meet(
    path: Path, first: Driver, second: Driver, answers: Answers
) -> None:
    second.command("duplicate")
    second.wait(lambda: len(second.accounts()) == 2, "the copy")
    second.type("settings.key", "COPY")
    second.save()
    first.type("settings.key", "ALPHA")
    first.save()
    assert answers.asked == []
    assert not first.console.desk.unsaved
    assert first.accounts() == ["Alpha", "Alpha (copy)"], "and each sees what the other added"

"""The panel “Filter trial”: the matrix, where messages come from, and what is said of them."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest

from motion_desk.models.choices import Verdict
from motion_desk.models.incoming import Header, Incoming
from motion_desk.ui.trial import lines as trial_lines
from motion_desk.ui.trial import readings
from motion_desk.ui.trial.contents import MOST
from motion_desk.ui.trial.lines import Mark
from tests.journeys.driver import Driver
from tests.journeys.trial import (
    choose,
    drawn,
    lines,
    marks,
    matrix,
    open_trial,
    read_files,
    read_samples,
    sentence,
    titles,
    verdicts,
)
from tests.ui.test_labels import page_faults
from tests.ui.tried import KEY, SPAM, eml, filters, post

__all__ = ["filters"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ACCEPT, REJECT = Verdict.ACCEPT, Verdict.REJECT


@pytest.fixture
def trial(filters: Driver, tmp_path: Path) -> Driver:
    """The trial with three messages from files."""
    open_trial(filters)
    read_files(filters, post(tmp_path))
    return filters


def test_an_empty_trial_says_what_it_is_for_and_offers_three_ways_to_begin(
    filters: Driver,
) -> None:
    open_trial(filters)
    assert "begin with the samples" in filters.find("trial:empty").text()
    for name in ("open", "samples", "mailbox"):
        assert filters.find(f"trial:{name}").isEnabled()
    assert not filters.is_there("trial:matrix")
    assert not filters.is_there("trial:detail")


def test_each_message_has_its_verdict_and_its_deciding_rule(trial: Driver) -> None:
    assert verdicts(trial) == {
        "Where is my order?": ACCEPT,
        "You have won": REJECT,
        "Cheap watches": REJECT,
    }
    assert marks(trial, "Where is my order?") == [Mark.NOT, Mark.NOT, Mark.NOT]
    assert marks(trial, "You have won") == [Mark.NOT, Mark.REJECTS, Mark.NOT]
    assert marks(trial, "Cheap watches") == [Mark.NOT, Mark.REJECTS, Mark.LATER]
    choose(trial, "You have won")
    assert sentence(trial) == "Rejected by rule 2: X-Spam-Flag equals “YES”"
    choose(trial, "Where is my order?")
    assert sentence(trial) == "Passes: no rule matches."


def test_a_cell_tells_why_it_is_so(trial: Driver) -> None:
    choose(trial, "Cheap watches", 3)
    said = trial.find("trial:of-rule").text()
    assert said == "Rule 3 matches too, but rule 2 stands before it and has decided."
    assert trial.find("trial:decoded").toPlainText() == "12.5"
    marked = trial.find("trial:decoded").extraSelections()
    assert [each.cursor.selectedText() for each in marked] == ["12."]
    assert all(each.format.fontUnderline() for each in marked), "not by a colour alone"
    choose(trial, "Where is my order?", 3)
    said = trial.find("trial:of-rule").text()
    assert said == "Rule 3 does not match: the message has no header “X-Spam-Score”."
    choose(trial, "Where is my order?", 1)
    assert trial.find("trial:of-rule").text().endswith("“From” has something else.")
    assert trial.find("trial:decoded").toPlainText() == "someone@shop.example"


def test_encoded_words_stand_decoded_beside_what_was_sent(filters: Driver, tmp_path: Path) -> None:
    open_trial(filters)
    read_files(filters, [eml(tmp_path, "a", "=?utf-8?q?Gr=C3=BC=C3=9Fe?=")])
    QTest.keyClicks(filters.find("trial:search"), "subject")
    filters.rest()
    shown = filters.find("trial:headers")
    assert filters.find("trial:header-count").text() == "1 of 2 headers"
    shown.setCurrentIndex(shown.model().index(0, 0))
    assert filters.find("trial:decoded").toPlainText() == "Grüße"
    assert filters.find("trial:raw").toPlainText() == "=?utf-8?q?Gr=C3=BC=C3=9Fe?="


def test_an_edit_of_the_rules_is_judged_at_once(trial: Driver) -> None:
    trial.console.desk.edit(f"{KEY}/spam/value", "NO")
    drawn(trial)
    assert verdicts(trial)["You have won"] is ACCEPT
    assert verdicts(trial)["Cheap watches"] is REJECT
    trial.console.desk.edit(KEY, ())
    drawn(trial)
    assert verdicts(trial)["Cheap watches"] is ACCEPT
    assert "no header filters yet" in trial.find("strip-text:trial-rules").text()
    trial.command("undo")
    trial.command("undo")
    trial.section("trial")
    drawn(trial)
    assert verdicts(trial)["You have won"] is REJECT


def test_results_of_a_run_that_an_edit_has_overtaken_are_dropped(trial: Driver) -> None:
    page = trial.find("panel:trial")
    trial.console.desk.edit(f"{KEY}/spam/value", "NO")
    trial.wait(lambda: page.judging._following.running, "the first run")
    trial.console.desk.edit(f"{KEY}/spam/value", "maybe")
    trial.console.desk.edit(f"{KEY}/score/value", "^1")
    drawn(trial)
    assert [rule.value for rule in matrix(trial).rules[1:]] == ["maybe", "^1"]
    assert marks(trial, "Cheap watches") == [Mark.NOT, Mark.NOT, Mark.REJECTS]


def test_what_is_chosen_stays_chosen_while_rules_and_messages_change(
    trial: Driver, tmp_path: Path
) -> None:
    choose(trial, "You have won", 2)
    trial.console.desk.edit(KEY, (*trial.value(KEY), SPAM.__class__(id="more", header="To")))
    drawn(trial)
    read_files(trial, [eml(tmp_path, "more", "One more")])
    table = trial.find("trial:matrix")
    assert table.line.title == "You have won"
    assert table.rule == "spam"
    assert len(matrix(trial).rules) == 4


@pytest.mark.parametrize(
    ("pattern", "said"),
    [("(", "This is no regular expression"), ("(?:a|aa)+$", "took too long")],
    ids=["none", "slow"],
)
def test_a_rule_that_cannot_be_applied_is_marked_and_says_why(
    pattern: str, said: str, filters: Driver, tmp_path: Path
) -> None:
    filters.console.desk.edit(f"{KEY}/score/value", pattern)
    open_trial(filters)
    read_files(filters, [eml(tmp_path, "a", "Long", "X-Spam-Score: " + "a" * 60 + "!")])
    assert marks(filters, "Long")[2] is Mark.WRONG
    choose(filters, "Long", 3)
    text = filters.find("trial:of-rule").text().replace("\u200b", "")
    assert text.startswith("Rule 3 is not applied. ")
    assert said in text
    assert sentence(filters) == "Passes: no rule that can be applied matches."


def test_the_rules_link_opens_its_form(trial: Driver) -> None:
    choose(trial, "You have won")
    trial.press("trial:go-to-rule")
    trial.wait(lambda: trial.console.window.section == "advanced", "the filters")
    assert trial.focused() == f"{KEY}/spam/header"


def test_a_review_names_rules_that_can_never_decide(filters: Driver, tmp_path: Path) -> None:
    same = SPAM.__class__(
        id="same", header="x-spam-flag", operator=SPAM.operator, value="Yes", verdict=SPAM.verdict
    )
    filters.console.desk.edit(KEY, (*filters.value(KEY), same))
    open_trial(filters)
    read_files(filters, post(tmp_path))
    found = filters.find("trial:findings")
    texts = [found.item(row).text() for row in range(found.count())]
    assert "Rule 4: This is the same as rule 2 above. Remove one of them." in texts
    assert "Rule 1: This rule matched none of the 3 messages." in texts
    found.itemClicked.emit(found.item(texts.index(texts[0])))
    filters.wait(lambda: filters.console.window.section == "advanced", "the filters")


# Where messages come from


def test_the_samples_are_the_same_each_time_and_are_there_once(filters: Driver) -> None:
    open_trial(filters)
    read_samples(filters)
    assert "YOU have been CHOSEN!!!" in titles(filters)
    assert filters.find("trial:said").text() == "9 messages read from the samples."
    digests = [line.incoming.digest for line in lines(filters)]
    read_samples(filters)
    assert [line.incoming.digest for line in lines(filters)] == digests
    assert filters.find("trial:said").text().endswith("They were here already.")
    filters.press("trial:forget")
    assert not filters.is_there("trial:reading")


def test_a_mailbox_in_one_file_brings_all_its_messages(filters: Driver, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box.mbox")
    for number in range(120):
        box.add(f"Subject: Number {number}\nFrom: a@shop.example\n\nHello\n")
    box.close()
    open_trial(filters)
    read_files(filters, [tmp_path / "box.mbox"])
    assert len(lines(filters)) == 120
    assert filters.find("trial:said").text() == "120 messages read from box.mbox."


def test_a_file_that_is_no_message_is_named_and_the_others_are_read(
    filters: Driver, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.eml"
    empty.write_bytes(b"")
    open_trial(filters)
    read_files(filters, [empty, *post(tmp_path)])
    assert len(lines(filters)) == 3
    assert filters.find("trial:trouble").text().replace("\u200b", "") == "empty.eml is empty."


def test_a_broken_tail_costs_only_the_tail(filters: Driver, tmp_path: Path) -> None:
    path = tmp_path / "box.mbox"
    path.write_bytes(
        b"From a@b.example Mon Nov 23 09:00:00 2026\nSubject: Whole\nFrom: a@b.example\n\nHello\n\n"
        b"From a@b.example Mon Nov 23 09:01:00 2026\nSubject: Cut\nTo: cu"
    )
    open_trial(filters)
    read_files(filters, [path])
    assert titles(filters) == ["Whole"]
    assert "left out" in filters.find("trial:trouble").text()


def test_no_more_than_the_most_are_tried_which_is_told_once_and_not_of_those_that_are_here(
    filters: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (readings, trial_lines):
        monkeypatch.setattr(module, "MOST", 2)
    monkeypatch.setattr(readings, "TOGETHER", 1)
    open_trial(filters)
    paths = post(tmp_path)
    read_files(filters, [*paths, *paths])
    assert len(lines(filters)) == 2
    assert filters.find("trial:trouble").text().count("No more than 2 messages") == 1
    assert filters.find("trial:said").text() == "2 messages read from 6 files."
    read_files(filters, paths[:2])
    assert not filters.is_there("trial:trouble")


def test_files_can_be_dropped_anywhere_and_the_page_says_so(
    filters: Driver, tmp_path: Path
) -> None:
    page = open_trial(filters)
    assert page.acceptDrops()
    page._drop.show_over()
    hint = filters.find("trial:drop")
    assert hint.width() > 0.9 * page.width()
    page._drop.hide()
    paths = post(tmp_path)
    page._drop.drop([QUrl("https://example.com/a.eml"), *map(QUrl.fromLocalFile, map(str, paths))])
    drawn(filters)
    assert len(lines(filters)) == 3


def test_escape_stops_reading_and_what_was_read_stays(filters: Driver, tmp_path: Path) -> None:
    path = tmp_path / "box.mbox"
    one = (
        "From a@b.example Mon Nov 23 09:00:00 2026\nSubject: {}\nFrom: a@b.example\n"
        + "X-Filler: {}\n" * 40
        + "\nHello\n\n"
    )
    path.write_text("".join(one.format(n, *[n] * 40) for n in range(4_000)), encoding="ascii")
    page = open_trial(filters)
    page.read_files([path])
    filters.wait(lambda: filters.console._panel_tools.messages.of(page._account_id), "some")
    QTest.keyClick(filters.find("trial:open"), Qt.Key.Key_Escape)
    drawn(filters)
    said = filters.find("trial:said").text()
    assert said.startswith("Stopped: ") or len(lines(filters)) == 4_000
    assert lines(filters)


def test_messages_are_taken_out_by_the_key_and_all_at_once(trial: Driver) -> None:
    choose(trial, "You have won")
    table = trial.find("trial:matrix")
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    drawn(trial)
    assert titles(trial) == ["Where is my order?", "Cheap watches"]
    trial.press("trial:clear")
    drawn(trial)
    assert trial.is_there("trial:empty")


def test_each_account_has_its_own_messages(trial: Driver) -> None:
    trial.open("Sales")
    open_trial(trial)
    assert trial.is_there("trial:empty")
    trial.open("Claims")
    drawn(trial)
    assert len(lines(trial)) == 3


def test_a_message_with_ten_thousand_long_headers_is_shown_and_searched(
    filters: Driver, tmp_path: Path
) -> None:
    many = [f"X-Number-{n}: {n}" for n in range(9_000)]
    path = eml(tmp_path, "many", "Many", "X-Long: " + "word " * 8_000, *many)
    open_trial(filters)
    read_files(filters, [path])
    assert filters.find("trial:header-count").text() == "9003 headers"
    QTest.keyClicks(filters.find("trial:search"), "x-long")
    filters.rest()
    shown = filters.find("trial:headers")
    shown.setCurrentIndex(shown.model().index(0, 0))
    assert len(filters.find("trial:decoded").toPlainText()) <= MOST + 2


def test_the_matrix_can_be_read_without_seeing_it(trial: Driver) -> None:
    rows = trial.find("trial:matrix").rows
    told = Qt.ItemDataRole.AccessibleTextRole
    row = titles(trial).index("Cheap watches")
    assert rows.data(rows.index(row, 4), told).startswith("Rule 2 matches and rejects it.")
    across = Qt.Orientation.Horizontal
    tip = rows.headerData(4, across, Qt.ItemDataRole.ToolTipRole)
    assert tip == "Rule 2: X-Spam-Flag equals “YES” → Reject"
    assert trial.find("trial:matrix").accessibleName()


def test_the_matrix_is_reached_by_the_keyboard(trial: Driver) -> None:
    trial.find("trial:count").setFocus()
    for _ in range(4):
        trial.press_key(Qt.Key.Key_Tab)
        if trial.find("trial:matrix").hasFocus():
            break
    assert trial.find("trial:matrix").hasFocus()


def test_a_hundred_rules_and_ten_thousand_messages_are_judged(filters: Driver) -> None:
    kind = SPAM.__class__
    rules = [kind(id=f"r{n:02}", header="Subject", value=f"{n}0 ") for n in range(100)]
    filters.console.desk.edit(KEY, tuple(rules))
    names = ("Received", "From", "To", "Subject", "Date", "Message-ID")
    messages = []
    for number in range(trial_lines.MOST):
        headers = tuple(Header(name, f"{number} {name}", f"{number} {name}") for name in names)
        messages.append(Incoming(f"Number {number}", headers, f"{number}", f"{number}"))
    page = open_trial(filters)
    filters.console._panel_tools.messages.add(filters.account_draft().id, messages)
    filters.wait(lambda: page.is_drawn, "all verdicts")
    assert len(matrix(filters).judgements) == len(messages)


def test_a_rule_far_to_the_right_is_scrolled_out_from_behind_the_messages(
    filters: Driver, tmp_path: Path
) -> None:
    kind = SPAM.__class__
    rules = [kind(id=f"r{n:02}", header="Subject", value=f"{n}") for n in range(60)]
    filters.console.desk.edit(KEY, tuple(rules))
    open_trial(filters)
    read_files(filters, post(tmp_path))
    table = filters.find("trial:matrix")
    covered = filters.find("trial:messages").width()
    choose(filters, "You have won", 60)
    assert table.columnViewportPosition(62) >= covered
    choose(filters, "You have won", 1)
    assert table.columnViewportPosition(3) >= covered


@pytest.mark.parametrize("size", ["usual", "smallest"])
def test_no_text_of_the_page_is_cut(size: str, trial: Driver) -> None:
    window = trial.console.window
    if size == "smallest":
        window.resize(window.minimumSize())
    choose(trial, "Cheap watches", 3)
    trial.press("trial:must-pass")
    drawn(trial)
    assert page_faults(trial) == []

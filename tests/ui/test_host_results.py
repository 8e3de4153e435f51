"""Results of the probe: kept as tests from there, which are no verdict, or refused by name."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from motion_desk.services.tester.host_probe.script import script
from motion_desk.ui.test.page import COMPARE, STEPS
from motion_desk.ui.test.records import imported
from tests.journeys.comparing import (
    body,
    heading,
    marked,
    open_comparison,
    open_host,
    open_list,
    read_result,
    rows,
)
from tests.journeys.driver import Answers, Driver
from tests.journeys.stage import Stage
from tests.journeys.testing import verdict
from tests.services.tester.host_probes import ran
from tests.ui.kept_runs import a_test, keep, runs_of
from tests.ui.probed import (
    CLOSED,
    Result,
    driver,
    file,
    ids,
    refusal,
    result,
    shown,
    written,
)
from tests.ui.scripted import Script, run

__all__ = ["driver", "file", "ids", "result"]


SPOILT: dict[str, tuple[Callable[[Result], bytes], str]] = {
    "another account": (
        lambda found: json.dumps(found | {"account": "another"}).encode(),
        "This result is of another account, with the id “another”.",
    ),
    "other values": (
        lambda found: json.dumps(found).replace("127.0.0.1", "127.0.0.2").encode(),
        "The account's servers have changed since. Write a new probe, and run that one.",
    ),
    "another version": (
        lambda found: json.dumps(found | {"motion_desk_probe": 99}).encode(),
        "This result has format 99, not 1. Write a new probe here, and run that one.",
    ),
    "truncated": (
        lambda found: json.dumps(found).encode()[:-40],
        (
            "This is not all of a probe's result: it ends or goes wrong at line 1. Take all that the "
            "probe prints."
        ),
    ),
    "two megabytes": (
        lambda found: json.dumps(found).encode() + b" " * 2_000_000,
        "This file is larger than any result of a probe.",
    ),
    "not UTF-8": (
        lambda found: json.dumps(found).encode("utf-16"),
        "This file is not in UTF-8, so it is not what the probe printed. Bring it as it is there.",
    ),
    "no JSON": (
        lambda found: b"Traceback (most recent call last):",
        (
            "This is not all of a probe's result: it holds no table of names and values. Take all that "
            "the probe prints."
        ),
    ),
    "nested without end": (
        lambda found: b'{"a":' * 50_000,
        (
            "This is not all of a probe's result: it holds no table of names and values. Take all that "
            "the probe prints."
        ),
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_no_result_of_this_probe_is_refused_by_a_sentence_and_nothing_is_kept(
    driver: Driver,
    answers: Answers,
    result: Result,
    path: Path,
    ids: list[str],
    tmp_path: Path,
    what: str,
) -> None:
    spoil, sentence = SPOILT[what]
    bad = tmp_path / "bad.json"
    bad.write_bytes(spoil(result))
    read_result(driver, answers, bad)
    assert refusal(driver) == sentence
    assert not driver.is_there("host:outcome")
    assert runs_of(path, ids[0]) == []
    read_result(driver, answers, written(tmp_path, result))
    assert not driver.is_there("host:refusal"), "it is taken back by the next one"
    assert driver.is_there("host:outcome")


def test_a_folder_and_a_file_that_is_gone_are_told(
    driver: Driver, answers: Answers, tmp_path: Path
) -> None:
    read_result(driver, answers, tmp_path)
    assert refusal(driver).startswith("This is no file that can be read.")
    read_result(driver, answers, tmp_path / "gone.json")
    assert refusal(driver) == (f"{tmp_path / 'gone.json'} was not read: No such file or directory.")


def test_a_result_is_kept_as_a_test_from_there_and_is_no_verdict(
    driver: Driver, answers: Answers, file: Path, path: Path, ids: list[str], stage: Stage
) -> None:
    run(driver, Script())
    open_host(driver)
    read_result(driver, answers, file)
    assert driver.line("test").hint == "The last test passed"
    assert verdict(driver) == "Motion would receive and send."
    here, there = sorted(runs_of(path, ids[0]), key=lambda kept: kept[1])
    assert here == ("passed", "", False)
    assert (there[0], there[1][:14]) == ("failed", "Motion server ")
    driver = shown(stage)
    assert driver.line("test").hint == "The last test passed"
    assert verdict(driver) == "Motion would receive and send."
    assert heading(driver, "host") == (
        "From the Motion server it goes otherwise than from this workstation."
    )
    assert marked(driver, "host") == [("IMAP", "Connection"), ("SMTP", "Connection")]


def test_only_a_result_from_there_leaves_the_account_untested(
    driver: Driver, answers: Answers, file: Path, stage: Stage
) -> None:
    read_result(driver, answers, file)
    assert verdict(driver) == "Not tested yet"
    driver = shown(stage)
    assert driver.line("test").hint == "Not tested yet"
    assert verdict(driver) == "Not tested yet"
    assert heading(driver, "host") == "The probe failed there."
    assert "test the connection from this workstation" in body(driver, "host")
    assert "no test to compare with" in rows(driver, "host")[0].sides[0].text


def test_a_result_that_fails_as_here_says_so_and_what_to_do(
    path: Path, ids: list[str], stage: Stage, answers: Answers, tmp_path: Path
) -> None:
    keep(path, ids[0], a_test(CLOSED))
    driver = shown(stage)
    found = json.loads(ran(script(driver.account_draft()), tmp_path))
    read_result(driver, answers, written(tmp_path, found))
    assert heading(driver, "host") == (
        "From the Motion server it fails where it fails from this workstation."
    )
    assert driver.find("host:to-do").text().startswith("• ")
    assert marked(driver, "host") == []


def test_a_test_in_the_lab_is_not_what_a_result_is_compared_with(
    path: Path, ids: list[str], stage: Stage, answers: Answers, tmp_path: Path
) -> None:
    keep(path, ids[0], a_test(lab=True))
    driver = shown(stage)
    driver.console.testing.lab.turn_on("healthy")
    driver.rest()
    assert driver.is_there("host:in-lab")
    found = json.loads(ran(script(driver.account_draft()), tmp_path))
    read_result(driver, answers, written(tmp_path, found))
    assert "outside the lab" in body(driver, "host")


def test_the_same_result_read_twice_is_kept_once(
    driver: Driver, answers: Answers, file: Path, path: Path, ids: list[str]
) -> None:
    for _ in range(2):
        read_result(driver, answers, file)
    assert len(runs_of(path, ids[0])) == 1


def test_a_host_whose_clock_is_fast_is_not_ahead_of_time(
    driver: Driver, answers: Answers, result: Result, tmp_path: Path
) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=5)
    stamped = result | {"at": ahead.isoformat(timespec="seconds")}
    read_result(driver, answers, written(tmp_path, stamped))
    open_list(driver)
    (run,) = [driver.find("runs").topLevelItem(0).text(0)]
    assert run < ahead.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    assert run[:4] == f"{datetime.now(UTC).astimezone():%Y}"


def test_of_an_account_that_was_never_saved_a_result_is_not_kept(
    driver: Driver, file: Path, path: Path, ids: list[str]
) -> None:
    account = driver.account_draft()
    driver.close()
    store = Store.open(path, Secrets(system=False))
    try:
        found = imported(store, file, replace(account, version=0), store.workspace())
    finally:
        store.close()
    assert (found.run, found.runs) == ("", ())
    assert found.why == "Not kept: the account was never saved."
    assert runs_of(path, ids[0]) == []


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs permissions of POSIX")
def test_in_a_workspace_that_cannot_be_written_to_a_result_is_shown_and_not_kept(
    driver: Driver,
    file: Path,
    path: Path,
    stage: Stage,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    driver.close()
    path.chmod(0o444)
    monkeypatch.setattr("os.access", lambda *_, **__: False)  # root may write everywhere
    driver = shown(stage)
    read_result(driver, answers, file)
    assert driver.find("host:not-kept").text() == "Not kept: this workspace cannot be written to."
    assert heading(driver, "host") == "The probe failed there."


def test_a_result_is_opened_like_an_earlier_test_and_compared_like_one(
    driver: Driver, answers: Answers, file: Path
) -> None:
    run(driver, Script())
    open_host(driver)
    read_result(driver, answers, file)
    driver.press("host:open")
    driver.settled()
    assert driver.find("test:views").currentIndex() == STEPS
    said = driver.find("strip-text:earlier").text()
    assert said.startswith("This is what the probe found from Motion server ")
    assert said.endswith("It logs in nowhere.")
    open_comparison(driver)
    assert driver.find("test:views").currentIndex() == COMPARE
    assert heading(driver).startswith("The tests were made from ")


def test_a_result_stays_with_its_account(driver: Driver, answers: Answers, file: Path) -> None:
    read_result(driver, answers, file)
    driver.open("Sales")
    open_host(driver)
    assert not driver.is_there("host:outcome")
    read_result(driver, answers, file)
    assert refusal(driver).startswith("This result is of another account")
    driver.open("Claims")
    open_host(driver)
    assert heading(driver, "host") == "The probe failed there."
    assert not driver.is_there("host:refusal")

"""probe: the file goes out, its result comes in and is compared with the last test from here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from motion_desk.services.lab import Lab
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Store
from tests.cli.conftest import Run, real
from tests.cli.mail import CANARY, USER, documents, known, on
from tests.services.tester.orders import account, given


def result_of(text: str, folder: Path) -> Path:
    """The file that a probe's output went to."""
    (folder / "probe.py").write_text(text, encoding="ascii")
    printed = subprocess.run(
        [sys.executable, "probe.py"], cwd=folder, capture_output=True, check=True
    ).stdout
    path = folder / "result.json"
    path.write_bytes(printed)
    return path


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    """The documents of an account of servers that are nowhere, and of its workspace."""
    made = account("127.0.0.1", USER, "", imap__port=1, smtp__port=1, smtp__secure=True)
    return documents(tmp_path / "documents", made, given())


def test_the_file_goes_to_standard_output_and_its_result_comes_back(tmp_path: Path) -> None:
    with Lab(tmp_path / "lab", people={USER: CANARY}) as lab:
        files = documents(tmp_path / "documents", on(lab), known(lab))
        written = real("probe", files[0])
        assert written.returncode == 0
        assert CANARY not in written.stdout
        path = result_of(written.stdout, tmp_path)
    done = real("probe", files[0], "--read", path)
    assert done.returncode == 13  # without the workspace, nobody knows the lab's authority
    assert "from Motion server " in done.stdout
    assert "To compare, test the account from this workstation" in done.stdout


def test_a_closed_port_there_is_told_with_its_code_and_as_json(
    paths: tuple[Path, Path], tmp_path: Path, run: Run
) -> None:
    path = result_of(run("probe", paths[0]).stdout, tmp_path)
    said = run("probe", paths[0], "--read", path, code=12)
    assert "The port is closed" in said.stdout
    report = json.loads(run("probe", paths[0], "--read", path, "--json", code=12).stdout)
    assert report["vantage"].startswith("Motion server ")


def test_a_result_of_another_account_is_refused_by_a_sentence(
    paths: tuple[Path, Path], tmp_path: Path, run: Run
) -> None:
    path = result_of(run("probe", paths[0]).stdout, tmp_path)
    spoiled = json.loads(path.read_text("utf-8")) | {"account": "another"}
    path.write_text(json.dumps(spoiled), "utf-8")
    refused = run("probe", paths[0], "--read", path, code=2)
    assert refused.stderr.splitlines()[-1] == (
        "This result is of another account, with the id “another”."
    )
    path.write_bytes(b"\xff\xfe")
    assert "not all of a probe's result" in run("probe", paths[0], "--read", path, code=2).stderr


def test_the_first_difference_to_the_last_test_from_here_is_told(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Lab(tmp_path / "lab", people={USER: CANARY}) as lab:
        files = documents(tmp_path / "documents", on(lab), known(lab))
        path = tmp_path / "work.motiondesk"
        Store.create(path, Secrets(system=False)).close()
        run("import", *files, "--workspace", path)
        monkeypatch.setenv("MOTION_DESK_PASSWORD", CANARY)
        run("test", USER, "--workspace", path, "--until", "capabilities", code=0)
        result = result_of(run("probe", USER, "--workspace", path).stdout, tmp_path)
    same = run("probe", USER, "--read", result, "--workspace", path)
    assert "No step differs from the test of" in same.stdout
    found = json.loads(result.read_text("utf-8"))
    steps = found["probes"][0]["steps"]
    attempts = [{"address": "127.0.0.1", "outcome": "silent", "seconds": 9.0, "detail": ""}]
    steps[1:] = [{**steps[1], "outcome": "not-connected", "attempts": attempts}]
    result.write_text(json.dumps(found), "utf-8")
    other = run("probe", USER, "--read", result, "--workspace", path, code=12)
    assert "First difference (IMAP, Connection): “Connection” works from this" in other.stdout

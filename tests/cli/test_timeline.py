"""The verb timeline: a situation from a file or from the account, as a table and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

NOT_LOOKED_UP = (
    "The names of agents and queues are taken as they are written: give --workspace to have them "
    "looked up.\n"
)
SCENARIO = """\
name: Monday morning
message: |
  Subject: Where is my order?
known: false
conversation: open
agent: Davide Furlan
queue: Back office
people: |
  Davide Furlan: on pause
  Back office: answers after 45 s
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "monday.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def test_a_table_says_what_happens_and_what_decides(
    run: Run, samples: Path, scenario: Path
) -> None:
    made = run("timeline", samples / "customer-care.yaml", "--scenario", scenario)
    rows = [" ".join(line.split()) for line in made.stdout.splitlines()]
    assert rows == [
        "Customer care · Monday morning",
        "A model of the documentation: where nothing says “documented”, Motion may differ.",
        "",
        "at lasts what happens what decides",
        "0 s “Where is my order?” arrives.",
        "0 s No header filter matches, so the message passes. Advanced: Header filters",
        (
            "0 s The sender is not in the list “Customers”. New senders are saved there only if a "
            "trigger exists. List"
        ),
        (
            "0 s 30 s Davide Furlan is on pause. The message waits for 30 s at most. Wait for the "
            "assigned agent documented"
        ),
        "30 s Davide Furlan did not accept within 30 s. Wait for the assigned agent documented",
        (
            "30 s 45 s The agents of Back office are asked, for 2 min at most. Wait for the assigned "
            "queue documented"
        ),
        (
            "30 s The agents of Back office see the notification, with a sound. Notification: "
            "Template documented"
        ),
        "1 min 15 s An agent of Back office accepts; the others are told so.",
        "1 min 15 s 5 min The agent works on it for 5 min.",
        (
            "6 min 15 s 20 s The agent must choose a disposition and takes 20 s. Mandatory "
            "disposition: Mandatory disposition documented"
        ),
        (
            "6 min 15 s 20 s The agent is on pause meanwhile: After-contact work. Mandatory "
            "disposition: Pause status documented"
        ),
        "",
        "After 1 min 15 s: a person accepts it.",
        "A customer waits at most 30 s before a person is asked.",
        "If nobody accepts, the message has been offered for 1 day 12 min 30 s and then is closed.",
    ]
    assert made.stderr == NOT_LOOKED_UP


def test_an_account_of_the_workspace_needs_no_scenario(run: Run, workspace: Path) -> None:
    made = run("timeline", "Outlet marketplace", "--workspace", workspace, "--json")
    found = json.loads(made.stdout)
    assert found["ending"] == "endless"
    assert found["ended"] == 1020
    assert found["events"][0] == {
        "at": 0,
        "until": None,
        "kind": "arrived",
        "sentence": "An ordinary message arrives.",
        "key": "",
        "action": None,
        "person": "",
        "basis": "given",
        "source": "S1",
    }
    assert found["worst_case"]["asked"]["seconds"] == 130
    assert [each["action"] for each in found["worst_case"]["asked"]["parts"]] == [None, 2]
    assert found["worst_case"]["offered"] == {"seconds": None, "parts": [], "circle": [3, 4, 5]}


def test_an_eml_file_is_found_beside_the_scenario(run: Run, samples: Path, tmp_path: Path) -> None:
    (tmp_path / "mails").mkdir()
    (tmp_path / "mails" / "spam.eml").write_bytes(b"X-Spam-Flag: YES\nSubject: Win\n\nNow!\n")
    path = tmp_path / "spam.yaml"
    path.write_text("message: mails/spam.eml\nexpected: rejected\n", encoding="utf-8")
    made = run("timeline", samples / "customer-care.yaml", "--scenario", path, "--json")
    found = json.loads(made.stdout)
    assert (found["ending"], found["unmet"]) == ("rejected", "")
    assert "Header filter 1 rejects it" in found["events"][1]["sentence"]


def test_a_scenario_that_ends_otherwise_is_told_and_ends_with_1(
    run: Run, samples: Path, scenario: Path
) -> None:
    scenario.write_text(SCENARIO + "within: 60\n", encoding="utf-8")
    made = run("timeline", samples / "customer-care.yaml", "--scenario", scenario, code=1)
    assert made.stderr == NOT_LOOKED_UP + (
        "By the model of the documentation “Monday morning” ends as expected (a person accepts it), but after 1 min 15 s instead of "
        "within 1 min.\n"
    )


def test_a_scenario_without_a_name_is_told_of_without_one(
    run: Run, samples: Path, scenario: Path
) -> None:
    scenario.write_text("expected: answered\n", encoding="utf-8")
    made = run("timeline", samples / "customer-care.yaml", "--scenario", scenario, code=1)
    assert "documentation the scenario does not end as expected" in made.stderr


def test_a_kept_scenario_is_chosen_by_its_name(run: Run, samples: Path) -> None:
    path = samples / "customer-care.yaml"
    kept = (
        "expectations:\n  messages:\n    - name: Virus\n      expected: rejected\n"
        "      headers: 'X-Virus-Status: Infected'\n  scenarios:\n    - name: Bad mail\n"
        "      message: Virus\n      expected: rejected\n    - name: Night\n"
        "      expected: answered\n"
    )
    text = path.read_text(encoding="utf-8").partition("expectations:")[0]
    path.write_text(text + kept, encoding="utf-8")
    assert "a header filter rejects it" in run("timeline", path, "--kept", "Bad mail").stdout
    made = run("timeline", path, "--kept", "night", code=1)
    assert "“Night” does not end as expected" in made.stderr
    made = run("timeline", path, "--kept", "Noon", code=2)
    assert "No scenario is called “Noon”. There are: “Bad mail”, “Night”." in made.stderr


WRONG: dict[str, tuple[str, str]] = {
    "no YAML": ("people: [", "scenario.yaml:1: This is not YAML"),
    "nothing": ("\n", "scenario.yaml:1: There is nothing in this scenario."),
    "a list": ("- on line\n", "scenario.yaml:1: Names with values"),
    "an unknown word": (
        "known: true\npeopel: x\n",
        "scenario.yaml:2: “peopel” is no field of Scenario. Did you mean “people”?",
    ),
    "a wrong number": (
        "handling: soon\n",
        "scenario.yaml:1: handling: “soon” is not a whole number. Type digits only.",
    ),
    "an unknown agent": (
        "conversation: open\nagent: Davide Furlam\n",
        "scenario.yaml:2: agent: There is no agent “Davide Furlam”. Did you mean “Davide Furlan”?",
    ),
    "people who cannot be read": (
        "known: true\npeople: |\n  Davide Furlan: on line\n  Somebody\n",
        "scenario.yaml:2: people: Line 2: “Somebody” names nobody.",
    ),
    "a word that counts for nothing": (
        "agent: Davide Furlan\n",
        "scenario.yaml:1: agent: Assigned agent counts for nothing here",
    ),
    "a message that is no text": ("message: 5\n", "scenario.yaml:1: message: Text is expected"),
    "a message that is not there": ("message: none.eml\n", "scenario.yaml: message: "),
    "a message without a header": ('message: "\\n\\nHello"\n', "scenario.yaml: message: "),
    "two bad lines": ("known: 5\nwithin: 0\n", "scenario.yaml:2: within: 0 is outside"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_bad_scenario_is_told_with_its_line(
    run: Run, workspace: Path, tmp_path: Path, case: str
) -> None:
    written, said = WRONG[case]
    path = tmp_path / "scenario.yaml"
    path.write_text(written, encoding="utf-8")
    call = ("timeline", "Customer care", "--workspace", workspace, "--scenario", path)
    made = run(*call, code=2)
    assert said in made.stderr
    assert made.stdout == ""


def test_people_who_are_not_in_the_directory_are_told_but_counted_nowhere(
    run: Run, workspace: Path, scenario: Path
) -> None:
    scenario.write_text("people: 'Nobody Here: on line'\n", encoding="utf-8")
    made = run("timeline", "Customer care", "--workspace", workspace, "--scenario", scenario)
    assert made.stderr == ("warning: There is no agent or queue “Nobody Here” in the directory.\n")


def test_what_is_not_there_ends_with_2(run: Run, workspace: Path, samples: Path) -> None:
    there = ("--workspace", workspace)
    assert "no account “Nobody”" in run("timeline", "Nobody", *there, code=2).stderr
    missing = samples / "none.yaml"
    assert "cannot be read" in run("timeline", missing, code=2).stderr
    assert (
        "cannot be read"
        in run("timeline", "Customer care", *there, "--scenario", missing, code=2).stderr
    )
    assert "is no account's document" in run("timeline", samples / "workspace.yaml", code=2).stderr
    both = ("--scenario", missing, "--kept", "x")
    assert "not both" in run("timeline", "Customer care", *there, *both, code=2).stderr

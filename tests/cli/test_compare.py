"""compare: which kept tests it takes, and what it prints of them."""

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_the_first_thing_that_differs_between_two_kept_tests_is_printed(
    workspace: Path, run: Run
) -> None:
    named = ("trade345", "--workspace", workspace)
    run("test", *named, "--lab", "healthy", "--until", "greeting")
    run("test", *named, "--lab", "greeting-bye", code=14)
    result = run("compare", *named, "1", "2")
    before, now, sentence, *rest = result.stdout.splitlines()
    assert before.startswith("Before: ")
    assert now.endswith("Motion would neither receive nor send.")
    assert "The first thing that differs is IMAP, " in sentence
    assert "IMAP, Greeting" in rest
    found = json.loads(run("compare", *named, "2", "--json").stdout)
    assert found["same_values"] is True
    assert found["values"] == []
    assert found["before"] < found["now"]
    assert found["first"].startswith("imap ")


def test_without_two_tests_there_is_nothing_to_compare(workspace: Path, run: Run) -> None:
    named = ("trade345", "--workspace", workspace)
    assert "Test it first." in run("compare", *named, code=2).stderr
    run("test", *named, "--lab", "healthy", "--until", "inputs")
    assert (
        "No kept test was made from here to the real servers."
        in run("compare", *named, code=2).stderr
    )
    assert "This is one test." in run("compare", *named, "1", code=2).stderr
    wrong = run("compare", *named, "7", code=2).stderr
    assert "There is no kept test “7”." in wrong
    assert "(lab)" in wrong
    assert "Name two tests at the most." in run("compare", *named, "1", "2", "3", code=2).stderr

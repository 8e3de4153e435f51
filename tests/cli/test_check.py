"""check: the problems of documents, as lines or as JSON, and what its exit code says."""

import json
from pathlib import Path

from tests.cli.conftest import Run, real

LAST = "to be one of the last lines"


def test_sound_documents_give_warnings_and_no_error(samples: Path, run: Run) -> None:
    result = run("check", *sorted(samples.iterdir()))
    assert ": error: " not in result.stdout
    line = next(line for line in result.stdout.splitlines() if "trade-desk" in line)
    assert line.startswith(f"{samples / 'trade-desk.yaml'}:29: warning: Accept any certificate: ")
    assert result.stderr == ""


def test_an_error_is_listed_with_file_line_field_and_sentence(samples: Path) -> None:
    path = samples / "trade-desk.yaml"
    text = path.read_text(encoding="utf-8").replace("port: 993", "port: 70000")
    path.write_text(text, encoding="utf-8")
    done = real("check", path, samples / "workspace.yaml")
    assert done.returncode == 1
    assert (
        f"{path}:27: error: IMAP port: 70000 is outside 1 to 65535. "
        "Choose a number in that range.\n" in done.stdout
    )
    assert "Traceback" not in done.stderr


def test_a_missing_value_is_listed_at_its_section(samples: Path, run: Run) -> None:
    path = samples / "trade-desk.yaml"
    text = path.read_text(encoding="utf-8").replace("  host: mail.graz.meridia.example\n", "", 1)
    path.write_text(text, encoding="utf-8")
    result = run("check", path, samples / "workspace.yaml", code=1)
    assert f"{path}:25: error: IMAP host: IMAP host is needed." in result.stdout


def test_an_unknown_name_is_an_error_where_the_directory_is_known(
    samples: Path, workspace: Path, run: Run
) -> None:
    path = samples / "trade-desk.yaml"
    text = path.read_text(encoding="utf-8").replace("Trade partners", "Trade partnrs")
    path.write_text(text, encoding="utf-8")
    said = (
        f"{path}:11: error: List: There is no list “Trade partnrs”. Did you mean “Trade partners”?"
    )
    assert said in run("check", path, samples / "workspace.yaml", code=1).stdout
    assert said in run("check", path, "--workspace", workspace, code=1).stdout
    assert said in run("--workspace", workspace, "check", path, code=1).stdout
    alone = run("check", path)
    assert "Trade partnrs" not in alone.stdout
    assert "were not looked up" in alone.stderr


def test_the_other_documents_are_the_other_accounts(samples: Path, run: Run) -> None:
    path = samples / "trade-desk.yaml"
    text = path.read_text(encoding="utf-8").replace("key: TRADE", "key: CARE")
    path.write_text(text, encoding="utf-8")
    result = run("check", *sorted(samples.iterdir()))
    assert f"{path}:8: warning: Key: “CARE” is also the key of Customer care." in result.stdout
    assert "customer-care.yaml:8: warning: Key: “CARE” is also the key of Trade" in result.stdout


def test_an_account_is_no_peer_of_its_own_document(
    samples: Path, workspace: Path, run: Run
) -> None:
    result = run("check", samples / "customer-care.yaml", "--workspace", workspace)
    assert "is also the key" not in result.stdout


def test_files_that_are_no_documents_end_with_2(samples: Path, run: Run) -> None:
    (samples / "bad.yaml").write_text("a: [", encoding="utf-8")
    (samples / "latin.yaml").write_bytes(b"name: Caf\xe9")
    (samples / "other.yaml").write_text("a: 1\n", encoding="utf-8")
    result = run("check", *sorted(samples.iterdir()), samples / "nonesuch.yaml", code=2)
    assert f"{samples / 'bad.yaml'}:2:1: This is not YAML" in result.stderr or (
        f"{samples / 'bad.yaml'}:1:5: This is not YAML" in result.stderr
    )
    assert f"{samples / 'latin.yaml'}:1:10: This is not UTF-8" in result.stderr
    assert f"{samples / 'other.yaml'}:1:1: This is no document of Motion Desk" in result.stderr
    assert f"{samples / 'nonesuch.yaml'}:1:1: This cannot be read" in result.stderr
    assert "trade-desk.yaml:29: warning" in result.stdout


def test_json_has_every_problem_as_an_object(samples: Path, run: Run) -> None:
    path = samples / "trade-desk.yaml"
    text = path.read_text(encoding="utf-8").replace("port: 993", "port: 0")
    path.write_text(text, encoding="utf-8")
    (samples / "bad.yaml").write_text("a: [", encoding="utf-8")
    result = run("check", "--json", *sorted(samples.iterdir()), code=2)
    objects = json.loads(result.stdout)
    [port] = [each for each in objects if each["key"] == "imap.port"]
    assert port == {
        "file": str(path),
        "line": 27,
        "column": 9,
        "severity": "error",
        "key": "imap.port",
        "label": "IMAP port",
        "code": "text",
        "sentence": "0 is outside 1 to 65535. Choose a number in that range.",
    }
    assert [each["file"] for each in objects if each["code"] == "unreadable"] == [
        str(samples / "bad.yaml")
    ]


def test_a_workspace_file_that_is_not_there_is_one_sentence(samples: Path, tmp_path: Path) -> None:
    done = real("check", samples / "trade-desk.yaml", "--workspace", tmp_path / "none.motiondesk")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr.splitlines()) == 1


def test_what_mail_programs_make_of_a_template_is_listed_with_its_line(
    run: Run, samples: Path, tmp_path: Path
) -> None:
    path = tmp_path / "customer-care.yaml"
    text = (samples / "customer-care.yaml").read_text(encoding="utf-8")
    path.write_text(
        text.replace("<p><br></p>", '<p><a href="javascript:x()">b</a></p>', 1), "utf-8"
    )
    made = run("check", path, samples / "workspace.yaml")
    line = next(each for each in made.stdout.splitlines() if "javascript:" in each)
    assert line.startswith(f"{path}:")
    assert "warning: Default body: Line 3, column " in line
    assert made.exit_code == 0

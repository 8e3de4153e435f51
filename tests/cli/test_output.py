"""What every verb's output has in common: nothing in it moves a terminal, and how it ends."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from motion_desk.__main__ import main
from motion_desk.cli import schema_
from tests.cli.conftest import Run, real

HEAD = "motion_desk: 1\nkind: account\nid: care2345\n"
ESCAPE = "\x1b]0;owned\x07"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs the devices of POSIX")


def on_terminal(*arguments: str | Path) -> str:
    """What a terminal gets from the command, which ends by itself."""
    import pty

    mine, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "motion_desk", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONUTF8": "1"},
    ):
        os.close(theirs)
        received = b""
        try:
            while block := os.read(mine, 65_536):
                received += block
        except OSError:  # so Linux says that nobody writes any more
            pass
        finally:
            os.close(mine)
    return received.decode("utf-8").replace("\r\n", "\n")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with files whose contents and names would set a terminal's title."""
    (tmp_path / "names.yaml").write_text(HEAD + 'settings:\n  "b\\e]0;owned\\a": 1\n')
    (tmp_path / "template.yaml").write_text(HEAD + 'template:\n  body: "{{ x }} \\e]0;owned\\a"\n')
    (tmp_path / "kept.yaml").write_text(
        'name: "s\\e]0;owned\\a"\nmessage: "Subject: a\\u009b31m\\u202eb"\nexpected: rejected\n'
    )
    subject = b"Subject: \x1b]0;owned\x07 \xc2\x9b31m \xe2\x80\xae =?utf-8?q?=1b[2J?=\r\n\r\n"
    (tmp_path / "mail.eml").write_bytes(subject)
    return tmp_path


@POSIX
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "names.yaml"),
        ("check", "names.yaml", "--json"),
        ("check", ESCAPE),
        ("import", "names.yaml", "--dry-run"),
        ("render", "template.yaml", "--surface", "body", "--text"),
        ("render", "template.yaml", "--surface", "body", "--name", ESCAPE),
        ("render", "template.yaml", "--surface", "body", "--data", ESCAPE),
        ("timeline", "template.yaml", "--scenario", "kept.yaml"),
        ("timeline", "template.yaml", "--scenario", "kept.yaml", "--json"),
        ("timeline", "template.yaml", "--kept", ESCAPE),
        ("trial", "template.yaml", "mail.eml", ESCAPE),
        ("trial", "template.yaml", "mail.eml", "--json"),
        ("domain", ESCAPE),
        ("test", "template.yaml", "--lab", ESCAPE),
    ],
    ids=lambda each: " ".join(each).replace(ESCAPE, "ESC"),
)
def test_nothing_that_others_wrote_moves_a_terminal(
    hostile: Path, arguments: tuple[str, ...]
) -> None:
    said = on_terminal(
        *(hostile / each if (hostile / each).is_file() else each for each in arguments)
    )
    assert said
    assert [each for each in said if not each.isprintable() and each != "\n"] == []


@POSIX
@pytest.mark.parametrize("form", ["--html", "--text"])
def test_a_file_gets_what_the_template_holds_and_in_utf_8(hostile: Path, form: str) -> None:
    (hostile / "t.html").write_text("<p>Grüße → 🙂\x1b</p>", encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "motion_desk",
            "render",
            hostile / "t.html",
            "--surface",
            "body",
            form,
        ],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        check=True,
    )
    assert "Grüße → 🙂\x1b" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_an_old_encoding_costs_marks_and_no_line(
    hostile: Path, samples: Path, encoding: str
) -> None:
    for verb in ("trial", "timeline"):
        message = [hostile / "mail.eml"] if verb == "trial" else []
        done = subprocess.run(
            [sys.executable, "-m", "motion_desk", verb, samples / "customer-care.yaml", *message],
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding},
            check=False,
        )
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), verb


@POSIX
def test_json_holds_names_that_are_no_text_as_ascii(hostile: Path) -> None:
    path = os.fsencode(hostile) + b"/bad\xff\xc2\x9b.eml"
    with Path(os.fsdecode(path)).open("wb") as file:
        file.write(b"Subject: \xc2\x9bs\r\n\r\n")
    done = subprocess.run(
        [sys.executable, "-m", "motion_desk", "trial", hostile / "template.yaml", path, "--json"],
        capture_output=True,
        check=True,
    )
    message = json.loads(done.stdout.decode("ascii"))["messages"][0]
    assert message["name"] == "\x9bs"
    assert message["file"].endswith("bad\udcff\x9b.eml")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("check", "--help"),
        ("schema",),
        ("trial", "template.yaml", "mail.eml"),
        ("trial", "template.yaml", "mail.eml", "--json"),
        ("timeline", "template.yaml"),
        ("check", "names.yaml"),
        ("render", "template.yaml", "--surface", "body"),
        ("render", "template.yaml", "--surface", "body", "--eml"),
    ],
    ids=" ".join,
)
def test_an_output_that_cannot_be_written_is_one_sentence(
    hostile: Path, arguments: tuple[str, ...]
) -> None:
    given = [hostile / each if (hostile / each).is_file() else each for each in arguments]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "motion_desk", *given],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Error: The output cannot be written: ")


@POSIX
def test_an_output_that_nobody_reads_ends_without_a_word(hostile: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "motion_desk"),
                *("trial", hostile / "template.yaml", hostile / "mail.eml"),
            ],
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")  # and no pinned message came out otherwise


@POSIX
def test_ctrl_c_ends_a_trial_with_130(hostile: Path) -> None:
    letter = b"From x@y Mon Nov 23 12:01:26 2026\nSubject: s\n\nbody\n\n"
    (hostile / "box").write_bytes(letter * 200_000)
    with subprocess.Popen(
        [
            *(sys.executable, "-m", "motion_desk"),
            *("trial", hostile / "template.yaml", hostile / "box"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline()  # so it is at work, and waits for its reader soon
        running.send_signal(signal.SIGINT)
        _, said = running.communicate()
    assert (running.returncode, said) == (130, "Stopped.\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("trial", "CARE", "mail.eml"),
        ("timeline", "CARE"),
        ("render", "CARE", "--surface", "body"),
        ("check",),
        ("test", "CARE"),
        ("test-all",),
    ],
    ids=lambda each: each[0],
)
def test_a_workspace_that_is_not_there_ends_with_2(
    arguments: tuple[str, ...], tmp_path: Path, run: Run
) -> None:
    said = run("--workspace", tmp_path / "none.motiondesk", *arguments, code=2).stderr
    assert said.startswith("Error: There is no workspace ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("check", "pipe"), "This is a pipe"),
        (("import", "pipe"), "This is a pipe"),
        (("check", "--workspace", "pipe"), "pipe is a pipe"),
        (("timeline", "template.yaml", "--scenario", "pipe"), "This is a pipe"),
        (("render", "template.yaml", "--surface", "body", "--data", "pipe"), "pipe is a pipe"),
    ],
    ids=["check", "import", "workspace", "timeline", "render"],
)
def test_a_pipe_to_which_nobody_writes_is_not_waited_for(
    hostile: Path, run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    os.mkfifo(hostile / "pipe")
    given = [hostile / each if (hostile / each).exists() else each for each in arguments]
    said = run(*given, code=1 if arguments[0] == "import" else 2).stderr
    assert sentence in said


@POSIX
def test_a_pipe_of_the_shell_is_read_as_a_file(samples: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "motion_desk", "check", "/dev/stdin"],
        input=(samples / "trade-desk.yaml").read_bytes(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("trial", "x" * 300, "mail.eml"),
        ("trial", "template.yaml", "x" * 300),
        ("timeline", "x" * 300),
        ("render", "x" * 300, "--surface", "body"),
        ("render", "template.yaml", "--surface", "body", "--data", "x" * 300),
    ],
    ids=["trial", "message", "timeline", "render", "data"],
)
def test_a_name_that_no_file_can_have_is_one_sentence(
    hostile: Path, workspace: Path, arguments: tuple[str, ...]
) -> None:
    given = [hostile / each if "." in each else each for each in arguments]
    done = real("--workspace", workspace, *given)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_what_failed_without_a_name_is_the_output_only_where_it_was_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise TimeoutError(errno.ETIMEDOUT, "Connection timed out")

    monkeypatch.setattr(schema_.command, "callback", fail)
    monkeypatch.setattr(sys, "argv", ["motion-desk", "schema"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "Error: Connection timed out.\n"

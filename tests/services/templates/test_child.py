"""The child: shut off for good, bounded, and gone as soon as nobody asks it any more."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from motion_desk.services.templates import MOVES_CSS, RENDERS, SANDBOX_SWITCH, frames, memory_use
from motion_desk.services.templates.child import UNSAFE
from motion_desk.services.templates.process import Process, Watch

LIMITS = ("2", str(256 * 1024 * 1024), RENDERS)
posix = pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")

SHUT_OFF = """
import os, socket, subprocess
from motion_desk.services.templates import child
door = child.Door()
child.Answers(door)
child.shut_off(door)
door.open = {open}
{attempt}
print("reached")
"""


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/hostname')",
        "os.open('/etc/hostname', 0)",
        "os.listdir('/')",
        "os.system('true')",
        "subprocess.Popen(['true'])",
        "socket.socket()",
        "socket.getaddrinfo('localhost', 80)",
        "import sqlite3",
        "os.remove('/nowhere')",
        "os.putenv('A', 'B')",
    ],
)
@pytest.mark.parametrize("open_door", [False, True], ids=["rendering", "compiling"])
def test_what_is_outside_ends_the_process(attempt: str, open_door: bool) -> None:
    script = SHUT_OFF.format(attempt=attempt, open=open_door)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (UNSAFE, b"")


@pytest.mark.parametrize(
    "attempt", ["exec('1')", "compile('1', '', 'eval')", "(lambda: 0).__code__"]
)
def test_code_is_made_while_templates_are_compiled_and_never_while_they_run(attempt: str) -> None:
    codes = []
    for open_door in (True, False):
        script = SHUT_OFF.format(attempt=attempt, open=open_door) + "os._exit(0)\n"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
        codes.append(done.returncode)
    assert codes == [0, UNSAFE]


@posix
@pytest.mark.parametrize("work", [RENDERS, MOVES_CSS])
def test_the_process_bounds_itself(work: str) -> None:
    process = Process(2.0, int(LIMITS[1]), work)
    try:
        process.ready()
        limits = Path(f"/proc/{process.pid}/limits")
        if not limits.exists():
            pytest.skip("this system does not tell a process's limits")
        text = limits.read_text()
        bounds = dict(re.findall(r"^Max ([a-z ]+?)  +(\d+)", text, re.MULTILINE))
        assert bounds["address space"] == LIMITS[1]
        assert (bounds["file size"], bounds["core file size"], bounds["open files"]) == (
            "0",
            "0",
            "3",
        )
        opened = {each.name for each in Path(f"/proc/{process.pid}/fd").iterdir()}
        assert opened <= {"0", "1", "2"}
        variables = Path(f"/proc/{process.pid}/environ").read_bytes()
        assert b"HOME" not in variables
        assert b"MOTION_DESK" not in variables
    finally:
        process.close()


def test_it_imports_nothing_of_the_program_but_the_sandbox() -> None:
    script = (
        "import sys; import motion_desk.services.templates.child; "
        "print(*sorted(name for name in sys.modules if name.startswith('motion_desk')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    room = "motion_desk.services.templates"
    assert done.stdout.decode().split() == [
        "motion_desk",
        "motion_desk.services",
        room,
        f"{room}.child",
        *(f"{room}.{name}" for name in ("frames", "marking", "sandbox")),
    ]


def test_it_loads_neither_window_nor_network() -> None:
    script = (
        "import sys; import motion_desk.services.templates.child; "
        "print({'PySide6', 'ssl', 'socket', 'multiprocessing'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"


def test_a_frozen_program_is_its_own_child() -> None:
    command = [sys.executable, "-m", "motion_desk", SANDBOX_SWITCH, *LIMITS]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert frames.read(child.stdout) == ({"ready": True}, "")
        head = {
            "digest": "1",
            "data": {"a": "b"},
            "spans": True,
            "plain": False,
            "literals": [],
            "expressions": [],
        }
        frames.write(child.stdin, head, "{{ a }}")
        assert frames.read(child.stdout)[1] == "b"
        child.stdin.close()
        assert child.wait(10) == 0


def test_a_process_moves_css() -> None:
    process = Process(2.0, int(LIMITS[1]), MOVES_CSS)
    try:
        html = "<style>p { color: red }</style><p>a"
        _, page = process.ask({}, html, until=time.monotonic() + 10)
        assert '<p style="color: red;">a</p>' in page
    finally:
        process.close()


@posix
def test_it_ends_by_itself_where_its_parent_hangs() -> None:
    command = [sys.executable, "-m", "motion_desk", SANDBOX_SWITCH, "0.2", *LIMITS[1:]]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        frames.read(child.stdout)
        head = {"digest": "1", "data": {}, "spans": True, "plain": False}
        loops = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
        start = time.monotonic()
        frames.write(child.stdin, head | {"literals": [], "expressions": []}, loops)
        assert child.wait(10) == -signal.SIGALRM
        assert time.monotonic() - start < 5


def test_every_filter_that_is_left_needs_nothing_from_outside() -> None:
    from motion_desk.services.templates.rendering import Renderer, RenderError
    from motion_desk.services.templates.sandbox import Environment

    with Renderer() as renderer:
        for name in sorted(Environment(plain=False).filters):
            for value in ("'a b'", "[1, 2]", "1.5"):
                told = ""
                try:
                    renderer.render(f"{{{{ ({value}|{name})|string }}}}", {})
                except RenderError as error:  # such as a sum of letters
                    told = error.sentence
                assert "a file, the network" not in told, name


@posix
def test_where_the_system_bounds_no_memory_the_parent_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory_use, "BOUNDED", False)
    script = "import sys; held = bytes(sys.stdin.buffer.read(8)) * 12_000_000; sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE) as child:
        assert child.stdin is not None
        watch = Watch(child, 64 * 1024 * 1024)
        watch.begin(time.monotonic() + 30, None)
        child.stdin.write(b"12345678")
        child.stdin.flush()
        assert child.wait(10) == -signal.SIGKILL
        watch.close()
    assert watch.cause == "memory"
    assert memory_use.resident(os.getpid()) > 10 * 1024 * 1024

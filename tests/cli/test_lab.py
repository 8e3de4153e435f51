"""lab: servers in a process of its own, which says where they are and obeys what is typed."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from motion_desk.services.lab import FAULTS
from tests.cli.conftest import Run, real

USUAL_PORTS = (25, 110, 143, 443, 465, 587, 993, 995)
SECONDS = 20


def free_ports() -> dict[int, int]:
    """Ports that nobody listens on, for the usual ones: other tests may hold the lab's own."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in USUAL_PORTS]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return {
            usual: each.getsockname()[1] for usual, each in zip(USUAL_PORTS, sockets, strict=True)
        }


def option(ports: dict[int, int]) -> str:
    return ",".join(f"{usual}={real}" for usual, real in ports.items())


@contextmanager
def running(*arguments: str, **options: object) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own, which is ended with the block if it has not ended."""
    process = subprocess.Popen(
        [sys.executable, "-m", "motion_desk", "lab", *arguments],
        stdin=options.get("stdin", subprocess.PIPE),  # type: ignore[call-overload]
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    # Else a line that never comes would be waited for without end.
    watchdog = threading.Timer(SECONDS, process.kill)
    watchdog.start()
    try:
        yield process
        process.wait(SECONDS)
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()


def until(process: subprocess.Popen[str], beginning: str) -> str:
    """What the process prints, up to and with the line that begins so."""
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith(beginning):
            return said
    pytest.fail(f"“{beginning}” was never printed, but: {said}")


def greeting(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), SECONDS) as client:
        return client.recv(100)


def test_it_says_where_it_listens_shows_what_is_typed_and_ends_with_the_input() -> None:
    ports = free_ports()
    with running("--ports", option(ports)) as process:
        said = until(process, "Showing “healthy”")
        assert "on this computer only" in said
        for usual, real_port in ports.items():
            assert f"127.0.0.1:{real_port}  for {usual:3}" in said
        [line] = [line for line in said.splitlines() if line.startswith("Certificate authority: ")]
        certificate = Path(line.partition(": ")[2])
        assert certificate.read_text().startswith("-----BEGIN CERTIFICATE-----")
        assert "“lab-password”" in said
        assert greeting(ports[143]).startswith(b"* OK ")
        assert process.stdin
        process.stdin.write("Pop3\n")
        process.stdin.flush()
        assert "Type the name" not in until(process, "Showing “pop3”")  # that is for terminals
        assert greeting(ports[143]).startswith(b"+OK ")
        process.stdin.write("pop4\n")
        process.stdin.flush()
        said = until(process, "There is no fault “pop4”.")
        assert "Did you mean “pop3”?" in said
        process.stdin.close()
        assert process.wait(SECONDS) == 0
        assert process.stderr
        assert process.stderr.read() == ""
        process.stdin = None


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGINT to send to one process")
def test_ctrl_c_ends_it_cleanly() -> None:
    with running("--ports", option(free_ports()), "--fault", "expired") as process:
        until(process, "Showing “expired”")
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 0
        assert process.stderr
        assert process.stderr.read() == ""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no pseudo-terminals here")
def test_on_a_terminal_it_says_what_can_be_typed() -> None:
    ours, theirs = os.openpty()
    try:
        with running("--ports", option(free_ports()), stdin=theirs) as process:
            assert "“list” to see all" in until(process, "Type the name of a fault")
            os.write(ours, b"list\n")
            until(process, FAULTS[-1].name)
            os.write(ours, b"\x04")  # end of input
            assert process.wait(SECONDS) == 0
    finally:
        os.close(ours)
        os.close(theirs)


def test_every_fault_is_listed(run: Run) -> None:
    lines = run("lab", "--list").stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == [each.name for each in FAULTS]
    assert all(line.endswith(each.title) for line, each in zip(lines, FAULTS, strict=True))


def test_a_fault_of_names_and_addresses_says_how_to_see_it(run: Run) -> None:
    said = run("lab", "--ports", option(free_ports()), "--fault", "name-not-found").stdout
    assert "motion-desk test ACCOUNT --lab name-not-found" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--fault", "expird"], "There is no fault “expird”. Did you mean “expired”?"),
        (["--fault", "x"], "“motion-desk lab --list” lists them."),
        (["--ports", "143"], "“143” is no pair of ports. Write it as 143=10143."),
        (["--ports", "80=8080"], "The lab has no server for port 80, but for 25, 110, 143,"),
        (["--ports", "143=0"], "0 is outside 1 to 65535."),
        (["--ports", "143=70000"], "70000 is outside 1 to 65535."),
        (["--ports", "143=2000,993=2000"], "Two servers cannot share a port."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_is_refused(arguments: list[str], sentence: str, run: Run) -> None:
    assert sentence in " ".join(run("lab", *arguments, code=2).stderr.split())


def test_a_taken_port_is_one_sentence() -> None:
    ports = free_ports()
    with socket.socket() as other:
        other.bind(("127.0.0.1", ports[993]))
        other.listen()
        done = real("lab", "--ports", option(ports))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: The lab cannot listen on port {ports[993]} of 127.0.0.1")
    assert len(done.stderr.splitlines()) == 1

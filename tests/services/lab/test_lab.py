"""The lab starts, routes, switches and ends, beside other labs and whatever its clients do."""

import contextlib
import logging
import re
import socket
import ssl
import sys
import threading
from pathlib import Path

import pytest

from motion_desk.services.lab import FAULTS, Fault, Lab, LabError, fault
from motion_desk.services.lab.authority import Authority
from tests.services.lab.clients import (
    NAME,
    SECONDS,
    Client,
    connected,
    imap,
    logged_in,
    plain,
    smtp,
    trusting,
)

TESTS = Path(__file__).parent
USUAL_PORTS = {25, 110, 143, 443, 465, 587, 993, 995}


def lab_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "motion-desk-lab"]


def own_sockets() -> dict[int, str]:
    """This process's sockets of the internet, by descriptor, as Linux describes them."""
    described = {}
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            local, inode = line.split()[1], line.split()[9]
            described[f"socket:[{inode}]"] = f"{table} {local}"
    found = {}
    for entry in Path("/proc/self/fd").iterdir():
        try:
            target = str(entry.readlink())
        except FileNotFoundError:  # the listing's own
            continue
        if target in described:
            found[int(entry.name)] = described[target]
    return found


needs_proc = pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="Linux tells by /proc")


@pytest.mark.parametrize("each", FAULTS, ids=lambda each: each.name)
def test_every_fault_is_told_in_sentences_and_shown_by_some_test(each: Fault) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", each.name)
    assert each.title
    assert each.title[-1] not in ".!"
    assert each.about.endswith(".")
    assert fault(each.name) is each
    sources = [path.read_text(encoding="utf-8") for path in TESTS.glob("test_*.py")]
    assert any(f'"{each.name}"' in source for source in sources)


def test_the_names_of_faults_are_distinct() -> None:
    assert (
        len({each.name for each in FAULTS}) == len({each.title for each in FAULTS}) == len(FAULTS)
    )


@needs_proc
def test_every_socket_is_on_this_computers_own_addresses(tmp_path: Path) -> None:
    before = own_sockets()
    with Lab(tmp_path) as lab, logged_in(lab), smtp(lab):
        for each in FAULTS:
            lab.show(each.name)
        made = {number: what for number, what in own_sockets().items() if number not in before}
        assert len(made) >= len(USUAL_PORTS)
        # An address is written with its last byte first: 127.x.y.z ends with 7F.
        assert all(re.fullmatch(r"(tcp|udp) .{6}7F:.{4}", what) for what in made.values()), made


@needs_proc
def test_closing_leaves_no_thread_and_no_socket(tmp_path: Path) -> None:
    before = own_sockets().keys()
    lab = Lab(tmp_path)
    lab.start()
    assert [thread.daemon for thread in lab_threads()] == [True]
    clients = [Client(lab, port) for port in (993, 465, 143, 587, 110)]
    half_done = connected(lab, 993)  # a handshake that never goes on
    with imap(lab, 143) as upgraded:
        upgraded.ask("STARTTLS")
        lab.close()
    assert lab_threads() == []
    for client in clients:
        with client:
            pass
    half_done.close()
    assert own_sockets().keys() == before
    assert lab.seen.errors == ()
    lab.close()


def test_clients_learn_that_the_lab_was_closed(tmp_path: Path) -> None:
    lab = Lab(tmp_path)
    lab.start()
    with imap(lab) as client:
        lab.close()
        with pytest.raises((EOFError, OSError)):
            client.line()
    with pytest.raises(ConnectionRefusedError):
        connected(lab, 993)


def test_a_lab_is_started_once(tmp_path: Path) -> None:
    with Lab(tmp_path) as lab, pytest.raises(RuntimeError, match="before"):
        lab.start()
    with pytest.raises(RuntimeError, match="not started"):
        Lab(tmp_path).route(NAME, 993)


def test_hosts_and_ports_lead_to_the_lab(lab: Lab) -> None:
    assert set(lab.ports) == USUAL_PORTS
    for host in ("localhost", "smtp.gmail.example", "192.0.2.7", "mail.lab.example", "x"):
        for usual, real in lab.ports.items():
            assert lab.route(host, usual) == lab.route(host, real) == (("127.0.0.1", real),)
    with pytest.raises(ConnectionRefusedError):
        connected(lab, 2525)
    with pytest.raises(LookupError):
        lab.route("", 993)


def test_a_fault_is_shown_to_the_connections_made_from_then_on(lab: Lab) -> None:
    with imap(lab) as before:
        lab.show("tenant-gate")
        assert lab.fault.name == "tenant-gate"
        with imap(lab) as after:
            assert after.ask("LOGIN anna any") == ["NO LOGIN failed."]
        assert before.ask("LOGIN anna any")[-1].startswith("OK ")
    with pytest.raises(KeyError):
        lab.show("tenant gate")
    assert lab.fault.name == "tenant-gate"
    with pytest.raises(KeyError):
        Lab(lab.certificate_file.parent, fault="nonsense")


def test_faults_are_switched_from_any_thread(lab: Lab) -> None:
    def show_all() -> None:
        for each in FAULTS:
            lab.show(each.name)

    threads = [threading.Thread(target=show_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    lab.show("healthy")
    with logged_in(lab):
        pass


def test_two_labs_stand_beside_each_other(tmp_path: Path) -> None:
    with Lab(tmp_path / "one") as one, Lab(tmp_path / "two", fault="pop3") as two:
        assert set(one.ports.values()).isdisjoint(two.ports.values())
        with imap(one), Client(two, 993) as other:
            assert other.line().startswith("+OK ")
        assert (one.seen.connections, two.seen.connections) == (1, 1)
        with pytest.raises(ssl.SSLCertVerificationError), connected(two, 993) as made:
            trusting(one).wrap_socket(made, server_hostname=NAME)


def test_two_labs_share_an_authority_in_one_folder(tmp_path: Path) -> None:
    with Lab(tmp_path) as one, Lab(tmp_path) as two:
        assert one.certificate == two.certificate
        with connected(two, 993) as made:
            trusting(one).wrap_socket(made, server_hostname=NAME).close()


def test_labs_that_begin_at_once_in_a_new_folder_share_an_authority(tmp_path: Path) -> None:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # so that they really meet
    try:
        for number in range(8):
            certificates = made_at_once(tmp_path / str(number))
            assert len(certificates) == 4
            assert len(set(certificates)) == 1
    finally:
        sys.setswitchinterval(interval)


def made_at_once(folder: Path) -> list[str]:
    """The certificates that four labs find in a folder which none of them has seen before."""
    together = threading.Barrier(4)
    certificates: list[str] = []

    def begin() -> None:
        together.wait(SECONDS)
        certificates.append(Authority.kept_in(folder).pem)  # a lab’s own waits for other labs’

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    return certificates


def test_ports_may_be_given_and_a_taken_one_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(LabError, match=rf"cannot listen on port {taken} of 127\.0\.0\.1"):
            Lab(tmp_path, ports={993: taken}).start()
    assert lab_threads() == []
    lab = Lab(tmp_path, ports={993: taken})
    lab.start()
    assert lab.ports[993] == taken
    with imap(lab):
        lab.close()  # with a client, so that the system keeps the port back for a while
    with Lab(tmp_path, ports={993: taken}) as again:
        assert again.ports[993] == taken


def test_many_clients_are_served_at_once(lab: Lab) -> None:
    clients = [Client(lab, port) for port in (993, 465, 143, 587) for _ in range(10)]
    for client in reversed(clients):
        assert client.line().startswith(("* OK ", "220 "))
    for client in clients:
        with client:
            pass
    assert lab.seen.connections == 40


def test_clients_that_leave_in_the_middle_are_no_mistake_of_the_lab(tmp_path: Path) -> None:
    lab = Lab(tmp_path, scale=0.02)
    lab.start()
    for each in FAULTS:
        lab.show(each.name)
        for port in (993, 143, 465, 587, 110):
            for said in (
                b"",
                b"a LOGIN {5}\r\nx",
                b"EHLO x\r\nAUTH LOGIN\r\n",
                b"\x16\x03\x01\x00",
            ):
                try:
                    made = connected(lab, lab.ports[port]) if not each.silent else socket.socket()
                except (OSError, LookupError):
                    continue
                with made, contextlib.suppress(OSError):
                    made.sendall(said)
    lab.close()
    assert lab.seen.errors == ()


CANARY = "canary-5152"


def test_no_secret_is_kept_printed_or_logged(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = plain("anna", CANARY)
    imap_commands = (
        f'LOGIN anna "{CANARY}"',
        f"LOGIN {CANARY}",
        f"AUTHENTICATE PLAIN {secret}",
        f"AUTHENTICATE {secret}",
        "AUTHENTICATE LOGIN",
        secret,
    )
    smtp_commands = (f"AUTH PLAIN {secret}", f"AUTH {secret}", "AUTH LOGIN", secret)
    with Lab(tmp_path, scale=0.02) as lab:
        for name in ("healthy", "wrong-password", "basic-closed", "no-auth", "echo"):
            lab.show(name)
            for command in imap_commands:
                with imap(lab) as client:
                    client.say(f"a {command}\r\n{secret}\r\n{secret}\r\nb LOGOUT")
                    until_left(client)
            for command in smtp_commands:
                with smtp(lab) as client:
                    client.say(f"{command}\r\n{secret}\r\n{secret}\r\nQUIT")
                    until_left(client)
        held = repr([vars(lab), lab._common, vars(lab.seen)])
        held += repr([lab.seen.commands, lab.seen.logins, lab.seen.errors])
    assert lab.seen.errors == ()
    printed = capfd.readouterr()
    for word in (CANARY, secret, secret[8:-8]):
        assert word not in held
        assert word not in caplog.text + printed.out + printed.err


def until_left(client: Client) -> None:
    with contextlib.suppress(EOFError):
        while True:
            client.line()


def test_passwords_of_people_are_in_no_repr(tmp_path: Path) -> None:
    with Lab(tmp_path, people={"anna": CANARY}) as lab:
        assert CANARY not in repr(lab)
        assert CANARY not in repr(lab._common)


def test_the_counts_can_begin_anew(lab: Lab) -> None:
    with logged_in(lab):
        pass
    seen = lab.seen
    assert (seen.connections, seen.logins, seen.commands) == (1, {"LOGIN": 1}, {"imap": ["LOGIN"]})
    seen.clear()
    assert (seen.connections, seen.logins, seen.commands) == (0, {}, {})

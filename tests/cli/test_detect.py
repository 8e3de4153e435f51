"""detect: candidates with the best first, as lines or as JSON, and what its exit code says."""

import json
import os
import re
import select
import signal
import subprocess
from time import monotonic

from tests.cli.conftest import Run, real
from tests.cli.mail import SOON, command, environment
from tests.patience import PROMPT
from tests.services.domain.name_server import Manner, name_server

ZONE = {"_imaps._tcp.shop.test": ["SRV 0 1 993 imap.other.test."]}


def test_what_was_found_comes_best_first_with_its_source(run: Run) -> None:
    with name_server(ZONE) as server:
        given = ("--name-server", f"127.0.0.1#{server.port}")
        result = run("detect", "care@shop.test", "--lab", "autoconfig-malicious", *given)
    lines = result.stdout.splitlines()
    assert lines[0] == "IMAP: the best first"
    assert lines[1].startswith("  ! imap.other.test:993, TLS, username care@shop.test (85 %: DNS ")
    assert "lies outside “shop.test”" in lines[2]
    assert re.search(r"^Thunderbird's public list: It was not asked", result.stdout, re.MULTILINE)


def test_json_says_all_of_it(run: Run) -> None:
    with name_server(ZONE) as server:
        given = ("--name-server", f"127.0.0.1#{server.port}")
        result = run("detect", "care@shop.test", "--lab", "names-silent", "--json", *given)
    found = json.loads(result.stdout)
    [first] = [each for each in found["candidates"] if each["source"] == "srv"]
    assert (first["host"], first["needs_consent"]) == ("imap.other.test", True)
    assert first["evidence"] == ["_imaps._tcp.shop.test SRV 0 1 993 imap.other.test"]
    assert {each["source"] for each in found["sources"]} >= {"preset", "autoconfig", "probing"}


def test_in_the_lab_its_own_name_service_is_asked(run: Run) -> None:
    result = run("detect", "care@meridia.example", "--lab", "healthy")
    assert "received by meridia-example.mail.protection.outlook.com" in result.stdout
    assert "outlook.office365.com:993, TLS" in result.stdout
    assert "Choose the service “Outlook365”." in result.stdout


def test_a_built_in_service_is_found_without_any_network(run: Run) -> None:
    with name_server({}) as server:
        given = ("--name-server", f"127.0.0.1#{server.port}")
        result = run("detect", "someone@gmail.com", "--lab", "port-refused", *given)
    assert "imap.gmail.com:993, TLS" in result.stdout
    assert "Choose the service “Gmail”." in result.stdout


def test_nothing_and_no_address_have_codes_of_their_own(run: Run) -> None:
    with name_server({}) as server:
        given = ("--name-server", f"127.0.0.1#{server.port}")
        nothing = run("detect", "a@gmail.example", "--lab", "not-mail", *given, code=1)
        wrong = run("detect", "shop.test", *given, code=2)
        assert "gmail.example" in server.asked[0][0]
    assert "IMAP: nothing was found" in nothing.stdout
    assert wrong.stderr.strip() == "“shop.test” is not an email address."
    assert "no IP address" in run("detect", "a@b.test", "--name-server", "dns", code=2).stderr


def test_ctrl_c_ends_it_at_once() -> None:
    with name_server({}, {"test": Manner.SILENT}) as server:
        arguments = command("detect", "a@shop.test", "--name-server", f"127.0.0.1#{server.port}")
        process = subprocess.Popen(
            arguments, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        assert process.stdout
        try:
            until = monotonic() + SOON
            while not server.asked:
                assert monotonic() < until
            begun = monotonic()
            os.kill(process.pid, signal.SIGINT)
            ready, _, _ = select.select([process.stdout], [], [], SOON)
            assert ready
            assert process.wait(SOON) == 130
            assert monotonic() - begun < PROMPT
        finally:
            process.kill()
            process.wait(SOON)
            process.stdout.close()


def test_it_runs_as_people_run_it() -> None:
    done = real("detect", "a b")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr

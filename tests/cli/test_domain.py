"""domain: what each record means, as lines or as JSON, and what its exit code says."""

import json

from tests.cli.conftest import Run, real
from tests.services.domain.name_server import Manner, name_server

GOOD = {
    "shop.test": ["MX 10 mx.shop.test.", 'TXT "v=spf1 mx -all"'],
    "mx.shop.test": ["A 192.0.2.1"],
    "_dmarc.shop.test": ['TXT "v=DMARC1; p=reject; rua=mailto:a@shop.test"'],
}


def test_a_sound_domain_is_told_with_what_it_means(run: Run) -> None:
    with name_server(GOOD) as server:
        result = run("domain", "care@shop.test", "--name-server", f"127.0.0.1#{server.port}")
    lines = result.stdout.splitlines()
    assert lines[0] == "shop.test"
    assert any(line.startswith("SPF   good    shop.test names its senders") for line in lines)
    assert any("p=reject" in line for line in lines)


def test_something_wrong_has_a_code_and_stands_in_the_json(run: Run) -> None:
    zone = {**GOOD, "shop.test": ["MX 10 mx.shop.test.", 'TXT "v=spf1 +all"']}
    with name_server(zone) as server:
        given = ("--name-server", f"127.0.0.1#{server.port}")
        result = run("domain", "shop.test", "--json", *given, code=1)
    found = json.loads(result.stdout)
    remarks = {each["check"]: each["remarks"][0]["code"] for each in found["checks"]}
    assert remarks == {"mx": "mx.found", "spf": "spf.anyone", "dmarc": "dmarc.reject"}


def test_what_cannot_be_told_and_what_is_no_domain_have_codes_of_their_own(run: Run) -> None:
    with name_server({}, {"test": Manner.GARBAGE}) as server:
        given = ("--name-server", f"127.0.0.1#{server.port}")
        assert "cannot be told" in run("domain", "shop.test", *given, code=3).stdout
        assert run("domain", "nothing at all", *given, code=2).stderr.startswith("“nothing at all”")


def test_what_others_wrote_into_dns_cannot_steer_the_terminal(run: Run) -> None:
    zone = {**GOOD, "shop.test": ['TXT "v=spf1 \\027[2J\\008 -all"']}
    with name_server(zone) as server:
        given = ("--name-server", f"127.0.0.1#{server.port}")
        result = run("domain", "shop.test", *given, code=1)
    assert "\x1b" not in result.stdout
    assert "\x08" not in result.stdout


def test_it_runs_as_people_run_it() -> None:
    done = real("domain", "a b")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr

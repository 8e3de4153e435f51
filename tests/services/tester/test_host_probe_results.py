"""Results of the probe on the Motion host: what does not fit is refused by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from motion_desk.models.endpoints import Protocol
from motion_desk.services.lab import Lab
from motion_desk.services.tester.host_probe.reading import LARGEST, read
from motion_desk.services.tester.host_probe.refusals import HostProbeError, Refusal
from motion_desk.services.tester.host_probe.script import script
from tests.services.tester.host_probes import PASSWORD, USER, first_failure, on, ran
from tests.services.tester.orders import given


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab for all tests, which show it their faults."""
    with Lab(tmp_path_factory.mktemp("lab"), people={USER: PASSWORD}, scale=0.05) as started:
        yield started


@pytest.fixture(scope="module")
def result(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A good result."""
    return ran(script(on(lab)), tmp_path_factory.mktemp("probe"))


Change = Callable[[dict[str, Any]], object]
BROKEN: list[tuple[Change, Refusal]] = [
    (lambda it: it.update(account="another"), Refusal.OTHER_ACCOUNT),
    (lambda it: it.update(motion_desk_probe=2), Refusal.OTHER_VERSION),
    (lambda it: it.pop("motion_desk_probe"), Refusal.BROKEN),
    (lambda it: it.update(probes=[]), Refusal.OTHER_VALUES),
    (lambda it: it["probes"].pop(), Refusal.OTHER_VALUES),
    (lambda it: it["probes"][0].update(host="elsewhere.test"), Refusal.OTHER_VALUES),
    (lambda it: it["probes"][0].update(protocol="pop3"), Refusal.BROKEN),
    (lambda it: it["probes"][0]["steps"].pop(0), Refusal.BROKEN),
    (lambda it: it["probes"][0]["steps"][0].update(addresses=["1", 2]), Refusal.BROKEN),
    (lambda it: it["probes"][0]["steps"][0].update(addresses=["nowhere"]), Refusal.BROKEN),
    (lambda it: it["probes"][0]["steps"][2].update(outcome="odd"), Refusal.BROKEN),
    (lambda it: it["probes"][0]["steps"][2]["chain"][0].update(sha256="0"), Refusal.BROKEN),
    (lambda it: it["probes"][0]["steps"][2]["chain"][0].update(pem="x"), Refusal.BROKEN),
    (lambda it: it.update(at="yesterday"), Refusal.BROKEN),
    (lambda it: it.update(host=7), Refusal.BROKEN),
]


@pytest.mark.parametrize(("spoil", "refusal"), BROKEN, ids=range(len(BROKEN)))
def test_a_result_that_does_not_fit_is_refused_by_name(
    spoil: Change, refusal: Refusal, result: str, lab: Lab
) -> None:
    spoiled = json.loads(result)
    spoil(spoiled)
    with pytest.raises(HostProbeError) as refused:
        read(json.dumps(spoiled), on(lab))
    assert refused.value.refusal is refusal
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"a":' * 100_000,
        '{"motion_desk_probe": NaN}',
        "\x00",
        "x" * (LARGEST + 1),
    ],
    ids=range(8),
)
def test_what_is_no_result_is_refused_by_name(text: str, lab: Lab) -> None:
    with pytest.raises(HostProbeError) as refused:
        read(text, on(lab))
    assert refused.value.refusal in (Refusal.BROKEN, Refusal.TOO_LARGE, Refusal.OTHER_VERSION)


def test_a_part_of_a_result_is_refused_wherever_it_was_cut(result: str, lab: Lab) -> None:
    for at in range(0, len(result) - 2, 487):
        with pytest.raises(HostProbeError):
            read(result[:at], on(lab))


def test_an_old_python_that_shows_one_certificate_makes_no_false_alarm(
    result: str, lab: Lab
) -> None:
    old = json.loads(result)
    for probe in old["probes"]:
        del probe["steps"][2]["chain"][1:]
        probe["steps"][2]["whole"] = False
    found = read(json.dumps(old), on(lab), given(lab.certificate))
    assert [first_failure(found, each) for each in Protocol] == [None, None]


def test_a_result_is_still_taken_once_only_the_login_has_changed(result: str, lab: Lab) -> None:
    assert read(result, on(lab, imap__username="someone")).probes

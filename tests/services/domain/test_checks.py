"""What DNS says of a sender's domain is read as the RFCs say, and put into plain words."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from time import monotonic

import pytest

from motion_desk.services.domain.checks import DomainReport, domain_of, examine
from motion_desk.services.domain.resolver import Resolver
from motion_desk.services.domain.results import CheckName, Tone
from motion_desk.services.domain.spf_record import read
from tests.patience import PROMPT
from tests.services.domain.name_server import Manner, Zone, name_server

HOST = {"a.mx.test": ["A 192.0.2.1"], "b.mx.test": []}
MANY = " ".join(f"include:i{number}.test" for number in range(11))


def txt(text: str) -> str:
    """A TXT record, in strings of at most 255 characters."""
    return "TXT " + " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))


def checked(zone: Zone, address: str = "care@shop.test") -> DomainReport:
    """What is found of a domain in a zone."""
    with name_server(zone) as server:
        return examine(address, server.resolver, threading.Event())


def codes(zone: Zone, name: CheckName, address: str = "care@shop.test") -> list[str]:
    """The codes that a check gives, the worst first."""
    found = checked(zone, address).check(name)
    assert found is not None
    return [code.partition(".")[2] for code in found.codes]


MX: dict[str, tuple[Zone, list[str]]] = {
    "sound": ({"shop.test": ["MX 10 a.mx.test."], **HOST}, ["found"]),
    "no such domain": ({}, ["no-domain"]),
    "null": ({"shop.test": ["MX 0 ."]}, ["null"]),
    "the domain itself": ({"shop.test": ["A 192.0.2.1"]}, ["implicit"]),
    "nothing": ({"shop.test": []}, ["missing"]),
    "one is dead": (
        {"shop.test": ["MX 10 a.mx.test.", "MX 20 b.mx.test."], **HOST},
        ["partly-dead", "found"],
    ),
    "all are dead": ({"shop.test": ["MX 10 b.mx.test."], **HOST}, ["dead"]),
    "a circle": ({"shop.test": ["CNAME shop.test."]}, ["loop"]),
}


@pytest.mark.parametrize("case", MX)
def test_mx(case: str) -> None:
    zone, expected = MX[case]
    assert codes(zone, CheckName.MX) == expected


def spf(text: str, **others: str) -> dict[str, Sequence[str]]:
    """A zone in which the domain has an SPF record, and others have theirs."""
    return {
        "shop.test": [txt(text), txt("something else")],
        **{f"{name}.test": [txt(each)] for name, each in others.items()},
    }


SPF: dict[str, tuple[Zone, list[str]]] = {
    "fail": (spf("v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all"), ["fail"]),
    "softfail": (spf("V=SPF1 include:i.test ~all", i="v=spf1 ip4:192.0.2.1 ?all"), ["softfail"]),
    "neutral": (spf("v=spf1 ?all"), ["neutral"]),
    "anyone": (spf("v=spf1 +all"), ["anyone"]),
    "all alone is anyone": (spf("v=spf1 all"), ["anyone"]),
    "no end": (spf("v=spf1 ip4:192.0.2.1"), ["no-end"]),
    "redirected": (spf("v=spf1 redirect=i.test", i="v=spf1 -all"), ["fail"]),
    "redirect beside all": (spf("v=spf1 ~all redirect=nobody.test"), ["softfail"]),
    "missing": ({"shop.test": [txt("v=spf10 -all")]}, ["missing"]),
    "several": ({"shop.test": [txt("v=spf1 -all"), txt("v=spf1 ~all")]}, ["several"]),
    "unknown mechanism": (spf("v=spf1 ipv4:192.0.2.1 -all"), ["syntax"]),
    "wrong network": (spf("v=spf1 ip4:192.0.2.300 -all"), ["syntax"]),
    "redirect twice": (spf("v=spf1 redirect=i.test redirect=i.test", i="v=spf1 -all"), ["syntax"]),
    "an unknown modifier is passed over": (spf("v=spf1 moo=x -all"), ["fail"]),
    "include of itself": (spf("v=spf1 include:shop.test -all"), ["loop"]),
    "includes in a circle": (
        spf("v=spf1 include:i.test -all", i="v=spf1 include:j.test", j="v=spf1 include:i.test"),
        ["loop"],
    ),
    "an include without a record": (spf("v=spf1 include:nobody.test -all"), ["include-broken"]),
    "ptr": (spf("v=spf1 ptr -all"), ["ptr", "fail"]),
    "eleven look-ups": (
        spf(f"v=spf1 {MANY} -all", **{f"i{n}": "v=spf1 ip4:192.0.2.1" for n in range(11)}),
        ["too-many-lookups", "fail"],
    ),
    "three that find nothing": (
        spf("v=spf1 a:x.test a:y.test a:z.test -all"),
        ["void-lookups", "fail"],
    ),
    "a macro is not followed": (spf("v=spf1 exists:%{i}._s.%{d} -all"), ["fail"]),
}


@pytest.mark.parametrize("case", SPF)
def test_spf(case: str) -> None:
    zone, expected = SPF[case]
    assert codes(zone, CheckName.SPF) == expected


def test_ten_look_ups_are_counted_through_includes_and_allowed() -> None:
    inner = "v=spf1 a mx exists:a.mx.test include:j.test"
    zone = {
        **spf("v=spf1 a mx include:i.test ~all", i=inner, j="v=spf1 a:a.mx.test mx:shop.test a"),
        **HOST,
    }
    zone |= {name: [*zone[name], "A 192.0.2.3", "MX 1 a.mx.test."] for name in ("shop.test", "i.test", "j.test")}  # fmt: skip
    found = checked(zone).check(CheckName.SPF)
    assert found is not None
    assert found.codes == ("spf.softfail",)
    assert found.facts[-1].value == "10 of 10"


def test_a_record_that_grows_without_end_is_followed_only_so_far() -> None:
    many = " ".join(["include:i.test"] * 20)
    zone = spf(f"v=spf1 {many} -all", i=f"v=spf1 {' '.join(['include:j.test'] * 20)}", j="v=spf1 a")
    with name_server(zone) as server:
        report = examine("shop.test", server.resolver, threading.Event())
        assert len(server.asked) < 150
    found = report.check(CheckName.SPF)
    assert found is not None
    assert found.codes[0] == "spf.too-many-lookups"


@pytest.mark.parametrize("text", ["v=spf1 " + "a" * 5000, "v=spf1 \x00:\xff", "v=spf1 %:% a:/99"])
def test_nonsense_in_an_spf_record_is_a_fault_not_an_error(text: str) -> None:
    assert read(text).faults


def dmarc(text: str, at: str = "shop.test") -> Zone:
    return {at: [], f"_dmarc.{at}": [txt(text)]}


DMARC: dict[str, tuple[Zone, str, list[str]]] = {
    "missing": ({"shop.test": []}, "shop.test", ["missing"]),
    "none": (dmarc("v=DMARC1; p=none; rua=mailto:a@b.test"), "shop.test", ["none", "relaxed"]),
    "reject": (dmarc("v=DMARC1;p=REJECT;rua=mailto:a@b.test"), "shop.test", ["reject", "relaxed"]),
    "strict": (
        dmarc("v=DMARC1; p=reject; adkim=s; aspf=s; rua=mailto:a@b.test"),
        "shop.test",
        ["strict", "reject"],
    ),
    "without reports, for a part": (
        dmarc("v=DMARC1; p=quarantine; pct=20"),
        "shop.test",
        ["partial", "no-reports", "quarantine", "relaxed"],
    ),
    "of the domain above": (
        dmarc("v=DMARC1; p=reject; sp=none; rua=mailto:a@b.test"),
        "care.shop.test",
        ["none", "relaxed"],
    ),
    "what holds below does not hold here": (
        dmarc("v=DMARC1; p=reject; sp=none; rua=mailto:a@b.test"),
        "shop.test",
        ["reject", "relaxed"],
    ),
    "no policy": (dmarc("v=DMARC1; sp=none"), "shop.test", ["broken"]),
    "no policy, but reports": (
        dmarc("v=DMARC1; p=nonsense; rua=mailto:a@b.test"),
        "shop.test",
        ["none", "relaxed"],
    ),
    "several": (
        {"_dmarc.shop.test": [txt("v=DMARC1; p=none"), txt("v=DMARC1; p=reject")]},
        "shop.test",
        ["several"],
    ),
    "another text": (dmarc("v=DMARC2; p=reject"), "shop.test", ["missing"]),
}


@pytest.mark.parametrize("case", DMARC)
def test_dmarc(case: str) -> None:
    zone, domain, expected = DMARC[case]
    assert codes(zone, CheckName.DMARC, domain) == expected


def test_every_remark_is_a_sentence_and_says_what_it_means() -> None:
    zones = [zone for zone, _ in (*MX.values(), *SPF.values())]
    zones += [zone for zone, _, _ in DMARC.values()]
    for zone in zones[::3]:
        for check in checked(zone).checks:
            for remark in check.remarks:
                assert remark.sentence.endswith("."), remark
                assert remark.meaning.endswith((".", "…”.")), remark


def test_a_name_service_that_never_answers_is_named_and_takes_no_longer_than_allowed() -> None:
    with name_server({}, {"test": Manner.SILENT}) as server:
        begun = monotonic()
        report = examine("shop.test", server.resolver, threading.Event(), patience=0.5)
        assert monotonic() - begun < PROMPT
    assert {code for check in report.checks for code in check.codes} == {
        "mx.unanswered",
        "spf.unanswered",
        "dmarc.unanswered",
    }
    assert report.tone is Tone.UNKNOWN


def test_a_stop_ends_all_checks_at_once() -> None:
    stop = threading.Event()
    with name_server({}, {"test": Manner.SILENT}) as server:
        reports: list[DomainReport] = []
        thread = threading.Thread(
            target=lambda: reports.append(examine("shop.test", server.resolver, stop, patience=30))
        )
        thread.start()
        deadline = monotonic() + 5
        while len({kind for _, kind in server.asked}) < 2:
            assert monotonic() < deadline
        begun = monotonic()
        stop.set()
        thread.join(2 * PROMPT)
        assert monotonic() - begun < PROMPT
    assert {code.partition(".")[2] for each in reports[0].checks for code in each.codes} == {
        "stopped"
    }


@pytest.mark.parametrize("text", ["", "care@", "localhost", "a b.test", "127.0.0.1", "x" * 300, "@", "a@[::1]"])  # fmt: skip
def test_what_is_no_domain_is_said_and_nobody_is_asked(text: str) -> None:
    report = examine(text, Resolver([]), threading.Event())
    assert report.problem
    assert not report.checks


def test_a_domain_beyond_ascii_is_asked_for_by_uts_46() -> None:
    assert domain_of("käufer@straße.example") == "xn--strae-oqa.example"

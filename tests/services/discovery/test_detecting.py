"""Settings are found from an address, ranked, with their source, and without any password."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic, process_time

import pytest

from motion_desk.models.choices import Service
from motion_desk.models.endpoints import Protocol
from motion_desk.services.discovery.candidates import Detection, Ending, Source, lies_in
from motion_desk.services.discovery.detecting import detect, detections
from motion_desk.services.discovery.search import Request
from motion_desk.services.domain.resolver import Resolver
from tests.patience import PROMPT
from tests.servers.authority import Certificate
from tests.services.discovery import files
from tests.services.discovery.searches import SHOP, ending, found, nowhere, places, with_web
from tests.services.discovery.web import page, web_server
from tests.services.domain.name_server import Manner, Zone, name_server
from tests.services.mail.scripted import server, silence, without_end


@pytest.mark.parametrize(
    ("address", "service"),
    [
        ("a@gmail.com", Service.GMAIL),
        ("a@Hotmail.co.uk", Service.HOTMAIL),
        ("a@outlook.com", Service.HOTMAIL),
        ("a@yahoo.fr", Service.YAHOO),
        ("a@contoso.onmicrosoft.com", Service.OUTLOOK365),
    ],
)
def test_a_built_in_service_is_recognised_by_its_domain(address: str, service: Service) -> None:
    detection = found({}, address)
    assert ending(detection, Source.PRESET) is Ending.FOUND
    assert {each.service for each in detection.candidates} == {service}
    assert [each.protocol for each in detection.candidates] == list(Protocol)


def test_what_is_known_is_told_each_time_that_a_source_has_ended() -> None:
    stop = threading.Event()
    with name_server({**SHOP, **SRV}, {"_submission._tcp.shop.test": Manner.SILENT}) as names:
        request = Request("care@shop.test", names.resolver, route=nowhere, patience=0.6)
        known = list(detections(request, stop))
    counts = [len(each.sources) for each in known]
    assert counts == list(range(1, len(Source) + 1))
    assert [each.source for each in known[-1].sources] == list(Source)
    assert {each.source for each in known[-2].sources} == set(Source) - {Source.SRV}, (
        "the slowest does not hold up the others"
    )
    mx = next(each for each in known[-1].sources if each.source is Source.MX)
    assert (mx.ending, mx.found) == (Ending.NOTHING, 0)


def test_each_candidate_has_its_evidence_word_for_word() -> None:
    detection = found({**SHOP, **SRV})
    [imap] = detection.of(Protocol.IMAP)
    assert imap.evidence == ("_imaps._tcp.shop.test SRV 0 1 993 imap.shop.test",)
    detection, _ = with_web(lambda *_: page(files.GOOD))
    assert detection.of(Protocol.SMTP)[0].evidence[0] == (
        "https://autoconfig.shop.test/mail/config-v1.1.xml?emailaddress=care@shop.test lists "
        "smtp.shop.test:587, STARTTLS, username care, authentication password-cleartext"
    )
    assert len(detection.of(Protocol.SMTP)[0].evidence) == 2, "one for each source"
    detection = found({"shop.test": ["MX 5 aspmx.l.google.com."]})
    assert detection.candidates[0].evidence == ("shop.test MX 5 aspmx.l.google.com",)


@pytest.mark.parametrize(
    ("receiver", "service"),
    [
        ("aspmx.l.google.com.", Service.GMAIL),
        ("shop-test.mail.protection.outlook.com.", Service.OUTLOOK365),
        ("mx-eu.mail.am0.yahoodns.net.", Service.YAHOO),
        ("google.com.evil.test.", None),
    ],
)
def test_a_built_in_service_is_recognised_by_who_receives(
    receiver: str, service: Service | None
) -> None:
    detection = found({"shop.test": [f"MX 1 {receiver}"]})
    assert {each.service for each in detection.candidates} == ({service} if service else set())
    assert all(each.needs_consent for each in detection.candidates)


SRV: Zone = {
    "_imaps._tcp.shop.test": ["SRV 0 1 993 imap.shop.test."],
    "_submissions._tcp.shop.test": ["SRV 0 1 465 mail.host.test."],
    "_submission._tcp.shop.test": ["SRV 0 1 587 mail.host.test."],
    "_imap._tcp.shop.test": ["SRV 0 0 0 ."],
}


def test_service_records_are_read_and_what_is_not_offered_is_left_out() -> None:
    detection = found({**SHOP, **SRV})
    assert places(detection.of(Protocol.IMAP)) == [("imap.shop.test", 993)]
    assert places(detection.of(Protocol.SMTP)) == [("mail.host.test", 465), ("mail.host.test", 587)]
    assert [each.needs_consent for each in detection.candidates] == [False, True, True]
    assert "outside" in detection.of(Protocol.SMTP)[0].note


def test_services_that_a_domain_disowns_are_said() -> None:
    zone = {name: ["SRV 0 0 0 ."] for name in SRV}
    assert ending(found(zone), Source.SRV) is Ending.NOT_OFFERED


def test_the_autoconfig_file_is_asked_for_by_https_and_read() -> None:
    detection, web = with_web(lambda host, _: page(files.GOOD if host.startswith("auto") else b""))
    assert ending(detection, Source.AUTOCONFIG) is Ending.FOUND
    assert places(detection.candidates) == [("imap.shop.test", 993), ("smtp.shop.test", 587)]
    assert not any(each.needs_consent for each in detection.candidates)
    assert set(web.asked) == {
        ("autoconfig.shop.test", "/mail/config-v1.1.xml?emailaddress=care@shop.test"),
        ("shop.test", "/.well-known/autoconfig/mail/config-v1.1.xml"),
    }


def test_what_two_sources_say_becomes_one_candidate_and_counts_more() -> None:
    detection, _ = with_web(lambda *_: page(files.GOOD))
    best = detection.of(Protocol.IMAP)[0]
    assert (best.source, best.also) == (Source.AUTOCONFIG, (Source.WELL_KNOWN,))
    assert best.confidence > 90
    assert len(detection.of(Protocol.IMAP)) == 1


def test_the_public_list_is_asked_only_if_that_is_wanted() -> None:
    detection, web = with_web(lambda *_: page(files.GOOD))
    assert ending(detection, Source.ISPDB) is Ending.LEFT_OUT
    assert not any("thunderbird" in host for host, _ in web.asked)
    detection, web = with_web(lambda *_: page(files.GOOD), ispdb=True)
    assert ending(detection, Source.ISPDB) is Ending.FOUND
    assert ("autoconfig.thunderbird.net", "/v1.1/shop.test") in web.asked


def test_a_file_that_names_another_domain_says_so_and_needs_consent() -> None:
    other = files.file(files.server("imap", "imap.evil.test", 993, "SSL"), domain="evil.test")
    detection, _ = with_web(lambda *_: page(other))
    assert ending(detection, Source.AUTOCONFIG) is Ending.OTHER_DOMAIN
    (candidate,) = detection.candidates
    assert candidate.needs_consent
    assert "“evil.test”" in candidate.note
    assert candidate.confidence < 70


ANSWERS: dict[str, tuple[Callable[[str, str], bytes], Ending]] = {
    "entities": (lambda *_: page(files.LAUGHS), Ending.MALICIOUS),
    "depth": (lambda *_: page(files.DEEP), Ending.MALICIOUS),
    "100 MB announced": (
        lambda *_: b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n",
        Ending.TOO_LARGE,
    ),
    "a head without end": (
        lambda *_: b"HTTP/1.1 200 OK\r\nX: " + b"x" * 9_000_000,
        Ending.TOO_LARGE,
    ),
    "a file without end": (
        lambda *_: b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 100_000_000,
        Ending.TOO_LARGE,
    ),
    "a sign-in page": (lambda *_: page(b"<html><p>Sign in</p></html>"), Ending.NONSENSE),
    "nothing there": (lambda *_: page(b"", "404 Not Found"), Ending.NOTHING),
    "a broken server": (lambda *_: page(b"", "500 Oh"), Ending.REFUSED),
    "no HTTP": (lambda *_: b"* OK IMAP4rev1\r\n\r\n", Ending.NONSENSE),
    "led in a circle": (
        lambda *_: page(b"", "302 Found", "Location: https://shop.test/"),
        Ending.LOOP,
    ),
    "led to clear text": (
        lambda *_: page(b"", "302 Found", "Location: http://shop.test/"),
        Ending.REFUSED,
    ),
    "led to a file": (
        lambda *_: page(b"", "302 Found", "Location: file:///etc/passwd"),
        Ending.REFUSED,
    ),
    "led to nowhere": (
        lambda *_: page(b"", "301 Moved", "Location: https://nobody.test:70000/"),
        Ending.NONSENSE,
    ),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_a_web_server_that_answers_badly_is_named(case: str) -> None:
    answer, expected = ANSWERS[case]
    begun = process_time()
    detection, web = with_web(answer)
    assert ending(detection, Source.AUTOCONFIG) is expected
    assert sum(web.taken) < 5_000_000
    assert detection.candidates == ()
    assert process_time() - begun < PROMPT


def test_a_redirect_to_another_https_host_is_followed_and_chunks_are_read() -> None:
    half = len(files.GOOD) // 2
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in (files.GOOD[:half], files.GOOD[half:], b""))  # fmt: skip

    def answer(host: str, _: str) -> bytes:
        if host == "elsewhere.test":
            return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
        return page(b"", "302 Found", "Location: https://elsewhere.test/here.xml")

    detection, web = with_web(answer)
    assert ending(detection, Source.AUTOCONFIG) is Ending.FOUND
    assert ("elsewhere.test", "/here.xml") in web.asked


@pytest.mark.parametrize("kind", [Certificate.EXPIRED, Certificate.SELF_SIGNED])
def test_a_web_server_without_a_trusted_certificate_is_not_listened_to(kind: Certificate) -> None:
    detection, web = with_web(lambda *_: page(files.GOOD), kind)
    assert ending(detection, Source.AUTOCONFIG) is Ending.UNTRUSTED
    assert web.asked == []


def test_a_certificate_for_another_name_is_not_listened_to() -> None:
    with web_server(lambda *_: page(files.GOOD), names=("elsewhere.test",)) as web:
        detection = found(SHOP, route=web.route, given=(web.authority,))
    assert ending(detection, Source.AUTOCONFIG) is Ending.UNTRUSTED
    assert web.asked == []


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("shop.test", True),
        ("a.b.Shop.test.", True),
        ("evilshop.test", False),
        ("shop.test.evil.test", False),
        ("test", False),
    ],
)
def test_a_host_lies_in_a_domain_by_whole_labels(host: str, inside: bool) -> None:
    assert lies_in(host, "shop.test") is inside


def test_a_proxy_is_asked_to_connect_and_its_login_is_named() -> None:
    said: list[bytes] = []

    def play(connection: object) -> None:
        said.append(connection.recv(4096))  # type: ignore[attr-defined]
        connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")  # type: ignore[attr-defined]

    with server(play) as (_, port):
        detection = found(SHOP, proxy=f"http://127.0.0.1:{port}")
    assert ending(detection, Source.WELL_KNOWN) is Ending.REFUSED
    assert sorted(said)[0].startswith(b"CONNECT autoconfig.shop.test:443 HTTP/1.1\r\n")


def test_a_name_service_that_leads_to_this_computer_is_not_followed() -> None:
    names = ("imap", "smtp", "mail", "autoconfig")
    zone = {f"{name}.shop.test": ["A 127.0.0.1", "AAAA ::1"] for name in names}
    detection = found({**zone, "shop.test": ["A 169.254.169.254"]}, route=None, proxy="")
    assert detection.candidates == ()
    for source in (Source.PROBING, Source.AUTOCONFIG, Source.WELL_KNOWN):
        assert ending(detection, source) is Ending.NONSENSE


@pytest.mark.parametrize(
    ("zone", "manners", "expected"),
    [
        ({}, {"test": Manner.SILENT}, Ending.UNANSWERED),
        ({"_imaps._tcp.shop.test": ["CNAME _imaps._tcp.shop.test."]}, {}, Ending.LOOP),
        ({}, {"test": Manner.GARBAGE}, Ending.NONSENSE),
    ],
    ids=["never answers", "loops", "lies"],
)
def test_a_name_service_that_fails_is_named_in_bounded_time(
    zone: Zone, manners: dict[str, Manner], expected: Ending
) -> None:
    begun = monotonic()
    detection = found(zone, manners=manners, patience=0.6)
    assert ending(detection, Source.SRV) is expected
    assert monotonic() - begun < PROMPT


@pytest.mark.parametrize(
    "play", [silence, without_end(b"* OK \xff"), without_end(b"\r\n")], ids=range(3)
)
def test_servers_that_never_come_to_an_end_cost_no_more_than_the_time(
    play: Callable[[object], None],
) -> None:
    with server(play) as place:
        begun = monotonic()
        detection = found(SHOP, route=lambda *_: (place,), patience=0.7)
        assert monotonic() - begun < PROMPT
    assert detection.candidates == ()


def test_a_stop_ends_a_search_wherever_it_waits() -> None:
    stop = threading.Event()
    connected = threading.Event()
    detections: list[Detection] = []

    def play(connection: object) -> None:
        connected.set()
        silence(connection)  # type: ignore[arg-type]

    with server(play) as place, name_server({}, {"test": Manner.SILENT}) as names:
        request = Request("a@shop.test", names.resolver, route=lambda *_: (place,), patience=30)
        thread = threading.Thread(target=lambda: detections.append(detect(request, stop)))
        thread.start()
        assert connected.wait(10)
        begun = monotonic()
        stop.set()
        thread.join(2 * PROMPT)
        taken = monotonic() - begun
    assert taken < PROMPT
    assert ending(detections[0], Source.PROBING) is Ending.STOPPED
    assert ending(detections[0], Source.PRESET) is Ending.NOTHING


@pytest.mark.parametrize("address", ["", "shop.test", "a@", "a@localhost", "a b@shop.test", "a@127.0.0.1", "x" * 500])  # fmt: skip
def test_what_is_no_address_is_said_and_nobody_is_asked(address: str) -> None:
    detection = detect(Request(address, Resolver([])), threading.Event())
    assert detection.problem.endswith(".")
    assert detection.sources == ()

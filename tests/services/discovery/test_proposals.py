"""Candidates become proposals: halves that belong together, ranked, each with who vouches for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motion_desk.models.choices import Service
from motion_desk.models.endpoints import Protocol
from motion_desk.services.discovery.candidates import (
    Candidate,
    Detection,
    Ending,
    Source,
    SourceResult,
    UsernameForm,
    ranked,
)
from motion_desk.services.discovery.proposals import Proposal, Trust, proposals

IMAP, SMTP = Protocol.IMAP, Protocol.SMTP


def half(
    protocol: Protocol,
    host: str,
    port: int,
    source: Source,
    confidence: int = 80,
    *,
    tls: bool = True,
    starttls: bool = False,
) -> Candidate:
    """A candidate whose username nobody said anything of."""
    return Candidate(
        protocol, host, port, tls, starttls, "a@shop.test", UsernameForm.UNKNOWN, source, confidence
    )


def proposed(*found: Candidate, ended: tuple[SourceResult, ...] = ()) -> tuple[Proposal, ...]:
    """What is proposed from candidates."""
    return proposals(Detection("a@shop.test", "shop.test", ranked(found), ended))


def places(found: tuple[Proposal, ...]) -> list[list[str]]:
    return [[f"{each.host}:{each.port}" for each in one.candidates] for one in found]


def test_what_one_source_says_belongs_together_and_its_order_is_kept() -> None:
    found = proposed(
        half(IMAP, "imap.shop.test", 993, Source.SRV, 85),
        half(SMTP, "smtp.shop.test", 465, Source.SRV, 84),
        half(SMTP, "smtp.shop.test", 587, Source.SRV, 83, tls=False, starttls=True),
        half(IMAP, "in.host.test", 993, Source.AUTOCONFIG, 90),
        half(SMTP, "out.host.test", 465, Source.AUTOCONFIG, 89),
    )
    assert places(found) == [
        ["in.host.test:993", "out.host.test:465"],
        ["imap.shop.test:993", "smtp.shop.test:465"],
        ["imap.shop.test:993", "smtp.shop.test:587"],
    ]
    assert [each.trust for each in found] == [Trust.NAMED, Trust.UNSIGNED, Trust.UNSIGNED]


def test_hosts_of_one_name_go_together() -> None:
    found = proposed(
        half(IMAP, "imap.shop.test", 993, Source.PROBING, 70),
        half(IMAP, "mail.shop.test", 993, Source.PROBING, 68),
        half(SMTP, "smtp.shop.test", 465, Source.PROBING, 70),
        half(SMTP, "smtp.shop.test", 587, Source.PROBING, 69, tls=False, starttls=True),
        half(SMTP, "mail.shop.test", 465, Source.PROBING, 68),
    )
    assert places(found) == [
        ["imap.shop.test:993", "smtp.shop.test:465"],
        ["imap.shop.test:993", "smtp.shop.test:587"],
        ["mail.shop.test:993", "mail.shop.test:465"],
    ]


def test_the_same_from_several_sources_is_one_proposal_by_whoever_is_trusted_most() -> None:
    sources = (Source.PROBING, Source.SRV, Source.WELL_KNOWN)
    found = proposed(
        *(half(IMAP, "imap.shop.test", 993, each) for each in sources),
        *(half(SMTP, "smtp.shop.test", 465, each) for each in sources),
    )
    [only] = found
    assert set(only.sources) == set(sources)
    assert only.trust is Trust.NAMED


def test_a_place_in_clear_text_is_left_out_where_its_host_offers_a_better_one() -> None:
    clear = half(IMAP, "mail.shop.test", 143, Source.PROBING, 10, tls=False)
    smtp = half(SMTP, "mail.shop.test", 465, Source.PROBING)
    better = half(IMAP, "mail.shop.test", 993, Source.PROBING)
    assert places(proposed(clear, better, smtp)) == [["mail.shop.test:993", "mail.shop.test:465"]]
    assert places(proposed(clear, smtp)) == [["mail.shop.test:143", "mail.shop.test:465"]]


def test_half_of_an_account_is_proposed_last() -> None:
    alone = half(IMAP, "imap.host.test", 993, Source.SRV, 85)
    pair = (
        half(IMAP, "imap.shop.test", 993, Source.PROBING, 70),
        half(SMTP, "smtp.shop.test", 465, Source.PROBING, 70),
    )
    found = proposed(alone, *pair)
    assert [each.smtp is None for each in found] == [False, True]


@pytest.mark.parametrize(
    ("imap", "smtp", "service"),
    [
        (("imap.gmail.com", 993, True), ("smtp.gmail.com", 465, True), Service.GMAIL),
        (("imap.gmail.com", 993, True), ("smtp.gmail.com", 587, False), None),
        (
            ("outlook.office365.com", 993, True),
            ("smtp.office365.com", 587, False),
            Service.OUTLOOK365,
        ),
        (("imap.gmail.com.evil.test", 993, True), ("smtp.gmail.com", 465, True), None),
    ],
    ids=["gmail", "another port", "outlook365", "another host"],
)
def test_the_servers_of_a_built_in_service_are_that_service_whoever_names_them(
    imap: tuple[str, int, bool], smtp: tuple[str, int, bool], service: Service | None
) -> None:
    [only] = proposed(
        half(IMAP, imap[0], imap[1], Source.AUTOCONFIG, tls=imap[2]),
        half(SMTP, smtp[0], smtp[1], Source.AUTOCONFIG, tls=smtp[2], starttls=not smtp[2]),
    )
    assert only.service is service


def test_a_file_for_another_domain_is_trusted_least() -> None:
    ended = (SourceResult(Source.AUTOCONFIG, Ending.OTHER_DOMAIN, "It speaks of others."),)
    file = half(IMAP, "imap.evil.test", 993, Source.AUTOCONFIG)
    [only] = proposed(file, ended=ended)
    assert only.trust is Trust.STRANGE
    [named] = proposed(file, replace(file, source=Source.SRV), ended=ended)
    assert named.trust is Trust.UNSIGNED


def test_warnings_and_evidence_are_said_once() -> None:
    pair = [
        replace(half(each, "mail.evil.test", 993, Source.SRV), warnings=("W.",), evidence=("E",))
        for each in Protocol
    ]
    [only] = proposed(*pair)
    assert (only.warnings, only.evidence) == (("W.",), ("E",))


def test_nothing_found_is_nothing_proposed() -> None:
    assert proposed() == ()


def test_each_kind_of_trust_has_a_title_and_sentences() -> None:
    for each in Trust:
        assert each.title[-1] not in ".!"
        assert each.sentence.endswith(".")

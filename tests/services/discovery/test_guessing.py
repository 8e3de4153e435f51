"""Usual names and ports are probed without a login, and what a certificate is worth is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from motion_desk.models.endpoints import Protocol
from motion_desk.services.lab import Lab
from tests.services.discovery.searches import SHOP, found, places, to_mail


def test_usual_names_are_probed_and_the_best_encrypted_comes_first(tmp_path: Path) -> None:
    with Lab(tmp_path) as lab:
        detection = found(SHOP, route=to_mail(lab), given=(lab.certificate,))
        assert lab.seen.errors == ()
    assert places(detection.of(Protocol.IMAP)) == [
        ("imap.shop.test", 993), ("mail.shop.test", 993), ("imap.shop.test", 143), ("mail.shop.test", 143),
    ]  # fmt: skip
    smtp = detection.of(Protocol.SMTP)
    assert places(smtp)[0] == ("smtp.shop.test", 465)
    assert {each.port for each in smtp if each.starttls} == {587}
    assert (
        detection.of(Protocol.IMAP)[0].confidence > detection.of(Protocol.IMAP)[2].confidence + 30
    )
    assert "trusted and names it" in detection.of(Protocol.IMAP)[0].note


@pytest.mark.parametrize("fault", ["self-signed", "wrong-name", "expired"])
def test_a_certificate_that_motion_would_refuse_counts_less_and_is_said(
    fault: str, tmp_path: Path
) -> None:
    with Lab(tmp_path, fault=fault) as lab:
        detection = found(SHOP, route=to_mail(lab), given=(lab.certificate,))
    best = detection.of(Protocol.IMAP)[0]
    assert best.confidence < 70
    assert "certificate is" in best.note


@pytest.mark.parametrize("fault", ["swapped", "pop3", "not-mail", "port-refused", "tls-broken"])
def test_what_does_not_greet_as_it_should_is_no_candidate(fault: str, tmp_path: Path) -> None:
    with Lab(tmp_path, fault=fault) as lab:
        detection = found(SHOP, route=to_mail(lab), given=(lab.certificate,))
    assert 993 not in {each.port for each in detection.of(Protocol.IMAP)}


def test_no_login_is_ever_tried(tmp_path: Path) -> None:
    with Lab(tmp_path) as lab:
        found(SHOP, route=to_mail(lab), given=(lab.certificate,))
        assert lab.seen.logins == {}
        by_protocol = lab.seen.commands
        said = {word.split()[0] for name in ("imap", "smtp") for word in by_protocol[name]}
    assert said == {"CAPABILITY", "EHLO", "STARTTLS"}


def test_a_wildcard_makes_usual_names_count_less(tmp_path: Path) -> None:
    with Lab(tmp_path) as lab:
        plain = found(SHOP, route=to_mail(lab), given=(lab.certificate,))
        wild = found({**SHOP, "*.shop.test": ["A 192.0.2.1"]}, route=to_mail(lab), given=(lab.certificate,))  # fmt: skip
    assert wild.candidates[0].confidence < plain.candidates[0].confidence
    assert "Every name below" in wild.candidates[0].note

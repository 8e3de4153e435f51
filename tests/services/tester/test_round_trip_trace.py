"""The trace: what the header of a message that arrived tells, however it is written."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.services.tester.trace import traced

ARRIVED = b"""\
Received: from in.example.test (in.example.test [192.0.2.7]) by store.example.test (LMTP) id 1;\r
 Mon, 23 Nov 2026 05:30:20 +0100\r
Received: from out.example.test by in.example.test with ESMTPS (nested (comment) from x);\r
 Mon, 23 Nov 2026 04:30:15 +0000\r
Received: from desk by out.example.test; Mon, 23 Nov 2026 04:30:12 +0000\r
Authentication-Results: in.example.test; dkim=pass (2048-bit; key) header.d=example.test;\r
 spf=softfail smtp.mailfrom=a@example.test; dmarc=Fail (p=none) header.from=example.test\r
Received-SPF: Pass (sender is allowed) receiver=mx.test; client-ip=192.0.2.7\r
X-Spam-Status: No, score=-1.9\r
X-Forefront-Antispam-Report: SCL:1\r
Subject: [External] Hello\r
From: a@example.test\r
To: a@example.test\r
\r
"""


def sent() -> EmailMessage:
    """The message as it left."""
    message = EmailMessage()
    message["Subject"] = "Hello"
    message["From"] = message["To"] = "a@example.test"
    return message


def test_the_header_tells_hops_results_spam_and_what_was_altered() -> None:
    trace = traced(ARRIVED, sent())
    assert [(hop.sender, hop.receiver, hop.delay) for hop in trace.hops] == [
        ("desk", "out.example.test", None),
        ("out.example.test", "in.example.test", 3),
        ("in.example.test", "store.example.test", 5),
    ]
    assert [(each.method, each.result, each.server) for each in trace.checked] == [
        ("dkim", "pass", "in.example.test"),
        ("spf", "softfail", "in.example.test"),
        ("dmarc", "fail", "in.example.test"),
        ("spf", "pass", "mx.test"),
    ]
    assert trace.checked[0].detail == "header.d=example.test"
    assert [name for name, _ in trace.spam] == ["X-Spam-Status", "X-Forefront-Antispam-Report"]
    assert [(each.name, each.sent, each.arrived) for each in trace.altered] == [
        ("Subject", "Hello", "[External] Hello")
    ]


_pieces = st.sampled_from(
    b"Received:|Authentication-Results:|Received-SPF:|=?utf-8?b?|?=|(|)|;|\r\n| from | by |=|spf|"
    b"\xff|99 Foo 99999 99:99:99 +9999".split(b"|")
)


@pytest.mark.parametrize(
    ("received", "protocol", "tls"),
    [
        ("from a by b with ESMTPS (version=TLS1_3 cipher=X bits=256/256)", "ESMTPS", "TLS 1.3"),
        ("from a by b (using TLSv1.2 with cipher X) with ESMTPSA id 1", "ESMTPSA", "TLS 1.2"),
        (
            "from a by b with Microsoft SMTP Server (version=TLS1_2, cipher=X)",
            "Microsoft",
            "TLS 1.2",
        ),
        ("from a by b with UTF8SMTPSA", "UTF8SMTPSA", "TLS"),
        ("from a by b with LMTPS", "LMTPS", "TLS"),
        ("from a by b with ESMTP", "ESMTP", ""),
        ("from a by b with SMTP-TLS", "SMTP-TLS", ""),
    ],
)
def test_a_hop_tells_how_it_was_encrypted(received: str, protocol: str, tls: str) -> None:
    [hop] = traced(
        f"Received: {received}; Mon, 23 Nov 2026 04:30:12 +0000\r\n\r\n".encode(), sent()
    ).hops
    assert (hop.protocol, hop.tls) == (protocol, tls)


@given(st.lists(_pieces | st.binary(max_size=8), max_size=25).map(b"".join))
def test_no_header_is_too_broken_to_be_read(header: bytes) -> None:
    assert traced(header, sent()).hops is not None

"""Faults of encryption: STARTTLS, certificates and the TLS handshake."""

from __future__ import annotations

from motion_desk.services.lab.faults.behaviour import Chain, Fault, Handshake, Starttls

ENCRYPTING = (
    Fault(
        "starttls-missing",
        "STARTTLS not offered",
        "143, 587 and 25 neither offer nor know STARTTLS.",
        starttls=Starttls.MISSING,
    ),
    Fault(
        "starttls-stripped",
        "STARTTLS offered but refused",
        "STARTTLS is offered and then refused, as by a proxy that wants to read along.",
        starttls=Starttls.STRIPPED,
    ),
    Fault(
        "starttls-broken",
        "STARTTLS breaks off",
        "The server is ready for TLS, then closes the connection during the handshake.",
        starttls=Starttls.BROKEN,
    ),
    Fault(
        "login-disabled",
        "No log-in without encryption",
        "Before TLS no log-in is possible; the server says so when one is tried.",
        clear_login=False,
    ),
    Fault(
        "self-signed",
        "Self-signed certificate",
        "The certificate is signed by nobody but itself.",
        chain=Chain.SELF_SIGNED,
    ),
    Fault(
        "private-ca",
        "Private certificate authority",
        "The certificate is sound, but its authority is known only to who was given it. The lab "
        "is like this in health, too.",
    ),
    Fault(
        "missing-intermediate",
        "Intermediate certificate missing",
        "The server sends its own certificate without the one that leads to the authority.",
        chain=Chain.LEAF_ONLY,
    ),
    Fault(
        "expired",
        "Certificate expired",
        "The certificate ended a month ago.",
        chain=Chain.EXPIRED,
    ),
    Fault(
        "not-yet-valid",
        "Certificate not yet valid",
        "The certificate begins in a month.",
        chain=Chain.NOT_YET_VALID,
    ),
    Fault(
        "wrong-name",
        "Certificate for another name",
        "The certificate names only mail.lab.example, which leads to the same server.",
        chain=Chain.OTHER_NAME,
    ),
    Fault(
        "old-tls",
        "Old TLS only",
        "The server speaks nothing newer than TLS 1.1, which clients no longer accept.",
        handshake=Handshake.OLD,
    ),
    Fault(
        "tls-broken",
        "TLS handshake breaks off",
        "The server closes the connection in the middle of the TLS handshake.",
        handshake=Handshake.BROKEN,
    ),
    Fault(
        "client-certificate",
        "Client certificate required",
        "The server lets in only clients that show a certificate of their own.",
        handshake=Handshake.CLIENT_CERTIFICATE,
    ),
)

"""Encrypting: the step that begins TLS, and judges the server's certificate as Motion would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from motion_desk.models.endpoints import Protocol
from motion_desk.services.mail.certificates import (
    UNREADABLE,
    Certificate,
    Judgement,
    Roots,
    described,
    judge,
    names_host,
)
from motion_desk.services.mail.errors import Closed, Late, Refused, TlsRefused
from motion_desk.services.mail.tls import Secured, secure
from motion_desk.services.tester import looking
from motion_desk.services.tester.connecting import tls_failure
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.session import Outcome, Session, StepFailed, whole
from motion_desk.services.tester.steps import Fact, Finding

SOON = 30
"""Days before its end from which on a certificate is warned of."""

# OpenSSL's codes (x509_vfy.h).
_NOT_YET_VALID, _EXPIRED = 9, 10
_SELF_SIGNED = (18, 19)
_NO_ISSUER = (2, 20, 21)


@dataclass(frozen=True, slots=True)
class Shown:
    """The certificates that a server showed, leaf first, and what is made of them."""

    chain: tuple[Certificate, ...]
    motion: Judgement
    workstation: Judgement
    name_fits: bool

    @property
    def leaf(self) -> Certificate | None:
        """The server's own certificate."""
        return self.chain[0] if self.chain else None


def encrypt(session: Session) -> Outcome:
    """Begin TLS, after STARTTLS where the account wants that, and judge the certificate."""
    if session.protocol is Protocol.SMTP and not session.endpoint.tls:
        if not any(each.upper() == "STARTTLS" for each in session.abilities):
            return _clear_text(session)
        _ask_for_tls(session)
    try:
        session.connecting()
        session.secured = secure(session.connected, session.host)
    except TlsRefused as error:
        raise tls_failure(session, error) from None
    except Closed:
        session.clues["open"] = looking.open_ports(session)
        raise StepFailed(Failure.TLS_BROKEN, session.key("host")) from None
    except Late:
        # A server that waits for words in clear text answers a handshake with silence.
        session.clues["greeting"] = looking.clear_greeting(session)
        if session.clues["greeting"]:
            session.clues["open"] = looking.open_ports(session)
            port = session.endpoint.port
            raise StepFailed(Failure.TLS_TO_CLEAR_PORT, session.key("tls"), port=port) from None
        limit = whole(session.connection_limit)
        raise StepFailed(
            Failure.TOO_SLOW, session.key("connection_timeout"), seconds=limit
        ) from None
    session.transcript.remark(f"TLS begins: {session.secured.version}")
    return judged(session, session.secured)


def _ask_for_tls(session: Session) -> None:
    assert session.smtp is not None  # noqa: S101 - the greeting's step made it
    session.answering()
    try:
        session.smtp.ask_for_tls()
    except Refused as error:
        session.clues["open"] = looking.open_ports(session)
        raise StepFailed(
            Failure.STARTTLS_REFUSED, session.key("tls"), code=error.code, words=error.words
        ) from None


def _clear_text(session: Session) -> Outcome:
    who = "Username, password and all messages" if session.endpoint.login else "All messages"
    session.clues["open"] = looking.open_ports(session)
    finding = Finding(Failure.CLEAR_TEXT, {"who": who}, key=session.key("tls"))
    return Outcome("not offered by the server: everything goes on in clear text", (), (finding,))


def judged(session: Session, secured: Secured) -> Outcome:
    """What the certificates that were shown mean for Motion."""
    shown = _shown(session, secured)
    found = tuple(_faults(session, shown))
    facts = tuple(_facts(session, secured, shown))
    summary = _summary(secured, shown)
    session.clues["shown"] = shown
    session.clues["der"] = secured.chain
    if not found:
        return Outcome(summary, facts, tuple(_expires_soon(shown)))
    summary = found[0].title
    names = shown.leaf.names if shown.leaf else ()
    session.clues["same place"] = looking.same_place(session, names)
    if session.endpoint.any_certificate:
        why = f"{found[0].cause[0].lower()}{found[0].cause[1:]}"
        key = session.key("any_certificate")
        flag = Finding(Failure.ANY_CERTIFICATE, {"reason": why}, key=key)
        return Outcome(summary, facts, (flag, *found))
    accepted = _accepted_here(session, secured, shown)
    if accepted:
        found = (*found, Finding(Failure.PINNED, {"reason": accepted}))
    return Outcome(summary, facts, found, failed=True, accepted=bool(accepted))


def _shown(session: Session, secured: Secured) -> Shown:
    chain = []
    for der in secured.chain:
        try:
            chain.append(described(der))
        except ValueError:
            break
    given = tuple(str(entry.certificate) for entry in session.workspace.authorities.entries)
    motion = judge(secured.chain, Roots(given))
    workstation = judge(secured.chain, Roots((), mozilla=False, system=True))
    leaf = chain[0].names if chain else ()
    return Shown(tuple(chain), motion, workstation, names_host(leaf, session.host))


def _summary(secured: Secured, shown: Shown) -> str:
    """The summary of a certificate that Motion trusts."""
    until = f" until {_day(shown.leaf.not_after)}" if shown.leaf else ""
    return f"trusted{until}, {secured.version}"


def _faults(session: Session, shown: Shown) -> Iterator[Finding]:
    """What Motion would refuse: trust and name apart."""
    leaf, key = shown.leaf, session.key("any_certificate") or session.key("host")
    if leaf is None or shown.motion.code == UNREADABLE:
        reason = shown.motion.words
        yield Finding(Failure.CERTIFICATE_UNUSABLE, {"reason": reason}, key=key)
        return
    if not shown.motion.trusted:
        yield _distrusted(shown, leaf, key)
    if not shown.name_fits:
        names = ", ".join(f"“{name}”" for name in leaf.names[:5]) or f"“{leaf.subject}”"
        values: dict[str, object] = {"names": names, "host": session.host}
        yield Finding(Failure.WRONG_NAME, values, key=session.key("host"))


def _distrusted(shown: Shown, leaf: Certificate, key: str) -> Finding:
    judged = shown.motion
    at = shown.chain[judged.depth] if 0 <= judged.depth < len(shown.chain) else leaf
    code = f"OpenSSL {judged.code}"
    if judged.code == _EXPIRED:
        values = {"subject": at.subject, "date": _day(at.not_after)}
        return Finding(Failure.CERTIFICATE_EXPIRED, values, code, judged.words, key)
    if judged.code == _NOT_YET_VALID:
        now = datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M")
        values = {"subject": at.subject, "date": _day(at.not_before), "now": now}
        return Finding(Failure.CERTIFICATE_NOT_YET_VALID, values, code, judged.words, key)
    if judged.code in _SELF_SIGNED and len(shown.chain) == 1:
        return Finding(Failure.SELF_SIGNED, {"subject": leaf.subject}, code, judged.words, key)
    top = shown.chain[-1]
    if judged.code in _NO_ISSUER and len(shown.chain) == 1:
        values = {"issuer": leaf.issuer}
        return Finding(Failure.CHAIN_INCOMPLETE, values, code, judged.words, key)
    if judged.code in (*_NO_ISSUER, *_SELF_SIGNED):
        values = {"issuer": top.issuer}
        return Finding(Failure.AUTHORITY_UNKNOWN, values, code, judged.words, key)
    values = {"reason": judged.words}
    return Finding(Failure.CERTIFICATE_UNUSABLE, values, code, judged.words, key)


def _expires_soon(shown: Shown) -> Iterator[Finding]:
    for certificate in shown.chain[:1]:
        days = (certificate.not_after - datetime.now(UTC)).days
        if days < SOON:
            values = {
                "subject": certificate.subject,
                "date": _day(certificate.not_after),
                "days": days,
            }
            yield Finding(Failure.CERTIFICATE_EXPIRES, values)


def _accepted_here(session: Session, secured: Secured, shown: Shown) -> str:
    """Why a trust decision of this workstation lets the test go on; empty where none does."""
    leaf, trust = shown.leaf, session.account.trust
    if leaf is None:
        return ""
    for pin in trust.pins:
        where = (str(pin.host).lower(), pin.port)
        if where == (session.host, session.endpoint.port) and pin.fingerprint == leaf.fingerprint:
            return "this very certificate is pinned under Trust"
    given = tuple(str(entry.certificate) for entry in trust.authorities)
    entries = session.workspace.authorities.entries
    also = tuple(str(entry.certificate) for entry in entries)
    if given and shown.name_fits and judge(secured.chain, Roots(also + given)).trusted:
        return "its authority was imported for testing under Trust"
    return ""


def _facts(session: Session, secured: Secured, shown: Shown) -> Iterator[Fact]:
    yield Fact("tls.version", "Version", secured.version)
    yield Fact("tls.cipher", "Cipher", f"{secured.cipher}, {secured.bits} bits")
    given = len(session.workspace.authorities.entries)
    roots = "Mozilla's roots" + (f" and {given} given to Motion" if given else "")
    yield Fact("trust.motion", f"Motion's trust ({roots})", _verdict(shown.motion))
    yield Fact("trust.workstation", "This workstation's trust", _verdict(shown.workstation))
    yield Fact("trust.name", f"Names “{session.host}”", "yes" if shown.name_fits else "no")
    for number, each in enumerate(shown.chain, 1):
        group = f"Certificate {number}" + (" (the server's)" if number == 1 else "")
        yield Fact("certificate.subject", "Subject", each.subject, group)
        yield Fact("certificate.issuer", "Issuer", each.issuer, group)
        if each.names:
            yield Fact("certificate.names", "Names", ", ".join(each.names), group)
        valid = f"{_day(each.not_before)} to {_day(each.not_after)}"
        yield Fact("certificate.valid", "Valid", valid, group)
        yield Fact("certificate.key", "Key", each.key, group)
        yield Fact("certificate.serial", "Serial number", each.serial, group)
        yield Fact("certificate.sha256", "SHA-256", each.fingerprint, group)


def _verdict(judgement: Judgement) -> str:
    if judgement.trusted:
        return "trusted"
    return f"not trusted: {judgement.words} (at certificate {judgement.depth + 1})"


def _day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d")

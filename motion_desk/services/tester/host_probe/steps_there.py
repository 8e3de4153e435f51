"""Steps there: what each step that the probe made on the Motion host has to show, or raises."""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable, Mapping
from ipaddress import ip_address

from motion_desk.models.endpoints import Protocol
from motion_desk.services.mail.certificates import described, names_host
from motion_desk.services.mail.errors import (
    Closed,
    Late,
    MailError,
    Nonsense,
    Refused,
    TlsRefused,
    TooMuch,
)
from motion_desk.services.mail.names import Place
from motion_desk.services.mail.tls import Secured
from motion_desk.services.tester.connecting import judge_greeting, tls_failure
from motion_desk.services.tester.encrypting import judged
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.host_probe.on_host_connection import clean
from motion_desk.services.tester.plain_table import PlainTable
from motion_desk.services.tester.session import Outcome, Session, StepFailed, seconds, whole
from motion_desk.services.tester.steps import Fact, Finding, StepName

Act = Callable[[Session, PlainTable], Outcome]
"""Gives the outcome; raises ``StepFailed`` or ``MailError`` where the step failed there, and
``ValueError`` where the result is broken."""

MOST = 200
"""Addresses, attempts, certificates or abilities in a result."""


def dns(session: Session, table: PlainTable) -> Outcome:
    """The addresses that the host's own name service gave."""
    outcome = table.text("outcome")
    if outcome != "passed":
        key, host = session.key("host"), session.endpoint.host
        if outcome == "unknown":
            raise StepFailed(Failure.NAME_UNKNOWN, key, host=host)
        limit = whole(session.connection_limit)
        raise StepFailed(Failure.NAME_UNANSWERED, key, host=host, seconds=limit)
    addresses = [str(ip_address(each.split("%")[0])) for each in table.texts("addresses")[:MOST]]
    session.places = tuple(Place(each, session.endpoint.port) for each in addresses)
    facts = tuple(
        Fact("address", "IPv6 address" if ":" in each else "IPv4 address", each)
        for each in addresses
    )
    return Outcome(", ".join(addresses), facts)


def tcp(session: Session, table: PlainTable) -> Outcome:
    """What each address did."""
    attempts = table.tables("attempts")[:MOST]
    facts = tuple(
        Fact(
            "attempt",
            str(_place(session, each)),
            f"{clean(each.text('outcome'))} after {seconds(each.number('seconds'))}",
        )
        for each in attempts
    )
    outcomes = [each.text("outcome") for each in attempts]
    port, key = session.endpoint.port, session.key("port")
    if "connected" not in outcomes:
        if "refused" in outcomes:
            raise StepFailed(Failure.PORT_REFUSED, key, facts=facts, port=port)
        if "silent" in outcomes:
            limit = whole(session.connection_limit)
            raise StepFailed(Failure.PORT_SILENT, key, facts=facts, port=port, seconds=limit)
        reason = next((clean(each.text("detail")) for each in attempts), "no route")
        raise StepFailed(Failure.UNREACHABLE, session.key("host"), facts=facts, reason=reason)
    alive = _place(session, attempts[outcomes.index("connected")])
    dead = [
        f"{_place(session, each).address} ({clean(outcome)})"
        for each, outcome in zip(attempts, outcomes, strict=True)
        if outcome != "connected"
    ]
    findings: tuple[Finding, ...] = ()
    if dead:
        values = {"dead": " and ".join(dead), "alive": alive.address}
        findings = (Finding(Failure.SOME_ADDRESSES_DEAD, values, key=session.key("host")),)
    return Outcome(f"connected to {alive}", facts, findings)


def _place(session: Session, table: PlainTable) -> Place:
    return Place(str(ip_address(table.text("address").split("%")[0])), session.endpoint.port)


def tls(session: Session, table: PlainTable) -> Outcome:
    """What was agreed on, and the certificates, judged here as Motion would."""
    outcome = table.text("outcome")
    if outcome == "passed":
        return _encrypted(session, table)
    if outcome == "not-offered":
        who = "Username, password and all messages" if session.endpoint.login else "All messages"
        finding = Finding(Failure.CLEAR_TEXT, {"who": who}, key=session.key("tls"))
        text = "not offered by the server: everything goes on in clear text"
        return Outcome(text, (), (finding,))
    if outcome == "starttls-refused":
        words = clean(table.text("detail"))
        raise StepFailed(Failure.STARTTLS_REFUSED, session.key("tls"), words=words)
    if outcome == "closed":
        raise StepFailed(Failure.TLS_BROKEN, session.key("host"))
    raise _error(session, table)


def _encrypted(session: Session, table: PlainTable) -> Outcome:
    roots = PlainTable(table.values("roots"))
    code, words = roots.number("code"), clean(roots.text("words"))
    chain = tuple(_certificate(each) for each in table.tables("chain")[:MOST])
    version, cipher = clean(table.text("version")), clean(table.text("cipher"))
    session.secured = Secured(version, cipher, int(table.number("bits")), chain)
    own = Fact(
        "trust.host",
        "The Motion server's own trust",
        "trusted" if code == 0 else f"not trusted: {words}",
    )
    if not table.flag("whole"):
        return _leaf_only(session, session.secured, own)
    outcome = judged(session, session.secured)
    facts = tuple(own if fact.code == "trust.workstation" else fact for fact in outcome.facts)
    # A pin or an authority that is for tests from this workstation decides nothing there.
    findings = tuple(each for each in outcome.findings if each.failure is not Failure.PINNED)
    return Outcome(outcome.summary, facts, findings, failed=outcome.failed)


def _leaf_only(session: Session, secured: Secured, own: Fact) -> Outcome:
    """An old Python shows the server's own certificate alone: of the chain it says too little."""
    leaf = described(secured.chain[0]) if secured.chain else None
    facts = [Fact("tls.version", "Version", secured.version), own]
    if leaf is None:
        return Outcome(f"{secured.version}, no certificate", tuple(facts))
    facts.append(Fact("certificate.subject", "Subject", leaf.subject))
    facts.append(Fact("certificate.sha256", "SHA-256", leaf.fingerprint))
    findings: list[Finding] = []
    if not names_host(leaf.names, session.host):
        names = ", ".join(f"“{name}”" for name in leaf.names[:5]) or f"“{leaf.subject}”"
        values: dict[str, object] = {"names": names, "host": session.host}
        findings.append(Finding(Failure.WRONG_NAME, values, key=session.key("host")))
    said = "the Python there shows the server's own certificate only"
    return Outcome(
        f"{secured.version}; {said}", tuple(facts), tuple(findings), failed=bool(findings)
    )


def _certificate(table: PlainTable) -> bytes:
    """A certificate (DER) that fits its digest."""
    pem = table.text("pem")
    try:
        der = ssl.PEM_cert_to_DER_cert(pem)
    except ValueError:
        raise ValueError("a certificate cannot be read") from None
    if hashlib.sha256(der).hexdigest() != table.text("sha256"):
        raise ValueError("a certificate does not fit its digest")
    return der


def greeting(session: Session, table: PlainTable) -> Outcome:
    """The server's first line, judged as here."""
    outcome = table.text("outcome")
    if outcome == "speaks-tls":
        port = session.endpoint.port
        raise StepFailed(Failure.SPEAKS_TLS, session.key("tls"), port=port)
    if outcome == "closed":
        raise StepFailed(Failure.TURNED_AWAY, session.key("host"))
    if outcome == "late" and not table.flag("begun"):
        limit, key = whole(session.connection_limit), session.key("connection_timeout")
        raise StepFailed(Failure.GREETING_SLOW, key, seconds=limit)
    if outcome != "passed":
        raise _error(session, table)
    line = clean(table.text("line"))
    judge_greeting(session, line)
    return Outcome(line, (Fact("greeting", "Greeting", line),))


def capabilities(session: Session, table: PlainTable) -> Outcome:
    """What the server says it can do, before and after TLS."""
    if table.text("outcome") != "passed":
        raise _error(session, table)
    session.abilities = tuple(clean(each) for each in table.texts("abilities")[:MOST])
    findings: tuple[Finding, ...] = ()
    if session.protocol is Protocol.IMAP and not session.encrypted:
        who = "Username, password and all messages" if session.endpoint.login else "All messages"
        findings = (Finding(Failure.CLEAR_TEXT, {"who": who}, key=session.key("tls")),)
    said = " ".join(sorted(session.abilities))
    facts: tuple[Fact, ...] = (Fact("abilities", "Abilities", said),)
    if session.protocol is Protocol.SMTP:
        facts = tuple(Fact("ability", each.split(" ")[0], each) for each in session.abilities)
    return Outcome(f"{len(session.abilities)} abilities", facts, findings)


def _error(session: Session, table: PlainTable) -> MailError | StepFailed:
    """The error that the same would have been here."""
    outcome, detail = table.text("outcome"), clean(table.text("detail"))
    errors: Mapping[str, Callable[[], MailError | StepFailed]] = {
        "late": Late,
        "closed": lambda: Closed(detail),
        "endless": lambda: TooMuch(detail),
        "nonsense": lambda: Nonsense(detail),
        "refused": lambda: Refused(*_code_and_words(detail)),
        "tls-refused": lambda: tls_failure(session, TlsRefused(detail)),
    }
    if outcome not in errors:
        raise ValueError(f"“{clean(outcome)[:40]}” is no outcome of a step")
    return errors[outcome]()


def _code_and_words(said: str) -> tuple[str, str]:
    code, _, words = said.partition(" ")
    return (code, words) if code[:3].isdigit() else ("", said)


ACTS: Mapping[StepName, Act] = {
    StepName.DNS: dns,
    StepName.TCP: tcp,
    StepName.TLS: tls,
    StepName.GREETING: greeting,
    StepName.CAPABILITIES: capabilities,
    StepName.HELLO: capabilities,
}

"""Connecting: the steps that both protocols share, from the values to the greeting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from time import monotonic

from motion_desk.models.directory import Surroundings
from motion_desk.models.endpoints import Protocol, endpoint, obstacles
from motion_desk.services.mail import names, sockets
from motion_desk.services.mail.errors import (
    Closed,
    Late,
    NameUnanswered,
    NameUnknown,
    TlsRefused,
)
from motion_desk.services.mail.wire import Wire
from motion_desk.services.tester import looking
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.session import (
    WARN_FROM,
    Outcome,
    Session,
    StepFailed,
    seconds,
    whole,
)
from motion_desk.services.tester.steps import Fact, Finding

OTHER = {Protocol.IMAP: Protocol.SMTP, Protocol.SMTP: Protocol.IMAP}


def inputs(session: Session) -> Outcome:
    """The values that count, and whether a test can begin with them."""
    found = obstacles(session.account, Surroundings(session.workspace), session.protocol)
    if found:
        said = " ".join(problem.sentence for problem in found)
        raise StepFailed(Failure.INCOMPLETE, found[0].key, problems=said)
    login = session.endpoint.login
    if login and not login.modern:
        if session.password is None:
            reason = session.missing or "it was not given."
            raise StepFailed(Failure.NO_PASSWORD, session.key("password"), reason=reason)
        session.transcript.hide(login.username, session.password)
        session.clues["invisible"] = _invisible(session.password)
    return Outcome(_beginning(session), tuple(_input_facts(session)))


def _invisible(password: str) -> str:
    """What of a password people do not see when they type it; empty where there is nothing."""
    said = []
    if password != password.lstrip():
        said.append("a space at its beginning")
    if password != password.rstrip():
        said.append("a space at its end")
    inner = {character for character in password if not character.isprintable()}
    if inner:
        said.append(f"invisible characters ({', '.join(sorted(f'U+{ord(c):04X}' for c in inner))})")
    return " and ".join(said)


def _beginning(session: Session) -> str:
    tested = session.endpoint
    begin = "TLS from the first byte" if tested.tls else "clear text"
    if tested.starttls:
        begin = "STARTTLS if offered"
    return begin


def _input_facts(session: Session) -> Iterator[Fact]:
    tested, login = session.endpoint, session.endpoint.login
    yield Fact("host", "Host", tested.host)
    yield Fact("port", "Port", str(tested.port))
    if login is None:
        yield Fact("login", "Login", "none: Authentication is off")
    else:
        yield Fact("username", "Username", login.username)
    yield Fact("address", "Email address", tested.address)
    if tested.mailbox:
        yield Fact("mailbox", "Mailbox", tested.mailbox)
    if tested.protocol is Protocol.IMAP:
        limits = (
            f"{whole(tested.connection_timeout)} s and {whole(tested.authentication_timeout)} s"
        )
        yield Fact("timeouts", "Timeouts (connection, authentication)", limits)
    else:
        own = f"{whole(session.patience)} s: Motion's page has none for SMTP; this is the tester's own"
        yield Fact("timeouts", "Timeout", own)


def dns(session: Session) -> Outcome:
    """All addresses of the host."""
    session.connect_began = monotonic()
    session.connect_until = session.connect_began + session.connection_limit
    host = session.endpoint.host
    try:
        session.host = names.ascii_host(host)
        session.places = names.resolve(
            session.host,
            session.endpoint.port,
            until=session.connect_until,
            stop=session.stop,
            route=session.route,
        )
    except NameUnknown:
        session.clues["hosts"] = looking.near_hosts(session)
        raise StepFailed(Failure.NAME_UNKNOWN, session.key("host"), host=host) from None
    except NameUnanswered:
        limit = whole(session.connection_limit)
        raise StepFailed(
            Failure.NAME_UNANSWERED, session.key("host"), host=host, seconds=limit
        ) from None
    facts = [Fact("address", _family(place), place.address) for place in session.places]
    if session.host != host:
        facts.insert(0, Fact("ascii", "Asked for as", session.host))
    return Outcome(", ".join(place.address for place in session.places), tuple(facts))


def _family(place: names.Place) -> str:
    return "IPv6 address" if place.is_v6 else "IPv4 address"


def tcp(session: Session) -> Outcome:
    """A connection to the first address that takes it; what each of them did."""
    try:
        connected, attempts = sockets.connect(
            session.places, until=session.connect_until, stop=session.stop
        )
    except sockets.Unreachable as error:
        raise _unreachable(session, error) from None
    session.wire = Wire(connected, session.transcript, session.stop)
    session.place = next(each.place for each in attempts if each.outcome == "connected")
    dead = [each for each in attempts if each.outcome != "connected"]
    findings = []
    if dead:
        said = " and ".join(f"{each.place.address} ({each.outcome})" for each in dead)
        values = {"dead": said, "alive": session.place.address}
        findings.append(Finding(Failure.SOME_ADDRESSES_DEAD, values, key=session.key("host")))
    return Outcome(f"connected to {session.place}", _attempt_facts(attempts), tuple(findings))


def _attempt_facts(attempts: tuple[sockets.Attempt, ...]) -> tuple[Fact, ...]:
    return tuple(
        Fact("attempt", str(each.place), f"{each.outcome} after {seconds(each.seconds)}")
        for each in attempts
    )


def _unreachable(session: Session, error: sockets.Unreachable) -> StepFailed:
    outcomes = {each.outcome for each in error.attempts}
    facts = _attempt_facts(error.attempts)
    session.clues["open"] = looking.open_ports(session)
    port, key = session.endpoint.port, session.key("port")
    if "refused" in outcomes:
        return StepFailed(Failure.PORT_REFUSED, key, facts=facts, port=port)
    if "silent" in outcomes:
        limit = whole(session.connection_limit)
        return StepFailed(Failure.PORT_SILENT, key, facts=facts, port=port, seconds=limit)
    reason = next((each.detail for each in error.attempts if each.detail), "no route")
    return StepFailed(Failure.UNREACHABLE, session.key("host"), facts=facts, reason=reason)


def greeting(session: Session) -> Outcome:
    """The server's first words: whether it is a mail server, of the right kind, and lets us in."""
    session.connecting()
    wire = session.connected
    try:
        line = wire.peek_line().decode("utf-8", "replace").strip()
    except Late as error:
        raise _silent(session, error) from None
    except TlsRefused as error:
        # In TLS 1.3 the refusal of a client without a certificate comes only now.
        raise tls_failure(session, error) from None
    except Closed:
        raise StepFailed(Failure.TURNED_AWAY, session.key("host")) from None
    judge_greeting(session, line)
    if session.protocol is Protocol.SMTP:
        from motion_desk.services.mail.smtp import Smtp

        session.smtp = Smtp(wire)
    taken, limit = monotonic() - session.connect_began, session.connection_limit
    findings = []
    if taken >= WARN_FROM * limit:
        values = {"taken": f"{taken:.1f}", "limit": whole(limit)}
        session.clues["taken"] = taken
        findings.append(
            Finding(Failure.NEAR_TIMEOUT, values, key=session.key("connection_timeout"))
        )
    facts = (
        Fact("greeting", "Greeting", session.transcript.clean(line)),
        Fact("connecting", "From name to greeting", f"{seconds(taken)} of {whole(limit)} s"),
    )
    return Outcome(session.transcript.clean(_shown(line)), facts, tuple(findings))


def _shown(line: str) -> str:
    """The greeting without the protocol's part."""
    return re.sub(r"^(?:\* (?:OK|PREAUTH)|220)[ -]*(?:\[[^\]]*\])? *", "", line) or line


def _silent(session: Session, error: Late) -> StepFailed:
    limit, port = whole(session.connection_limit), session.endpoint.port
    if error.begun:
        return StepFailed(Failure.TOO_SLOW, session.key("connection_timeout"), seconds=limit)
    if not session.encrypted and looking.speaks_tls(session):
        session.clues["open"] = looking.open_ports(session)
        return StepFailed(Failure.SPEAKS_TLS, session.key("tls"), port=port)
    return StepFailed(Failure.GREETING_SLOW, session.key("connection_timeout"), seconds=limit)


def judge_greeting(session: Session, line: str) -> None:
    """Raise what is wrong with a greeting, if anything."""
    protocol, port = session.protocol, session.endpoint.port
    said = session.transcript.clean(line)
    if not looking.GREETINGS[protocol].match(line):
        session.clues["open"] = looking.open_ports(session)
        if line.startswith("+OK"):
            raise StepFailed(Failure.POP3, session.key("port"), words=said, port=port)
        other = OTHER[protocol]
        if looking.GREETINGS[other].match(line):
            session.clues["swapped"] = looking.is_swapped(session, endpoint(session.account, other))
            raise StepFailed(
                Failure.OTHER_PROTOCOL,
                session.key("port"),
                words=said,
                other=other.label,
                protocol=protocol.label,
                port=port,
            )
        raise StepFailed(
            Failure.NO_MAIL_SERVER,
            session.key("port"),
            protocol=protocol.label,
            port=port,
            said=said[:120],
        )
    if re.match(r"\* BYE|[45]\d\d", line, re.IGNORECASE):
        code = line[:3] if line[0] != "*" else "BYE"
        if re.search(r"too many|maximum number|rate|concurrent", line, re.IGNORECASE):
            raise StepFailed(Failure.TOO_MANY_CONNECTIONS, code=code, words=said)
        raise StepFailed(Failure.TURNED_AWAY, session.key("host"), code=code, words=said)


_CLEAR_TEXT_REASONS = (
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "RECORD_LAYER_FAILURE",
    "PACKET_LENGTH_TOO_LONG",
    "UNEXPECTED_MESSAGE",
)
_OLD_REASONS = ("UNSUPPORTED_PROTOCOL", "ALERT_PROTOCOL_VERSION", "VERSION_TOO_LOW")


def tls_failure(session: Session, error: TlsRefused) -> StepFailed:
    """What it means that TLS was not agreed upon."""
    reason, key = error.reason, session.key("tls")
    if "CERTIFICATE_REQUIRED" in reason or "BAD_CERTIFICATE" in reason:
        return StepFailed(Failure.CLIENT_CERTIFICATE, session.key("host"))
    if any(each in reason for each in _OLD_REASONS):
        return StepFailed(Failure.TLS_TOO_OLD, session.key("host"), words=reason)
    if any(each in reason for each in _CLEAR_TEXT_REASONS):
        session.clues["open"] = looking.open_ports(session)
        session.clues["greeting"] = looking.clear_greeting(session)
        port = session.endpoint.port
        return StepFailed(Failure.TLS_TO_CLEAR_PORT, key, words=reason, port=port)
    return StepFailed(Failure.TLS_REFUSED, key, reason=reason)

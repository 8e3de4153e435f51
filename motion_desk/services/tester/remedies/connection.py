"""Remedies for what keeps a connection from being made, and for servers of another kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import ceil

from motion_desk.models.endpoints import Protocol, endpoint
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.looking import TLS_PORTS
from motion_desk.services.tester.remedies.case import (
    Case,
    advised,
    asked,
    can_set,
    changed,
    retried,
    setting,
    typed,
)
from motion_desk.services.tester.steps import Change, Finding, Remedy, Who

LONGEST_TIMEOUT = 600
"""Seconds beyond which no timeout is proposed: such a server is not slow but broken."""


def _incomplete(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield Remedy("fill-in", "Fill in what is missing or wrong.", field=finding.key)


def _no_password(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield typed(case, "type-password", "Type the password again; it is then kept.", "password")


def _name_unknown(case: Case, finding: Finding) -> Iterator[Remedy]:
    if can_set(case, "host"):
        for host in case.clues.get("hosts", ()):
            text = "Use “{host}”, which exists."
            yield setting(case, "use-host", text, {"host": host}, host=host)
        yield typed(
            case, "type-host", "Compare the host, letter by letter, with your provider's.", "host"
        )
    yield advised(
        "vpn",
        "Where the name is known only inside a network, connect to it (VPN), or test from the "
        "Motion server.",
        Who.NETWORK_TEAM,
    )


def _name_unanswered(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield advised("network", "Look whether this workstation is on line, then test again.")


def port_closed(case: Case, finding: Finding) -> Iterator[Remedy]:
    """For a refused port and for a silent one."""
    others = case.clues.get("open", ())
    protected = [port for port in others if port in TLS_PORTS or case.protocol is Protocol.SMTP]
    if can_set(case, "port", "tls"):
        for port in protected:
            yield _port(case, port)
    yield _open_port(case)
    if can_set(case, "port", "tls"):
        for port in others:
            if port not in protected:
                yield _port(case, port)


def _port(case: Case, port: int) -> Remedy:
    """Use another usual port, with the encryption that belongs to it."""
    tls = port in TLS_PORTS
    if tls:
        text = "Use port {port} with {switch} on: it answers."
    elif case.protocol is Protocol.SMTP:
        text = "Use port {port} with {switch} off: it answers, and encryption follows by STARTTLS."
    else:
        text = (
            "Use port {port} with {switch} off: it answers. But everything, the password included, "
            "would cross the network as clear text."
        )
    values = {"port": port, "switch": _switch(case)}
    return setting(case, "use-port", text, values, tls=tls, port=port)


def _switch(case: Case) -> str:
    return "SSL" if case.protocol is Protocol.IMAP else "Secure"


def _open_port(case: Case) -> Remedy:
    letter = (
        "Hello,\n\n"
        f"our Motion server needs a TCP connection to {case.where} ({case.protocol.label}). From "
        "where we tested, nothing answers there. Please tell us whether this server listens on "
        f"port {case.endpoint.port}, and open the firewalls between it and the Motion server.\n"
    )
    text = "Ask for port {port} to be opened. From the Motion server it may already be: test there."
    if case.there:
        text = "Ask for port {port} to be opened to the Motion server."
    return asked("open-port", text, Who.NETWORK_TEAM, letter, port=case.endpoint.port)


def _unreachable(case: Case, finding: Finding) -> Iterator[Remedy]:
    who = "the Motion server" if case.there else "this workstation"
    yield advised("network", f"Look whether {who} is on line, or needs a VPN.")
    yield _open_port(case)


def _some_addresses_dead(case: Case, finding: Finding) -> Iterator[Remedy]:
    letter = (
        "Hello,\n\n"
        f"the name {case.endpoint.host} leads to several addresses. On port {case.endpoint.port} "
        f"this one takes connections: {finding.values['alive']}. These do not: "
        f"{finding.values['dead']}. Please mend them, or take them out of DNS.\n"
    )
    yield asked(
        "mend-addresses", "Have the dead addresses taken out of DNS.", Who.MAIL_TEAM, letter
    )


def _tls_to_clear_port(case: Case, finding: Finding) -> Iterator[Remedy]:
    others = [port for port in case.clues.get("open", ()) if port in TLS_PORTS]
    if can_set(case, "port", "tls"):
        usual = 993 if case.protocol is Protocol.IMAP else 465
        if usual in others:
            yield _port(case, usual)
        if case.protocol is Protocol.SMTP:
            text = "Turn Secure off: this port begins in clear text, and encryption follows by STARTTLS."
            yield setting(case, "secure-off", text, {}, tls=False, port=case.endpoint.port)
            return
        yield _tls_wanted(case)
        text = (
            "Turn SSL off: this port speaks clear text. Everything, the password included, would "
            "then cross the network unencrypted."
        )
        yield setting(case, "ssl-off", text, {}, tls=False, port=case.endpoint.port)
        return
    yield _tls_wanted(case)


def _tls_wanted(case: Case) -> Remedy:
    usual = 993 if case.protocol is Protocol.IMAP else 465
    letter = (
        "Hello,\n\n"
        f"our Motion server connects to {case.endpoint.host} with TLS from the first byte. Port "
        f"{case.endpoint.port} answers in clear text. Please tell us on which port the server "
        f"offers {case.protocol.label} with TLS from the first byte (usually {usual}), or turn it on.\n"
    )
    text = "Ask on which port the server begins with encryption."
    return asked("ask-tls-port", text, Who.MAIL_TEAM, letter)


def _speaks_tls(case: Case, finding: Finding) -> Iterator[Remedy]:
    if can_set(case, "port", "tls"):
        values = {"switch": _switch(case)}
        text = "Turn {switch} on: this port is encrypted from the first byte."
        yield setting(case, "tls-on", text, values, tls=True, port=case.endpoint.port)
    else:
        yield _vendor(case)


def _slow_to_connect(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield from _longer(case, "connection_timeout", case.endpoint.connection_timeout)
    yield _slow_server(case)


def _longer(case: Case, part: str, limit: float) -> Iterator[Remedy]:
    """Twice the time that was measured, or twice the timeout where the end was not waited for."""
    measured = case.clues.get("taken")
    new = ceil(measured * 2) if isinstance(measured, float) else ceil(limit * 2)
    if can_set(case, part) and limit < new <= LONGEST_TIMEOUT:
        text = "Raise the timeout to {new} s, twice as long."
        yield setting(case, "longer", text, {"new": new}, **{part: new})


def _slow_server(case: Case) -> Remedy:
    letter = (
        "Hello,\n\n"
        f"{case.where} ({case.protocol.label}) takes very long to answer new connections. Often "
        "the server looks up the client's name and gets no answer, or is overloaded. Please look "
        "into it.\n"
    )
    return asked("slow-server", "Ask why the server is slow.", Who.MAIL_TEAM, letter)


def near_timeout(case: Case, finding: Finding) -> Iterator[Remedy]:
    """A longer timeout, where it is the account's own; and the question why it takes so long."""
    if finding.key == case.key("authentication_timeout") != "":
        yield from _longer(case, "authentication_timeout", case.endpoint.authentication_timeout)
    elif finding.key:
        yield from _longer(case, "connection_timeout", case.endpoint.connection_timeout)
    yield _slow_server(case)


def _other_protocol(case: Case, finding: Finding) -> Iterator[Remedy]:
    if case.clues.get("swapped") and can_set(case, "host", "port", "tls"):
        yield _swap(case)
    yield from other_port(case, finding)


def _swap(case: Case) -> Remedy:
    """Let IMAP and SMTP change places."""
    other = Protocol.SMTP if case.protocol is Protocol.IMAP else Protocol.IMAP
    ends = {each: endpoint(case.account, each) for each in Protocol}
    turned = {case.protocol: ends[other], other: ends[case.protocol]}
    changes = [
        Change(ends[protocol].keys[part], getattr(new, part))
        for protocol, new in turned.items()
        for part in ("host", "tls", "port")
    ]
    text = "Let IMAP and SMTP change places: each has the other's server."
    return changed(case, "swap", text, {}, *changes)


def other_port(case: Case, finding: Finding) -> Iterator[Remedy]:
    """For what is no mail server of the wanted kind: use the usual port, where it answers."""
    if can_set(case, "port", "tls"):
        for port in case.clues.get("open", ()):
            yield _port(case, port)
    letter = (
        "Hello,\n\n"
        f"{case.where} is no {case.protocol.label} server: {finding.cause} Please tell us host and "
        f"port of the server for {case.protocol.label}, and whether it begins with TLS.\n"
    )
    yield asked("ask-place", "Ask for the right host and port.", Who.MAIL_TEAM, letter)
    yield typed(case, "type-host", "Compare host and port with your provider's.", "host")


def _turned_away(case: Case, finding: Finding) -> Iterator[Remedy]:
    letter = (
        "Hello,\n\n"
        f"{case.where} ({case.protocol.label}) ends connections from our side at once"
        + (f", saying “{finding.words}”" if finding.words else "")
        + ". Please tell us whether our addresses, above all the Motion server's, must be allowed.\n"
    )
    yield asked(
        "allow", "Ask whether the Motion server's address must be allowed.", Who.MAIL_TEAM, letter
    )
    yield retried("again", "Test again in a minute: the server may be overloaded.", 60)


def _try_again(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield retried("again", "Test again in a minute.", 60)
    yield turned_in(case, finding)


def turned_in(case: Case, finding: Finding) -> Remedy:
    """Tell the mail team what was seen."""
    said = f" It said “{finding.words}”." if finding.words else ""
    letter = (
        "Hello,\n\n"
        f"in a test of {case.where} ({case.protocol.label}) this went wrong: {finding.title}. "
        f"{finding.cause}{said} Please look into it.\n"
    )
    return asked("tell", "Send the mail team what was seen.", Who.MAIL_TEAM, letter)


def _told(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield turned_in(case, finding)


def _vendor(case: Case) -> Remedy:
    letter = (
        "Hello,\n\n"
        f"the built-in service of our account leads Motion to {case.where}, and a test of it "
        "failed. Please tell us which servers Motion uses for it.\n"
    )
    text = (
        "The servers of a built-in service cannot be set. Ask Motion's support, or choose Custom."
    )
    return asked("vendor", text, Who.MOTION_ADMINISTRATOR, letter)


REMEDIES: Mapping[Failure, Callable[[Case, Finding], Iterator[Remedy]]] = {
    Failure.INCOMPLETE: _incomplete,
    Failure.NO_PASSWORD: _no_password,
    Failure.NAME_UNKNOWN: _name_unknown,
    Failure.NAME_UNANSWERED: _name_unanswered,
    Failure.PORT_REFUSED: port_closed,
    Failure.PORT_SILENT: port_closed,
    Failure.UNREACHABLE: _unreachable,
    Failure.SOME_ADDRESSES_DEAD: _some_addresses_dead,
    Failure.TLS_TO_CLEAR_PORT: _tls_to_clear_port,
    Failure.SPEAKS_TLS: _speaks_tls,
    Failure.GREETING_SLOW: _slow_to_connect,
    Failure.NEAR_TIMEOUT: near_timeout,
    Failure.POP3: other_port,
    Failure.OTHER_PROTOCOL: _other_protocol,
    Failure.NO_MAIL_SERVER: other_port,
    Failure.TURNED_AWAY: _turned_away,
    Failure.CLOSED: _try_again,
    Failure.TOO_SLOW: _try_again,
    Failure.ENDLESS: _told,
    Failure.NONSENSE: _told,
    Failure.REFUSED: _told,
}

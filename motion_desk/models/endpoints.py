"""Endpoints: what Motion connects to for IMAP and for SMTP, and what keeps that from a test."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.changes import resolve
from motion_desk.models.checks import problems_of_value
from motion_desk.models.choices import Service
from motion_desk.models.directory import Surroundings
from motion_desk.models.kinds import Option
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.providers import CLEAR_IMAP_PORT, SERVERS
from motion_desk.models.secret import NO_SECRET, Secret

TESTER_SMTP_TIMEOUT = 30.0
"""Seconds for connecting, and again for logging in: Motion's page has none for SMTP."""

_MODERN = "authentication.modern"


class Protocol(Option):
    """The two protocols that a test speaks."""

    IMAP = "imap", "IMAP"
    SMTP = "smtp", "SMTP"


@dataclass(frozen=True, slots=True)
class Login:
    """With what Motion logs in. ``modern``: by OAuth 2, so that ``secret`` is empty.

    ``identity`` is then the address that signs in. It differs from the username for a shared
    mailbox, and is the user whom SMTP wants to hear of (inferred).
    """

    username: str
    secret: Secret
    modern: bool = False
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What Motion connects to for one protocol, from the values that count.

    ``tls``: from the first byte. ``starttls``: SMTP with Secure off, which upgrades where the
    server offers it (inferred); IMAP never does. ``any_certificate`` exists for IMAP only, and
    ``mailbox`` is empty for SMTP. ``address`` is the account's own. The timeouts are in seconds.

    ``keys`` says by the names above which field each value came from; what no field says is not
    in it. ``login`` is the switch that decides about logging in. For modern authentication,
    ``password`` is the field of the cloud provider, and ``identity`` that of who signs in.
    """

    protocol: Protocol
    host: str
    port: int
    tls: bool
    starttls: bool
    any_certificate: bool
    login: Login | None
    address: str
    mailbox: str
    connection_timeout: float
    authentication_timeout: float
    keys: Mapping[str, str] = field(compare=False)


def endpoint(account: Account, protocol: Protocol) -> Endpoint:
    """What Motion connects to, by the values on the screen that count. Raises nothing.

    A value that is missing, or that nobody can read, comes out as empty (a port as 0), a timeout
    as its default: ``obstacles`` says which of them must be put right first.
    """
    values = resolve(account).effective
    keys = _keys(values, protocol)
    login = _login(values, keys) if _logs_in(values, keys) else None
    host, port, tls = _place(values, keys, protocol)
    connection, authentication = (
        _seconds(values, keys.get(name))
        for name in ("connection_timeout", "authentication_timeout")
    )
    flag = keys.get("any_certificate")
    return Endpoint(
        protocol,
        host,
        port,
        tls,
        starttls=protocol is Protocol.SMTP and not tls,
        any_certificate=flag is not None and values[flag] is True,
        login=login,
        address=_text(values[keys["address"]]),
        mailbox=_text(values[keys["mailbox"]]) if "mailbox" in keys else "",
        connection_timeout=connection,
        authentication_timeout=authentication,
        keys=keys,
    )


def _keys(values: Mapping[str, Any], protocol: Protocol) -> dict[str, str]:
    """The field that each part of an endpoint comes from."""
    custom = values["settings.service"] is Service.CUSTOM
    section = protocol.value if custom else "authentication"
    names = ["username", "password"]
    if protocol is Protocol.IMAP:
        names += ["any_certificate", "mailbox", "connection_timeout", "authentication_timeout"]
    keys = {name: f"{section}.{name}" for name in names}
    keys["address"] = "settings.address"
    encryption = "secure" if protocol is Protocol.SMTP else "ssl"
    if custom:
        keys |= {"host": f"{section}.host", "port": f"{section}.port"}
        keys |= {"tls": f"{section}.{encryption}", "login": f"{section}.authentication"}
    else:
        keys |= dict.fromkeys(("host", "port"), "settings.service")
        keys["tls"] = "authentication.ssl" if protocol is Protocol.IMAP else "settings.service"
        keys["login"] = _MODERN
        if _is_modern(values, keys):
            keys["password"] = "authentication.cloud_provider"
            keys["identity"] = "authentication.modern_address"
    if protocol is Protocol.SMTP:
        keys["starttls"] = keys["tls"]
    return keys


def _place(
    values: Mapping[str, Any], keys: Mapping[str, str], protocol: Protocol
) -> tuple[str, int, bool]:
    """Host, port, and whether TLS begins with the first byte."""
    servers = SERVERS.get(values["settings.service"])
    if servers is None:
        port = values[keys["port"]]
        number = port if isinstance(port, int) and not isinstance(port, bool) else 0
        return _text(values[keys["host"]]), number, values[keys["tls"]] is True
    if protocol is Protocol.SMTP:
        return servers.smtp_host, servers.smtp_port, servers.smtp_secure
    ssl = values[keys["tls"]] is True  # the port that SSL off means here is inferred
    return servers.imap_host, servers.imap_port if ssl else CLEAR_IMAP_PORT, ssl


def _logs_in(values: Mapping[str, Any], keys: Mapping[str, str]) -> bool:
    """Whether there is a log-in at all: built-in services know no switch for that."""
    return keys["login"] == _MODERN or values[keys["login"]] is True


def _is_modern(values: Mapping[str, Any], keys: Mapping[str, str]) -> bool:
    return keys["login"] == _MODERN and values[_MODERN] is True


def _login(values: Mapping[str, Any], keys: Mapping[str, str]) -> Login:
    username = _text(values[keys["username"]])
    if _is_modern(values, keys):
        identity = _text(values["authentication.modern_address"])
        return Login(username, NO_SECRET, modern=True, identity=identity)
    secret = values[keys["password"]]
    return Login(username, secret if isinstance(secret, Secret) else NO_SECRET)


def _seconds(values: Mapping[str, Any], key: str | None) -> float:
    if key is None:
        return TESTER_SMTP_TIMEOUT
    value, declared = values[key], ACCOUNT.fields[key]
    wrong = value is None or any(declared.kind.check(value))
    default: Any = declared.default
    return float(default if wrong else value)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def obstacles(
    account: Account, surroundings: Surroundings, protocol: Protocol
) -> tuple[Problem, ...]:
    """What keeps a protocol from being tested at all, as errors in the order of the page.

    Whatever is missing or wrong of the host, the port and what the log-in needs, where these
    count. A password is there once it is stored or typed.
    """
    values = resolve(account).effective
    names = surroundings.names(account)
    needed = set(_needed(values, _keys(values, protocol)))
    return tuple(
        problem
        for key, declared in ACCOUNT.fields.items()
        if key in needed
        for problem in problems_of_value(key, declared, values[key], Severity.ERROR, names)
    )


def _needed(values: Mapping[str, Any], keys: Mapping[str, str]) -> Iterator[str]:
    """The fields without which nothing can be tested."""
    yield "settings.service"
    if not isinstance(values["settings.service"], Service):
        return
    yield from (keys["host"], keys["port"])
    if _logs_in(values, keys):
        yield from (keys["username"], keys["password"])
        if _is_modern(values, keys):
            yield "authentication.modern_address"


def fingerprint(account: Account) -> str:
    """The SHA-256, in hexadecimal, of the values that count in a test of the account.

    Accounts that a test would treat alike have the same: names, notes and fields that a test
    never looks at are not in it, and the order of pins and authorities does not matter. A secret
    counts as the reference of its keyring entry, or as “typed”; its text never does.
    """
    import hashlib  # as json below: not needed to draw the window
    import json

    values = resolve(account).effective
    trust = account.trust
    plain = {
        **{each.value: _plain(endpoint(account, each), values) for each in Protocol},
        "pins": sorted([str(pin.host), str(pin.port), str(pin.fingerprint)] for pin in trust.pins),
        "authorities": sorted(str(authority.certificate) for authority in trust.authorities),
    }
    text = json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(found: Endpoint, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a test depends on of one endpoint, as JSON-able data without secrets."""
    plain: dict[str, Any] = {
        "host": found.host,
        "port": found.port,
        "tls": found.tls,
        "any_certificate": found.any_certificate,
        "address": found.address,
        "mailbox": found.mailbox,
        "timeouts": [found.connection_timeout, found.authentication_timeout],
    }
    if found.login:
        secret = found.login.secret
        stored = f"stored as {secret.reference}" if secret.reference else ""
        plain["login"] = [found.login.username, "typed" if secret.typed is not None else stored]
        if found.login.modern:
            modern = (found.keys["password"], "authentication.modern_address")
            plain["modern"] = [str(values[key]) for key in modern]
    return plain

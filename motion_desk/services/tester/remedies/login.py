"""Remedies for logins that are refused, blocked, or cannot be made at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from motion_desk.models.choices import Service
from motion_desk.models.endpoints import Protocol
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
from motion_desk.services.tester.remedies.connection import near_timeout, turned_in
from motion_desk.services.tester.steps import Change, Finding, Remedy, Who


def _needs_encryption(case: Case, finding: Finding) -> Iterator[Remedy]:
    if can_set(case, "port", "tls"):
        usual = 993 if case.protocol is Protocol.IMAP else 465
        port = case.endpoint.port if case.endpoint.port in TLS_PORTS else usual
        switch = "SSL" if case.protocol is Protocol.IMAP else "Secure"
        text = "Turn {switch} on and use port {port}."
        values = {"switch": switch, "port": port}
        yield setting(case, "tls-on", text, values, tls=True, port=port)
    yield turned_in(case, finding)


def _oauth_only(case: Case, finding: Finding) -> Iterator[Remedy]:
    service = case.account.settings.service
    if service is Service.OUTLOOK365:
        text = "Turn modern authentication on, and choose the account's cloud provider."
        change = Change("authentication.modern", True)
        yield changed(case, "modern", text, {}, change)
    elif "office365" in case.endpoint.host or "outlook" in case.endpoint.host:
        text = "Choose the service Outlook365, and turn modern authentication on."
        changes = (
            Change("settings.service", Service.OUTLOOK365),
            Change("authentication.modern", True),
        )
        yield changed(case, "modern", text, {}, *changes)
    letter = (
        "Hello,\n\n"
        f"{case.where} ({case.protocol.label}) takes no password: it offers "
        f"{finding.values.get('offered', 'OAuth 2')} only. For this server our Motion server can "
        "log in with a username and a password. Please tell us whether passwords, or app "
        "passwords, can be allowed for this mailbox.\n"
    )
    yield asked("allow-password", "Ask whether passwords can be allowed.", Who.MAIL_TEAM, letter)


def _no_mechanism(case: Case, finding: Finding) -> Iterator[Remedy]:
    letter = (
        "Hello,\n\n"
        f"{case.where} ({case.protocol.label}) offers no login that takes a username and a "
        f"password (offered: {finding.values.get('offered', 'none')}). Our Motion server needs "
        f"{'LOGIN' if case.protocol is Protocol.IMAP else 'AUTH PLAIN or LOGIN'}. Please turn it "
        "on for encrypted connections.\n"
    )
    yield asked("offer-login", "Ask for a login by password to be offered.", Who.MAIL_TEAM, letter)


def _not_offered(case: Case, finding: Finding) -> Iterator[Remedy]:
    if can_set(case, "login"):
        text = "Turn Authentication off: this server takes mail without a login, or not at all."
        yield setting(case, "login-off", text, {}, login=False)
    yield from _no_mechanism(case, finding)


def _unsendable(case: Case, finding: Finding) -> Iterator[Remedy]:
    text = "Have the password changed to one of plain letters, digits and signs, and type it here."
    yield typed(case, "plain-password", text, "password")


def _non_ascii(case: Case, finding: Finding) -> Iterator[Remedy]:
    text = "To be safe, have the password changed to one of plain letters, digits and signs."
    yield typed(case, "plain-password", text, "password")


def _wrong_password(case: Case, finding: Finding) -> Iterator[Remedy]:
    login = case.endpoint.login
    yield typed(
        case, "type-password", "Type the password again. {hint}", "password", hint=_hint(case)
    )
    if login and can_set(case, "username"):
        bare, at, _ = login.username.partition("@")
        other = bare if at else case.endpoint.address
        if other and other != login.username:
            text = "Try “{other}” as username: some servers want {form}."
            form = "the part before @" if at else "the whole address"
            values = {"other": other, "form": form}
            yield setting(case, "other-username", text, values, username=other)
    yield turned_in(case, finding)


def _hint(case: Case) -> str:
    """What can be seen of the password without showing it."""
    if invisible := case.clues.get("invisible"):
        return f"It has {invisible}, which may not belong to it."
    return "Nothing odd can be seen in it, such as a space at its end."


def _app_password(case: Case, finding: Finding) -> Iterator[Remedy]:
    text = (
        "Make an app password in the security settings of the mailbox at your provider, and type "
        "it here without the spaces between its groups."
    )
    yield typed(case, "app-password", text, "password")


def _tenant_gate(case: Case, finding: Finding) -> Iterator[Remedy]:
    letter = (
        "Hello,\n\n"
        f"Microsoft 365 refuses the login of {case.endpoint.address} at {case.where} "
        f"({case.protocol.label})"
        + (f", saying “{finding.words}”" if finding.words else "")
        + ".\nPlease check these three gates, and tell us which one is to stay closed:\n"
        "1. The tenant: is authenticated SMTP switched off for all (Exchange admin centre, "
        "Settings, Mail flow)?\n"
        "2. Security defaults or a conditional access policy (Entra admin centre): do they block "
        "logins by password?\n"
        "3. The mailbox (Microsoft 365 admin centre, Users, Mail, Manage email apps): is "
        "authenticated SMTP ticked?\n"
        "For fetching mail passwords have not worked since October 2022; there it takes modern "
        "authentication (OAuth 2).\n"
    )
    text = "Send the tenant administrator the list of the three gates that can block a login."
    yield asked("three-gates", text, Who.TENANT_ADMINISTRATOR, letter)
    if case.account.settings.service is Service.OUTLOOK365:
        text = "Turn modern authentication on, and choose the account's cloud provider."
        yield changed(case, "modern", text, {}, Change("authentication.modern", True))


def _password_expired(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield advised("change-password", "Change the password at the provider; Motion cannot do that.")
    yield typed(case, "new-password", "Then type the new password here and in Motion.", "password")


def _not_authorized(case: Case, finding: Finding) -> Iterator[Remedy]:
    user = case.endpoint.login.username if case.endpoint.login else case.endpoint.address
    letter = (
        "Hello,\n\n"
        f"the user {user} logs in to {case.where}, but may not use {case.protocol.label} for "
        f"{case.endpoint.address}. Please allow it: {case.protocol.label} for this mailbox, and, "
        "where it is a shared one, the delegation to this user.\n"
    )
    text = "Ask for {protocol} to be allowed for this mailbox."
    yield asked("allow-protocol", text, Who.MAIL_TEAM, letter, protocol=case.protocol.label)


def _contact(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield turned_in(case, finding)


def _unavailable(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield retried("again", "Test again in a minute: it mostly passes by itself.", 60)
    yield turned_in(case, finding)


def _too_many(case: Case, finding: Finding) -> Iterator[Remedy]:
    text = (
        "Wait a minute and test again; close other programs that use this mailbox meanwhile. "
        "Motion itself keeps connections open too."
    )
    yield retried("again", text, 60)
    letter = (
        "Hello,\n\n"
        f"{case.where} ({case.protocol.label}) refuses connections because there are too many. "
        "Please raise the limit for our Motion server's address, or for the mailbox "
        f"{case.endpoint.address}.\n"
    )
    yield asked("raise-limit", "Ask for the limit to be raised.", Who.MAIL_TEAM, letter)


def _slow(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield from near_timeout(case, finding)


REMEDIES: Mapping[Failure, Callable[[Case, Finding], Iterator[Remedy]]] = {
    Failure.LOGIN_NEEDS_ENCRYPTION: _needs_encryption,
    Failure.OAUTH_ONLY: _oauth_only,
    Failure.NO_MECHANISM: _no_mechanism,
    Failure.LOGIN_NOT_OFFERED: _not_offered,
    Failure.UNSENDABLE_PASSWORD: _unsendable,
    Failure.NON_ASCII_LOGIN: _non_ascii,
    Failure.WRONG_PASSWORD: _wrong_password,
    Failure.APP_PASSWORD: _app_password,
    Failure.TENANT_GATE: _tenant_gate,
    Failure.PASSWORD_EXPIRED: _password_expired,
    Failure.NOT_AUTHORIZED: _not_authorized,
    Failure.CONTACT_ADMINISTRATOR: _contact,
    Failure.LOGIN_UNAVAILABLE: _unavailable,
    Failure.TOO_MANY_CONNECTIONS: _too_many,
    Failure.LOGIN_SLOW: _slow,
}

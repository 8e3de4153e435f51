"""Remedies for mailboxes that cannot be opened, and for senders and recipients that are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from motion_desk.models.endpoints import Protocol
from motion_desk.services.tester.failures import Failure
from motion_desk.services.tester.remedies.case import (
    Case,
    advised,
    asked,
    can_set,
    retried,
    setting,
    typed,
)
from motion_desk.services.tester.remedies.connection import turned_in
from motion_desk.services.tester.steps import Finding, Remedy, Who

OFFERED = 3
"""Mailboxes that are proposed; all are listed in the step's facts."""
GREYLISTING_WAIT = 60.0
"""Seconds: most servers take a second try after one to five minutes."""


def _mailbox_missing(case: Case, finding: Finding) -> Iterator[Remedy]:
    if can_set(case, "mailbox"):
        for name in case.clues.get("folders", ())[:OFFERED]:
            text = "Use the mailbox “{name}”, which is there."
            yield setting(case, "use-mailbox", text, {"name": name}, mailbox=name)
    yield typed(case, "type-mailbox", "Type the mailbox's name as the server lists it.", "mailbox")


def _mailbox_forbidden(case: Case, finding: Finding) -> Iterator[Remedy]:
    user = case.endpoint.login.username if case.endpoint.login else case.endpoint.address
    letter = (
        "Hello,\n\n"
        f"the user {user} may not open the mailbox “{case.endpoint.mailbox}” at {case.where}. "
        "Please let this user read it and mark its messages as seen.\n"
    )
    yield asked("allow-mailbox", "Ask for access to the mailbox.", Who.MAIL_TEAM, letter)


def _over_quota(case: Case, finding: Finding) -> Iterator[Remedy]:
    letter = (
        "Hello,\n\n"
        f"the mailbox of {case.endpoint.address} at {case.where} is full, so new mail is turned "
        "away. Please enlarge it, or have old messages deleted.\n"
    )
    yield asked("enlarge", "Ask for more space, or delete old messages.", Who.MAIL_TEAM, letter)


def _login_needed(case: Case, finding: Finding) -> Iterator[Remedy]:
    if can_set(case, "login") and case.endpoint.login is None:
        text = "Turn Authentication on, and fill in username and password."
        yield setting(case, "login-on", text, {}, login=True)
    yield turned_in(case, finding)


def _relay_denied(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield from _login_needed(case, finding)


def _sender_refused(case: Case, finding: Finding) -> Iterator[Remedy]:
    login = case.endpoint.login
    if login and "@" in login.username and login.username != case.endpoint.address:
        text = "Use “{address}” as the account's email address: the login may send as itself."
        values = {"address": login.username}
        yield setting(case, "login-address", text, values, address=login.username)
    user = login.username if login else "our client"
    letter = (
        "Hello,\n\n"
        f"{case.where} does not let {user} send as {case.endpoint.address}"
        + (f": “{finding.words}”" if finding.words else "")
        + ". Please allow it (an alias of the mailbox, or the right “send as”).\n"
    )
    text = "Ask for the right to send as {address}."
    yield asked("send-as", text, Who.MAIL_TEAM, letter, address=case.endpoint.address)


def _recipient_refused(case: Case, finding: Finding) -> Iterator[Remedy]:
    letter = (
        "Hello,\n\n"
        f"{case.where} takes no mail for {case.endpoint.address}"
        + (f": “{finding.words}”" if finding.words else "")
        + ". Please tell us whether this mailbox exists, and how its address is written.\n"
    )
    text = "Ask whether {address} exists at this server."
    yield asked("exists", text, Who.MAIL_TEAM, letter, address=case.endpoint.address)
    yield typed(case, "type-address", "Compare the email address, letter by letter.", "address")


def _greylisted(case: Case, finding: Finding) -> Iterator[Remedy]:
    text = (
        "Test again in {seconds} s: the server then takes it. Motion, too, may have to try twice."
    )
    yield retried("again", text, GREYLISTING_WAIT, seconds=int(GREYLISTING_WAIT))
    letter = (
        "Hello,\n\n"
        f"{case.where} greylists our Motion server, so its first mails are late. Please exempt "
        "clients that have logged in.\n"
    )
    yield asked("exempt", "Ask for logged-in clients to be exempt.", Who.MAIL_TEAM, letter)


def _too_large(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield advised(
        "smaller",
        "Lower the largest attachment in Motion's settings, or ask the mail team for more. Encoded "
        "for mail, an attachment grows by a third.",
        Who.MOTION_ADMINISTRATOR,
    )


def _closing(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield retried("again", "Test again in a few minutes.", 180)
    yield turned_in(case, finding)


def _round_trip_lost(case: Case, finding: Finding) -> Iterator[Remedy]:
    yield retried("later", "Make the round trip again in a few minutes, with more time.", 300)
    letter = (
        "Hello,\n\n"
        f"a message that {case.where} took for {case.endpoint.address} did not arrive in the "
        "mailbox. Please look in the server's log what became of it; its Message-ID is in the "
        "report.\n"
    )
    yield asked("trace", "Ask what became of the message.", Who.MAIL_TEAM, letter)


def _round_trip_junk(case: Case, finding: Finding) -> Iterator[Remedy]:
    letter = (
        "Hello,\n\n"
        f"messages that {case.endpoint.address} sends to itself end in the junk folder. Please "
        "see why (SPF, DKIM, DMARC, or a filter), and have them delivered.\n"
    )
    yield asked("not-junk", "Ask why it counts as junk.", Who.MAIL_TEAM, letter)
    yield advised("look-at-results", "Look at what the headers say of SPF, DKIM and DMARC.")


def _round_trip_elsewhere(case: Case, finding: Finding) -> Iterator[Remedy]:
    if case.endpoint.protocol is Protocol.IMAP and can_set(case, "mailbox"):
        name = str(finding.values["found"])
        text = "Let Motion fetch from “{name}”, where the message arrived."
        yield setting(case, "use-mailbox", text, {"name": name}, mailbox=name)
    text = "Look for a rule on the server that sorts the mail, and change it if it is not meant."
    yield advised("sorting", text)


def _round_trip_twice(case: Case, finding: Finding) -> Iterator[Remedy]:
    letter = (
        "Hello,\n\n"
        f"a message sent once to {case.endpoint.address} arrives {finding.values['count']} times "
        f"in its mailbox on {case.where}. Please see whether an alias, a distribution list or a "
        "rule leads it there a second time.\n"
    )
    yield asked("once", "Ask why mail is delivered more than once.", Who.MAIL_TEAM, letter)


REMEDIES: Mapping[Failure, Callable[[Case, Finding], Iterator[Remedy]]] = {
    Failure.MAILBOX_MISSING: _mailbox_missing,
    Failure.MAILBOX_FORBIDDEN: _mailbox_forbidden,
    Failure.READ_ONLY: _mailbox_forbidden,
    Failure.OVER_QUOTA: _over_quota,
    Failure.LOGIN_NEEDED: _login_needed,
    Failure.RELAY_DENIED: _relay_denied,
    Failure.SENDER_REFUSED: _sender_refused,
    Failure.RECIPIENT_REFUSED: _recipient_refused,
    Failure.GREYLISTED: _greylisted,
    Failure.TOO_LARGE: _too_large,
    Failure.SERVICE_CLOSING: _closing,
    Failure.ROUND_TRIP_LOST: _round_trip_lost,
    Failure.ROUND_TRIP_JUNK: _round_trip_junk,
    Failure.ROUND_TRIP_ELSEWHERE: _round_trip_elsewhere,
    Failure.ROUND_TRIP_TWICE: _round_trip_twice,
}

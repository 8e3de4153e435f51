"""Logging in to the lab's mail servers with a token of its identity server."""

import base64
import json
from pathlib import Path

import jwt
import pytest
import requests

from motion_desk.services.lab import Identity, Lab
from tests.services.lab.applications import (
    ANNA,
    IMAP,
    SMTP,
    browser,
    claims,
    own_token,
    token,
)
from tests.services.lab.clients import Client, imap, logged_in, smtp

SHARED = "support@lab.example"
REFUSED = {
    "imap": "NO [AUTHENTICATIONFAILED] Authentication failed.",
    "smtp": "535 5.7.8 Authentication failed",
}
EXPIRED = {
    "imap": "NO [AUTHENTICATIONFAILED] The access token has expired.",
    "smtp": "535 5.7.8 Access token expired",
}


def xoauth2(user: str, text: str) -> str:
    """What XOAUTH2 sends, in base64."""
    return base64.b64encode(f"user={user}\1auth=Bearer {text}\1\1".encode()).decode("ascii")


def by_imap(client: Client, sent: str, *, at_once: bool = True) -> tuple[str, str]:
    """What IMAP says last, and before it where it refuses; sent with the command or after it."""
    if at_once:
        client.say(f"a AUTHENTICATE XOAUTH2 {sent}")
    else:
        client.say("a AUTHENTICATE XOAUTH2")
        assert client.line() == "+ "
        client.say(sent)
    reason = ""
    if (line := client.line()).startswith("+ "):
        reason = base64.b64decode(line[2:]).decode()
        client.say("")
        line = client.line()
    assert line.startswith("a ")
    return line[2:], reason


def by_smtp(client: Client, sent: str, *, at_once: bool = True) -> tuple[str, str]:
    """The same for SMTP."""
    if at_once:
        [line] = client.smtp(f"AUTH XOAUTH2 {sent}")
    else:
        assert client.smtp("AUTH XOAUTH2") == ["334 "]
        [line] = client.smtp(sent)
    if not line.startswith("334 "):
        return line, ""
    return client.smtp("")[-1], base64.b64decode(line[4:]).decode()


def answers(lab: Lab, user: str, text: str) -> tuple[str, str]:
    """What both servers say last to who shows a token."""
    with imap(lab) as one, smtp(lab) as other:
        return by_imap(one, xoauth2(user, text))[0], by_smtp(other, xoauth2(user, text))[0]


def is_in(lab: Lab, user: str, text: str) -> tuple[bool, bool]:
    one, other = answers(lab, user, text)
    return one.startswith("OK "), other.startswith("235 ")


@pytest.mark.parametrize("at_once", [True, False], ids=["with the command", "when asked"])
def test_a_token_lets_its_person_in(
    at_once: bool, identity_lab: Lab, web: requests.Session
) -> None:
    sent = xoauth2(ANNA, token(identity_lab, web))
    with imap(identity_lab) as client:
        assert "AUTH=XOAUTH2" in client.ask("CAPABILITY")[0].split()
        said, reason = by_imap(client, sent, at_once=at_once)
        assert (said.startswith("OK ["), reason) == (True, "")
        assert client.ask("SELECT INBOX")[-1].startswith("OK ")
    with smtp(identity_lab) as client:
        said, reason = by_smtp(client, sent, at_once=at_once)
        assert (said.startswith("235 "), reason) == (True, "")
        assert client.smtp(f"MAIL FROM:<{ANNA}>")[0].startswith("250 ")
    assert identity_lab.seen.logins == {"XOAUTH2": 2}


@pytest.mark.parametrize("at_once", [True, False], ids=["with the command", "when asked"])
def test_a_refusal_begins_with_its_reasons(at_once: bool, identity_lab: Lab) -> None:
    sent = xoauth2(ANNA, "a.b.c")
    with imap(identity_lab) as client:
        said, reason = by_imap(client, sent, at_once=at_once)
        assert said == REFUSED["imap"]
        assert json.loads(reason) == {"status": "400", "schemes": "Bearer", "scope": IMAP}
        assert client.ask("NOOP")[-1].startswith("OK ")
    with smtp(identity_lab) as client:
        said, reason = by_smtp(client, sent, at_once=at_once)
        assert said == REFUSED["smtp"]
        assert json.loads(reason) == {"status": "400", "schemes": "Bearer", "scope": SMTP}
        assert client.smtp("NOOP")[0].startswith("250 ")


def test_a_refused_client_may_break_off(identity_lab: Lab) -> None:
    with imap(identity_lab) as client:
        client.say(f"a AUTHENTICATE XOAUTH2 {xoauth2(ANNA, 'x')}")
        assert client.line().startswith("+ ")
        client.say("*")
        assert client.line().startswith("a BAD ")
    with smtp(identity_lab) as client:
        assert client.smtp(f"AUTH XOAUTH2 {xoauth2(ANNA, 'x')}")[0].startswith("334 ")
        assert client.smtp("*")[0].startswith("501 ")


def test_a_mailbox_is_opened_by_whom_it_is_shared_with_and_mail_sent_by_the_login(
    keys: Path,
) -> None:
    identity = Identity({ANNA: [SHARED], "bert@lab.example": []})
    with Lab(keys, identity=identity) as lab, browser(lab) as web:
        annas, berts = token(lab, web), token(lab, web, "bert@lab.example")
        assert is_in(lab, ANNA, annas) == (True, True)
        assert is_in(lab, ANNA.upper(), annas) == (True, True)
        assert is_in(lab, SHARED, annas) == (True, False)
        assert is_in(lab, SHARED, berts) == (False, False)
        assert is_in(lab, ANNA, berts) == (False, False)
        with imap(lab) as client:
            by_imap(client, xoauth2(SHARED, annas))
            assert client.ask("SELECT INBOX")[-1].startswith("OK ")
        shared, own = lab.mailbox_state(SHARED), lab.mailbox_state(ANNA)
        assert shared["INBOX"] != own["INBOX"]
        assert lab.seen.errors == ()


def test_an_application_opens_any_mailbox_by_itself(
    identity_lab: Lab, web: requests.Session
) -> None:
    assert is_in(identity_lab, SHARED, own_token(identity_lab, web)) == (True, True)


def test_each_protocol_asks_for_its_own_permission(
    identity_lab: Lab, web: requests.Session
) -> None:
    assert is_in(identity_lab, ANNA, token(identity_lab, web, scope=IMAP)) == (True, False)
    assert is_in(identity_lab, ANNA, token(identity_lab, web, scope=SMTP)) == (False, True)


def test_a_permission_of_another_service_does_not_count(
    identity_lab: Lab, web: requests.Session
) -> None:
    names = ("IMAP.AccessAsUser.All", "SMTP.Send")
    graphs = " ".join(f"https://graph.microsoft.com/{name}" for name in names)
    assert is_in(identity_lab, ANNA, token(identity_lab, web, scope=graphs)) == (False, False)


@pytest.mark.parametrize("fault", ["token-audience", "token-tenant", "token-scope"])
def test_a_wrong_token_is_refused_without_a_word_why(
    fault: str, identity_lab: Lab, web: requests.Session
) -> None:
    identity_lab.show(fault)
    for text, user in ((token(identity_lab, web), ANNA), (own_token(identity_lab, web), SHARED)):
        assert answers(identity_lab, user, text) == (REFUSED["imap"], REFUSED["smtp"])


def test_a_token_that_has_ended_is_called_so(identity_lab: Lab, web: requests.Session) -> None:
    identity_lab.show("token-expired")
    text = token(identity_lab, web)
    assert answers(identity_lab, ANNA, text) == (EXPIRED["imap"], EXPIRED["smtp"])
    identity_lab.show("healthy")
    identity_lab.identity.lifetime = 0
    text = token(identity_lab, web)
    assert answers(identity_lab, ANNA, text) == (EXPIRED["imap"], EXPIRED["smtp"])


def test_all_servers_have_the_same_wrong_clock(identity_lab: Lab, web: requests.Session) -> None:
    identity_lab.show("clock-wrong")
    text = token(identity_lab, web)
    assert is_in(identity_lab, ANNA, text) == (True, True)
    identity_lab.show("healthy")
    assert is_in(identity_lab, ANNA, text) == (False, False)


def test_a_token_of_12_kb_fits_imap_but_no_line_of_smtp(
    identity_lab: Lab, web: requests.Session
) -> None:
    identity_lab.show("token-long")
    sent = xoauth2(ANNA, token(identity_lab, web))
    with imap(identity_lab) as client:
        assert by_imap(client, sent)[0].startswith("OK ")
    for at_once in (True, False):
        with smtp(identity_lab) as client:
            assert by_smtp(client, sent, at_once=at_once)[0].startswith("500 5.5.6 ")


def test_only_what_the_identity_server_signed_counts(
    identity_lab: Lab, web: requests.Session
) -> None:
    sound = token(identity_lab, web)
    said = claims(sound)
    key = "0123456789abcdef0123456789abcdef"
    head, body, signature = sound.split(".")
    for forged in (
        jwt.encode(said, key, "HS256"),
        jwt.encode(said, "", "none"),
        f"{head}.{body}.",
        f"{head}.{body}.{signature[:-6]}AAAAAA",
        f"{jwt.encode(said, key, 'HS256').split('.')[0]}.{body}.{signature}",
        f"{head}.{jwt.encode({**said, 'upn': SHARED}, key, 'HS256').split('.')[1]}.{signature}",
    ):
        assert is_in(identity_lab, said["upn"], forged) == (False, False)
    assert is_in(identity_lab, ANNA, sound) == (True, True)


def test_a_token_does_not_help_where_all_log_ins_are_refused(
    identity_lab: Lab, web: requests.Session
) -> None:
    text = token(identity_lab, web)
    identity_lab.show("tenant-gate")
    one, other = answers(identity_lab, ANNA, text)
    assert one == "NO LOGIN failed."
    assert other.startswith("535 5.7.139 ")
    identity_lab.show("wrong-password")
    assert is_in(identity_lab, ANNA, text) == (True, True)


def test_passwords_work_beside_tokens(identity_lab: Lab) -> None:
    with logged_in(identity_lab):
        pass
    assert identity_lab.seen.logins == {"LOGIN": 1}

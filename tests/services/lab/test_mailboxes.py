"""Faults of mailboxes, as a client sees them, and that looking leaves no trace."""

import pytest
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from motion_desk.services.lab import Lab
from tests.services.lab.clients import NAME, logged_in, trusting

USER = "anna@example.test"


def session(lab: Lab) -> IMAPClient:
    """IMAPClient's session, logged in; its own clear way to connect takes no other address."""
    client = IMAPClient("localhost", lab.ports[993], ssl_context=trusting(lab), timeout=10)
    client.login(USER, "any")
    return client


def names(client: IMAPClient) -> list[str]:
    return [name for _, _, name in client.list_folders()]


def test_a_healthy_lab_has_whatever_mailbox_is_asked_for(lab: Lab) -> None:
    before = lab.mailbox_state(USER)
    with session(lab) as client:
        for name in ("INBOX", "inbox", "INBOX/Motion", "Kunden & Service", "Größe/日本", 'a\\b"c'):
            assert client.select_folder(name, readonly=True)[b"EXISTS"] > 0
            assert next(found[2] for found in client.list_folders("", name)).upper() == name.upper()
        assert "INBOX/Motion" not in names(client)
        same = client.select_folder("InBox", readonly=True)[b"UIDVALIDITY"]
        assert same == client.select_folder("INBOX", readonly=True)[b"UIDVALIDITY"]
    assert lab.mailbox_state(USER) == before


def test_any_other_mailbox_is_missing(lab: Lab) -> None:
    lab.show("mailbox-missing")
    with session(lab) as client:
        assert {"INBOX", "Support", "Support/Archive"} <= set(names(client))
        client.select_folder("Support/Archive", readonly=True)
        with pytest.raises(IMAPClientError, match="NONEXISTENT"):
            client.select_folder("Sales", readonly=True)
        with pytest.raises(IMAPClientError, match="NONEXISTENT"):
            client.folder_status("Sales")
        assert client.list_folders("", "Sales") == []


def test_mailboxes_are_parted_by_a_dot_and_lie_under_inbox(lab: Lab) -> None:
    lab.show("mailbox-delimiter")
    with session(lab) as client:
        assert {delimiter for _, delimiter, _ in client.list_folders()} == {b"."}
        assert all(name == "INBOX" or name.startswith("INBOX.") for name in names(client))
        assert {"INBOX.Support", "INBOX.Support.Archive"} <= set(names(client))
        assert client.select_folder("INBOX.Support", readonly=True)[b"EXISTS"] > 0
        with pytest.raises(IMAPClientError, match="NONEXISTENT"):
            client.select_folder("Support", readonly=True)
        assert client.namespace()[0][0] == ("INBOX.", ".")


def test_mailboxes_have_nearly_the_name_that_one_expects(lab: Lab) -> None:
    lab.show("mailbox-near-name")
    with session(lab) as client:
        assert {"Suport", "Supports", "Sup-port", "Kundendienst "} <= set(names(client))
        client.select_folder("Kundendienst ", readonly=True)
        for name in ("Support", "Kundendienst"):
            with pytest.raises(IMAPClientError, match="NONEXISTENT"):
                client.select_folder(name, readonly=True)


def test_opening_a_mailbox_is_forbidden(lab: Lab) -> None:
    lab.show("mailbox-forbidden")
    with logged_in(lab) as client:
        assert any("INBOX" in line for line in client.ask('LIST "" "*"'))
        for command in ("EXAMINE INBOX", "SELECT INBOX", "STATUS INBOX (MESSAGES)"):
            assert client.ask(command) == ["NO [NOPERM] Permission denied"]
        assert '* MYRIGHTS "INBOX" l' in client.ask("MYRIGHTS INBOX")


def test_a_full_mailbox_is_read_but_not_added_to(lab: Lab) -> None:
    lab.show("over-quota")
    with logged_in(lab) as client:
        opened = client.ask("EXAMINE INBOX")
        assert opened[-1].startswith("OK [READ-ONLY] ")
        assert any(line.startswith("* OK [ALERT] ") for line in opened)
        assert '* QUOTA "" (STORAGE 1048576 1048576)' in client.ask("GETQUOTAROOT INBOX")
        assert client.ask("APPEND INBOX {1+}\r\nx")[-1].startswith("NO [OVERQUOTA] ")


def test_a_read_only_mailbox_cannot_be_changed(lab: Lab) -> None:
    lab.show("read-only")
    before = lab.mailbox_state(USER)
    with logged_in(lab) as client:
        opened = client.ask("SELECT INBOX")
        assert opened[-1].startswith("OK [READ-ONLY] ")
        assert "* OK [PERMANENTFLAGS ()] Flags that last" in opened
        assert client.ask("STORE 1 +FLAGS (\\Deleted)")[-1].startswith("NO [NOPERM] ")
        assert client.ask("EXPUNGE")[-1].startswith("NO [NOPERM] ")
        assert client.ask("FETCH 1 (BODY[])")[-1].startswith("OK ")
        assert '* MYRIGHTS "INBOX" lr' in client.ask("MYRIGHTS INBOX")
        assert client.ask("APPEND INBOX {1+}\r\nx")[-1].startswith("NO [NOPERM] ")
    assert lab.mailbox_state(USER) == before


def test_the_feed_has_what_header_filters_look_for(lab: Lab) -> None:
    lab.show("feed")
    with session(lab) as client:
        client.select_folder("INBOX", readonly=True)
        everything = client.search("ALL")
        assert client.search(["HEADER", "X-Spam-Flag", "YES"])
        assert client.search(["HEADER", "X-Virus-Status", "Infected"])
        assert client.search(["HEADER", "List-Unsubscribe", ""])
        marked = {"X-Spam-Flag", "X-Virus-Status", "List-Unsubscribe"}
        plain = [uid for uid in everything if not marked & headers(client, uid)]
        assert len(plain) == 3


def headers(client: IMAPClient, uid: int) -> set[str]:
    header = client.fetch(uid, ["BODY.PEEK[HEADER]"])[uid][b"BODY[HEADER]"].decode("ascii")
    return {line.partition(":")[0] for line in header.splitlines()}


def test_reading_without_peek_leaves_a_mark_and_peeking_none(lab: Lab) -> None:
    before = lab.mailbox_state(USER)
    with logged_in(lab) as client:
        client.ask("SELECT INBOX")
        for items in ("BODY.PEEK[]", "BODY.PEEK[HEADER]", "RFC822.HEADER", "ENVELOPE", "FLAGS"):
            assert client.ask(f"FETCH 1:* ({items})")[-1].startswith("OK ")
        assert lab.mailbox_state(USER) == before
        client.ask("EXAMINE INBOX")
        assert client.ask("FETCH 1:* (BODY[])")[-1].startswith("OK ")
        assert lab.mailbox_state(USER) == before
        client.ask("SELECT INBOX")
        client.ask("FETCH 12 (BODY[HEADER.FIELDS (SUBJECT)])")
    after = lab.mailbox_state(USER)
    assert after != before
    assert after["INBOX"]["messages"][11][1] == ("\\Seen",)
    assert {name for name in after if after[name] != before[name]} == {"INBOX"}


def test_a_change_in_a_mailbox_that_was_only_asked_for_is_seen(lab: Lab) -> None:
    before = lab.mailbox_state(USER)
    with logged_in(lab) as client:
        client.ask("SELECT Motion")
        assert lab.mailbox_state(USER) == before
        client.ask("STORE 1 +FLAGS (\\Deleted)")
        client.ask("EXPUNGE")
    after = lab.mailbox_state(USER)
    assert len(after.pop("Motion")["messages"]) == 2
    assert after == before


def test_each_layout_has_mailboxes_of_its_own(lab: Lab) -> None:
    lab.show("mailbox-delimiter")
    assert "INBOX.Support" in lab.mailbox_state(USER)
    lab.show("healthy")
    assert "Support" in lab.mailbox_state(USER)
    assert NAME  # people are told apart by name, whatever its capitals
    assert lab.mailbox_state(USER.upper()) == lab.mailbox_state(USER)

"""The healthy IMAP server works with IMAPClient, and takes what clients may send."""

import base64
import email
from datetime import UTC, datetime
from email import policy
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from imapclient import IMAPClient
from imapclient.imap_utf7 import decode, encode

from motion_desk.services.lab import Lab, utf7
from tests.services.lab.clients import Client, imap, logged_in, plain, trusting

USER = "anna@example.test"
PASSWORDS = [
    "",
    "two words",
    'qu"ote and back\\slash',
    "Grüße, 日本 🔑",
    "x" * 200,
    "ü" * 8_192,
    "100 % {curly} (round) *",
]


def session(lab: Lab, port: int = 993) -> IMAPClient:
    client = IMAPClient(
        "localhost", lab.ports[port], ssl=port == 993, ssl_context=trusting(lab), timeout=10
    )
    if port == 143:
        client.starttls(trusting(lab))
    return client


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize("port", [993, 143])
def test_a_whole_session_works_with_imapclient(lab: Lab, port: int) -> None:
    before = lab.mailbox_state(USER)
    with session(lab, port) as client:
        assert client.login(USER, "any").endswith(b"Logged in")
        assert b"Motion Desk lab" in client.id_({"name": "test"})[0]
        assert client.namespace()[0][0] == ("", "/")
        flags = {name: flags for flags, _, name in client.list_folders()}
        assert b"\\Junk" in flags["Junk"]
        assert b"\\HasChildren" in flags["Support"]
        assert client.folder_status("INBOX") == {
            b"MESSAGES": 12,
            b"RECENT": 0,
            b"UIDNEXT": 13,
            b"UIDVALIDITY": before["INBOX"]["validity"],
            b"UNSEEN": 6,
        }
        assert client.select_folder("INBOX", readonly=True)[b"EXISTS"] == 12
        newest = client.search("UNSEEN")[-5:]
        fetched = client.fetch(newest, ["BODY.PEEK[HEADER]", "ENVELOPE", "RFC822.SIZE", "FLAGS"])
        assert list(fetched) == newest == [8, 9, 10, 11, 12]
        parsed = email.message_from_bytes(fetched[11][b"BODY[HEADER]"], policy=policy.default)
        assert parsed["Subject"] == "Rückfrage zur Rechnung Nr. 2031 – Umsatzsteuer"
        assert fetched[12][b"ENVELOPE"].from_[0].mailbox == b"marta.holm"
        assert client.get_quota_root("INBOX")[1]
        assert b"See you" in client.logout()
    assert lab.mailbox_state(USER) == before


def test_every_sample_message_is_sound_mail(lab: Lab) -> None:
    for fault in ("healthy", "feed"):
        lab.show(fault)
        with session(lab) as client:
            client.login(USER, "any")
            client.select_folder("INBOX", readonly=True)
            fetched = client.fetch(
                client.search("ALL"), ["BODY.PEEK[]", "RFC822.SIZE", "INTERNALDATE"]
            )
            for content in fetched.values():
                raw = content[b"BODY[]"]
                assert content[b"RFC822.SIZE"] == len(raw)
                assert raw.count(b"\n") == raw.count(b"\r\n")
                assert max(len(line) for line in raw.split(b"\r\n")) <= 998
                message = email.message_from_bytes(raw, policy=policy.default)
                assert not message.defects
                assert message["To"].addresses[0].addr_spec == USER
                assert all(message[name] for name in ("From", "Subject", "Date", "Message-ID"))
                body = message.get_body(("plain",))
                assert body
                assert body.get_content().strip()


def test_messages_are_searched_stored_copied_appended_and_expunged(lab: Lab) -> None:
    with session(lab) as client:
        client.login(USER, "any")
        client.select_folder("INBOX")
        assert client.search(["FROM", "holm"]) == [12]
        assert client.search(["SUBJECT", "Rückfrage"], "UTF-8") == [11]
        assert client.search(["HEADER", "Auto-Submitted", "replied"]) == [5]
        assert client.search(["OR", "UID", "1:2", "NOT", "UID", "1:11"]) == [1, 2, 12]
        assert client.search(["NOT", "SEEN", "SINCE", datetime.now(UTC).date()]) != [1]
        assert client.search(["TEXT", "serial-that-is-nowhere"]) == []
        assert client.add_flags([1, 2], [b"\\Deleted", b"$Done"])[1] == (
            b"$Done",
            b"\\Deleted",
            b"\\Seen",
        )
        client.remove_flags([2], [b"\\Deleted"])
        client.set_flags([2], [b"\\Flagged"])
        client.copy([2], "Archive")
        client.expunge()
        assert client.search("ALL") == list(range(2, 13))
        made = client.append("Archive", b"Subject: Appended\r\n\r\nHello", [b"\\Draft"])
        assert b"APPENDUID" in made
        client.create_folder("Neu & Größer")
        assert client.folder_exists("Neu & Größer")
        client.delete_folder("Neu & Größer")
        assert client.list_folders("", "Neu*") == []
    archive = lab.mailbox_state(USER)["Archive"]["messages"]
    assert [flags for _, flags, _ in archive] == [("\\Flagged",), ("\\Draft",)]


def test_one_client_learns_what_another_does(lab: Lab) -> None:
    with logged_in(lab) as one, logged_in(lab) as other:
        one.ask("SELECT INBOX")
        other.ask("SELECT INBOX")
        other.ask("UID STORE 3,5 +FLAGS.SILENT (\\Deleted)")
        assert other.ask("UID EXPUNGE 5") == ["* 5 EXPUNGE", "OK EXPUNGE completed"]
        # Numbers may not change under a command that goes by them.
        assert "* 5 FETCH (UID 5)" in one.ask("FETCH 5 (UID)")
        assert other.ask("APPEND INBOX {1+}\r\nx")[0] == "* 12 EXISTS"
        assert one.ask("NOOP") == ["* 5 EXPUNGE", "* 12 EXISTS", "OK NOOP completed"]
        assert other.ask("CLOSE") == ["OK CLOSE completed"]
        assert one.ask("NOOP")[0] == "* 3 EXPUNGE"


@pytest.mark.parametrize("password", PASSWORDS, ids=range(len(PASSWORDS)))
def test_any_password_is_understood_in_every_way_of_sending_it(
    tmp_path: Path, password: str
) -> None:
    data = password.encode()
    with Lab(tmp_path, people={"anna": password}) as lab:
        secret = plain("anna", password)
        for command in (
            f"LOGIN anna {quoted(password)}",
            f"LOGIN anna {{{len(data)}+}}\r\n{password}",
            f"AUTHENTICATE PLAIN {secret}",
        ):
            with imap(lab) as client:
                assert client.ask(command)[-1].startswith("OK ")
        with imap(lab) as client:
            client.say("x LOGIN {4}")
            assert client.line().startswith("+ ")
            client.say(f"anna {{{len(data)}}}")
            assert client.line().startswith("+ ")
            client.say(data)
            assert client.line().startswith("x OK ")
        for mechanism, answers in (
            ("PLAIN", [secret]),
            ("LOGIN", [base64.b64encode(b"anna").decode(), base64.b64encode(data).decode()]),
        ):
            with imap(lab) as client:
                assert authenticated(client, mechanism, answers).startswith("x OK ")
        with imap(lab) as client:
            assert client.ask(f"LOGIN anna {quoted(password + '!')}")[-1].startswith("NO ")
        assert lab.seen.errors == ()


def authenticated(client: Client, mechanism: str, answers: list[str]) -> str:
    client.say(f"x AUTHENTICATE {mechanism}")
    for answer in answers:
        assert client.line().startswith("+ ")
        client.say(answer or "=")
    return client.line()


@pytest.mark.parametrize(
    "line",
    [
        "",
        "a",
        "a ",
        "(",
        "* NOOP",
        "a NOOP (",
        "a LOGIN",
        "a LOGIN x",
        "a LOGIN x y z",
        'a LOGIN "x',
        "a LOGIN (x) y",
        "a AUTHENTICATE",
        "a AUTHENTICATE PLAIN !!!",
        "a AUTHENTICATE PLAIN eA==",
        "a AUTHENTICATE KERBEROS",
        "a EXAMINE INBOX",
        "a FETCH 1 FLAGS",
        "a UID",
        "a UID NOOP",
        "a LIST " + "(" * 5_000,
        "a LOGIN {999999999999}",
        b"a LOGIN \xff\xfe \xff",
        b"\x00\x01",
        "a IDLE",
    ],
    ids=lambda line: str(line)[:30],
)
def test_what_is_no_command_is_refused_and_the_session_goes_on(lab: Lab, line: str | bytes) -> None:
    with imap(lab) as client:
        client.say(line)
        answer = client.line()
        assert answer.startswith(("a BAD ", "* BAD ", "a NO ")), answer
        assert client.ask("NOOP") == ["OK NOOP completed"]


@pytest.mark.parametrize(
    "command",
    [
        "FETCH 1 BODYSTRUCTURE",
        "FETCH 1 (BODY[3.MIME])",
        "FETCH x FLAGS",
        "FETCH 1",
        "STORE 1 FLAGS",
        "STORE 1 ?FLAGS (x)",
        "SEARCH",
        "SEARCH FROM",
        "SEARCH SINCE yesterday",
        "SEARCH NONSENSE",
        "EXAMINE &-&",
        "EXAMINE a b",
        "STATUS INBOX",
        "STATUS INBOX (SIZE)",
        "APPEND INBOX",
        'APPEND INBOX "32-Foo-2026 00:00:00 +0000" x',
        "NONSENSE",
    ],
)
def test_what_a_command_does_not_understand_is_refused(lab: Lab, command: str) -> None:
    with logged_in(lab) as client:
        client.ask("SELECT INBOX")
        assert client.ask(command)[-1].startswith("BAD "), command
        assert client.ask("NOOP") == ["OK NOOP completed"]


def test_a_line_that_is_too_long_ends_the_connection(lab: Lab) -> None:
    with imap(lab) as client:
        client.say("a NOOP " + "x" * 70_000)
        with pytest.raises((EOFError, ConnectionError)):
            client.line()


def test_parts_of_messages_are_given_as_asked_for(lab: Lab) -> None:
    with session(lab) as client:
        client.login(USER, "any")
        client.select_folder("INBOX", readonly=True)
        whole = client.fetch(12, ["BODY.PEEK[]"])[12][b"BODY[]"]
        parts = client.fetch(
            12,
            [
                "BODY.PEEK[HEADER.FIELDS (SUBJECT FROM)]",
                "BODY.PEEK[HEADER]",
                "BODY.PEEK[TEXT]",
                "BODY.PEEK[]<5.10>",
                "RFC822.HEADER",
            ],
        )[12]
        assert parts[b"BODY[HEADER]"] + parts[b"BODY[TEXT]"] == whole
        assert parts[b"RFC822.HEADER"] == parts[b"BODY[HEADER]"]
        assert parts[b"BODY[]<5>"] == whole[5:15]
        fields = parts[b"BODY[HEADER.FIELDS (SUBJECT FROM)]"]
        assert sorted(line.partition(b":")[0] for line in fields.splitlines()) == [
            b"",
            b"From",
            b"Subject",
        ]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
@example("ÿÿ")  # a slash in base64, which stands for levels of mailboxes
def test_mailbox_names_are_written_as_imapclient_writes_them(name: str) -> None:
    written = utf7.encoded(name)
    assert written == encode(name).decode("ascii")
    assert utf7.decoded(written) == name
    assert decode(written.encode("ascii")) == name

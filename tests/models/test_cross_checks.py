"""Combinations that are wrong, risky or unlikely to be meant: each is found, and only then."""

from __future__ import annotations

import ast
import inspect
from datetime import date
from typing import Any

import pytest

from motion_desk.models import cross_checks
from motion_desk.models.account import Account, AccountSummary
from motion_desk.models.checks import check
from motion_desk.models.choices import Service
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document, put
from motion_desk.models.problems import Problem, Severity
from motion_desk.models.sections.answers import CannedAnswer, DispositionEntry
from motion_desk.models.sections.directory import InvitationEntry, ListEntry, QueueEntry
from motion_desk.models.workspace import Workspace

ERROR, WARNING = Severity.ERROR, Severity.WARNING
SALES = AccountSummary(
    "b", "Sales", "SAL", Service.CUSTOM, "Sales@Example.com", active=True, cloud_provider="2abc"
)
ASLEEP = AccountSummary("c", "Asleep", "OLD", Service.CUSTOM, "old@example.com", active=False)
NAMELESS = AccountSummary("d", active=True)
AROUND = Surroundings(Workspace(), (SALES, ASLEEP, NAMELESS))
MODERN = {"settings.service": Service.OUTLOOK365, "authentication.modern": True}


def levels(*lines: str) -> tuple[DispositionEntry, ...]:
    """Dispositions from lines such as "b a": b below a."""
    pairs = (f"{line} ".split(" ")[:2] for line in lines)
    return tuple(DispositionEntry(id=own, parent=parent, name=own) for own, parent in pairs)


def named(*names: str) -> tuple[ListEntry, ...]:
    return tuple(ListEntry(id=f"row{place}", name=name) for place, name in enumerate(names))


Changes = dict[str, Any]
Found = tuple[str, str, Severity]

IN_ACCOUNTS: dict[str, tuple[Changes, list[Found]]] = {
    "the key of another": ({"settings.key": "SAL"}, [("settings.key", "key_used", WARNING)]),
    "the key of an inactive one": (
        {"settings.key": "OLD"},
        [("settings.key", "key_used", WARNING)],
    ),
    "a key in other letters": ({"settings.key": "sal"}, []),
    "no key, as another": ({"settings.key": ""}, []),
    "the address of another, both active": (
        {"settings.address": "sales@example.com", "settings.active": True},
        [("settings.address", "address_used", WARNING)],
    ),
    "the address of another, not active": ({"settings.address": "sales@example.com"}, []),
    "the address of an inactive one": (
        {"settings.address": "old@example.com", "settings.active": True},
        [],
    ),
    "no address, as another": ({"settings.active": True}, []),
    "a wait of a day": ({"settings.wait_agent": 86_400}, []),
    "a wait of more than a day": (
        {"settings.wait_agent": 86_401},
        [("settings.wait_agent", "long_wait", WARNING)],
    ),
    "the longest wait": (
        {"settings.wait_queue": 2_147_483},
        [("settings.wait_queue", "long_wait", WARNING)],
    ),
    "IMAP with SSL on the port without": (
        {"imap.port": 143},
        [("imap.port", "port_pair", WARNING)],
    ),
    "IMAP without SSL on the port with": (
        {"imap.ssl": False, "imap.authentication": False},
        [("imap.port", "port_pair", WARNING)],
    ),
    "IMAP on a port of one's own": ({"imap.port": 1993}, []),
    "SMTP secure on 587": ({"smtp.port": 587}, [("smtp.port", "port_pair", WARNING)]),
    "SMTP secure on 25": ({"smtp.port": 25}, [("smtp.port", "port_pair", WARNING)]),
    "SMTP not secure on 465": ({"smtp.secure": False}, [("smtp.port", "port_pair", WARNING)]),
    "SMTP not secure on 587": ({"smtp.secure": False, "smtp.port": 587}, []),
    "ports of a service that has none": (
        {"settings.service": Service.GMAIL, "imap.port": 143, "smtp.port": 587},
        [],
    ),
    "a password in clear text": (
        {"imap.ssl": False, "imap.port": 143},
        [("imap.ssl", "clear_text", WARNING)],
    ),
    "clear text without a password": (
        {"imap.ssl": False, "imap.port": 143, "imap.authentication": False},
        [],
    ),
    "a built-in service in clear text": (
        {"settings.service": Service.GMAIL, "authentication.ssl": False},
        [("authentication.ssl", "clear_text", WARNING)],
    ),
    "any certificate": (
        {"imap.any_certificate": True},
        [
            ("imap.any_certificate", "any_certificate", WARNING),
            ("imap.any_certificate_reason", "no_reason", WARNING),
            ("imap.any_certificate_review", "no_review", WARNING),
        ],
    ),
    "any certificate of a built-in service, for ever": (
        {
            "settings.service": Service.YAHOO,
            "authentication.any_certificate": True,
            "authentication.any_certificate_reason": "A proxy.",
        },
        [
            ("authentication.any_certificate", "any_certificate", WARNING),
            ("authentication.any_certificate_review", "no_review", WARNING),
        ],
    ),
    "any certificate, with a reason and a day": (
        {
            "imap.any_certificate": True,
            "imap.any_certificate_reason": "Our own server.",
            "imap.any_certificate_review": date(2027, 3, 31),
        },
        [("imap.any_certificate", "any_certificate", WARNING)],
    ),
    "any certificate, hidden": (
        {"imap.any_certificate": True, "settings.service": Service.GMAIL},
        [],
    ),
    "a password at Outlook365": (
        {"settings.service": Service.OUTLOOK365},
        [("authentication.password", "password_refused", WARNING)],
    ),
    "a password at Hotmail": (
        {"settings.service": Service.HOTMAIL},
        [("authentication.password", "password_refused", WARNING)],
    ),
    "a password at Yahoo": ({"settings.service": Service.YAHOO}, []),
    "a password at Gmail": ({"settings.service": Service.GMAIL}, []),
    "modern authentication at Outlook365": (MODERN, []),
    "modern authentication at Hotmail": (
        {**MODERN, "settings.service": Service.HOTMAIL},
        [("authentication.modern", "undocumented", WARNING)],
    ),
    "modern authentication at Gmail": (
        {**MODERN, "settings.service": Service.GMAIL},
        [("authentication.modern", "undocumented", WARNING)],
    ),
    "modern authentication, hidden": ({**MODERN, "settings.service": Service.CUSTOM}, []),
    "a cloud provider of another": (
        {**MODERN, "authentication.cloud_provider": "2abc"},
        [("authentication.cloud_provider", "shared", WARNING)],
    ),
    "a cloud provider of another, hidden": (
        {"settings.service": Service.GMAIL, "authentication.cloud_provider": "2abc"},
        [],
    ),
    "a disposition without a pause": (
        {"disposition.mandatory": True},
        [("disposition.pause", "no_pause", WARNING)],
    ),
    "a disposition with a pause": (
        {"disposition.mandatory": True, "disposition.pause": "2abc"},
        [],
    ),
    "two siblings of one name": (
        {
            "dispositions.entries": (
                DispositionEntry(id="a", name="Paid"),
                DispositionEntry(id="b", name="Paid"),
            )
        },
        [
            ("dispositions.entries/a/name", "twice", ERROR),
            ("dispositions.entries/b/name", "twice", ERROR),
        ],
    ),
    "one name on two levels": (
        {
            "dispositions.entries": (
                DispositionEntry(id="a", name="Paid"),
                DispositionEntry(id="b", parent="a", name="Paid"),
            )
        },
        [],
    ),
    "two answers of one key": (
        {"canned_answers.entries": tuple(CannedAnswer(id=i, key="hi", value="x") for i in "ab")},
        [
            ("canned_answers.entries/a/key", "twice", ERROR),
            ("canned_answers.entries/b/key", "twice", ERROR),
        ],
    ),
    "two answers without a key": (
        {"canned_answers.entries": tuple(CannedAnswer(id=i, value="x") for i in "ab")},
        [],
    ),
    "three levels": ({"dispositions.entries": levels("a", "b a", "c b")}, []),
    "a fourth level": (
        {"dispositions.entries": levels("a", "b a", "c b", "d c")},
        [("dispositions.entries/d/name", "level", ERROR)],
    ),
    "a circle": (
        {"dispositions.entries": levels("a b", "b a", "c")},
        [
            ("dispositions.entries/a/name", "circle", ERROR),
            ("dispositions.entries/b/name", "circle", ERROR),
        ],
    ),
}

INVITATION = (InvitationEntry(id="2abc", key="new", subject="Hi", value="Hello"),)
BASE = "https://motion.example.com"
IN_WORKSPACES: dict[str, tuple[Changes, list[Found]]] = {
    "nothing about invitations": ({}, []),
    "a template without an address": (
        {"invitations.entries": INVITATION, "general.invitation": "2abc"},
        [("general.base_address", "half", WARNING)],
    ),
    "an address without a template": (
        {"general.base_address": BASE},
        [("general.invitation", "half", WARNING)],
    ),
    "both": (
        {
            "invitations.entries": INVITATION,
            "general.invitation": "2abc",
            "general.base_address": BASE,
        },
        [],
    ),
    "an address without encryption": (
        {
            "invitations.entries": INVITATION,
            "general.invitation": "2abc",
            "general.base_address": "http://motion.example.com",
        },
        [("general.base_address", "insecure", WARNING)],
    ),
    "two lists of one name": (
        {"lists.entries": named("VIP", "All", "VIP")},
        [("lists.entries/row0/name", "twice", ERROR), ("lists.entries/row2/name", "twice", ERROR)],
    ),
    "one name in two lists": (
        {"lists.entries": named("VIP"), "queues.entries": (QueueEntry(id="a", name="VIP"),)},
        [],
    ),
}
# Of single fields, which other tests are about.
BY_FIELD = {"required", "dangling"}


def found(document: Document, changes: Changes) -> list[Problem]:
    """The problems across fields of a document with changes."""
    for key, value in changes.items():
        document = put(document, key, value)
    return [problem for problem in check(document, AROUND) if problem.code not in BY_FIELD]


def told(problems: list[Problem]) -> list[Found]:
    return [(problem.key, problem.code, problem.severity) for problem in problems]


@pytest.mark.parametrize("case", IN_ACCOUNTS)
def test_a_combination_in_an_account_is_told(case: str) -> None:
    changes, expected = IN_ACCOUNTS[case]
    assert told(found(Account(id="a"), changes)) == expected


@pytest.mark.parametrize("case", IN_WORKSPACES)
def test_a_combination_in_a_workspace_is_told(case: str) -> None:
    changes, expected = IN_WORKSPACES[case]
    assert told(found(Workspace(), changes)) == expected


def all_found() -> list[Problem]:
    """Every problem of both tables."""
    accounts = [found(Account(id="a"), changes) for changes, _ in IN_ACCOUNTS.values()]
    workspaces = [found(Workspace(), changes) for changes, _ in IN_WORKSPACES.values()]
    return [problem for problems in (*accounts, *workspaces) for problem in problems]


def test_every_sentence_is_reached_by_the_tables() -> None:
    written = {
        node.value.value
        for node in ast.walk(ast.parse(inspect.getsource(cross_checks)))
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "text"
        if isinstance(node.value, ast.Constant)
    }
    assert len(written) >= 15
    assert written - {problem.text for problem in all_found()} == set()


def test_every_check_is_listed() -> None:
    """One that is written and not listed would never be asked."""
    returns = {"case": "Case", "return": "Iterator[Problem]"}
    written = {
        each
        for each in vars(cross_checks).values()
        if inspect.isfunction(each) and inspect.get_annotations(each) == returns
    }
    assert written == {*cross_checks.ACCOUNT_CHECKS, *cross_checks.WORKSPACE_CHECKS}


def test_every_sentence_says_what_to_do() -> None:
    for problem in all_found():
        assert problem.sentence.endswith(".")
        assert "{" not in problem.sentence
        assert "  " not in problem.sentence


SENTENCES = {
    "the key of another": "“SAL” is also the key of Sales. Agents could not tell their tabs apart.",
    "the address of another, both active": (
        "Sales is active with this address too: both would fetch the same messages."
    ),
    "the longest wait": (
        "This is 597 hours: a customer would wait that long. The page suggests 10 s."
    ),
    "IMAP with SSL on the port without": (
        "On port 143 servers expect SSL to be off. Turn it off, or use port 993."
    ),
    "IMAP without SSL on the port with": (
        "On port 993 servers expect SSL to be on. Turn it on, or use port 143."
    ),
    "SMTP secure on 587": (
        "On port 587 servers expect Secure to be off. Turn it off, or use port 465."
    ),
    "SMTP not secure on 465": (
        "On port 465 servers expect Secure to be on. Turn it on, or use port 587."
    ),
    "a fourth level": "This is level 4; Motion has 3. Move it up.",
    "two siblings of one name": "“Paid” stands here more than once. Give each a name of its own.",
    "two answers of one key": "“hi” stands here more than once. Give each a key of its own.",
}


@pytest.mark.parametrize("case", SENTENCES)
def test_a_sentence_names_what_it_is_about(case: str) -> None:
    assert found(Account(id="a"), IN_ACCOUNTS[case][0])[0].sentence == SENTENCES[case]


def test_problems_across_fields_are_checked_against_others_only() -> None:
    account = put(Account(id="b"), "settings.key", "SAL")
    assert not [p for p in check(account, Surroundings()) if p.code == "key_used"]

"""What Motion's page *V3 Email* shows for each choice, copied from the page by hand.

Nothing here is derived from the declarations: the page is the yardstick, they are what is measured.
"""

from __future__ import annotations

from itertools import product

import pytest

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.choices import Service
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import get, put
from motion_desk.models.fields import Status
from motion_desk.models.kinds import Integer, Text
from motion_desk.models.views import view

SERVICES = ("outlook365", "yahoo", "hotmail", "gmail", "custom")

# “This section is visible only if you use a custom email”: IMAP and SMTP. “This section is
# visible if you use a default email (gmail, hotmail, outlook etc.)”: Authentication. Trust is
# ours, and stands after the page's sections.
OF_CUSTOM = (
    "settings imap smtp template notification transfer disposition advanced dispositions "
    "canned_answers actions trust expectations"
)
OF_BUILT_IN = (
    "settings authentication template notification transfer disposition advanced dispositions "
    "canned_answers actions trust expectations"
)
SECTIONS = {
    "outlook365": OF_BUILT_IN,
    "yahoo": OF_BUILT_IN,
    "hotmail": OF_BUILT_IN,
    "gmail": OF_BUILT_IN,
    "custom": OF_CUSTOM,
}

# “By disabling [SSL], the option Accept any certificate will be hidden”; “Authentication: by
# enabling it, you need also to indicate” username and password.  SSL, Authentication: fields
IMAP = {
    (True, True): "host port ssl any_certificate authentication username password mailbox "
    "connection_timeout authentication_timeout",
    (True, False): "host port ssl any_certificate authentication mailbox "
    "connection_timeout authentication_timeout",
    (False, True): "host port ssl authentication username password mailbox "
    "connection_timeout authentication_timeout",
    (False, False): "host port ssl authentication mailbox "
    "connection_timeout authentication_timeout",
}
SMTP = {
    True: "host port secure authentication username password",
    False: "host port secure authentication",
}

# “If instead you enable Modern Authentication”: username, email and cloud provider in place of the
# password; then, for both, SSL, mailbox and timeouts.  SSL, modern: fields
AUTHENTICATION = {
    (True, False): "username password modern ssl any_certificate mailbox "
    "connection_timeout authentication_timeout",
    (True, True): "username modern modern_address cloud_provider ssl any_certificate mailbox "
    "connection_timeout authentication_timeout",
    (False, False): "username password modern ssl mailbox "
    "connection_timeout authentication_timeout",
    (False, True): "username modern modern_address cloud_provider ssl mailbox "
    "connection_timeout authentication_timeout",
}

# Whatever is chosen above.
ALWAYS = {
    "settings": "name key service address list active mark_unread wait_agent wait_queue agents "
    "used_for description",
    "template": "font_family font_size body",
    "notification": "sound shake template",
    "transfer": "to_queue to_agent to_account",
    "disposition": "mandatory",
    "advanced": "hostname header_filters",
    "dispositions": "entries",
    "canned_answers": "entries",
    "actions": "plan",
    "trust": "pins authorities",
    "expectations": "messages scenarios",
}

# “At your own risk, and only if you trust this mail server”: ours are the words on why, and the day
# on which that is looked at again.  SSL, any certificate: fields between SSL and what follows
CERTIFICATE = {
    (True, True): "any_certificate any_certificate_reason any_certificate_review",
    (True, False): "any_certificate",
    (False, True): "",
    (False, False): "",
}

# “When the flag is switched on, you must define the timeout.”
# To queue, to agent, to account, send mail: fields
TRANSFER = {
    (False, False, False, False): "to_queue to_agent to_account",
    (True, False, False, False): "to_queue queue_timeout to_agent to_account",
    (False, True, False, False): "to_queue to_agent agent_timeout to_account",
    (True, True, False, False): "to_queue queue_timeout to_agent agent_timeout to_account",
    (False, False, True, False): "to_queue to_agent to_account send_mail",
    (False, False, True, True): "to_queue to_agent to_account send_mail mail_template",
    (False, False, False, True): "to_queue to_agent to_account",
    (True, True, True, True): "to_queue queue_timeout to_agent agent_timeout to_account send_mail "
    "mail_template",
}
DISPOSITION = {False: "mandatory", True: "mandatory pause"}

Shown = dict[str, list[str]]


def shown(account: Account) -> Shown:
    """The fields that are shown, by section, both in the order of the page."""
    seen = view(account, account, Surroundings())
    return {
        section.name: [
            field.key.removeprefix(f"{section.name}.") for field in section.fields if field.visible
        ]
        for section in seen.sections
        if section.visible
    }


@pytest.mark.parametrize(
    ("service", "ssl", "imap_login", "smtp_login", "modern"),
    list(product(SERVICES, *[(True, False)] * 4)),
)
def test_each_choice_shows_exactly_what_the_page_shows(
    service: str, ssl: bool, imap_login: bool, smtp_login: bool, modern: bool
) -> None:
    account = Account()
    for key, value in {
        "settings.service": Service(service),
        "imap.ssl": ssl,
        "imap.authentication": imap_login,
        "smtp.authentication": smtp_login,
        "authentication.ssl": ssl,
        "authentication.modern": modern,
    }.items():
        account = put(account, key, value)
    by_section = {
        **ALWAYS,
        "imap": IMAP[ssl, imap_login],
        "smtp": SMTP[smtp_login],
        "authentication": AUTHENTICATION[ssl, modern],
    }
    expected = {name: by_section[name].split() for name in SECTIONS[service].split()}
    found = shown(account)
    assert found == expected
    assert list(found) == list(expected)


@pytest.mark.parametrize(
    ("section", "after"), [("imap", "authentication"), ("authentication", "mailbox")]
)
@pytest.mark.parametrize(("switches", "fields"), CERTIFICATE.items())
def test_accepting_any_certificate_asks_for_a_reason_and_a_day(
    switches: tuple[bool, bool], fields: str, section: str, after: str
) -> None:
    service = Service.CUSTOM if section == "imap" else Service.GMAIL
    account = put(Account(), "settings.service", service)
    for name, switch in zip(("ssl", "any_certificate"), switches, strict=True):
        account = put(account, f"{section}.{name}", switch)
    found = shown(account)[section]
    assert found[found.index("ssl") + 1 : found.index(after)] == fields.split()


@pytest.mark.parametrize(("flags", "fields"), TRANSFER.items())
def test_a_timeout_is_asked_for_where_its_flag_is_on(
    flags: tuple[bool, bool, bool, bool], fields: str
) -> None:
    account = Account()
    names = ("to_queue", "to_agent", "to_account", "send_mail")
    for name, flag in zip(names, flags, strict=True):
        account = put(account, f"transfer.{name}", flag)
    assert shown(account)["transfer"] == fields.split()


@pytest.mark.parametrize(("mandatory", "fields"), DISPOSITION.items())
def test_a_pause_is_asked_for_where_a_disposition_is_mandatory(
    mandatory: bool, fields: str
) -> None:
    account = put(Account(), "disposition.mandatory", mandatory)
    assert shown(account)["disposition"] == fields.split()


def test_modern_authentication_is_offered_for_every_built_in_service_and_marked() -> None:
    """The page describes it for Outlook365 only."""
    assert ACCOUNT.fields["authentication.modern"].note == "Documented for Outlook365 only."
    for service in SERVICES[:-1]:
        account = put(Account(), "settings.service", Service(service))
        assert "modern" in shown(account)["authentication"]


# What the page, or the pages it leads to, give as defaults.
DEFAULTS = {
    "settings.wait_agent": 10,
    "settings.wait_queue": 10,
    "settings.description": "",
    "imap.port": 993,
    "imap.any_certificate": False,
    "imap.mailbox": "INBOX",
    "imap.connection_timeout": 10,
    "imap.authentication_timeout": 5,
    "smtp.port": 465,
    "authentication.any_certificate": False,
    "authentication.mailbox": "INBOX",
    "authentication.connection_timeout": 10,
    "authentication.authentication_timeout": 5,
    "transfer.queue_timeout": None,
    "transfer.agent_timeout": None,
    "transfer.to_account": False,
    "transfer.send_mail": False,
    "disposition.mandatory": False,
}


@pytest.mark.parametrize(("key", "default"), DEFAULTS.items())
def test_a_default_is_the_one_of_the_page(key: str, default: object) -> None:
    assert get(Account(), key) == default
    assert type(get(Account(), key)) is type(default)


RANGES = {
    "settings.wait_agent": (1, 2_147_483),
    "settings.wait_queue": (1, 2_147_483),
    "imap.port": (1, 65_535),
    "smtp.port": (1, 65_535),
}


@pytest.mark.parametrize(("key", "bounds"), RANGES.items())
def test_a_range_is_the_one_of_the_page(key: str, bounds: tuple[int, int]) -> None:
    kind = ACCOUNT.fields[key].kind
    assert isinstance(kind, Integer)
    assert (kind.low, kind.high) == bounds


def test_a_key_has_at_most_five_characters() -> None:
    kind = ACCOUNT.fields["settings.key"].kind
    assert isinstance(kind, Text)
    assert kind.most == 5


def test_the_services_are_those_of_the_page_in_its_order() -> None:
    assert [service.label for service in Service] == [
        "Outlook365",
        "Yahoo",
        "Hotmail",
        "Gmail",
        "Custom",
    ]


OURS = {
    "settings.used_for",
    "imap.any_certificate_reason",
    "imap.any_certificate_review",
    "authentication.any_certificate_reason",
    "authentication.any_certificate_review",
    "trust.pins",
    "trust.authorities",
    "expectations.messages",
    "expectations.scenarios",
}
UNCONFIRMED = {"authentication.any_certificate", "canned_answers.entries"}


def test_what_the_page_does_not_have_is_marked() -> None:
    marked = {status: set[str]() for status in Status}
    for key, field in ACCOUNT.fields.items():
        marked[field.status].add(key)
    assert marked[Status.OURS] == OURS
    assert marked[Status.UNCONFIRMED] == UNCONFIRMED


REQUIRED = (
    "settings.name settings.key settings.address settings.list settings.wait_agent "
    "settings.wait_queue imap.host imap.port imap.username imap.password imap.mailbox "
    "imap.connection_timeout imap.authentication_timeout smtp.host smtp.port smtp.username "
    "smtp.password authentication.username authentication.password authentication.modern_address "
    "authentication.cloud_provider authentication.mailbox authentication.connection_timeout "
    "authentication.authentication_timeout transfer.queue_timeout transfer.agent_timeout "
    "transfer.mail_template"
)


def test_these_fields_are_needed_while_they_are_shown() -> None:
    assert [key for key, field in ACCOUNT.fields.items() if field.required] == REQUIRED.split()


@pytest.mark.parametrize("key", ["imap.any_certificate", "authentication.any_certificate"])
def test_accepting_any_certificate_is_warned_of_in_the_words_of_the_page(key: str) -> None:
    warning = ACCOUNT.fields[key].warning
    assert "at your own risk" in warning
    assert "if you trust this mail server" in warning

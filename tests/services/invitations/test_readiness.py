"""Readiness: the one sentence about what is missing, and the account that sends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motion_desk.models.account import Account
from motion_desk.models.choices import UsedFor
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import put
from motion_desk.models.secret import Secret
from motion_desk.models.sections.directory import InvitationEntry
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.exchange.document import read
from motion_desk.services.invitations.following import STEPS, UNKNOWN, WAYS
from motion_desk.services.invitations.readiness import Readiness, mentions, readiness
from tests.services.tester import orders

ENTRY = InvitationEntry(id="i1", key="welcome", subject="Hi", value="<a href='{{ link }}'>x</a>")


def workspace(entry: InvitationEntry = ENTRY, **general: str) -> Workspace:
    """A workspace that has chosen a template."""
    values = {"invitation": "i1", "base_address": "https://motion.example.test", **general}
    made = put(Workspace(id="w"), "invitations.entries", (entry,))
    for name, value in values.items():
        made = put(made, f"general.{name}", value)
    return made


def account(name: str = "System mail", **values: object) -> Account:
    """An active account that is used for Motion's own mail."""
    first: dict[str, object] = {
        "settings__name": name,
        "settings__active": True,
        "settings__used_for": UsedFor.MOTION,
    }
    made = orders.account("mail.example.test", "motion@example.test", "x", **(first | values))
    return replace(made, id=name)


def judged(here: Workspace, *accounts: Account) -> Readiness:
    return readiness(here, accounts, bundled.variables())


def test_a_complete_workspace_is_ready_and_says_by_what() -> None:
    found = judged(workspace(), account("Support", settings__used_for=UsedFor.CUSTOMERS), account())
    assert found.is_ready
    assert found.sentence == "Invitations can be sent: template “welcome”, account “System mail”."
    assert found.account is not None
    assert found.account.id == "System mail"


def test_the_samples_lack_nothing_but_the_password_that_no_document_holds() -> None:
    (_, first), *others = bundled.samples()
    here = read(first).document
    assert isinstance(here, Workspace)
    accounts = [read(text, Surroundings(here)).document for _, text in others]
    found = readiness(here, [a for a in accounts if isinstance(a, Account)], bundled.variables())
    assert [each.key for each in found.obstacles] == ["authentication.password"]
    sender = found.account
    assert sender is not None
    assert sender.settings.name == "System mail"
    filled = put(sender, "authentication.password", Secret(typed="x"))
    assert judged(here, filled).is_ready


@pytest.mark.parametrize(
    ("here", "key", "said"),
    [
        (workspace(invitation=""), "general.invitation", "no invitation template is chosen"),
        (workspace(invitation="gone"), "general.invitation", "no longer there"),
        (workspace(base_address=""), "general.base_address", "is not filled in"),
        (workspace(base_address="http://m.example"), "general.base_address", "begins with https"),
        (workspace(base_address="motion.example"), "general.base_address", "begins with https"),
        (workspace(replace(ENTRY, key="")), "invitations.entries/i1/key", "has no key"),
        (workspace(replace(ENTRY, subject=" ")), "invitations.entries/i1/subject", "no subject"),
        (workspace(replace(ENTRY, value="")), "invitations.entries/i1/value", "has no text"),
        (
            workspace(replace(ENTRY, value="<p>&nbsp;<br></p>")),
            "invitations.entries/i1/value",
            "has no text",
        ),
        (
            workspace(replace(ENTRY, value="Welcome {{ user.name }}")),
            "invitations.entries/i1/value",
            "holds no link",
        ),
    ],
)
def test_each_thing_that_is_missing_is_said_plainly(here: Workspace, key: str, said: str) -> None:
    found = judged(here, account())
    assert [each.key for each in found.obstacles] == [key]
    assert found.sentence.startswith("No invitation can be sent, for ")
    assert said in found.sentence
    assert found.sentence.endswith(".")
    assert ". " not in found.sentence


def test_a_key_must_be_the_templates_own() -> None:
    here = workspace()
    twins = (*here.invitations.entries, replace(ENTRY, id="i2"))
    found = judged(put(here, "invitations.entries", twins), account())
    assert "must be unique" in found.sentence


def test_the_first_obstacle_is_said_and_the_others_are_listed() -> None:
    found = judged(Workspace(id="w"))
    assert found.sentence == (
        "No invitation can be sent, for no invitation template is chosen under General, and Motion "
        "chooses none by itself; also missing: the invitation link base address and an account for "
        "Motion's own mail."
    )


@pytest.mark.parametrize(
    ("sender", "key", "said"),
    [
        (account(settings__active=False), "settings.active", "is not active"),
        (account(settings__address="me"), "settings.address", "no email address to send from"),
        (account(smtp__host=""), "smtp.host", "(SMTP host)"),
        (
            account(smtp__host="", smtp__password=Secret()),
            "smtp.host",
            "(SMTP host and Password)",
        ),
    ],
)
def test_an_account_that_cannot_send_is_told_with_its_field(
    sender: Account, key: str, said: str
) -> None:
    found = judged(workspace(), sender)
    assert (found.obstacles[0].key, found.obstacles[0].account) == (key, sender.id)
    assert said in found.sentence


def test_of_several_accounts_the_first_that_can_send_is_taken_and_the_others_named() -> None:
    lame = account("Lame", smtp__host="")
    idle = account("Idle", settings__active=False)
    found = judged(workspace(), idle, lame, account("First"), account("Second"))
    assert found.account is not None
    assert found.account.id == "First"
    assert found.others == ("Idle", "Lame", "Second")
    best = judged(workspace(), idle, lame)
    assert best.account is not None
    assert best.account.id == "Lame"


@pytest.mark.parametrize(
    ("source", "mentioned"),
    [
        ("{{ link }}", True),
        ("{{link}}", True),
        ("{{ link | e }}", True),
        ("{% if link %}x{% endif %}", True),
        ("{{ user.link }} {{ linked }} link {{ link", False),
    ],
)
def test_a_variable_is_found_wherever_it_is_put_in(source: str, mentioned: bool) -> None:
    assert mentions(source, "link") is mentioned


def test_what_follows_says_what_is_documented_and_what_is_not() -> None:
    assert [each.code for each in WAYS] == ["automatic", "by_hand"]
    assert [each.code for each in STEPS] == ["mail", "link", "login_page", "password", "logged_in"]
    assert UNKNOWN[0].code == "link_built"
    assert all(bundled.page(each.source) for each in (*WAYS, *STEPS, *UNKNOWN))

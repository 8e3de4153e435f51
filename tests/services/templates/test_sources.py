"""Sources: each template of an account and its workspace is found by its surface."""

from typing import cast

from motion_desk.models.account import Account
from motion_desk.models.changes import change
from motion_desk.models.directory import Surroundings
from motion_desk.models.surfaces import Surface
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.exchange.document import read
from motion_desk.services.templates.sources import sources

SAMPLES = dict(bundled.samples())
WORKSPACE = cast("Workspace", read(SAMPLES["workspace.yaml"]).document)
ACCOUNT = cast("Account", read(SAMPLES["customer-care.yaml"], Surroundings(WORKSPACE)).document)


def test_every_surface_has_a_template_in_the_samples() -> None:
    for surface in Surface:
        found = [
            sources(
                surface, WORKSPACE, cast("Account", read(text, Surroundings(WORKSPACE)).document)
            )
            for name, text in SAMPLES.items()
            if name != "workspace.yaml"
        ]
        assert any(found), surface


def test_the_accounts_texts_are_found_with_their_keys() -> None:
    [body] = sources(Surface.BODY, WORKSPACE, ACCOUNT)
    assert (body.key, body.name, body.html) == ("template.body", "", ACCOUNT.template.body)
    answers = sources(Surface.CANNED_ANSWER, WORKSPACE, ACCOUNT)
    assert [each.name for each in answers] == [row.key for row in ACCOUNT.canned_answers.entries]


def test_the_one_that_is_chosen_in_the_settings_comes_first() -> None:
    first, second = sources(Surface.INVITATION, WORKSPACE, None)
    assert first.subject == "Welcome to the Meridia service desk, {{ user.name }}"
    other = second.key.split("/")[1]
    changed = change(WORKSPACE, "general.invitation", other)
    assert sources(Surface.INVITATION, changed, None)[0] == second


def test_without_an_account_there_are_the_workspaces_texts_only() -> None:
    assert sources(Surface.BODY, WORKSPACE, None) == ()
    assert sources(Surface.ACCOUNT_TRANSFER, WORKSPACE, None)


def test_a_template_without_text_is_none() -> None:
    assert sources(Surface.BODY, WORKSPACE, change(ACCOUNT, "template.body", "")) == ()

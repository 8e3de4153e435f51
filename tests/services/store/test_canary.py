"""A planted password is in the keyring and nowhere else."""

from pathlib import Path

import pytest

from motion_desk.models import plain
from motion_desk.models.changes import change
from motion_desk.models.secret import Secret
from motion_desk.models.sections.authorities import AuthorityEntry
from motion_desk.models.sections.directory import CloudProviderEntry
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Conflict, Store, schema
from tests.services.store.samples import folder_bytes, support

CANARY = "kanarienvogel-7319"


def assert_clean(folder: Path, *things: object) -> None:
    for name, content in folder_bytes(folder).items():
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert CANARY.encode(encoding) not in content, name
    for thing in things:
        assert CANARY not in repr(thing)
        assert CANARY not in str(thing)


def test_a_private_key_that_was_pasted_as_a_certificate_is_in_no_file(
    store: Store, path: Path
) -> None:
    """Drafts are kept before anything is checked."""
    pasted = f"-----BEGIN PRIVATE KEY-----\n{CANARY}\n-----END PRIVATE KEY-----\n"
    authority = AuthorityEntry(id="2abc", name="Ours", certificate=pasted)
    workspace = change(store.workspace(), "authorities.entries", (authority,))
    store.keep_draft(store.identity, plain.content(workspace))
    with pytest.raises(ValueError, match="certificate") as met:
        store.save(workspace)
    assert "Ours" in str(store.drafts())
    assert_clean(path.parent, store.drafts(), met.value)


def test_a_planted_password_is_in_no_file_and_no_repr(
    store: Store, path: Path, secrets: Secrets, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    typed = support(password=CANARY)
    store.keep_draft("new", plain.content(typed))
    saved = store.save(typed)
    provider = CloudProviderEntry(id="p1", name="One", client_secret=Secret(typed=CANARY * 200))
    workspace = change(store.workspace(), "cloud_providers.entries", (provider,))
    store.keep_draft(store.identity, plain.content(workspace))
    assert_clean(path.parent, typed, saved, workspace, store.drafts())
    kept = store.save(workspace)
    retyped = change(saved, "imap.password", Secret(typed=CANARY))
    store.save(change(saved, "settings.name", "Newer"))
    with pytest.raises(Conflict) as met:
        store.save(retyped)
    assert_clean(path.parent, met.value, store, secrets, vars(store), kept)
    assert store.text_of(saved.imap.password.reference) == CANARY, "planted nowhere"
    store.close()
    schema.migrate(path, "0001")
    assert_clean(path.parent, caplog.text)
    assert len(list(path.parent.iterdir())) == 2, "the back-up was not looked at"

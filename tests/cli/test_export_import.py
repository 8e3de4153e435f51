"""export and import: a workspace as files and back, and nothing changed when anything is wrong."""

from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from motion_desk.services import bundled, folders
from motion_desk.services.exchange.document import parse
from motion_desk.services.exchange.importing import carry_out, plan_for
from motion_desk.services.exchange.schema import schema
from motion_desk.services.secrets import Secrets
from motion_desk.services.store import Conflict, Store
from tests.cli.conftest import Run, real
from tests.services.exchange.examples import plain_text, renamed


def stored(path: Path) -> dict[str, str]:
    """The exported text of all that a workspace file holds, by file name, without its own id."""
    folder = path.parent / f"{path.stem}-export"
    assert real("export", "--to", folder, "--workspace", path, "--overwrite").returncode == 0
    texts = {each.name: each.read_text(encoding="utf-8") for each in folder.glob("*.yaml")}
    texts["workspace.yaml"] = "\n".join(
        line for line in texts["workspace.yaml"].splitlines() if not line.startswith("id:")
    )
    return texts


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def test_an_export_has_one_file_for_each_account(workspace: Path, tmp_path: Path) -> None:
    done = real("export", "--to", tmp_path / "out", "--workspace", workspace)
    assert done.returncode == 0
    names = [name for name, _ in bundled.samples()]
    assert done.stdout.splitlines() == [str(tmp_path / "out" / name) for name in names]
    for name, text in bundled.samples():
        if name != "workspace.yaml":
            assert (tmp_path / "out" / name).read_text(encoding="utf-8") == text
    schema_file = tmp_path / "out" / "motion-desk.schema.json"
    Draft202012Validator.check_schema(plain_text(schema_file.read_text(encoding="utf-8")))
    for path in (tmp_path / "out").glob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert (tmp_path / "out" / first.rpartition("=")[2]).resolve() == schema_file
        assert Draft202012Validator(schema()).is_valid(plain_text(path.read_text("utf-8")))


def test_secrets_are_in_no_exported_file(workspace: Path, tmp_path: Path, run: Run) -> None:
    run("export", "--to", tmp_path / "out", "--workspace", workspace)
    for path in (tmp_path / "out").iterdir():
        text = path.read_text(encoding="utf-8")
        assert "demo-" not in text
        assert "\n  password:" not in text


@pytest.mark.parametrize("name", ["TRADE", "Trade desk", "trade345"])
def test_an_account_is_named_by_key_name_or_id(
    name: str, workspace: Path, tmp_path: Path, run: Run
) -> None:
    result = run("--workspace", workspace, "export", name, "--to", tmp_path / "out")
    assert result.stdout == f"{tmp_path / 'out' / 'trade-desk.yaml'}\n"
    assert not (tmp_path / "out" / "workspace.yaml").exists()


def test_an_unknown_account_is_named_and_nothing_written(
    workspace: Path, tmp_path: Path, run: Run
) -> None:
    result = run("export", "TRDE", "--to", tmp_path / "out", "--workspace", workspace, code=1)
    assert "There is no account “TRDE”. There are: CARE, IBER, OUTL, SYST, TRADE." in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_second_export_replaces_the_first(workspace: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "out"
    run("export", "--to", out, "--workspace", workspace)
    edit(out / "trade-desk.yaml", "port: 993", "port: 994")
    run("export", "--to", out, "--workspace", workspace)
    assert "port: 993" in (out / "trade-desk.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["trade-desk.yaml", "workspace.yaml", "motion-desk.schema.json"])
@pytest.mark.parametrize("content", ["mine\n", "", "motion_desk: 1\nkind: account\nid: other\n"])
def test_a_file_of_somebody_else_is_not_overwritten(
    name: str, content: str, workspace: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text(content)
    result = run("export", "--to", out, "--workspace", workspace, code=1)
    assert f"{out / name}: this was not written by an export" in result.stderr
    assert [each.name for each in out.iterdir()] == [name]
    assert (out / name).read_text() == content
    run("export", "--to", out, "--workspace", workspace, "--overwrite")
    assert (out / name).read_text() != content


def test_two_accounts_of_one_name_get_files_of_their_own(
    workspace: Path, tmp_path: Path, run: Run
) -> None:
    store = Store.open(workspace, Secrets(system=False))
    store.save(renamed(store.load("outlet67"), name="Trade: desk!"))
    store.save(renamed(store.load("iberia89"), name="Workspace"))
    store.save(renamed(store.load("system12"), name="日本"))
    store.close()
    result = run("export", "--to", tmp_path / "out", "--workspace", workspace)
    names = sorted(Path(line).name for line in result.stdout.splitlines())
    assert names == [
        "customer-care.yaml",
        "system12.yaml",
        "trade-desk-outlet67.yaml",
        "trade-desk.yaml",
        "workspace-iberia89.yaml",
        "workspace.yaml",
    ]


def test_without_a_workspace_the_default_one_is_exported(
    default_workspace: Path, tmp_path: Path, run: Run
) -> None:
    result = run("export", "--to", tmp_path / "out")
    assert len(result.stdout.splitlines()) == 6
    assert default_workspace.exists()


@pytest.mark.parametrize("verb", [("export", "--to", "out"), ("import", "x.yaml")])
def test_a_workspace_file_that_is_none_is_one_sentence(
    verb: tuple[str, ...], tmp_path: Path, samples: Path
) -> None:
    foreign = tmp_path / "foreign.motiondesk"
    foreign.write_text("mine")
    arguments = [str(samples / "trade-desk.yaml") if each == "x.yaml" else each for each in verb]
    for path in (foreign, tmp_path / "missing.motiondesk"):
        done = real(*arguments, "--workspace", path)
        assert done.returncode == 2
        assert done.stderr.startswith("Error: ")
        assert "Traceback" not in done.stderr
        assert done.stdout == ""
    assert foreign.read_text() == "mine"
    assert not (tmp_path / "missing.motiondesk").exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(
    workspace: Path, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "file").write_text("mine")
    result = run("export", "--to", tmp_path / "file" / "out", "--workspace", workspace, code=1)
    assert result.stderr.startswith("Error: ")


def test_what_was_exported_is_imported_into_an_empty_workspace(
    samples: Path, workspace: Path, run: Run
) -> None:
    result = run("import", *samples.iterdir())
    assert "added: Customer care (CARE)\n" in result.stdout
    assert "Trade desk (TRADE) is imported as inactive" in result.stderr
    there = stored(folders.default_workspace())
    here = stored(workspace)
    assert there.keys() == here.keys()
    for name, text in here.items():
        assert there[name].replace("active: false", "active: true") == text.replace(
            "active: false", "active: true"
        )
    again = run("import", *samples.iterdir())
    assert (
        again.stdout == "Nothing is different: everything is already stored as the documents say.\n"
    )


def test_an_import_updates_what_is_there_and_keeps_its_secrets(
    samples: Path, workspace: Path, run: Run
) -> None:
    edit(samples / "trade-desk.yaml", "port: 993", "port: 9930")
    edit(samples / "trade-desk.yaml", "key: TRADE", "key: TRD")
    result = run("import", samples / "trade-desk.yaml", "--workspace", workspace)
    assert result.stdout == "changed: Trade desk (TRD): settings.key, imap.port\n"
    assert result.stderr == ""
    store = Store.open(workspace, Secrets(system=False))
    account = store.load("trade345")
    store.close()
    assert account.imap.port == 9930
    assert account.settings.active
    assert account.imap.password.reference


def test_a_dry_run_only_says_what_would_be_done(samples: Path, workspace: Path, run: Run) -> None:
    before = workspace.read_bytes()
    edit(samples / "trade-desk.yaml", "port: 993", "port: 9930")
    result = run("import", samples / "trade-desk.yaml", "--workspace", workspace, "--dry-run")
    assert result.stdout == "would be changed: Trade desk (TRADE): imap.port\n"
    assert workspace.read_bytes() == before
    run("import", *samples.iterdir(), "--dry-run")
    assert not folders.default_workspace().exists()


def test_unknown_names_are_created_only_when_asked(
    samples: Path, workspace: Path, run: Run
) -> None:
    edit(samples / "trade-desk.yaml", "tag: Trade offer", "tag: Offer 2027")
    arguments = ("import", samples / "trade-desk.yaml", "--workspace", workspace)
    refused = run(*arguments, code=1)
    assert "Nothing was imported." in refused.stderr
    assert "There is no tag “Offer 2027”." in refused.stderr
    result = run(*arguments, "--create-missing")
    assert result.stdout == (
        "added: tag “Offer 2027”\n"
        "changed: the workspace: tags.entries\n"
        "changed: Trade desk (TRADE): actions.plan\n"
    )
    assert "    - name: Offer 2027\n" in stored(workspace)["workspace.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("port: 993", "port: 70000", "imap.port: 70000 is outside 1 to 65535."),
        ("service: custom", "service: gmail", "imap: IMAP counts for nothing here"),
        ("kind: account", "kind: acount", "must be one of: account, workspace."),
        ("motion_desk: 1", "motion_desk: 9", "newer Motion Desk"),
        ("  name: Trade desk\n", "", "settings.name: Account name is needed."),
    ],
)
def test_one_wrong_document_keeps_all_others_out(
    old: str, new: str, part: str, samples: Path, run: Run
) -> None:
    edit(samples / "trade-desk.yaml", old, new)
    result = run("import", *samples.iterdir(), code=1)
    assert result.stderr.startswith("Error: Nothing was imported.\n")
    assert f"{samples / 'trade-desk.yaml'}:" in result.stderr
    assert part in result.stderr
    store = (
        Store.open(folders.default_workspace(), Secrets(system=False))
        if (folders.default_workspace().exists())
        else None
    )
    if store:
        assert store.accounts() == ()
        store.close()


def test_an_import_that_fails_half_way_is_taken_back(samples: Path, workspace: Path) -> None:
    edit(samples / "customer-care.yaml", "wait_agent: 30", "wait_agent: 31")
    (samples / "new.yaml").write_text(
        "motion_desk: 1\nkind: account\nid: new\nsettings: {name: New, key: NEW}\n"
    )
    edit(samples / "trade-desk.yaml", "wait_agent: 60", "wait_agent: 61")
    names = ("customer-care.yaml", "new.yaml", "trade-desk.yaml")
    documents = [parse((samples / name).read_text(encoding="utf-8"), name) for name in names]
    store = Store.open(workspace, Secrets(system=False))
    store.delete("care2345")
    planned = plan_for(store, documents)
    assert len(planned.changes) == 3
    # Somebody else saves the last of the three in the meantime.
    trade = store.load("trade345")
    store.save(replace(trade, settings=replace(trade.settings, description="theirs")))
    with pytest.raises(Conflict):
        carry_out(planned, store)
    assert store.load("care2345").settings.wait_agent == 30
    assert [each.id for each in store.bin()] == ["care2345"]
    assert "new" not in {each.id for each in store.accounts()}
    assert store.load("trade345").settings.description == "theirs"
    store.close()


def test_an_account_in_the_bin_is_taken_out_by_its_document(
    samples: Path, workspace: Path, run: Run
) -> None:
    store = Store.open(workspace, Secrets(system=False))
    store.delete("trade345")
    store.close()
    result = run("import", samples / "trade-desk.yaml", "--workspace", workspace)
    assert result.stdout == "changed: Trade desk (TRADE)\n"
    assert "trade-desk.yaml" in stored(workspace)

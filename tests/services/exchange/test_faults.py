"""Whatever is wrong with a document is said in a sentence, at its place."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from motion_desk.models.account import Account
from motion_desk.models.catalogue import ACCOUNT, Catalogue
from motion_desk.models.directory import Surroundings
from motion_desk.services.exchange import form
from motion_desk.services.exchange.document import LARGEST, DocumentError, load, parse, read
from motion_desk.services.exchange.review import review
from motion_desk.services.exchange.yaml_tree import MOST_FAULTS, MOST_NODES
from tests.services.exchange.examples import (
    sample_surroundings,
    sample_text,
    sample_workspace,
)

HEAD = "motion_desk: 1\nkind: account\n"


def faults_of(text: str) -> list[tuple[int, int, str, str]]:
    with pytest.raises(DocumentError) as caught:
        read(text, sample_surroundings())
    assert not caught.value.unreadable
    return [(fault.line, fault.column, fault.key, fault.sentence) for fault in caught.value.faults]


def unreadable(text: str) -> str:
    with pytest.raises(DocumentError) as caught:
        read(text, source_name="x.yaml")
    assert caught.value.unreadable
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "column", "key", "part"),
    [
        ("settings: {keey: A}", 3, 12, "settings.keey", "Did you mean “key”?"),
        ("setings: {key: A}", 3, 1, "setings", "Did you mean “settings”?"),
        ("settings: {host: A}", 3, 12, "settings.host", "It belongs to: imap, smtp."),
        ("settings: {key: ABCDEF}", 3, 17, "settings.key", "At most 5 characters"),
        ("settings: {key: 12345}", 3, 17, "settings.key", "Put it in quotes."),
        ("settings: {wait_agent: 0}", 3, 24, "settings.wait_agent", "outside 1 to 2147483"),
        ("settings: {wait_agent: 2147484}", 3, 24, "settings.wait_agent", "outside 1 to 2147483"),
        ("settings: {wait_agent: ten}", 3, 24, "settings.wait_agent", "“ten” is not a whole"),
        ("settings: {wait_agent: 1.5}", 3, 24, "settings.wait_agent", "“1.5” is not a whole"),
        ("settings: {wait_agent: true}", 3, 24, "settings.wait_agent", "“true” is not a whole"),
        ("imap: {port: 70000}", 3, 14, "imap.port", "outside 1 to 65535"),
        ("imap: {host: 'mail.x.example:993'}", 3, 14, "imap.host", "Put the host here and 993"),
        ("settings: {address: nobody}", 3, 21, "settings.address", "is not an email address"),
        ("settings: {active: yes}", 3, 20, "settings.active", "True or false is expected"),
        ("settings: {active: }", 3, 19, "settings.active", "not nothing"),
        ("settings: {service: gmial}", 3, 21, "settings.service", "Did you mean “gmail”?"),
        ("settings: {service: Gmail}", 3, 21, "settings.service", "Did you mean “gmail”?"),
        ("settings: {name: [a]}", 3, 18, "settings.name", "not a list"),
        ("settings: [a]", 3, 11, "settings", "not a list"),
        ("settings: {list: Custmers}", 3, 18, "settings.list", "Did you mean “Customers”?"),
        ("settings: {agents: Chiara}", 3, 20, "settings.agents", "A list of names is expected"),
        ("settings: {agents: [Chiara Bonetti, Chiara Bonetti]}", 3, 37, "settings.agents", "twice"),
        ("imap: {password: x}", 3, 18, "imap.password", "Secrets are never kept in documents"),
        ("authentication: {username: a}", 3, 1, "authentication", "it is shown when Service is"),
        ("imap: {ssl: false, any_certificate: true}", 3, 20, "imap.any_certificate", "SSL is on"),
        ("transfer: {queue_timeout: 5}", 3, 12, "transfer.queue_timeout", "to queue is on"),
        ("actions: {plan: [{action: qeue}]}", 3, 27, "actions.plan/1", "Did you mean “queue”?"),
        ("actions: {plan: [{timeout: 1}]}", 3, 18, "actions.plan/1", "“action:” is missing"),
        ("actions: {plan: [5]}", 3, 18, "actions.plan/1", "Names with values"),
        ("actions: {plan: 5}", 3, 17, "actions.plan", "A list is expected"),
        (
            "actions: {plan: [{action: noop}, {action: queue, timeout: 0}]}",
            3,
            59,
            "actions.plan/2/timeout",
            "outside 1",
        ),
        (
            "actions: {plan: [{action: gotop, target: action 2}]}",
            3,
            42,
            "actions.plan/1/target",
            "There is no “action 2”",
        ),
        (
            (
                "actions: {plan: [{action: close, disposition: Sold / Upsel}]}\n"
                "dispositions: {entries: [{name: Sold, children: [{name: Upsell}]}]}"
            ),
            3,
            47,
            "actions.plan/1/disposition",
            "Did you mean “Sold / Upsell”?",
        ),
        (
            "advanced: {header_filters: [{header: X, operator: equals, value: 1}]}",
            3,
            66,
            "advanced.header_filters/1/value",
            "Put it in quotes",
        ),
        (
            "advanced: {header_filters: [{header: X, operator: exists, value: y}]}",
            3,
            59,
            "advanced.header_filters/1/value",
            "shown when Operator is not exists",
        ),
        (
            "dispositions: {entries: [{name: A, children: [{nam: B}]}]}",
            3,
            48,
            "dispositions.entries/2",
            "Did you mean “name”?",
        ),
        ("id: a b", 3, 5, "id", "An id is up to 64"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    text: str, line: int, column: int, key: str, part: str
) -> None:
    [found] = faults_of(HEAD + text + "\n")
    assert found[:3] == (line, column, key)
    assert part in found[3]


def test_all_faults_are_found_at_once_and_come_in_order() -> None:
    text = HEAD + "settings:\n  key: ABCDEF\n  wait_agent: 0\nimap:\n  port: 0\n  hosst: x\n"
    assert [fault[0] for fault in faults_of(text)] == [4, 5, 7, 8]


def test_a_wrong_service_is_not_blamed_on_the_fields_that_it_shows() -> None:
    text = HEAD + "settings: {service: gmial}\nauthentication: {username: a}\nimap: {host: b}\n"
    assert [fault[2] for fault in faults_of(text)] == ["settings.service"]


def test_a_row_that_cannot_be_read_is_not_blamed_on_jumps() -> None:
    text = HEAD + "actions: {plan: [{action: nope}, {action: gotop, target: action 1}]}\n"
    assert [fault[2] for fault in faults_of(text)] == ["actions.plan/1"]


def test_an_entry_of_a_date_is_checked_to_the_letter() -> None:
    text = "motion_desk: 1\nkind: workspace\ncloud_providers:\n  entries:\n    - name: A\n      secret_expires: {}\n"
    for wrong in ("20270331", "2027-W13-3", "2027-02-30", "soon"):
        [found] = faults_of(text.replace("{}", wrong))
        assert found[2] == "cloud_providers.entries/1/secret_expires"
    read(text.replace("{}", "2027-03-31"))
    read(text.replace("{}", "'2027-03-31'"))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "1:1: There is nothing in this document."),
        ("# only a comment\n", "1:1: There is nothing in this document."),
        ("null\n", "1:1: There is nothing in this document."),
        ("- a\n", "1:1: Names with values"),
        ("a\n", "1:1: Names with values"),
        ("a: [1\n", "2:1: This is not YAML"),
        ("a: b: c\n", "1:5: This is not YAML"),
        ("a: 1\na: 2\n", "2:1: “a” stands in line 1 already."),
        ("a: &x 1\nb: *x\n", "2:4: *x repeats another part."),
        ("a: !!python/object/apply:os.system [x]\n", "1:4: Tags"),
        ("a: !secret x\n", "1:4: Tags"),
        ("? [a]\n: b\n", "1:3: A name is expected"),
        ("a: 1\n---\nb: 2\n", "2:1: A second document begins here."),
        ("a: \x01\n", "1:4: This is not YAML"),
        ("a: 1\nkind: account\n", "“motion_desk: 1” is missing."),
        ("motion_desk: 2\nkind: account\n", "1:14: This was written by a newer Motion Desk"),
        ("motion_desk: one\nkind: account\n", "1:14: “one” is no version"),
        ("motion_desk: 0\nkind: account\n", "1:14: “0” is no version"),
        ("motion_desk: true\nkind: account\n", "1:14: “true” is no version"),
        ("motion_desk: 1\nkind: queue\n", "2:7: “kind:” must be one of: account, workspace."),
        ("motion_desk: 1\n", "1:1: “kind:” must be one of"),
    ],
)
def test_what_is_no_document_is_refused(text: str, part: str) -> None:
    assert part in unreadable(text)
    assert unreadable(text).startswith("x.yaml:")


def test_an_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert "repeats another part" in unreadable("\n".join(lines))


@pytest.mark.parametrize("deep", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000])
def test_bottomless_nesting_is_refused(deep: str) -> None:
    assert "levels deep" in unreadable(deep)


def test_more_names_and_values_than_any_document_has_are_refused() -> None:
    text = "[" + "a," * MOST_NODES + "]"
    assert unreadable(text).endswith("This holds more than 200,000 names and values. Split it.")


@pytest.mark.parametrize("many", ["- *a\n" * 500, "- !a b\n" * 500], ids=["aliases", "tags"])
def test_of_many_faults_of_a_text_the_first_hundred_are_told(many: str) -> None:
    lines = unreadable(many).splitlines()
    assert len(lines) == MOST_FAULTS + 1
    assert lines[-1].endswith("More than 100 things are wrong here. The rest was not read.")


def calls_of(work: Callable[[], object]) -> int:
    """How many functions are called meanwhile, which no other work of the computer changes."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def keys_that_are_one(rows: int) -> str:
    return f"{HEAD}id: a\ncanned_answers: {{entries: [{'{key: k, value: v},' * rows}]}}\n"


def test_what_a_review_takes_grows_as_the_text_does() -> None:
    def taken(size: int) -> int:
        return calls_of(lambda: review([parse(keys_that_are_one(size))], sample_workspace()))

    taken(1)  # what is made once
    assert taken(800) < 3 * taken(400)


@pytest.mark.parametrize(
    "many",
    [
        "settings: {agents: [" + ",".join(f"Chiara Bonetti {n}" for n in range(200)) + "]}",
        "settings: {" + ",".join(f"keyy{n}: 1" for n in range(200)) + "}",
        "canned_answers: {entries: [" + ",".join("{key: k, valuee: v}" for _ in range(200)) + "]}",
    ],
    ids=["names", "fields", "cells"],
)
def test_near_names_are_told_as_long_as_somebody_may_read_them(many: str) -> None:
    sentences = [sentence for *_, sentence in faults_of(HEAD + many)]
    assert len(sentences) == 200
    assert ["Did you mean" in each for each in sentences] == [True] * 50 + [False] * 150


def test_a_file_that_is_not_utf_8_is_refused_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"motion_desk: 1\nname: Caf\xe9\n")
    with pytest.raises(DocumentError, match=r"x\.yaml:2:10: This is not UTF-8") as caught:
        load(path)
    assert caught.value.unreadable


def test_a_file_of_100_mb_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(DocumentError, match="larger than 16 MB"):
        load(path)
    assert path.stat().st_size > LARGEST


@pytest.mark.parametrize("name", ["missing.yaml", "."])
def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError, match="This cannot be read: ") as caught:
        load(tmp_path / name)
    assert caught.value.unreadable


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + sample_text("workspace").encode())
    assert read(load(path)).document == sample_workspace()


def test_a_huge_description_is_a_fault_of_one_line() -> None:
    [found] = faults_of(f"{HEAD}settings: {{description: '{'x' * 1_000_000}'}}\n")
    assert "At most 65535 characters" in found[3]
    assert len(found[3]) < 200


def test_a_huge_wrong_host_is_not_repeated_in_full() -> None:
    found = faults_of(f"{HEAD}imap: {{host: 'a b {'x' * 100_000}'}}\n")
    assert all(len(sentence) < 200 for *_, sentence in found)


def test_unknown_names_can_be_offered_in_place_of_being_faults() -> None:
    text = (
        HEAD + "settings: {list: New list, agents: [Ada, Ada Two]}\n"
        "actions: {plan: [{action: agent, agent: Ada, timeout: 5}]}\n"
    )
    surroundings = sample_surroundings()
    imported = read(text, surroundings, create_missing=True)
    assert [(each.what, each.name) for each in imported.missing] == [
        ("list", "New list"),
        ("agent", "Ada"),
        ("agent", "Ada Two"),
    ]
    assert isinstance(imported.document, Account)
    names = {row.id: row.name for row in imported.workspace.agents.entries}
    assert [names[each] for each in imported.document.settings.agents] == ["Ada", "Ada Two"]
    assert surroundings.workspace.agents.entries == sample_workspace().agents.entries
    again = read(text, Surroundings(imported.workspace))
    assert again.document == imported.document
    assert not again.missing


def test_names_of_the_document_itself_are_never_created() -> None:
    text = HEAD + "actions: {plan: [{action: close, disposition: Nope}]}\n"
    with pytest.raises(DocumentError, match="There is no disposition “Nope”"):
        read(text, sample_surroundings(), create_missing=True)


def test_a_name_that_the_directory_cannot_have_is_not_created() -> None:
    text = HEAD + f"settings: {{list: '{'x' * 300}'}}\n"
    with pytest.raises(DocumentError, match="At most 255 characters"):
        read(text, sample_surroundings(), create_missing=True)


def formerly(key: str, *former: str) -> Catalogue:
    """The catalogue of accounts as if a field had had other names."""
    sections = tuple(
        replace(
            section,
            fields=tuple(
                replace(field, former=former) if field.key == key else field
                for field in section.fields
            ),
        )
        for section in ACCOUNT.sections
    )
    return Catalogue(Account, sections)


def test_former_names_are_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = formerly("imap.port", "imap_port", "settings.imap_port")
    monkeypatch.setitem(form.CATALOGUES, "account", catalogue)
    for text in ("imap: {imap_port: 5}", "settings: {imap_port: 5}", "imap: {port: 5}"):
        document = read(f"{HEAD}{text}\n").document
        assert isinstance(document, Account)
        assert document.imap.port == 5
    [found] = faults_of(f"{HEAD}imap: {{port: 5, imap_port: 6}}\n")
    assert found[:3] == (3, 17, "imap.port")
    assert "says the same as line 3" in found[3]

"""Data: made-up sets, one's own files and messages give values for every name."""

import json
from pathlib import Path

import pytest

from motion_desk.models.changes import change
from motion_desk.models.engines.placeholders import NAME
from motion_desk.models.fields import Status, fields_of
from motion_desk.models.sections.variables import VariableEntry
from motion_desk.models.surfaces import Offered, Surface
from motion_desk.models.workspace import Workspace
from motion_desk.services import bundled
from motion_desk.services.templates.data import DataError, of_file, of_message, sets, variables

WORKSPACE = change(
    Workspace(id="w"),
    "variables.entries",
    (VariableEntry(id="v", name="contact.size", surface=Offered.BODY, sample="XL"),),
)
SURFACES = pytest.mark.parametrize("surface", Surface, ids=[each.value for each in Surface])


@SURFACES
def test_every_set_has_a_value_for_every_variable(surface: Surface) -> None:
    names = list(variables(surface, WORKSPACE))
    found = sets(surface, WORKSPACE)
    assert [each.name for each in found] == [
        "ordinary",
        "long",
        "missing",
        "emoji",
        "right-to-left",
        "injection",
    ]
    assert all(list(each.values) == names for each in found)
    ordinary, long, missing, *_ = found
    assert None not in ordinary.values.values()
    longer = [len(long.values[name] or "") >= len(ordinary.values[name] or "") for name in names]
    assert all(longer)
    assert None in missing.values.values()


def test_the_workspaces_own_variables_are_in_the_sets_of_their_surface() -> None:
    ordinary, long, missing, *_, injection = sets(Surface.BODY, WORKSPACE)
    assert ordinary.values["contact.size"] == "XL"
    assert len(long.values["contact.size"] or "") > 300
    assert missing.values["contact.size"] is None
    assert "<script>" in (injection.values["contact.size"] or "")
    assert "contact.size" not in sets(Surface.INVITATION, WORKSPACE)[0].values


@SURFACES
def test_what_ships_is_sound_and_names_its_page(surface: Surface) -> None:
    found = bundled.variables()[surface]
    assert len({each.name for each in found}) == len(found)
    for each in found:
        assert NAME.fullmatch(each.name)
        assert each.description.endswith(".")
        assert bundled.page(each.source).url
    assert json.loads(bundled.text(f"variables/{surface.value}.json"))["note"]


def test_nothing_is_called_documented_that_motions_pages_do_not_name() -> None:
    documented = {
        (surface, each.name)
        for surface, found in bundled.variables().items()
        for each in found
        if each.status is not Status.UNCONFIRMED
    }
    assert documented == {
        (Surface.INVITATION, "user.name"),
        (Surface.ACCOUNT_TRANSFER, "fromAccount"),
        (Surface.ACCOUNT_TRANSFER, "toAccount"),
    }


def test_one_may_be_offered_where_each_surface_is() -> None:
    one = [each.value for each in Surface]
    assert [each.value for each in Offered] == ["all", "several", *one]
    assert set(one) <= {each.name for each in fields_of(VariableEntry)}, "each can be ticked"
    assert all(Offered(each.value).label == each.label for each in Surface)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("own.json", '{"user": {"name": "Zoë", "id": 39}, "gone": null, "x.y": "z"}'),
        ("own.yaml", "user:\n  name: Zoë\n  id: 39\ngone:\nx.y: z\n"),
        ("own.yml", "\ufeffuser.name: Zoë\nuser.id: 39\ngone: ~\nx: {y: z}\n"),
    ],
)
def test_a_file_of_ones_own_is_read_by_its_names(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = of_file(path)
    assert found.name == "own"
    assert found.values == {"user.name": "Zoë", "user.id": "39", "gone": None, "x.y": "z"}


def test_numbers_and_days_stay_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("prefix: 0039\nday: 2026-11-24\non: yes\nlong: 1e400\n")
    assert of_file(path).values == {
        "prefix": "0039",
        "day": "2026-11-24",
        "on": "yes",
        "long": "1e400",
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"- a\n- b\n", "holds no data set"),
        (b"a: [1, 2]\n", ":1: “a” is a list or too deep"),
        (b"a: &x 1\nb: *x\n", ":2: "),
        (b"a: 1\na: 2\n", ":2: "),
        (b"a: {b: {c\n", ": This is not YAML"),
        (b"\xff\xfe", "not UTF-8"),
        (b"", "holds no data set"),
        (b"{" * 5_000, ":1: "),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
        (b"a: !!python/object/apply:os.system [id]\n", ":1: "),
    ],
    ids=["list", "nested", "alias", "twice", "broken", "bytes", "empty", "deep", "large", "tag"],
)
def test_what_is_no_data_set_is_told_in_a_sentence(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(content)
    with pytest.raises(DataError) as raised:
        of_file(path)
    assert str(path) in raised.value.sentence
    assert said in raised.value.sentence


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No such file"):
        of_file(tmp_path / "nowhere.json")


def test_the_headers_of_a_message_give_its_people_and_its_subject(tmp_path: Path) -> None:
    content = (
        b"From: =?utf-8?q?Zo=C3=AB_van_den_Berg=2C_Dr=2E?= <zoe@example.com>\r\n"
        b"To: Customer care <care@meridia.example>, other@example.com\r\n"
        b"Subject: =?utf-8?b?R3LDvMOfZQ==?=\r\n\tfrom far\r\n"
        b"\r\nSubject: not this one\r\n"
    )
    path = tmp_path / "letter.eml"
    path.write_bytes(content)
    found = of_file(path)
    assert (found.name, found.title) == ("letter", "letter.eml")
    assert of_message(content).title == "Grüße from far"
    assert found.values == {
        "from": "Zoë van den Berg, Dr. <zoe@example.com>",
        "to": "Customer care <care@meridia.example>, other@example.com",
        "subject": "Grüße from far",
        "contact.email": "zoe@example.com",
        "contact.firstName": "Zoë van den Berg,",
        "contact.lastName": "Dr.",
        "account.email": "care@meridia.example",
        "account.name": "Customer care",
    }


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe" * 1_000,
        b"From: " + b"(" * 100_000 + b"\n\n",
        b"From: " + b'"' * 100_001,
        b"From: =?nonsense?q?=ff?= <a@b>\nSubject: =?utf-8?b?!!!?=\n\n",
        b"Subject: a\x07b\x1b[31m\r\n\r\n",
        b"Subject: " + b"=?utf-8?q?a?= " * 100_000,
        b"X: " + b"y" * 3_000_000 + b"\nSubject: late\n\n",
        "Subject: Grüße roh\n\n".encode(),
        "Subject: Grüße\n\n".encode("latin-1"),
    ],
    ids=[str(number) for number in range(10)],
)
def test_damaged_headers_give_what_can_be_read_of_them(content: bytes) -> None:
    for value in of_message(content).values.values():
        assert value is None or value.isprintable()


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 100, b"\xff\xfeS\0u\0b\0", b"X-Spam: no\r\n\r\nHi"]
)
def test_a_message_that_says_nothing_of_people_is_no_data_set(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(content)
    with pytest.raises(DataError, match="has no sender, recipient or subject"):
        of_file(path)

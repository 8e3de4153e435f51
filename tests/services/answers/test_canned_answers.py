"""Canned answers from CSV files and into them: plain text or HTML, and both ways round."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.sections.answers import CannedAnswer
from motion_desk.services.answers.canned_answers import as_html, exported, is_html, omitted, planned
from motion_desk.services.answers.files import read_canned_answers
from motion_desk.services.answers.plan import Plan
from motion_desk.services.tables import TableError, read_table

HOURS = CannedAnswer(id="h", key="hours", value="<p>Nine to five.</p>", description="On weekdays.")
LATE = CannedAnswer(id="l", key="late", value="<p>Sorry.</p>")


def plan(text: str | bytes, rows: tuple[CannedAnswer, ...] = ()) -> Plan:
    return planned(read_table(text if isinstance(text, bytes) else text.encode()), rows)


def values(found: Plan) -> dict[str, str]:
    return {row.key: row.value for row in found.rows if isinstance(row, CannedAnswer)}


def test_answers_are_added_and_changed_by_their_keys_and_the_others_stay() -> None:
    text = "key,value,description\nlate,<p>Very sorry.</p>,\nnew,<b>New</b>,When new\n"
    found = plan(text, (HOURS, LATE))
    assert values(found) == {
        "hours": "<p>Nine to five.</p>",
        "late": "<p>Very sorry.</p>",
        "new": "<b>New</b>",
    }
    assert [row.id for row in found.rows][:2] == ["h", "l"]
    assert [(each.line, each.name) for each in found.added] == [(3, "new")]
    assert [(each.line, each.name, each.what) for each in found.changed] == [(2, "late", "value")]
    assert (found.untouched, found.kept) == (0, 1)


def test_plain_text_becomes_paragraphs_and_that_is_told() -> None:
    found = plan(
        'Key;Value\nbye;"Best regards,\nAna & Ben <care@x.example>\n\n{{ account.name }}"\n'
    )
    assert values(found)["bye"] == (
        "<p>Best regards,<br>Ana &amp; Ben &lt;care@x.example&gt;</p>\n<p>{{ account.name }}</p>"
    )
    assert found.remarks == ("1 value is plain text, and made into paragraphs of HTML.",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<p>Hello</p>", True),
        ("Line<br>break", True),
        ("<A HREF='x'>there</A>", True),
        ("Tom &amp; Ben", True),
        ("caf&#233;", True),
        ("<!-- only a remark -->", True),
        ("Tom & Ben; AT&T; done", False),
        ("write to <care@x.example>", False),
        ("if a <b, then c> d", False),
        ("2 < 3 > 1", False),
        ("{{ user.name }}", False),
        ("", False),
    ],
)
def test_html_is_told_from_plain_text_by_what_it_holds(text: str, said: bool) -> None:
    assert is_html(text) is said


def test_a_column_that_says_html_is_taken_as_it_is() -> None:
    assert values(plan("Key,Value (HTML)\nk,Tom & Ben\n"))["k"] == "Tom & Ben"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("key,value\n,Hello\n", "The key is empty."),
        ("key,value\nk,\n", "The value is empty."),
        ("key,value\nk,a\nk,b\n", "The key is on line 2, too. Keep one of them."),
        ('key,value\n"a\nb",c\n', "Key: This must be a single line."),
        ("key,value\nk,a,b\n", "This row has 3 cells, the first one 2."),
    ],
    ids=["no-key", "no-value", "twice", "lines", "cells"],
)
def test_a_wrong_row_is_refused_with_its_line_and_nothing_can_be_done(text: str, said: str) -> None:
    found = plan(text, (HOURS,))
    assert found.refused[-1].what.startswith(said)
    assert found.refused[-1].line == (3 if "too" in said else 2)
    assert not found.possible


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\nc,d\n", "No column of the file holds the keys"),
        ("key,colour\nc,d\n", "No column of the file holds the answers' texts"),
        ("key,Key,value\nc,d,e\n", "“Key” is a column more than once"),
    ],
)
def test_columns_that_say_nothing_of_answers_are_refused(text: str, said: str) -> None:
    with pytest.raises(TableError, match=said):
        plan(text)


def test_an_answer_that_is_not_whole_is_left_out_and_counted() -> None:
    rows = (HOURS, CannedAnswer(id="k", key="k"), CannedAnswer(id="v", value="<p>x</p>"))
    assert omitted(rows) == 2
    assert not plan(exported(rows), rows).refused


def test_a_value_that_would_be_a_formula_is_guarded_on_its_way_out() -> None:
    rows = (CannedAnswer(id="f", key="-k", value='=HYPERLINK("x")', description="+1"),)
    assert exported(rows).decode().splitlines()[1] == '\'-k,"\'=HYPERLINK(""x"")",\'+1'
    assert plan(exported(rows), rows).untouched == 1


def test_an_answer_with_a_picture_in_it_can_be_read_back(tmp_path: Path) -> None:
    value = f'<img src="data:image/png;base64,{"A" * 400_000}" alt="Logo">'
    rows = (CannedAnswer(id="p", key="picture", value=value),)
    path = tmp_path / "Answers.csv"
    path.write_bytes(exported(rows))
    assert read_canned_answers(path, ()).rows[0].value == value  # type: ignore[attr-defined]  # an answer


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
WHOLE = TEXT.filter(lambda text: bool(text.strip()))
KEY = WHOLE.map(lambda text: " ".join(text.split())).filter(bool)


@given(st.lists(st.tuples(KEY, WHOLE, TEXT), min_size=1, unique_by=lambda each: each[0]))
def test_what_goes_out_comes_in_as_it_was(answers: list[tuple[str, str, str]]) -> None:
    rows = tuple(
        CannedAnswer(id=str(n), key=key, value=value, description=description)
        for n, (key, value, description) in enumerate(answers)
    )
    again = plan(exported(rows), rows)
    assert again.rows == rows
    assert again.untouched == len(rows)
    fresh = plan(exported(rows))
    assert [(r.key, r.value, r.description) for r in rows] == [
        (r.key, r.value, r.description) for r in fresh.rows if isinstance(r, CannedAnswer)
    ]


@given(WHOLE)
def test_plain_text_made_into_html_holds_every_word(text: str) -> None:
    from html import unescape
    from re import sub

    made = unescape(sub(r"<p>|</p>|<br>", " ", as_html(text)))
    assert made.split() == text.split()

"""Every kind reads what it writes, lets its defaults through, and says what is wrong."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from motion_desk.models.checks import check
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import put
from motion_desk.models.fields import fields_of
from motion_desk.models.kinds import (
    SENTENCES,
    Choice,
    Kind,
    Option,
    References,
    Rows,
    SecretText,
    Unreadable,
)
from motion_desk.models.problems import Severity
from motion_desk.models.rules import When
from motion_desk.models.views import view
from tests.laws.declared import (
    DECLARED,
    FIELDS,
    KIND_BY_KEY,
    KIND_BY_NAME,
    ROWS,
    empty_with,
    showing,
)
from tests.strategies import values

# What has no form in which people type it: lists are edited item by item, secrets never shown.
NOT_TYPED = (References, Rows, SecretText)
TYPED = {name: kind for name, kind in KIND_BY_NAME.items() if not isinstance(kind, NOT_TYPED)}
JUNK = (None, 5, -1, 1.5, True, "", "x", " x ", "a\nb", "\0", "\ud800", "x" * 70_000, b"x", object)
MORE_JUNK: tuple[object, ...] = (
    date(2026, 1, 1),
    Unreadable("?"),
    (),
    ("x",),
    (5,),
    [],
    {},
    object(),
)


@pytest.mark.parametrize("key", DECLARED)
def test_a_default_passes_its_own_kind(key: str) -> None:
    field = DECLARED[key]
    assert list(field.kind.check(field.default)) == []


@pytest.mark.parametrize("key", KIND_BY_KEY)
def test_an_empty_value_is_never_wrong_by_its_kind(key: str) -> None:
    kind = KIND_BY_KEY[key]
    if not isinstance(kind, Choice):  # of which one is always chosen
        assert list(kind.check(kind.empty)) == []


@pytest.mark.parametrize("key", KIND_BY_KEY)
@given(data=st.data())
def test_a_good_value_passes_its_own_kind(key: str, data: st.DataObject) -> None:
    kind = KIND_BY_KEY[key]
    assert list(kind.check(data.draw(values(kind)))) == []


@pytest.mark.parametrize("name", TYPED)
@given(data=st.data())
def test_a_value_is_read_back_from_its_text(name: str, data: st.DataObject) -> None:
    value = data.draw(values(TYPED[name]))
    assert TYPED[name].parse(TYPED[name].format(value)) == value


@pytest.mark.parametrize("name", TYPED)
@given(text=st.text())
@example(text=" 12 ")
@example(text="９")
@example(text="20260131")
@example(text="\ud800")
@example(text="9" * 5000)
def test_what_cannot_be_read_keeps_its_text_and_is_wrong(name: str, text: str) -> None:
    kind = TYPED[name]
    value = kind.parse(text)
    if isinstance(value, Unreadable):
        assert kind.format(value) == text
        assert [code for code, _ in kind.check(value)] != []
    else:
        assert kind.parse(kind.format(value)) == value


@pytest.mark.parametrize("name", KIND_BY_NAME)
def test_whatever_is_wrong_has_a_sentence(name: str) -> None:
    for junk in (*JUNK, *MORE_JUNK):
        for code, said in KIND_BY_NAME[name].check(junk):
            assert SENTENCES[code].format_map(said).endswith(".")


@pytest.mark.parametrize("name", KIND_BY_NAME)
def test_an_object_of_nowhere_is_of_no_kind(name: str) -> None:
    assert [code for code, _ in KIND_BY_NAME[name].check(object())] == ["type"]


UNREADABLE = Unreadable("no such value")
READERS = {
    key: field.kind
    for key, field in FIELDS.items()
    if isinstance(field.kind.parse("no such value"), Unreadable)
}


@pytest.mark.parametrize("key", READERS)
def test_unreadable_text_is_an_error_at_its_field(key: str) -> None:
    document = put(showing(key), key, READERS[key].parse("no such value"))
    problems = [problem for problem in check(document) if problem.key == key]
    assert [problem.severity for problem in problems] == [Severity.ERROR]
    assert problems[0].sentence
    shown = view(document, document, Surroundings()).section(key.partition(".")[0])
    assert shown.worst is Severity.ERROR


def test_unreadable_text_in_every_cell_is_an_error_at_that_cell() -> None:
    for place, row in ROWS.items():
        key = place.partition("/")[0]
        unread = {
            cell.name: cell
            for cell in fields_of(row)
            if isinstance(cell.kind.parse("no such value"), Unreadable)
        }
        # What only some choice shows is looked at while it is shown; all others at once.
        rules = {name: cell.visible for name, cell in unread.items()}
        shown = {name: rule for name, rule in rules.items() if isinstance(rule, When)}
        plain = unread.keys() - shown.keys()
        batches: list[dict[str, object]] = [dict.fromkeys(plain, UNREADABLE)]
        for name, rule in shown.items():
            batches.append({rule.key: rule.values[0], name: UNREADABLE})
        for batch in batches:
            document = put(empty_with(key), key, (row(id="2abc", **batch),))
            wrong = {problem.key for problem in check(document) if problem.code in SENTENCES}
            assert wrong == {f"{key}/2abc/{name}" for name in batch if batch[name] is UNREADABLE}
            assert view(document, document, Surroundings()).problems == check(document)


def choices() -> dict[str, type[Option]]:
    """Every enumeration that some field offers."""
    kinds = (field.kind for field in DECLARED.values())
    return {kind.options.__name__: kind.options for kind in kinds if isinstance(kind, Choice)}


@pytest.mark.parametrize("name", choices())
def test_an_option_is_read_from_its_word_and_from_its_label(name: str) -> None:
    options = choices()[name]
    kind: Kind = Choice(options)
    for option in options:
        assert kind.parse(option.value) is option
        assert kind.parse(f" {option.label.upper()} ") is option
        assert option.value == option.value.lower()

"""Header filters: which rule decides, what was found where, and what is not applied."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given

from motion_desk.models.choices import Operator, Verdict
from motion_desk.models.engines.header_filters import Cell, Span, Unsearchable, judge, matrix
from motion_desk.models.incoming import Incoming
from motion_desk.models.sections.routing import HeaderFilter
from tests.filtering import MESSAGES, RULES, message, plain_search, rule


def cell(said: str, value: str, *lines: str) -> Cell:
    """What one rule says of one message."""
    return judge((rule(said, value),), message(*lines), plain_search).cells[0]


@pytest.mark.parametrize(
    ("said", "value", "content", "span"),
    [
        ("X-Spam contains", "YES", "Probably yes", (9, 12)),
        ("X-Spam contains", "no", "Yes", None),
        ("X-Spam equals", "yes", "YES", (0, 3)),
        ("X-Spam equals", "ye", "yes", None),
        ("X-Spam starts", "Pro", "probably", (0, 3)),
        ("X-Spam starts", "rob", "probably", None),
        ("X-Spam ends", "BLY", "probably", (5, 8)),
        ("X-Spam ends", "babl", "probably", None),
        ("X-Spam matches", "b+l", "probably", (5, 7)),
        ("X-Spam matches", "B", "probably", None),
        ("X-Spam exists", "", "probably", (0, 8)),
        ("X-Spam exists", "", "", (0, 0)),
    ],
)
def test_an_operator_finds_what_it_says_where_it_is(
    said: str, value: str, content: str, span: Span | None
) -> None:
    found = cell(said, value, "Subject: x", f"x-sPAM: {content}")
    assert found == Cell(span is not None, 1 if span else None, span)
    head, _, operator = said.rpartition(" ")
    turned = cell(f"{head} not {operator}", value, "Subject: x", f"x-sPAM: {content}")
    assert turned == Cell(span is None, 1 if span else None, span)


def test_a_span_is_right_where_a_character_folds_to_two() -> None:
    assert cell("S contains", "STRASSE", "S: an der Straße 5").span == (7, 13)
    assert cell("S ends", "e 5", "S: an der Straße 5").span == (12, 15)
    assert cell("S contains", "s", "S: ß").span == (0, 1)


def test_every_header_of_a_name_is_looked_at() -> None:
    lines = ("Received: by a", "Subject: b", "received: by b")
    assert cell("Received contains", "by b", *lines) == Cell(True, 2, (0, 4))
    assert not cell("Received not contains", "by b", *lines).matched


def test_a_message_without_the_header_is_matched_by_what_is_negated_only() -> None:
    for operator in Operator:
        assert cell(f"X {operator.value}", "a", "Subject: a") == Cell(False)
        assert cell(f"X not {operator.value}", "a", "Subject: a") == Cell(True)


def test_the_first_rule_that_matches_decides_and_without_any_a_message_passes() -> None:
    rules = (
        rule("A contains", "x", Verdict.REJECT, "one"),
        rule("B exists", "", Verdict.ACCEPT, "two"),
        rule("B exists", "", Verdict.REJECT, "three"),
    )
    passed = judge(rules, message("B: 1"), plain_search)
    assert (passed.verdict, passed.decided_by) == (Verdict.ACCEPT, "two")
    assert [each.matched for each in passed.cells] == [False, True, True]
    assert judge(rules, message("B: 1", "A: ax"), plain_search).decided_by == "one"
    none = judge(rules, message("C: 1"), plain_search)
    assert (none.verdict, none.decided_by) == (Verdict.ACCEPT, "")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (HeaderFilter(id="a", operator=Operator.EXISTS), "names no header"),
        (HeaderFilter(id="a", header="X"), "no value"),
        (rule("X matches", "("), "No: "),
        (rule("X not matches", "("), "No: "),
        (HeaderFilter(id="a", header="X", negated=True), "no value"),
    ],
    ids=["no-header", "no-value", "no-pattern", "negated-pattern", "negated-value"],
)
def test_a_rule_that_cannot_be_applied_matches_nothing_and_says_why(
    wrong: HeaderFilter, said: str
) -> None:
    for line in ("X: y", "Subject: y"):
        found = judge((wrong,), message(line), plain_search)
        assert (found.verdict, found.cells[0].matched) == (Verdict.ACCEPT, False)
        assert said in found.cells[0].wrong


def test_a_rule_that_takes_too_long_on_one_message_is_flagged_there() -> None:
    def search(pattern: str, text: str) -> Span | None:
        if len(text) > 3:
            raise Unsearchable("Too long.")
        return plain_search(pattern, text)

    rules = (rule("X matches", "a"),)
    found = [*matrix(rules, [message("X: a"), message("X: aaaa")], search)]
    assert [each.cells[0].wrong for each in found] == ["", "Too long."]
    assert [each.verdict for each in found] == [Verdict.REJECT, Verdict.ACCEPT]


def test_a_matrix_judges_only_what_is_asked_for() -> None:
    asked: list[int] = []

    def messages() -> Iterator[Incoming]:
        for number in range(10):
            asked.append(number)
            yield message(f"X: {number}")

    judgements = matrix((rule("X equals", "1"),), messages(), plain_search)
    assert next(judgements).decided_by == ""
    assert next(judgements).decided_by == "X equals"
    assert asked == [0, 1]


def test_cells_in_which_nothing_was_found_are_one_object() -> None:
    rules = tuple(rule("X contains", "no", id=str(number)) for number in range(50))
    cells = {
        id(cell)
        for judgement in [*matrix(rules, [message("X: a")] * 20, plain_search)]
        for cell in judgement.cells
    }
    assert len(cells) == 1


def _expected(rule_: HeaderFilter, incoming: Incoming) -> bool:
    """The model in the plainest words, written again."""
    contents = [
        each.decoded for each in incoming.headers if each.name.lower() == rule_.header.lower()
    ]
    value = rule_.value.casefold()
    if rule_.operator is Operator.MATCHES:
        try:
            re.compile(rule_.value)
            found = any(re.search(rule_.value, each) for each in contents)
        except re.error:
            return False
        return found is not rule_.negated
    found = any(
        {
            Operator.CONTAINS: value in each.casefold(),
            Operator.EQUALS: value == each.casefold(),
            Operator.STARTS: each.casefold().startswith(value),
            Operator.ENDS: each.casefold().endswith(value),
            Operator.EXISTS: True,
        }[rule_.operator]
        for each in contents
    )
    return found is not rule_.negated


@given(RULES, MESSAGES)
def test_the_engine_says_what_the_model_says(
    rules: tuple[HeaderFilter, ...], incoming: Incoming
) -> None:
    found = judge(rules, incoming, plain_search)
    expected = [_expected(each, incoming) for each in rules]
    assert [each.matched for each in found.cells] == expected
    first = next((each for each, hit in zip(rules, expected, strict=True) if hit), None)
    assert found.decided_by == (first.id if first else "")
    assert found.verdict is (first.verdict if first else Verdict.ACCEPT)
    for each in found.cells:
        if each.header is not None and each.span is not None:
            start, stop = each.span
            assert 0 <= start <= stop <= len(incoming.headers[each.header].decoded)


@given(RULES, MESSAGES)
def test_what_a_plain_comparison_highlights_is_its_value(
    rules: tuple[HeaderFilter, ...], incoming: Incoming
) -> None:
    for each, cell_ in zip(rules, judge(rules, incoming, plain_search).cells, strict=True):
        plain = each.operator not in (Operator.MATCHES, Operator.EXISTS)
        if plain and cell_.header is not None and cell_.span is not None:
            start, stop = cell_.span
            shown = incoming.headers[cell_.header].decoded[start:stop]
            assert each.value.casefold() in shown.casefold()

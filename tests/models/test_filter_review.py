"""Filter review: what is said of rules holds for every message, and what cannot be told is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motion_desk.models.account import Account
from motion_desk.models.checks import check
from motion_desk.models.choices import Operator, Verdict
from motion_desk.models.document import put
from motion_desk.models.engines.filter_review import idle, review
from motion_desk.models.engines.header_filters import judge, matrix
from motion_desk.models.incoming import Incoming
from motion_desk.models.problems import Severity
from motion_desk.models.sections.routing import HeaderFilter
from tests.filtering import MESSAGES, RULES, message, plain_search, rule

ACCEPT = Verdict.ACCEPT


def said(*rules: HeaderFilter) -> list[tuple[str, str]]:
    """The codes of the findings and the rows and cells that they stand at."""
    return [(each.code, each.key.partition("/")[2]) for each in review(rules)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("X exists", ""), ("X matches", "a")),
        (("X exists", ""), ("X contains", "a")),
        (("X contains", "A"), ("X equals", "xay")),
        (("X contains", "a"), ("X starts", "ba")),
        (("X contains", "a"), ("X ends", "ba")),
        (("X contains", "a"), ("X contains", "bab")),
        (("X starts", "a"), ("X starts", "AB")),
        (("X starts", "a"), ("X equals", "ab")),
        (("X ends", "b"), ("X ends", "ab")),
        (("X ends", "b"), ("X equals", "ab")),
        (("X equals", "Yes"), ("x equals", "yes")),
        (("X matches", "a+"), ("X matches", "a+")),
        (("X matches", ".*"), ("X equals", "a")),
        (("X not equals", "ab"), ("X not contains", "a")),
        (("X not contains", "a"), ("X not exists", "")),
    ],
)
def test_a_rule_that_an_earlier_one_takes_all_from_is_shadowed(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    above, below = rule(*first, id="one"), rule(*second, id="two")
    assert [code for code, key in said(above, below) if key.startswith("two/")] == ["shadowed"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("X equals", "a"), ("X contains", "a")),
        (("X starts", "a"), ("X ends", "a")),
        (("X contains", "a"), ("Y contains", "a")),
        (("X contains", "ab"), ("X contains", "a")),
        (("X matches", "a"), ("X matches", "aa")),
        (("X contains", "a"), ("X matches", "a")),
        (("X matches", "A"), ("X matches", "a")),
        (("X not contains", "a"), ("X not equals", "ab")),
        (("X not contains", "a"), ("X equals", "b")),
        (("X matches", "^.*$"), ("X equals", "a")),
    ],
)
def test_nothing_is_claimed_where_it_cannot_be_told(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    assert said(rule(*first, id="one"), rule(*second, id="two")) == []


def test_two_rules_that_are_alike_are_told_so_and_otherwise_what_to_do() -> None:
    same, other = rule("X equals", "a", id="one"), rule("x equals", "A", id="two")
    assert "the same as rule 1" in review((same, other))[0].sentence
    accepting = rule("X equals", "a", ACCEPT, id="three")
    sentence = review((same, accepting, rule("Y exists")))[0].sentence
    assert "rule 1 above rejects each message" in sentence
    assert "Move this one above it" in sentence


def test_headers_that_every_message_has_catch_all_and_their_absence_never_happens() -> None:
    assert said(rule("from exists", id="a")) == [("catch_all", "a/header")]
    assert said(rule("Date not exists", id="a")) == [("never", "a/header")]
    assert said(rule("Received matches", ".*", id="a")) == [("catch_all", "a/header")]
    assert said(rule("X-From exists", id="a")) == []


def test_two_rules_that_are_each_other_s_opposite_leave_nothing_over() -> None:
    found = said(
        rule("X contains", "a", id="one"),
        rule("X not contains", "A", id="two"),
        rule("Y exists", id="three"),
    )
    assert found == [("catch_all", "two/value"), ("unreached", "three/header")]
    pattern = rule("X matches", "a", id="one"), rule("X not matches", "a", id="two")
    assert said(*pattern, rule("Y exists")) == []


def test_a_name_that_no_header_can_have_is_found() -> None:
    found = review((rule("X-Spam: contains", "a", id="one"),))
    assert [(each.code, each.key) for each in found] == [
        ("never", "advanced.header_filters/one/header")
    ]
    assert "without the colon" in found[0].sentence
    everything = HeaderFilter(id="one", header="X Spam", negated=True, value="a")
    assert said(everything, rule("X exists", id="two")) == [
        ("catch_all", "one/header"),
        ("unreached", "two/header"),
    ]


def test_an_expression_that_may_be_none_is_never_certain_to_match() -> None:
    nameless = HeaderFilter(
        id="one", header="X Spam", negated=True, operator=Operator.MATCHES, value="("
    )
    assert said(nameless, rule("X exists", id="two")) == [("nameless", "one/header")]
    unsearchable = replace(nameless, header="X")
    missing = HeaderFilter(id="two", header="X", negated=True, operator=Operator.EXISTS)
    assert said(unsearchable, missing) == []
    assert said(unsearchable, replace(unsearchable, id="two")) == [("shadowed", "two/value")]


def test_an_accept_rule_behind_which_nothing_is_rejected_changes_nothing() -> None:
    accepting, rejecting = rule("X exists", "", ACCEPT, "a"), rule("Y exists", id="r")
    assert said(accepting) == [("no_effect", "a/verdict")]
    assert said(rejecting, accepting) == [("no_effect", "a/verdict")]
    assert said(accepting, rejecting) == []


def test_rules_that_are_not_complete_are_left_to_the_other_checks() -> None:
    assert said(HeaderFilter(id="a"), HeaderFilter(id="b", header="X")) == []


def test_what_matched_none_of_some_messages_is_a_note_and_no_more() -> None:
    rules = (rule("X exists", id="a"), rule("Y exists", id="b"), rule("Z matches", "(", id="c"))
    judgements = matrix(rules, [message("X: 1"), message("X: 2")], plain_search)
    [found] = idle(rules, judgements)
    assert (found.key, found.severity) == ("advanced.header_filters/b/header", Severity.NOTE)
    assert "none of the 2 messages" in found.sentence
    assert idle(rules, []) == ()


def test_the_account_s_checks_tell_and_never_keep_it_from_being_saved() -> None:
    rules = (rule("From exists", id="aaaa"), rule("From exists", id="bbbb"))
    account = put(Account(id="x"), "advanced.header_filters", rules)
    found = [each for each in check(account) if each.key.startswith("advanced.header_filters/")]
    assert {each.code for each in found} == {"catch_all", "shadowed"}
    assert all(each.severity is Severity.WARNING for each in found)


@settings(max_examples=300)
@given(RULES, st.lists(MESSAGES, min_size=1, max_size=8))
def test_what_is_claimed_holds_for_every_message(
    rules: tuple[HeaderFilter, ...], messages: list[Incoming]
) -> None:
    by_code = {each.key.split("/")[1]: each.code for each in review(rules)}
    for incoming in messages:
        found = judge(rules, incoming, plain_search)
        assert by_code.get(found.decided_by, "") not in ("shadowed", "unreached")
        for each, cell in zip(rules, found.cells, strict=True):
            if by_code.get(each.id) == "never" and each.header == "X-B:":
                assert not cell.matched
        without = tuple(each for each in rules if by_code.get(each.id) not in ("no_effect",))
        assert judge(without, incoming, plain_search).verdict is found.verdict

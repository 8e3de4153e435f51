"""Rules hold when they should, name what they look at, and can be said in words."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.catalogue import ACCOUNT
from motion_desk.models.choices import Service
from motion_desk.models.rules import ALWAYS, Either, Every, Not, Rule, When, when, words

A, B = when("a", True), when("b", True)
# What holds for a, b = (no, no), (no, yes), (yes, no), (yes, yes).
TRUTH = [
    (ALWAYS, "1111"),
    (A, "0011"),
    (~A, "1100"),
    (A & B, "0001"),
    (A | B, "0111"),
    (~(A & B), "1110"),
    (~(A | B), "1000"),
    (~A & B, "0100"),
    (A & ~B | ~A & B, "0110"),
    (ALWAYS & A, "0011"),
    (A & ALWAYS, "0011"),
    (ALWAYS | A, "1111"),
    (~ALWAYS, "0000"),
    (~~A, "0011"),
    (Either(()), "0000"),
    (when("a"), "0000"),
    (when("a", True, False), "1111"),
]


@pytest.mark.parametrize(
    ("rule", "table"), TRUTH, ids=lambda v: v if isinstance(v, str) else "rule"
)
def test_a_rule_holds_by_its_truth_table(rule: Rule, table: str) -> None:
    cases = [{"a": a, "b": b} for a, b in product((False, True), repeat=2)]
    assert "".join(str(int(rule.holds(case.__getitem__))) for case in cases) == table


@pytest.mark.parametrize(
    ("rule", "table"), TRUTH, ids=lambda v: v if isinstance(v, str) else "rule"
)
def test_a_rule_looks_only_at_what_it_names(rule: Rule, table: str) -> None:
    looked: set[str] = set()

    def get(key: str) -> object:
        looked.add(key)
        return True

    rule.holds(get)
    assert looked <= rule.keys() <= {"a", "b"}


def test_always_is_left_out_of_what_is_combined() -> None:
    assert ALWAYS & A == A == A & ALWAYS
    assert ALWAYS.keys() == frozenset()


def test_a_value_is_compared_by_what_it_is() -> None:
    rule = when("service", Service.YAHOO, Service.GMAIL)
    assert rule.holds(lambda key: Service.GMAIL)
    assert not rule.holds(lambda key: Service.CUSTOM)
    assert not rule.holds(lambda key: "gmail")


WORDS = [
    (ALWAYS, "always"),
    (A, "A is yes"),
    (when("a", True, False), "A is yes or no"),
    (~A, "A is not yes"),
    (~when("a", True, False), "A is not yes or no"),
    (A & B, "A is yes and B is yes"),
    (A | B, "A is yes or B is yes"),
    (A & B | ~A, "A is yes and B is yes or A is not yes"),
    (A & (B | ~A), "A is yes and (B is yes or A is not yes)"),
    (~(A & B), "not (A is yes and B is yes)"),
    (~~A, "not (A is not yes)"),
]


@pytest.mark.parametrize(("rule", "said"), WORDS, ids=lambda v: v if isinstance(v, str) else "rule")
def test_a_rule_is_said_in_words(rule: Rule, said: str) -> None:
    assert words(rule, str.upper, lambda key, value: "yes" if value else "no") == said


def test_a_declared_rule_is_said_with_labels() -> None:
    rule = ACCOUNT.section_of["imap.any_certificate"].visible
    rule &= ACCOUNT.fields["imap.any_certificate"].visible
    said = words(
        rule,
        lambda key: ACCOUNT.fields[key].label,
        lambda key, value: ACCOUNT.fields[key].kind.format(value),
    )
    assert said == "Service is Custom and SSL is on"


def test_what_is_no_rule_is_not_said() -> None:
    with pytest.raises(TypeError, match="not a rule"):
        words(Rule(), str, lambda key, value: str(value))


rules = st.recursive(
    st.builds(
        When, st.sampled_from("ab"), st.lists(st.booleans(), unique=True, max_size=2).map(tuple)
    ),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(Every, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Either, st.lists(inner, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


@given(rules, rules, st.booleans(), st.booleans())
def test_operators_are_those_of_logic(one: Rule, other: Rule, a: bool, b: bool) -> None:
    get = {"a": a, "b": b}.__getitem__
    assert (one & other).holds(get) == (one.holds(get) and other.holds(get))
    assert (one | other).holds(get) == (one.holds(get) or other.holds(get))
    assert (~one).holds(get) != one.holds(get)
    assert (one & other).keys() == one.keys() | other.keys()

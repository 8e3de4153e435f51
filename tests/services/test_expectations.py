"""Expectations: pinned messages come out as in the matrix, and what is not met is said where."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from motion_desk.models.account import Account
from motion_desk.models.choices import Ending, Expected, Verdict
from motion_desk.models.document import put
from motion_desk.models.engines.header_filters import matrix
from motion_desk.models.incoming import Incoming
from motion_desk.models.problems import Severity
from motion_desk.models.sections.expectations import KeptScenario, PinnedMessage
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.models.workspace import Workspace
from motion_desk.services.expectations import pinned, unmet
from motion_desk.services.messages.patterns import Patterns
from motion_desk.services.messages.reading import read_headers
from tests.filtering import MESSAGES, RULES, rule

REJECTING = rule("X-Spam-Flag equals", "yes", id="rrrr")
SPAM = PinnedMessage(
    id="mmmm", name="Spam", expected=Expected.REJECTED, headers="X-Spam-Flag: YES\nTo: a@b"
)


def account(rules: tuple[HeaderFilter, ...], *messages: PinnedMessage) -> Account:
    """An account with such filters and pinned messages."""
    made = put(Account(id="x"), "advanced.header_filters", rules)
    return put(made, "expectations.messages", messages)


def said(made: Account) -> list[tuple[str, str, str]]:
    """The keys, codes and sentences of what is not met."""
    found = unmet(made, Workspace(), Patterns())
    assert all(each.severity is Severity.WARNING for each in found)
    return [(each.key, each.code, each.sentence) for each in found]


def test_nothing_is_said_where_all_is_met() -> None:
    assert said(account((REJECTING,), SPAM)) == []
    assert said(Account()) == []


def test_another_verdict_stands_at_the_message_and_names_the_rule_that_decides() -> None:
    passing = replace(SPAM, expected=Expected.PASS)
    [(key, code, sentence)] = said(account((REJECTING,), passing))
    assert (key, code) == ("expectations.messages/mmmm/expected", "unmet")
    assert "rejected by rule 1 (X-Spam-Flag equals “yes” → Reject), but must pass" in sentence
    assert "model of the documentation" in sentence
    accepting = rule("To exists", "", Verdict.ACCEPT)
    [(_, _, sentence)] = said(account((accepting, REJECTING), SPAM))
    assert "accepted by rule 1 (To exists → Accept), but must be rejected" in sentence
    [(_, _, sentence)] = said(account((), SPAM))
    assert "no rule matches “Spam”" in sentence


def test_braces_in_what_people_write_are_left_alone() -> None:
    odd = replace(SPAM, name="{name} {0}", expected=Expected.PASS)
    rules = (rule("X-Spam-Flag not equals", "{x}", id="rrrr"),)
    assert (
        "“{name} {0}” is rejected by rule 1 (X-Spam-Flag not equals “{x}”"
        in (said(account(rules, odd))[0][2])
    )


def test_a_pinned_text_without_a_header_is_said_there() -> None:
    [(key, code, _)] = said(account((), replace(SPAM, headers="no header {here}")))
    assert (key, code) == ("expectations.messages/mmmm/headers", "unreadable")


def test_a_regular_expression_that_is_none_stands_at_its_rule_without_any_message() -> None:
    [(key, code, sentence)] = said(account((rule("X matches", "(", id="rrrr"),)))
    assert (key, code) == ("advanced.header_filters/rrrr/value", "pattern")
    assert "never closed" in sentence


def test_one_that_takes_too_long_on_a_pinned_message_does_too() -> None:
    slow = rule("X matches", "(a|aa)+$", id="rrrr")
    message = PinnedMessage(id="mmmm", name="Slow", headers=f"X: {'a' * 60}!")
    [(key, _, sentence)] = said(account((slow,), message))
    assert key == "advanced.header_filters/rrrr/value"
    assert "took too long" in sentence


def test_a_kept_scenario_that_ends_otherwise_is_said() -> None:
    kept = KeptScenario(id="ssss", name="Spam", message="mmmm", expected=Ending.ANSWERED)
    made = put(account((REJECTING,), SPAM), "expectations.scenarios", (kept,))
    [(key, _, _)] = said(made)
    assert key == "expectations.scenarios/ssss/expected"
    met = put(made, "expectations.scenarios", (replace(kept, expected=Ending.REJECTED),))
    assert said(met) == []


@given(RULES, st.lists(MESSAGES.filter(lambda each: bool(each.headers)), min_size=1, max_size=4))
def test_a_pinned_message_s_verdict_is_the_matrix_s(
    rules: tuple[HeaderFilter, ...], messages: list[Incoming]
) -> None:
    read = [read_headers(each.text) for each in messages]
    rows = [
        PinnedMessage(id=f"m{number}", name="m", headers=each.text)
        for number, each in enumerate(read)
    ]
    made = account(rules, *rows)
    judgements = [*matrix(made.advanced.header_filters, read, Patterns())]
    found = pinned(made, Patterns())
    assert [each.judgement for each in found] == judgements
    unmet_keys = {each.key for each in unmet(made, Workspace(), Patterns()) if each.code == "unmet"}
    assert unmet_keys == {
        f"expectations.messages/m{number}/expected"
        for number, each in enumerate(judgements)
        if each.verdict is Verdict.REJECT
    }

"""Names: which of a template's names are not known, and what was probably meant."""

import time

import pytest

from motion_desk.models.engines.names import MOST_SUGGESTIONS, Finding, findings
from tests.patience import PROMPT

NAMES = ("user.name", "contact.firstName", "contact.lastName", "fromAccount", "toAccount")


def found(source: str) -> list[Finding]:
    return list(findings(source, NAMES))


def test_known_names_are_no_findings() -> None:
    assert found("Dear {{ user.name }}, {{fromAccount}}\n{{ contact.firstName }}") == []


def test_a_name_with_other_capitals_is_told_with_line_column_and_the_right_one() -> None:
    [finding] = found("<p>\n  {{ contact.firstname }}")
    assert (finding.code, finding.line, finding.column) == ("case", 2, 3)
    assert finding.suggestion == "contact.firstName"
    assert finding.sentence == (
        "Line 2, column 3: “contact.firstname” is written “contact.firstName”. Motion's names are "
        "exact, capitals and all."
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("user.nmae", "user.name"),
        ("contact.firstNames", "contact.firstName"),
        ("firstName", "contact.firstName"),
        ("from_account", "fromAccount"),
    ],
)
def test_a_similar_name_is_offered(name: str, meant: str) -> None:
    [finding] = found(f"{{{{ {name} }}}}")
    assert (finding.code, finding.suggestion) == ("near", meant)
    assert f"Did you mean “{meant}”?" in finding.sentence


def test_a_name_like_no_other_is_unknown() -> None:
    [finding] = found("{{ weather }}")
    assert (finding.code, finding.suggestion, finding.start, finding.end) == ("unknown", "", 0, 13)


@pytest.mark.parametrize(
    ("source", "code", "suggestion"),
    [
        ("Dear {{ user.name", "unclosed", "}}"),
        ("Dear user.name }}", "stray", "{{"),
        ("{{ user.<b>name</b> }}", "split", "{{ user.name }}"),
        ("{{&nbsp;user.name }}", "spaced", "{{ user.name }}"),
        ("{{ }}", "empty", ""),
        ("{{ user.name|upper }}", "construct", ""),
        ("{% if user.name %}", "construct", ""),
        ("{# note #}", "construct", ""),
    ],
)
def test_each_other_mistake_has_a_sentence_and_what_may_take_its_place(
    source: str, code: str, suggestion: str
) -> None:
    [finding] = found(source)
    assert (finding.code, finding.suggestion) == (code, suggestion)
    assert finding.sentence.startswith("Line 1, column ")


def test_names_that_the_template_makes_itself_are_not_judged() -> None:
    source = "{% for number in range(3) %}{{ number }}{% endfor %}{% set x = 1 %}{{ x }}{{ y }}"
    assert [each.values["name"] for each in found(source) if each.code == "unknown"] == ["y"]


def test_an_expected_name_that_does_not_occur_comes_last() -> None:
    expected = {"link": "Nobody can choose a password without it."}
    names = [*NAMES, "link"]
    last = list(findings("{{ wrong }}", names, expected))[-1]
    assert (last.code, last.line) == ("unused", 0)
    assert last.sentence.endswith("Nobody can choose a password without it.")
    assert list(findings("{{ link }}", names, expected)) == []
    assert [each.code for each in findings("{{ link|e }}", names, expected)] == ["construct"]


def test_thousands_of_unknown_names_cost_few_suggestions() -> None:
    names = [f"contact.column{number}" for number in range(60)]
    source = "".join(f"{{{{ contact.kolumn{number}x }}}}" for number in range(3_000))
    start = time.thread_time()
    every = list(findings(source, names))
    assert len(every) == 3_000
    assert sum(each.code == "near" for each in every) <= MOST_SUGGESTIONS
    assert time.thread_time() - start < PROMPT


def test_long_parts_are_quoted_in_short() -> None:
    [finding] = found("{{ '" + "x" * 5_000 + "' }}")
    assert len(finding.sentence) < 300

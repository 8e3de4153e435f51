"""Filter presets: sound filters with a source each, and none is added twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motion_desk.models.choices import Operator, Verdict
from motion_desk.models.engines.header_filters import incomplete, judge
from motion_desk.models.filter_presets import (
    PRESETS,
    Basis,
    Preset,
    missing,
    preset_named,
    with_preset,
)
from motion_desk.models.incoming import Header, Incoming
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.services.messages.patterns import Patterns, fault

presets = pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.word)

WRITTEN = {
    "spamassassin": ("X-Spam-Status", "Yes, score=7.9 required=5.0 tests=NO_RELAYS"),
    "rspamd": ("X-Rspamd-Action", "add header"),
    "clamav": ("X-Virus-Status", "Infected (Lab.Test.Signature)"),
    "microsoft": ("X-Forefront-Antispam-Report", "CIP:192.0.2.7;SFV:SPM;SCL:5;CAT:SPM"),
    "barracuda": ("X-Barracuda-Spam-Flag", "YES"),
}
"""What each product writes into a message that it takes for bad."""
CLEAN = {
    "spamassassin": ("X-Spam-Status", "No, score=-0.9 required=5.0"),
    "rspamd": ("X-Rspamd-Action", "no action"),
    "clamav": ("X-Virus-Status", "Clean"),
    "microsoft": ("X-Forefront-Antispam-Report", "CIP:192.0.2.7;SFV:NSPM;SCL:1"),
    "barracuda": ("X-Barracuda-Spam-Status", "No, SCORE=0.00 using per-user scores"),
}


def message(name: str, content: str) -> Incoming:
    """A message with one header."""
    return Incoming("Sample", (Header(name, content, content),), f"{name}: {content}", "d")


@presets
def test_each_filter_is_complete_and_names_its_source(preset: Preset) -> None:
    assert preset.filters
    for each in preset.filters:
        assert incomplete(each.row) == ""
        assert each.source.startswith("https://")
        if each.operator is Operator.MATCHES:
            assert fault(each.value) == ""


@presets
def test_a_preset_rejects_what_its_product_takes_for_bad_and_nothing_else(preset: Preset) -> None:
    rules = with_preset(preset, ())
    bad = judge(rules, message(*WRITTEN[preset.word]), Patterns())
    assert bad.verdict is Verdict.REJECT
    clean = judge(rules, message(*CLEAN[preset.word]), Patterns())
    assert clean.verdict is Verdict.ACCEPT


@presets
def test_a_source_is_a_page_and_each_basis_but_documentation_is_said(preset: Preset) -> None:
    for each in preset.filters:
        assert each.source.removeprefix("https://").rstrip("/").count("/"), "a page, not a site"
        if each.basis is Basis.DOCUMENTED:
            assert not each.source.endswith(".c")


@pytest.mark.parametrize("verdict", ["SPM", "SKS", "SKB"])
def test_all_of_microsofts_words_for_spam_are_rejected(verdict: str) -> None:
    rules = with_preset(preset_named("microsoft"), ())
    header = message("X-Forefront-Antispam-Report", f"CIP:192.0.2.7;SFV:{verdict};SCL:5")
    assert judge(rules, header, Patterns()).verdict is Verdict.REJECT


@presets
def test_a_preset_is_never_added_twice(preset: Preset) -> None:
    once = with_preset(preset, ())
    assert len({row.id for row in once}) == len(preset.filters)
    assert missing(preset, once) == ()
    assert with_preset(preset, once) == once


def test_a_filter_written_in_other_capitals_counts_as_there_but_a_negated_one_does_not() -> None:
    preset = preset_named("spamassassin")
    same = HeaderFilter(id="a", header="x-spam-flag", operator=Operator.EQUALS, value="Yes")
    assert [each.header for each in missing(preset, (same,))] == ["X-Spam-Status"]
    other = replace(same, negated=True)
    assert len(missing(preset, (other,))) == 2


def test_filters_are_added_behind_those_that_are_there() -> None:
    first = HeaderFilter(id="a", header="From", operator=Operator.EXISTS, verdict=Verdict.ACCEPT)
    assert with_preset(preset_named("clamav"), (first,))[0] is first


def test_the_capitals_of_a_regular_expression_count() -> None:
    preset = preset_named("microsoft")
    rule = next(each for each in preset.filters if each.operator is Operator.MATCHES)
    known = replace(rule.row, id="a", value="^[5-9]$")
    assert rule not in missing(preset, (known,))


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(KeyError):
        preset_named("nothing")

"""Every text of the declarations is fit to be read, and every source is a page that opens."""

import re
from collections import Counter
from itertools import groupby

import pytest

from motion_desk.models.fields import Field, fields_of
from motion_desk.models.rules import ALWAYS, When
from motion_desk.services import bundled
from tests.laws.declared import CELLS, DECLARED, FIELDS, ROWS, SECTIONS, conditions, row_of


@pytest.mark.parametrize("key", DECLARED)
def test_sentences_about_a_field_are_whole_and_single_spaced(key: str) -> None:
    field = DECLARED[key]
    for sentence in filter(None, (field.help, field.note, field.warning)):
        assert sentence.endswith(".")
        assert "  " not in sentence
        assert sentence == sentence.strip()
        assert sentence[0].isupper()


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_says_what_it_is_for(name: str) -> None:
    about = SECTIONS[name].about
    assert re.fullmatch(r"[A-Z].*\.", about)
    assert "  " not in about


@pytest.mark.parametrize("key", DECLARED)
def test_a_field_says_what_it_does(key: str) -> None:
    """A list that is all there is of its section is explained by the section."""
    alone = key in FIELDS and len(SECTIONS[key.partition(".")[0]].fields) == 1
    assert DECLARED[key].help or alone


@pytest.mark.parametrize("key", DECLARED)
def test_a_label_starts_with_a_capital_and_is_no_sentence(key: str) -> None:
    label = DECLARED[key].label
    assert label[:1].isupper()
    assert label == " ".join(label.split())
    assert not label.endswith((".", ":"))


@pytest.mark.parametrize("name", SECTIONS)
def test_labels_are_unique_within_their_group(name: str) -> None:
    labels = Counter((field.group, field.label.casefold()) for field in SECTIONS[name].fields)
    assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("place", ROWS)
def test_labels_of_a_row_are_unique(place: str) -> None:
    labels = Counter(field.label.casefold() for field in fields_of(ROWS[place]))
    assert [label for label, count in labels.items() if count > 1] == []


@pytest.mark.parametrize("name", SECTIONS)
def test_fields_of_a_group_stand_together(name: str) -> None:
    headings = [group for group, _ in groupby(field.group for field in SECTIONS[name].fields)]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("source", sorted({field.source for field in DECLARED.values()}))
def test_the_source_of_a_field_is_a_page(source: str) -> None:
    page = bundled.page(source)
    assert page.title
    assert page.url.startswith("https://")


@pytest.mark.parametrize("name", SECTIONS)
def test_the_source_of_a_section_is_a_page(name: str) -> None:
    assert bundled.page(SECTIONS[name].source).url.startswith("https://")


@pytest.mark.parametrize("key", [key for key, field in DECLARED.items() if field.since])
def test_a_version_is_one_that_can_be_compared(key: str) -> None:
    assert re.fullmatch(r"\d+(\.\d+)+", DECLARED[key].since)


def _possible(field: Field, condition: When) -> bool:
    return not any(
        fault for value in condition.values for fault in field.kind.check(value)
    ) and bool(condition.values)


@pytest.mark.parametrize("key", [key for key, field in DECLARED.items() if field.visible != ALWAYS])
def test_a_rule_names_only_values_that_its_leader_can_have(key: str) -> None:
    """A word in place of an option would hide the field for ever."""
    known = {cell.name: cell for cell in fields_of(row_of(key))} if key in CELLS else FIELDS
    for condition in conditions(DECLARED[key].visible):
        assert _possible(known[condition.key], condition)


@pytest.mark.parametrize("name", [name for name, s in SECTIONS.items() if s.visible != ALWAYS])
def test_a_section_rule_names_only_values_that_its_leader_can_have(name: str) -> None:
    for condition in conditions(SECTIONS[name].visible):
        assert _possible(FIELDS[condition.key], condition)

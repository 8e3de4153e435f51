"""The synthetic document is of the wanted size and behaves like an account."""

from typing import Any

import pytest

from motion_desk.models.catalogue import catalogue_of
from motion_desk.models.changes import change, effective, resolve
from motion_desk.models.checks import check
from motion_desk.models.choices import Service
from motion_desk.models.directory import Surroundings
from motion_desk.models.document import Document, get
from motion_desk.models.plain import content, digest, with_content
from motion_desk.models.rules import ALWAYS
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.models.views import view
from tests.synthetic import MODE, SECTIONS, synthetic_catalogue


def document(fields: int = 200) -> Any:
    """A document of so many fields, at its defaults."""
    return synthetic_catalogue(fields).document(id="synthetic")


def shown(changed: Document) -> set[str]:
    """The keys of the fields that are shown."""
    return {key for key, visible in resolve(changed).visible.items() if visible}


@pytest.mark.parametrize("fields", [100, 200, 333])
def test_it_has_as_many_fields_as_wanted(fields: int) -> None:
    catalogue = synthetic_catalogue(fields)
    assert len(catalogue.fields) == fields
    assert len(catalogue.sections) == SECTIONS
    assert catalogue_of(document(fields)) is catalogue
    assert sum(field.visible != ALWAYS for field in catalogue.fields.values()) >= fields // 3
    assert sum(len(each) for each in catalogue.followers.values()) >= fields // 10


def test_it_is_made_once() -> None:
    assert synthetic_catalogue(200) is synthetic_catalogue(200)


def test_its_mode_shows_one_half_of_the_sections_or_the_other() -> None:
    before = shown(document())
    after = shown(change(document(), MODE, Service.GMAIL))
    # The first section stands always, the last holds rows as well.
    assert len(before - after) == 100
    assert len(after - before) == 80
    assert change(change(document(), MODE, Service.GMAIL), MODE, Service.CUSTOM) == document()


def test_its_switches_hide_fields_and_lead_followers() -> None:
    off = change(document(), "part0.switch", False)
    assert shown(document()) - shown(off) == {
        f"part0.{name}" for name in ("server", "port", "login", "password", "note")
    }
    assert get(off, "part0.port") == 143
    mail = change(document(), "part0.mail", "a@example.com")
    assert get(mail, "part0.login") == "a@example.com"


def test_it_is_checked_viewed_and_written_like_an_account() -> None:
    before = document()
    after = change(before, "part0.timeout", 0)
    after = change(after, "part9.filters", (HeaderFilter(id="2abc"),))
    problems = check(after)
    assert {problem.code for problem in problems} == {"required", "range"}
    assert "part9.filters/2abc/header" in {problem.key for problem in problems}
    seen = view(before, after, Surroundings())
    assert seen.problems == problems
    assert [section.name for section in seen.sections if section.changed] == ["part0", "part9"]
    again = with_content(document(), content(after))
    assert again == after
    assert digest(again) == digest(after) != digest(before)
    assert effective(effective(after)) == effective(after)

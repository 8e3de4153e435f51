"""The reference has every field, and every field its page of Motion's documentation."""

import json
import re
from pathlib import Path

import pytest

from motion_desk.models.catalogue import ACCOUNT, WORKSPACE
from motion_desk.models.fields import Field, fields_of
from motion_desk.models.kinds import Rows
from motion_desk.services import bundled
from motion_desk.services.exchange.reference import reference

COMMITTED = Path(__file__).parents[3] / "docs" / "reference.md"
ALL = (*ACCOUNT.fields.values(), *WORKSPACE.fields.values())
SECTIONS = (*ACCOUNT.sections, *WORKSPACE.sections)


def test_the_committed_reference_is_what_the_declarations_say() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == reference(), (
        "write it anew: motion-desk reference > docs/reference.md"
    )


@pytest.mark.parametrize("field", ALL, ids=lambda field: field.key)
def test_a_field_stands_under_its_key(field: Field) -> None:
    assert f'### <a id="{field.key}"></a>{field.label}\n' in reference()


def test_every_link_within_the_reference_leads_somewhere() -> None:
    anchors = set(re.findall(r'<a id="([^"]+)">', reference()))
    links = set(re.findall(r"\]\(#([^)]+)\)", reference()))
    assert links
    assert links <= anchors


def entry(key: str) -> str:
    """The paragraph below a field's heading."""
    return reference().partition(f'<a id="{key}"></a>')[2].split("\n\n")[1]


def test_an_entry_says_all_that_is_declared() -> None:
    port = entry("imap.port")
    assert "whole number from 1 to 65535" in port
    assert "needed" in port
    assert "default `993`" in port
    assert "Follows SSL: 993 while it is on, 143 while it is off." in port
    assert "(https://xcally.atlassian.net/wiki/spaces/XM/pages/1940168147)" in port
    timeout = entry("transfer.queue_timeout")
    assert "whole number from 1 to 2147483 s" in timeout
    assert "Shown when Transfer to queue is on." in timeout
    assert "Needs Motion 3.32." in entry("transfer.to_account")
    assert "Not confirmed" not in entry("imap.host")
    assert "does not confirm" in entry("authentication.any_certificate")
    assert "Motion Desk's own." in entry("settings.used_for")
    assert "secret (never in documents)" in entry("imap.password")


def test_a_row_says_what_its_cells_are() -> None:
    assert "* `timeout` **Timeout** – whole number from 1 to 2147483 s, needed." in reference()
    assert '#### <a id="actions.plan/queue"></a>Queue: `action: queue`' in reference()


def test_each_source_has_a_page() -> None:
    sources = {field.source for field in ALL} | {section.source for section in SECTIONS}
    for field in ALL:
        if isinstance(field.kind, Rows):
            sources |= {cell.source for row in field.kind.types for cell in fields_of(row)}
    for source in sources:
        page = bundled.page(source)
        assert page.title
        assert page.url.startswith("https://xcally.atlassian.net/wiki/")


def test_the_table_of_pages_says_where_its_addresses_come_from() -> None:
    assert "search engines" in json.loads(bundled.text("pages.json"))["note"]

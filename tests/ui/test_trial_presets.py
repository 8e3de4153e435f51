"""Presets on the page of header filters: shown before they are added, added once, undone at once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from tests.journeys.driver import Driver
from tests.journeys.trial import add_preset
from tests.ui.test_labels import page_faults
from tests.ui.tried import KEY, RULES, filters

__all__ = ["filters"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def shown(driver: Driver) -> str:
    """All that the preview says."""
    labels = driver.find("filter-presets:preview").findChildren(QLabel)
    return "\n".join(each.text().replace("\u200b", "") for each in labels if each.isVisible())


def test_the_menu_offers_every_scanner(filters: Driver) -> None:
    filters.section("advanced")
    actions = filters.find("filter-presets:menu").menu().actions()
    assert [action.text() for action in actions] == [
        "SpamAssassin",
        "Rspamd",
        "ClamAV",
        "Microsoft 365 and Exchange",
        "Barracuda",
    ]
    actions[2].trigger()
    filters.rest()
    assert "X-Virus-Status contains “Infected” → Reject" in shown(filters)


def test_a_preset_is_shown_with_its_sources_before_anything_is_added(filters: Driver) -> None:
    filters.section("advanced")
    filters.find("filter-presets").show_preset("spamassassin")
    filters.rest()
    text = shown(filters)
    assert "X-Spam-Status starts with “Yes” → Reject" in text
    assert "from the product's documentation, not Motion's: https://spamassassin." in text
    assert "X-Spam-Flag equals “YES” → Reject – is there already" in text
    assert filters.find("filter-presets:add").text() == "Add 1 filter"
    assert filters.value(KEY) == RULES
    filters.press("filter-presets:cancel")
    assert not filters.is_there("filter-presets:preview")


def test_what_is_added_stands_at_the_end_and_one_undo_takes_it_back(filters: Driver) -> None:
    add_preset(filters, "rspamd")
    added = filters.value(KEY)
    assert added[:3] == RULES
    assert [rule.header for rule in added[3:]] == ["X-Spam", "X-Spam-Status", "X-Rspamd-Action"]
    assert "3 filters for Rspamd added" in filters.said()
    filters.command("undo")
    assert filters.value(KEY) == RULES


def test_a_preset_that_is_there_already_cannot_be_added_again(filters: Driver) -> None:
    add_preset(filters, "barracuda")
    filters.find("filter-presets").show_preset("barracuda")
    filters.rest()
    button = filters.find("filter-presets:add")
    assert button.text() == "All are there already"
    assert not button.isEnabled()
    filters.command("undo")
    filters.rest()
    assert filters.find("filter-presets:add").text() == "Add 2 filters"


def test_a_button_leads_to_the_trial(filters: Driver) -> None:
    filters.section("advanced")
    filters.press("filter-presets:try")
    filters.wait(lambda: filters.console.window.section == "trial", "the trial")


@pytest.mark.parametrize("word", ["spamassassin", "rspamd", "microsoft"])
def test_no_text_of_a_preset_is_cut_in_the_smallest_window(word: str, filters: Driver) -> None:
    window = filters.console.window
    window.resize(window.minimumSize())
    filters.section("advanced")
    filters.find("filter-presets").show_preset(word)
    assert page_faults(filters) == []

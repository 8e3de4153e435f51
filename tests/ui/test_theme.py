"""The theme: every text can be read on the ground that it stands on, in both schemes."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor

from motion_desk.services import bundled
from motion_desk.ui.theme import DARK, LIGHT, Colours
from tests.journeys.driver import Driver

LEAST = 4.5
"""WCAG 2, level AA, for text of ordinary size."""
LEAST_OF_SHAPES = 3.0
"""The same for the edges of what can be operated."""

GROUNDS = ("error_ground", "warning_ground", "success_ground")
TEXTS = {
    # what is written            on which grounds
    "text": ("window", "panel", "base", "hover", "selected", *GROUNDS),
    "muted": ("window", "panel", "base", "hover", "selected", *GROUNDS),
    "accent": ("window", "base", "hover"),
    "on_accent": ("accent",),
    "error": ("window", "base", "panel", "selected", "hover", "error_ground"),
    "warning": ("window", "base", "panel", "selected", "hover", "warning_ground"),
    "success": ("window", "base", "panel", "selected", "hover", "success_ground"),
}
"""Lists are drawn on the panel, their chosen line on “selected”; cells of rows on the base."""

SHAPES = {"strong_border": ("window", "base"), "accent": ("window", "base", "panel", "selected")}


def luminance(name: str) -> float:
    """The relative luminance of WCAG 2."""
    colour = QColor(name)
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


PAIRS = [(text, ground, LEAST) for text, grounds in TEXTS.items() for ground in grounds]
PAIRS += [(edge, ground, LEAST_OF_SHAPES) for edge, grounds in SHAPES.items() for ground in grounds]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
def test_what_stands_on_a_ground_can_be_told_from_it(
    colours: Colours, text: str, ground: str, least: float
) -> None:
    reached = contrast(getattr(colours, text), getattr(colours, ground))
    assert reached >= least, f"{text} on {ground} reaches {reached:.2f}"


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_style_sheet_names_no_colour_of_its_own() -> None:
    """Or it would stay as it is when the scheme changes."""
    sheet = bundled.text("style/motion-desk.qss")
    rules = re.findall(r"\{([^}]*)\}", sheet)
    assert rules
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(", "".join(rules)) == []


@pytest.mark.parametrize(("name", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_a_tick_has_the_colour_of_what_stands_on_the_accent(name: str, colours: Colours) -> None:
    picture = bundled.text(f"style/tick-{name}.svg")
    assert re.findall(r'stroke="(#\w+)"', picture) == [colours.on_accent]


def test_a_scheme_that_was_chosen_is_kept(driver: Driver) -> None:
    theme = driver.application.theme
    driver.command("dark")
    assert theme.colours is DARK
    ground = driver.console.window.palette().window().color()
    assert ground == QColor(DARK.window)
    theme.prefer("light")
    from motion_desk.ui import preferences

    assert preferences.scheme() == "dark"

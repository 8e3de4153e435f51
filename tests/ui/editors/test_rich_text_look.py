"""The editor of rich text: colours, and large values."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import pytest
from PySide6.QtGui import (
    QColor,
    QPalette,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from motion_desk.ui.editors.visual_colours import contrast, readable
from tests.ui.editors.rich_text_desk import Desk

# Look and speed


@pytest.mark.parametrize("page", ["#ffffff", "#23272e", "#000000"])
@pytest.mark.parametrize(
    "colour", ["#000000", "#1f2937", "#808080", "#ffff00", "#ffffff", "#0000ff"]
)
def test_every_colour_is_drawn_readable(page: str, colour: str) -> None:
    assert contrast(readable(QColor(colour), QColor(page)), QColor(page)) >= 4.5


def test_a_change_of_the_palette_redraws_and_changes_nothing(desk: Desk) -> None:
    desk.editor.show_value("<p style='color:#222'>MMMM</p>")
    # The cursor, which is drawn in the palette's own colour, must not be seen.
    desk.button("Insert variable").setFocus()
    palette = QPalette(QColor("#202020"))
    desk.editor.setPalette(palette)
    QApplication.processEvents()
    image = desk.editor.visual.viewport().grab().toImage()
    base = palette.color(QPalette.ColorRole.Base)
    drawn = [image.pixelColor(x, y) for x in range(80) for y in range(50)]
    assert max(contrast(colour, base) for colour in drawn) >= 4.5
    assert desk.values == []


@pytest.mark.parametrize(
    "value",
    [
        "\n".join(["<p class='a'>Hello {{ name }}</p>"] * 10_000),
        "<td>x</td>" * 500_000,
        f"<p>a</p><img src='data:image/png;base64,{'A' * 1_400_000}'>",
    ],
    ids=["10,000 lines", "one line of 5 MB", "a picture of 1 MB"],
)
def test_a_large_value_is_shown_and_edited_without_a_freeze(
    desk: Desk, value: str, timed: Callable[[Callable[[], object]], float]
) -> None:
    """The bounds are ten times what was measured; the widget alone takes up to 86 s for these."""
    assert timed(lambda: desk.editor.show_value(value)) < 8
    desk.editor.show_source()
    desk.type("a")
    assert timed(lambda: desk.type("a")) < 2
    assert len(desk.values[-1]) == len(value) + 2


@pytest.fixture
def timed() -> Callable[[Callable[[], object]], float]:
    """Seconds that something takes until it is painted."""

    def seconds(act: Callable[[], object]) -> float:
        start = perf_counter()
        act()
        QTest.qWait(0)
        return perf_counter() - start

    return seconds


def test_what_is_said_below_a_text_never_makes_its_page_wider(desk: Desk) -> None:
    """The smallest page has less than 300 pixels for an editor beside a preview."""
    desk.editor.show_value("<p>{{ contact.firstName }} hello</p>\n" * 10_000)
    assert "200 kB" in desk.editor.message.text()
    assert "Gmail hides the end" in desk.editor.weight.text()
    assert desk.editor.minimumSizeHint().width() <= 300

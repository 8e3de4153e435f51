"""Preview: from a key press to the mail on screen, against loading the same mail in the same view."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from time import perf_counter

os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")  # Chromium refuses it to root

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from motion_desk.ui.preview.pane import PreviewPane
from motion_desk.ui.preview.previewing import DEBOUNCE
from tests.bench.figures import Figure
from tests.bench.window import Pulse, rest
from tests.journeys.driver import Driver

TURNS = 15
KEY = "template.body"
ROW = (
    "<tr><td style='padding: 8px; border-bottom: 1px solid #ddd'>Item {n}, {{{{ contact.firstName "
    "}}}}</td><td style='padding: 8px; text-align: right'>{n}.00</td></tr>"
)
LIMIT = 10.0
"""Seconds after which a mail is taken for lost."""


def template() -> str:
    """A template of 50 kB."""
    rows = "".join(ROW.format(n=n) for n in range(330))
    return (
        "<html><head><style>table { width: 600px } .total { font-weight: bold }</style></head>"
        f"<body>\n<p>Dear {{{{ contact.lastName }}}},</p>\n<table>{rows}</table></body></html>"
    )


def _until_loaded(pane: PreviewPane, act: object) -> float:
    """Milliseconds from ``act`` until a mail is on screen."""
    loads: list[float] = []
    connection = pane.mail.loaded.connect(lambda: loads.append(perf_counter()))
    begin = perf_counter()
    act()  # type: ignore[operator]  # called with nothing
    while not loads:
        QApplication.processEvents()
        if perf_counter() - begin > LIMIT:
            raise AssertionError("no mail was loaded")
    pane.mail.loaded.disconnect(connection)
    return 1000 * (loads[0] - begin)


def figures(driver: Driver) -> Iterator[Figure]:
    """Edit a template in the open window, and watch its preview."""
    driver.open("Customer care")
    driver.section("template")
    driver.press(f"preview:{KEY}")
    pane = driver.console.beside.pane
    assert pane is not None
    driver.console.desk.edit(KEY, template())
    editor = driver.find(KEY)
    editor.go_to_source(2, 9)
    rest()
    pulse = Pulse()
    typed, loaded, pauses = [], [], []
    for _ in range(TURNS):
        pages: list[str] = []
        connection = pane.previewing.made.connect(lambda made, pages=pages: pages.append(made.page))
        pulse.begin()
        typed.append(_until_loaded(pane, lambda: QTest.keyClick(editor.source, Qt.Key.Key_X)))
        driver.wait(lambda: not pane.previewing.is_busy, "the checks")
        pauses.append(pulse.end())
        pane.previewing.made.disconnect(connection)
        loaded.append(_until_loaded(pane, lambda pages=pages: pane.mail.show_html(pages[0])))
    driver.press("preview:close")
    load = statistics.median(loaded[2:])
    yield Figure(
        f"key press → preview updated, 50 kB, against {DEBOUNCE} ms + 1.5 × loading it "
        f"({load:.0f} ms)",
        statistics.median(typed[2:]),
        DEBOUNCE + 1.5 * load,
        1,
    )
    yield Figure(
        "longest pause of the window meanwhile, median", statistics.median(pauses[2:]), 0, 16
    )

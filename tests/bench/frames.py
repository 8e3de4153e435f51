"""Frames: how long the window's own thread computes for one thing that a person does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median
from time import thread_time

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPixmap, QRegion
from PySide6.QtWidgets import QApplication

from motion_desk.models.account import Account
from motion_desk.models.document import put
from motion_desk.models.incoming import Header, Incoming
from motion_desk.models.sections.actions import PLAN
from motion_desk.models.sections.answers import DispositionEntry
from motion_desk.models.sections.routing import HeaderFilter
from motion_desk.services.invitations.staff import Person
from motion_desk.ui.invite.cells import Column
from motion_desk.ui.timeline.scale import position
from motion_desk.ui.timeline.warming import turns
from motion_desk.ui.trial.lines import MOST
from tests.bench.figures import Figure
from tests.bench.opened import opened
from tests.journeys import inviting, timelines, trial
from tests.models.plans import plan
from tests.ui import invited, timed
from tests.ui.scripted import claims

FRAME = 16
"""Milliseconds of one frame of 60 a second."""
TREE = "dispositions.entries"
FILTERS = "advanced.header_filters"
BODY = "template.body"
LINE = '<p>Dear {{ user.name }}, your shop is <a href="{{ shop.size }}">here</a> {{ x }}</p>\n'
TEXT = LINE * (50_000 // len(LINE))


def figures() -> Iterator[Figure]:
    """The window's own time, in milliseconds, of edits, drawings and drags in large documents."""
    yield from _dispositions()
    yield from _flow()
    yield from _names()
    yield from _timeline()
    yield from _waits()
    yield from _staff()
    yield from _matrix()


def _own(act: Callable[..., object], *given: object) -> float:
    begun = thread_time()
    act(*given)
    return 1000 * (thread_time() - begun)


def _frame(what: str, times: Sequence[float], which: Callable[[Sequence[float]], float]) -> Figure:
    return Figure(what, which(times), 0, FRAME)


def _dispositions() -> Iterator[Figure]:
    rows = tuple(
        DispositionEntry(
            id=f"{n}", name=f"Label {n}", parent="" if n % 30 == 0 else f"{n // 30 * 30}"
        )
        for n in range(300)
    )
    with opened(put(claims(), TREE, rows)) as driver:
        driver.section("dispositions")
        driver.choose(TREE, "65")
        edit = driver.console.desk.edit
        times = [_own(edit, f"{TREE}/65/name", f"Name {n}") for n in range(25)]
        yield _frame("a key in one of 300 dispositions, median", times, median)


def _flow() -> Iterator[Figure]:
    words = ("log", "queue 60", "if {} {}", "agent 30", "goto {}")
    rows = plan(*(words[n % 5].format(n * 13 % 60 + 1, n * 7 % 60 + 1) for n in range(60)))
    with opened(put(claims(), PLAN, rows)) as driver:
        driver.console.window.resize(1600, 900)
        driver.section("actions")
        driver.rest()
        flow = driver.find("plan_flow")
        canvas, view = flow.canvas, flow.area.viewport()
        picture = QPixmap(view.size())
        times = []
        for top in range(0, canvas.height() - view.height(), canvas.height() // 24):
            region = QRegion(QRect(0, top, canvas.width(), view.height()))
            times.append(_own(canvas.render, picture, QPoint(), region))
        yield _frame("painting what is in view of 60 actions, median", times, median)
        yield _frame("the same, worst", times, max)


def _names() -> Iterator[Figure]:
    with opened(put(claims(), BODY, TEXT)) as driver:
        driver.section("template")
        editor = driver.find(BODY)
        for kind, show, place in (
            ("as it will look", editor.show_visual, 0),
            ("as source", editor.show_source, 1),
        ):
            show()
            driver.rest()
            looking = editor.underlines[place]
            times = []
            for number in range(15):
                editor.show_value(f"{TEXT}<p>{number}</p>")  # or it is known from before
                times.append(_own(looking.look))
            assert looking.places
            yield _frame(f"looking for wrong names in 50 kB {kind}, median", times, median)


def _timeline() -> Iterator[Figure]:
    with opened() as driver:
        driver.open("Customer care")
        console = driver.console
        ready = turns(console.session, lambda: console.window.pages.panel("timeline"))
        for _ in ready:  # as the window does by itself while nobody does anything
            driver.rest()
        first = _own(console.window.sections.choose, "timeline")
        page, times = driver.find("panel:timeline"), [first]
        while not page.is_drawn:
            times.append(_own(QApplication.processEvents))
        yield _frame("the timeline opened for the first time: the longest turn", times, max)


def _waits() -> Iterator[Figure]:
    with opened(timed.workspace(), timed.account()) as driver:
        driver.open("Claims")
        timelines.open_timeline(driver)
        timelines.arrange(driver, "nobody")
        timelines.hold(driver, timed.QUEUE_WAIT, 60)
        drag = driver.find(f"timeline:wait:{timed.QUEUE_WAIT}").setSliderPosition
        times = [_own(drag, position(seconds)) for seconds in range(70, 900, 30)]
        timelines.let_go(driver, timed.QUEUE_WAIT)
        yield _frame("a wait of the timeline dragged, median", times, median)


def _staff() -> Iterator[Figure]:
    with opened(invited.workspace(), invited.sender()) as driver:
        page = inviting.open_invite(driver)
        page.people.add(
            Person(name=f"N{n * 7919 % 10_000:05}", address=f"n{n}@x.example") for n in range(9_000)
        )
        inviting.drawn(driver)
        sort = [
            _own(partial(page.people.arrange, Column.NAME, descending=down))
            for down in (False, True) * 5
        ]
        yield _frame("9,000 people sorted, median", sort, median)
        table = driver.find("invite:people")
        found = [_own(table.look_for, f"N0{n}") for n in range(100, 110)]
        yield _frame("9,000 people searched, median", found, median)


def _matrix() -> Iterator[Figure]:
    rules = tuple(HeaderFilter(id=f"r{n:02}", header="Subject", value=f"{n}0 ") for n in range(100))
    names = ("Received", "From", "To", "Subject", "Date", "Message-ID")
    messages = []
    for number in range(MOST):
        headers = tuple(Header(name, f"{number} {name}", f"{number} {name}") for name in names)
        messages.append(Incoming(f"Number {number}", headers, f"{number}", f"{number}"))
    account = put(put(Account(), "settings.name", "Claims"), FILTERS, rules)
    with opened(account) as driver:
        page = trial.open_trial(driver)
        driver.console._panel_tools.messages.add(driver.account_draft().id, messages)
        turns = []
        while not page.is_drawn:
            turns.append(_own(QApplication.processEvents))
        what = f"100 filters × {MOST:,} messages"
        yield _frame(f"{what} judged: the longest turn", turns, max)
        table = driver.find("trial:matrix")
        down, across = table.verticalScrollBar(), table.horizontalScrollBar()

        def scroll(number: int) -> None:
            down.setValue(number * 1_000)
            across.setValue(number * 41)
            table.viewport().repaint()

        times = [_own(scroll, number) for number in range(60)]
        yield _frame(f"{what}: a frame while scrolling, median", times, median)
        yield _frame("the same, worst of 60", times, max)


if __name__ == "__main__":
    for figure in figures():
        print(figure.line(), flush=True)

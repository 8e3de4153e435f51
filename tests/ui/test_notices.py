"""Notices: each is shown once, until it is closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from motion_desk.ui.notices import Notices
from tests.journeys.stage import the_application


@pytest.fixture
def notices(qapp: QApplication) -> Iterator[Notices]:
    the_application()
    shown = Notices()
    shown.resize(400, 60)
    yield shown
    shown.close()
    shown.deleteLater()


def visible(notices: Notices) -> list[str]:
    QApplication.processEvents()
    labels = notices.findChildren(QLabel)
    return [label.text() for label in labels if label.text() and label.isVisibleTo(notices)]


def test_without_a_notice_there_is_nothing_to_see(notices: Notices) -> None:
    assert not notices.isVisible()


def test_each_notice_is_shown_once_the_newest_last(notices: Notices) -> None:
    for text in ("one", "two", "one"):
        notices.tell(text)
    assert notices.isVisible()
    assert notices.texts == ("one", "two")
    assert visible(notices) == ["one", "two"]


def test_closing_one_leaves_the_others_and_closing_all_leaves_nothing(notices: Notices) -> None:
    notices.tell("one")
    notices.tell("two", warning=False)
    for left in (("two",), ()):
        close = notices.findChildren(QToolButton)[0]
        assert close.accessibleName()
        QTest.mouseClick(close, Qt.MouseButton.LeftButton)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert notices.texts == left
    assert not notices.isVisible()


def test_a_notice_that_was_closed_can_be_told_again(notices: Notices) -> None:
    notices.tell("one")
    notices.forget("one")
    notices.tell("one")
    assert notices.texts == ("one",)

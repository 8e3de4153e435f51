"""Access: each field has a name and a tooltip, by keyboard, screen reader and mouse alike."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QToolButton, QWidget

from motion_desk.models.catalogue import ACCOUNT, WORKSPACE
from motion_desk.models.fields import Status
from motion_desk.models.kinds import Rows
from motion_desk.services import bundled
from motion_desk.ui.form.words import documented
from tests.journeys.driver import Driver
from tests.journeys.stage import Stage

SAID = {
    Status.DOCUMENTED: "Documented by Motion.",
    Status.UNCONFIRMED: "Not confirmed by Motion's documentation.",
    Status.OURS: "A setting of Motion Desk, not of Motion.",
}


def spoken(widget: QWidget) -> str:
    """The name that a screen reader says."""
    if isinstance(widget, QComboBox):  # Qt says what is chosen; the name comes with the label
        return widget.accessibleName()
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


@pytest.fixture(params=["Trade desk", "Customer care", "Workspace"])
def demo(stage: Stage, request: pytest.FixtureRequest) -> Driver:
    """A window on one document of the demo workspace."""
    driver = stage(how="demo")
    driver.open(request.param)
    return driver


def test_whatever_takes_the_focus_has_a_name(demo: Driver) -> None:
    nameless = []
    for section in demo.sections():
        demo.section(section)
        for widget in demo.page.findChildren(QWidget):
            by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
            if by_tab and widget.isVisible() and not spoken(widget):
                nameless.append(f"{section}: {type(widget).__name__} in {key_of(widget)}")
    assert nameless == []


def key_of(widget: QWidget | None) -> str:
    while widget is not None and "." not in widget.objectName():
        widget = widget.parentWidget()
    return widget.objectName() if widget else ""


def test_each_editor_says_its_label_and_whether_motion_documents_it(demo: Driver) -> None:
    for section in demo.sections():
        demo.section(section)
        for row in demo.rows():
            target = row.editor.focusProxy() or row.editor
            wanted = [row.field.label, "HTML source"]
            if isinstance(row.field.kind, Rows) and not demo.value(row.key):
                wanted = [f"Add {row.field.kind.one}"]  # all that can be done in an empty list
            assert spoken(target) in wanted, row.key
            tip = row.editor.toolTip()
            assert row.field.label in tip.replace("&#x27;", "'"), row.key
            assert SAID[row.field.status] in tip.replace("&#x27;", "'"), row.key


def test_cells_of_a_list_that_is_ours_need_no_mark_of_their_own(stage: Stage) -> None:
    demo = stage(how="demo")
    demo.open("Workspace")
    demo.section("authorities")
    [entry] = demo.value("authorities.entries")
    assert demo.find("mark:authorities.entries").text() == "Motion Desk's own"
    assert demo.is_there(f"authorities.entries/{entry.id}/note")
    assert not demo.is_there(f"mark:authorities.entries/{entry.id}/note")
    demo.section("queues")
    entry = demo.value("queues.entries")[0]
    assert demo.find(f"mark:queues.entries/{entry.id}/retired").text() == "Motion Desk's own"


def test_buttons_without_words_say_what_they_do(demo: Driver) -> None:
    wordless = []
    for section in demo.sections():
        demo.section(section)
        for button in demo.console.window.findChildren(QAbstractButton):
            plain = isinstance(button, QToolButton) and not button.text()
            if plain and button.isVisible() and not (button.toolTip() and spoken(button)):
                wordless.append(f"{section}: {button.objectName()} in {key_of(button)}")
    assert wordless == []


@pytest.mark.parametrize("key", [*ACCOUNT.fields, *WORKSPACE.fields])
def test_a_field_says_what_it_does_and_what_is_not_documented(key: str) -> None:
    field = ACCOUNT.fields.get(key) or WORKSPACE.fields[key]
    said = documented(field)
    assert said.startswith(SAID[field.status])
    assert field.note in said
    assert bundled.page(field.source).url.startswith("https://")


def test_a_mark_and_the_pages_link_open_the_page_of_motions_documentation(
    demo: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(str(url)))
    )
    for section in demo.sections():
        demo.section(section)
        demo.press(f"documentation:{section}")
        assert opened[-1].startswith("https://")
        assert opened[-1] in demo.find(f"documentation:{section}").toolTip()
        for row in demo.rows():
            if demo.is_there(f"mark:{row.key}"):
                count = len(opened)
                demo.press(f"mark:{row.key}")
                assert opened[count:] == [bundled.page(row.field.source).url]
    QApplication.processEvents()

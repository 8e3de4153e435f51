"""Icons: each that the code names is bundled, and each that is bundled is named."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from PySide6.QtWidgets import QApplication

import motion_desk
from motion_desk.ui import actions, entries
from motion_desk.ui.form import lines
from motion_desk.ui.icons import icon
from motion_desk.ui.panels.panels import PANELS
from motion_desk.ui.preview.pane import WIDTHS
from motion_desk.ui.theme import Colours

PACKAGE = Path(motion_desk.__file__).parent
BUNDLED = {path.stem for path in (PACKAGE.parent / "resources" / "icons").glob("*.svg")}
MAKERS = {"icon", "_icon", "IconLabel", "_button", "_toggle"}
"""What takes an icon's name first."""
ACTION = [ast.Name, ast.Constant, ast.Attribute]
"""How an action, its icon and its keys stand together."""
COLOURS = {field.name for field in fields(Colours)}


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def texts(node: ast.AST) -> Iterator[str]:
    """The constant texts in an expression; those of an f-string with a star for the rest."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from [*texts(one), *texts(other)]
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield f"{text}*"


def named_in(tree: ast.AST) -> Iterator[str]:
    """The names of icons that a module's calls and marks have."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in MAKERS and node.args:
            yield from texts(node.args[0])
        elif isinstance(node, ast.Call) and called(node) == "Entry":
            yield from (text for argument in node.args[3:4] for text in texts(argument))
        elif isinstance(node, ast.Tuple) and [type(each) for each in node.elts] == ACTION:
            yield from texts(node.elts[1])
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
            name, colour = node.elts
            if isinstance(colour, ast.Constant) and colour.value in COLOURS:
                yield from texts(name)


def named() -> set[str]:
    """The names of all icons that the program uses."""
    found = {*entries.ICONS.values(), *lines.ICONS.values()}
    found |= {panel.icon for panel in PANELS} | {name for name, *_ in WIDTHS}
    for group in (actions.FILE, actions.EDIT, actions.ACCOUNT, actions.VIEW, actions.HELP):
        found |= {command.icon for command in group if command and command.icon}
    for path in (PACKAGE / "ui").rglob("*.py"):
        found |= set(named_in(ast.parse(path.read_text(encoding="utf-8"))))
    opened = {name for name in found if name.endswith("*")}
    for beginning in opened:
        found |= {name for name in BUNDLED if name.startswith(beginning.removesuffix("*"))}
    # Not every pair of texts of which the second names a colour is a mark.
    return found - opened - COLOURS


def test_each_icon_that_is_named_is_bundled() -> None:
    assert named() - BUNDLED == set()


def test_each_bundled_icon_is_used() -> None:
    assert BUNDLED - named() == set()


def test_each_icon_draws_something(qapp: QApplication) -> None:
    for name in sorted(BUNDLED):
        image = icon(name, "#102030").pixmap(24, 24).toImage()
        drawn = {image.pixelColor(x, y).alpha() > 128 for x in range(24) for y in range(24)}
        assert drawn == {True, False}, name


def test_an_icon_without_room_is_not_drawn(qapp: QApplication) -> None:
    """Layouts ask for it while they have not given a widget its place; Qt would warn."""
    assert icon("mail", "#102030").pixmap(0, 0).isNull()

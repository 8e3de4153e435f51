"""Every source file keeps the rules that no tool knows, and each rule catches what it is for."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.shape import source_rules as rules

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "motion_desk"
MODELS, SERVICES, CLI, UI = (PROGRAM / room for room in ("models", "services", "cli", "ui"))
RECORDS = MODELS / "records.py"
# Must start fast: `--help` without Qt, the first window without all the rest.
ENTRANCES = [PROGRAM / "__main__.py", CLI / "__init__.py"]
# Made by tools and never committed.
NOT_SOURCE = {".git", ".venv", "build", "dist", "__pycache__", ".hypothesis", "uv.lock"}

Rule = Callable[[str], list[str]]


def modules(*places: Path) -> Iterator[Path]:
    """The modules in folders, and files that exist."""
    for place in places:
        yield from place.rglob("*.py") if place.is_dir() else filter(Path.exists, [place])


def all_files() -> Iterator[Path]:
    """Every file that people write or choose."""
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        cached = any(part.endswith("_cache") for part in parts)
        if path.is_file() and not cached and NOT_SOURCE.isdisjoint(parts):
            yield path


def offences(rule: Rule, files: Iterator[Path]) -> list[str]:
    """What a rule finds in files, as path:line: what."""
    return [
        f"{path.relative_to(ROOT)}:{offence}"
        for path in files
        for offence in rule(path.read_text(encoding="utf-8", errors="replace"))
    ]


only_models = partial(rules.imports_beyond, allowed=["motion_desk.models"])
only_models_and_tables = partial(rules.imports_beyond, allowed=["motion_desk.models", "sqlalchemy"])
WEB = UI / "preview" / "web"
no_heavy_start = partial(rules.eager_imports, banned=[*rules.HEAVY, "motion_desk.ui.preview.web"])
no_heavy_entrance = partial(
    rules.eager_imports, banned=[*rules.HEAVY, "PySide6", "motion_desk.ui", "motion_desk.app"]
)

KEPT = {
    "models import only the standard library and models": lambda: offences(
        only_models, (path for path in modules(MODELS) if path != RECORDS)
    ),
    "records import SQLAlchemy besides": lambda: offences(only_models_and_tables, modules(RECORDS)),
    "models and services hide no import": lambda: offences(
        rules.hidden_imports, modules(MODELS, SERVICES)
    ),
    "models, services and cli name nothing of Qt": lambda: offences(
        rules.qt_names, modules(MODELS, SERVICES, CLI)
    ),
    "the window loads heavy libraries late": lambda: offences(
        no_heavy_start,
        (path for path in modules(UI, PROGRAM / "app.py") if WEB not in path.parents),
    ),
    "the command line loads Qt and heavy libraries late": lambda: offences(
        no_heavy_entrance, modules(*ENTRANCES)
    ),
    "no module is long": lambda: offences(rules.too_long, modules(PROGRAM, ROOT / "tests")),
    "each module opens with a sentence": lambda: offences(
        rules.no_opening_sentence, modules(PROGRAM, ROOT / "tests")
    ),
    "no test judges by the clock": lambda: offences(rules.clock_judges, modules(ROOT / "tests")),
    "no file names a package registry": lambda: offences(rules.registry_hosts, all_files()),
}


@pytest.mark.parametrize("promise", KEPT)
def test_a_rule_is_kept(promise: str) -> None:
    assert KEPT[promise]() == []


CAUGHT = [
    (only_models, "import requests"),
    (only_models, "from motion_desk.services import store"),
    (only_models, "from motion_desk import services"),
    (only_models, "from ..services import store"),
    (only_models, "def late():\n    import sqlalchemy"),
    (only_models_and_tables, "import alembic"),
    (rules.hidden_imports, "import importlib"),
    (rules.hidden_imports, "from importlib import import_module"),
    (rules.hidden_imports, "import importlib.util"),
    (rules.hidden_imports, "import importlib.resources as r\nr.importlib.import_module('PySide6')"),
    (rules.hidden_imports, "def late():\n    return __import__('PySide6')"),
    (rules.qt_names, "from PySide6.QtCore import QObject"),
    (rules.qt_names, "def show(window: 'x', model: QAbstractItemModel) -> None: ..."),
    (rules.qt_names, "class Job(QObject): ..."),
    (rules.qt_names, "import binding\nbinding.Qt.AlignLeft"),
    (no_heavy_start, "import sqlalchemy.orm"),
    (no_heavy_start, "from PySide6 import QtWebEngineWidgets"),
    (no_heavy_start, "from PySide6.QtWebEngineCore import QWebEnginePage"),
    (no_heavy_start, "try:\n    import keyring\nexcept ImportError:\n    keyring = None"),
    (no_heavy_start, "class Page:\n    import jinja2"),
    (no_heavy_start, "from motion_desk.ui.preview.web.view import MailView"),
    (no_heavy_start, "if True:\n    from msal import PublicClientApplication"),
    (no_heavy_entrance, "from PySide6.QtWidgets import QApplication"),
    (no_heavy_entrance, "from motion_desk import app"),
    (rules.too_long, "pass\n" * (rules.LONGEST_FILE + 1)),
    (rules.no_opening_sentence, "import os"),
    (rules.no_opening_sentence, "# A comment.\n"),
    (rules.no_opening_sentence, '"""A title"""'),
    (rules.clock_judges, "def t():\n    b = monotonic()\n    assert monotonic() - b < 0.1"),
    (rules.clock_judges, "def t():\n    took = time.thread_time() - b\n    assert took <= 1"),
    (rules.clock_judges, "def t():\n    x.append(perf_counter() - b)\n    assert max(x) < 0.2"),
    (rules.registry_hosts, f"index = https://{rules.REGISTRY_HOSTS[0]}/simple"),
    (rules.registry_hosts, f"a line\nurl: Files.{rules.REGISTRY_HOSTS[1].upper()}/packages"),
]

FREE = [
    (only_models, "import dataclasses, collections.abc\nfrom motion_desk.models import rules"),
    (only_models_and_tables, "from sqlalchemy.orm import DeclarativeBase"),
    (rules.hidden_imports, "from importlib import resources, metadata"),
    (rules.qt_names, '"""Knows nothing of QObject."""\nfrom queue import Queue\nQUEUE = Queue()'),
    (no_heavy_start, "from PySide6.QtWidgets import QWidget\ndef late():\n    import keyring"),
    (no_heavy_start, "if TYPE_CHECKING:\n    import sqlalchemy"),
    (no_heavy_start, "async def late():\n    import msal"),
    (no_heavy_entrance, "import click\ndef late():\n    from motion_desk import app"),
    (rules.too_long, "pass\n" * rules.LONGEST_FILE),
    (rules.no_opening_sentence, '"""What it is.\n\nAnd why."""'),
    (rules.clock_judges, "def t():\n    b = monotonic()\n    assert monotonic() - b < 4"),
    (rules.clock_judges, "def t():\n    assert len(found) < 2"),
    (rules.registry_hosts, "A registry, by the user's own settings."),
]


def short(value: object) -> str:
    """Tell the cases of one rule apart by their source."""
    return value[:60] if isinstance(value, str) else getattr(value, "__name__", "rule")


@pytest.mark.parametrize(("rule", "source"), CAUGHT, ids=short)
def test_a_rule_catches(rule: Rule, source: str) -> None:
    assert rule(source)


@pytest.mark.parametrize(("rule", "source"), FREE, ids=short)
def test_a_rule_leaves_alone(rule: Rule, source: str) -> None:
    assert rule(source) == []


def test_the_rules_look_at_real_files() -> None:
    """A wrong path would keep every rule."""
    assert MODELS / "kinds.py" in set(modules(MODELS))
    assert {Path(__file__), ROOT / "Makefile", ROOT / ".ci" / "run"} <= set(all_files())

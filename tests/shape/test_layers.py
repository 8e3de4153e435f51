"""The contracts of pyproject.toml hold, and each of them catches what it forbids."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]


class Plant(NamedTuple):
    """A forbidden import and the contract that must catch it."""

    contract: str
    importer: str
    imported: str


PLANTS = [
    Plant("layers", "motion_desk.models.planted", "motion_desk.services"),
    Plant("layers", "motion_desk.models.sections.planted", "motion_desk.ui"),
    Plant("layers", "motion_desk.services.planted", "motion_desk.ui"),
    Plant("layers", "motion_desk.services.store.planted", "motion_desk.cli"),
    Plant("layers", "motion_desk.services.exchange.planted", "motion_desk.app"),
    Plant("layers", "motion_desk.ui.planted", "motion_desk.cli"),
    Plant("layers", "motion_desk.cli.planted", "motion_desk.ui"),
    Plant("layers", "motion_desk.ui.planted_upwards", "motion_desk.app"),
    Plant("layers", "motion_desk.app", "motion_desk.__main__"),
    Plant("qt", "motion_desk.models.planted", "PySide6"),
    Plant("qt", "motion_desk.services.planted", "PySide6"),
    Plant("qt", "motion_desk.cli.planted", "PySide6"),
    Plant("qt", "motion_desk.__main__", "PySide6"),
    Plant("sqlalchemy", "motion_desk.models.planted", "sqlalchemy"),
    Plant("sqlalchemy", "motion_desk.services.planted", "sqlalchemy"),
    Plant("sqlalchemy", "motion_desk.ui.planted", "sqlalchemy"),
    Plant("alembic", "motion_desk.services.planted", "alembic"),
    Plant("keyring", "motion_desk.services.store.planted", "keyring"),
    Plant("keyring", "motion_desk.ui.planted", "keyring"),
    Plant("ruamel", "motion_desk.cli.planted", "ruamel"),
    Plant("click", "motion_desk.app", "click"),
    Plant("click", "motion_desk.services.planted", "click"),
    Plant("platformdirs", "motion_desk.ui.planted", "platformdirs"),
    Plant("platformdirs", "motion_desk.models.planted", "platformdirs"),
    Plant("aiosmtpd", "motion_desk.services.planted", "aiosmtpd"),
    Plant("aiosmtpd", "motion_desk.cli.planted", "aiosmtpd"),
    Plant("cryptography", "motion_desk.services.store.planted", "cryptography"),
    Plant("cryptography", "motion_desk.ui.planted", "cryptography"),
    Plant("openssl", "motion_desk.services.lab.planted", "OpenSSL"),
    Plant("openssl", "motion_desk.services.planted", "OpenSSL"),
    Plant("imapclient", "motion_desk.services.tester.planted", "imapclient"),
    Plant("imapclient", "motion_desk.ui.planted", "imapclient"),
    Plant("certifi", "motion_desk.services.tester.planted", "certifi"),
    Plant("idna", "motion_desk.models.planted", "idna"),
    Plant("msal", "motion_desk.services.tester.planted", "msal"),
    Plant("msal", "motion_desk.ui.planted", "msal"),
    Plant("requests", "motion_desk.services.discovery.planted", "requests"),
    Plant("requests", "motion_desk.services.mail.planted", "truststore"),
    Plant("dns", "motion_desk.services.discovery.planted", "dns"),
    Plant("dns", "motion_desk.services.mail.planted", "dkim"),
    Plant("defusedxml", "motion_desk.services.exchange.planted", "defusedxml"),
    Plant("css", "motion_desk.services.mail.planted", "css_inline"),
    Plant("regex", "motion_desk.ui.planted", "regex"),
    Plant("css", "motion_desk.ui.planted", "tinycss2"),
    Plant("jinja2", "motion_desk.services.tester.planted", "jinja2"),
    Plant("jinja2", "motion_desk.ui.planted", "markupsafe"),
]


def lint_imports(folder: Path) -> str:
    """Run the linter on the program in `folder`; its report, after the exit code."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run(
        [sys.executable, "-c", command, "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "500"},
        capture_output=True,
        text=True,
        check=False,
    )
    return f"exit {run.returncode}\n{run.stdout}{run.stderr}"


def plant(folder: Path, importer: str, imported: str) -> None:
    """Add an import at the end of a module, which may be a new one."""
    path = folder / Path(*importer.split(".")).with_suffix(".py")
    with path.open("a", encoding="utf-8") as module:
        module.write(f"\nimport {imported}\n")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The linter's report on a copy of the program with everything planted at once."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(
        ROOT / "motion_desk",
        folder / "motion_desk",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for _, importer, imported in PLANTS:
        plant(folder, importer, imported)
    (folder / "motion_desk" / "stray.py").write_text('"""In no layer."""\n')
    return lint_imports(folder)


def chapter(report: str, contract: str) -> str:
    """The part of the report that explains why this contract is broken."""
    [title] = [each["name"] for each in CONTRACTS if each["id"] == contract]
    found = re.search(rf"^{re.escape(title)}\n-+\n(.*?)(?=^[^\n]+\n-+\n|\Z)", report, re.M | re.S)
    assert found, report
    return found[1]


def test_the_program_keeps_its_contracts() -> None:
    report = lint_imports(ROOT)
    assert report.startswith("exit 0\n"), report
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in report


@pytest.mark.parametrize("planted", PLANTS, ids=lambda plant: f"{plant.importer}-{plant.imported}")
def test_a_planted_import_is_caught(report: str, planted: Plant) -> None:
    assert f"- {planted.importer} -> {planted.imported} (l." in chapter(report, planted.contract)


def test_a_module_in_no_layer_is_caught(report: str) -> None:
    assert "- motion_desk.stray\n" in chapter(report, "layers")


def test_every_contract_has_something_planted_against_it() -> None:
    assert {each["id"] for each in CONTRACTS} == {planted.contract for planted in PLANTS}

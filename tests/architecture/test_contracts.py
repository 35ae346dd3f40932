"""Who may import whom: the contracts of ``contracts.toml`` hold, and each can be broken."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
CONTRACTS = Path(__file__).with_name("contracts.toml")
ROOMS = (
    "dpdesk", "dpdesk/law", "dpdesk/store", "dpdesk/registers", "dpdesk/documents",
    "dpdesk/papers", "dpdesk/people", "dpdesk/requests", "dpdesk/overview", "ui", "ui/kit",
    "ui/kit/look", "ui/kit/pieces", "ui/kit/register",
    "ui/home", "ui/requests",
)  # fmt: skip
FILES = ("dpdesk/errors.py", "dpdesk/resources.py", "dpdesk/desk.py", "dpdesk/cli.py", "ui/app.py")

# For each contract: a file, an import in it that breaks the contract, and one that does not.
BREACHES = [
    ("floors", "dpdesk/law/clocks.py", "import dpdesk.store"),
    ("floors", "dpdesk/registers/lists.py", "import dpdesk.people"),
    ("floors", "dpdesk/registers/lists.py", "import dpdesk.papers"),
    ("floors", "dpdesk/people/service.py", "import dpdesk.overview"),
    ("floors", "dpdesk/errors.py", "import dpdesk.resources"),
    ("floors", "dpdesk/shed.py", ""),
    ("windows", "ui/kit/register/table.py", "import ui.home"),
    ("windows", "ui/home/page.py", "import ui.requests"),
    ("windows", "ui/requests/page.py", "import ui.app"),
    ("windows", "ui/shed.py", ""),
    ("kit", "ui/kit/look/theme.py", "import ui.kit.pieces"),
    ("kit", "ui/kit/pieces/cards.py", "from ui.kit.register import rail"),
    ("kit", "ui/kit/shed.py", ""),
    ("downwards", "dpdesk/desk.py", "import ui.kit"),
    ("downwards", "dpdesk/documents/pages.py", "from PySide6 import QtGui"),
    ("doors", "ui/home/page.py", "import sqlalchemy"),
    ("doors", "ui/home/page.py", "import reportlab.platypus"),
    ("doors", "ui/home/page.py", "from dpdesk.store import workspace"),
    ("offline", "dpdesk/documents/mail.py", "import socket"),
    ("offline", "ui/app.py", "from http import client"),
]
ALLOWED = [
    ("dpdesk/people/service.py", "import dpdesk.registers, dpdesk.papers, dpdesk.law, sqlalchemy"),
    ("dpdesk/law/clocks.py", "from dpdesk import errors, resources"),
    ("dpdesk/documents/laid_out.py", "from PySide6 import QtGui"),
    ("ui/home/page.py", "import ui.kit, dpdesk.desk, dpdesk.registers, dpdesk.people"),
    ("ui/kit/register/table.py", "import ui.kit.pieces, ui.kit.look, dpdesk.registers"),
    ("dpdesk/desk.py", "import dpdesk.store, dpdesk.requests, dpdesk.overview"),
]
START = """
import sys
sys.path.insert(0, "")
from importlinter.cli import lint_imports_command
lint_imports_command()
"""


def lint(top: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the contracts over a checkout."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            START,
            "--no-cache",
            "--no-logo",
            "--config",
            str(CONTRACTS),
            *arguments,
        ],
        cwd=top,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def house(tmp_path):
    """An empty house with the real contracts, in which a single import can be planted."""
    for room in ROOMS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    for file in FILES:
        (tmp_path / file).touch()
    # A door that leads to the store: what a service imports, ui may reach through it.
    (tmp_path / "dpdesk/people/service.py").write_text("import dpdesk.store, sqlalchemy, reportlab")
    (tmp_path / "ui/home/tab.py").write_text("import dpdesk.people.service")
    return tmp_path


def test_the_contracts_hold():
    result = lint(TOP)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("contract", "file", "line"), BREACHES)
def test_a_forbidden_import_breaks_its_contract(house, contract, file, line):
    (house / file).write_text(line)

    result = lint(house, "--contract", contract)

    assert result.returncode == 1
    assert "BROKEN" in result.stdout
    assert Path(file).stem in result.stdout


def test_what_the_plan_allows_breaks_nothing(house):
    for file, line in ALLOWED:
        (house / file).write_text(line)

    result = lint(house)

    assert result.returncode == 0, result.stdout + result.stderr


def test_every_contract_is_shown_to_break():
    settings = tomllib.loads(CONTRACTS.read_text(encoding="utf-8"))
    contracts = {found["id"] for found in settings["tool"]["importlinter"]["contracts"]}

    assert contracts == {contract for contract, _, _ in BREACHES}

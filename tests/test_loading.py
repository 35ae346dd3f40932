"""What is loaded before it is needed: every module costs the user's start of the day."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"alembic", "openpyxl", "pikepdf", "pypdfium2", "dpdesk.disclosure.bundle"}
"""What only documents, papers, spreadsheets and releases need."""


def loaded(statement: str) -> set[str]:
    """The modules that a fresh interpreter has after a statement."""
    script = f"{statement}\nimport sys\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120
    )
    return set(done.stdout.split())


def test_the_desk_loads_nothing_that_only_documents_spreadsheets_and_releases_need():
    assert not HEAVY & loaded("import dpdesk.desk")


def test_the_unlock_window_loads_no_feature_and_no_database():
    pytest.importorskip("PySide6.QtWidgets")
    found = loaded("import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen'; import ui.app")
    assert "ui.app" in found
    assert not {"sqlalchemy", "reportlab", "dpdesk.desk"} & found
    rooms = ("assets", "breaches", "disclosure", "documents", "requests", "retention")
    assert not [name for name in found if name.startswith(tuple(f"dpdesk.{r}" for r in rooms))]


def test_who_reads_a_foreign_file_loads_neither_database_nor_window():
    """Each worker starts for its file, and what it loads is waited for."""
    task = re.compile(r"\"(dpdesk(?:\.\w+)+):[\w{]")
    sources = (Path(__file__).parents[1] / "dpdesk").rglob("*.py")
    rooms = {name for file in sources for name in task.findall(file.read_text(encoding="utf-8"))}
    assert {"dpdesk.documents.reading", "dpdesk.registers.spreadsheet_parsing"} <= rooms
    assert not {"sqlalchemy", "PySide6", "dpdesk.store.tables"} & loaded(
        f"import {', '.join(rooms)}"
    )

"""The plan of the house holds, and each of its checks catches the fault it is there for."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.architecture import house

TOP = Path(__file__).resolve().parents[2]

# For each check: where a fault is planted, what it looks like, and where it would be no fault.
PLANTED = [
    (house.arrows, "dpdesk/people/service.py", "from dpdesk.requests import service\n"),
    (house.arrows, "dpdesk/people/service.py", "from ..requests import service\n"),
    (house.arrows, "dpdesk/requests/rules.py", "import dpdesk.disclosure.service\n"),
    (house.circles, "ui/kit/look/theme.py", "def draw():\n    import ui.kit.look.theme\n"),
    (house.doors, "dpdesk/requests/rules.py", "from dpdesk.assets.records import Asset\n"),
    (house.doors, "dpdesk/overview/answers.py", "import dpdesk.people.rules\n"),
    (house.offline, "ui/app.py", "from PySide6 import QtNetwork\n"),
    (house.offline, "ui/app.py", "from PySide6.QtWebEngineWidgets import QWebEngineView\n"),
    (house.offline, "dpdesk/cli.py", "import urllib.request\n"),
    (house.offline, "dpdesk/cli.py", "from urllib import request\n"),
    (house.offline, "main.py", "import importlib\nimportlib.import_module('socket')\n"),
    (house.cabinet, "dpdesk/people/service.py", "from sqlalchemy import text\n"),
    (house.cabinet, "dpdesk/people/service.py", "import sqlalchemy as sa\nsa.text('1')\n"),
    (house.cabinet, "dpdesk/desk.py", "connection.exec_driver_sql('VACUUM')\n"),
    (house.cabinet, "dpdesk/desk.py", "import sqlite3\n"),
    (house.sizes, "main.py", "\n" * 61),
    (house.sizes, "dpdesk/desk.py", "# a line\n" * 451),
    (house.sizes, "ui/app.py", "def long():\n" + "    print()\n" * 70),
    (house.events, "ui/app.py", "QApplication.processEvents()\n"),
    (house.events, "tests/test_desk.py", "import time\ntime.sleep(1)\n"),
    (house.events, "tests/test_desk.py", "def test(qtbot):\n    qtbot.wait(100)\n"),
    (house.events, "dpdesk/desk.py", "multiprocessing.get_context('fork')\n"),
    (house.dates, "dpdesk/desk.py", "today.strftime('%-d %B')\n"),
    (house.dates, "dpdesk/desk.py", "f'{today:%#d %B}'\n"),
    (house.patterns, "dpdesk/desk.py", "re.compile(rb'(?:a|bc?)*+')\n"),
    (house.patterns, "ui/app.py", "re.compile(f'(?:{word}){{1,3}}+x')\n"),
    (house.patterns, "ui/app.py", "re.match('(?>ab?|b)', text)\n"),
    (house.reasons, "dpdesk/desk.py", "x = 1  # noqa" + "\n"),
    (house.reasons, "dpdesk/desk.py", "x = 1  # noqa" + ": S101\n"),
    (house.reasons, "dpdesk/desk.py", "x = 1  # type: " + "ignore[no-any-return]\n"),
    (house.reasons, "pyproject.toml", '[tool.ruff.lint]\nignore = [\n    "S101",\n]\n'),
    (house.reasons, "pyproject.toml", '[tool.ruff.lint.per-file-ignores]\n"ui/**" = ["S101"]\n'),
    (house.places, "README.md", "See " + "/" + "home/ada/notes.\n"),
    (house.places, "packaging/notes.md", "C:" + "\\Users" + "\\ada\n"),
    (house.places, "packaging/requirements.txt", "--index-url https://py" + "pi.org/simple\n"),
    (house.names, "dpdesk/desk.py", "class BackupManager: ...\n"),
    (house.names, "ui/kit/utils.py", "'''Odds and ends.'''\n"),
    (house.docstrings, "dpdesk/desk.py", "x = 1\n"),
    (house.docstrings, "dpdesk/people/__init__.py", ""),
    (house.looks, "ui/home/page.py", "label.setStyleSheet('color: red')\n"),
    (house.looks, "ui/home/page.py", "RED = '#cc0000'\n"),
]
HARMLESS = [
    (house.arrows, "dpdesk/requests/service.py", "from dpdesk.people import service\n"),
    (house.circles, "ui/kit/look/theme.py", "import ui.kit.look.themes\n"),
    (house.offline, "dpdesk/cli.py", "from urllib.parse import quote\n"),
    (house.cabinet, "dpdesk/store/search.py", "from sqlalchemy import text\ntext('1')\n"),
    (house.cabinet, "dpdesk/desk.py", "from dpdesk import resources\nresources.text('a')\n"),
    (house.doors, "dpdesk/requests/rules.py", "from dpdesk.assets.system_service import Systems\n"),
    (house.doors, "dpdesk/assets/rules.py", "from dpdesk.assets.records import Asset\n"),
    (house.dates, "dpdesk/desk.py", "'Use no %-d here.'\ntoday.strftime('%d %B')\n"),
    (house.patterns, "ui/app.py", "re.compile(r'[ab]*+\\)++')\nkey('Ctrl++')\n"),
    (house.reasons, "dpdesk/desk.py", "x = 1  # noqa" + ": S101 - shown to nobody else\n"),
    (house.reasons, "dpdesk/desk.py", "x = 1  # type: " + "ignore[misc]  # stubs are wrong\n"),
    (house.reasons, "pyproject.toml", '[tool.ruff.lint]\nignore = [\n    "S101",  # why\n]\n'),
    (house.places, "README.md", "Put it into /home or https://example.org/workplace.\n"),
    (house.names, "dpdesk/desk.py", "class HelpPage: ...\nclass Information: ...\n"),
    (house.looks, "ui/kit/look/theme.py", "RED = '#cc0000'\nlabel.setStyleSheet('')\n"),
    (house.looks, "ui/home/page.py", "NUMBER = '#1'\n"),
]


def plant(top: Path, place: str, content: str) -> None:
    """Put one file into an otherwise empty checkout."""
    (top / "pyproject.toml").write_text("", encoding="utf-8")
    file = top / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")


@pytest.mark.parametrize("check", house.CHECKS, ids=lambda check: check.__name__)
def test_the_plan_of_the_house_holds(check):
    assert check(TOP) == []


@pytest.mark.parametrize(("check", "place", "content"), PLANTED)
def test_a_planted_fault_is_found(tmp_path, check, place, content):
    plant(tmp_path, place, content)

    faults = check(tmp_path)

    assert len(faults) == 1
    assert faults[0].startswith(place)


def test_two_files_that_need_each_other_are_found_also_where_it_is_for_types_only(tmp_path):
    plant(tmp_path, "ui/home/page.py", "def show():\n    from ui.home import lines\n")
    plant(tmp_path, "ui/home/lines.py", "if TYPE_CHECKING:\n    from ui.home.page import Page\n")
    plant(tmp_path, "ui/home/clocks.py", "from ui.home.page import Page\n")

    assert house.circles(tmp_path) == [
        "ui/home/lines.py: imports itself by way of ui.home.page, ui.home.lines",
        "ui/home/page.py: imports itself by way of ui.home.lines, ui.home.page",
    ]


@pytest.mark.parametrize(("check", "place", "content"), HARMLESS)
def test_what_only_looks_like_a_fault_is_let_be(tmp_path, check, place, content):
    plant(tmp_path, place, content)

    assert check(tmp_path) == []


def test_every_check_is_shown_to_catch_something():
    assert {check for check, _, _ in PLANTED} == set(house.CHECKS)


def test_nothing_stands_at_the_top_that_the_plan_does_not_name():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so nobody can say which files belong to it")

    assert house.rubble(TOP, listed.stdout.splitlines()) == []
    assert house.rubble(TOP, ["notes.txt", "dpdesk/desk.py"]) == [
        "notes.txt: not in the plan of the house"
    ]

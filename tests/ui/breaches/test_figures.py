"""The figures page: a period is chosen, counted, printed, and the log handed out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.breaches.conftest import AWARE, WHOLE
from tests.builders import Template
from tests.ui.office import Office, open_office
from tests.ui.walk import assert_walkable
from ui.breaches import BreachFiguresPage


@pytest.fixture
def figures(template: Template, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    with open_office(template, tmp_path / "ws", qapp, qtbot, BreachFiguresPage) as made:
        made.desk.breaches.breaches.save(WHOLE)
        near = {"summary": "Nearly", "aware": AWARE, "outcome": "near_miss"}
        made.desk.breaches.breaches.save(near)
        made.desk.breaches.breaches.save({**near, "summary": "Practice", "drill": "yes"})
        silent = {**WHOLE, "decision": "not_reportable", "decision_why": "Nobody could read it."}
        made.desk.breaches.breaches.save(silent)
        made.room.reload()
        yield made


def _shown(page):
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_the_figures_match_what_was_entered_without_the_drill(figures):
    found = figures.room.figures
    assert (found.logged, found.breaches, found.near_misses) == (3, 2, 1)
    figures.until(lambda: "Nobody could read it." in _shown(figures.room))
    assert dict(figures.room.months.bars)["Nov"] == 3


def test_another_period_is_counted_at_once(figures):
    figures.press("Last school year")
    assert figures.room.figures.logged == 0
    figures.room.period.choose((AWARE.date(), AWARE.date()))
    assert figures.room.figures.logged == 3


def test_a_period_that_ends_before_it_begins_is_told(figures):
    figures.room.period.choose((dt.date(2026, 12, 1), dt.date(2026, 11, 1)))
    assert "before it begins" in figures.room.banner.text.text()


def test_figures_and_log_are_handed_out(figures, tmp_path):
    figures.saved_to(tmp_path / "figures.pdf")
    figures.press("Print figures")
    figures.saved_to(tmp_path / "log.pdf")
    figures.press("Print log")
    figures.noted.answers.append(tmp_path / "log.xlsx")
    figures.press("Log as a spreadsheet")
    starts = {path.name: path.read_bytes()[:4] for path in tmp_path.glob("*.*") if path.is_file()}
    assert starts == {"figures.pdf": b"%PDF", "log.pdf": b"%PDF", "log.xlsx": b"PK\x03\x04"}


def test_a_reason_leads_to_its_incident(figures):
    figures.press("BR-2026-003")
    assert figures.noted.asked[-1] == ("open", "breaches", 4)


def test_the_page_can_be_walked(figures):
    assert_walkable(figures.room)

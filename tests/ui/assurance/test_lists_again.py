"""A list that went out comes back changed: looked at first, then taken in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from dpdesk.registers import spreadsheet
from dpdesk.registers.entries import Query
from tests.builders import make_template
from tests.ui.office import Office, open_office
from tests.ui.walk import assert_walkable
from ui.assurance import RisksRoom
from ui.kit.register.import_dialog import ImportDialog
from ui.kit.register.spreadsheets import Spreadsheets


@pytest.fixture
def office(tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Office]:
    template = make_template(tmp_path / "made")
    with open_office(template, tmp_path / "ws", qapp, qtbot, RisksRoom) as opened:
        yield opened


def words(dialog, row):
    item = dialog.table.item(row, 1)
    assert item is not None
    return item.text()


def test_what_changed_is_seen_before_it_is_taken_and_nothing_comes_twice(office, tmp_path):
    risks = office.desk.assurance.risks
    for name in ("A laptop is stolen", "A stick is lost"):
        risks.save({"name": name, "likelihood": "possible", "severity": "severe"})
    out = spreadsheet.export_csv(risks.listing(Query(sort="reference"))).decode("utf-8-sig")
    out = out.replace("Possible: it could well happen", "remote", 1)
    (tmp_path / "risks.csv").write_text(out, "utf-8")
    looked = []

    def accept(sheet, name):
        dialog = ImportDialog(risks, sheet, name)
        office.qtbot.addWidget(dialog)
        dialog.show()
        assert_walkable(dialog, 1080, 730)
        looked.extend([dialog.banner.text.text(), words(dialog, 0), words(dialog, 1)])
        dialog.afresh.click()
        assert dialog.banner.text.text().startswith("2 rows can be imported")
        assert dialog.afresh.isVisible()
        dialog.afresh.click()
        dialog.accept_button.click()
        return dialog.preview

    sheets = Spreadsheets(risks, office.around, office.room.door, ask=accept)
    office.noted.answers = [[tmp_path / "risks.csv"]]
    sheets.bring_in()
    office.finish()
    assert looked[0].startswith("1 row changes an entry; 1 says what is here already.")
    assert looked[1].startswith("Changes RK-2026-001. Likely: “Possible: it could well happen” →")
    assert looked[2] == "RK-2026-002: as it is here"
    assert office.said() == "1 row imported."
    assert [each.likelihood for each in risks.judged()] == ["possible", "remote"]
    assert risks.counts()["all"] == 2
    office.noted.undo()
    office.finish()
    assert [each.likelihood for each in risks.judged()] == ["possible", "possible"]

"""The look at a spreadsheet: what was read, and how it can be read otherwise."""

from __future__ import annotations

import io

import openpyxl
import pytest
from PySide6.QtCore import Qt

from dpdesk.errors import UnreadableFile
from dpdesk.registers.spreadsheet_parsing import read_sheet
from tests.ui.walk import assert_walkable
from ui.kit.register.sheet_dialog import SheetDialog

LETTERS = "Year 4\nName;Town, county\nZoë;Wenham, Wenshire\nBo;Wenham, Wenshire\n"


def a_book():
    book = openpyxl.Workbook()
    book.worksheets[0].append(("Read me", "first"))
    book.worksheets[0].append(("Then", "go on"))
    people = book.create_sheet("People")
    for row in (("Name", "Town"), ("Ann", "Wenham"), ("Bo", "Wenham")):
        people.append(row)
    people.row_dimensions[3].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def look(qtbot):
    """The dialog over a file, which is read again right here."""

    def open_dialog(content):
        def again(asked, done, failed):
            try:
                done(read_sheet("x", content, asked=asked))
            except UnreadableFile as error:
                failed(str(error))

        dialog = SheetDialog(read_sheet("x", content), "x", _names, again)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return open_dialog


def _names(sheet):
    if "Name" not in sheet.columns:
        raise UnreadableFile("No column holds the names.", "Choose another row.")
    return ", ".join(str(row.cells[sheet.columns.index("Name")]) for row in sheet.rows)


def pick(combo, label):
    at = next(n for n in range(combo.count()) if combo.itemText(n).startswith(label))
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def test_another_row_sign_and_alphabet_can_be_chosen(look):
    dialog = look(LETTERS.encode("cp850"))
    panel = dialog.panel
    assert not panel.sheet.isVisible()
    assert panel.encoding.currentText() == "Western European (DOS)"
    assert panel.sign.currentText() == "Semicolon"
    assert "Zoë, Bo" in dialog.banner.text.text()

    pick(panel.encoding, "Western European (Windows)")
    assert "Zo‰, Bo" in dialog.banner.text.text()
    pick(panel.encoding, "Western European (DOS)")
    pick(panel.head, "Row 3")
    assert "No column holds the names" in dialog.banner.text.text()
    assert not dialog.accept_button.isEnabled()
    pick(panel.head, "Row 2")
    assert dialog.accept_button.isEnabled()
    pick(panel.sign, "Comma")
    assert not dialog.accept_button.isEnabled()
    pick(panel.sign, "Semicolon")
    dialog.accept_button.click()
    assert dialog.sheet.columns == ("Name", "Town, county")


def test_another_sheet_and_hidden_rows_can_be_chosen(look):
    dialog = look(a_book())
    panel = dialog.panel
    assert not panel.sign.isVisible()
    assert panel.sheet.currentText() == "Sheet"
    pick(panel.sheet, "People")
    assert dialog.banner.text.text().startswith("Ann ")
    assert "1 row is hidden" in dialog.banner.text.text()
    assert panel.table.item(2, 0).text() == "Bo"
    assert not panel.table.item(2, 0).flags() & Qt.ItemFlag.ItemIsEnabled
    panel.hidden.click()
    assert dialog.banner.text.text().startswith("Ann, Bo")
    assert_walkable(dialog, 900, 560)


def test_what_cannot_be_read_otherwise_is_told_and_nothing_is_lost(look):
    dialog = look(b"Name,Town\nAnn,Wenham\n")
    pick(dialog.panel.encoding, "UTF-16")
    assert dialog.banner.isVisible()
    pick(dialog.panel.encoding, "UTF-8")
    dialog.accept_button.click()
    assert dialog.sheet.columns == ("Name", "Town")

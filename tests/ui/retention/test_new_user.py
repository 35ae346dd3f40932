"""The whole way in the window of somebody who begins: from nothing to the log of disposals."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from dpdesk.law.retention_periods import shipped
from tests.builders import a_request

CTRL = Qt.KeyboardModifier.ControlModifier


def press(hall, words, within=None):
    """Presses the button with these words, once it is seen."""

    def found():
        return [
            made
            for made in (within or hall.here).findChildren(QPushButton)
            if made.text() == words and made.isVisibleTo(hall.window)
        ]

    hall.until(found)
    found()[0].click()


def answer(form, **values):
    form.set_values({**form.values(), **values}, clean=False)
    form.changed.emit()


def test_from_an_empty_workspace_to_the_log_of_disposals(home, tmp_path):
    desk, today = home.opened.desk, home.clock().date()
    home.opened.bar.tabs.take_keyboard()
    home.opened.pages.open_page("retention_due")
    press(home, "See the standard schedule")
    press(home, f"Add {len(shipped())} classes")
    home.rest()
    assert home.here.currentWidget() is home.here.list
    press(home, "Due now")
    press(home, "Add holdings")
    lines = [["H07", f"Payroll, box {number}", "2005"] for number in range(1, 10)]
    lines.append(["P04", "", "1 March 1990", "Robin Example", "Archive 1"])
    home.here.many.grid.put(lines)
    home.here.many.safe.set_value("no")
    home.here.many.look()
    press(home, "Add 10 holdings")
    request = a_request(desk, received=today)
    home.opened.around.bus.publish(desk.requests.requests.settle(request.id))

    press(home, "Due now")
    page = home.here
    assert len(page.every) == 10
    assert page.table.lines.rowCount() == 9, "the pupil's file is under the open request"
    page.show_chip("all")
    page.table.setFocus()
    home.press(Qt.Key.Key_A, CTRL)
    home.press(Qt.Key.Key_Space)
    press(home, "Approve for disposal")
    panel = page.rail.approving
    assert len(panel.references) == 9
    panel.look.boxes[request.reference].setChecked(True)
    press(home, "Approve")
    press(home, "Record as done")
    doing = home.here.doing
    answer(doing.form, done_by="Morgan Sample", witness="Pat Example")
    home.noted.answers = [True, "Save as PDF", tmp_path / "certificate.pdf"]
    press(home, "Record as done", doing)
    assert (tmp_path / "certificate.pdf").read_bytes().startswith(b"%PDF")

    press(home, "Disposals", home.here.page.head)  # goes back to where one came from
    press(home, "Disposals")
    press(home, "Figures and log")
    assert home.here.figures.figures["holdings disposed of"] == 9
    home.here.figures.period.choose((dt.date(today.year, 1, 1), today))
    home.noted.answers = ["Save as PDF", tmp_path / "log.pdf"]
    press(home, "Print the log")
    assert (tmp_path / "log.pdf").read_bytes().startswith(b"%PDF")
    left = [row for row in desk.retention.holdings.listing().rows if row[3] != "disposed"]
    assert [row[2] for row in left] == ["Pupil file: Robin Example"]


def test_home_leads_to_where_things_are_done(home):
    desk = home.opened.desk
    room = desk.retention
    room.schedule.adopt_defaults(["H07", "P04"])
    rule = room.holdings.link_named(room.holdings.register.field("rule"), "H07")
    values = {"what": "Payroll", "rule": rule, "in_year": dt.date(2005, 1, 1)}
    room.many.add([values, values])
    home.opened.pages.open_page("settings")
    home.opened.pages.open_page("home")
    duties = {line.duty.text: line for line in home.here.lines}
    findings = {line.finding.chip: line for line in home.here.findings}
    duties["2 holdings are due for disposal"].click()
    assert home.opened.pages.visit.page == "retention_due"
    assert home.here.table.lines.rowCount() == 2
    home.opened.pages.back()
    assert home.opened.pages.visit.page == "home"
    findings["overdue"].click()
    assert (home.opened.pages.visit.page, home.here.chip) == ("retention_due", "overdue")
    home.opened.pages.open_page("home")
    duties["Sign off the first edition of the retention schedule"].click()
    assert home.here.currentWidget() is home.here.sign_off
    home.opened.pages.open_page("disposals")
    home.opened.pages.back()
    assert home.opened.pages.visit.page == "retention_editions"
    press(home, "Disposals")
    press(home, "See what is due")
    assert home.opened.pages.visit.page == "retention_due"
    home.press(Qt.Key.Key_N, CTRL)
    assert home.opened.pages.visit.page == "holdings"

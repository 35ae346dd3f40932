"""One holding: its class asks for its dates, its card says what comes next."""

from __future__ import annotations

import datetime as dt

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest

from tests.builders import TODAY, a_request
from tests.retention.conftest import LONG_AGO
from tests.ui.retention.conftest import keep, keep_box, rule
from tests.ui.walk import assert_walkable
from ui.kit.pieces.badges import badge_size
from ui.kit.register.table import BADGE_ROLE


def asked(office):
    return {n for n, made in office.room.page.form.rows.items() if made.isVisibleTo(office.room)}


def answer(office, **values):
    form = office.room.page.form
    form.set_values({**form.values(), **values}, clean=False)
    form.changed.emit()


def test_the_class_decides_at_once_which_date_is_asked(holdings):
    holdings.room.new_entry()
    assert not {"born", "in_year", "counts_from"} & asked(holdings)
    answer(holdings, what="Payroll, box 3", rule=rule(holdings.desk, "H07"))
    assert "in_year" in asked(holdings)
    assert "born" not in asked(holdings)
    answer(holdings, rule=rule(holdings.desk, "P04"))
    assert {"born", "person"} <= asked(holdings), "a class for each person asks for the person"
    assert "in_year" not in asked(holdings)
    assert "counts_from" not in asked(holdings), "nobody answers what follows from the class"


def test_the_due_date_is_said_while_it_is_typed_and_kept_when_saved(holdings):
    holdings.room.new_entry()
    answer(
        holdings,
        what="Pupil file",
        rule=rule(holdings.desk, "P04"),
        person="Robin Example",
        born=dt.date(2010, 3, 1),
    )
    holdings.until(lambda: "Thursday 1 March 2035" in holdings.room.step.says.text())
    QTest.keySequence(holdings.room.page, QKeySequence("Ctrl+S"))
    saved = holdings.desk.retention.holdings.find("HO-2026-001")
    assert (saved.due, saved.state) == ("2035-03-01", "running")
    why = [step.text for step in holdings.room._steps(saved)]
    assert any("25 years from then" in text for text in why)


def test_the_year_of_an_overdue_date_is_not_cut_off_in_the_list(holdings):
    keep(holdings.desk)
    holdings.room.list.reload()
    table = holdings.room.list.table
    section = next(n for n, one in enumerate(table.listing.columns) if one.name == "due")
    badge = table.model().index(0, section).data(BADGE_ROLE)
    assert badge.text.endswith("2025")
    room = table.horizontalHeader().sectionSize(section)
    assert room > badge_size(badge, table.font()).width()


def test_a_missing_date_is_named_and_gone_to(holdings):
    entry = keep_box(holdings.desk, in_year=None)
    holdings.room.open_entry(entry.id)
    assert "is needed" in holdings.room.step.says.text()
    holdings.press("Enter it")
    assert holdings.room.page.form.rows["in_year"].input.target.hasFocus()


def test_what_holds_it_up_is_named_with_the_way_there_and_lifts_with_it(holdings):
    request = a_request(holdings.desk)
    entry = keep(holdings.desk)
    holdings.room.open_entry(entry.id)
    assert holdings.room.step.says.text().startswith(f"On hold: open request {request.reference}.")
    assert holdings.offered(holdings.room.step) == [f"Open {request.reference}"]
    holdings.press(f"Open {request.reference}", holdings.room.step)
    assert ("open", "requests", request.id) in holdings.noted.asked
    closed = holdings.desk.requests.requests.save(
        {"closed": TODAY, "outcome": "given"}, request.id, request.version
    )
    holdings.around.bus.publish(closed.changes)
    holdings.press("Approve for disposal", holdings.room.step)


def test_the_safeguarding_answer_holds_up_and_leads_to_itself(holdings):
    entry = keep_box(holdings.desk, safeguarding="unknown")
    holdings.room.open_entry(entry.id)
    assert "safeguarding flag (not known)" in holdings.room.step.says.text()
    holdings.press("Go to that answer")
    form = holdings.room.page.form
    assert form.rows["safeguarding"].isAncestorOf(holdings.room.focusWidget())


def test_a_due_holding_offers_approval_and_keeping_longer(holdings):
    entry = keep(holdings.desk)
    holdings.room.open_entry(entry.id)
    assert holdings.offered(holdings.room.step) == ["Approve for disposal", "Keep longer"]
    holdings.press("Approve for disposal")
    gone = ("page", "retention_due", {"section": entry.reference})
    assert gone in holdings.noted.asked


def test_records_that_may_touch_on_abuse_never_offer_their_disposal(holdings):
    entry = keep(holdings.desk, "S02", what="Welfare file", person="Robin Example", born=LONG_AGO)
    holdings.room.open_entry(entry.id)
    assert "Approve for disposal" not in holdings.offered(holdings.room)


def test_several_are_chosen_in_the_list_for_approval_before_they_are_due(holdings):
    first, second = keep_box(holdings.desk), keep_box(holdings.desk, in_year=TODAY)
    holdings.room.list.reload()
    holdings.room.list.table.selectAll()
    label, _, does = holdings.room.list.doing.further[0]
    assert label == "Approve for disposal"
    does(holdings.room.list.table.chosen_ids())
    section = f"{first.reference} {second.reference}"
    assert ("page", "retention_due", {"section": section}) in holdings.noted.asked


def test_what_is_gone_cannot_be_changed_and_leads_to_its_disposal(holdings):
    from tests.retention.conftest import DOING

    entry = keep_box(holdings.desk)
    done = holdings.desk.retention.disposals.dispose([entry.reference], "shred", DOING).entry
    holdings.room.open_entry(entry.id)
    assert holdings.room.page.form.rows["what"].input.line.isReadOnly()
    holdings.press(f"Open {done.reference}")
    assert ("open", "disposals", done.id) in holdings.noted.asked


def test_holdings_come_from_a_spreadsheet_with_the_codes_of_their_classes(holdings, tmp_path):
    from dpdesk.registers import spreadsheet
    from ui.kit.register.spreadsheets import Spreadsheets

    path = tmp_path / "boxes.csv"
    lines = ("What is it?,Which class of the schedule?,Any day in the year it belongs to",)
    path.write_text("\n".join([*lines, "Box 1,H07,1 May 2010", "Box 2,h07,1 May 2025"]), "utf-8")

    def accept(sheet, _name):
        service = holdings.room.service
        matched = spreadsheet.match(service.register, sheet.columns)
        return spreadsheet.preview(service, sheet, matched)

    sheets = Spreadsheets(holdings.room.service, holdings.around, holdings.room.door, ask=accept)
    holdings.noted.answers = [[path]]
    sheets.bring_in()
    holdings.finish()
    entries = holdings.desk.retention.holdings.listing().rows
    assert [row[4] for row in entries] == ["2017-04-05", "2032-04-05"]


def test_it_can_be_walked_through(holdings):
    entry = keep(holdings.desk)
    assert_walkable(holdings.room)
    holdings.room.open_entry(entry.id)
    assert_walkable(holdings.room)
    holdings.room.new_entry()
    assert_walkable(holdings.room)


def test_the_list_says_since_when_it_may_go_and_alarms_only_after_three_months(holdings):
    keep_box(holdings.desk, what="Late", in_year=dt.date(2010, 5, 1))
    keep_box(holdings.desk, what="Kept", in_year=dt.date(2025, 5, 1))
    holdings.room.list.reload()
    model = holdings.room.list.model
    found = {row[2]: model.badge(n, 3) for n, row in enumerate(model.listing.rows)}
    assert (found["Late"].text, found["Late"].tone) == ("Overdue since 5 Apr 2017", "danger")
    assert found["Kept"].tone != "danger"

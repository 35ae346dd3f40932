"""Going through the pages: states, turning, the second pass, seeing it as released."""

from __future__ import annotations

import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dpdesk.disclosure import bundle, planning
from dpdesk.disclosure.plan import BundlePlan
from dpdesk.documents.pages import Box
from tests.builders import a_request
from tests.ui.disclosure import papers
from tests.ui.kit.around import around
from tests.ui.walk import assert_walkable, cut_off
from ui.disclosure import Workbench
from ui.disclosure.frame import SIZES
from ui.disclosure.page_list import lines_of
from ui.kit.pieces.tasks import TaskRunner

HOLD = Qt.Key.Key_V


def test_space_notes_the_page_and_goes_on_to_the_next(bench):
    bench.press("Space", "Space")
    assert bench.number == 3
    assert [page.reviewed for page in bench.desk.disclosure.review.pages("requests", 1)][:3] == [
        True,
        True,
        False,
    ]
    assert "page 3 of 6  ·  2 reviewed" in bench.page.head.status.text()


def test_a_page_that_cannot_be_seen_yet_does_not_count_as_reviewed(bench):
    bench.seen()
    bench.page.artist.forget()
    bench.sitting.go_to(6)
    bench.qtbot.keyClick(bench.page.viewer, Qt.Key.Key_Space)
    assert "cannot be seen yet" in bench.said()
    assert not bench.sitting.now.reviewed
    bench.press("Space")
    assert bench.sitting.now.reviewed


def test_widths_that_are_drawn_by_hand_are_kept_once_they_rest(bench, monkeypatch):
    kept = []
    monkeypatch.setattr(
        type(bench.around.preferences), "remember", lambda _self, *given: kept.append(given)
    )
    for place in range(200, 260):
        bench.page.splitter.splitterMoved.emit(place, 1)
    assert kept == []  # no file is written for a pixel on the way
    bench.until(lambda: bool(kept))
    assert kept == [(SIZES, bench.page.splitter.sizes())]


def test_the_last_page_tells_what_is_left_and_goes_there(bench):
    bench.press("Space", "End", "Space")
    assert "4 before it have not been reviewed" in bench.page.banner.text.text()
    bench.page.banner.press("Show the first one")
    assert bench.number == 2


def test_when_all_is_reviewed_the_second_pass_is_offered(bench):
    bench.press(*["Space"] * 6)
    bench.page.banner.press("Start the second pass")
    assert bench.sitting.second


def test_home_end_and_a_page_by_its_number(bench):
    bench.press("End")
    assert bench.number == 6
    bench.press("N", "Home", "P")
    assert bench.number == 1
    bench.noted.answers = ["4", "4,000"]
    bench.press("G")
    assert bench.number == 4
    bench.press("G")
    assert bench.number == 4
    assert "page number from 1 to 6" in bench.said()


def test_a_review_goes_on_where_it_was_left(open_bench):
    bench = open_bench()
    bench.press("Space", "Space")
    assert open_bench(page=0).number == 3


def test_the_list_says_the_state_of_every_page_in_words(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.press("Space", "W")
    model, said = bench.page.list.pages, Qt.ItemDataRole.AccessibleTextRole
    rows = [model.row_of(page).data(said) for page in bench.sitting.pages]
    assert rows[:4] == [
        "Page 1, reviewed · 1 mark",
        "Page 2, withheld · Another person",
        "Page 3, not reviewed",
        "Page 4, not reviewed · picture",
    ]
    assert model.index(0, 0).data(said) == "1. E-mails.pdf, 3 pages, 2 to go"


def test_a_reason_too_long_for_one_line_of_the_list_stands_on_a_second(bench):
    measures = bench.page.list.fontMetrics()
    said = "withheld · Confidential reference"
    whole = measures.horizontalAdvance(said)
    assert lines_of(said, measures, whole) == (said,)
    assert lines_of(said, measures, whole - 1) == ("withheld", "Confidential reference")
    assert 2 * measures.height() <= bench.page.list.sizeHintForRow(0)


def test_arrows_in_the_list_turn_the_page(bench):
    bench.page.list.setFocus()
    bench.qtbot.keyClick(bench.page.list, Qt.Key.Key_Down)
    assert bench.number == 2
    bench.seen()
    bench.qtbot.keyClick(bench.page.list, Qt.Key.Key_Space)
    assert bench.number == 3
    assert bench.sitting.pages[1].reviewed


def test_a_press_on_the_name_of_another_document_turns_to_it(bench):
    shown, model = bench.page.list, bench.page.list.pages
    other = model.index(1, 0)
    bench.qtbot.mouseClick(
        shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.visualRect(other).center()
    )
    assert bench.number == 4
    assert shown.isExpanded(other)
    bench.qtbot.mouseClick(
        shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.visualRect(other).center()
    )
    assert bench.number == 4
    assert not shown.isExpanded(other)


def test_a_whole_document_is_withheld_and_released(bench):
    bench.page.menu.aboutToShow.emit()
    actions = {action.text(): action for action in bench.page.menu.actions()}
    assert not actions["Include this whole document again"].isEnabled()
    actions["Withhold this whole document: Another person · TP-16"].trigger()
    assert [bool(page.withheld) for page in bench.sitting.pages] == [True] * 3 + [False] * 3
    bench.page.release_document()
    assert not any(page.withheld for page in bench.sitting.pages)
    bench.press("Ctrl+Z")
    assert [bool(page.withheld) for page in bench.sitting.pages] == [True] * 3 + [False] * 3


def test_v_shows_black_while_it_is_held_and_only_then(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.seen()
    assert not bench.dark(bench.sitting.marks[0].box)
    bench.qtbot.keyPress(bench.page.viewer, HOLD)
    (area,) = bench.page.viewer.shown.areas
    assert bench.dark(area)
    bench.qtbot.keyRelease(bench.page.viewer, HOLD)
    assert not bench.dark(area)


def test_v_shows_what_the_bundle_shows(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.drag(bench.place("Mrs"), bench.place("Karen"))
    bench.press("L")
    bench.click(bench.place("told"))
    database, vault = bench.desk.workspace.database, bench.desk.workspace.vault
    plan = BundlePlan("SAR", planning.plan(database, "requests", 1).pages)
    report = bundle.build(plan, vault.read, io.BytesIO())
    bench.qtbot.keyPress(bench.page.viewer, HOLD)
    shown = bench.page.viewer.shown
    bench.until(lambda: shown.stretches)
    assert shown.areas == report.areas[0]
    lines = report.lines[0]
    assert [stretch.wiped for stretch in shown.stretches] == [line.band for line in lines]
    assert len(lines) == 3
    assert all(bench.dark(area) for area in shown.areas)
    moved = [(move.box, move.across) for line in lines for move in line.moves]
    assert [each for stretch in shown.stretches for each in stretch.moved] == moved
    box, right = max(moved, key=lambda each: abs(each[1]))
    assert abs(right) > 5
    now = bench.inked(Box(box.x0 + right, box.y0, box.x1 + right, box.y1))
    bench.qtbot.keyRelease(bench.page.viewer, HOLD)
    assert now == pytest.approx(bench.inked(box), rel=0.2)


def test_a_mark_whose_size_may_tell_says_so_and_offers_the_whole_line(bench):
    box = bench.shown.words[bench.word("Harry")].box
    bench.sitting.mark_box(box, bench.page.foot.reason.code)
    bench.sitting.select(bench.sitting.marks[0].id)
    panel = bench.page.marks
    assert panel.uneven.isHidden()
    bench.until(lambda: not panel.uneven.isHidden())
    bench.qtbot.mouseClick(panel.cover, Qt.MouseButton.LeftButton)
    line = max(bench.sitting.marks, key=lambda mark: mark.box.width)
    assert line.words.startswith("disagreement with Harry Smith")
    bench.press("Ctrl+Z")
    assert len(bench.sitting.marks) == 1


def test_a_withheld_page_shows_its_sheet_while_v_is_held(bench):
    bench.press("W")
    assert bench.page.viewer.shown.sheet.title == "Page 1 withheld"
    bench.qtbot.keyPress(bench.page.viewer, HOLD)
    assert bench.page.viewer.shown.released
    assert "another person" in bench.page.viewer.shown.sheet.under
    bench.qtbot.keyRelease(bench.page.viewer, HOLD)
    assert not bench.page.viewer.shown.released


def test_the_second_pass_has_another_order_and_a_state_of_its_own(open_bench):
    bench = open_bench()
    bench.press(*["Space"] * 6)
    bench.page.turn_pass()
    order = bench.sitting.order
    assert sorted(order) == list(range(6))
    assert order != tuple(range(6))
    bench.press("Space")
    seen = bench.desk.disclosure.review.pages("requests", 1)
    assert [page.second for page in seen].count(True) == 1
    assert seen[order[0]].second
    again = open_bench()
    again.page.turn_pass()
    assert again.sitting.order == order
    assert again.sitting.now.number == order[1] + 1


def test_a_name_that_was_missed_is_marked_in_the_second_pass_and_seen_again(bench):
    bench.page.turn_pass()
    bench.sitting.go_to(2)
    bench.press("Space")
    bench.sitting.go_to(2)
    assert bench.sitting.now.second
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.seen()
    assert bench.dark(bench.sitting.marks[0].box)
    assert not bench.sitting.now.second
    bench.press("Esc", "Esc")
    assert not bench.sitting.second
    assert bench.number == 2


def test_taking_a_mark_away_makes_the_page_wait_for_the_second_pass_again(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.page.turn_pass()
    bench.sitting.go_to(1)
    bench.press("Space")
    bench.sitting.go_to(1)
    assert bench.sitting.now.second
    bench.sitting.remove([bench.sitting.marks[0].id])
    assert not bench.sitting.now.second


def test_esc_lets_go_of_one_thing_after_the_other_and_leaves_last(bench):
    bench.press("T", "Right", "Esc")
    assert bench.page.viewer.shown.cursor is None
    bench.press("Esc")
    assert bench.page.foot.tools["select"].isChecked()
    assert ("open", "requests", 1) not in bench.noted.asked
    bench.press("Esc")
    assert ("open", "requests", 1) in bench.noted.asked


def test_the_zoom_can_be_changed_and_the_width_fitted_again(bench):
    fitted = bench.page.viewer._scale()
    bench.page.viewer.zoom_by(2)
    assert bench.page.viewer._scale() == pytest.approx(fitted * 1.44)
    bench.page.viewer.fit_page()
    assert bench.page.viewer._scale() < fitted
    bench.page.viewer.fit_width()
    assert bench.page.viewer._scale() == fitted
    bench.seen()


def test_a_request_without_documents_says_what_comes_first(desk, qtbot):
    entry = a_request(desk)
    surroundings, noted = around(TaskRunner())
    page = Workbench(desk, surroundings, entry.id)
    qtbot.addWidget(page)
    assert "no documents" in page.empty.sentence.text()
    page.empty.action.click()
    assert noted.asked == [("open", "requests", entry.id)]
    page.shut()
    surroundings.tasks.stop()


def test_three_hundred_pages_are_turned_without_waiting(desk, qtbot):
    entry = a_request(desk)
    desk.documents.add("requests", entry.id, "long.pdf", papers.record(300))
    surroundings, _ = around(TaskRunner())
    page = Workbench(desk, surroundings, entry.id)
    qtbot.addWidget(page)
    page.resize(1366, 660)
    page.show()
    try:
        qtbot.waitUntil(lambda: page.viewer.ready, timeout=20_000)
        ready = 0
        for _ in range(12):
            qtbot.waitUntil(lambda: not page.artist._wanted, timeout=20_000)
            source = page.sitting.source(page.sitting.ahead()[0])
            width = page.viewer._drawing(source, page.sitting.words(page.sitting.pages[0]))[1]
            qtbot.waitUntil(lambda s=source, w=width: bool(page.artist.image(s, w)), timeout=20_000)
            qtbot.keyClick(page.viewer, Qt.Key.Key_N)
            ready += page.viewer.ready
        assert ready == 12
        qtbot.keyClick(page.viewer, Qt.Key.Key_End)
        assert page.sitting.place == 299
    finally:
        page.shut()
        surroundings.tasks.stop()


def test_a_page_that_cannot_be_drawn_can_be_withheld(bench):
    out = io.BytesIO(b"no document at all")
    bench.desk.documents.pdf = lambda _document: out.getvalue()
    bench.sitting.go_to(5)
    bench.until(bench.page.banner.isVisible)
    bench.page.banner.press("Withhold this page")
    assert bench.sitting.pages[4].withheld == "TP-16"


def test_the_whole_workbench_can_be_walked_by_keyboard_and_read(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.page.marks.list.setCurrentRow(0)
    bench.until(lambda: not cut_off(bench.page))
    assert_walkable(bench.page)


def test_it_fits_a_window_at_a_quarter_larger(bench):
    bench.page.resize(1093, 540)
    assert bench.page.minimumSizeHint().width() <= 1093
    bench.until(lambda: not cut_off(bench.page))
    assert_walkable(bench.page, 1093, 540)


def test_space_shows_the_rest_of_a_page_before_it_counts_as_reviewed(bench):
    lines = ["Opening words", *[""] * 27, "Words at the foot"]
    bench.desk.documents.add("requests", 1, "long.pdf", papers.pdf([lines, ["Only a few words"]]))
    bench.page.reload(7)
    bench.press("Space")
    assert not bench.sitting.now.reviewed
    assert "Read it, then press Space again" in bench.said()
    foot = bench.page.viewer.place_of(bench.shown.words[bench.word("foot")].box)
    assert bench.page.viewer.viewport().rect().contains(foot.toPoint())
    bench.press("Space")
    assert bench.number == 8
    assert any("Read it, then press Space again" in text for text in bench.noted.withdrawn)
    bench.press("Space")
    assert [each.reviewed for each in bench.sitting.pages[6:]] == [True, True]


def test_what_is_said_of_a_step_goes_when_the_step_is_taken_back(bench):
    bench.press("W")
    assert not bench.page.banner.isHidden()
    bench.press("Ctrl+Z")
    assert bench.page.banner.isHidden()


def test_letters_typed_beside_the_page_are_no_commands(bench):
    bench.page.head.build.setFocus()
    bench.qtbot.keyClicks(bench.page.head.build, "wn")
    assert (bench.number, bench.sitting.now.withheld) == (1, "")
    bench.press("W")
    assert bench.sitting.now.withheld


def test_another_document_begins_with_the_usual_reason(bench):
    combo = bench.page.foot.reason.combo
    usual, other = combo.itemData(0), combo.itemData(1)
    combo.fill(other)
    bench.press("N")
    assert combo.code == other, "the same document"
    bench.press("End")
    assert combo.code == usual
    assert "is the reason" in bench.said() or "the reason is" in bench.said()


def test_f1_opens_the_page_about_what_is_shown(bench):
    assert bench.page.help_page == "workbench"
    bench.page.open_build()
    assert bench.page.help_page == "bundle"
    bench.page.close_build()
    assert bench.page.help_page == "workbench"


def test_nothing_stands_over_the_page(bench):
    assert bench.page.viewer.viewport().findChildren(QWidget) == []
    assert bench.page.zoom.isVisible()

"""Suggestions in the workbench: found by themselves, answered with A and R, never marked alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.builders import a_pdf
from ui.disclosure.build_page import points

TEXT = "Oscar Zajac hit Robin Example.\nOscar said sorry. Call 07700 900987\nThen Grace came"


@pytest.fixture
def bench(open_bench):
    bench = open_bench()
    pages = a_pdf(TEXT, "Nothing here", "Oscar Zajac again, 07700 900987")
    bench.desk.documents.add("requests", bench.page.entry_id, "more.pdf", pages)
    people = bench.desk.people.people
    people.save({"kind": "pupil", "surname": "Zajac", "forename": "Oscar"})
    people.save({"kind": "pupil", "surname": "Young", "forename": "Grace"})
    bench.rest()
    bench.page.reload()
    bench.rest()
    bench.sitting.go_to(7)
    bench.until(lambda: bench.page.viewer.ready)
    return bench


def _here(bench) -> list[str]:
    return [line.text for line in bench.page.proposed.model.lines if line.kind == "place"]


def _line(bench, kind, text) -> int:
    lines = bench.page.proposed.model.lines
    return next(
        n for n, line in enumerate(lines) if line.kind == kind and line.text.startswith(text)
    )


def _told(bench):
    return bench.desk.disclosure.suggestions.told(bench.page.entry_id)


def _choose(bench, kind, text) -> None:
    panel = bench.page.proposed
    panel.list.setCurrentIndex(panel.model.index(_line(bench, kind, text)))


def test_suggestions_are_sought_by_themselves_and_nothing_is_marked(bench):
    assert _here(bench) == ["Oscar Zajac", "Oscar", "07700 900987", "Grace"]
    assert bench.words() == []
    assert bench.page.right.currentWidget() is bench.page.proposed
    assert not any(place.doubtful for place in bench.page.viewer.shown.proposed)


def test_a_accepts_and_r_rejects_one_after_the_other(bench):
    bench.press("A")
    assert bench.words() == ["Oscar Zajac"]
    bench.press("R")
    assert bench.words() == ["Oscar Zajac"]
    assert _here(bench) == ["07700 900987", "Grace"]
    bench.press("Ctrl+Z")
    assert _here(bench) == ["Oscar", "07700 900987", "Grace"]
    bench.press("Ctrl+Z")
    assert bench.words() == []
    assert len(_here(bench)) == 4


def test_a_person_is_accepted_everywhere_at_once(bench):
    _choose(bench, "group", "Oscar Zajac")
    bench.press("A")
    assert bench.words() == ["Oscar Zajac", "Oscar"]
    bench.sitting.go_to(9)
    assert bench.words() == ["Oscar Zajac"]


def test_one_answer_holds_for_the_page_or_for_everywhere(bench):
    _choose(bench, "place", "Oscar")
    panel = bench.page.proposed
    panel.menu.aboutToShow.emit()
    told = {action.text(): action for action in panel.menu.actions()}
    assert list(told) == [
        "Accept on this page (2)", "Reject on this page (2)",
        "Accept everywhere (3)", "Reject everywhere (3)",
    ]  # fmt: skip
    told["Reject everywhere (3)"].trigger()
    assert _here(bench) == ["07700 900987", "Grace"]
    assert _line(bench, "rejected", "Oscar Zajac")


def test_full_stop_and_comma_go_from_one_to_the_next_over_pages(bench):
    bench.press(".", ".", ".", ".")
    assert bench.number == 9
    assert bench.page.proposed.line.text == "Oscar Zajac"
    bench.press(",")
    assert (bench.number, bench.page.proposed.line.text) == (7, "Grace")


def test_keys_answer_nothing_that_is_not_shown(bench):
    bench.page.proposer.turn(False)
    bench.press("A")
    assert bench.words() == []
    assert bench.page.right.currentWidget() is bench.page.proposed


def test_where_nothing_more_waits_it_says_where_it_goes_on(bench):
    bench.press("A", "A", "A", "R")
    assert _here(bench) == []
    assert "Full stop goes on to page 9" in bench.said()
    bench.press("A")
    assert len(bench.words()) == 3


def test_a_mark_is_removed_from_all_places_and_not_proposed_again(bench):
    _choose(bench, "group", "Oscar Zajac")
    bench.press("A")
    bench.page.proposer.turn(False)
    mark = next(mark for mark in bench.sitting.marks if mark.words == "Oscar Zajac")
    bench.sitting.select(mark.id)
    bench.page.marks.lift.click()
    assert bench.words() == ["Oscar"]
    assert "Oscar Zajac" not in _here(bench)
    bench.sitting.go_to(9)
    assert bench.words() == []


def test_who_is_kept_is_shown_with_the_reason_and_can_be_proposed(bench):
    _choose(bench, "kept", "The person whose data it is")
    assert "own data" in bench.page.proposed.why.text()
    bench.press("A")
    assert "Robin Example" in _here(bench)


def test_what_is_left_open_is_told_before_the_bundle_is_built(bench):
    bench.page.open_build()
    point = next(p for p in points(bench.sitting, _told(bench)) if "proposed" in p.text)
    assert not point.good
    assert "left open" in point.text
    bench.page.build.page_asked.emit(int(point.goes.removeprefix("page ")))
    assert bench.page.stack.currentWidget() is bench.page.review


def test_the_second_pass_shows_only_what_would_be_released(bench):
    bench.page.turn_pass()
    assert bench.page.viewer.shown.proposed == ()


def _click(bench, kind, text) -> None:
    panel = bench.page.proposed
    index = panel.model.index(_line(bench, kind, text))
    panel.list.scrollTo(index)
    place = panel.list.visualRect(index).center()
    bench.qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_person_goes_to_a_page_and_the_answer_is_still_for_everywhere(bench):
    bench.sitting.go_to(1)
    bench.until(lambda: bench.page.viewer.ready)
    _click(bench, "group", "Oscar Zajac")
    assert bench.number == 7
    assert bench.page.proposed.line.kind == "group"
    many = len(bench.page.proposed.line.places)
    assert many > 2
    bench.qtbot.keyClick(bench.page.proposed.list, Qt.Key.Key_A)
    assert not any("Oscar Zajac" in place for place in _here(bench))
    found = bench.page.proposals.found
    assert not [place for place in found.open if "Oscar" in place.candidate.text]


def test_the_list_works_with_arrows_and_enter(bench):
    panel = bench.page.proposed
    panel.list.setFocus()
    bench.qtbot.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.line.text == "Oscar"
    bench.qtbot.keyClick(panel.list, Qt.Key.Key_A)
    assert bench.words() == ["Oscar"]
    _choose(bench, "group", "07700 900987")
    bench.sitting.go_to(1)
    _choose(bench, "group", "07700 900987")
    bench.qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert bench.number == 7

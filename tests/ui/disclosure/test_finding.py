"""Find and mark: in all documents, with context, ticked one by one or all at once."""

from __future__ import annotations

from PySide6.QtCore import Qt


def test_every_place_in_every_document_is_found_and_marked_at_once(bench):
    bench.find("Harry Smith")
    assert bench.page.found.title.text() == "“Harry Smith”: 7 places on 5 pages"
    assert bench.page.found.mark.text() == "Mark all 7"
    bench.page.found.mark.click()
    assert bench.sitting.progress.marks == 7
    bench.press("Ctrl+Z")
    assert bench.sitting.progress.marks == 0


def test_places_that_were_marked_are_counted_as_they_were_found(bench):
    bench.find("Karen Smith")
    bench.page.found.mark.click()
    assert bench.said() == "5 places marked."
    # Each of these runs over the end of a line.
    bench.find("after a disagreement")
    assert bench.page.found.mark.text() == "Mark all 5"
    bench.page.found.mark.click()
    assert bench.said() == "5 places marked (10 marks)."


def test_a_name_tells_how_often_each_part_of_it_stands_alone(bench):
    bench.find("Harry Smith")
    whole = len(bench.page.found.model.hits)
    text = bench.page.found.alone.text.text()
    bench.find("Harry", whole=True)
    first = len(bench.page.found.model.hits)
    assert f"Harry alone {first - whole}, Smith alone 5" in text
    assert bench.page.found.alone.isHidden(), "one word has no parts"
    bench.find("Harry Smith")
    with bench.qtbot.waitSignal(bench.around.tasks.finished, timeout=20_000):
        bench.page.found.alone.press("Look for Harry")
    assert len(bench.page.found.model.hits) == first


def test_pictures_that_no_search_can_read_are_named_and_shown(bench):
    bench.find("Harry")
    assert "1 page is a picture" in bench.page.found.pictures.text.text()
    bench.page.found.pictures.press("Show it")
    assert bench.number == 4


def test_a_place_is_shown_with_the_words_around_it_and_its_page(bench):
    bench.find("Karen")
    row = bench.page.found.model.index(0)
    around = "book. Harry’s mother, Mrs Karen Smith (07700 900123), was telephoned at 15.35. J."
    assert row.data() == around
    assert row.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Page 1, ")
    hits = bench.page.found.list
    hits.setCurrentIndex(bench.page.found.model.index(2))
    bench.qtbot.keyClick(hits, Qt.Key.Key_Return)
    assert bench.number == 3
    assert len(bench.page.viewer.shown.hits) == 1


def test_a_place_that_is_not_ticked_is_not_marked(bench):
    bench.find("Harry Smith")
    hits = bench.page.found.list
    hits.setFocus()
    bench.qtbot.keyClick(hits, Qt.Key.Key_Space)
    assert bench.page.found.mark.text() == "Mark 6 of 7"
    bench.page.found.mark.click()
    assert bench.sitting.progress.marks == 6
    assert bench.sitting.pages[0].marks == 0


def test_what_is_marked_already_is_told_and_not_marked_twice(bench):
    bench.press("T")
    bench.drag(bench.place("Harry"), bench.place("Smith"))
    bench.find("Harry Smith")
    said = bench.page.found.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("already marked")
    bench.page.found.mark.click()
    assert bench.sitting.progress.marks == 7


def test_whole_words_only_leaves_longer_words_alone(bench):
    bench.find("table")
    part = len(bench.page.found.model.hits)
    bench.find("tab")
    assert len(bench.page.found.model.hits) == part
    bench.find("tab", whole=True)
    assert "nowhere" in bench.page.found.title.text()
    assert bench.page.found.mark.isHidden()


def test_esc_puts_what_was_found_away(bench):
    bench.find("Karen")
    assert bench.page.viewer.shown.hits
    bench.press("Esc")
    assert bench.page.right.currentWidget() is not bench.page.found
    assert not bench.page.viewer.shown.hits


def test_all_can_be_unticked_with_one_click(bench):
    bench.find("Karen")
    bench.page.found.all.click()
    assert not bench.page.found.mark.isEnabled()
    bench.page.found.all.click()
    assert bench.page.found.mark.isEnabled()


def test_a_search_that_is_left_troubles_nobody(bench):
    with bench.qtbot.waitSignal(bench.around.tasks.finished, timeout=20_000):
        bench.page.finder.search("Harry", False)
        bench.page.shut()
    assert bench.page.right.currentWidget() is not bench.page.found


def test_only_the_last_of_two_searches_is_shown(bench):
    bench.page.finder.search("Harry", False)
    bench.page.finder.search("Karen", False)
    bench.rest()
    assert bench.page.found.title.text() == "“Karen”: 5 places on 5 pages"


def test_all_telephone_numbers_are_found_and_marked_at_once(bench):
    menu = bench.page.field.forms.menu()
    offered = {each.text(): each for each in menu.actions()}
    assert list(offered)[:3] == ["Telephone numbers", "E-mail addresses", "Postcodes"]
    with bench.qtbot.waitSignal(bench.around.tasks.finished, timeout=20_000):
        offered["Telephone numbers"].trigger()
    hits = bench.page.found.model.hits
    assert bench.page.found.title.text().startswith(f"Telephone numbers: {len(hits)} places on")
    assert all("07700" in hit.finding.text for hit in hits)
    bench.page.found.mark.click()
    assert bench.sitting.progress.marks >= len(hits)

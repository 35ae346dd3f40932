"""A scan in the workbench: what was read comes by itself, is told as such, and can be marked."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from tests.disclosure.test_read_again import BETTER, FIRST, NAME, read_as
from tests.documents.makers import lato

LINES = ("Report about Harry Beispiel", "telephoned on 07700 900123")


def letter() -> bytes:
    sheet = Image.new("L", (1000, 700), 245)
    pen = ImageDraw.Draw(sheet)
    for place, line in enumerate(LINES):
        pen.text((80, 80 + 150 * place), line, 15, font=lato(50))
    # So coarse that nobody can be sure what it says.
    coarse = Image.new("L", (72, 11), 245)
    ImageDraw.Draw(coarse).text((1, 0), "witnessed by Ana", 15, font=lato(8))
    sheet.paste(coarse.resize((720, 110), Image.Resampling.BICUBIC), (70, 450))
    content = io.BytesIO()
    sheet.save(content, "PNG", dpi=(200, 200))
    return content.getvalue()


def test_words_of_a_scan_arrive_by_themselves_and_can_be_found_and_marked(bench):
    desk, entry = bench.desk, bench.page.entry_id
    desk.documents.add("requests", entry, "letter.png", letter())
    bench.page.reload(7)
    assert bench.shown.words == ()
    assert "still to be read" in bench.page.marks.empty.text()
    desk.reading_on.look()
    bench.until(lambda: bench.shown.words)
    assert "read from a picture" in bench.page.marks.empty.text()
    doubtful = [bench.shown.words[place].box for place in sorted(bench.shown.doubtful)]
    assert bench.page.viewer.shown.doubtful == tuple(doubtful) != ()
    bench.find("Harry Beispiel")
    (hit,) = bench.page.found.model.hits
    assert hit.number == 7
    bench.page.found.mark.click()
    assert bench.words() == ["Harry Beispiel"]
    # The page would be released with this place black, though its file has no word there.
    bench.page.viewer.setFocus()
    bench.page.turn_pass()
    bench.page.sitting.go_to(7)
    bench.seen()
    assert bench.dark(bench.page.sitting.marks[0].box)


def test_what_was_read_meanwhile_is_looked_through_for_people_and_numbers(bench):
    bench.rest()
    desk, entry = bench.desk, bench.page.entry_id
    desk.documents.add("requests", entry, "letter.png", letter())
    bench.page.reload(7)
    bench.rest()

    def proposed():
        found = bench.page.proposals.found
        return {p.candidate.label for p in (*found.open, *found.doubtful) if p.number == 7}

    assert not proposed()
    desk.reading_on.look()
    bench.until(lambda: "07700 900123" in proposed())
    bench.rest()
    assert bench.page.proposals.found.fresh


def test_a_page_that_was_read_badly_is_read_again_when_asked(bench):
    desk = bench.desk
    card = desk.documents.add("requests", bench.page.entry_id, "letter.png", letter())
    desk.scans.read([(card.id, 0)])
    bench.page.reload(7)
    bench.page.menu.aboutToShow.emit()
    again = next(each for each in bench.page.menu.actions() if each.text().startswith("Read this"))
    assert again.isEnabled()
    again.trigger()
    bench.until(lambda: "thoroughly" in desk.scans.of_document(card.id)[0].settings)


def test_a_word_of_a_scan_that_was_read_again_meanwhile_is_marked_at_the_second_try(bench):
    desk, entry = bench.desk, bench.page.entry_id
    sheet = io.BytesIO()
    Image.new("L", (900, 300), 250).save(sheet, "PNG", dpi=(100, 100))
    document = desk.documents.add("requests", entry, "scan.png", sheet.getvalue()).id
    read_as(desk, document, FIRST)
    bench.page.reload(7)
    sitting = bench.page.sitting
    at = [word.text for word in bench.shown.words].index(NAME)
    read_as(desk, document, BETTER)
    assert not sitting.mark_words([at], "TP-16")
    assert sitting.marks == ()
    at = [word.text for word in bench.shown.words].index(NAME)
    assert sitting.mark_words([at], "TP-16")
    assert [mark.words for mark in sitting.marks] == [NAME]

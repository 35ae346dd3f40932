"""Finding words however they are written, and nothing that is not there."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dpdesk.disclosure.finding import WordSearch, boxes_of, find, line_boxes, words_under
from dpdesk.documents import intake
from dpdesk.documents.pages import Box, Page, Word
from dpdesk.law.folding import fold
from dpdesk.walls.workers import Limits
from tests.disclosure.pdfs import page_of
from tests.documents import makers


def _found(page: Page, sought: str, *, whole_word: bool = False) -> list[str]:
    return [finding.text for finding in find(page, sought, whole_word=whole_word)]


@pytest.mark.parametrize(
    ("lines", "sought", "found"),
    [
        (["Dear Robin Example,"], "robin example", ["Robin Example,"]),
        (["saw Robin", "Example leave"], "Robin Example", ["Robin Example"]),
        (["Robin Exam-", "ple left"], "Example", ["Exam- ple"]),
        (["Robin Exam\u00ad", "ple left"], "Example", ["Exam\u00ad ple"]),
        (["Smith's bag and Smith’s coat"], "Smith", ["Smith's", "Smith’s"]),
        (["Mr O’Brien and Mr OBrien and O'Brien"], "obrien", ["O’Brien", "OBrien", "O'Brien"]),
        (["Mr OBrien"], "O'Brien", ["OBrien"]),
        (["Jan Wójcik, Ewa Wojcik"], "Wojcik", ["Wójcik,", "Wojcik"]),
        (["Jan Wojcik"], "Wójcik", ["Wojcik"]),
        (["Łódź Çelik Nguyễn Ελένη"], "ελενη", ["Ελένη"]),
        (["R o b i n left"], "Robin", ["R o b i n"]),
        (["Smith-Jones came"], "Smith Jones", ["Smith-Jones"]),
        (["Smith - Jones came"], "Smith-Jones", ["Smith - Jones"]),
        (["born 03/04/2012 in"], "03/04/2012", ["03/04/2012"]),
        (["born 03.04.2012 in"], "03/04/2012", ["03.04.2012"]),
        (["call 01632 960 123 now"], "01632 960123", ["01632 960 123"]),
        (["call 0044 1632 960123 now"], "01632 960123", ["0044 1632 960123"]),
        (["call +44 1632 960123 now"], "01632 960123", ["+44 1632 960123"]),
        (["call 1632960123 now"], "01632 960123", ["1632960123"]),
        (["call 01632 960123 now"], "1632960123", ["01632 960123"]),
        (["call 01632 960123 now"], "0044 1632 960123", ["01632 960123"]),
        (["(Robin)", "“Robin”", "Robin;"], "Robin", ["(Robin)", "“Robin”", "Robin;"]),
        (["robin.example@school.example"], "robin.example@school.example",
         ["robin.example@school.example"]),
        (["Name - Robin Example"], "Robin Example", ["Robin Example"]),
        (["Robin- Example, aged 9"], "Robin Example", ["Robin- Example,"]),
        (["no such name"], "Robin", []),
        ([""], "Robin", []),
    ],
)  # fmt: skip
def test_names_are_found_however_they_are_written(lines, sought, found):
    assert _found(page_of(*lines), sought) == found


@pytest.mark.parametrize(
    ("line", "sought"),
    [
        ("now than ever", "Ann"),
        ("it has an navy stripe", "Anna"),
        ("he art of the matter", "heart of them"),
        ("over in time", "Robin"),
        ("the rob inside", "Robin"),
    ],
)
def test_no_name_is_made_of_the_ends_of_others(line, sought):
    if sought == "Robin" and "rob in" in line:
        assert _found(page_of(line), sought, whole_word=True) == []
    else:
        assert _found(page_of(line), sought) == []


def test_part_of_a_word_is_found_unless_whole_words_are_asked_for():
    page = page_of("Annabel and Ann and Hannah")
    assert _found(page, "ann") == ["Annabel", "Ann", "Hannah"]
    assert _found(page, "ann", whole_word=True) == ["Ann"]


def _placed(*words: tuple[str, float, float]) -> Page:
    """Words at their places, in the order of the file; a letter is six points wide."""
    return Page(
        595,
        842,
        tuple(Word(text, Box(x, y, x + 6 * len(text), y + 12)) for text, x, y in words),
        "text",
    )


@pytest.mark.parametrize(
    ("page", "sought", "indexes"),
    [
        # Drawn in pieces, the middle one last.
        (
            _placed(("Quill", 20, 20), ("ther", 68, 20), ("came", 100, 20), ("fea", 50, 20)),
            "Quillfeather",
            (0, 1, 3),
        ),
        # Letter by letter, from the last to the first.
        (_placed(*((sign, 50 - 6 * n, 20.0) for n, sign in enumerate("niboR"))), "Robin",
         (0, 1, 2, 3, 4)),
        # The line below drawn before the line above.
        (_placed(("Example", 20, 40), ("left", 70, 40), ("saw", 20, 20), ("Robin", 50, 20)),
         "Robin Example", (0, 3)),
        # Two columns drawn line by line.
        (
            _placed(("the", 20, 20), ("Robin", 50, 20), ("of", 300, 20), ("the", 330, 20),
                    ("Example", 20, 40), ("left", 80, 40), ("matter", 300, 40)),
            "Robin Example",
            (1, 4),
        ),
        # From the foot of one column to the head of the next, broken by a hyphen.
        (
            _placed(("saw", 20, 20), ("first", 300, 20), ("Rob", 300, 40),
                    ("the", 20, 34), ("Exam-", 50, 34), ("ple", 300, 8)),
            "Example",
            (4, 5),
        ),
        # A name on two lines of a cell, its row drawn as a whole.
        (_placed(("Robin", 20, 20), ("7B", 120, 20), ("absent", 220, 20), ("Example", 20, 34)),
         "Robin Example", (0, 3)),
        # Upright, from below upwards, the last piece first.
        (
            Page(595, 842, (
                Word("Example", Box(20, 100, 32, 142)), Word("Robin", Box(20, 150, 32, 180)),
            ), "text"),
            "Robin Example",
            (0, 1),
        ),
    ],
)  # fmt: skip
def test_what_stands_together_on_the_page_is_found_whatever_the_file_s_order(page, sought, indexes):
    assert [finding.indexes for finding in find(page, sought)] == [indexes]


def test_marks_on_pieces_far_apart_in_the_file_cover_nothing_in_between():
    page = _placed(("Robin", 20, 20), ("7B", 120, 20), ("Example", 20, 34))
    assert boxes_of(page, (0, 2)) == (page.words[0].box, page.words[2].box)


def test_a_place_that_can_be_read_in_several_ways_is_found_once():
    page = _placed(("Robin", 20, 20), ("-", 60, 20), ("Example", 20, 34), ("left", 80, 34))
    assert [finding.indexes for finding in find(page, "Robin Example")] == [(0, 1, 2)]


@pytest.mark.parametrize("sought", ["Robin Example", "Example Kim"])
def test_no_name_is_made_across_columns_that_do_not_meet(sought):
    page = _placed(
        ("Robin", 20, 20), ("Kim", 300, 20), ("left", 20, 40), ("Example", 300, 40),
        ("then", 20, 60), ("stood", 300, 60),
    )  # fmt: skip
    assert find(page, sought) == ()


@pytest.mark.parametrize(
    ("line", "sought", "found"),
    [
        ("Dear Ond\ufffdej Novák", "Ondřej", ["Ond\ufffdej"]),
        ("Dear Ond\ufffdej Novák", "Ondřej Novák", ["Ond\ufffdej Novák"]),
        ("Dear Ond?ej Nov??k", "Ondrej Novak", ["Ond?ej Nov??k"]),
        ("Dear ?tefan", "Štefan", ["?tefan"]),
        ("Mr Gri\ufffdth came", "Griffith", ["Gri\ufffdth"]),
        ("Mr Gri\ue001th came", "Griffith", ["Gri\ue001th"]),
        ("Quill\x02eather", "Quillfeather", ["Quill\x02eather"]),
        ("N\ufffd\ufffdez", "Núñez", ["N\ufffd\ufffdez"]),
        ("\uf0b7 Ann \uf0b7 Lee", "Ann Lee", ["Ann \uf0b7 Lee"]),
        ("\uf0b7Robin", "Robin", ["\uf0b7Robin"]),
        ("\ufffd\ufffd\ufffd\ufffd\ufffd", "Robin", []),
        ("R\ufffd\ufffd\ufffdn", "Robin", []),
        ("Is it Ann? Are you sure?", "Anna", []),
        ("Rob\ufffdrt", "Robin", []),
    ],
)
def test_a_letter_that_cannot_be_read_may_be_any_letter(line, sought, found):
    assert _found(page_of(line), sought) == found


def test_endless_unreadable_letters_hold_nothing_up():
    page = page_of("a\ufffd" * 3000 + "b", "ab" * 3000 + "?c", "\ufffd" * 5000)
    assert find(page, "abababababababababab" + "x" * 40) == ()


@pytest.mark.parametrize(
    "line",
    [
        "كتب محمد علي رسالة",
        "ةلاسر يلع دمحم بتك",  # all of it turned round
        "بتك دمحم يلع ةلاسر",  # each word turned round
        "رسالة علي محمد كتب",  # only the words
        "كتب \ufee3\ufea4\ufee4\ufeaa \ufecb\ufee0\ufef2 رسالة",  # forms of letters for print
        "كتب محمـــد على رسالة",  # stretched, and ya without its dots
    ],
)
def test_names_from_right_to_left_are_found_however_they_are_stored(line):
    (finding,) = find(page_of(line), "محمد علي")
    assert len(finding.indexes) == 2


def test_hebrew_names_are_found_stored_either_way():
    assert len(find(page_of("שלום דוד לוי"), "דוד לוי")) == 1
    assert len(find(page_of("יול דוד םולש"), "דוד לוי")) == 1


def test_a_name_that_goes_on_over_the_page_is_found_past_footer_and_header():
    first = _placed(("and", 20, 700), ("Adaeze", 60, 700), ("Page", 20, 800), ("3", 60, 800))
    second = _placed(("School", 20, 20), ("Okonkwo", 20, 80), ("left.", 80, 80), ("Then", 20, 94))
    search = WordSearch("Adaeze Okonkwo")
    assert search.next_page(first, follows=False) == ((), ())
    earlier, here = search.next_page(second, follows=True)
    assert [(one.text, one.over_page) for one in earlier] == [("Adaeze", True)]
    assert [(one.text, one.over_page) for one in here] == [("Okonkwo", True)]


def test_only_the_end_of_a_page_goes_on_over_it():
    search = WordSearch("Robin Example")
    search.next_page(page_of("it was Robin", "Kim said so"), follows=False)
    assert search.next_page(page_of("He said", "Example one"), follows=True) == ((), ())


def test_a_word_broken_over_the_page_is_found_on_both():
    search = WordSearch("Quillfeather")
    search.next_page(page_of("the boy Quill-"), follows=False)
    earlier, here = search.next_page(page_of("feather was seen"), follows=True)
    assert [one.text for one in (*earlier, *here)] == ["Quill-", "feather"]


def test_no_name_is_made_of_the_ends_of_two_documents():
    search = WordSearch("Adaeze Okonkwo")
    search.next_page(page_of("and then Adaeze"), follows=False)
    assert search.next_page(page_of("Okonkwo went home"), follows=False) == ((), ())


@pytest.mark.parametrize("sought", ["", "  ", "’", "...", "-"])
def test_nothing_sought_finds_nothing(sought):
    assert find(page_of("Robin - Example ’"), sought) == ()


def test_a_dash_beside_a_name_hides_it_from_no_search():
    page = page_of("-Robin Robin- - Robin -", "Robin\u2010 came")
    assert len(find(page, "robin", whole_word=True)) == 4


def test_each_place_is_found_once_in_reading_order():
    page = page_of("Robin Robin", "and Robin")
    assert [finding.indexes for finding in find(page, "Robin")] == [(0,), (1,), (3,)]


words = st.text(st.sampled_from("abcdeéł'’-"), min_size=1, max_size=6)


@given(st.lists(words, min_size=1, max_size=12), st.data())
@example(["ab-", "cd"], None)
def test_what_stands_on_the_page_is_found_and_what_is_found_stands_there(line, data):
    page = page_of(" ".join(line))
    if data is None:
        sought = "abcd"
    else:
        first = data.draw(st.integers(0, len(line) - 1))
        last = data.draw(st.integers(first, min(len(line) - 1, first + 2)))
        sought = " ".join(line[first : last + 1])
    letters = _letters(sought)
    assume(letters)
    findings = find(page, sought)
    assert findings, "words copied from the page were not found on it"
    for finding in findings:
        assert letters in _letters("".join(page.words[i].text for i in finding.indexes))
        assert finding.indexes == tuple(range(finding.indexes[0], finding.indexes[-1] + 1))
    assert {f.indexes for f in find(page, sought, whole_word=True)} <= {f.indexes for f in findings}


def _letters(words: str) -> str:
    return "".join(letter for letter in fold(words) if letter.isalnum())


def test_boxes_cover_each_line_from_its_first_to_its_last_word():
    page = page_of("one two three", "four five")
    boxes = line_boxes(page.words[1:4])
    assert boxes == (page.words[1].box.union(page.words[2].box), page.words[3].box)
    assert line_boxes([]) == ()


def test_words_that_are_only_brushed_do_not_count():
    page = page_of("one two", "three")
    one = page.words[0].box
    assert words_under(page, one) == (0,)
    assert words_under(page, Box(one.x1, one.y0, one.x1 + 5, one.y1)) == ()
    assert words_under(page, Box(0, 0, 595, 842)) == (0, 1, 2)


def test_places_where_the_words_are_not_seen_say_so():
    page = page_of("Robin and Robin")
    hidden = Page(page.width, page.height, page.words, page.kind, frozenset({2}))
    assert [finding.seen for finding in find(hidden, "Robin")] == [True, False]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_name_drawn_in_pieces_is_found_however_the_page_is_turned(turn):
    def draw(canvas):
        canvas.setFont("Helvetica", 12)
        x = 100.0
        places = []
        for piece in ("The pupil ", "Quill", "fea", "ther came"):
            places.append((x, piece))
            x += canvas.stringWidth(piece, "Helvetica", 12)
        for number in (3, 0, 1, 2):
            canvas.drawString(places[number][0], 500, places[number][1])
            canvas.drawString(100, 400 - 40 * number, "another line of the report")

    content = makers.changed(
        makers.written([draw]), lambda made: made.pages[0].obj.__setitem__("/Rotate", turn)
    )
    page = intake.read("a.pdf", content, None, Limits()).pages[0]
    assert len(find(page, "Quillfeather")) == 1


def test_a_name_that_begins_with_a_large_initial_takes_no_word_of_the_lines_beside_it():
    def draw(canvas):
        canvas.setFont("Times-Roman", 40)
        canvas.drawString(72, 684, "W")
        canvas.setFont("Times-Roman", 11)
        for row, line in enumerate(("illiam came to the house", "by all of them when he", "left.")):
            canvas.drawString(114 if row < 2 else 72, 705 - 14 * row, line)

    page = intake.read("a.pdf", makers.written([draw]), None, Limits()).pages[0]
    (found,) = find(page, "William")
    boxes = boxes_of(page, found.indexes)
    under = {page.words[index].text for box in boxes for index in words_under(page, box)}
    assert len(boxes) == 2
    assert under == {"W", "illiam"}


def test_a_short_form_of_the_name_is_counted_where_it_stands_without_the_whole():
    page = page_of("Thomas Ward came.", "Then Tom left with Tommy.", "Tomatoes for lunch")
    search = WordSearch("Thomas Ward")
    counted = search.alone(page, search.on(page))
    assert {name: often for name, often in counted.items() if often} == {"Tom": 1, "Tommy": 1}

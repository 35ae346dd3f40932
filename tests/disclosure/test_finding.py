"""Finding words however they are written, and nothing that is not there."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dpdesk.disclosure.finding import find, line_boxes, words_under
from dpdesk.documents.pages import Box, Page, Word
from dpdesk.store.search_index import fold


def _page(*lines: str) -> Page:
    """Words of ten points each, one line below the other."""
    words = [
        Word(text, Box(20 + 60 * place, 20 * row, 20 + 60 * place + 50, 20 * row + 12))
        for row, line in enumerate(lines)
        for place, text in enumerate(line.split())
    ]
    return Page(595, 842, tuple(words), "text")


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
    assert _found(_page(*lines), sought) == found


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
        assert _found(_page(line), sought, whole_word=True) == []
    else:
        assert _found(_page(line), sought) == []


def test_part_of_a_word_is_found_unless_whole_words_are_asked_for():
    page = _page("Annabel and Ann and Hannah")
    assert _found(page, "ann") == ["Annabel", "Ann", "Hannah"]
    assert _found(page, "ann", whole_word=True) == ["Ann"]


@pytest.mark.parametrize("sought", ["", "  ", "’", "...", "-"])
def test_nothing_sought_finds_nothing(sought):
    assert find(_page("Robin - Example ’"), sought) == ()


def test_a_dash_beside_a_name_hides_it_from_no_search():
    page = _page("-Robin Robin- - Robin -", "Robin\u2010 came")
    assert len(find(page, "robin", whole_word=True)) == 4


def test_each_place_is_found_once_in_reading_order():
    page = _page("Robin Robin", "and Robin")
    assert [finding.indexes for finding in find(page, "Robin")] == [(0,), (1,), (3,)]


words = st.text(st.sampled_from("abcdeéł'’-"), min_size=1, max_size=6)


@given(st.lists(words, min_size=1, max_size=12), st.data())
@example(["ab-", "cd"], None)
def test_what_stands_on_the_page_is_found_and_what_is_found_stands_there(line, data):
    page = _page(" ".join(line))
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
    page = _page("one two three", "four five")
    boxes = line_boxes(page.words[1:4])
    assert boxes == (page.words[1].box.union(page.words[2].box), page.words[3].box)
    assert line_boxes([]) == ()


def test_words_that_are_only_brushed_do_not_count():
    page = _page("one two", "three")
    one = page.words[0].box
    assert words_under(page, one) == (0,)
    assert words_under(page, Box(one.x1, one.y0, one.x1 + 5, one.y1)) == ()
    assert words_under(page, Box(0, 0, 595, 842)) == (0, 1, 2)

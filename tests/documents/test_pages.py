"""Pages are small in the database, come back as they were, and distrust what is no page."""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpdesk.documents.pages import Box, Page, Pages, PageTexts, Word
from dpdesk.errors import UnreadableFile

sides = st.integers(0, 200_000).map(lambda hundredths: hundredths / 100)
boxes = st.tuples(sides, sides, sides, sides).map(
    lambda s: Box(min(s[0], s[2]), min(s[1], s[3]), max(s[0], s[2]), max(s[1], s[3]))
)
pages = st.builds(
    Page,
    st.floats(1, 20_000),
    st.floats(1, 20_000),
    st.lists(st.builds(Word, st.text(min_size=1), boxes), max_size=20).map(tuple),
    st.sampled_from(["text", "image", "mixed", "blank"]),
)


@given(pages)
def test_what_was_packed_comes_back_the_same(page: Page) -> None:
    assert Page.unpack(page.pack()) == page


@given(pages, st.sets(st.integers(0, 19)))
def test_the_texts_alone_are_those_of_the_page(page: Page, places: set[int]) -> None:
    unseen = frozenset(place for place in places if place < len(page.words))
    packed = replace(page, unseen=unseen).pack()
    read = PageTexts.unpack(packed)
    assert list(read.words) == [word.text for word in page.words]
    assert read.unseen == unseen


@pytest.mark.parametrize("text", ['],"b":[', '"],"b":[[', '"u":[0]', ',"u":[', "\\"])
def test_a_word_that_looks_like_the_end_of_the_words_is_a_word(text: str) -> None:
    words = (Word(text, Box(0, 0, 1, 1)), Word("b", Box(0, 0, 1, 1)))
    read = PageTexts.unpack(Page(10, 10, words, "text").pack())
    assert (list(read.words), read.unseen) == ([text, "b"], frozenset())


def test_texts_that_are_no_page_are_refused() -> None:
    for plain in (b"nothing", b'{"v":1,"t":[1],"b":[[0,0,1,1]]}', b'{"v":1,"t":["a"],"b":['):
        with pytest.raises(UnreadableFile, match="damaged"):
            PageTexts.unpack(zlib.compress(plain))


@given(st.tuples(*[st.floats(-1000, 1000)] * 4))
def test_rounding_never_uncovers_ink(values: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = values
    box = Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    rounded = box.rounded()
    assert rounded.inflate(1e-6).contains(box)
    assert rounded.width <= box.width + 0.0201
    assert Box(*(round(side * 100) / 100 for side in _sides(rounded))) == rounded


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


def test_boxes_join_grow_touch_and_are_cut() -> None:
    one, two = Box(0, 0, 10, 10), Box(10, 5, 20, 8)
    assert one.union(two) == Box(0, 0, 20, 10)
    assert not one.intersects(two)
    assert one.inflate(1).intersects(two)
    assert one.inflate(1, 2) == Box(-1, -2, 11, 12)
    assert one.inflate(5).clamp(12, 8) == Box(0, 0, 12, 8)
    assert (two.width, two.height) == (10, 3)


far = st.floats(-300, 300)


@given(st.tuples(far, far, far, far), st.floats(1, 200), st.floats(1, 200))
def test_no_side_of_a_box_that_was_cut_lies_beyond_its_page(
    edges: tuple[float, float, float, float], width: float, height: float
) -> None:
    x0, y0, x1, y1 = edges
    cut = Box(x0, y0, x1, y1).clamp(width, height)
    across = [min(max(side, 0.0), width) for side in (x0, x1)]
    down = [min(max(side, 0.0), height) for side in (y0, y1)]
    assert _sides(cut) == (across[0], down[0], across[1], down[1])


def test_the_text_of_a_page_keeps_its_lines() -> None:
    words = (
        Word("Dear", Box(0, 0, 20, 10)),
        Word("Ann,", Box(25, 1, 40, 11)),
        Word("thank", Box(0, 14, 25, 24)),
        Word("you", Box(30, 14, 45, 24)),
    )
    assert Page(100, 100, words, "text").text() == "Dear Ann,\nthank you"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        zlib.compress(b"[]"),
        zlib.compress(b'{"v":1,"w":10,"h":10,"k":"text","t":["a"],"b":[]}'),
        zlib.compress(b'{"v":1,"w":-3,"h":10,"k":"text","t":[],"b":[]}'),
        zlib.compress(b'{"v":1,"w":10,"h":10,"k":"poem","t":[],"b":[]}'),
        zlib.compress(b'{"v":9,"w":10,"h":10,"k":"text","t":[],"b":[]}'),
        zlib.compress(b'{"v":1,"w":10,"h":10,"k":"text","t":[5],"b":[[0,0,1,1]]}'),
    ],
    ids=range(8),
)
def test_bytes_that_are_no_page_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        Page.unpack(content)


def test_a_page_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        Page.unpack(zlib.compress(b" " * 70_000_000))


def test_many_pages_stay_packed_until_asked_for() -> None:
    page = Page(100, 100, tuple(Word(f"w{n}", Box(0, n, 9, n + 1)) for n in range(400)), "text")
    many = Pages([page.pack()] * 1000)
    assert len(many) == 1000
    assert many[999] == page
    assert list(many[2:4]) == [page, page]
    assert sum(map(len, many.packed())) < 6_000_000

"""Files within files: each a document of its own under the one that it came in."""

from __future__ import annotations

import datetime as dt

import pikepdf
import pytest

from dpdesk.documents import family
from dpdesk.documents.inside import DEPTH
from dpdesk.errors import Cancelled, UnreadableFile
from dpdesk.registers.entries import Entry
from tests.builders import a_pdf, a_request
from tests.documents import makers


@pytest.fixture
def entry(desk) -> Entry:
    return a_request(desk)


def _holding(words: str, **files: bytes) -> bytes:
    """A PDF that carries files, by their names with _ for the dot."""

    def attach(opened: pikepdf.Pdf) -> None:
        for name, content in files.items():
            opened.attachments[name.replace("_", ".")] = content

    return makers.changed(a_pdf(words), attach)


def _tree(desk, entry) -> list[str]:
    """The documents as the window shows them: what came inside another stands further in."""
    deep: dict[int | None, int] = {None: -1}
    lines = []
    for card in desk.documents.of_entry("requests", entry.id):
        deep[card.id] = deep[card.parent_id] + 1
        lines.append("  " * deep[card.id] + card.name)
    return lines


def test_a_file_inside_another_becomes_a_document_under_it(desk, entry):
    inner = _holding("inner", note_txt=b"Seen by Ms Quill")
    taken = desk.documents.take(
        "requests", entry.id, "outer.pdf", _holding("outer", a_txt=b"first", b_pdf=inner)
    )
    desk.documents.add("requests", entry.id, "last.txt", b"last")
    assert _tree(desk, entry) == ["outer.pdf", "  a.txt", "  b.pdf", "    note.txt", "last.txt"]
    assert [card.name for card in taken.documents] == ["outer.pdf", "a.txt", "b.pdf", "note.txt"]
    assert desk.documents.page(taken.documents[3].id, 0).text() == "Seen by Ms Quill"
    assert desk.documents.original(taken.documents[2].id) == inner
    assert desk.check().problems == ()


def test_what_inside_cannot_be_read_costs_only_itself_and_is_told(desk, entry):
    content = _holding("outer", film_mov=b"\0\0\0\x18ftypqt  ", locked_pdf=makers.locked(
        a_pdf("x"), "secret"
    ), note_txt=b"kept")  # fmt: skip
    taken = desk.documents.take("requests", entry.id, "outer.pdf", content)
    assert [card.name for card in taken.documents] == ["outer.pdf", "note.txt"]
    assert [(each.name, each.locked) for each in taken.left_out] == [
        ("film.mov", False),
        ("locked.pdf", True),
    ]
    assert "“film.mov” inside it was not added. This is a film" in taken.documents[0].warnings[1]


def test_the_same_attachment_stays_with_each_that_holds_it(desk, entry):
    both = b"the same words"
    for words in ("one", "two"):
        desk.documents.add("requests", entry.id, f"{words}.pdf", _holding(words, note_txt=both))
    desk.documents.add("requests", entry.id, "by itself.txt", both)
    assert _tree(desk, entry) == [
        "one.pdf", "  note.txt", "two.pdf", "  note.txt", "by itself.txt",
    ]  # fmt: skip
    with pytest.raises(UnreadableFile, match="as document 5"):
        desk.documents.add("requests", entry.id, "again.txt", both)


def test_files_within_files_without_end_are_left_out_with_a_sentence(desk, entry):
    content = _holding("0")
    for number in range(1, DEPTH + 4):
        content = _holding(str(number), within_pdf=content)
    taken = desk.documents.take("requests", entry.id, "outer.pdf", content)
    assert len(taken.documents) == DEPTH + 1
    (left,) = taken.left_out
    assert left.sentence.startswith(f"It lies inside more than {DEPTH} other files.")


def test_a_document_goes_and_comes_back_with_what_came_inside_it(desk, entry, clock):
    documents = desk.documents
    outer, first, _second = documents.take(
        "requests", entry.id, "outer.pdf", _holding("outer", a_txt=b"first", b_txt=b"second")
    ).documents
    documents.add("requests", entry.id, "last.txt", b"last")
    documents.remove(first.id)
    clock.moment += dt.timedelta(hours=1)
    documents.remove(outer.id, why="not about Robin")
    assert _tree(desk, entry) == ["last.txt"]
    assert not [m for m in desk.search.find("second") if m.document_id]
    with pytest.raises(UnreadableFile, match="Put that back first"):
        documents.restore(first.id)
    documents.restore(outer.id)
    assert _tree(desk, entry) == ["outer.pdf", "  b.txt", "last.txt"]
    documents.restore(first.id)
    assert _tree(desk, entry) == ["outer.pdf", "  a.txt", "  b.txt", "last.txt"]
    assert desk.check().problems == ()


def test_a_document_moves_with_what_came_inside_it_and_among_its_like(desk, entry):
    outer, first, *_ = desk.documents.take(
        "requests", entry.id, "outer.pdf", _holding("outer", a_txt=b"first", b_txt=b"second")
    ).documents
    other = desk.documents.add("requests", entry.id, "other.txt", b"other")
    desk.documents.move(outer.id, 1)
    assert _tree(desk, entry) == ["other.txt", "outer.pdf", "  a.txt", "  b.txt"]
    desk.documents.move(first.id, 1)
    assert _tree(desk, entry) == ["other.txt", "outer.pdf", "  b.txt", "  a.txt"]
    desk.documents.move(other.id, 1)
    assert _tree(desk, entry) == ["outer.pdf", "  b.txt", "  a.txt", "other.txt"]


def test_stopping_amid_the_files_inside_leaves_nothing(desk, entry):
    looks = iter([False] * 3)
    before = desk.check()
    with pytest.raises(Cancelled):
        desk.documents.add(
            "requests",
            entry.id,
            "outer.pdf",
            _holding("outer", a_txt=b"first", b_txt=b"second"),
            progress=lambda _done, _all: next(looks, None),
            cancelled=lambda: next(looks, True),
        )
    assert desk.check() == before
    assert list(desk.workspace.vault.names()) == []


class _Row:
    def __init__(self, number: int, parent: int | None) -> None:
        self.id, self.parent_id = number, parent


def test_order_is_kept_even_where_rows_lie_anyhow():
    rows = [_Row(4, 2), _Row(1, None), _Row(2, None), _Row(3, 1), _Row(5, 99)]
    assert [row.id for row in family.in_order(rows)] == [1, 3, 2, 4, 5]

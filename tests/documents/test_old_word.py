"""Word files of the old kind, from their streams: what is shown, and what is not."""

from __future__ import annotations

import struct

import pytest

from dpdesk.documents import doc_pages
from dpdesk.documents.doc_file import OldWord
from dpdesk.documents.doc_pages import OldReader
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

_TEXT = 2048  # where the text lies
_LETTERS, _PARAGRAPHS = 2, 3  # pages of 512 bytes


def page(ends: list[int], said: list[bytes], *, paragraphs: bool) -> bytes:
    """A page that says of each stretch what it looks like."""
    each = 13 if paragraphs else 1
    made = bytearray(512)
    struct.pack_into(f"<{len(ends)}I", made, 0, *ends)
    place = 510
    for number, words in enumerate(said):
        content = bytes([0, len(words) // 2]) + words if paragraphs else bytes([len(words)]) + words
        place = (place - len(content)) // 2 * 2
        made[place : place + len(content)] = content
        made[4 * len(ends) + each * number] = place // 2
    made[511] = len(said)
    return bytes(made)


def word(*runs: tuple[str, bytes], paragraphs: dict[int, bytes] | None = None) -> OldWord:
    """A file of these runs, each with what is said of its letters."""
    text = "".join(words for words, _said in runs)
    places = [0]
    for words, _said in runs:
        places.append(places[-1] + len(words))
    ends = [_TEXT + 2 * place for place in places]
    marks = [n + 1 for n, sign in enumerate(text) if sign in "\r\x07"]
    main = bytearray(_TEXT)
    struct.pack_into("<H", main, 0, 0xA5EC)
    struct.pack_into("<H", main, 0x0A, 0x0200)
    struct.pack_into("<i", main, 0x4C, len(text))
    main[1024:1536] = page(ends, [said for _words, said in runs], paragraphs=False)
    said = [(paragraphs or {}).get(mark - 1, bytes(2)) for mark in marks]
    edges = [_TEXT, *(_TEXT + 2 * mark for mark in marks)]
    main[1536:2048] = page(edges, said, paragraphs=True)
    main += text.encode("utf-16-le")
    pieces = struct.pack("<ii", 0, len(text)) + struct.pack("<HIH", 0, _TEXT, 0)
    clx = b"\2" + struct.pack("<I", len(pieces)) + pieces
    table = b""
    for number, part in (
        (33, clx),
        (12, struct.pack("<IIi", ends[0], ends[-1], _LETTERS)),
        (13, struct.pack("<IIi", ends[0], ends[-1], _PARAGRAPHS)),
    ):
        struct.pack_into("<II", main, 154 + 8 * number, len(table), len(part))
        table += part
    return OldWord(bytes(main), {"1Table": table}, b"")


def read(file: OldWord) -> tuple[str, str]:
    reader = OldReader(file)
    reader.read()
    return reader.html(), "".join(each.html for each in reader.found())


BOLD = struct.pack("<HB", 0x0835, 1)
DELETED = struct.pack("<HB", 0x0800, 1)
HIDDEN = struct.pack("<HB", 0x083C, 1)
WHITE = struct.pack("<HI", 0x6870, 0x00FFFFFF)
IN_TABLE = bytes(2) + struct.pack("<HB", 0x2416, 1)
ROW_ENDS = IN_TABLE + struct.pack("<HB", 0x2417, 1)


def test_words_are_shown_in_their_look() -> None:
    shown, unseen = read(word(("Dear ", b""), ("Łukasz", BOLD), (",\rthank you\r", b"")))
    assert shown == "<p>Dear <b>Łukasz</b>,</p><p>thank you</p>"
    assert unseen == ""


def test_what_is_not_shown_is_kept_apart() -> None:
    shown, unseen = read(
        word(("Ada ", b""), ("gone", DELETED), ("secret", HIDDEN), ("pale", WHITE), ("\r", b""))
    )
    assert shown == "<p>Ada pale</p>"
    for words in ("gone", "secret", "pale"):
        assert words in unseen


def test_fields_show_their_result_and_where_they_lead() -> None:
    shown, _unseen = read(word(('\x13HYPERLINK "https://a.org"\x14here\x15 end\r', b"")))
    assert shown.startswith("<p>here ")
    assert "(https://a.org)" in shown
    assert "HYPERLINK" not in shown


def test_what_a_field_holds_back_is_told() -> None:
    shown, unseen = read(word(('\x13IF a = 1 "passed" "excluded"\x14passed\x15 end\r', b"")))
    assert shown == "<p>passed end</p>"
    assert "excluded" in unseen


def test_tables_are_tables() -> None:
    file = word(("a\x07b\x07\x07after\r", b""), paragraphs={1: IN_TABLE, 3: IN_TABLE, 4: ROW_ENDS})
    assert read(file)[0] == (
        '<table class="grid"><tr><td>a</td><td>b</td></tr></table><p>after</p>'
    )


def test_headings_are_headings() -> None:
    assert read(word(("Concern\r", b""), paragraphs={7: b"\1\0"}))[0] == "<h1>Concern</h1>"


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)])
def test_what_is_damaged_is_one_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        doc_pages.doc(content, None, Limits())

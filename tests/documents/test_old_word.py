"""Word files of the old kind, from their streams: what is shown, and what is not."""

from __future__ import annotations

import struct
import zlib

import pytest
from PIL import Image

from dpdesk.documents import doc_pages, pdf
from dpdesk.documents.doc_file import OldWord
from dpdesk.documents.doc_pages import OldReader
from dpdesk.documents.office_blips import pictures
from dpdesk.documents.words import read_page
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits
from tests.documents.mail_makers import Storage, compound
from tests.documents.makers import encoded

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


def streams(
    *runs: tuple[str, bytes],
    paragraphs: dict[int, bytes] | None = None,
    stories: tuple[int, ...] = (),
    parts: dict[int, bytes] | None = None,
) -> tuple[bytes, bytes]:
    """The text and the tables of a file of these runs, each with what is said of its letters.

    ``stories`` are the letters of each story after the body, ``parts`` more of its tables.
    """
    text = "".join(words for words, _said in runs)
    places = [0]
    for words, _said in runs:
        places.append(places[-1] + len(words))
    ends = [_TEXT + 2 * place for place in places]
    marks = [n + 1 for n, sign in enumerate(text) if sign in "\r\x07"]
    main = bytearray(_TEXT)
    struct.pack_into("<H", main, 0, 0xA5EC)
    struct.pack_into("<H", main, 0x0A, 0x0200)
    struct.pack_into("<i", main, 0x4C, len(text) - sum(stories))
    struct.pack_into(f"<{len(stories)}i", main, 0x50, *stories)
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
        *(parts or {}).items(),
    ):
        struct.pack_into("<II", main, 154 + 8 * number, len(table), len(part))
        table += part
    return bytes(main), table


def word(*runs: tuple[str, bytes], paragraphs: dict[int, bytes] | None = None) -> OldWord:
    """A file of these runs, opened."""
    main, table = streams(*runs, paragraphs=paragraphs)
    return OldWord(main, {"1Table": table}, b"")


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


def names(*each: str) -> bytes:
    """A list of names."""
    told = b"".join(struct.pack("<H", len(name)) + name.encode("utf-16-le") for name in each)
    return b"\xff\xff" + bytes(4) + told


def places(*each: int, told: bytes = b"") -> bytes:
    """A list of places, and what is told of them."""
    return struct.pack(f"<{len(each)}i", *each) + told


def test_heads_notes_comments_and_boxes_are_there() -> None:
    body, note, heads = "Ada\x02 was \x05here\r", "See the log.\r", "Oak School\rPrivate\r"
    comment, end, box = "Do not tell.\r", "At the end.\r", "In a box\r"
    special = struct.pack("<HB", 0x0855, 1)
    about = bytes(20) + struct.pack("<H", 0) + bytes(8)
    edges = [0] * 6 + [0, 11, 11, 19, 19, 19, 19, 20]
    main, table = streams(
        (body, special), (note + heads + "\r" + comment + end + box, b""),
        stories=(len(note), len(heads) + 1, 0, len(comment), len(end), len(box)),
        parts={
            2: places(3, 99, told=bytes(2)), 3: places(0, len(note)),
            4: places(9, 99, told=about), 5: places(0, len(comment)), 36: names("B. Head"),
            11: places(*edges), 46: places(99), 47: places(0, len(end)),
            56: places(0, len(box), told=bytes(22)),
        },
    )  # fmt: skip
    shown, unseen = read(OldWord(main, {"1Table": table}, b""))
    assert "<p>Ada<sup>[1]</sup> was  <span" in shown
    assert shown.index("At the top of its pages</p><p>Oak School") < shown.index("Ada")
    assert shown.index("In a box") < shown.index("[1]</b></p><p>See the log.")
    assert shown.index("At the end.") < shown.index("At the foot of its pages</p><p>Private")
    assert "<b>Comment 1</b> B. Head</p><p>Do not tell.</p>" in unseen


def test_tracked_changes_are_told_with_who_made_them() -> None:
    who = struct.pack("<HH", 0x4863, 1)
    inserted = struct.pack("<HB", 0x0801, 1)
    main, table = streams(
        ("Ada ", b""), ("gone", DELETED + who), ("new", inserted), ("er\r", inserted),
        parts={51: names("Unknown", "A. Head")},
    )  # fmt: skip
    reader = OldReader(OldWord(main, {"1Table": table}, b""))
    reader.read()
    assert '<span class="inserted">new</span><span class="inserted">er</span>' in reader.html()
    found = {each.kind: each for each in reader.found()}
    assert found["inserted"].count == 1
    assert "by A. Head" in found["deleted"].html


def blip(content: bytes, kind: int = 0xF01E, said: int = 0x6E0) -> bytes:
    """A picture as old files keep it."""
    inside = bytes(32 if said % 2 else 16) + b"\xff" + content
    return struct.pack("<HHI", said << 4, kind, len(inside)) + inside


def drawing(content: bytes, *, packed: bool = True) -> bytes:
    """A drawing of Windows as old files keep it."""
    inside = bytes(16) + bytes(32) + bytes([0 if packed else 0xFE, 0xFE])
    inside += zlib.compress(content) if packed else content
    return struct.pack("<HHI", 0x3D40, 0xF01A, len(inside)) + inside


def test_pictures_of_every_kind_are_found_once() -> None:
    bitmap = encoded(Image.new("RGB", (4, 4), "red"), "BMP")
    content = b"".join(
        (
            b"x\xf0\x1e\xf0",
            blip(b"first"), blip(b"second", 0xF01D, 0x46B), blip(b"first"),
            blip(bitmap[14:], 0xF01F, 0x7A8), drawing(b"drawn"), drawing(b"plain", packed=False),
            struct.pack("<HHI", 0x3D40, 0xF01A, 60) + bytes(60),  # packed, and damaged
            struct.pack("<HHI", 0x3D40, 0xF01A, 5) + bytes(5),
            struct.pack("<HHI", 0x6E00, 0xF01E, 500) + b"cut off",
        )
    )  # fmt: skip
    assert pictures(content) == [b"first", b"second", bitmap, b"drawn", b"plain"]
    assert pictures(content[:3]) == []


def test_pictures_in_lines_and_beside_them_are_shown(qapp: object) -> None:
    red, blue = (encoded(Image.new("RGB", (9, 9), name), "PNG") for name in ("red", "blue"))
    at = struct.pack("<HBHI", 0x0855, 1, 0x6A03, 0)
    main, table = streams(("Ada ", b""), ("\1", at), (" end\r", b""))
    inline = struct.pack("<I", len(red) + 4) + red
    file = compound({"WordDocument": main + blip(blue), "1Table": table, "Data": inline})
    made = doc_pages.doc(file, None, Limits())
    document = pdf.open_pdf(made.made or b"")
    drawn = pdf.draw(document, 0, 1.0).content
    document.close()
    assert b"\x00\x00\xff" in drawn
    assert b"\xff\x00\x00" in drawn


def test_a_file_that_cannot_be_followed_gives_its_bare_words(qapp: object) -> None:
    main = bytearray(0x400)
    wide = "Ada\r€".encode("utf-16-le")
    for coded in (b"Ada was here.\rAnd left.", wide):
        struct.pack_into("<II", main, 0x18, 0x400, 0x400 + len(coded))
        inside: Storage = {"_1": {"\x01Ole": b"", "Package": b"PK\x03\x04 rest"}}
        file = compound({"WordDocument": bytes(main) + coded, "ObjectPool": inside})
        made = doc_pages.doc(file, None, Limits())
        document = pdf.open_pdf(made.made or b"")
        shown = read_page(document, 0).text()
        document.close()
        assert shown.split()[0] == "Ada"
        assert ("And left." in shown) == (coded != wide)
        assert made.warnings[0].startswith("Only the bare words")
        assert len(made.inside) == 1
    for nothing in (b"\1\2\3", b""):
        struct.pack_into("<II", main, 0x18, 0x400, 0x400 + len(nothing))
        with pytest.raises(UnreadableFile, match="damaged"):
            doc_pages.doc(compound({"WordDocument": bytes(main) + nothing}), None, Limits())

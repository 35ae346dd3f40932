"""Files that lie in office files: whatever somebody put in comes out, by its name."""

from __future__ import annotations

import io
import struct
from types import SimpleNamespace

import olefile
import pytest

from dpdesk.documents import compound_file, office_embedded, office_old, rtf_pages, word_pages
from dpdesk.documents.inside import Inner
from dpdesk.walls.workers import Limits
from tests.documents.mail_makers import Storage, compound
from tests.documents.office_makers import docx, p

TEXT = b"Robin was seen by Dr Able."
ABOUT: Storage = {"\x01CompObj": b"about", "\x03ObjInfo": b"x"}


def packet(content: bytes, label: str, source: str = "", letters: str = "") -> bytes:
    """What the packager of Windows writes around a file; ``letters`` is the newer label."""
    names = label.encode("cp1252", "replace") + b"\0" + source.encode("cp1252", "replace") + b"\0"
    place = source.encode("cp1252", "replace") + b"\0"
    made = struct.pack("<H", 2) + names + struct.pack("<II", 0x00030000, len(place)) + place
    made += struct.pack("<I", len(content)) + content
    if letters:
        for words in ("C:\\Temp\\x", letters, letters):
            made += struct.pack("<I", len(words)) + words.encode("utf-16-le")
    return struct.pack("<I", len(made)) + made


def names(found: list[Inner]) -> list[str]:
    return [inner.name for inner in found]


def in_word(wrapper: bytes) -> list[Inner]:
    made = word_pages.docx(
        docx(p("text"), parts={"word/embeddings/o1.bin": wrapper}), None, Limits()
    )
    return made.inside


@pytest.mark.parametrize(
    ("streams", "name", "content"),
    [
        ({"\x01Ole10Native": packet(TEXT, "Notes.txt", "C:\\Work\\Notes.txt")}, "Notes.txt", TEXT),
        ({"\x01Ole10Native": packet(TEXT, "Robin’s day", "C:\\n.csv")}, "Robin’s day.csv", TEXT),
        ({"\x01Ole10Native": packet(TEXT, "", "C:\\Work\\n.txt")}, "n.txt", TEXT),
        ({"\x01Ole10Native": packet(TEXT, "?ukasz.txt", "", "Łukasz.txt")}, "Łukasz.txt", TEXT),
        ({"\x01Ole10Native": struct.pack("<I", 30) + b"BM" + TEXT}, "o1.bmp", b"BM" + TEXT),
        ({"\x01Ole10Native": struct.pack("<I", 26) + TEXT}, "o1", TEXT),
        ({"CONTENTS": b"%PDF-1.4 rest"}, "o1.pdf", b"%PDF-1.4 rest"),
        ({"Package": b"PK\x03\x04 rest"}, "o1", b"PK\x03\x04 rest"),
        ({"EmbeddedOdf": b"PK\x03\x04 odf"}, "o1", b"PK\x03\x04 odf"),
        ({"WordDocument": TEXT}, "o1.doc", None),
        ({"Workbook": TEXT}, "o1.xls", None),
        ({"__properties_version1.0": TEXT}, "o1.msg", None),
        ({"EncryptedPackage": TEXT}, "o1", None),
        ({"VisioDocument": TEXT}, "o1", None),
    ],
)  # fmt: skip
def test_a_file_that_was_put_in_comes_out_of_its_wrapper(
    streams: Storage, name: str, content: bytes | None
) -> None:
    wrapper = compound({**ABOUT, **streams})
    (inner,) = in_word(wrapper)
    assert inner == Inner(name, wrapper if content is None else content, "embedded")


@pytest.mark.parametrize(
    "streams",
    [
        {},
        {"\x02OlePres000": b"how it looks"},
        {"Equation Native": b"x + y"},
        {"\x03OCXNAME": b"Button1", "contents": b"where it stands"},
        {"\x01Ole10Native": bytes(4)},
    ],
)
def test_what_only_draws_an_object_is_no_file(streams: Storage) -> None:
    assert in_word(compound({**ABOUT, **streams})) == []


@pytest.mark.parametrize("cut", [0, 30, 600])
def test_a_damaged_wrapper_is_handed_out_as_it_lies(cut: int) -> None:
    wrapper = compound({"CONTENTS": b"%PDF-1.4 rest"})[: 8 + cut]
    assert in_word(wrapper) == [Inner("o1.bin", wrapper, "embedded")]


def test_a_damaged_packet_is_no_file_of_another_length() -> None:
    whole = packet(TEXT, "Notes.txt")
    for cut in range(len(whole)):
        found = office_embedded.native(whole[:cut])
        assert found is None or len(found.content) <= len(whole)


def test_what_lies_in_an_old_word_file_comes_out() -> None:
    long = b"Absence of Robin. " * 400
    file = compound(
        {
            "WordDocument": b"outer",
            "ObjectPool": {
                "_1": {**ABOUT, "Workbook": long, "MBD1": {"\x01Ole": b"", "WordDocument": b"x"}},
                "_2": {**ABOUT, "\x01Ole10Native": packet(TEXT, "Notes.txt")},
                "_3": {**ABOUT, "Package": b"PK\x03\x04 rest"},
                "_4": ABOUT,
                "_5": {"\x03ObjInfo": b"", "Contents": TEXT},
            },
        }
    )
    found = office_old.embedded(file)
    assert names(found) == [
        "embedded file 1.xls",
        "Notes.txt",
        "embedded file 3",
        "embedded file 5",
    ]
    with olefile.OleFileIO(io.BytesIO(found[0].content)) as sheet:
        assert sheet.openstream("Workbook").read() == long
        assert sheet.openstream(["MBD1", "WordDocument"]).read() == b"x"
    assert found[1].content == TEXT


def test_what_lies_in_an_old_workbook_comes_out() -> None:
    found = office_old.embedded(
        compound({"Workbook": b"outer", "MBD2": {"\x01Ole": b"", "WordDocument": TEXT}, "_VBA": {}})
    )
    assert names(found) == ["embedded file 1.doc"]


@pytest.mark.parametrize("length", [1, 63, 64, 4095, 4096, 70_000])
def test_a_folder_becomes_a_file(length: int) -> None:
    content = bytes(range(251)) * (length // 251) + bytes(length % 251)
    inside: Storage = {f"stream {n}": bytes([n]) * n for n in range(1, 90)}
    with olefile.OleFileIO(io.BytesIO(compound({"f": {**inside, "long": content}}))) as outer:
        made = compound_file.of_folder(outer, ["f"])
    with olefile.OleFileIO(io.BytesIO(made), raise_defects=olefile.DEFECT_POTENTIAL) as opened:
        for name, told in {**inside, "long": content}.items():
            assert opened.openstream(name).read() == told
        assert not opened.parsing_issues


class _Open:
    """An open file as olefile gives it, with one stream of any length."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        stream = SimpleNamespace(name="long", entry_type=olefile.STGTY_STREAM, clsid="", kids=[])
        self.root = SimpleNamespace(clsid="", kids=[stream])

    def openstream(self, _path: list[str]) -> io.BytesIO:
        return io.BytesIO(self._content)


@pytest.mark.parametrize("length", [0, 7_080_000, 7_096_000, 7_200_000, 16_000_000])
def test_a_folder_becomes_a_file_whatever_its_length(length: int) -> None:
    content = bytes(range(250)) * (length // 250)
    made = compound_file.of_folder(_Open(content), [])
    with olefile.OleFileIO(io.BytesIO(made), raise_defects=olefile.DEFECT_POTENTIAL) as opened:
        assert opened.openstream("long").read() == content


def test_a_folder_of_more_entries_than_anybody_puts_in_is_refused() -> None:
    file = _Open(b"")
    file.root.kids *= 6_000
    with pytest.raises(ValueError, match="too many"):
        compound_file.of_folder(file, [])


def rich(content: bytes, *, plain: bool = False) -> list[Inner]:
    """What comes out of Rich Text with that object."""
    told = b"\\bin%d " % len(content) + content if plain else content.hex(" ").encode()
    source = rb"{\rtf1 {\object\objemb{\*\objdata " + told + rb"}{\result shown}} after}"
    return rtf_pages.rtf(source, None, Limits()).inside


def older(kind: str, content: bytes, how: int = 2) -> bytes:
    """An object as programs before OLE 2 keep it."""
    name = kind.encode() + b"\0"
    head = struct.pack("<III", 0x501, how, len(name)) + name + bytes(8)
    return head + struct.pack("<I", len(content)) + content + b"how it looks"


@pytest.mark.parametrize("plain", [False, True])
def test_objects_of_rich_text_come_out(*, plain: bool) -> None:
    sheet = compound({**ABOUT, "Workbook": TEXT})
    packed = packet(TEXT, "Notes.txt")[4:]
    assert rich(older("Excel.Sheet.8", sheet), plain=plain) == [
        Inner("embedded file.xls", sheet, "embedded")
    ]
    assert rich(older("Package", packed), plain=plain) == [Inner("Notes.txt", TEXT, "embedded")]
    assert rich(older("PBrush", b"BM" + TEXT), plain=plain) == [
        Inner("embedded file.bmp", b"BM" + TEXT, "embedded")
    ]
    assert rich(older("Package", packed, how=1), plain=plain) == []
    assert names(rich(sheet, plain=plain)) == ["embedded file.xls"]
    assert rich(b"\1\2", plain=plain) == []

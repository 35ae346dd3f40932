"""Messages as Outlook keeps them (.msg, winmail.dat): the same words, whatever they are kept in."""

from __future__ import annotations

import io
import random
import struct
from contextlib import suppress

import olefile
import pytest

from dpdesk.documents import mail_mime, mail_outlook, mail_rtf, mail_winmail
from dpdesk.documents.mail_message import Message
from dpdesk.errors import UnreadableFile
from tests.documents.mail_makers import Storage, compound, outlook, tnef
from tests.documents.mail_makers import message as sent

SENT = 134381847000000000
"""3 November 2026, 13:05:00 UTC."""
HTML_IN_RTF = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Zo\'eb "
    rb"{\*\htmltag84 <b>}\htmlrtf \b\htmlrtf0 O\u8217?Brien{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0 "
    rb"{\*\htmltag72 </p>}}"
)


def packed_rtf(rich: bytes) -> bytes:
    """Rich text as Outlook keeps it, without shortening it."""
    return struct.pack("<II4sI", len(rich) + 12, len(rich), b"MELA", 0) + rich


def _text(message: Message) -> str:
    return " ".join(section.text for section in message.sections)


def _saved(inner: Storage | None = None) -> bytes:
    parts: Storage = {
        "__recip_version1.0_#00000000": outlook(
            {0x0C15: 1, 0x3001: "Sam Able", 0x39FE: "sam@able.example"}, head=8
        ),
        "__recip_version1.0_#00000001": outlook({0x0C15: 3, 0x3001: "The Head"}, head=8),
        "__attach_version1.0_#00000000": outlook(
            {0x3705: 1, 0x3707: "notes.txt", 0x3701: b"about Robin " * 300}, head=8
        ),
    }
    if inner is not None:
        parts["__attach_version1.0_#00000001"] = outlook(
            {0x3705: 5, 0x3001: "Fwd"}, {"__substg1.0_3701000D": inner}, head=8
        )
    values: dict[int, str | bytes | int] = {
        0x0037: "About Zoë",
        0x0C1A: "Dana Quill",
        0x5D01: "d@school.example",
        0x0039: SENT,
        0x1000: "Dear Sam",
        0x1035: "<1@x>",
    }
    return compound(outlook(values, parts))


def test_a_saved_message_has_its_head_its_text_and_its_files():
    message = mail_outlook.read(_saved())
    assert message.head == [
        ("From", "Dana Quill <d@school.example>"),
        ("To", "Sam Able <sam@able.example>"),
        ("Bcc", "The Head"),
        ("Date", "Tuesday 3 November 2026, 13:05 (UTC+00:00)"),
        ("Subject", "About Zoë"),
    ]
    assert _text(message) == "Dear Sam"
    assert [(inner.name, inner.content) for inner in message.inside] == [
        ("notes.txt", b"about Robin " * 300)
    ]
    assert (message.said.dated, message.said.message_id) == ("2026-11-03T13:05:00+00:00", "1@x")


def test_a_message_in_a_saved_message_becomes_one_of_its_own():
    inner = outlook(
        {0x0037: "Inner", 0x1000: "Words of Łukasz", 0x0039: SENT, 0x0C1A: "Ann"},
        {"__attach_version1.0_#00000000": outlook({0x3707: "a.txt", 0x3701: b"deep"}, head=8)},
        head=24,
    )
    message = mail_outlook.read(_saved(inner))
    attached = message.inside[1]
    assert attached.how == "message"
    read = mail_mime.read(attached.content)
    assert ("Subject", "Inner") in read.head
    assert "Words of Łukasz" in _text(read)
    assert read.said.dated == "2026-11-03T13:05:00+00:00"
    assert [(deep.name, deep.content) for deep in read.inside] == [("a.txt", b"deep")]
    assert "Łukasz" not in _text(message)


def test_rich_text_gives_back_the_html_that_it_was_made_of():
    assert mail_rtf.words(HTML_IN_RTF) == ("html", "<p>Zoë <b>O’Brien</b></p>")
    message = mail_outlook.read(compound(outlook({0x1009: packed_rtf(HTML_IN_RTF)})))
    assert [section.style for section in message.sections] == ["html"]
    assert mail_rtf.words(rb"{\rtf1{\fonttbl{\f0 Arial;}}Dear\tab Sam\par {\*\x no}Bye}") == (
        "text", "Dear\tSam\nBye",
    )  # fmt: skip


def test_packed_rich_text_is_unpacked_and_what_is_cut_off_ends_early():
    # The example of the standard, [MS-OXRTFCP] 3.1.1.
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235"
        "42320af32068656c090020627705b06c647d0a800fa0"
    )
    rich = b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert mail_rtf.unpacked(packed) == rich
    assert rich.startswith(mail_rtf.unpacked(packed[:40]))
    for nonsense in (b"", b"x" * 15, b"\xff" * 40):
        with pytest.raises(ValueError, match=r"\w"):
            mail_rtf.unpacked(nonsense)


def test_winmail_gives_the_text_and_the_files():
    properties = struct.pack("<I", 2)
    properties += struct.pack("<HHII", 0x1F, 0x0037, 1, 10) + "Zoë!\0".encode("utf-16-le") + b"\0\0"
    html = b"<p>Dear Sam</p>"
    properties += struct.pack("<HHII", 0x102, 0x1013, 1, len(html)) + html + b"\0"
    message = mail_winmail.read(
        tnef(
            (1, 0x9003, properties),
            (2, 0x9002, bytes(14)),
            (2, 0x8010, b"a.txt\0"),
            (2, 0x800F, b"first"),
            (2, 0x9002, bytes(14)),
            (2, 0x8010, b"b.txt\0"),
            (2, 0x800F, b"second"),
        )
    )
    assert (message.said.title, _text(message)) == ("Zoë!", "<p>Dear Sam</p>")
    assert [(inner.name, inner.content) for inner in message.inside] == [
        ("a.txt", b"first"), ("b.txt", b"second"),
    ]  # fmt: skip
    assert message.warnings == []


def test_files_packed_into_a_message_lie_in_the_message_itself():
    packed = tnef((1, 0x800C, b"Dear Sam\0"), (2, 0x9002, b""), (2, 0x8010, b"a.txt\0"),
                  (2, 0x800F, b"first"))  # fmt: skip
    outer = mail_mime.read(sent("Dear Sam", files={"winmail.dat": packed}).as_bytes())
    assert [(inner.name, inner.content) for inner in outer.inside] == [("a.txt", b"first")]
    other = mail_mime.read(sent("Hello", files={"winmail.dat": packed}).as_bytes())
    assert [inner.name for inner in other.inside] == ["winmail.dat"], "it says something else"


@pytest.mark.parametrize("count", [0xFFFFFFFF, 0x7FFFFFFF, 1 << 20])
def test_lengths_that_winmail_only_claims_are_not_believed(count):
    for kind in (0x1F, 0x102, 0x1003, 0x101F, 0x0003):
        claims = struct.pack("<IHHI", count, kind, 0x0037, count) + struct.pack("<I", count)
        message = mail_winmail.read(tnef((1, 0x9003, claims), (1, 0x9004, claims)))
        assert message.inside == []
    cut = tnef((1, 0x800C, b"words\0"), (2, 0x800F, b"x" * 500))[:-300]
    assert any("missing or damaged" in line for line in mail_winmail.read(cut).warnings)


def test_damaged_outlook_files_give_words_or_a_sentence():
    dice = random.Random(5)
    whole = _saved(outlook({0x0037: "Inner", 0x1000: "Words"}, head=24))
    packed = tnef((1, 0x800C, b"words\0"), (2, 0x9002, b""), (2, 0x800F, b"x" * 500))
    for number in range(60):
        read, content = (mail_outlook.read, whole) if number % 2 else (mail_winmail.read, packed)
        changed = bytearray(content)
        for _ in range(dice.randint(1, 30)):
            changed[dice.randrange(8, len(changed))] = dice.randrange(256)
        # Whatever else were raised would fail the test.
        with suppress(UnreadableFile):
            read(bytes(changed[: dice.choice([len(changed), len(changed) // 2])]))


def test_an_object_in_a_message_comes_out_of_its_wrapper():
    sheet: Storage = {"\x01CompObj": b"about", "Workbook": b"cells"}
    parts: Storage = {
        "__attach_version1.0_#00000000": outlook(
            {0x3705: 6, 0x3001: "List of pupils"}, {"__substg1.0_3701000D": sheet}, head=8
        ),
        "__attach_version1.0_#00000001": outlook(
            {0x3705: 6, 0x3001: "Formula"}, {"__substg1.0_3701000D": {"\x01Ole": b"x"}}, head=8
        ),
    }
    message = mail_outlook.read(compound(outlook({0x1000: "Dear Sam"}, parts)))
    assert [inner.name for inner in message.inside] == ["List of pupils.xls"]
    with olefile.OleFileIO(io.BytesIO(message.inside[0].content)) as opened:
        assert opened.openstream("Workbook").read() == b"cells"
    (warning,) = message.warnings
    assert "“Formula” is part of this message in a form that only Outlook opens" in warning


def test_an_object_in_winmail_comes_out_of_its_wrapper():
    content = bytes(16) + compound({"CONTENTS": b"%PDF-1.4 rest"})
    content += bytes(-len(content) % 4)
    about = struct.pack("<IHHI", 2, 3, 0x3705, 6)
    about += struct.pack("<HHII", 0x000D, 0x3701, 1, len(content)) + content
    message = mail_winmail.read(tnef((2, 0x9002, b""), (2, 0x8010, b"Form\0"), (2, 0x9005, about)))
    assert [(each.name, each.content) for each in message.inside] == [
        ("Form.pdf", b"%PDF-1.4 rest")
    ]


def test_the_members_of_a_group_of_contacts_are_named() -> None:
    def person(name: str, address: str) -> bytes:
        kind = bytes.fromhex("00000000812b1fa4bea310199d6e00dd010f540200000190")
        return kind + f"{name}\0SMTP\0{address}\0".encode("utf-16-le")

    group = outlook({0x001A: "IPM.DistList", 0x0037: "Year 7 parents"})
    for place, one in enumerate(
        (person("Ann Able", "ann@x.example"), person("Bo", "bo@x.example"))
    ):
        group[f"__substg1.0_80001102-{place:08X}"] = one
    group["__nameid_version1.0"] = {
        "__substg1.0_00030102": struct.pack("<IHH", 0x8054, 6, 0),
        "__substg1.0_00040102": b"",
    }
    head = mail_outlook.read(compound(group)).head
    assert [text for label, text in head if label == "Member"] == [
        "Ann Able <ann@x.example>",
        "Bo <bo@x.example>",
    ]

"""Archives and mailboxes: what they hold is added, what is hostile costs only itself."""

from __future__ import annotations

import io
import random
import zipfile
import zlib

import pytest

from dpdesk.documents import archives, mail_kinds, mail_mime
from dpdesk.documents.service import Taken
from dpdesk.errors import PasswordNeeded, UnreadableFile
from tests.builders import a_pdf, a_request
from tests.documents.mail_makers import mailbox, message, zipped


@pytest.fixture
def take(desk):
    entry = a_request(desk)

    def taken(name: str, content: bytes, password: str | None = None) -> Taken:
        return desk.documents.take("requests", entry.id, name, content, password=password)

    return taken


def _names(taken: Taken) -> list[str]:
    return [card.name for card in taken.documents]


def test_an_archive_gives_each_file_in_it_by_itself_and_says_where_it_lay(take, desk):
    content = zipped(
        {
            "In/letter.pdf": a_pdf("Dear Sam"),
            "In/note.txt": b"about Robin",
            "__MACOSX/In/._note.txt": b"junk",
            "Thumbs.db": b"junk",
            "film.mp4": b"\0\0\0\x18ftypmp42",
            "more.zip": zipped({"deep.txt": b"deep"}),
            "mail.eml": message("hello", files={"papers.zip": zipped({"a.txt": b"a"})}).as_bytes(),
        }
    )
    taken = take("all.zip", content)
    assert [(card.name, card.in_file) for card in taken.documents] == [
        ("letter.pdf", "all.zip/In/letter.pdf"),
        ("note.txt", "all.zip/In/note.txt"),
        ("deep.txt", "all.zip/more.zip/deep.txt"),
        ("mail.eml", "all.zip/mail.eml"),
        ("a.txt", "papers.zip/a.txt"),
    ]
    assert [card.parent_id for card in taken.documents] == [
        None, None, None, None, taken.documents[3].id,
    ]  # fmt: skip
    assert [each.name for each in taken.left_out] == ["all.zip/film.mp4"]
    again = take("all.zip", zipped({"x.txt": b"new", "letter.pdf": a_pdf("Dear Sam")}))
    assert _names(again) == ["x.txt"]
    assert "already been added, as document 1" in again.left_out[0].sentence
    assert desk.check().problems == ()


def test_a_mailbox_gives_each_message(take):
    first = message("one\n\nFrom here on it is quiet.").as_bytes()
    second = message("two", files={"a.txt": b"words"}, Subject="Second").as_bytes()
    taken = take("Inbox", mailbox(first, second))
    assert [(card.name, card.subject) for card in taken.documents] == [
        ("message 1.eml", "Robin"),
        ("message 2.eml", "Second"),
        ("a.txt", ""),
    ]
    box = archives.Mailbox(io.BytesIO(mailbox(first, second)))
    assert b"\nFrom here on" in box.take(0, None)[1]


def test_a_mailbox_without_empty_lines_between_its_messages_gives_each(take):
    first = message("one\n\nFrom here on at 9:15\nNote: it is quiet.").as_bytes()
    second = message("two", files={"a.txt": b"words"}, Subject="Second").as_bytes()
    content = mailbox(first, second).replace(b"\n\nFrom - ", b"\nFrom - ")
    taken = take("Inbox", content)
    assert [(card.name, card.subject) for card in taken.documents] == [
        ("message 1.eml", "Robin"),
        ("message 2.eml", "Second"),
        ("a.txt", ""),
    ]


@pytest.mark.parametrize("alphabet", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", [b"\n", b"\r"])
def test_a_mailbox_of_an_old_mac_or_in_wide_letters_gives_each(alphabet: str, end: bytes):
    plain = mailbox(message("one").as_bytes(), message("about Robin", Subject="Second").as_bytes())
    content = plain.replace(b"\n", end).decode().encode(alphabet)
    assert mail_kinds.recognised("Inbox", content) == "MBOX"
    box = archives.holder(io.BytesIO(content))
    assert box.count == 2
    read = mail_mime.read(box.take(1, None)[1])
    assert ("Subject", "Second") in read.head
    assert [section.text.strip() for section in read.sections] == ["about Robin"]


def test_a_long_mailbox_is_cut_at_the_same_places_in_pieces(monkeypatch):
    messages = [message(f"number {n} " + "x" * n * 7).as_bytes() for n in range(60)]
    content = mailbox(*messages)
    monkeypatch.setattr(archives, "_PIECE", 4000)
    box = archives.Mailbox(io.BytesIO(content))
    assert box.count == 60
    for number in (0, 17, 59):
        assert f"number {number} ".encode() in box.take(number, None)[1]


def test_names_in_an_archive_lead_nowhere():
    for name in ("../../etc/passwd", "/etc/passwd", "C:\\etc\\passwd", "a/../../etc/passwd"):
        assert archives.plain_path(name).endswith("etc/passwd")
        assert not archives.plain_path(name).startswith(("/", "..", "C:"))
        assert ".." not in archives.plain_path(name)


def test_a_bomb_costs_only_itself(take):
    bomb = zipped({"zeros.txt": bytes(60_000_000), "note.txt": b"a note"})
    taken = take("a.zip", bomb)
    assert _names(taken) == ["note.txt"]
    assert "far more than its length" in taken.left_out[0].sentence


def test_an_archive_whose_files_lie_over_one_another_is_refused(take):
    content = bytearray(zipped({"a.txt": random.Random(1).randbytes(5000)}))
    start = content.index(b"PK\1\2")
    entry = bytes(content[start : content.index(b"PK\5\6")])
    end = bytearray(content[content.index(b"PK\5\6") :])
    end[8:12] = (50).to_bytes(2, "little") * 2
    end[12:16] = (50 * len(entry)).to_bytes(4, "little")
    with pytest.raises(UnreadableFile, match="far more than its length"):
        take("a.zip", bytes(content[:start]) + entry * 50 + bytes(end))


def test_an_archive_of_too_many_files_is_refused_at_once(take):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(archives.MOST + 1):
            archive.writestr(zipfile.ZipInfo(str(number)), b"")
    with pytest.raises(UnreadableFile, match="at most 20,000 at once"):
        take("a.zip", made.getvalue())


def test_archives_within_archives_end(take):
    content = zipped({"innermost.txt": b"x"})
    for _ in range(30):
        content = zipped({"next.zip": content})
    with pytest.raises(UnreadableFile, match="inside more than 10 other files"):
        take("a.zip", content)


@pytest.mark.parametrize("cut", [0.2, 0.9])
def test_half_an_archive_is_one_sentence(take, cut):
    content = zipped({f"{n}.txt": bytes(range(200)) for n in range(20)})
    with pytest.raises(UnreadableFile, match=r"damaged archive .* Ask for it again"):
        take("a.zip", content[: int(len(content) * cut)])


def test_a_locked_archive_asks_says_wrong_and_opens(take):
    content = locked_archive()
    with pytest.raises(PasswordNeeded):
        take("a.zip", content)
    with pytest.raises(PasswordNeeded, match="does not open"):
        take("a.zip", content, "guess")
    assert _names(take("a.zip", content, "secret")) == ["a.txt"]


def test_an_archive_with_nothing_in_it_says_so(take):
    with pytest.raises(UnreadableFile, match="nothing in this file"):
        take("a.zip", zipped({}))


def locked_archive() -> bytes:
    """An archive locked with "secret", in the old way (ZipCrypto) that Windows writes."""
    plain = b"about Robin"
    keys = [0x12345678, 0x23456789, 0x34567890]

    def turn(byte: int) -> None:
        keys[0] = _crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 255)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = _crc(keys[2], keys[1] >> 24)

    for byte in b"secret":
        turn(byte)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.txt"), bytes(12) + plain)
    content = bytearray(made.getvalue())
    crc = zlib.crc32(plain)
    hidden = bytearray()
    for byte in bytes(11) + bytes([crc >> 24]) + plain:
        some = keys[2] | 2
        hidden.append(byte ^ (some * (some ^ 1) >> 8 & 255))
        turn(byte)
    at = content.index(bytes(12) + plain)
    content[at : at + len(hidden)] = hidden
    for start, flags, sums in ((0, 6, 14), (content.index(b"PK\1\2"), 8, 16)):
        content[start + flags] |= 1
        content[start + sums : start + sums + 4] = crc.to_bytes(4, "little")
        content[start + sums + 8 : start + sums + 12] = len(plain).to_bytes(4, "little")
    return bytes(content)


def _crc(before: int, byte: int) -> int:
    return zlib.crc32(bytes([byte]), before ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

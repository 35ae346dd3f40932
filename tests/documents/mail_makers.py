"""Makes messages of every kind for the tests: as sent, as Outlook keeps them, in archives."""

from __future__ import annotations

import io
import itertools
import struct
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

HEAD = (
    b"From: Dana Quill <d.quill@school.example>\r\n"
    b"To: Sam Able <sam@able.example>\r\n"
    b"Date: Tue, 03 Nov 2026 14:05:00 +0100\r\n"
    b"Subject: Robin\r\n"
    b"Message-ID: <one@school.example>\r\n"
    b"MIME-Version: 1.0\r\n"
)


def raw(body: bytes, *lines: bytes) -> bytes:
    """A message of a usual head, more lines of it, and a body as it stands."""
    return HEAD + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body


def message(
    text: str = "Dear Sam",
    *,
    html: str = "",
    files: Mapping[str, bytes] | None = None,
    pictures: Mapping[str, bytes] | None = None,
    within: Sequence[EmailMessage] = (),
    **head: str,
) -> EmailMessage:
    """A message as a sound e-mail program sends it; head lines with _ for the hyphen."""
    made = EmailMessage()
    lines = {
        "From": "Dana Quill <d.quill@school.example>",
        "To": "Sam Able <sam@able.example>",
        "Date": "Tue, 03 Nov 2026 14:05:00 +0100",
        "Subject": "Robin",
        **{name.replace("_", "-"): value for name, value in head.items()},
    }
    for name, value in lines.items():
        made[name] = value
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
        for name, content in (pictures or {}).items():
            rich = next(part for part in made.walk() if part.get_content_subtype() == "html")
            assert isinstance(rich, EmailMessage)
            rich.add_related(content, "image", "png", cid=f"<{name}>")
    for name, content in (files or {}).items():
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    for inner in within:
        made.add_attachment(inner)
    return made


def zipped(files: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of files by their names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def mailbox(*messages: bytes) -> bytes:
    """Messages one after the other, as Thunderbird keeps them."""
    return b"".join(
        b"From - Tue Nov 03 14:05:00 2026\n"
        + each.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ")
        + b"\n\n"
        for each in messages
    )


# --- Outlook -------------------------------------------------------------------------------

Storage = dict[str, "bytes | Storage"]
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(root: Storage) -> bytes:
    """A file of the old Office kind with these streams and folders."""
    entries: list[list[object]] = [["Root Entry", 5, _FREE, 0, 0]]
    mini = bytearray()
    mini_fat: list[int] = []
    long: list[tuple[int, bytes]] = []

    def add(name: str, content: bytes | Storage) -> int:
        number = len(entries)
        if isinstance(content, dict):
            entries.append([name, 1, _FREE, 0, 0])
            entries[number][2] = chained(content)
            return number
        if len(content) >= 4096:
            entries.append([name, 2, _FREE, 0, len(content)])
            long.append((number, content))
            return number
        first = len(mini) // 64 if content else _END
        length = -(-len(content) // 64)
        mini.extend(content.ljust(length * 64, b"\0"))
        mini_fat.extend([*range(first + 1, first + length), _END] if content else [])
        entries.append([name, 2, _FREE, first, len(content)])
        return number

    right: dict[int, int] = {}

    def chained(folder: Storage) -> int:
        numbers = [add(name, content) for name, content in folder.items()]
        right.update(itertools.pairwise(numbers))
        return numbers[0] if numbers else _FREE

    entries[0][2] = chained(root)
    sectors: list[bytes] = []
    fat: list[int] = []

    def lay(content: bytes) -> int:
        first = len(sectors)
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), _END])
        return first

    for number, content in long:
        entries[number][3] = lay(content)
    directory = b""
    for number, (name, kind, child, first, size) in enumerate(entries):
        letters = str(name).encode("utf-16-le") + b"\0\0"
        directory += letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1)
        directory += struct.pack("<III", _FREE, right.get(number, _FREE), child) + bytes(36)
        directory += struct.pack("<IQ", first, size)
    mini_at = lay(bytes(mini) or b"\0")
    mini_fat_at = lay(struct.pack(f"<{len(mini_fat)}I", *mini_fat) or b"\xff" * 4)
    start = struct.pack("<IQ", mini_at, len(mini))
    directory_at = lay(directory[:116] + start + directory[128:])
    count = -(-(len(fat) + 1) // 127)
    fat_at = [len(sectors) + number for number in range(count)]
    fat += [_FAT] * count
    packed = struct.pack(f"<{len(fat)}I", *fat).ljust(count * 512, b"\xff")
    sectors += [packed[at : at + 512] for at in range(0, len(packed), 512)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    places = (directory_at, 0, 4096, mini_fat_at, -(-len(mini_fat) // 128) or 1, _END, 0, fat_at[0])
    head += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, count)
    head += struct.pack("<8I", *places)
    head += struct.pack("<108I", *fat_at[1:], *[_FREE] * (109 - count))
    return head + b"".join(sectors)


def outlook(
    values: Mapping[int, str | bytes | int],
    parts: Storage | None = None,
    head: int = 32,
) -> Storage:
    """The folder of a message, attachment or recipient: text as str, moments and numbers as int."""
    folder: Storage = {}
    table = bytes(head)
    for number, value in values.items():
        if isinstance(value, int):
            kind = 0x40 if value > 0xFFFFFFFF else 3
            table += struct.pack("<HHIQ", kind, number, 6, value)
        else:
            kind = 0x1F if isinstance(value, str) else 0x102
            content = value.encode("utf-16-le") if isinstance(value, str) else value
            folder[f"__substg1.0_{number:04X}{kind:04X}"] = content
            table += struct.pack("<HHIII", kind, number, 6, len(content), 0)
    folder["__properties_version1.0"] = table
    return {**folder, **(parts or {})}


def tnef(*attributes: tuple[int, int, bytes]) -> bytes:
    """What Outlook packs: (level, number, bytes) one after the other."""
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(
        struct.pack("<BHHI", level, number, 6, len(content))
        + content
        + struct.pack("<H", sum(content) & 0xFFFF)
        for level, number, content in attributes
    )

"""Files that only hold others, opened one entry at a time: archives (ZIP) and mailboxes (mbox).

Nothing is unpacked to the disk, and a name within is never used as a place. Used inside workers
only.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Any, Final, Protocol

from dpdesk.documents import mail_kinds, mail_mime
from dpdesk.documents.decoding import plain_lines
from dpdesk.documents.foreign import ZIP_FAULTS
from dpdesk.documents.mail_heads import MailHead, heads_out
from dpdesk.documents.mail_message import message_holds
from dpdesk.errors import PasswordNeeded, UnreadableFile
from dpdesk.walls.inside import FILE, Answer, Call

MOST: Final = 20_000
"""Entries that are taken out of one file."""
OUTLOOK: Final = b"!BDN"
"""How a mailbox of Outlook begins (PST, OST)."""
_START: Final = 200_000
"""Bytes from which it is told what a file is."""
_AT_ONCE: Final = 1_000
_HEAD: Final = 200_000
"""Bytes of a message in which its head ends."""
_LARGEST: Final = 1_000_000_000
_LIKELY: Final = 200
"""So many times larger than packed, a long entry is there to fill the memory."""
_LONG: Final = 50_000_000
_PIECE: Final = 8_000_000
_OVERLAP: Final = 2_000
_JUNK: Final = re.compile(
    r"(?:^|/)(?:__MACOSX/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$|~\$[^/]*$|\.~lock\.[^/]*$)",
    re.IGNORECASE,
)
"""What computers put beside files for themselves."""
_TOO_MUCH: Final = (
    "This file unpacks into far more than its length; it may be meant to harm a computer.",
    "Do not open it. Ask whoever sent it what it is.",
)
_DAMAGED: Final = ("This is a damaged archive of files.", "Ask for it again.")
_STRANGE_LOCK: Final = (
    "This file is locked in a way that dpdesk cannot open.",
    "Unpack it with its password in the program that made it, and add the files.",
)
_QUOTED: Final = re.compile(rb"(?m)^>(>*From )")


class Holder(Protocol):
    """An open file that holds others."""

    @property
    def count(self) -> int:
        """How many."""

    def take(self, number: int, password: str | None) -> tuple[str, bytes]:
        """Name and content of one. Raises UnreadableFile, PasswordNeeded."""


class Archive:
    """A ZIP file."""

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(stream)
            length = stream.seek(0, 2)
        except _ZIP_FAULTS:
            raise UnreadableFile(*_DAMAGED) from None
        entries = [each for each in self._zip.infolist() if not each.is_dir()]
        if sum(each.compress_size for each in entries) > length:
            raise UnreadableFile(*_TOO_MUCH)
        self._entries = [each for each in entries if not is_junk(each.filename)]

    @property
    def count(self) -> int:
        """How many files are in it, without what computers put there for themselves."""
        return len(self._entries)

    def take(self, number: int, password: str | None) -> tuple[str, bytes]:
        """Name and content of one file."""
        entry = self._entries[number]
        name = plain_path(entry.filename)
        unlikely = entry.file_size > _LIKELY * max(entry.compress_size, 1)
        if entry.file_size > _LARGEST or (entry.file_size > _LONG and unlikely):
            raise UnreadableFile(*_TOO_MUCH)
        locked = bool(entry.flag_bits & 1)
        if locked and not password:
            raise PasswordNeeded(
                "This file is locked with a password.", "Ask whoever sent it for the password."
            )
        try:
            with self._zip.open(
                entry, pwd=password.encode() if locked and password else None
            ) as one:
                content = one.read(entry.file_size + 1)
        except _ZIP_FAULTS as fault:
            if locked and isinstance(fault, NotImplementedError):
                raise UnreadableFile(*_STRANGE_LOCK) from None
            if locked:
                raise PasswordNeeded(
                    "This password does not open the file.", "Check it and try again.", wrong=True
                ) from None
            if isinstance(fault, NotImplementedError):
                raise UnreadableFile(
                    "This file is packed in a way that dpdesk does not know.",
                    "Unpack it in the program that made it, and add the files.",
                ) from None
            raise UnreadableFile("This file is damaged.", "Ask for it again.") from None
        if len(content) > entry.file_size:
            raise UnreadableFile(*_TOO_MUCH)
        return name, content


_ZIP_FAULTS: Final = (*ZIP_FAULTS, KeyError, IndexError)


class Mailbox:
    """A file of many messages one after the other (mbox)."""

    folders = ()
    """It has none."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._places = list(_messages(stream))

    @property
    def count(self) -> int:
        """How many messages are in it."""
        return len(self._places)

    def take(self, number: int, _password: str | None) -> tuple[str, bytes]:
        """Name and content of one message."""
        start, end = self._places[number]
        if end - start > _LARGEST:
            raise UnreadableFile("This message is too long.", "Save it by itself, and add that.")
        self._stream.seek(start)
        content = self._stream.read(end - start)
        return f"message {number + 1}.eml", _QUOTED.sub(rb"\1", content)

    def heads(self) -> Iterator[MailHead]:
        """What there is to know of each message before it is taken."""
        for number in range(self.count):
            message = mail_mime.read(self._beginning(number))
            said = message.said
            yield MailHead(number, 0, said.dated, said.sender, said.recipients, said.title)

    def _beginning(self, number: int) -> bytes:
        start, end = self._places[number]
        self._stream.seek(start)
        head = self._stream.read(min(end - start, _HEAD))
        return re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0] + b"\n\n"

    def holds(self, number: int, words: Sequence[str]) -> bool:
        """Whether one of the words stands in a message or in the name of an attachment."""
        return message_holds(mail_mime.read(self.take(number, None)[1]), words)


def _messages(stream: IO[bytes]) -> Iterator[tuple[int, int]]:
    """Where each message begins and ends."""
    stream.seek(0)
    piece, base, starts = stream.read(_PIECE), 0, []
    while piece:
        for match in mail_kinds.MBOX_LINE.finditer(piece):
            if match.start() == 0 and base:
                continue  # the start of a piece is not the start of the file
            line = 1 if match[1] else 2
            starts.append((base + match.start(line), base + match.end(line)))
        more = stream.read(_PIECE)
        if not more:
            break
        kept = piece[-_OVERLAP:]
        base += len(piece) - len(kept)
        piece = kept + more
    places = list(dict.fromkeys(starts))
    ends = [start for start, _end in places[1:]] + [stream.seek(0, 2)]
    for (_start, begin), end in zip(places, ends, strict=True):
        yield begin, end


def is_junk(name: str) -> bool:
    """Whether a computer put it there for itself."""
    return _JUNK.search(name.replace("\\", "/")) is not None


def plain_path(name: str) -> str:
    """The path of an entry as it is shown: without ways out of the archive."""
    parts = name.replace("\\", "/").split("/")
    kept = (part for part in parts if part not in {"", ".", ".."} and not part.endswith(":"))
    return "/".join(kept) or "file"


def holder(stream: IO[bytes], *, chosen: bool = False) -> Holder:
    """What a stream holds. Raises UnreadableFile where it is damaged or holds too much.

    ``chosen``: only a part of it will be taken, so that it may hold any number.
    """
    stream.seek(0)
    start = stream.read(4)
    if start == OUTLOOK:
        from dpdesk.documents.outlook_mailbox import OutlookMailbox

        return OutlookMailbox(stream)
    found: Archive | Mailbox
    stream = stream if start[:2] == b"PK" else _plain(stream)
    found = Archive(stream) if start[:2] == b"PK" else Mailbox(stream)
    if found.count > MOST and not chosen:
        raise UnreadableFile(
            f"There are {found.count:,} files in this one; dpdesk takes at most {MOST:,} at once.",
            "Unpack it, and add the files that are wanted.",
        )
    return found


def _plain(stream: IO[bytes]) -> IO[bytes]:
    """A mailbox in the alphabet and with the line ends of other mailboxes."""
    stream.seek(0)
    start = stream.read(_START)
    if plain_lines(start) == start:
        return stream
    return io.BytesIO(plain_lines(start + stream.read()))


# --- tasks ---------------------------------------------------------------------------------


def opened(call: Call) -> Answer:
    """Task: opens what was sent, or the file that the worker was started for; says how many."""
    stream: IO[bytes] = io.BytesIO(call.blobs.pop()) if call.blobs else call.memory[FILE]
    key = f"holder {call.request['key']}"
    found = call.memory[key] = holder(stream, chosen=bool(call.request.get("chosen")))
    folders = [[folder.path, folder.count] for folder in getattr(found, "folders", ())]
    return {"count": found.count, "folders": folders}, []


def listed(call: Call) -> Answer:
    """Task: the heads of all messages of a mailbox, told a thousand at a time."""
    found = call.memory[f"holder {call.request['key']}"]
    some: list[MailHead] = []
    for head in found.heads():
        some.append(head)
        if len(some) == _AT_ONCE:
            call.report({"heads": heads_out(some)})
            some = []
    return {"heads": heads_out(some)}, []


def sifted(call: Call) -> Answer:
    """Task: which of some messages hold one of some words; a damaged one counts as if it did."""
    found = call.memory[f"holder {call.request['key']}"]
    words = [str(word) for word in call.request["words"]]
    kept = []
    for place, number in enumerate(call.request["numbers"]):
        try:
            wanted = found.holds(int(number), words)
        except (OSError, ValueError, TypeError, RuntimeError, UnreadableFile):
            wanted = True
        if wanted:
            kept.append(int(number))
        call.report({"done": place + 1})
    return {"numbers": kept}, []


def taken(call: Call) -> Answer:
    """Task: one entry of what is open."""
    found: Holder = call.memory[f"holder {call.request['key']}"]
    name, content = found.take(int(call.request["number"]), call.request["password"])
    return {"name": name}, [content]


def closed(call: Call) -> Answer:
    """Task: lets go of what is open."""
    call.memory.pop(f"holder {call.request['key']}", None)
    return {}, []


def looked(call: Call) -> Answer:
    """Task: what the file is that the worker was started for, without reading all of it."""
    stream: IO[bytes] = call.memory[FILE]
    stream.seek(0)
    start = stream.read(_START)
    found = ""
    if start.startswith(b"PK"):
        found = "ZIP" if _is_archive(stream) else ""
    elif start.startswith(OUTLOOK):
        found = "PST"
    elif mail_kinds.is_mailbox(plain_lines(start)):
        found = "MBOX"
    content: dict[str, Any] = {"format": found}
    return content, []


def _is_archive(stream: IO[bytes]) -> bool:
    from dpdesk.documents import foreign

    return foreign.is_archive(stream)

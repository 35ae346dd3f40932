"""A mailbox of Outlook (``.pst``, ``.ost``), read message by message; used inside workers only.

Nothing is held but the places of the folders, so that a mailbox of any length costs the memory of
its longest message.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import IO, Any, Final

from dpdesk.documents import mapi, mapi_rest
from dpdesk.documents.mail_heads import MailFolder, MailHead
from dpdesk.documents.mail_message import Message, message_holds
from dpdesk.documents.mail_words import file_name
from dpdesk.documents.mail_written import written
from dpdesk.documents.mapi import Attached, Properties
from dpdesk.documents.outlook_nodes import Nodes
from dpdesk.errors import UnreadableFile

_DEEP: Final = 60
"""Folders within folders."""
_MOST_FOLDERS: Final = 20_000
_FAULTS: Final = (OSError, ValueError, TypeError, OverflowError, MemoryError, RuntimeError)
_LARGEST: Final = 500_000_000
_HEAD: Final = frozenset(
    {mapi.SUBJECT, mapi.SUBMITTED, mapi.DELIVERED, mapi.TO, mapi.CC, mapi.BCC}
    | {0x0042, 0x5D02, 0x0065, 0x0C1A, 0x5D01, 0x0C1F, mapi.HEADERS}
)
"""What a list of messages needs to know of each."""


class OutlookMailbox:
    """An open mailbox."""

    def __init__(self, stream: IO[bytes]) -> None:
        import pypff

        self._file = pypff.file()
        try:
            self._file.open_file_object(stream)
            self._names = self._read_names()
            self._nodes = _nodes(stream, self._names)
            self._folders = list(self._walk())
        except _FAULTS:
            raise UnreadableFile(
                "This mailbox cannot be opened; it is damaged, or of a kind that is not known.",
                "Repair it with the Inbox Repair Tool (SCANPST) of Office, or export it again.",
            ) from None
        self._starts: list[int] = []
        self.count = 0
        for _path, folder in self._folders:
            self._starts.append(self.count)
            self.count += folder.number_of_sub_messages

    def _walk(self) -> Iterator[tuple[str, Any]]:
        waiting: list[tuple[str, Any, int]] = [("", self._file.get_root_folder(), 0)]
        while waiting:
            path, folder, depth = waiting.pop()
            yield path, folder
            if depth >= _DEEP or len(waiting) > _MOST_FOLDERS:
                continue
            inner = []
            for number in range(folder.number_of_sub_folders):
                try:
                    one = folder.get_sub_folder(number)
                    name = str(one.name or "without a name").replace("/", "-")
                except _FAULTS:
                    continue
                inner.append((f"{path}/{name}" if path else name, one, depth + 1))
            waiting += reversed(inner)

    def _read_names(self) -> dict[int, int | str]:
        try:
            given = {
                entry.entry_type: bytes(entry.data or b"")
                for entry in self._file.get_name_to_id_map().get_record_set(0).entries
            }
        except (*_FAULTS, AttributeError):
            return {}
        return mapi.names(given.get(3, b""), given.get(4, b""))

    @property
    def folders(self) -> list[MailFolder]:
        """The folders, each before those in it."""
        return [MailFolder(path, one.number_of_sub_messages) for path, one in self._folders]

    def _place(self, number: int) -> tuple[int, Any]:
        place = max(at for at, start in enumerate(self._starts) if start <= number)
        while number - self._starts[place] >= self._folders[place][1].number_of_sub_messages:
            place -= 1
        return place, self._folders[place][1].get_sub_message(number - self._starts[place])

    def heads(self) -> Iterator[MailHead]:
        """What there is to know of each message before it is taken."""
        number = 0
        for place, (_path, folder) in enumerate(self._folders):
            for inner in range(folder.number_of_sub_messages):
                try:
                    yield self._head(number, place, folder.get_sub_message(inner))
                except _FAULTS:
                    yield MailHead(number, place, "", "", "", "(damaged)")
                number += 1

    def _head(self, number: int, place: int, item: Any) -> MailHead:
        own = self._properties(item, only=_HEAD)
        message = mapi.to_message(own, (), ())
        return MailHead(
            number,
            place,
            message.said.dated,
            message.said.sender,
            message.said.recipients,
            message.said.title,
            _count(item),
        )

    def holds(self, number: int, words: Sequence[str]) -> bool:
        """Whether one of the words stands in a message or in the name of an attachment."""
        _place, item = self._place(number)
        return message_holds(self._message(item, contents=False), words)

    def take(self, number: int, _password: str | None) -> tuple[str, bytes]:
        """Path and content of one message, as it would be sent."""
        try:
            place, item = self._place(number)
            message = self._message(item, contents=True)
        except _FAULTS:
            raise UnreadableFile(
                "This message is damaged.", "Open it in Outlook, print it as PDF, and add that."
            ) from None
        name = file_name(message.said.title.replace("/", "-"))[:80] or "message"
        return f"{self._folders[place][0]}/{name}.eml", written(message)

    def _message(self, item: Any, *, contents: bool) -> Message:
        own = self._properties(item)
        recipients = []
        given = item.recipients
        if given is not None:
            recipients = [self._values(each, own) for each in given.record_sets]
        attached = [
            self._attached(item, item.get_attachment(at), own, contents=contents)
            for at in range(_count(item))
        ]
        return mapi_rest.to_message(own, recipients, attached)

    def _attached(self, message: Any, item: Any, above: Properties, *, contents: bool) -> Attached:
        about = self._properties(item)
        about.alphabet = above.alphabet
        method = about.number(mapi.METHOD)
        about.values.pop(mapi.DATA, None)
        if method == mapi.EMBEDDED_MESSAGE and self._nodes is not None:
            with suppress(*_FAULTS, KeyError, IndexError, struct.error):
                inner = self._nodes.message_in(message.identifier, item.identifier)
                return Attached(about, inner)
        if method in {mapi.EMBEDDED_MESSAGE, mapi.EMBEDDED_OBJECT}:
            return Attached(about)
        about.values[mapi.DATA] = b""
        if contents:
            size = int(item.size or 0)
            if size > _LARGEST:
                about.values.pop(mapi.DATA)
            elif size:
                about.values[mapi.DATA] = bytes(item.read_buffer(size))
        return Attached(about)

    def _properties(self, item: Any, only: frozenset[int] = frozenset()) -> Properties:
        found = Properties()
        for each in item.record_sets:
            self._fill(found, each, only)
        found.alphabet = mapi.alphabet_in(found)
        return found

    def _values(self, record_set: Any, above: Properties) -> Properties:
        found = Properties(alphabet=above.alphabet)
        self._fill(found, record_set, frozenset())
        return found

    def _fill(self, found: Properties, record_set: Any, only: frozenset[int]) -> None:
        for entry in record_set.entries:
            number, kind = entry.entry_type, entry.value_type
            if number is None or kind is None or (only and number not in only):
                continue
            try:
                raw = bytes(entry.data or b"")
            except _FAULTS:
                continue
            value = mapi.value_of(kind, raw)
            if value is None:
                continue
            if number >= 0x8000:
                if number in self._names:
                    found.named[self._names[number]] = value
            else:
                found.values[number] = value


def _count(item: Any) -> int:
    try:
        return min(int(item.number_of_attachments), 2_000)
    except _FAULTS:
        return 0


def _nodes(stream: IO[bytes], names: dict[int, int | str]) -> Nodes | None:
    try:
        return Nodes(stream, names)
    except (ValueError, struct.error, OSError):
        return None

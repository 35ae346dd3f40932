"""People and words that Outlook keeps with a message and does not show; inside workers only.

Who got it, who changed it last, whom an answer goes to, what a flag says, fields that somebody
made. Numbers from Microsoft's [MS-OXPROPS].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from dpdesk.documents import mapi
from dpdesk.documents.besides import SaidWords
from dpdesk.documents.mail_message import Message, words_in
from dpdesk.documents.mail_parts import split_head
from dpdesk.documents.mail_rest import people
from dpdesk.documents.mail_words import plain_header
from dpdesk.documents.mapi import Attached, Properties

_REPLY: Final = 0x0050
_CALLED: Final = {
    _REPLY: "answers go to",
    0x0040: "arrived for",
    0x0044: "arrived for",
    0x0076: "arrived for",
    0x0078: "arrived for",
    0x3FF8: "made by",
    0x3FFA: "last changed by",
    0x004D: "written by",
    0x0072: "first sent blind to",
    0x0073: "first sent in copy to",
    0x0074: "first sent to",
    0x0049: "first called",
    0x0070: "conversation",
    0x1001: "report",
    0x5FE5: "sender called",
}
"""Properties by number, of which all words are told."""
_NAMED: Final = {
    0x8530: "flag",
    0x811F: "owner of the task",
    0x8121: "given by",
    0x8539: "firms",
    0x853A: "contacts",
    0x8535: "billing",
    0x8534: "mileage",
    0x8580: "account",
    0x8586: "contacts",
}
_USUAL: Final = frozenset({"follow up", "flag for follow up", "for your information"})
_OF_RECIPIENTS: Final = (0x5FF6, 0x3A20, mapi.NAME)
_READ: Final = frozenset(
    {mapi.BODY, mapi.HTML, mapi.RTF, mapi.HEADERS, mapi.CLASS, mapi.DATA, mapi.MESSAGE_ID}
    | {mapi.REFERENCES, mapi.IN_REPLY_TO}
)
_KNOWN_KINDS: Final = range(1, 4)
_ADDRESSES: Final = ("/o=", "ex:", "smtp:", "x400:", "0000000")
_OF_PROGRAMS: Final = (
    "x-", "content-", "accept", "_", "msip", "conversation", "intransit", "archived", "office",
    "sharepoint", "outlook", "compose", "exchange", "msexchange", "mime", "is", "event", "skype",
    "online",
)  # fmt: skip
"""How names of fields begin that programs make."""
_NUMBER: Final = re.compile(r"<?[0-9A-Fa-f.$_-]{12,}@\S+")
"""A message by its number."""
_CODED: Final = re.compile(r"\S*[:/]\S*|\S{24,}|IPM\..*")
"""What programs write to programs."""
_SHORTEST: Final = 4
_LONGEST: Final = 1_000


def to_message(
    record: Properties, recipients: Sequence[Properties], attached: Iterable[Attached]
) -> Message:
    """The message that the properties make, with whom else they name."""
    message = mapi.to_message(record, recipients, attached)
    _tell(record, recipients, message)
    return message


def _tell(record: Properties, recipients: Sequence[Properties], message: Message) -> None:
    """Adds a line to the head of the message, where there is somebody to name."""
    reminder = record.words(record.named.get(0x8502) or record.named.get(0x8560))
    if record.named.get(0x8503):
        message.add("Reminder", reminder)
    shown = [text for _label, text in message.head]
    shown += [words_in(text) for text in message.sections]
    shown += [inner.name for inner in message.inside]
    said = SaidWords(shown)
    kept = [(name, words) for name, words in _kept(record, recipients) if not said.says(words)]
    lines = [*_lines(record), *_others(record, said)]
    message.add("Other", people(lines, shown, kept))


def _kept(record: Properties, recipients: Sequence[Properties]) -> Iterator[tuple[str, str]]:
    """What is told whole."""
    for number, name in _CALLED.items():
        yield name, _text(record, record.values.get(number))
    for number, name in _NAMED.items():
        words = record.words(record.named.get(number))
        if words.casefold() not in _USUAL:
            yield name, words
    for key, value in record.named.items():
        if isinstance(key, str) and key != mapi.CATEGORIES and _is_of_people(key):
            words = _text(record, value)
            yield key, "" if _CODED.fullmatch(words) else words
    for each in recipients:
        if each.number(mapi.RECIPIENT_KIND) & 0xF not in _KNOWN_KINDS:
            yield "also sent to", each.text(mapi.SMTP) or each.text(mapi.ADDRESS)
        for number in _OF_RECIPIENTS:
            yield "called", each.text(number)


def _is_of_people(key: str) -> bool:
    """Whether a field has a name as somebody gives it, and no program."""
    plain = key.casefold()
    return ":" not in plain and not plain.startswith(_OF_PROGRAMS)


def _lines(record: Properties) -> Iterator[tuple[str, str]]:
    """The lines of the head with which it travelled."""
    value = record.values.get(mapi.HEADERS)
    raw = (
        value if isinstance(value, bytes) else record.text(mapi.HEADERS).encode("utf-8", "replace")
    )
    shown = {"from", "to", "cc", "bcc", "date", "subject", "reply-to", "sender", "keywords"}
    for name, text in split_head(raw)[0]:
        if name not in shown:
            yield name, plain_header(text)


def _others(record: Properties, said: SaidWords) -> Iterator[tuple[str, str]]:
    """All other texts, of which only people are told."""
    values = [value for number, value in record.values.items() if number not in _READ]
    for value in (*values, *record.named.values()):
        words = _text(record, value)
        if words and not _NUMBER.fullmatch(words) and not said.says(words):
            yield "kept with it", words


def _text(record: Properties, value: object) -> str:
    """The words of a property that is a text; places in a directory are none."""
    if isinstance(value, bytes):
        plain = value.rstrip(b"\0")
        if len(plain) < _SHORTEST or any(byte < 0x20 for byte in plain):
            return ""
    elif not isinstance(value, (str, list)):
        return ""
    words = record.words(value)[:_LONGEST]
    return "" if words.casefold().startswith(_ADDRESSES) else words

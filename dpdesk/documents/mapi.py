"""What Outlook keeps of a message: properties by number, in .msg, winmail.dat and .pst alike.

Numbers from Microsoft's [MS-OXPROPS]. Used inside workers only.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dpdesk.documents import mail_rtf, office_embedded
from dpdesk.documents.inside import Inner, Said
from dpdesk.documents.mail_message import MailText, Message, in_words, numbers_in, words_in
from dpdesk.documents.mail_parts import split_head
from dpdesk.documents.mail_words import file_name, in_alphabet, plain_header

SHORT, LONG, FLOAT, DOUBLE, MONEY, APPTIME = 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0007
BOOLEAN, OBJECT, INT64, STRING8, UNICODE, TIME = 0x000B, 0x000D, 0x0014, 0x001E, 0x001F, 0x0040
GUID, BINARY, MANY = 0x0048, 0x0102, 0x1000

SUBJECT, BODY, HTML, RTF, CLASS = 0x0037, 0x1000, 0x1013, 0x1009, 0x001A
HEADERS, MESSAGE_ID, REFERENCES, IN_REPLY_TO = 0x007D, 0x1035, 0x1039, 0x1042
SUBMITTED, DELIVERED, CREATED = 0x0039, 0x0E06, 0x3007
TO, CC, BCC = 0x0E04, 0x0E03, 0x0E02
RECIPIENT_KIND, NAME, ADDRESS, SMTP = 0x0C15, 0x3001, 0x3003, 0x39FE
CODE_PAGE, OTHER_CODE_PAGE = 0x3FDE, 0x3FFD
DATA, FILE_NAME, LONG_NAME, METHOD, CONTENT_ID = 0x3701, 0x3704, 0x3707, 0x3705, 0x3712
LOCATION, MIME_KIND, WHERE = 0x3713, 0x370E, 0x370D
EMBEDDED_MESSAGE, EMBEDDED_OBJECT, BY_LINK = 5, 6, 7

_BEFORE: Final = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
_SENDERS: Final = ((0x0042, 0x5D02, 0x0065), (0x0C1A, 0x5D01, 0x0C1F))
"""Name, address of the internet, address of the office: for whom it was sent, and who sent it."""
_LABELS: Final = {
    0x3A45: "Title",
    0x3A06: "Given name",
    0x3A44: "Middle name",
    0x3A11: "Surname",
    0x3A05: "Generation",
    0x3A4F: "Known as",
    0x3A16: "Organisation",
    0x3A18: "Department",
    0x3A17: "Position",
    0x3A19: "Office",
    0x3A08: "Telephone at work",
    0x3A1B: "Second telephone at work",
    0x3A09: "Telephone at home",
    0x3A2F: "Second telephone at home",
    0x3A1C: "Mobile telephone",
    0x3A1A: "Main telephone",
    0x3A1F: "Other telephone",
    0x3A24: "Fax at work",
    0x3A25: "Fax at home",
    0x3A15: "Address",
    0x3A29: "Street",
    0x3A27: "Town",
    0x3A28: "County",
    0x3A2A: "Postcode",
    0x3A26: "Country",
    0x3A5D: "Street at home",
    0x3A59: "Town at home",
    0x3A5C: "County at home",
    0x3A5B: "Postcode at home",
    0x3A5A: "Country at home",
    0x3A42: "Born",
    0x3A41: "Anniversary",
    0x3A48: "Spouse",
    0x3A58: "Children",
    0x3A4E: "Manager",
    0x3A30: "Assistant",
    0x3A46: "Profession",
    0x3A43: "Hobbies",
    0x3A50: "Own web page",
    0x3A51: "Web page at work",
}
_NAMED: Final = {
    0x8208: "Where",
    0x820D: "Starts",
    0x820E: "Ends",
    0x8104: "Starts",
    0x8105: "Due",
    0x801A: "Address at home",
    0x801B: "Address at work",
    0x801C: "Other address",
    0x8083: "E-mail",
    0x8093: "E-mail 2",
    0x80A3: "E-mail 3",
    0x8062: "Messenger",
    0x8238: "Everybody invited",
    0x823B: "Invited",
    0x823C: "Invited, need not come",
}
"""Properties that go by a number of their own in each file, and what they hold."""
_MEMBERS: Final = (0x8054, 0x8055)
_ONE_PERSON: Final = bytes.fromhex("812b1fa4bea310199d6e00dd010f5402")
"""What stands before each person of a group of contacts."""
CATEGORIES: Final = "Keywords"


@dataclass(slots=True)
class Properties:
    """Properties by number. Named ones are in ``named``, by their number or name among the named.

    Text that is not Unicode waits as bytes until its alphabet is known.
    """

    values: dict[int, Any] = field(default_factory=dict)
    named: dict[int | str, Any] = field(default_factory=dict)
    alphabet: str = "cp1252"

    def text(self, number: int) -> str:
        """A property as text; empty where it is not there."""
        return self.words(self.values.get(number))

    def words(self, value: Any) -> str:
        """The words of a value of any type."""
        if isinstance(value, bytes):
            value = in_alphabet(value.rstrip(b"\0"), self.alphabet)[0]
        if isinstance(value, dt.datetime):
            return in_words(value.isoformat())
        if isinstance(value, list):
            return ", ".join(filter(None, map(self.words, value)))
        return value.rstrip("\0") if isinstance(value, str) else ""

    def bytes(self, number: int) -> bytes:
        """A property as bytes."""
        value = self.values.get(number)
        return value if isinstance(value, bytes) else b""

    def number(self, number: int) -> int:
        """A property as a whole number; 0 where it is not there."""
        value = self.values.get(number)
        return value if isinstance(value, int) else 0

    def moment(self, number: int) -> str:
        """A property as a moment in ISO form."""
        value = self.values.get(number)
        return value.isoformat() if isinstance(value, dt.datetime) else ""


@dataclass(slots=True)
class Attached:
    """What is attached: its properties, and the message that it is where it is one."""

    about: Properties
    message: Message | None = None


def fixed(kind: int, raw: bytes) -> Any:
    """The value of a property of a fixed length. None for what nobody asks for."""
    if kind == TIME:
        return moment(struct.unpack("<Q", raw[:8].ljust(8, b"\0"))[0])
    if kind in {LONG, SHORT}:
        return struct.unpack("<i", raw[:4].ljust(4, b"\0"))[0] & (
            0xFFFFFFFF if kind == LONG else 0xFFFF
        )
    if kind == BOOLEAN:
        return int(raw[:1] != b"\0")
    return None


def value_of(kind: int, raw: bytes) -> Any:
    """The value of a property from its bytes. None for what nobody asks for."""
    if kind == UNICODE:
        return raw.decode("utf-16-le", "replace")
    if kind in {STRING8, BINARY}:
        return raw
    if kind == UNICODE | MANY:
        return _many(raw)
    if kind == BINARY | MANY:
        return raw
    return fixed(kind, raw)


def _many(raw: bytes) -> list[str]:
    """Several texts in one value: how many, where each begins, and they themselves."""
    count = int.from_bytes(raw[:4], "little")
    if not 0 < count <= len(raw) // 4:
        return []
    starts = [int.from_bytes(raw[4 + 4 * at : 8 + 4 * at], "little") for at in range(count)]
    ends = [*starts[1:], len(raw)]
    pairs = zip(starts, ends, strict=True)
    return [raw[start:end].decode("utf-16-le", "replace") for start, end in pairs]


def moment(ticks: int) -> dt.datetime | None:
    """A moment of Windows: tenths of microseconds since 1601."""
    try:
        found = _BEFORE + dt.timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None
    return found.replace(microsecond=0) if 1900 < found.year < 2300 else None


def names(entries: bytes, words: bytes) -> dict[int, int | str]:
    """By what number or name the properties go that have no number of their own in a file."""
    found: dict[int, int | str] = {}
    for at in range(0, len(entries) - 7, 8):
        number, about, place = struct.unpack_from("<IHH", entries, at)
        if about & 1:
            if number + 4 > len(words):
                continue
            length = struct.unpack_from("<I", words, number)[0]
            name = words[number + 4 : number + 4 + min(length, 500)]
            found[0x8000 + place] = name.decode("utf-16-le", "replace")
        else:
            found[0x8000 + place] = number
    return found


def title_of(properties: Properties) -> str:
    """The subject. Mailboxes mark how much of it is "Re:" by two signs before it."""
    title = properties.text(SUBJECT)
    return title[2:] if title[:1] == "\x01" else title


def alphabet_in(record: Properties) -> str:
    """The alphabet of texts that are not Unicode."""
    for number in (OTHER_CODE_PAGE, CODE_PAGE):
        page = record.number(number)
        if page == 65001:
            return "utf-8"
        if 0 < page < 60000:
            return f"cp{page}"
        if 28590 < page < 28606:
            return f"iso8859-{page - 28590}"
    return "cp1252"


def to_message(
    record: Properties, recipients: Sequence[Properties], attached: Iterable[Attached]
) -> Message:
    """The message that the properties make."""
    message = Message()
    head = _sent_head(record)
    sender, by = _senders(record, head)
    people = {kind: [] for kind in (1, 2, 3)}  # type: dict[int, list[str]]
    for each in recipients:
        people.setdefault(each.number(RECIPIENT_KIND) & 0xF, []).append(_person(each))
    message.add("From", sender)
    message.add("Sent by", by if by != sender else "")
    shown = []
    for kind, label, number, key in (
        (1, "To", TO, "to"),
        (2, "Cc", CC, "cc"),
        (3, "Bcc", BCC, "bcc"),
    ):
        told = "; ".join(filter(None, people[kind])) or head.get(key, "") or record.text(number)
        message.add(label, told)
        shown.append(told)
    dated = record.moment(SUBMITTED) or record.moment(DELIVERED)
    message.add("Date", in_words(dated) if dated else head.get("date", ""))
    message.add("Subject", title_of(record))
    message.add("Categories", record.words(record.named.get(CATEGORIES)))
    _other_lines(record, message)
    message.said = Said(
        dated=dated,
        sender=sender,
        recipients="; ".join(filter(None, shown)),
        title=title_of(record),
        message_id=next(
            iter(numbers_in([record.text(MESSAGE_ID) or head.get("message-id", "")])), ""
        ),
        references=numbers_in(
            [
                record.text(REFERENCES) or head.get("references", ""),
                record.text(IN_REPLY_TO) or head.get("in-reply-to", ""),
            ]
        ),
    )
    _texts(record, message)
    _files(attached, message)
    return message


def _sent_head(record: Properties) -> dict[str, str]:
    """The head with which it travelled, where it came from outside."""
    value = record.values.get(HEADERS)
    raw = value if isinstance(value, bytes) else record.text(HEADERS).encode("utf-8", "replace")
    found: dict[str, str] = {}
    for name, text in split_head(raw)[0]:
        found.setdefault(name, plain_header(text))
    return found


def _senders(record: Properties, head: dict[str, str]) -> tuple[str, str]:
    found = []
    for name, smtp, address in _SENDERS:
        found.append(_named(record.text(name), record.text(smtp) or record.text(address)))
    if not found[0]:
        found[0] = found[1]
    if "@" not in found[0] and "@" in head.get("from", ""):
        found[0] = head["from"]
        found[1] = found[1] if "@" in found[1] else ""
    return found[0], found[1]


def _person(record: Properties) -> str:
    return _named(record.text(NAME), record.text(SMTP) or record.text(ADDRESS))


def _named(name: str, address: str) -> str:
    if address.startswith("/") and name:  # where it lies in a directory of Exchange
        return name
    name, address = name.strip().strip("'"), address.strip()
    if not name or name == address:
        return address
    return f"{name} <{address}>" if address else name


def _other_lines(record: Properties, message: Message) -> None:
    """What an appointment, a contact or a task holds besides."""
    for number, label in _LABELS.items():
        message.add(label, record.text(number))
    for number, label in sorted(_NAMED.items()):
        message.add(label, record.words(record.named.get(number)))
    kept = [_flat(record.named.pop(number, None)) for number in _MEMBERS]
    for person in dict.fromkeys(each for raw in kept for each in _members(raw)):
        message.add("Member", person)


def _flat(value: Any) -> bytes:
    """A value of bytes, or of several of them, in one."""
    if isinstance(value, list):
        return b"".join(each for each in value if isinstance(each, bytes))
    return value if isinstance(value, bytes) else b""


def _members(raw: bytes) -> Iterator[str]:
    """The people of a group of contacts, who are kept with name, kind and address."""
    at = raw.find(_ONE_PERSON)
    while at >= 0:
        start = at + len(_ONE_PERSON) + 4
        at = raw.find(_ONE_PERSON, start)
        piece = raw[start : at if at >= 0 else len(raw)]
        wide = bool(int.from_bytes(raw[start - 2 : start], "little") & 0x8000)
        text = piece.decode("utf-16-le" if wide else "cp1252", "replace")
        name, _kind, address = (*text.split("\0")[:3], "", "", "")[:3]
        yield _named(name, address)


def _texts(record: Properties, message: Message) -> None:
    rich = _html(record)
    if rich:
        message.sections.append(MailText("html", rich))
    text = record.text(BODY)
    if not rich and record.bytes(RTF):
        style, found = _from_rtf(record, message)
        if style == "html":
            message.sections.append(MailText("html", found))
        elif not text.strip() and found.strip():
            text = found
    if text.strip() and not message.sections:
        message.sections.append(MailText("text", text))
    elif text.strip():
        shown = [words_in(section) for section in message.sections]
        message.add_form(MailText("text", text), shown, text)


def _html(record: Properties) -> str:
    value = record.values.get(HTML)
    if isinstance(value, bytes):
        page = record.number(CODE_PAGE)
        told = "utf-8" if page == 65001 else f"cp{page}" if page else record.alphabet
        return in_alphabet(value.rstrip(b"\0"), told)[0]
    return record.words(value)


def _from_rtf(record: Properties, message: Message) -> tuple[str, str]:
    try:
        return mail_rtf.words(mail_rtf.unpacked(record.bytes(RTF)))
    except ValueError:
        message.warn(
            "The text of this message is damaged and cannot be read whole. Open it in Outlook, "
            "print it as PDF, and add that."
        )
        return "text", ""


def _files(attached: Iterable[Attached], message: Message) -> None:
    asked = " ".join(section.text for section in message.sections if section.style == "html")
    for number, each in enumerate(attached, 1):
        about = each.about
        name = file_name(about.text(LONG_NAME) or about.text(FILE_NAME) or about.text(NAME))
        if each.message is not None:
            from dpdesk.documents.mail_written import written

            title = each.message.said.title[:80]
            named = name or title or "message"
            if not named.lower().endswith((".eml", ".msg")):
                named += ".eml"
            message.inside.append(Inner(named, written(each.message), "message"))
            continue
        method = about.number(METHOD)
        if method == BY_LINK:
            message.add("Attached as a link", f"{name} {about.text(WHERE)}")
            continue
        content = about.bytes(DATA)
        own = about.text(CONTENT_ID).strip("<> ")
        if own and f"cid:{own}" in asked and content:
            message.pictures[own] = content
            continue
        name = name or f"attachment {number}"
        if method == EMBEDDED_OBJECT and content:
            found = office_embedded.unwrapped(name, content)
            if found is not None:
                message.inside.append(found)
                continue
        if method == EMBEDDED_OBJECT or (not content and DATA not in about.values):
            message.warn(
                f"“{name}” is part of this message in a form that only Outlook opens. Open it "
                "there, save it as PDF, and add that."
            )
            continue
        inner = Inner(name, content)
        if not content or not message.shows(inner, about.text(LOCATION)):
            message.inside.append(inner)

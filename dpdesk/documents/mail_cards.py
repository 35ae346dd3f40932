"""Calendar files (``.ics``) and contacts (``.vcf``) in words; used inside workers only."""

from __future__ import annotations

import binascii
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

from dpdesk.documents import laid_out
from dpdesk.documents.inside import Inner, Said
from dpdesk.documents.mail_message import day_in_words, in_words
from dpdesk.documents.mail_words import from_base64, in_alphabet
from dpdesk.documents.normal import Normal
from dpdesk.errors import UnreadableFile
from dpdesk.walls.workers import Limits

_MOST: Final = 20_000
"""Lines that are shown; a calendar of many years has fewer."""
_LINE: Final = re.compile(r"([A-Za-z0-9.-]{1,80})((?:;(?:\"[^\"]*\"|[^:\"])*)?):(.*)", re.DOTALL)
_PARAMETER: Final = re.compile(r";([A-Za-z0-9-]{1,60})(?:=(\"[^\"]*\"|[^;]*))?")
_MOMENT: Final = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?(Z)?)?")
_ESCAPED: Final = re.compile(r"\\([nN,;\\:])")

_PARTS: Final = {
    "VEVENT": "Appointment",
    "VTODO": "Task",
    "VJOURNAL": "Note",
    "VFREEBUSY": "Free and busy times",
    "VALARM": "Reminder",
    "VCARD": "Contact",
}
_LABELS: Final = {
    "SUMMARY": "What",
    "LOCATION": "Where",
    "DTSTART": "Starts",
    "DTEND": "Ends",
    "DUE": "Due",
    "COMPLETED": "Completed",
    "DURATION": "Lasts",
    "RRULE": "Repeats",
    "RDATE": "Also on",
    "EXDATE": "Not on",
    "RECURRENCE-ID": "Instead of",
    "ORGANIZER": "Organiser",
    "ATTENDEE": "Invited",
    "CONTACT": "Contact",
    "DESCRIPTION": "Text",
    "COMMENT": "Comment",
    "CATEGORIES": "Categories",
    "STATUS": "Status",
    "CLASS": "Privacy",
    "PRIORITY": "Priority",
    "RESOURCES": "Resources",
    "FREEBUSY": "Busy",
    "URL": "Web address",
    "ATTACH": "Attached",
    "GEO": "Place on the map",
    "METHOD": "Kind of message",
    "CREATED": "Made",
    "LAST-MODIFIED": "Last changed",
    "X-WR-CALNAME": "Calendar",
    "FN": "Name",
    "N": "Name in parts",
    "NICKNAME": "Known as",
    "ORG": "Organisation",
    "TITLE": "Position",
    "ROLE": "Role",
    "TEL": "Telephone",
    "EMAIL": "E-mail",
    "ADR": "Address",
    "LABEL": "Address as written",
    "BDAY": "Born",
    "ANNIVERSARY": "Anniversary",
    "GENDER": "Gender",
    "NOTE": "Notes",
    "RELATED": "Related to",
    "IMPP": "Messenger",
    "LANG": "Language",
    "TZ": "Time zone",
    "MEMBER": "Member",
    "REV": "Last changed",
    "X-ABRELATEDNAMES": "Related to",
    "X-ABLABEL": "Label",
    "X-SPOUSE": "Spouse",
    "X-MS-SPOUSE": "Spouse",
    "X-MS-CHILD": "Child",
    "X-MS-MANAGER": "Manager",
    "X-MS-ASSISTANT": "Assistant",
    "X-ANNIVERSARY": "Anniversary",
    "X-SOCIALPROFILE": "Social media",
    "X-SKYPE": "Skype",
}
_OF_PROGRAMS: Final = frozenset(
    "UID PRODID VERSION SEQUENCE TRANSP DTSTAMP CALSCALE ACTION TRIGGER REPEAT TZID TZURL KIND "
    "MAILER CLIENTPIDMAP REQUEST-STATUS PERCENT-COMPLETE X-PUBLISHED-TTL X-WR-TIMEZONE "
    "X-WR-RELCALID X-PRIMARY-CALENDAR X-OWNER X-ABUID X-PRODID X-ABSHOWAS COLOR "
    "REFRESH-INTERVAL ACKNOWLEDGED".split()
)
"""Lines that programs write for each other."""
_BEGUN_BY_PROGRAMS: Final = (
    "X-MICROSOFT-", "X-MS-OLK-", "X-APPLE-", "X-MOZ-", "X-GOOGLE-", "X-LIC-",
)  # fmt: skip
_EMBEDDED: Final = re.compile(r"data:[\w/+.-]{0,60};base64,")
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_OTHER: Final = "Also written"
_SETS: Final = frozenset({"N", "ADR", "ORG"})
_MOMENTS: Final = frozenset(
    "DTSTART DTEND DUE COMPLETED RDATE EXDATE RECURRENCE-ID BDAY ANNIVERSARY X-ANNIVERSARY CREATED "
    "LAST-MODIFIED REV".split()
)
_PEOPLE: Final = frozenset({"ORGANIZER", "ATTENDEE"})
_PICTURES: Final = frozenset({"PHOTO", "LOGO"})
_ANSWERS: Final = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "perhaps",
    "NEEDS-ACTION": "no answer yet",
    "DELEGATED": "sent somebody else",
}
_FOR_OTHERS: Final = {
    "SENT-BY": "sent by",
    "DELEGATED-FROM": "for",
    "DELEGATED-TO": "by way of",
    "MEMBER": "as one of",
}
_ALARM_LINES: Final = frozenset({"SUMMARY", "DESCRIPTION", "ATTENDEE", "ATTACH"})


@dataclass(slots=True)
class _Field:
    """One line of such a file: ``TEL;TYPE=home:01632 960001``."""

    name: str
    about: dict[str, str]
    value: str


def calendar(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """A calendar file as pages of words."""
    return _read(content, "This calendar file has no appointments in it.", limits)


def contacts(content: bytes, _password: str | None, limits: Limits) -> Normal:
    """A file of contacts as pages of words."""
    return _read(content, "This file has no contacts in it.", limits)


def _read(content: bytes, nothing: str, limits: Limits) -> Normal:
    text, certain = in_alphabet(content, "utf-8")
    rows: list[str] = []
    inside: list[Inner] = []
    pictures: dict[str, bytes] = {}
    said: dict[str, str] = {}
    stack: list[str] = []
    warnings = [] if certain else ["Some letters of this file cannot be told for certain."]
    for number, field in enumerate(_fields(text)):
        if number == _MOST:
            warnings.append("This file is very long; its end is not shown.")
            break
        if field.name == "BEGIN":
            stack.append(field.value.strip().upper())
            if stack[-1] in _PARTS:
                rows.append(f"<h3>{_PARTS[stack[-1]]}</h3>")
        elif field.name == "END":
            if stack:
                stack.pop()
        elif "VTIMEZONE" not in stack:
            _line(field, stack[-1] if stack else "", rows, (inside, pictures), said)
    if not any(row.startswith("<p") for row in rows):
        raise UnreadableFile(nothing, "Ask for it again.")
    made, more = laid_out.to_pdf("".join(rows), pictures, limits)
    return Normal(
        made,
        [*warnings, *more],
        inside=inside,
        said=Said(said.get("dated", ""), said.get("sender", ""), "", said.get("title", "")),
    )


def _fields(text: str) -> Iterator[_Field]:
    for line in _whole_lines(text):
        found = _LINE.match(line)
        if found is None:
            if line.strip():
                yield _Field("", {}, line)  # of a program that breaks its lines as it likes
            continue
        about = {
            key.upper(): (given or "").strip('"') for key, given in _PARAMETER.findall(found[2])
        }
        name = found[1].upper().rpartition(".")[2]
        yield _Field(name, about, _uncoded(found[3], about))


def _whole_lines(text: str) -> Iterator[str]:
    """Lines with those that go on: after a blank, or after a = at the end in old contacts."""
    pieces: list[str] = []
    for line in text.splitlines():
        coded = bool(pieces) and "QUOTED-PRINTABLE" in pieces[0][:200].upper()
        if coded and pieces[-1].endswith("="):
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        elif pieces and line.startswith((" ", "\t")):
            pieces.append(line[1:])
        else:
            if pieces:
                yield "".join(pieces)
            pieces = [line]
    if pieces:
        yield "".join(pieces)


def _uncoded(value: str, about: dict[str, str]) -> str:
    if about.get("ENCODING", "").upper() == "QUOTED-PRINTABLE" or "QUOTED-PRINTABLE" in about:
        raw = binascii.a2b_qp(value.encode("utf-8", "replace"))
        return in_alphabet(raw, about.get("CHARSET", ""))[0]
    return value


def _line(
    field: _Field,
    part: str,
    rows: list[str],
    files: tuple[list[Inner], dict[str, bytes]],
    said: dict[str, str],
) -> None:
    coded = field.about.get("ENCODING", "").upper() in {"B", "BASE64"} or "BASE64" in field.about
    embedded = _EMBEDDED.match(field.value)
    if coded or embedded:
        content = from_base64(field.value[embedded.end() if embedded else 0 :].encode())[0]
        _stored(field, content, rows, files)
        if field.name not in _LABELS or field.name == "ATTACH":
            return
        written = in_alphabet(content, field.about.get("CHARSET", "utf-8"))[0]
        field = _Field(field.name, {}, written)
    label = _LABELS.get(field.name) or _other(field.name)
    if not label or (part == "VALARM" and field.name not in _ALARM_LINES):
        return
    words = _words(field)
    if label.startswith(_OTHER):
        words = " ".join(unescape(_TAG.sub(" ", words)).split())
        if _is_told(words, rows):
            return
    if not words:
        return
    rows.append(f'<p class="close"><b>{label}:</b> {escape(words)}</p>'.replace("\n", "<br>"))
    if field.name in {"SUMMARY", "FN"}:
        said.setdefault("title", words)
    if field.name == "ORGANIZER":
        said.setdefault("sender", words)
    if field.name == "DTSTART":
        said.setdefault("dated", _moment(field.value))


def _stored(
    field: _Field, content: bytes, rows: list[str], files: tuple[list[Inner], dict[str, bytes]]
) -> None:
    """A picture or file that stands in a line in code."""
    inside, pictures = files
    if field.name in _PICTURES:
        name = f"picture{len(pictures) + 1}"
        pictures[name] = content
        rows.append(f'<p><img src="cid:{name}"></p>')
    elif field.name == "ATTACH":
        given = field.about.get("FILENAME") or field.about.get("X-FILENAME") or "attachment"
        inside.append(Inner(given, content))
        rows.append(f"<p><b>Attached:</b> {escape(given)}</p>")
    elif field.name not in _LABELS and content:
        inside.append(Inner(field.name.lower() or "file", content))


def _other(name: str) -> str:
    """What a line is called that is known to no standard; nothing where no person wrote it."""
    if name in _OF_PROGRAMS or name.startswith(_BEGUN_BY_PROGRAMS):
        return ""
    return f"{_OTHER} ({name.removeprefix('X-').lower()})" if name else _OTHER


def _is_told(words: str, rows: list[str]) -> bool:
    """Whether words say nothing, or stand in the line of this entry that was written before."""
    if not any(map(str.isalnum, words)):
        return True
    start = next((n for n in range(len(rows) - 1, -1, -1) if rows[n].startswith("<h3>")), 0)
    plain = " ".join(unescape(_TAG.sub(" ", " ".join(rows[start:]))).split())
    return words in plain


def _words(field: _Field) -> str:
    """What a line says, in words."""
    value = field.value.strip()
    if field.name in _MOMENTS:
        zone = f" ({field.about['TZID']})" if field.about.get("TZID") else ""
        return ", ".join(_shown(each) + zone for each in value.split(","))
    if field.name in _SETS:
        pieces = re.split(r"(?<!\\);", value)
        value = ", ".join(filter(None, (_plain(piece).strip() for piece in pieces)))
    elif field.name in _PEOPLE:
        value = re.sub(r"(?i)^mailto:", "", value)
        name = field.about.get("CN", "")
        answer = _ANSWERS.get(field.about.get("PARTSTAT", "").upper(), "")
        value = f"{name} <{value}>" if name and name != value else value
        told = (
            f"{_FOR_OTHERS[key]} {each}" for key, each in field.about.items() if key in _FOR_OTHERS
        )
        also = [answer, *(re.sub(r"(?i)mailto:|[\"]", "", each) for each in told)]
        listed = ", ".join(filter(None, also))
        value += f" ({listed})" if listed else ""
    else:
        value = _plain(re.sub(r"(?i)^(?:mailto|tel):", "", value))
    kinds = [
        kind.lower()
        for kind in field.about.get("TYPE", "").split(",")
        if kind.lower() not in {"", "pref", "internet", "voice"}
    ]
    return f"{value} ({', '.join(kinds)})" if kinds and value else value


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], value)


def _moment(value: str) -> str:
    """A day or moment in ISO form; empty where it cannot be told."""
    found = _MOMENT.match(value.strip())
    if found is None:
        return ""
    year, month, day, hour, minute, second, zulu = found.groups()
    try:
        if hour is None:
            return dt.date(int(year), int(month), int(day)).isoformat()
        zone = dt.UTC if zulu else None
        day_told = dt.date(int(year), int(month), int(day))
        time_told = dt.time(int(hour), int(minute), int(second or 0), tzinfo=zone)
        return dt.datetime.combine(day_told, time_told).isoformat()
    except ValueError:
        return ""


def _shown(value: str) -> str:
    iso = _moment(value)
    if not iso:
        return value
    return in_words(iso) if "T" in iso else day_in_words(dt.date.fromisoformat(iso))

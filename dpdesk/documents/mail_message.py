"""A message, whatever kind of file it came in; used inside workers only."""

from __future__ import annotations

import datetime as dt
import email.utils
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from dpdesk.documents.inside import Inner, Said
from dpdesk.documents.mail_heads import holds_word

Style = str  # "html" or "text"

_NUMBER: Final = re.compile(r"<([^<>\s]{1,500})>")
_WEEKDAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)


@dataclass(slots=True)
class MailText:
    """One text of a message: HTML or plain, with a heading where it is not simply the body."""

    style: Style
    text: str
    heading: str = ""


@dataclass(slots=True)
class Message:
    """A message as read: the lines of its head in words, its texts, and the files in it.

    ``pictures`` are those that a text shows in itself, by the name it asks for; ``notes`` are
    sentences that stand on its pages, ``warnings`` those that stand under it in the list.
    """

    head: list[tuple[str, str]] = field(default_factory=list)
    sections: list[MailText] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    inside: list[Inner] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    """Addresses of the web that its HTML hides behind links."""
    said: Said = field(default_factory=Said)
    asked: set[str] | None = None
    """Names and addresses of the pictures that its texts ask for, once they were looked for."""

    def add(self, label: str, text: str) -> None:
        """A line of the head, where there is something to say."""
        if text.strip():
            self.head.append((label, text.strip()))

    def add_form(self, text: MailText, shown: list[str], words: str) -> None:
        """Adds another form of a text where it has words that what is ``shown`` lacks."""
        more, addresses = lacking(words, shown)
        if more:
            text.heading = "This message also has another form, with other words:"
            self.sections.append(text)
            shown.append(words)
        else:
            self.addresses += (each for each in addresses if each not in self.addresses)

    def shows(self, inner: Inner, location: str = "") -> bool:
        """Puts a picture into the text where that asks for it by its name or its address."""
        names = {inner.name.casefold(), location.casefold()} & self._asked_for()
        if not names:
            return False
        taken = f"picture {len(self.pictures) + 1}"
        found = False

        def put(asked: re.Match[str]) -> str:
            nonlocal found
            if unquote(html.unescape(asked[2])).casefold() not in names:
                return asked[0]
            found = True
            return f'{asked[1]}"cid:{taken}"'

        for text in self.sections:
            if text.style == "html":
                text.text = _ASKED.sub(put, text.text)
        if found:
            self.pictures[taken] = inner.content
        return found

    def _asked_for(self) -> set[str]:
        """What the texts ask for as pictures, looked for once."""
        if self.asked is None:
            self.asked = {
                unquote(html.unescape(source)).casefold()
                for text in self.sections
                if text.style == "html"
                for _start, source in _ASKED.findall(text.text)
            }
        return self.asked

    def warn(self, sentence: str) -> None:
        """A warning, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)


def moment_of(told: str) -> str:
    """A date as a head writes it, in ISO form with its zone; empty where it cannot be told."""
    try:
        found = email.utils.parsedate_tz(told)
        if found is None or not 1970 <= found[0] <= 2200:
            return ""
        zone = None if found[9] is None else dt.timezone(dt.timedelta(seconds=found[9]))
        return dt.datetime(*found[:6], tzinfo=zone).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def day_in_words(day: dt.date) -> str:
    """A day in words."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def in_words(iso: str) -> str:
    """A moment in words, in the zone it was told in: what the sender's clock showed."""
    moment = dt.datetime.fromisoformat(iso)
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    told = f"{day_in_words(moment)}, {clock}"
    zone = moment.utcoffset()
    if zone is None:
        return told
    minutes = int(zone.total_seconds()) // 60
    sign = "+" if minutes >= 0 else "−"
    hours, rest = divmod(abs(minutes), 60)
    return f"{told} (UTC{sign}{hours:02}:{rest:02})"


def numbers_in(lines: Iterable[str]) -> tuple[str, ...]:
    """The numbers of messages in lines that name some, each once, in their order."""
    found = (number for line in lines for number in _NUMBER.findall(line))
    return tuple(dict.fromkeys(found))


def attachment_names(inside: Iterable[Inner]) -> str:
    """The names of attachments in one line."""
    return "; ".join(f"{inner.name} ({_size(len(inner.content))})" for inner in inside)


def _size(count: int) -> str:
    if count < 1_000:
        return f"{count} bytes" if count != 1 else "1 byte"
    return f"{count / 1_000:,.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB"


_BETWEEN_WORDS: Final = re.compile(
    r"<(?=/?(?:p|div|br|td|th|tr|li|h[1-6]|table|ul|ol|hr|dt|dd|pre|blockquote|center|img)\b)",
    re.IGNORECASE,
)
_MOST_ADDRESSES: Final = 300
_ASKED: Final = re.compile(
    r"""(<img\b[^<>]{0,2000}?\bsrc\s*=\s*)["']?([^"'\s<>]{1,500})["']?""", re.IGNORECASE
)
_WORD: Final = re.compile(r"\w+")
_WEB: Final = re.compile(r"<?(?:https?|mailto|tel|cid|file|ftp)s?:[^\s>]*>?", re.IGNORECASE)


def words_of(text: str) -> set[str]:
    """The words of a text, small, for comparison."""
    return {word.casefold() for word in _WORD.findall(text)}


def lacking(text: str, shown: Iterable[str]) -> tuple[bool, list[str]]:
    """Whether a text has words that no other has, and the addresses of the web that only it has.

    HTML hides an address behind its link, and the plain form of the same text spells it out.
    """
    known: set[str] = set()
    for other in shown:
        known |= words_of(other)
    more = not words_of(_WEB.sub(" ", text)) <= known
    addresses = (found[0].strip("<>.,;()[]") for found in _WEB.finditer(text))
    fresh = [each for each in dict.fromkeys(addresses) if not words_of(each) <= known]
    return more, fresh[:_MOST_ADDRESSES]


def words_in(section: MailText) -> str:
    """The words that a section shows."""
    if section.style != "html":
        return section.text
    import nh3

    apart = _BETWEEN_WORDS.sub(" <", section.text)
    plain = nh3.clean(apart, tags=set(), clean_content_tags={"style", "script", "title"})
    return html.unescape(plain).replace("\u00ad", "")


def message_holds(message: Message, words: Sequence[str]) -> bool:
    """Whether one of the words stands in a message or in the name of an attachment."""
    texts = [text for _label, text in message.head]
    texts += [words_in(text) for text in message.sections]
    texts += [inner.name for inner in message.inside]
    return holds_word(words, "\n".join(texts))

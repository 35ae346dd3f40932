"""What a mailbox says of its messages before they are taken out, and which of them are wanted.

Known on both sides of the wall.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from dpdesk.documents.inside import is_moment
from dpdesk.law.folding import fold
from dpdesk.law.words import LONDON

_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class MailHead:
    """One message of a mailbox. ``number`` counts from 0, ``folder`` is a place in its list."""

    number: int
    folder: int
    dated: str
    sender: str
    recipients: str
    subject: str
    attachments: int = 0

    @property
    def day(self) -> dt.date | None:
        """The day it was sent, in London; None where it has no date."""
        if not self.dated:
            return None
        moment = dt.datetime.fromisoformat(self.dated)
        return (moment.astimezone(LONDON) if moment.tzinfo else moment).date()


@dataclass(frozen=True, slots=True)
class MailFolder:
    """A folder of a mailbox, with its path, and how many messages lie in it."""

    path: str
    count: int


@dataclass(frozen=True, slots=True)
class MailWanted:
    """Which messages are wanted; what is empty does not matter. Of several words one is enough.

    ``senders`` are looked for in who sent it, ``people`` in everybody it names, ``words`` in
    subject, text and names of attachments. Both days are included.
    """

    senders: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    folders: frozenset[int] | None = None

    def by_head(self, head: MailHead) -> bool:
        """Whether a message fits, as far as its head tells: everything but the words."""
        if self.folders is not None and head.folder not in self.folders:
            return False
        if not _among(self.senders, head.sender):
            return False
        if not _among(self.people, f"{head.sender} {head.recipients}"):
            return False
        day = head.day
        if self.since is not None and (day is None or day < self.since):
            return False
        return self.until is None or (day is not None and day <= self.until)


def _among(wanted: Sequence[str], text: str) -> bool:
    if not wanted:
        return True
    folded = fold(text)
    return any(fold(each) in folded for each in wanted)


def holds_word(words: Sequence[str], text: str) -> bool:
    """Whether a text holds one of the words, whatever its accents, capitals and line breaks."""
    folded = " ".join(fold(text).split())
    return any(" ".join(fold(word).split()) in folded for word in words)


def heads_out(heads: Sequence[MailHead]) -> list[dict[str, Any]]:
    """Heads on their way over the wall."""
    return [asdict(head) for head in heads]


def heads_in(told: object) -> list[MailHead]:
    """Heads from what came over the wall. Raises ValueError, TypeError, KeyError for nonsense."""
    if not isinstance(told, list):
        raise TypeError("heads are a list")
    return [_head(each) for each in told]


def _head(told: Mapping[str, Any]) -> MailHead:
    values: dict[str, Any] = {}
    for field in fields(MailHead):
        value = told[field.name]
        if field.type == "int":
            values[field.name] = int(value)
        else:
            values[field.name] = str(value).encode("utf-8", "replace").decode()[:_LONGEST]
    if values["dated"] and not is_moment(values["dated"]):
        values["dated"] = ""
    return MailHead(**values)

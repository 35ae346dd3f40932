"""What is set aside: documents and pages that are not part of what was asked for.

They do not go into the bundle and need no review. Nothing of them counts as removed or withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk import resources
from dpdesk.disclosure.aside_records import SetAside
from dpdesk.documents.records import Document
from dpdesk.errors import NotFound
from dpdesk.law.words import count
from dpdesk.store.database import Change
from dpdesk.store.tables import utc_text

NOT_ABOUT: Final = "not-about"
COPY: Final = "copy"
DATES: Final = "dates"


@dataclass(frozen=True, slots=True)
class AsideReason:
    """Why something is set aside; ``told`` and ``child`` are what the requester reads."""

    code: str
    label: str
    told: str
    child: str
    source: str


@cache
def aside_reasons() -> Mapping[str, AsideReason]:
    """All reasons by their codes, in the order in which they are shown."""
    rows = resources.kept("disclosure", "aside.toml")["reasons"]
    return MappingProxyType({row["code"]: AsideReason(**row) for row in rows})


def aside_reason(code: str) -> AsideReason:
    """One reason. Raises NotFound, with those that there are."""
    found = aside_reasons().get(code.strip().lower().replace("_", "-"))
    if found is None:
        raise NotFound(
            f"There is no reason called {code} for setting something aside.",
            f"The reasons are: {', '.join(aside_reasons())}.",
        )
    return found


@dataclass(frozen=True, slots=True)
class AsidePlace:
    """A document, or one page of it (from 0)."""

    document_id: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class AsideNote:
    """That something is set aside, and why."""

    id: int
    place: AsidePlace
    reason: str
    copy_of: int
    """The document in which the same stands; 0 where that is not the reason."""
    note: str
    made_at: str
    made_by: str


@dataclass(frozen=True, slots=True)
class AsideNow:
    """All that is set aside now, of some documents."""

    whole: Mapping[int, AsideNote] = field(default_factory=dict)
    """By document."""
    pages: Mapping[tuple[int, int], AsideNote] = field(default_factory=dict)
    """Single pages, of documents that are otherwise in."""

    @property
    def all(self) -> tuple[AsideNote, ...]:
        """Every note: of documents, then of single pages."""
        return (*self.whole.values(), *self.pages.values())

    def holds(self, document_id: int, page: int) -> bool:
        """Whether a page is set aside, by itself or with its document."""
        return document_id in self.whole or (document_id, page) in self.pages

    @property
    def notes(self) -> tuple[AsideNote, ...]:
        """Every note, of documents first."""
        return (*self.whole.values(), *self.pages.values())

    def at(self, place: AsidePlace) -> AsideNote | None:
        """The note of a place; that of its document counts for a page."""
        if place.page is not None and (found := self.pages.get((place.document_id, place.page))):
            return found
        return self.whole.get(place.document_id)


def aside_within(session: Session, documents: Iterable[int]) -> AsideNow:
    """What is set aside of these documents."""
    rows = session.scalars(
        select(SetAside)
        .where(SetAside.document_id.in_(list(documents)), SetAside.back_at.is_(None))
        .order_by(SetAside.id)
    )
    whole: dict[int, AsideNote] = {}
    pages: dict[tuple[int, int], AsideNote] = {}
    for row in rows:
        if row.page is None:
            whole[row.document_id] = _note(row)
        else:
            pages[(row.document_id, row.page)] = _note(row)
    return AsideNow(whole, {key: each for key, each in pages.items() if key[0] not in whole})


def _note(row: SetAside) -> AsideNote:
    return AsideNote(
        row.id,
        AsidePlace(row.document_id, row.page),
        row.reason,
        row.copy_of or 0,
        row.note,
        row.made_at,
        row.made_by,
    )


# --- writing -----------------------------------------------------------------------------------


def write_aside(
    change: Change, place: AsidePlace, reason: str, *, copy_of: int = 0, note: str = ""
) -> int:
    """Sets something aside; what was noted of it before is taken back. Says its number."""
    row = SetAside(
        document_id=place.document_id,
        page=place.page,
        reason=reason,
        copy_of=copy_of or None,
        note=note,
        made_at=utc_text(change.at),
        made_by=change.who,
    )
    change.session.add(row)
    change.session.flush()
    _note_change(change, row, aside=True)
    return row.id


def turn_back(change: Change, numbers: Iterable[int], *, back: bool) -> tuple[int, ...]:
    """Takes things back, or sets them aside again; says which were not in that state already."""
    turned: list[int] = []
    for number in numbers:
        row = change.session.get(SetAside, number)
        if row is None:
            raise NotFound("This was not set aside.")
        if back == (row.back_at is not None):
            continue
        row.back_at = utc_text(change.at) if back else None
        row.back_by = change.who if back else None
        _note_change(change, row, aside=not back)
        turned.append(number)
    return tuple(turned)


def _note_change(change: Change, row: SetAside, *, aside: bool) -> None:
    document = change.session.get_one(Document, row.document_id)
    what = document.name if row.page is None else f"{document.name}, page {row.page + 1}"
    label = f"{what}: {aside_reason(row.reason).label}"
    old, new = (None, label) if aside else (label, None)
    why = row.note if aside else ""
    change.note(document.register, document.entry_id, "set aside", old, new, why)


# --- telling -----------------------------------------------------------------------------------


Counted = Mapping[str, tuple[int, int]]
"""How many documents, and single pages of others, are set aside; by the code of the reason."""


def counts_of(notes: Iterable[AsideNote]) -> Counted:
    """The notes, counted by their reason."""
    found: dict[str, tuple[int, int]] = {}
    for each in notes:
        whole, pages = found.get(each.reason, (0, 0))
        page = each.place.page is not None
        found[each.reason] = (whole + (not page), pages + page)
    return found


def counted_words(notes: Sequence[AsideNote]) -> str:
    """How much it is: "12 documents and 3 pages"."""
    whole = sum(each.place.page is None for each in notes)
    return _much(whole, len(notes) - whole)


def _much(whole: int, pages: int) -> str:
    parts = [count(whole, "document")] if whole else []
    if pages:
        parts.append(count(pages, "page"))
    return " and ".join(parts)


def told_to_requester(counted: Counted, whom: str, *, child: bool) -> tuple[str, ...]:
    """What is set aside, a sentence for each reason, in numbers and without any name of a file."""
    found = []
    for reason in aside_reasons().values():
        whole, pages = counted.get(reason.code, (0, 0))
        if whole or pages:
            said = reason.child if child else reason.told.replace("{whom}", whom or "you")
            found.append(f"{said}: {_much(whole, pages)}.")
    return tuple(found)

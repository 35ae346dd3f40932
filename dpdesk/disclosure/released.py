"""What was released: the parts of each release on the shelf, and what was said of them then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from dpdesk.disclosure.plan import removed_told
from dpdesk.documents.shelf import KeptPaper, PaperShelf, Shelved
from dpdesk.errors import NotFound
from dpdesk.store.database import Change
from dpdesk.store.vault import Stored

SHELF: Final = "releases"
"""The register that the parts stand under on the shelf; their entry is the request."""
PARTS: Final = {
    "bundle": "bundle",
    "schedule": "list of what was removed",
    "sealed": "list for the school only",
    "full_copy": "full copy",
}
"""What a release consists of, and what each part is called. The first stands for the whole."""
_WHOLE: Final = "bundle"

_RELEASED = select(KeptPaper.entry_id).where(KeptPaper.register == SHELF).distinct()
_RELEASED_OF = _RELEASED.where(KeptPaper.entry_id == bindparam("number"))
"""Requests that have a release; the second statement looks at one of them."""


@dataclass(frozen=True, slots=True)
class ReleaseCard:
    """A release as screens show it."""

    id: int
    """The number of its bundle on the shelf."""
    number: int
    """From 1 for each request; a correction is a new release."""
    made_at: dt.datetime
    made_by: str
    pages: int
    marks: int
    withheld: int
    sha256: str
    """Of the bundle."""
    proposed: str = ""
    """What was proposed and left open when it was built, in a sentence."""
    reasons: tuple[tuple[str, int], ...] | None = None
    """Codes of the reasons for which something is removed in it, with how often, in their order.
    None for releases of versions that did not write it down."""
    aside: Mapping[str, tuple[int, int]] | None = None
    """Documents and single pages that were set aside when it was made, by the code of the reason;
    None as for ``reasons``."""

    @property
    def removed(self) -> str:
        """How much is removed, as the schedule and the cover count it."""
        return removed_told(self.marks, self.withheld)


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What is kept in words and numbers beside the parts of a release."""

    pages: int
    marks: int
    withheld: int
    proposed: str
    reasons: tuple[tuple[str, int], ...]
    aside: Mapping[str, tuple[int, int]]


def released(session: Session, entry_id: int = 0) -> frozenset[int]:
    """Numbers of the requests for which something was released: of all, or of one."""
    if entry_id:
        return frozenset(session.scalars(_RELEASED_OF, {"number": entry_id}))
    return frozenset(session.scalars(_RELEASED))


def cards(shelf: PaperShelf, entry_id: int) -> tuple[ReleaseCard, ...]:
    """The releases of a request, oldest first."""
    kept = shelf.of_entry(SHELF, entry_id)
    return tuple(_card(each) for each in kept if each.kind == _WHOLE)


def put_on_shelf(
    shelf: PaperShelf,
    change: Change,
    entry_id: int,
    facts: ReleaseFacts,
    stored: dict[str, Stored],
) -> ReleaseCard:
    """Writes a release down, within its transaction; from here on it stands for good.

    ``stored`` has the content of each of ``PARTS``, in the vault already.
    """
    number = shelf.last_number(change.session, SHELF, entry_id) + 1
    answers = {
        "pages": facts.pages,
        "marks": facts.marks,
        "withheld": facts.withheld,
        "proposed": facts.proposed,
        "reasons": [list(each) for each in facts.reasons],
        "aside": {code: list(much) for code, much in facts.aside.items()},
    }
    kept = {
        part: shelf.keep_stored(
            change,
            SHELF,
            entry_id,
            stored[part],
            number=number,
            kind=part,
            answers=answers if part == _WHOLE else None,
        )
        for part in PARTS
    }
    return _card(kept[_WHOLE])


@contextmanager
def part_of(shelf: PaperShelf, release_id: int, part: str) -> Iterator[BinaryIO]:
    """A part of a release, open at its beginning, after all of it was compared with its rows.

    Raises NotFound; DamagedWorkspace where it is damaged or not what was released.
    """
    whole = shelf.one(SHELF, release_id)
    found = {
        each.kind: each.id
        for each in shelf.of_entry(SHELF, whole.entry_id)
        if each.number == whole.number
    }
    if part not in found:
        raise NotFound("There is no such bundle.")
    with shelf.open(SHELF, found[part], f"{PARTS[part]} of bundle {whole.number}") as content:
        yield content


def _card(kept: Shelved) -> ReleaseCard:
    facts = kept.answers
    reasons, aside = facts.get("reasons"), facts.get("aside")
    return ReleaseCard(
        kept.id,
        kept.number,
        kept.made_at,
        kept.made_by,
        int(facts["pages"]),
        int(facts["marks"]),
        int(facts["withheld"]),
        kept.sha256,
        str(facts["proposed"]),
        None if reasons is None else tuple((str(code), int(many)) for code, many in reasons),
        None if aside is None else {code: (int(d), int(p)) for code, (d, p) in aside.items()},
    )

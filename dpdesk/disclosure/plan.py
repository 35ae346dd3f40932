"""What a bundle is to contain: the facts that burning and checking both start from.

All boxes are points, with the origin at the top left of the page as seen, y downwards.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dpdesk.documents.pages import Box, Page, Word
from dpdesk.law.words import count, long_date

MarkKind = Literal["text", "line", "box"]
"""``text`` and ``line`` marks follow words and are padded; a ``box`` is burnt as drawn."""

Sources = Callable[[str], bytes]
"""Gives the normalised PDF behind the key of a source."""

E_MAIL = "e-mail"
"""What the contents of a bundle call a message."""
WITHHELD_SIZE = (595.0, 842.0)
"""Width and height of the sheet that stands for a withheld page, in points (A4)."""


@dataclass(frozen=True, slots=True)
class PlannedMark:
    """One redaction: its number in the schedule, where it lies, and why it is made."""

    number: int
    box: Box
    code: str
    kind: MarkKind = "text"


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """One page of a source as it will stand in the bundle.

    ``withheld`` is the reason code of a page that is left out and replaced by a sheet;
    ``stamp`` is added to the stamp at the foot of the page; ``starts`` is the neutral title
    of the document that begins with this page, for the bookmarks. ``number`` is the number of
    a withheld page in the schedule, which counts it as one redaction.
    """

    source: str
    index: int
    page: Page
    marks: tuple[PlannedMark, ...] = ()
    withheld: str | None = None
    stamp: str = ""
    starts: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class BundlePlan:
    """A whole bundle.

    ``pages`` may be lazy: it is read twice in order, once to build and once to check, and no
    page is kept. ``front`` and ``back`` are PDFs of the school's own making (cover, contents,
    key of codes); links in them to ``dpdesk:page/N`` become links to page N of the bundle.
    ``reasons`` gives the plain words for each code; ``own_words`` are words that the front and
    back matter may use although a mark removed the same word from a page.
    """

    reference: str
    pages: Sequence[PlannedPage]
    front: bytes | None = None
    back: bytes | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    own_words: frozenset[str] = frozenset()
    title: str = ""

    @property
    def heading(self) -> str:
        """The title that a reader shows for the file."""
        return self.title or f"Disclosure bundle {self.reference}"


@dataclass(frozen=True, slots=True)
class Move:
    """Part of a page that was set anew.

    What stood in ``box`` stands ``across`` points further to the right (left if negative).
    The check believes no move: it moves the same part of its own drawing of the source, without
    what is marked, and compares.
    """

    box: Box
    across: float

    @property
    def target(self) -> Box:
        """Where it stands now."""
        box = self.box
        return Box(box.x0 + self.across, box.y0, box.x1 + self.across, box.y1)


@dataclass(frozen=True, slots=True)
class SetLine:
    """A stretch of a line that was wiped white and set anew, so that its gaps tell nothing.

    ``band`` is what was wiped. In it stand the words that stay, each drawn again from the source
    as ``moves`` tells, and across it the ``gaps``, which are burnt areas too and may reach a
    little above and below it; all else in it is white. ``words`` are the indexes of all words of
    the page that stood there, removed or not, and ``numbers`` those of the marks that it carries
    out: for these no other place is burnt.
    """

    band: Box
    moves: tuple[Move, ...]
    gaps: tuple[Box, ...]
    words: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BundleReport:
    """What was built: its SHA-256, its length in bytes, its pages, and where it was burnt.

    ``areas`` holds, for each planned page, the burnt boxes in points as seen; a withheld page
    has none. ``lines`` holds what was set anew on it, and ``uneven`` the numbers of the marks
    whose areas may still tell how large it was what they removed; both are empty where nothing
    is known of any page.
    """

    sha256: str
    size: int
    pages: int
    areas: tuple[tuple[Box, ...], ...]
    lines: tuple[tuple[SetLine, ...], ...] = ()
    uneven: tuple[tuple[int, ...], ...] = ()


_NEUTRAL = re.compile(
    rf"Document \d+(?: \((?:{E_MAIL})?(?:, )?(?:[A-Z][a-z]+day \d{{1,2}} [A-Z][a-z]+ \d{{4}})?\))?"
)


def neutral_title(place: int, kind: str = "", dated: str = "") -> str:
    """What a document is called in a bundle: names of files and subjects may tell.

    ``place`` counts from 1; ``dated`` is in ISO form. A message is called one.
    """
    told = [E_MAIL] if kind == "message" else []
    if dated:
        # The day on the sender's clock, as the page has it.
        told.append(long_date(dt.datetime.fromisoformat(dated).date()))
    return f"Document {place} ({', '.join(told)})" if told else f"Document {place}"


def neutral_part(title: str) -> str:
    """As much of a title as tells nothing but number, kind and date."""
    found = _NEUTRAL.match(title)
    return found[0] if found else ""


def stamp_text(plan: BundlePlan, planned: PlannedPage, number: int, total: int) -> str:
    """The line at the foot of a page: reference, page of the PDF, and the redactions on it."""
    parts = [plan.reference, f"Page {number} of {total}"]
    if planned.stamp:
        parts.append(planned.stamp)
    if planned.marks and not planned.withheld:
        parts.append("Redactions " + number_list(mark.number for mark in planned.marks))
    if planned.withheld and planned.number:
        parts.append(f"Redaction {planned.number}")
    return "  ·  ".join(part for part in parts if part)


def removed_told(places: int, whole_pages: int) -> str:
    """How much is removed, counted as the schedule counts: a withheld page is one redaction."""
    told = count(places + whole_pages, "redaction")
    parts = [count(places, "place")] if places else []
    if whole_pages:
        parts.append(count(whole_pages, "whole page"))
        told += ": " + " and ".join(parts)
    return told


def number_list(numbers: Iterable[int]) -> str:
    """Numbers in the fewest signs: ``3, 5–9, 12``."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)


def withheld_lines(plan: BundlePlan, planned: PlannedPage, number: int) -> tuple[str, str]:
    """What the sheet says that stands in place of a withheld page."""
    code = planned.withheld or ""
    reason = plan.reasons.get(code, "")
    second = f"{reason} (code {code})" if reason else f"Reason code {code}"
    return f"Page {number} withheld", second


__all__ = [
    "WITHHELD_SIZE",
    "Box",
    "BundlePlan",
    "BundleReport",
    "MarkKind",
    "Move",
    "Page",
    "PlannedMark",
    "PlannedPage",
    "SetLine",
    "Sources",
    "Word",
    "neutral_part",
    "neutral_title",
    "number_list",
    "removed_told",
    "stamp_text",
    "withheld_lines",
]

"""A privacy notice on paper, in Word and on a website: the same words in all three."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dpdesk.assurance.notice_records import BLOCKS
from dpdesk.law.words import long_date
from dpdesk.papers.flow import Printed
from dpdesk.papers.leaflet import (
    Leaflet,
    LeafletSection,
    leaflet_docx,
    leaflet_html,
    leaflet_pdf,
)
from dpdesk.papers.letterhead import Letterhead
from dpdesk.papers.reading_ease import ReadingEase, reading_ease
from dpdesk.registers.fields import Register, Values

_LISTED = frozenset({"why", "keeping", "rights"})
_HEADINGS = {
    "children": {
        "who": "Who we are",
        "what": "What we know about you",
        "sources": "How we know it",
        "why": "Why we need it",
        "sharing": "Who else knows it",
        "abroad": "Other countries",
        "keeping": "How long we keep it",
        "rights": "What you can ask for",
        "complaints": "If you are worried",
        "pictures": "Pictures of you",
        "cctv": "Cameras",
        "automated": "Computers",
    }
}


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """A notice ready to be handed out; ``edition`` is 0 for one that nobody approved yet."""

    values: Values
    register: Register
    letterhead: Letterhead
    day: dt.date
    edition: int
    reworded: bool = False
    """Were its words changed since they were approved?"""

    def printed(self) -> Printed:
        """On paper."""
        return leaflet_pdf(self._leaflet())

    def word(self) -> bytes:
        """As a Word document."""
        return leaflet_docx(self._leaflet())

    def page(self) -> bytes:
        """As one web page."""
        return leaflet_html(self._leaflet())

    def ease(self) -> ReadingEase | None:
        """How easy it is to read."""
        texts = [str(self.values.get(name) or "") for name in ("opening", *BLOCKS, "closing")]
        return reading_ease("\n".join(texts))

    def _leaflet(self) -> Leaflet:
        values = self.values
        sections = [self._section(name) for name in BLOCKS if values.get(name)]
        if values.get("closing"):
            sections.append(LeafletSection("More", _lines(values["closing"])))
        return Leaflet(
            str(values.get("name") or ""),
            tuple(sections),
            self.day,
            opening=_lines(values.get("opening")),
            foot=self._foot(),
            letterhead=self.letterhead,
            marking="" if values.get("approved_on") and not self.reworded else "Draft",
        )

    def _section(self, name: str) -> LeafletSection:
        headings = _HEADINGS.get(str(self.values.get("audience")), {})
        heading = headings.get(name, self.register.field(name).label)
        lines = _lines(self.values[name])
        if name in _LISTED and len(lines) > 1:
            return LeafletSection(heading, points=lines)
        return LeafletSection(heading, lines)

    def _foot(self) -> str:
        approved = self.values.get("approved_on")
        if approved is None:
            return "Draft, not approved yet."
        version = f"Version {self.edition}, " if self.edition else ""
        if self.reworded:
            return f"Draft: changed since {version.lower()}approved on {long_date(approved)}."
        return f"{version}approved on {long_date(approved)}."


def _lines(text: object) -> tuple[str, ...]:
    return tuple(line for line in str(text or "").split("\n") if line.strip())

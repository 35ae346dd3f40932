"""The questions of an impact assessment for staff: on paper, or in Word to be typed into.

What is known already stands there to be corrected. The help of the form is never printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dpdesk.papers import look
from dpdesk.papers.flow import Printed
from dpdesk.papers.kit import Paper
from dpdesk.papers.leaflet import Leaflet, LeafletSection, leaflet_docx
from dpdesk.papers.letterhead import Letterhead
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Field
from dpdesk.registers.wording import show

_ASKED: Final = ("need", "describe", "consult", "necessity")
"""Sections that somebody can answer who knows what is planned; the rest is the officer's."""
_LINES: Final = 3
"""Lines to write on, below a question that has no answer yet."""
_TO_WRITE: Final = look.Style(look.CELL.size, 24, look.CELL.face)


@dataclass(frozen=True, slots=True)
class DpiaQuestions:
    """The questions of one assessment; ``officer`` gets the answers."""

    entry: Entry
    officer: str
    day: dt.date
    letterhead: Letterhead | None = None

    @property
    def title(self) -> str:
        """What the paper is called."""
        return f"Questions about: {self.entry.values.get('name') or ''}"

    @property
    def opening(self) -> str:
        """What staff are asked to do."""
        back = f" and give this back to {self.officer}" if self.officer else ""
        return (
            "Please answer what you know, in your own words, correct what is wrong"
            f"{back}. What you do not know, leave empty."
        )

    def sections(self) -> Iterator[tuple[str, list[tuple[Field, str]]]]:
        """Each heading with its questions, and what is known already."""
        values, register = self.entry.values, self.entry.register
        titles = {section.key: section.title for section in register.sections}
        for key in _ASKED:
            asked = [
                (field, show(field, values.get(field.name)) if values.get(field.name) else "")
                for field in register.fields
                if field.section == key and field.applies(values)
            ]
            if asked:
                yield titles[key], asked

    def printed(self) -> Printed:
        """On paper, with lines to write on."""
        paper = Paper(
            self.title,
            reference=self.entry.reference,
            letterhead=self.letterhead,
            marking="Confidential",
            printed_on=self.day,
        )
        paper.text(self.opening)
        for heading, asked in self.sections():
            paper.heading(heading)
            for field, known in asked:
                paper.text(field.label, style=look.STRONG, stay=True)
                paper.text(known)
                lines = 1 if known else _LINES
                head = "Corrections" if known else "Your answer"
                paper.table([head], [("",)] * lines, style=_TO_WRITE)
        paper.keep()
        paper.signature(("Answered by", "Date"))
        return paper.printed()

    def word(self) -> bytes:
        """In Word, to be typed into."""
        made = tuple(
            LeafletSection(
                heading,
                columns=("Question", "Answer"),
                rows=tuple((field.label, known) for field, known in asked),
            )
            for heading, asked in self.sections()
        )
        return leaflet_docx(
            Leaflet(
                self.title,
                made,
                self.day,
                (self.opening,),
                reference=self.entry.reference,
                letterhead=self.letterhead,
                foot=self.entry.reference,
            )
        )

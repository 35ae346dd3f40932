"""An impact assessment on paper and in Word, and its questions for staff to answer.

On the questions stands what is known already, to be corrected. The help of the form is never
printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dpdesk.assurance.dpia_parts import DpiaRisk
from dpdesk.assurance.pick_lists import label, short
from dpdesk.law.words import short_date
from dpdesk.papers import look
from dpdesk.papers.flow import Printed
from dpdesk.papers.kit import NOT_ANSWERED, Column, Fact, Paper, Status, Tone
from dpdesk.papers.leaflet import Leaflet, LeafletSection, leaflet_docx
from dpdesk.papers.letterhead import Letterhead
from dpdesk.registers.entries import Entry
from dpdesk.registers.fields import Field, Register, Values
from dpdesk.registers.wording import show

_TONES: Final[Mapping[str, Tone]] = {"high": "danger", "medium": "warn", "low": "ok"}
_STEPS: Final = (
    ("The screening", ("what", "screen", "verdict")),
    ("1. Why an assessment?", ("need",)),
    ("2. What is planned?", ("describe",)),
    ("3. Who was asked?", ("consult",)),
    ("4. Is it necessary, and no more than necessary?", ("necessity",)),
)
_RISKS: Final = "5 and 6. Risks, and what is done about them"
_SIGNED: Final = "7. Sign-off"
_LOOKED: Final = "Reviewed"
_RISK_COLUMNS: Final = (
    ("Risk", 0.22),
    ("Likely", 0.11),
    ("How bad", 0.13),
    ("What is done", 0.33),
    ("Left", 0.1),
    ("Approved", 0.11),
)
_LOOK_COLUMNS: Final = ("When", "Outcome", "What has changed")


@dataclass(frozen=True, slots=True)
class DpiaPaper:
    """An impact assessment in the ICO's seven steps; ``links`` come as (reference, title)."""

    reference: str
    register: Register
    values: Values
    state: str
    risks: Sequence[Values]
    reviews: Sequence[Values]
    links: Sequence[tuple[str, str]]
    day: dt.date
    letterhead: Letterhead | None = None
    changed: bool = False
    """Was something written otherwise since it was signed off?"""

    @property
    def standing(self) -> str:
        """Where it stands; what nobody signed is not called signed."""
        return f"{self.state}, and changed since then" if self.changed else self.state

    @property
    def title(self) -> str:
        """What the paper is called."""
        return f"Impact assessment: {self.values.get('name', '')}"

    @property
    def about(self) -> str:
        """The assets that it is about, in a sentence."""
        named = ", ".join(f"{title} ({reference})" for reference, title in self.links)
        return f"About {named}." if named else ""

    @property
    def needed(self) -> bool:
        """Is an assessment written at all, as far as was decided?"""
        return self.values.get("verdict") != "not_needed"

    def steps(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The screening and the first four steps, with questions and answers."""
        for heading, sections in _STEPS:
            facts = list(self.facts(sections))
            if facts:
                yield heading, facts

    def facts(self, sections: Sequence[str]) -> Iterator[tuple[str, str]]:
        """What is asked and answered in some sections of the form."""
        for field in self.register.fields:
            if field.section not in sections or field.name in {"name", "assets", "notes"}:
                continue
            value = self.values.get(field.name)
            if field.applies(self.values) and (field.wanted or value):
                yield field.label, show(field, value)

    def risk_rows(self) -> Iterator[tuple[str, ...]]:
        """Each risk in words, in the order of the columns."""
        for risk in self.risks:
            yield (
                str(risk.get("name") or ""),
                short("likelihoods", risk.get("likelihood")),
                short("severities", risk.get("severity")),
                "\n".join(_done_about(risk)),
                label("residuals", risk.get("residual")),
                show(DpiaRisk.register.field("approved"), risk.get("approved")),
            )

    def look_rows(self) -> list[tuple[str, ...]]:
        """Each later look in words."""
        return [
            (short_date(r["day"]), label("dpia_reviews", r["outcome"]), str(r.get("note") or ""))
            for r in self.reviews
        ]

    def printed(self) -> Printed:
        """On paper."""
        paper = Paper(
            self.title,
            reference=self.reference,
            letterhead=self.letterhead,
            marking="Confidential",
            printed_on=self.day,
        )
        paper.status(self.standing)
        paper.text(self.about)
        for heading, facts in self.steps():
            paper.heading(heading)
            paper.facts([Fact(*fact) for fact in facts])
        if not self.needed:
            return paper.printed()
        paper.heading(_RISKS)
        rows = [
            (
                *row[:4],
                Status(row[4], _TONES.get(risk["residual"], "info")) if row[4] else "",
                row[5],
            )
            for row, risk in zip(self.risk_rows(), self.risks, strict=True)
        ]
        columns = [Column(words, share=share) for words, share in _RISK_COLUMNS]
        paper.table(columns, rows, empty="No risk is recorded yet.")
        paper.heading(_SIGNED)
        paper.facts([Fact(*fact) for fact in self.facts(("sign",))])
        if self.values.get("signed_on") is None:
            paper.keep()
            paper.signature()
        if self.reviews:
            paper.heading(_LOOKED)
            paper.table(_LOOK_COLUMNS, self.look_rows())
        return paper.printed()

    def word(self) -> bytes:
        """The same in Word."""
        sections = [_facts_section(heading, facts) for heading, facts in self.steps()]
        if self.needed:
            risks = tuple(tuple(row) for row in self.risk_rows())
            heads = tuple(words for words, _ in _RISK_COLUMNS)
            none = () if risks else ("No risk is recorded yet.",)
            sections.append(
                LeafletSection(_RISKS, none, columns=heads if risks else (), rows=risks)
            )
            sections.append(_facts_section(_SIGNED, list(self.facts(("sign",)))))
        if self.needed and self.reviews:
            rows = tuple(self.look_rows())
            sections.append(LeafletSection(_LOOKED, columns=_LOOK_COLUMNS, rows=rows))
        to_sign = self.needed and self.values.get("signed_on") is None
        return leaflet_docx(
            Leaflet(
                self.title,
                tuple(sections),
                self.day,
                tuple(text for text in (f"{self.standing}.", self.about) if text),
                foot=f"{self.reference} · Confidential",
                letterhead=self.letterhead,
                reference=self.reference,
                signed_by=("Signed off by",) if to_sign else (),
            )
        )


def _done_about(risk: Values) -> Iterator[str]:
    """What is done about a risk, what that does to it, and who sees to it by when."""
    if risk.get("options"):
        yield str(risk["options"])
    if risk.get("effect"):
        yield f"{label('dpia_effects', risk['effect'])}."
    who, until, done = str(risk.get("who") or ""), risk.get("until"), risk.get("done_on")
    when = f"by {short_date(until)}" if until else ""
    when = f"done on {short_date(done)}" if done else when
    told = ", ".join(part for part in (who, when) if part)
    if told:
        yield f"{told[0].upper()}{told[1:]}."


def _facts_section(heading: str, facts: Sequence[tuple[str, str]]) -> LeafletSection:
    rows = tuple((question, said or NOT_ANSWERED) for question, said in facts)
    return LeafletSection(heading, columns=("Question", "Answer"), rows=rows)


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
                with paper.unparted():
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

"""What assurance prints: assessments, closure summaries, sharing, risks, sheets to sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dpdesk.assurance.dpia_parts import DpiaRisk
from dpdesk.assurance.pick_lists import label, pick, short
from dpdesk.law.words import count, long_date, short_date
from dpdesk.papers import look
from dpdesk.papers.flow import Printed
from dpdesk.papers.kit import Fact, Paper, Status, Tone
from dpdesk.papers.letterhead import Letterhead
from dpdesk.registers.fields import Register, Values
from dpdesk.registers.wording import show

_TONES: Mapping[str, Tone] = {"high": "danger", "medium": "warn", "low": "ok"}
_TO_SIGN = look.Style(look.CELL.size, 26, look.CELL.face)
"""Rows high enough for a signature."""
_STEPS = (
    ("The screening", ("what", "screen", "verdict")),
    ("1. Why an assessment?", ("need",)),
    ("2. What is planned?", ("describe",)),
    ("3. Who was asked?", ("consult",)),
    ("4. Is it necessary, and no more than necessary?", ("necessity",)),
)


@dataclass(frozen=True, slots=True)
class DpiaPaper:
    """An impact assessment as printed; ``links`` of assets come as (reference, title)."""

    reference: str
    register: Register
    values: Values
    state: str
    risks: Sequence[Values]
    reviews: Sequence[Values]
    links: Sequence[tuple[str, str]]
    day: dt.date
    letterhead: Letterhead | None = None


def dpia_paper(dpia: DpiaPaper) -> Printed:
    """Prints an impact assessment in the ICO's seven steps; help texts are never printed."""
    paper = Paper(
        f"Impact assessment: {dpia.values.get('name', '')}",
        reference=dpia.reference,
        letterhead=dpia.letterhead,
        marking="Confidential",
        printed_on=dpia.day,
    )
    paper.status(dpia.state)
    if dpia.links:
        paper.text("About " + ", ".join(f"{title} ({ref})" for ref, title in dpia.links) + ".")
    for heading, sections in _STEPS:
        facts = _facts(dpia.register, dpia.values, sections)
        if facts:
            paper.heading(heading)
            paper.facts(facts)
    if dpia.values.get("verdict") == "not_needed":
        return paper.printed()
    paper.heading("5 and 6. Risks, and what is done about them")
    paper.table(
        ["Risk", "Likely", "How bad", "What is done", "Left", "Approved"],
        [
            (
                str(risk.get("name") or ""),
                short("likelihoods", risk.get("likelihood")),
                short("severities", risk.get("severity")),
                str(risk.get("options") or ""),
                Status(label("residuals", risk["residual"]), _TONES.get(risk["residual"], "info"))
                if risk.get("residual")
                else "",
                show(DpiaRisk.register.field("approved"), risk.get("approved")),
            )
            for risk in dpia.risks
        ],
        empty="No risk is recorded yet.",
    )
    paper.heading("7. Sign-off")
    paper.facts(_facts(dpia.register, dpia.values, ("sign",), without=("notes",)))
    if dpia.values.get("signed_on") is None:
        paper.keep()
        paper.signature()
    if dpia.reviews:
        paper.heading("Looked at again")
        rows = [
            (short_date(r["day"]), label("dpia_reviews", r["outcome"]), str(r.get("note") or ""))
            for r in dpia.reviews
        ]
        paper.table(["When", "Outcome", "What has changed"], rows)
    return paper.printed()


def _facts(
    register: Register, values: Values, sections: Sequence[str], without: Sequence[str] = ()
) -> list[Fact]:
    return [
        Fact(field.label, show(field, values.get(field.name)))
        for field in register.fields
        if field.section in sections
        and field.name not in {"name", "assets", *without}
        and field.applies(values)
        and (field.wanted or values.get(field.name))
    ]


@dataclass(frozen=True, slots=True)
class ClosurePaper:
    """An audit with its recommendations, as the closure summary prints it."""

    reference: str
    values: Values
    actions: Sequence[Values]
    day: dt.date
    letterhead: Letterhead | None = None


_PARTS = (
    ("told", "What we were told:"),
    ("done", "What the school did:"),
    ("more", "To develop this further the school:"),
    ("effect", "What changed for the people affected:"),
    ("steps", "Next steps:"),
)


def closure_paper(audit: ClosurePaper) -> Printed:
    """Prints what an audit recommended and what became of it, area by area.

    In the shape of the Department for Education's closure summary (October 2023).
    """
    values = audit.values
    paper = Paper(
        f"{values.get('name', '')}: closure summary",
        reference=audit.reference,
        letterhead=audit.letterhead,
        printed_on=audit.day,
    )
    held = values.get("held_on")
    if held is not None:
        by = f" by {values['by']}" if values.get("by") else ""
        paper.text(f"The audit was held on {long_date(held)}{by}.")
    for name in ("scope", "said"):
        paper.text(str(values.get(name) or ""))
    areas = {code: [a for a in audit.actions if a.get("area") == code] for code in _areas()}
    covered = {code: lines for code, lines in areas.items() if lines}
    if covered:
        paper.text("A summary of the recommendations for each area is given below.", stay=True)
        rows = [
            (f"{number}. {label('areas', code)}", *_numbers(lines))
            for number, (code, lines) in enumerate(covered.items(), start=1)
        ]
        paper.table(["Area", "Recommendations", "Closed", "Still open"], rows)
    else:
        paper.text("It made no recommendations.")
    for number, (code, lines) in enumerate(covered.items(), start=1):
        paper.heading(f"{number}. {label('areas', code)}")
        paper.text(_counted(lines), stay=True)
        for name, heading in _PARTS:
            told = [each for line in lines for each in _points(line, name)]
            if told:
                paper.text(heading, style=look.STRONG, stay=True)
                paper.bullets(told)
    closed = values.get("closed_on")
    if closed is not None:
        paper.heading("Closed")
        paper.text(f"The audit was closed on {long_date(closed)}: nothing it recommended is open.")
    return paper.printed()


def _points(line: Values, name: str) -> list[str]:
    """Each line of an answer as a point; a next step says by when, and never by whom."""
    points = [each.strip(" -•") for each in str(line.get(name) or "").split("\n") if each.strip()]
    until = line.get("until")
    if name == "steps" and points and until is not None and line.get("closed_on") is None:
        points[-1] = f"{points[-1].rstrip('.')}, by {long_date(until)}."
    return points


def _numbers(lines: Sequence[Values]) -> tuple[str, str, str]:
    closed = sum(line.get("closed_on") is not None for line in lines)
    return str(len(lines)), str(closed), str(len(lines) - closed)


def _areas() -> list[str]:
    return [each.code for each in pick("areas")]


def _counted(lines: Sequence[Values]) -> str:
    closed = sum(line.get("closed_on") is not None for line in lines)
    if closed == len(lines):
        what = "It is" if closed == 1 else "All are"
        return f"The audit made {count(len(lines), 'recommendation')} here. {what} closed."
    return f"The audit made {count(len(lines), 'recommendation')} here; {closed} closed so far."


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A line of the list of shares: never a name of a person."""

    whom: str
    what: str
    why: str
    basis: str
    kind: str
    times: str


def sharing_paper(
    rows: Sequence[SharedRow], span: str, day: dt.date, letterhead: Letterhead | None
) -> Printed:
    """Prints what is shared with whom, fit to be published each quarter."""
    paper = Paper(
        "What the school shares with others",
        letterhead=letterhead,
        printed_on=day,
        landscape=True,
    )
    paper.text(
        f"{span} The names of people are not in this list. If you have a question about it, "
        f"ask the "
        "school’s data protection officer."
    )
    paper.table(
        ["With whom", "What", "What for", "What allows it", "How often", "Given"],
        [(r.whom, r.what, r.why, r.basis, r.kind, r.times) for r in rows],
        empty="Nothing was shared.",
    )
    return paper.printed()


@dataclass(frozen=True, slots=True)
class RiskRow:
    """A risk as the list prints it."""

    reference: str
    risk: str
    level: str
    change: str
    done: str
    who: str
    until: str


def risks_paper(
    rows: Sequence[RiskRow],
    counted: Mapping[tuple[str, str], int],
    day: dt.date,
    letterhead: Letterhead | None,
) -> Printed:
    """Prints the risks: how many of which height, and each with what is done about it."""
    paper = Paper(
        "Information risks", letterhead=letterhead, marking="Confidential", printed_on=day
    )
    likely = [each.code for each in pick("likelihoods")]
    bad = [each.code for each in reversed(pick("severities"))]
    paper.heading("How many, how bad and how likely")
    paper.table(
        ["", *(short("likelihoods", code) for code in likely)],
        [
            (short("severities", s), *(str(counted.get((s, code), 0) or "–") for code in likely))
            for s in bad
        ],
    )
    paper.heading("Each risk")
    paper.table(
        ["Reference", "What could go wrong", "Height", "This quarter", "What is done", "Who", "By"],
        [
            (
                row.reference,
                row.risk,
                Status(row.level.capitalize() or "Not judged", _TONES.get(row.level, "info")),
                row.change,
                row.done,
                row.who,
                row.until,
            )
            for row in rows
        ],
        empty="No risk is on record.",
    )
    return paper.printed()


def reading_sheet(
    policy: str, version: str, names: Sequence[str], day: dt.date, letterhead: Letterhead | None
) -> Printed:
    """Prints a sheet on which staff sign that they have read a policy."""
    paper = Paper(f"Read and understood: {policy}", letterhead=letterhead, printed_on=day)
    told = f"version {version} of " if version else ""
    paper.text(f"I have read {told}“{policy}” and will keep to it.")
    paper.table(
        ["Name", "Signed", "Date"],
        [(name, "", "") for name in names],
        empty="Nobody still has to read it.",
        style=_TO_SIGN,
    )
    return paper.printed()

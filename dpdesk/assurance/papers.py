"""What assurance prints: closure summaries, sharing, risks, sheets to sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dpdesk.assurance.pick_lists import label, levels, pick, short
from dpdesk.assurance.risk_rules import change_said
from dpdesk.law.words import count, long_date
from dpdesk.papers import look
from dpdesk.papers.flow import Printed
from dpdesk.papers.kit import Cell, Column, Paper, Status, Tone
from dpdesk.papers.leaflet import Leaflet, LeafletSection
from dpdesk.papers.letterhead import Letterhead
from dpdesk.registers.fields import Values

_TONES: Mapping[str, Tone] = {"high": "danger", "medium": "warn", "low": "ok"}
_TO_SIGN = look.Style(look.CELL.size, 26, look.CELL.face)
"""Rows high enough for a signature."""


@dataclass(frozen=True, slots=True)
class ClosurePaper:
    """An audit with its recommendations, as the closure summary prints it."""

    reference: str
    values: Values
    actions: Sequence[Values]
    day: dt.date
    letterhead: Letterhead | None = None


_PARTS = (
    ("told", "What we were told"),
    ("done", "What the school did"),
    ("more", "To develop this further the school"),
    ("effect", "What changed for the people affected"),
    ("steps", "Next steps"),
)


def closure_leaflet(audit: ClosurePaper) -> Leaflet:
    """What an audit recommended and what became of it, area by area: fit to be published.

    In the shape of the Department for Education's closure summary (October 2023).
    """
    values = audit.values
    areas = {code: [a for a in audit.actions if a.get("area") == code] for code in _areas()}
    covered = {code: lines for code, lines in areas.items() if lines}
    closed = values.get("closed_on")
    return Leaflet(
        f"{values.get('name', '')}: closure summary",
        tuple(_closure_sections(covered, closed)),
        audit.day,
        tuple(_closure_opening(values, some=bool(covered))),
        foot="" if closed is not None else f"As at {long_date(audit.day)}.",
        letterhead=audit.letterhead,
        reference=audit.reference,
    )


def _closure_opening(values: Values, *, some: bool) -> Iterator[str]:
    held = values.get("held_on")
    if held is not None:
        by = f" by {values['by']}" if values.get("by") else ""
        yield f"The audit was held on {long_date(held)}{by}."
    for name in ("scope", "said"):
        yield from filter(None, str(values.get(name) or "").split("\n"))
    if some:
        yield "A summary of the recommendations for each area is given below."
    else:
        yield "It made no recommendations."


def _closure_sections(
    covered: Mapping[str, Sequence[Values]], closed: dt.date | None
) -> Iterator[LeafletSection]:
    if covered:
        rows = tuple(
            (f"{number}. {label('areas', code)}", *_numbers(lines))
            for number, (code, lines) in enumerate(covered.items(), start=1)
        )
        columns = ("Area", "Recommendations", "Closed", "Still open")
        yield LeafletSection("Recommendations", columns=columns, rows=rows)
    for number, (code, lines) in enumerate(covered.items(), start=1):
        yield LeafletSection(f"{number}. {label('areas', code)}", (_counted(lines),))
        for name, heading in _PARTS:
            told = tuple(each for line in lines for each in _points(line, name))
            if told:
                points = told if len(told) > 1 else ()
                yield LeafletSection(heading, () if points else told, points, level=2)
    if closed is not None:
        words = f"The audit was closed on {long_date(closed)}: nothing it recommended is open."
        yield LeafletSection("Closed", (words,))


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
    far = f"{closed} closed so far" if closed else "none is closed yet"
    return f"The audit made {count(len(lines), 'recommendation')} here; {far}."


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
    share = 1 / (len(likely) + 1)
    paper.table(
        [Column(w, share=share) for w in ("", *(short("likelihoods", code) for code in likely))],
        [
            (
                short("severities", s),
                *(_counted_cell(counted.get((s, code), 0), s, code) for code in likely),
            )
            for s in bad
        ],
    )
    steps = {"rose": 1, "fell": -1}
    paper.text(change_said(steps.get(row.change, 0) for row in rows), style=look.SMALL)
    paper.heading("Each risk")
    paper.table(
        ["Reference", "What could go wrong", "Level", "This quarter", "What is done", "Who", "By"],
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


def _counted_cell(number: int, severity: str, likelihood: str) -> Cell:
    """How many risks there are in a cell of the picture, with how high they are."""
    level = levels()[severity][likelihood]
    return Status(f"{number} {level}", _TONES[level]) if number else "–"


def reading_sheet(
    policy: str, version: str, names: Sequence[str], day: dt.date, letterhead: Letterhead | None
) -> Printed:
    """Prints a sheet on which staff sign that they have read a policy."""
    paper = Paper(f"Read and understood: {policy}", letterhead=letterhead, printed_on=day)
    told = f"version {version} of " if version else ""
    paper.text(f"I have read {told}“{policy}” and will keep to it.")
    paper.table(
        [Column("Name", share=0.38), Column("Signed", share=0.38), Column("Date", share=0.24)],
        [(name, "", "") for name in names],
        empty="Everybody who must read it has done so.",
        style=_TO_SIGN,
    )
    return paper.printed()

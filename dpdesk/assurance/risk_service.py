"""The door to the risks: the register, the picture of all, and what could become one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from dpdesk.assurance import risk_rules
from dpdesk.assurance.coming_up import ComingUp, Lookback, Standing
from dpdesk.assurance.risk_records import Risk, RiskReview
from dpdesk.errors import NotFound
from dpdesk.registers.crossings import RiskHint, RiskSource
from dpdesk.registers.duties import Finding
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.rooms import Rooms


@dataclass(frozen=True, slots=True)
class Judged:
    """A risk as the picture and the quarterly review show it."""

    entry: Entry
    likelihood: str
    severity: str
    level: str
    """Empty while it is not judged."""
    change: int
    """Steps up since the start of the quarter; below 0, down."""
    looked_on: dt.date | None


class RiskService(ComingUp[Risk]):
    """What could go wrong, and what is done about it."""

    record = Risk
    looks = RiskReview

    def stands(self, values: Values, around: Lookback) -> Standing:
        """How high it is, and when it is looked at again."""
        return risk_rules.stands(values, around)

    def problems(self, values: Values, around: Lookback) -> dict[str, str]:
        """What was done cannot have been done before it was a risk, and the like."""
        if values.get("gone_on") is not None and not values.get("gone_why"):
            return {"gone_why": "Say in a few words why it is no longer a risk."}
        return {}

    def judged(self) -> tuple[Judged, ...]:
        """Every risk that still is one, the highest first."""
        since = quarter_start(self.today())
        found = []
        with self.database.reading() as session:
            reviews: dict[int, list[Values]] = defaultdict(list)
            part = self.part(RiskReview)
            asked = select(RiskReview).where(RiskReview.archived_at.is_(None))
            for review in session.scalars(
                asked.order_by(RiskReview.day.desc(), RiskReview.id.desc())
            ):
                reviews[review.parent_id].append(part.answers(review))
            rows = select(Risk).where(Risk.archived_at.is_(None), Risk.state != "gone")
            for row in session.scalars(rows.order_by(Risk.id)):
                entry, looked = self._entry(row), reviews[row.id]
                likelihood, severity = risk_rules.judged(entry.values, looked)
                level = risk_rules.level(likelihood, severity)
                change = risk_rules.change(entry.values, looked, since)
                last = looked[0]["day"] if looked else None
                found.append(Judged(entry, likelihood, severity, level, change, last))
        order = {"high": 0, "medium": 1, "": 2, "low": 3}
        return tuple(sorted(found, key=lambda each: (order[each.level], each.entry.id)))

    def sitting(self, since: dt.date | None = None) -> tuple[Judged, ...]:
        """The risks that were not looked at since a day; this quarter's, if none is named."""
        begun = since or quarter_start(self.today())
        return tuple(
            each for each in self.judged() if each.looked_on is None or each.looked_on < begun
        )

    def look(self, entry_id: int, verdict: str, **said: object) -> Changes:
        """Notes that a risk was looked at today. Raises InvalidEntry, NotFound."""
        values = {"day": self.today(), "verdict": verdict, **said}
        return self.part(RiskReview).save(values, parent_id=entry_id).changes


@dataclass(frozen=True, slots=True)
class RiskProposal:
    """Something that could become a risk; ``there`` says that one came of it already."""

    name: str
    hint: RiskHint
    there: bool


class RiskProposals:
    """What could become a risk: incidents, near misses, and what Home finds missing."""

    def __init__(self, risks: RiskService) -> None:
        self._risks = risks
        self._rooms: Rooms = Rooms(())

    def join(self, rooms: Rooms) -> None:
        """Remembers whom to ask."""
        self._rooms = rooms

    def all(self) -> tuple[RiskProposal, ...]:
        """What happened first, then what is missing; each once."""
        hints = [hint for each in self._rooms.every(RiskSource) for hint in each.risk_hints()]
        for room in self._rooms:
            for answers in room.answers:
                hints += [_missing(finding) for finding in answers.findings()]
        with self._risks.database.reading() as session:
            asked = select(Risk.title, Risk.origin, Risk.origin_words)
            kept = session.execute(asked.where(Risk.archived_at.is_(None))).all()
        titles = {title for title, _, _ in kept}
        # A risk that was called otherwise since is known by where it came from.
        origins = {(o, words) for _, o, words in kept if words and o != "finding"}
        unique = {hint.name: hint for hint in hints}
        return tuple(
            RiskProposal(name, hint, name in titles or (hint.origin, hint.words) in origins)
            for name, hint in unique.items()
        )

    def add(self, names: Collection[str]) -> Changes:
        """Makes risks of some of them, all or none; what is there already is left out.

        Raises NotFound for a name that is not proposed.
        """
        offered = {each.name: each for each in self.all()}
        unknown = set(names) - offered.keys()
        if unknown:
            raise NotFound(f"“{min(unknown)}” is not proposed any more.")
        with self._risks.database.changing() as change:
            for name in names:
                if not offered[name].there:
                    hint = offered[name].hint
                    values = {"name": name, "origin": hint.origin, "origin_words": hint.words}
                    row = self._risks.save_within(change, values)
                    change.touched.add((self._risks.register.key, row.id))
        return Changes(frozenset(change.touched))


def _missing(finding: Finding) -> RiskHint:
    """A gap as a risk; its words stay the same when the number changes."""
    said = finding.text if finding.count is None else f"There are {finding.text}"
    return RiskHint(said, "finding", finding.source or "Home")


def quarter_start(day: dt.date) -> dt.date:
    """The first day of the quarter of a year that a day is in."""
    return dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def counted(judged: Sequence[Judged]) -> dict[tuple[str, str], int]:
    """How many risks there are for each pair of severity and likelihood."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for each in judged:
        if each.level:
            found[each.severity, each.likelihood] += 1
    return dict(found)

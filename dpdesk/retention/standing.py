"""What must be known beside a holding to say where it stands: read once for any number of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from dpdesk.assets.service import AssetService
from dpdesk.law.retention_periods import (
    Period,
    RecordClass,
    RetentionFacts,
    YearEnds,
    retention_clock,
    retention_due,
)
from dpdesk.law.sources import Confidence
from dpdesk.law.steps import ClockResult, ClockState
from dpdesk.registers.fields import Values
from dpdesk.registers.matters import Touching
from dpdesk.retention.holding_records import FACTS
from dpdesk.retention.matters import Held, Obstacle, Touches
from dpdesk.retention.schedule_records import RetentionRule
from dpdesk.school.service import SchoolService
from dpdesk.store.tables import Base

_ASSETS: Final = Base.metadata.tables[AssetService.record.__tablename__].c
_NEEDED: Final = (
    "id", "reference", "archived_at", "group", "per_person", "code", "records", "trigger", "period",
    "unit", "later_trigger", "later_period", "later_unit", "action", "citation", "confidence",
    "checked", "insurer_years", "abuse", "active", "also",
)  # fmt: skip
_RULES: Final = select(
    *(Base.metadata.tables[RetentionRule.__tablename__].c[name] for name in _NEEDED)
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A class of the school's schedule."""

    id: int
    reference: str
    of: RecordClass
    group: str
    per_person: bool
    also: str = ""
    """Other words for it."""

    @property
    def name(self) -> str:
        """Code and records, as in lists."""
        return f"{self.of.code} {self.of.records}"


@dataclass(frozen=True, slots=True)
class HoldingStanding:
    """Where a holding stands."""

    state: str
    due: str | None
    held_by: str
    free: dt.date | None
    """The first day on which it may be disposed of, as far as its period goes."""
    blocks: tuple[Obstacle, ...] = ()


@dataclass(frozen=True, slots=True)
class AroundHolding:
    """What its rules must know about one holding: what it is in, and all that stands around."""

    here: Around
    reference: str = ""
    approved: bool = False
    disposed: bool = False
    rule: int | None = None
    """The class that it has had so far."""


@dataclass(frozen=True, slots=True)
class Around:
    """The schedule, the school's years, and the open matters, at one moment."""

    rules: Mapping[int, Rule]
    years: YearEnds
    touches: Touches
    assets: Mapping[int, str]
    """References of the assets by number."""

    def rule(self, values: Values) -> Rule | None:
        """The class of a holding."""
        return self.rules.get(values.get("rule") or 0)

    def clock(self, values: Values) -> ClockResult:
        """When a holding falls due, with the steps. Raises InvalidFacts."""
        rule = self.rules[values["rule"]]
        return retention_clock(facts_of(values, rule.of), rule.of, self.years)

    def held(self, reference: str, values: Values) -> Held:
        """A holding as the open matters see it."""
        rule = self.rule(values)
        return Held(
            reference=reference,
            rule=rule.reference if rule else "",
            code=rule.of.code if rule else "",
            asset=self.assets.get(values.get("asset") or 0, ""),
            safeguarding=str(values.get("safeguarding") or ""),
            person=str(values.get("person") or ""),
            text=words_of(values),
        )

    def standing(
        self, reference: str, values: Values, *, approved: bool, disposed: bool
    ) -> HoldingStanding:
        """State and due date of a holding, from its facts and from what holds it up."""
        rule = self.rules[values["rule"]]
        falling = retention_due(facts_of(values, rule.of), rule.of, self.years)
        if disposed:
            return HoldingStanding("disposed", None, "", None)
        blocks = self.touches.on(self.held(reference, values))
        due = falling.due.isoformat() if falling.due is not None else None
        held_by = " ".join(block.reference for block in blocks if block.reference)
        if blocks:
            state = "held"
        elif approved:
            state = "approved"
        elif falling.state is ClockState.NOT_STARTED:
            state = "missing"
        elif falling.state is ClockState.NOT_APPLICABLE:
            state = "never"
        else:
            state = "extended" if falling.longer else "running"
        return HoldingStanding(state, due, held_by, falling.free, blocks)


def words_of(values: Values) -> str:
    """Words of a holding in which a name may stand."""
    return " ".join(str(values.get(name) or "") for name in ("what", "note"))


def facts_of(values: Values, of: RecordClass) -> RetentionFacts:
    """The days that the clock of a class needs, out of the answers of a holding."""
    days = {code: values[FACTS[code]] for code in of.triggers if values.get(FACTS[code])}
    return RetentionFacts(days, values.get("kept_until"), str(values.get("kept_why") or ""))


def record_class(values: Values, *, archived: bool = False) -> RecordClass:
    """A class of the schedule as the clock needs it, from the answers of its entry."""
    period, later = _period(values, "period", "unit"), None
    if (trigger := values.get("later_trigger")) not in {None, "NONE"}:
        second = _period(values, "later_period", "later_unit")
        # Half of a pair says nothing: without its second length the period is not decided yet.
        later = None if second is None else (trigger, second)
        period = None if second is None else period
    checked = values.get("checked") is not None
    return RecordClass(
        code=str(values["code"]),
        records=str(values["records"]),
        trigger=values["trigger"],
        period=period,
        action=values["action"],
        citation=str(values.get("citation") or ""),
        confidence=Confidence.CONFIRMED if checked else Confidence(values.get("confidence") or "R"),
        later=later,
        insurer_years=values.get("insurer_years"),
        # Not known counts as yes: nothing of it may fall due automatically.
        abuse=values.get("abuse") in {"yes", "unknown"},
        active=values.get("active") != "no" and not archived,
    )


def _period(values: Values, number: str, unit: str) -> Period | None:
    found = values.get(number)
    return None if found is None else Period(found, values.get(unit) or "years")


def read_rules(session: Session) -> dict[int, Rule]:
    """Every class of the schedule by its number, withdrawn ones included."""
    session.flush()
    return {row.id: _rule(row._asdict()) for row in session.execute(_RULES)}


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        row["id"],
        row["reference"],
        record_class(row, archived=row["archived_at"] is not None),
        str(row["group"]),
        row["per_person"] == "yes",
        str(row["also"] or ""),
    )


def around_holdings(session: Session, matters: Iterable[Touching]) -> Around:
    """Reads it all, as it stands in this session."""
    session.flush()
    school = session.scalar(select(SchoolService.record).limit(1))
    touches = Touches(tuple(touch for each in matters for touch in each.touches_within(session)))
    rows = session.execute(select(_ASSETS.id, _ASSETS.reference))
    assets: dict[int, str] = {number: reference for number, reference in rows}  # noqa: C416 — types
    return Around(read_rules(session), years_of(school), touches, assets)


def years_of(school: Any) -> YearEnds:
    """When the school's years end, by its settings."""
    if school is None:
        return YearEnds()
    return YearEnds(int(school.school_year_ends or 8), int(school.financial_year_ends or 8))

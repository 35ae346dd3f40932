"""Duties of all features in stretches of time, as Home and the calendar show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from dpdesk.registers.duties import Duty
from dpdesk.registers.wording import SCHOOL_TIME

SOON = 7


@dataclass(frozen=True, slots=True)
class DutyGroup:
    """Duties that fall due in the same stretch of time."""

    key: str
    title: str
    duties: tuple[Duty, ...]


GROUPS = (
    ("overdue", "Overdue"),
    ("today", "Today"),
    ("week", "This week"),
    ("month", "This month"),
    ("later", "Later"),
    ("waiting", "Waiting for others"),
)


def group_of(duty: Duty, now: dt.datetime, today: dt.date) -> str:
    """In which stretch of time a duty falls due."""
    if duty.due is None:
        return "waiting"
    if isinstance(duty.due, dt.datetime):
        if duty.due < now:
            return "overdue"
        day = duty.due.astimezone(SCHOOL_TIME).date()
    else:
        day = duty.due
    if day < today:
        return "overdue"
    days = (day - today).days
    if days == 0:
        return "today"
    if days <= SOON:
        return "week"
    return "month" if days <= 31 else "later"


def in_groups(duties: Iterable[Duty], now: dt.datetime, today: dt.date) -> tuple[DutyGroup, ...]:
    """Duties, most urgent first, in groups; empty groups are left out."""
    found: dict[str, list[Duty]] = {key: [] for key, _ in GROUPS}
    for duty in sorted(duties, key=lambda each: each.order()):
        found[group_of(duty, now, today)].append(duty)
    return tuple(DutyGroup(key, title, tuple(found[key])) for key, title in GROUPS if found[key])

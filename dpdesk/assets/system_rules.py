"""The pure decisions about systems: findings, state, and what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from dpdesk.assets.pick_lists import GapFound, setting, system_gaps
from dpdesk.assets.system_records import System, abroad, contracted, processes, signed_in
from dpdesk.law.steps import add_months
from dpdesk.law.words import count, long_date
from dpdesk.registers.fields import Values


@dataclass(frozen=True, slots=True)
class Access:
    """The latest access review of a system."""

    day: dt.date
    leavers: str | None = None
    idle: int | None = None
    idle_closed: int | None = None

    @property
    def left_open(self) -> int:
        """How many accounts that nobody uses are still open."""
        return max((self.idle or 0) - (self.idle_closed or 0), 0)


def findings(
    values: Values, last: Access | None, today: dt.date | None = None
) -> tuple[GapFound, ...]:
    """Every finding of a system, each with its reason, in the order of the list.

    ``last``: the latest access review. Without ``today`` what depends on the day is left
    out.
    """
    found = [*_supply(values), *_access(values, last)]
    if today is not None:
        found += _of_today(values, last, today)
    order = list(system_gaps())
    found.sort(key=lambda each: order.index(each[0]))
    return tuple(GapFound(system_gaps()[key], reason) for key, reason in found)


def _supply(values: Values) -> Iterator[tuple[str, str]]:
    if processes(values):
        if not contracted(values):
            yield (
                "no_contract",
                "Its supplier processes personal data, but no contract is recorded.",
            )
        elif values.get("terms_checked") is None:
            yield "terms", "There is no record that the terms were checked."
    if abroad(values) and not values.get("safeguards"):
        where = values.get("country") or "another country"
        yield "abroad", f"The data is kept in {where}, with no safeguard recorded."


def _open(last: Access) -> bool:
    """Were accounts found that should be closed, and are not?"""
    return last.leavers == "no" or bool(last.left_open)


def _access(values: Values, last: Access | None) -> Iterator[tuple[str, str]]:
    if not signed_in(values):
        return
    if not values.get("admins"):
        yield "no_admin", "Nobody is named as the person who creates and removes accounts."
    if last is None:
        yield "never", "No access review is recorded."
        return
    if last.leavers == "no":
        yield "leavers", f"On {long_date(last.day)} leavers still had accounts."
    if last.left_open:
        open_ = count(last.left_open, "account")
        yield "idle", f"On {long_date(last.day)}, {open_} that nobody uses had not been closed."


def _of_today(values: Values, last: Access | None, today: dt.date) -> Iterator[tuple[str, str]]:
    end = contract_until(values)
    if end is not None and end < today:
        yield "ended", f"The contract ended on {long_date(end)}."
    due = access_due(values, last)
    if due is not None and due < today:
        yield "access_overdue", f"The access review was due by {long_date(due)}."


def contract_until(values: Values) -> dt.date | None:
    """The day on which the contract with a processor ends."""
    return values.get("contract_end") if contracted(values) else None


def access_due(values: Values, last: Access | None) -> dt.date | None:
    """The day by which the accounts are to be looked through again; None before the first time."""
    if last is None or not signed_in(values):
        return None
    return add_months(last.day, int(values.get("access_months") or setting("access_months")))


def due(values: Values, last: Access | None) -> dt.date | None:
    """The first day by which something must be done: accounts, or the end of the contract.

    Accounts that should have been closed are due since the day on which they were found.
    """
    at_once = last.day if last is not None and signed_in(values) and _open(last) else None
    days = (at_once, access_due(values, last), contract_until(values))
    return min((day for day in days if day is not None), default=None)


def state(values: Values, last: Access | None) -> str:
    """Where a system stands; it does not depend on the day."""
    if findings(values, last):
        return "gaps"
    done, asked = completeness(values)
    return "complete" if done == asked else "incomplete"


def completeness(values: Values) -> tuple[int, int]:
    """How many of the questions that want an answer have one."""
    wanted = [f for f in System.register.fields if (f.wanted or f.required) and f.applies(values)]
    return sum(values.get(field.name) not in {None, "", ()} for field in wanted), len(wanted)


def problems(values: Values) -> dict[str, str]:
    """What forbids saving a system."""
    start, end = values.get("contract_start"), values.get("contract_end")
    if start is not None and end is not None and end < start:
        return {"contract_end": "The contract cannot end before it begins."}
    return {}


def review_problems(values: Values) -> dict[str, str]:
    """What forbids saving a access review."""
    accounts, idle, closed = (values.get(n) for n in ("accounts", "idle", "idle_closed"))
    if accounts is not None and idle is not None and idle > accounts:
        return {"idle": "There cannot be more of these than there are accounts."}
    if closed is not None and closed > (idle or 0):
        return {"idle_closed": "You cannot have closed more than you found."}
    return {}

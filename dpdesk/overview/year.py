"""Everything that falls due, as a calendar that other programs read; without personal data.

Duties name people ("Answer the access request about …"), so the calendar says only on what kind
of entry something is due, and its reference.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from dpdesk.registers.duties import Duty
from dpdesk.registers.service import RegisterService
from dpdesk.registers.wording import SCHOOL_TIME

Registers = Mapping[str, RegisterService[Any, Any]]


def due_words(duty: Duty, registers: Registers) -> str:
    """What is due, without names: "Request SAR-2026-004 is due"."""
    service = registers.get(duty.register)
    kind = service.register.entry if service is not None else "something"
    named = f"{kind[0].upper()}{kind[1:]} {duty.reference}".strip()
    return f"{named} is due (see dpdesk)"


def calendar_file(duties: Iterable[Duty], registers: Registers, now: dt.datetime) -> bytes:
    """The dated duties as an iCalendar file; the same duty has the same mark in each file.

    A program that reads it again changes its entries instead of doubling them.
    """
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//dpdesk//duties//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Data protection: what is due")
    for duty in duties:
        if duty.due is None:
            continue
        day = duty.due
        if isinstance(day, dt.datetime):
            day = day.astimezone(SCHOOL_TIME).date()
        event = Event()
        key = f"{duty.register}|{duty.entry_id}|{duty.place}|{duty.reference}"
        event.add("uid", f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@dpdesk")
        event.add("dtstamp", now.astimezone(dt.UTC))
        event.add("dtstart", day)
        event.add("summary", due_words(duty, registers))
        event.add("class", "CONFIDENTIAL")
        made.add_component(event)
    content: bytes = made.to_ical()
    return content

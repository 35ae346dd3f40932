"""The example school's retention schedule, a few of its holdings, and a hold; all invented."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from dateutil.relativedelta import relativedelta

from dpdesk.desk import Desk
from dpdesk.retention.disposal_service import Doing, Looked

_HOLDINGS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("P04", {"what": "Pupil file", "person": "Jo Placeholder", "born": -312, "place": "Archive 1"}),
    ("P04", {"what": "Pupil file", "person": "Sam Specimen", "born": -296, "place": "Archive 1"}),
    ("P20", {"what": "SEN file", "person": "Kim Dummy", "born": -204, "place": "SEN office"}),
    ("S01", {"what": "Welfare file", "person": "Ash Invented", "born": -190, "place": "Safe"}),
    ("H01", {"what": "Personnel file", "person": "Lee Specimen", "employment_ended": -80}),
    ("P02", {"what": "Attendance registers", "last_entry": -75, "quantity": "2 binders"}),
    ("H07", {"what": "Payroll, box 14", "in_year": -88, "third_parties": "Example Payroll Ltd"}),
    ("F03", {"what": "Fee ledgers, box 15", "in_year": -30, "quantity": "1 box"}),
    ("P07", {"what": "Applications not taken up", "event_on": -20, "place": "Admissions"}),
    ("A10", {"what": "CCTV disk, main gate", "event_on": -2, "place": "Server cupboard"}),
    ("V03", {"what": "Trip approvals, folder 3", "event_on": -100}),
    ("G01", {"what": "Signed minutes", "place": "Safe"}),
    ("A02", {"what": "Accident book, adults", "place": "Office"}),
)
"""Code of the class, and answers; dates as months from today."""
_DATES: Final = ("born", "employment_ended", "last_entry", "in_year", "event_on")


def fill(desk: Desk, today: dt.date) -> None:
    """Takes over the schedule, signs it off, and keeps a few things by it."""
    room = desk.retention
    room.schedule.adopt_defaults()
    signed = today - relativedelta(months=5)
    room.editions.sign_off(signed, "Pat Example", "First edition")
    field = room.holdings.register.field("rule")
    many = []
    for code, answers in _HOLDINGS:
        dated = {
            name: today + relativedelta(months=answer) if name in _DATES else answer
            for name, answer in answers.items()
        }
        rule = room.holdings.link_named(field, code)
        many.append({"form": "paper", "safeguarding": "no", "rule": rule, **dated})
    room.many.add(many)
    # The safeguarding answer alone holds a file up.
    welfare = room.holdings.listing().rows
    numbers = {row[2]: row[0] for row in welfare}
    entry = room.holdings.load(numbers["Welfare file: Ash Invented"])
    room.holdings.save({"safeguarding": "yes"}, entry.id, entry.version)
    room.holds.save(
        {
            "reason": "Claim after a fall on a trip",
            "kind": "claim",
            "since": today - dt.timedelta(days=60),
            "by_whom": "Pat Example",
            "review_on": today + dt.timedelta(days=20),
            "rules": ("V03",),
            "people": "Sam Specimen",
        }
    )
    fees = room.holdings.load(numbers["Payroll, box 14"])
    open_matters = [touch.reference for touch in room.holdings.to_look_for(fees.id)]
    room.disposals.dispose(
        [fees.reference],
        "contractor",
        Doing("Morgan Sample", witness="Pat Example", contractor="Example Shredding Ltd"),
        looked=Looked(tuple(open_matters), "Opened the box and read the lists inside"),
    )

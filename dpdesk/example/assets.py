"""The asset register of the example school: some of the starter set, with a few gaps to be found.

Days are given as the number of days before today; those after it are negative.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dpdesk.desk import Desk

_Answers = Mapping[str, Any]

_UK: Final = {"stored": "uk", "accounts": "yes"}
_BOUND: Final = {"processor": "yes", "contract": "yes", "contract_link": "Contracts folder"}

SYSTEMS: Final[tuple[tuple[_Answers, Mapping[str, int], tuple[_Answers, ...]], ...]] = (
    (
        {
            **_UK,
            **_BOUND,
            "name": "School database",
            "what": "Pupils, families, attendance and reports.",
            "owner": "Head teacher",
            "supplier": "Example School Software Ltd",
            "admins": "School office",
        },
        {"contract_start": 700, "contract_end": -60, "terms_checked": 400},
        (
            {"day": 400, "by_whom": "Pat Example", "leavers": "yes", "idle": 0},
            {
                "day": 120,
                "by_whom": "Pat Example",
                "accounts": 31,
                "leavers": "yes",
                "idle": 4,
                "idle_closed": 1,
            },
        ),
    ),
    (
        {
            "name": "Cloud drive",
            "what": "Shared files of all staff.",
            "owner": "Head teacher",
            "supplier": "Specimen Cloud Inc",
            "processor": "yes",
            "contract": "no",
            "stored": "elsewhere",
            "country": "United States",
            "accounts": "yes",
            "admins": "Lee Specimen",
        },
        {},
        (),
    ),
    (
        {
            **_UK,
            **_BOUND,
            "name": "Payroll bureau",
            "what": "Pay, tax and pensions of staff.",
            "owner": "Bursar",
            "supplier": "Sample Payroll LLP",
            "admins": "Bursar",
        },
        {"contract_start": 300, "contract_end": -430, "terms_checked": 290},
        ({"day": 40, "by_whom": "Bursar", "accounts": 2, "leavers": "yes", "idle": 0},),
    ),
)
"""Answers, days, and looks at the accounts."""

_PROTECTED: Final = {
    "transfers": "no",
    "retention_kept": "yes",
    "measures": ("accounts", "need", "backup", "training"),
}
STARTERS: Final[Mapping[str, _Answers]] = {
    "pupil_files": {**_PROTECTED, "systems": (0,), "people_count": 180, "confirmed": 430},
    "admission_register": {**_PROTECTED, "systems": (0,), "people_count": 180, "confirmed": 90},
    "attendance": {**_PROTECTED, "systems": (0,), "people_count": 180, "confirmed": 90},
    "child_protection": {"people_count": 25, "confirmed": 60},
    "staff_files": {**_PROTECTED, "people_count": 34, "confirmed": 200},
    "payroll": {**_PROTECTED, "systems": (2,), "people_count": 34, "confirmed": 200},
    "cctv": {"people_count": 300},
    "photographs": {"systems": (1,), "people_count": 220},
    "email": {"systems": (1,)},
}
"""What was accepted of the starter set, and what the school added; systems by their place above."""

_OWN: Final[tuple[tuple[_Answers, tuple[_Answers, ...]], ...]] = (
    (
        {
            "name": "Newsletter list",
            "description": "Addresses of parents, former parents and neighbours.",
            "function": "Communication",
            "owner": "School office",
            "form": "electronic",
            "places": ("cloud",),
            "personal": "yes",
            "role": "controller",
            "carried_out": "School office",
            "people_kinds": ("parents",),
            "data_kinds": ("contact",),
            "origins": ("parents",),
            "recipients": ("suppliers",),
            "processors": "Dummy Mail Ltd",
        },
        (
            {
                "purpose": "Sending the newsletter",
                "basis": "public_task",
                "justification": "It has always been done.",
            },
        ),
    ),
    ({"name": "Box of old class photographs", "form": "paper", "places": ("archive",)}, ()),
)


def fill(desk: Desk, today: dt.date) -> None:
    """Makes the schedule, the systems and the assets, through the doors of the desk."""
    desk.retention.schedule.adopt_defaults()
    assets, references = desk.assets.assets, []
    for values, days, looks in SYSTEMS:
        blank = assets.systems.blank().values
        entry = assets.systems.save({**blank, **values, **_dated(days, today)}).entry
        references.append(entry.reference)
        for look in looks:
            assets.systems.access_reviews.save(_dated(look, today), parent_id=entry.id)
    changed = {}
    for key, values in STARTERS.items():
        answers = _dated(values, today)
        if "systems" in answers:
            answers["systems"] = tuple(references[place] for place in values["systems"])
        changed[key] = answers
    assets.accept(STARTERS, changed)
    for values, purposes in _OWN:
        entry = assets.save({**assets.blank().values, **values}).entry
        for purpose in purposes:
            assets.purposes.save(purpose, parent_id=entry.id)


def _dated(values: _Answers, today: dt.date) -> dict[str, Any]:
    days = {"day", "confirmed", "contract_start", "contract_end", "terms_checked"}
    return {
        name: today - dt.timedelta(days=value) if name in days else value
        for name, value in values.items()
    }

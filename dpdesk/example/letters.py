"""Letters, requests to colleagues, feedback and sample checks of the example school."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dpdesk.registers.entries import Query
from dpdesk.requests.asking import Colleague
from dpdesk.requests.check_records import QUESTIONS, RIGHT, WRONG

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.registers.entries import Entry

_FEEDBACK: Final[tuple[dict[str, Any], ...]] = (
    {"content": "yes", "said": "Quick and friendly, and the list of reasons helped."},
    {
        "content": "partly",
        "said": "I did not know what a bundle is.",
        "learnt": "Say in the first letter what will come.",
        "done": "The wording of the acknowledgement was changed.",
    },
)
_ENDS: Final = 21
"""Days after closing on which feedback was given."""


def fill(desk: Desk, today: dt.date) -> None:
    """Adds them to the requests that are there already."""
    entries = _entries(desk)
    searching = [each for each in entries if each.state == "search"]
    if searching:
        _write(desk, searching[0], today)
        _ask(desk, searching[-1])
    closed = [each for each in entries if each.state == "closed" and each.values.get("outcome")]
    for entry, said in zip(closed, _FEEDBACK, strict=False):
        given = min(today, entry.values["closed"] + dt.timedelta(days=_ENDS))
        desk.requests.requests.feedback.save({**said, "given_on": given}, parent_id=entry.id)
    if closed:
        _check(desk, today)


def _entries(desk: Desk) -> list[Entry]:
    listing = desk.requests.requests.listing(Query())
    found = [listing.id(row) for row in range(len(listing.rows))]
    return [desk.requests.requests.load(number) for number in sorted(found)]


def _write(desk: Desk, entry: Entry, today: dt.date) -> None:
    """An acknowledgement that was sent, and an answer that is being written."""
    letters = desk.requests.letters
    draft = letters.draft("acknowledgement", entry)
    if not draft.gaps:
        letters.send("acknowledgement", entry, draft, sent_on=today, how="email")
    draft = letters.draft("response", entry)
    own = f"{draft.text}\n\nIf you would like to talk about it, please ring."
    letters.keep("response", entry, replace(draft, text=own))


def _ask(desk: Desk, entry: Entry) -> None:
    """A colleague was asked about the first places, and has not answered yet."""
    requests = desk.requests.requests
    if not requests.searches.open_places(entry.id):
        requests.start_searches(entry.id)
    places = requests.searches.open_places(entry.id)[:2]
    whom = Colleague("Sam Sample", desk.requests.asking.usual_day())
    desk.requests.asking.record(whom, places)


def _check(desk: Desk, today: dt.date) -> None:
    """What was closed in the year is drawn; one in time and one late are looked at again."""
    checks = desk.requests.checks
    checks.draw(today - dt.timedelta(days=365), today, 100)
    listing = checks.listing(Query())
    drawn = [checks.load(listing.id(row)) for row in range(len(listing.rows))]
    late = {
        check.id: dict(checks.record_shows(check.values["request"]))["In time"].endswith("late")
        for check in drawn
    }
    drawn.sort(key=lambda check: (late[check.id], check.id))
    for check in (drawn[0], drawn[-1]):
        answers: dict[str, Any] = dict.fromkeys(QUESTIONS, RIGHT)
        if late[check.id]:
            answers |= {
                "in_time": WRONG,
                "found": "It was answered late, and nobody wrote down why.",
                "learnt": "The office looks at what is due every Monday.",
                "better_by": today + dt.timedelta(days=30),
            }
        answers |= {"checked_on": today, "checked_by": "Alex Placeholder"}
        checks.save(answers, check.id, check.version)

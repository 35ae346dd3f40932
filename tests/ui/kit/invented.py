"""An invented register on a real database, for tests and pictures of the kit."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Mapped, Session

from dpdesk.registers.fields import (
    Chip,
    Choice,
    Register,
    Section,
    Stage,
    State,
    Tone,
    Values,
    choice,
    choices,
    date,
    link,
    links,
    long_text,
    moment,
    money,
    number,
    text,
    yes_no,
)
from dpdesk.registers.record import Part, Record
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.store import audit
from dpdesk.store.database import Database
from dpdesk.store.tables import Base

NOW = dt.datetime(2026, 11, 22, 14, 58, tzinfo=dt.UTC)
"""The present of every test and picture."""

PLACES = (
    Choice("hall", "School hall", source="Site plan 2025"),
    Choice("yard", "Playground"),
    Choice("bus", "School bus", note="Ask the driver first"),
)
COLOURS = tuple(
    Choice(word.lower(), word)
    for word in (
        "Red Orange Yellow Green Blue Indigo Violet Black White Grey Brown Pink Gold Silver"
    ).split()
)
MARKS = (
    Choice("name", "A name tag"),
    Choice("class", "The class"),
    Choice("phone", "A telephone number"),
)


class Shelf(Record):
    """Where things are put; the far end of links."""

    register = Register("invented_shelf", "Shelves", "shelf", "SH", area="assurance")
    label: Mapped[str | None] = text("Label", required=True)


class Umbrella(Record):
    """Umbrellas left behind."""

    register = Register(
        "invented_umbrella",
        "Umbrella log",
        "umbrella",
        "UM",
        icon="mdi6.umbrella-outline",
        purpose="Every umbrella left behind is written down here, until it goes home.",
        first_step="Log an umbrella",
        sections=(
            Section("found", "What was found", stage="logged"),
            Section("owner", "Whose it may be", "Only what the umbrella itself says.", "search"),
            Section("back", "How it went home", stage="return"),
            Section("notes", "Notes"),
        ),
        stages=(
            Stage("logged", "Logged"),
            Stage("search", "Search", "Find the owner"),
            Stage("return", "Return"),
            Stage("closed", "Closed"),
        ),
        states=(
            State("search", "Searching", "mdi6.magnify", Tone.INFO),
            State("return", "To return", "mdi6.hand-extended-outline", Tone.WARN),
            State("closed", "Returned", "mdi6.check-circle-outline", Tone.OK, open=False),
        ),
        chips=(
            Chip("open", "Open", lambda r, _today: r.state != "closed"),
            Chip("overdue", "Overdue", lambda r, today: (r.due < today) & (r.state != "closed")),
            Chip("returned", "Returned", lambda r, _today: r.state == "closed"),
        ),
        help_page="umbrellas",
    )
    what: Mapped[str | None] = text(
        "What does it look like?",
        section="found",
        required=True,
        example="Large, with a wooden handle",
        help="A short description that tells it from the others.",
    )
    found_at: Mapped[dt.datetime | None] = moment(
        "When was it found?",
        section="found",
        required=True,
        listed=True,
        past=True,
        source="Lost property rules, section 2",
        help="The day and the time when somebody first picked it up.",
    )
    place: Mapped[str | None] = choice("Where?", PLACES, section="found", listed=True)
    colour: Mapped[str | None] = choice("Main colour", COLOURS, section="found")
    worth: Mapped[Any] = money("Worth about", section="found", most=500)
    marked: Mapped[str | None] = yes_no(
        "Is it marked?", section="owner", wanted=True, listed=True, source="Rules, section 3"
    )
    marks: Mapped[tuple[str, ...] | None] = choices(
        "Marked with what?",
        MARKS,
        section="owner",
        when=lambda values: values.get("marked") == "yes",
    )
    people: Mapped[int | None] = number("How many people were asked?", section="owner", most=900)
    shelf: Mapped[int | None] = link("Shelf", "invented_shelf", section="owner")
    like: Mapped[tuple[str, ...] | None] = links(
        "Umbrellas like it", "invented_umbrella", section="owner"
    )
    due_on: Mapped[dt.date | None] = date("Keep until", section="back", wanted=True)
    returned: Mapped[dt.date | None] = date("Went home on", section="back", past=True)
    notes: Mapped[str | None] = long_text("Anything else", section="notes")


class Umbrellas(RegisterService[Umbrella]):
    """The umbrella log."""

    record = Umbrella

    def derive(self, values: Values, around: None) -> Derived:
        state = "closed" if values.get("returned") else "search"
        if state == "search" and values.get("marked") == "yes":
            state = "return"
        due = values.get("due_on")
        return Derived(values["what"], state, due.isoformat() if due else None)

    def problems(self, values: Values, around: None) -> dict[str, str]:
        if values.get("returned") and values.get("place") == "bus":
            return {"returned": "An umbrella on the bus cannot have gone home."}
        return {}


class Sighting(Part):
    """Somebody who saw an umbrella: a part of its entry."""

    register = Register("invented_sighting", "Sightings", "sighting", parent="invented_umbrella")
    words: Mapped[str | None] = text("What was said", required=True, listed=True)
    day: Mapped[dt.date | None] = date("On", listed=True)


NAME = "invented.db"


def opened(path: Path) -> Database:
    """An encrypted database that exists already."""
    return Database(path, bytes(32), bytes(32), "A. Tester", lambda: NOW)


def database(folder: Path) -> Database:
    """An encrypted database with the tables of the program and those invented here."""
    made = opened(folder / NAME)
    Base.metadata.create_all(made.engine)
    with Session(made.engine) as session:
        audit.begin(session, bytes(32))
        session.commit()
    return made


def umbrella_log(made: Database) -> Umbrellas:
    """The service of the umbrella log, as it stands."""
    return Umbrellas(made)


def umbrellas(made: Database, count: int = 5) -> Umbrellas:
    """The same after a few umbrellas were written down."""
    service = umbrella_log(made)
    shelves = RegisterService(made, Shelf)
    sightings = RegisterService(made, Sighting)
    sightings.parent = service
    for label in ("Top shelf", "Bottom shelf"):
        shelves.save({"label": label})
    day = NOW.date()
    rows = (
        ("Black, with a broken rib", "hall", "yes", day - dt.timedelta(2), None),
        ("Small and red, with white dots", "yard", None, day + dt.timedelta(1), None),
        ("Blue, folding", "bus", "no", day + dt.timedelta(5), None),
        ("Golf umbrella of the Invented Insurance Company", "hall", "unknown", None, None),
        ("Green, child’s, frog handle", "yard", "yes", day - dt.timedelta(30), day),
    )
    for place_in_row in range(count):
        what, place, marked, due, returned = rows[place_in_row % len(rows)]
        service.save(
            {
                "what": what,
                "found_at": NOW - dt.timedelta(days=place_in_row, hours=3),
                "place": place,
                "marked": marked,
                "due_on": due,
                "returned": returned,
            }
        )
    return service

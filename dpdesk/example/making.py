"""Makes the example school, request by request, through the doors of the desk."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dpdesk.desk import Desk
from dpdesk.example import (
    assets,
    assurance,
    breaches,
    letters,
    papers,
    people,
    retention,
    school,
)
from dpdesk.example.cases import CASES, ExampleCase
from dpdesk.registers.wording import SCHOOL_TIME

if TYPE_CHECKING:
    from dpdesk.errors import NamedStepDone
    from dpdesk.registers.entries import Entry

_DOCUMENTS: Final[dict[str, tuple[Callable[[], papers.ExampleFile], ...]]] = {
    "": (),
    "notes": (papers.notes,),
    "letter": (papers.letter, papers.incidents),
    "personnel": (papers.personnel_file,),
    "pupil": (papers.pupil_file, papers.emails, papers.incidents, papers.scan),
}
_MARKS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "personnel": (("Morgan Dummy", "TP-16"),),
    "pupil": (("Harry Sample", "TP-16"), ("Nguyễn", "TP-16"), ("Wójcik", "TP-16")),
}
"""Words that were marked already, with the reason."""
_WITHHELD: Final[dict[str, tuple[tuple[int, str], ...]]] = {
    "personnel": ((3, "REF-24"),),
    "pupil": ((9, "CA-21"), (16, "LPP-19")),
}
"""Pages of the request that are withheld as a whole, with the reason."""
_REVIEWED: Final = {"personnel": 3, "pupil": 9}
"""How many pages were looked at already."""


def make(folder: Path, passphrase: str, step: NamedStepDone | None) -> None:
    """See ``dpdesk.example.make_example``."""
    fresh = not folder.exists()
    desk, _recovery = Desk.create(folder, passphrase, school.PARTICULARS)
    try:
        try:
            _fill(desk, step or _quiet)
        finally:
            desk.close()
    except BaseException:
        # The folder was new or empty, so everything in it is ours.
        shutil.rmtree(folder, ignore_errors=True)
        if not fresh:
            folder.mkdir(parents=True, exist_ok=True)
        raise


def _quiet(text: str, done: int, total: int) -> None:
    """Says nothing: the work goes on unwatched."""


def _fill(desk: Desk, step: NamedStepDone) -> None:
    total = len(CASES) + 1
    step("The school, its terms and its records", 0, total)
    today = desk.now().astimezone(SCHOOL_TIME).date()
    parent = desk.school.entry().id
    for term in school.terms(today):
        desk.school.terms.save(term, parent_id=parent)
    for day in school.special_days(today):
        desk.school.special_days.save(day, parent_id=parent)
    people.fill(desk, today)
    assets.fill(desk, today)
    breaches.fill(desk, today)
    for number, case in enumerate(CASES, 1):
        step("Requests and their documents", number, total)
        _add(desk, case, today)
    letters.fill(desk, today)
    retention.fill(desk, today)
    assurance.fill(desk, today)
    step("Done", total, total)


def _add(desk: Desk, case: ExampleCase, today: dt.date) -> None:
    days = {name: today - dt.timedelta(days=ago) for name, ago in case.days.items()}
    blank = desk.requests.requests.blank().values
    # What was handed over went to somebody whom the school knows.
    known = {"identity_documents": ("known",)} if case.handover else {}
    entry = desk.requests.requests.save(
        {**blank, "subject": case.subject, **known, **case.values, **days}
    ).entry
    for part in case.clarifications:
        desk.requests.requests.clarifications.save(_dated(part, today), parent_id=entry.id)
    _search(desk, entry, case, days.get("closed", today))
    _documents(desk, entry, case)
    number = None
    if case.release:
        number = desk.disclosure.releases.release(entry.id).number
    if case.handover:
        given = {**_dated(case.handover, today), "by_whom": "Pat Example"}
        if number is not None:
            given["release_number"] = number
        desk.requests.requests.handovers.save(given, parent_id=entry.id)
    if case.archived:
        entry = desk.requests.requests.load(entry.id)
        desk.requests.requests.archive(entry.id, entry.version, case.archived)


def _dated(part: Any, today: dt.date) -> dict[str, Any]:
    """The answers of a part, its days counted back from today."""
    return {
        name: today - dt.timedelta(days=value) if name.endswith("_on") else value
        for name, value in part.items()
    }


def _search(desk: Desk, entry: Entry, case: ExampleCase, latest: dt.date) -> None:
    """Lists the usual places, and notes for the first few what came of looking there."""
    if not case.searched:
        return
    desk.requests.requests.start_searches(entry.id)
    searches = desk.requests.requests.searches
    when = min(latest, entry.values["received"] + dt.timedelta(days=5))
    for number, part in enumerate(searches.parts(entry.id)[: case.searched]):
        searches.save(
            {
                "terms": f"{case.subject}; initials",
                "by_whom": "Pat Example" if number % 3 else "School office",
                "searched_on": when,
                **_outcome(number),
            },
            part.id,
            part.version,
        )


def _outcome(number: int) -> dict[str, Any]:
    if number % 5 == 4:
        return {
            "found": "not_searched",
            "why_not": "Nothing about this person can be there: the place is used by others only.",
        }
    if number % 2:
        return {"found": "no"}
    return {"found": "yes", "amount": 4 + 3 * number}


def _documents(desk: Desk, entry: Entry, case: ExampleCase) -> None:
    for draw in _DOCUMENTS[case.documents]:
        paper = draw()
        desk.documents.add("requests", entry.id, paper.name, paper.content)
    if not case.documents:
        return
    for words, code in _MARKS.get(case.documents, ()):
        found = desk.disclosure.review.find("requests", entry.id, words, whole_word=True)
        desk.disclosure.review.mark_found(found, code)
    pages = desk.disclosure.review.pages("requests", entry.id)
    for number, code in _WITHHELD.get(case.documents, ()):
        withheld = pages[number - 1]
        desk.disclosure.review.withhold([(withheld.document_id, withheld.page)], code)
    for page in pages[: _REVIEWED.get(case.documents, 0)]:
        desk.disclosure.review.set_reviewed(page.document_id, page.page)
    desk.requests.requests.settle(entry.id)

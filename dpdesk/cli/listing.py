"""``import``: the record of processing, or a list of people from the school's system."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dpdesk.cli import processing
from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import opened
from dpdesk.errors import DpdeskError

if TYPE_CHECKING:
    from dpdesk.people.matching import ImportPlan, PersonMatch

_MOST_NAMED = 50
"""People who are not in the list that are named on the screen."""


def bring_in(arguments: Namespace) -> Answer:
    """Reads either kind of file."""
    if arguments.what == "ropa":
        return processing.bring_in(arguments)
    return _people(arguments)


def _people(arguments: Namespace) -> Answer:
    """Brings pupils, contacts or staff in; who is doubtful is named and left out.

    Fails where somebody was left out: a list that lacks somebody must not go unnoticed.
    """
    from dpdesk.people.matching import Fate

    said = _map(arguments.map) if arguments.map else None
    content = processing.file_of(arguments.file)
    with opened(arguments) as desk:
        importing = desk.people.importing
        listing = importing.read(arguments.file.name, content, said, down=arguments.fill_down)
        plan = importing.plan(listing)
        if not arguments.preview:
            if said is not None:
                importing.remember(listing.sheet, said)
            importing.accept(plan)
    doubtful = plan.of(Fate.DOUBTFUL)
    answer: dict[str, Any] = {
        "new": len(plan.of(Fate.NEW)),
        "changed": [_changed(each) for each in plan.of(Fate.CHANGED)],
        "same": len(plan.of(Fate.SAME)),
        "back": [each.listed.name for each in plan.back],
        "doubtful": [
            {
                "name": each.listed.name,
                "rows": list(each.listed.rows),
                "may_be": [known.reference for known in each.candidates],
            }
            for each in doubtful
        ],
        "gone": [{"reference": each.reference, "name": each.name} for each in plan.gone],
        "removed_contacts": len(plan.removed),
        "unknown_headings": list(plan.unknown),
        "notes": list(plan.notes),
        "written": not arguments.preview,
    }
    complaint = ""
    if doubtful:
        complaint = (
            f"{_people_counted(len(doubtful))} may be here already and were left out. "
            "Open dpdesk to see them side by side."
        )
    return Answer(answer, _words(plan, preview=arguments.preview), complaint)


def _changed(match: PersonMatch) -> dict[str, Any]:
    assert match.known is not None
    return {"reference": match.known.reference, "questions": sorted(match.differing)}


def _words(plan: ImportPlan, *, preview: bool) -> str:
    from dpdesk.people.matching import Fate

    would = "would be " if preview else ""
    first = (
        f"{_people_counted(len(plan.of(Fate.NEW)))} {would}new, "
        f"{len(plan.of(Fate.CHANGED))} {would}changed, {len(plan.of(Fate.SAME))} the same."
    )
    lines = [first]
    if plan.gone:
        lines.append(f"{_people_counted(len(plan.gone))} here now, but not in the list:")
        lines += [f"  {each.name} ({each.reference})" for each in plan.gone[:_MOST_NAMED]]
        if len(plan.gone) > _MOST_NAMED:
            lines.append(f"  and {len(plan.gone) - _MOST_NAMED} more; --json names all of them")
    if plan.removed:
        lines.append(f"{len(plan.removed)} contacts were removed before and stay removed.")
    if plan.unknown:
        lines.append(f"Columns left out: {', '.join(plan.unknown)}.")
    return "\n".join([*lines, *plan.notes])


def _people_counted(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def _map(path: Path) -> dict[str, str]:
    """What the headings mean. Raises DpdeskError with how such a file looks."""
    from dpdesk.people import headings

    known = {*headings.fields()}
    try:
        said = json.loads(processing.file_of(path))
    except ValueError:
        said = None
    if not isinstance(said, dict) or not all(isinstance(each, str) for each in said.values()):
        raise DpdeskError(
            "The file that says what the columns mean cannot be read.",
            'It looks like this: {"Kid first": "forename", "Grown-up": "adult 1.name"}',
        )
    for meaning in said.values():
        if meaning.rpartition(".")[2] not in known:
            raise DpdeskError(
                f"Nothing is called {meaning!r}.",
                "Choose one of: " + ", ".join(sorted(name for name in known if name)) + ".",
            )
    return said

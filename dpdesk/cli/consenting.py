"""``photo-check``, ``class-sheet`` and ``consent-forms``: consent for photographs."""

from __future__ import annotations

from argparse import Namespace

from dpdesk.cli.answers import Answer, table
from dpdesk.cli.opening import opened, place_for


def photo_check(arguments: Namespace) -> Answer:
    """Yes, or who not and why. Raises NotFound for an unknown use."""
    with opened(arguments) as desk:
        found = desk.consents.consents.may_use(arguments.names, arguments.use)
    content = {
        "allowed": found.allowed,
        "people": [
            {"name": each.name, "answer": str(each.answer), "why": each.why}
            for each in found.people
        ],
    }
    head = "Yes, this picture may be used." if found.allowed else "No, do not use this picture."
    rows = [[each.name, str(each.answer), each.why] for each in found.people]
    return Answer(content, f"{head}\n{table(rows)}")


def class_sheet(arguments: Namespace) -> Answer:
    """The sheet of a class as a PDF. Raises NotFound, NoRoom."""
    target = place_for(arguments.to)
    with opened(arguments) as desk:
        printed = desk.consents.prints.class_sheet(arguments.name)
        desk.write(target, printed.content)
    return Answer({"file": str(target), "pages": printed.pages}, f"Saved as {target}.")


def consent_forms(arguments: Namespace) -> Answer:
    """A form for each pupil of a class as one PDF. Raises NotFound, NoRoom, DpdeskError."""
    target = place_for(arguments.to)
    with opened(arguments) as desk:
        printed = desk.consents.prints.forms(arguments.name)
        desk.write(target, printed.content)
    return Answer({"file": str(target), "pages": printed.pages}, f"Saved as {target}.")

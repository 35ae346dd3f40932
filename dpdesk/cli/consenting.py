"""``photo-check``: may a picture with these people be used so?"""

from __future__ import annotations

from argparse import Namespace

from dpdesk.cli.answers import Answer, table
from dpdesk.cli.opening import opened


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

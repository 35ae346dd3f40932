"""``schedule`` and ``dispose``: the retention schedule out, and records out of the school."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import opened, place_for
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count


def schedule(arguments: Namespace) -> Answer:
    """Takes over the shipped classes, or writes the schedule. Raises NoRoom."""
    if not arguments.adopt and arguments.to is None:
        raise DpdeskError("Nothing to do.", "Say --adopt, or --to FILE, or both.")
    target = place_for(arguments.to) if arguments.to is not None else None
    content: dict[str, Any] = {}
    words: list[str] = []
    with opened(arguments) as desk:
        room = desk.retention
        if arguments.adopt:
            made = room.schedule.adopt_defaults()
            number = sum(key == room.schedule.register.key for key, _ in made.entries)
            content["adopted"] = number
            words.append("1 class added." if number == 1 else f"{number} classes added.")
        if target is not None:
            if target.suffix.lower() == ".pdf":
                desk.write(target, room.prints.schedule().content)
            else:
                desk.write(target, room.prints.schedule_sheet())
            content["file"] = str(target)
            words.append(f"Saved as {target}.")
        content["classes"] = len(room.schedule.in_use())
    return Answer(content, " ".join(words))


def dispose(arguments: Namespace) -> Answer:
    """Disposes of holdings under all the rules of the window, wholly or not at all.

    Raises DpdeskError with a sentence for each hindrance, naming what holds it up; InvalidEntry;
    NotFound. Then nothing was changed.
    """
    from dpdesk.retention.disposal_service import Doing, Looked

    target = place_for(arguments.to) if arguments.to is not None else None
    doing = Doing(
        done_by=arguments.by,
        done_on=arguments.on,
        witness=arguments.witness,
        handed_to=arguments.handed_to,
        receipt=arguments.receipt,
        contractor=arguments.contractor,
        certificate=arguments.certificate,
        told=arguments.told,
    )
    with opened(arguments) as desk:
        saved = desk.retention.disposals.dispose(
            arguments.references,
            arguments.method,
            doing,
            reason=arguments.reason,
            looked=Looked(tuple(arguments.looked), arguments.looked_how),
        )
        lines = desk.retention.disposals.lines(saved.entry.id)
        backups = desk.keeping.backups_still_hold()
        if target is not None:
            desk.write(target, desk.retention.disposals.certificate(saved.entry.id))
    content = {
        "reference": saved.entry.reference,
        "state": saved.entry.state,
        "holdings": [line.holding for line in lines],
        "file": str(target) if target is not None else None,
        "backups": backups,
    }
    words = [f"{saved.entry.reference}: {count(len(lines), 'holding')} disposed of."]
    if target is not None:
        words.append(f"Certificate saved as {target}.")
    return Answer(content, " ".join([*words, backups]))

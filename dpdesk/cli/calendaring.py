"""``calendar import``: term dates, training days and closures out of an iCalendar file."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from dpdesk.cli.answers import Answer
from dpdesk.cli.opening import opened
from dpdesk.cli.processing import file_of
from dpdesk.registers.entries import Changes
from dpdesk.registers.moving import Recount


def calendar(arguments: Namespace) -> Answer:
    """Takes school days from a file, or writes what is due into one."""
    if arguments.what == "export":
        from dpdesk.cli.showing import calendar_export

        return calendar_export(arguments)
    return bring_in(arguments)


def bring_in(arguments: Namespace) -> Answer:
    """Takes over what the file says of school days, or says with ``--preview`` what it would.

    Raises NotFound, UnreadableFile, InvalidEntry; then nothing is written.
    """
    from dpdesk.school.calendar_import import CalendarImport, DayFate
    from dpdesk.school.calendar_in import read_calendar

    file = read_calendar(file_of(arguments.file))
    with opened(arguments) as desk:
        importing = CalendarImport(desk.school)
        plan = importing.plan(file)
        recount = Recount(Changes())
        if not arguments.preview:
            importing.accept(plan.proposed)
            recount = desk.recount()
    found: list[dict[str, Any]] = [
        {
            "kind": each.days.kind,
            "name": each.days.name,
            "first": each.days.first.isoformat(),
            "last": each.days.last.isoformat(),
            "fate": each.fate.value,
        }
        for each in plan.proposed
    ]
    moved = [
        {"reference": each.reference, "from": each.before, "to": each.after}
        for each in recount.moved
    ]
    counts = {fate.value: len(plan.of(fate)) for fate in DayFate}
    content = {**counts, "left_out": plan.left_out, "days": found, "moved": moved}
    would = "would be " if arguments.preview else ""
    lines = [
        (
            f"{counts['new']} {would}added, "
            f"{counts['changed']} {would}changed, {counts['here']} known already."
        ),
        *(f"  {each.said}" for each in plan.proposed if each.fate is not DayFate.HERE),
        *plan.notes,
        *([recount.said(len(recount.moved))] if recount.moved else []),
    ]
    return Answer(content, "\n".join(lines))

"""What is due, as lines of a list: when, why, what then, and what holds it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from dpdesk.law.words import due_phrase, listed, short_date
from ui.kit.pieces.badges import Badge
from ui.retention.check_table import CheckRow

if TYPE_CHECKING:
    from dpdesk.retention.holding_rows import DueHolding
    from dpdesk.retention.matters import Obstacle

COLUMNS: Final = (("What", 290), ("Fell due", 150), ("What next", 148), ("Why", 240))
"""Headings and widths in pixels."""
CHIPS: Final = (
    ("due", "May be disposed of"),
    ("overdue", "Overdue"),
    ("held", "On hold"),
    ("all", "All"),
)
SHORT: Final = {
    "SD": "Destroy",
    "RV": "Review first",
    "AR": "Offer to an archive",
    "TR": "Transfer",
}
"""What happens then, in a word or two."""


def held_words(blocks: Sequence[Obstacle]) -> str:
    """For example "On hold: open request SAR-2026-014"."""
    said = [f"{block.words.removeprefix('the ')} {block.reference}".strip() for block in blocks]
    return f"On hold: {listed(said)}"


def behind(chip: str, every: Sequence[DueHolding]) -> list[DueHolding]:
    """What a filter shows."""
    if chip == "held":
        return [each for each in every if each.held_up]
    if chip == "overdue":
        return [each for each in every if each.overdue and not each.held_up]
    if chip == "due":
        return [each for each in every if not each.held_up]
    return list(every)


def found(words: str, every: Sequence[DueHolding]) -> list[DueHolding]:
    """Those in which all the words typed stand."""
    parts = words.casefold().split()
    return [
        each
        for each in every
        if all(
            part
            in f"{each.reference} {each.title} {each.code} {each.records} {each.place}"
            f" {held_words(each.held_up) if each.held_up else ''}".casefold()
            for part in parts
        )
    ]


def _since(each: DueHolding, today: dt.date) -> Badge:
    """The day on which its period ran out; alarming only where a reason is missing."""
    day = short_date(each.due)
    if each.overdue and not each.held_up:
        hint = (
            f"{day}, {due_phrase(each.due, today)}: dispose of it, or give a reason for keeping it"
        )
        return Badge(day, "mdi6.alert-circle", "danger", hint)
    return Badge(day, "mdi6.calendar-check-outline", "quiet", f"Its period ran out on {day}")


def line_of(each: DueHolding, actions: Mapping[str, str], today: dt.date) -> CheckRow:
    """One line. ``actions`` are the whole words for what happens then."""
    why = f"{each.code}: {each.why}"
    badges = {1: _since(each, today)}
    locked = ""
    if each.held_up:
        why = held_words(each.held_up)
        badges[3] = Badge(why, "mdi6.lock-outline", "warn", f"{each.reference}: {why}.")
        locked = f"{each.reference} cannot be disposed of now. {why}."
    return CheckRow(
        each.entry_id,
        (
            f"{each.reference}  {each.title}",
            each.due.isoformat(),
            SHORT.get(each.action, actions.get(each.action, "")),
            why,
        ),
        badges,
        (each.title.casefold(), each.due, each.action, (each.code, why)),
        locked,
    )

"""May a holding be disposed of? The answer in sentences, from where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dpdesk.errors import InvalidEntry
from dpdesk.law.retention_periods import KEEP
from dpdesk.law.words import listed, long_date
from dpdesk.registers.matters import Touch
from dpdesk.retention.disposal_records import Disposal
from dpdesk.retention.holding_rows import HoldingSeen
from dpdesk.retention.matters import Obstacle

DESTROYING = frozenset({"shred", "contractor", "erase"})
"""Methods after which nothing is left."""


@dataclass(frozen=True, slots=True)
class Doing:
    """How a disposal was carried out. Days are of the school; empty words were not answered."""

    done_by: str
    done_on: dt.date | None = None
    """None: today."""
    witness: str = ""
    handed_to: str = ""
    receipt: dt.date | None = None
    contractor: str = ""
    certificate: str = ""
    told: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What stands in the way of disposing of one holding; nothing if all three are empty."""

    entry_id: int
    reference: str
    title: str
    refused: str = ""
    """No reason helps."""
    because: str = ""
    """Why an open matter touches it, for the screen only: may hold names."""
    wants_reason: str = ""
    """Possible if the data protection officer gives a reason."""
    to_look_for: tuple[Touch, ...] = ()
    """Open matters that might be in it; somebody must look and confirm."""
    unanswered: bool = False
    """Refused only because nobody said whether it concerns the safeguarding of a child."""


def judge(seen: HoldingSeen, method: str, day: dt.date, *, within: int = 0) -> Judgement:
    """What stands in the way of disposing of a holding by that method on that day.

    ``within`` is the number of the disposal that it may belong to already.
    """
    stored = seen.stored
    reference, number = str(stored["reference"]), int(stored["id"])
    refused = _refused(seen, within)
    if refused:
        because = " ".join(block.why for block in seen.standing.blocks if block.why)
        title = str(stored["title"])
        return Judgement(number, reference, title, refused=refused, because=because)
    if seen.values.get("safeguarding") is None:
        refused = f"{reference}: first say whether it concerns the safeguarding of a child."
        return Judgement(number, reference, str(stored["title"]), refused, unanswered=True)
    return Judgement(
        number,
        reference,
        str(stored["title"]),
        wants_reason=_wants_reason(seen, method, day),
        to_look_for=seen.to_look_for(),
    )


def _refused(seen: HoldingSeen, within: int) -> str:
    stored, rule = seen.stored, seen.rule
    reference = stored["reference"]
    if stored["disposed_at"] is not None:
        return f"{reference} has already been disposed of."
    if stored["archived_at"] is not None:
        return f"{reference} is archived; restore it first."
    if stored["disposal_id"] is not None and stored["disposal_id"] != within:
        return f"{reference} is already approved for another disposal."
    if seen.standing.blocks:
        return f"{reference} is on hold: {held_up(seen.standing.blocks)}."
    if rule is None or not rule.of.active:
        return (
            f"{reference}: its class was withdrawn from the schedule. Choose another class first."
        )
    if rule.of.abuse:
        return (
            f"{reference} belongs to a class that may concern the sexual abuse of a "
            "child. It cannot be disposed of here."
        )
    if rule.of.action == KEEP:
        return f"{reference} belongs to a class that is kept for good ({rule.of.code})."
    return ""


def held_up(blocks: Sequence[Obstacle]) -> str:
    """For example "the open request SAR-2026-001 and its safeguarding flag prevent its …"."""
    said = [f"{block.words} {block.reference}".strip() for block in blocks]
    return f"{listed(said)} {'prevents' if len(said) == 1 else 'prevent'} its disposal"


def _wants_reason(seen: HoldingSeen, method: str, day: dt.date) -> str:
    free, reference = seen.standing.free, seen.stored["reference"]
    assert seen.rule is not None
    if free is None:
        waiting = listed(seen.here.clock(seen.values).waiting_for)
        why = f"the {waiting} is missing" if waiting else "its class has no date of its own"
        return f"{reference} has no automatic due date: {why}."
    if free > day:
        return f"{reference} must be kept until {long_date(free)}."
    if seen.rule.of.action == "RV":
        return f"{reference} must be reviewed first: say why it is not kept longer."
    if seen.rule.of.action == "AR" and method in DESTROYING:
        return f"{reference} should be offered to an archive: say why it is destroyed instead."
    if seen.rule.of.action == "TR" and method != "transfer":
        return f"{reference} should go to the next school: say why it does not."
    return ""


ALL: Final = "ALL"
"""Said instead of the references of open matters: every one that is asked about."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Which open matters somebody looked for in holdings of many people, and how; no names."""

    references: tuple[str, ...] = ()
    how: str = ""

    def __contains__(self, reference: str) -> bool:
        return ALL in self._said or reference.upper() in self._said

    @property
    def _said(self) -> frozenset[str]:
        return frozenset(each.strip().upper() for each in self.references)

    def of(self, judgements: Sequence[Judgement]) -> tuple[str, ...]:
        """Those that really had to be looked for in these holdings: what the log may say.

        Raises InvalidEntry where all are confirmed at once without saying how.
        """
        if ALL in self._said and not self.how.strip():
            raise InvalidEntry({"looked_how": "Say how you checked for all of them."})
        asked = (touch.reference for each in judgements for touch in each.to_look_for)
        return tuple(dict.fromkeys(each for each in asked if each in self))


UNSEEN: Final = Looked()
"""Nobody looked for anything."""


def complaints(judgements: Sequence[Judgement], reason: str, looked: Looked) -> list[str]:
    """Sentences for what still stands in the way, given a reason and what was looked for.

    Holdings in which the same matters must be looked for are told together.
    """
    found: list[str] = []
    unseen: dict[tuple[str, ...], list[str]] = {}
    if unanswered := [each.reference for each in judgements if each.unanswered]:
        found.append(_to_answer(unanswered))
    for each in judgements:
        if each.unanswered:
            continue
        if each.refused:
            found.append(each.refused)
        elif each.wants_reason and not reason.strip():
            found.append(f"{each.wants_reason} The data protection officer must give a reason.")
        elif open_ := [touch.said for touch in each.to_look_for if touch.reference not in looked]:
            unseen.setdefault(tuple(open_), []).append(each.reference)
    return [*found, *(_to_look(boxes, matters) for matters, boxes in unseen.items())]


_IN_ONE_SENTENCE: Final = 3
_NAMED: Final = 5


def _to_answer(references: Sequence[str]) -> str:
    rest = len(references) - _NAMED
    named = [*references[:_NAMED], *([f"{rest:,} more"] if rest > 0 else [])]
    it = "it concerns" if len(references) == 1 else "they concern"
    return f"{listed(named)}: first say whether {it} the safeguarding of a child."


def _to_look(boxes: Sequence[str], matters: Sequence[str]) -> str:
    one = len(boxes) == 1
    hold, contain = ("holds", "it contains") if one else ("hold", "they contain")
    begun = f"{listed(list(boxes))} {hold} records of several people: check whether {contain}"
    if len(matters) > _IN_ONE_SENTENCE:
        lines = "\n".join(f"  {each}" for each in matters)
        return f"{begun} anything that these {len(matters)} concern, and confirm:\n{lines}\n"
    concern = "concerns" if len(matters) == 1 else "concern"
    return f"{begun} anything that {listed(list(matters))} {concern}, and confirm."


def reason_of(judgement: Judgement, judged: Sequence[Judgement], reason: str) -> str:
    """The reason as it stands in the line of one holding: only where it was asked for.

    Where it was asked for nowhere, it was given for all.
    """
    asked = bool(judgement.wants_reason) or not any(each.wants_reason for each in judged)
    return reason if asked else ""


def doing_problems(
    disposal: Disposal, doing: Doing, day: dt.date, today: dt.date
) -> dict[str, str]:
    """What forbids noting that a disposal was done on that day, a sentence for each field."""
    found: dict[str, str] = {}
    if not doing.done_by.strip():
        found["done_by"] = "Say who did it."
    if day > today:
        found["done_on"] = "The date cannot be in the future."
    elif disposal.approved_on is not None and day < disposal.approved_on:
        found["done_on"] = "It cannot have been done before it was approved."
    if disposal.method == "transfer" and doing.receipt is None:
        found["receipt"] = "Receipt must be confirmed before this can be recorded as done."
    if doing.receipt is not None and doing.receipt > today:
        found["receipt"] = "Receipt cannot be confirmed on a date in the future."
    return found

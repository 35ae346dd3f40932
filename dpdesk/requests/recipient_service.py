"""The door to those who were given the data: proposed from the asset register, told, noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Values
from dpdesk.registers.hooks import Scope
from dpdesk.registers.service import Derived, RegisterService
from dpdesk.registers.wording import show_date
from dpdesk.requests.part_services import Received, received_of, too_early
from dpdesk.requests.recipient_records import RecipientTold
from dpdesk.store.database import Change

_COUNTED: Final = select(func.count(), func.count().filter(RecipientTold.state == "open")).where(
    RecipientTold.parent_id == bindparam("number"), RecipientTold.archived_at.is_(None)
)
# Built once, for each save of a request asks it.


class RecipientService(RegisterService[RecipientTold, Received]):
    """Who else was told what became of the data."""

    record = RecipientTold
    follows_calendar = False

    def surroundings(
        self, session: Session, scope: Scope[RecipientTold]
    ) -> Callable[[int], Received]:
        """The day on which the request was received."""
        return received_of(session, scope)

    def problems(self, values: Values, around: Received) -> dict[str, str]:
        """Days that contradict each other."""
        told, replied = values.get("told_on"), values.get("replied_on")
        found = too_early(values, around, "told_on")
        if replied is not None and told is not None and replied < told:
            found["replied_on"] = "The answer would come before they were told."
        return found

    def derive(self, values: Values, around: Received) -> Derived:
        """Title: who. Open until they were told, or somebody said why not."""
        who, told = str(values["recipient"]), values.get("told_on")
        if told is not None:
            return Derived(f"{who}, told {show_date(told)}", "told")
        return Derived(who, "not_told" if values.get("not_told") else "open")

    # --- looking -------------------------------------------------------------------------

    def open_ones(self, entry_id: int) -> tuple[Entry, ...]:
        """Those of a request who are still to be told, oldest first."""
        return tuple(part for part in self.parts(entry_id) if part.state == "open")

    def told(self, entry_id: int) -> tuple[str, ...]:
        """Those who were told, for the letter to whoever asked (Art 19, second sentence)."""
        parts = (part for part in self.parts(entry_id) if part.state == "told")
        return tuple(dict.fromkeys(str(part.values["recipient"]) for part in parts))

    def counted_within(self, session: Session, entry_id: int) -> tuple[int, int]:
        """How many are listed for a request, and how many of them are still to be told."""
        listed, waiting = session.execute(_COUNTED, {"number": entry_id}).one()
        return listed, waiting

    # --- changing ------------------------------------------------------------------------

    def propose_within(
        self, change: Change, entry_id: int, given_to: Mapping[str, tuple[str, ...]]
    ) -> int:
        """Adds those who are not listed yet; ``given_to``: recipients and their assets."""
        known = {str(row.recipient).casefold() for row in self.part_rows(change.session, entry_id)}
        fresh = [each for each in given_to if each.casefold() not in known]
        for each in fresh:
            values = {"recipient": each, "known_from": "; ".join(given_to[each])}
            row = self.save_within(change, values, parent_id=entry_id)
            change.touched.add((self.register.key, row.id))
        return len(fresh)

    def note_letter(
        self, entry_id: int, to_whom: str, day: dt.date, how: str
    ) -> tuple[str, Changes]:
        """Notes that a letter went to one of them; says so, or that nobody of that name is listed.

        Raises InvalidEntry for a day that cannot be.
        """
        meant = to_whom.strip().casefold()
        part = next(
            (p for p in self.open_ones(entry_id) if str(p.values["recipient"]).casefold() == meant),
            None,
        )
        if part is None:
            said = (
                f"Nobody called “{to_whom}” waits to be told: record it under “Who else was told”."
            )
            return said, Changes()
        saved = self.save({"told_on": day, "how": how}, part.id, part.version, parent_id=entry_id)
        return f"“{part.values['recipient']}” is recorded as told.", saved.changes

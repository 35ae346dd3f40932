"""What is left of a case whose papers were destroyed stays as it is."""

from __future__ import annotations

from typing import Final

from dpdesk.errors import DpdeskError, InvalidEntry
from dpdesk.registers.fields import Field, Values
from dpdesk.registers.service import RegisterService
from dpdesk.requests.records import Request
from dpdesk.requests.rules import Around

_BY_THE_STEP: Final = ("disposed_on", "disposal")
"""Filled in by the step that destroys the papers, never by hand."""
_SAID: Final = "The papers of this case were destroyed, and what is left of it stays as it is."


class DisposedStays(RegisterService[Request, Around]):
    """Refuses whatever would write into a case again whose papers were destroyed."""

    def guard(self, values: Values, before: Values) -> None:
        """Nothing of such a case is changed by hand, nor is a case made one by typing a day."""
        if before.get("disposed_on") is not None:
            raise DpdeskError(_SAID, "Log a new request if they ask again.")
        typed = [name for name in _BY_THE_STEP if values.get(name) is not None]
        if typed:
            raise InvalidEntry({typed[0]: "This is filled in when the papers are destroyed."})

    def missing(self, values: Values, entry_id: int = 0) -> tuple[Field, ...]:
        """Nothing is asked any more about such a case."""
        if values.get("disposed_on") is not None:
            return ()
        return super().missing(values, entry_id)

    def may_follow(self, row: Request) -> None:
        """The same for what belongs to it: a part, a document, a letter."""
        if row.state == "disposed":
            raise DpdeskError(_SAID, "Log a new request if they ask again.")

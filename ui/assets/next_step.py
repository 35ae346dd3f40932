"""What to do next on an asset or a system: the first gap, an open question, or the review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dpdesk.law.words import count
from dpdesk.registers.entries import Entry
from ui.kit.pieces.next_step_card import NextStepCard, Offer

if TYPE_CHECKING:
    from dpdesk.assets.pick_lists import GapFound

_MEND: Offer = ("Go there", "mdi6.arrow-right", "mend")

Open = tuple[str, str]
"""A question without an answer, and the name of what leads to it."""


class EntryStep(NextStepCard):
    """Leads from the first save to an entry in order, one step at a time."""

    def show_standing(
        self,
        entry: Entry,
        found: Sequence[GapFound],
        missing: Sequence[Open],
        *,
        begin: str,
        settled: str,
        offers: Sequence[Offer],
    ) -> None:
        """Shows the next step. ``begin`` is said of a new entry, ``settled`` of one in order.

        ``offers`` is what can be done with an entry in order.
        """
        self.setVisible(not entry.archived)
        if not entry.id:
            self.show_step(begin)
        elif found:
            rest = count(len(found) - 1, "more gap") if len(found) > 1 else ""
            more = f" Then there is {rest}." if len(found) == 2 else f" Then there are {rest}."
            first = found[0]
            self.show_step(f"{first.reason} {first.gap.mend}{more if rest else ''}", [_MEND])
        elif missing:
            questions = count(len(missing), "question")
            verb = "is" if len(missing) == 1 else "are"
            label, name = missing[0]
            self.show_step(
                f"No gaps so far, but {questions} {verb} unanswered. The next is: {label}",
                [("Go there", "mdi6.arrow-right", name)],
            )
        else:
            self.show_step(settled, offers)

"""People on record who may be meant by the names typed into an entry: offered, never assumed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.people.named_here import NameOffer
from dpdesk.people.service import KnownPerson
from dpdesk.registers.entries import Entry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row, words
from ui.kit.register.rail import RailPanel


class NamedPanel(RailPanel):
    """A block for each typed name that somebody on record goes by.

    ``chosen``: the number of the person whom the entry is to be linked with.
    """

    chosen = Signal(int)

    def __init__(
        self, offers: Callable[[Entry], Sequence[NameOffer]], parent: QWidget | None = None
    ) -> None:
        super().__init__("People named here", parent)
        self._offers = offers

    def draw(self, entry: Entry) -> None:
        """Hidden where nobody on record is named, or all of them are linked."""
        found = self._offers(entry) if entry.id else ()
        self.setVisible(bool(found))
        for offer in found:
            self._draw_offer(offer)
        if found:
            self.say("A link leads from here to the person and back. What was typed stays.")

    def _draw_offer(self, offer: NameOffer) -> None:
        self.inside.addWidget(words(f"{offer.typed} ({offer.asked})", "label", wraps=True))
        if offer.number == 1:
            self.say("1 person of that name is on record.")
        else:
            self.say(f"{offer.number} people of that name are on record. Which one is it?")
        for person in offer.people:
            # Words that wrap, and a short button: a long name must not push the rail apart.
            self.say(f"{person.name}{_beside(person)}", "")
            link = button(
                "Link", "mdi6.link-variant-plus", does=partial(self.chosen.emit, person.id)
            )
            link.setAccessibleName(f"Link {person.name}{_beside(person)}")
            link.setToolTip(person.reference)
            self.inside.addLayout(row(link, None))
        if offer.number > len(offer.people):
            self.say("For another, use “Link another entry” with the person’s reference.")


def _beside(person: KnownPerson) -> str:
    """What tells two of one name apart."""
    year = f"Year {person.year_group}" if person.year_group.isdecimal() else person.year_group
    told = person.values.get("post") or person.form or year or person.kind
    left = "" if person.here else ", not at school now"
    return f" ({told}{left})"

"""Where the school's own policy is older than the law, said beside the work that it is about."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final

from PySide6.QtWidgets import QWidget

from dpdesk.assurance.policy_rules import beside
from dpdesk.desk import Desk
from dpdesk.registers.entries import Entry
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import row
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.rail import RailPanel

POLICIES: Final = "policies"


class PolicyPanel(RailPanel):
    """What the policy that the school has filed says otherwise than the law, for one kind of work.

    ``card_of`` names the kind of work that an entry is (``cards`` in
    ``resources/law/policy_places.toml``). Nothing is said of a policy that dpdesk has not read;
    where it ``asks``, the panel then asks for it.
    """

    asks: ClassVar[bool] = False

    def __init__(
        self,
        desk: Desk,
        around: Surroundings,
        card_of: Callable[[Entry], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Your policy and the law", parent)
        self._desk, self._around, self._card_of = desk, around, card_of

    def draw(self, entry: Entry) -> None:
        """Draws the places found; hidden where there is nothing to say."""
        self.setVisible(self._policy(self._card_of(entry)))

    def _policy(self, card: str) -> bool:
        """Says what the filed policy says, or asks for it; False where nothing was said."""
        if not beside(card):
            return False
        filed = self._desk.assurance.policies.all_older()
        read = [each for each in filed if each.read_in]
        if not read:
            if not self.asks:
                return False
            self.say(
                "dpdesk has not read your data protection policy, so it cannot say where it is "
                "out of date with the law. dpdesk follows the law."
            )
            self._offer("Add your policy", filed[0].entry.id if filed else 0)
            return True
        said = False
        for each in read:
            places = [place for place in each.places if card in place.cards]
            if places:
                self.say(f"Your policy (“{each.read_in}”) is out of date with the law:")
            for place in places:
                self.say(f"{place.label}: {place.about} {place.caution}".strip(), "")
            if places:
                self.say("dpdesk follows the law.")
                self._offer("What it could say", each.entry.id)
            said |= bool(places)
        return said

    def _offer(self, words: str, policy: int) -> None:
        way = button(words, role="link", does=partial(self._open, policy))
        self.inside.addLayout(row(way, None))

    def _open(self, policy: int) -> None:
        if policy:
            self._around.navigator.open_entry(POLICIES, policy)
        else:
            self._around.navigator.new_entry(POLICIES)

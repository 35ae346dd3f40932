"""Who the people of a request are, as the register of people knows them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.registers.entries import Entry
from dpdesk.requests.known_people import PersonSeen, RolePlayed
from ui.kit.pieces.buttons import button, icon_button
from ui.kit.pieces.cards import row, words
from ui.kit.register.rail import RailPanel


class PeoplePanel(RailPanel):
    """Data subject and requester: linked, with what to mind; or offered by the name typed.

    ``chosen``: the question that links, and the number of the person, 0 for nobody. ``opened``: the
    number of a person to show.
    """

    chosen = Signal(str, int)
    opened = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("People", parent)
        self._desk = desk

    def draw(self, entry: Entry) -> None:
        """One block for each of them; nothing where the register knows nobody."""
        people = self._desk.requests.requests.people
        roles = people.roles(entry) if people is not None and entry.id else ()
        known = [role for role in roles if role.linked is not None or role.offered]
        self.setVisible(bool(known))
        for role in known:
            self._draw_role(role)

    def _draw_role(self, role: RolePlayed) -> None:
        self.inside.addWidget(words(role.title, "label"))
        if role.linked is None:
            for person in role.offered:
                self._offer(role.field, person)
            return
        person = role.linked
        name = button(person.name, role="link", does=partial(self.opened.emit, person.id))
        away = icon_button(
            f"Unlink {person.name}", "mdi6.link-off", does=partial(self.chosen.emit, role.field, 0)
        )
        self.inside.addLayout(row(name, None, away))
        self.say(person.detail)
        for flag in person.flags:
            self.say(flag, "warn")
        if role.relation:
            self.say(role.relation)

    def _offer(self, field: str, person: PersonSeen) -> None:
        link = button(
            "Link",
            "mdi6.link-variant",
            role="link",
            does=partial(self.chosen.emit, field, person.id),
        )
        link.setAccessibleName(f"Link with {person.name}, {person.detail}")
        self.inside.addLayout(row(words(f"Is it {person.name}?", wraps=True), None, link))
        self.say(person.detail)

"""What the rooms of assets and of systems share: gaps, and the way to where they are mended."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from dpdesk.registers.entries import Changes, Entry
from ui.assets.gaps_panel import GapsPanel
from ui.assets.next_step import EntryStep, Open
from ui.assets.section_menu import SectionMenu
from ui.kit.pieces.next_step_card import Offer
from ui.kit.register.register_room import RegisterRoom

if TYPE_CHECKING:
    from dpdesk.assets.pick_lists import GapFound

_TYPED = 250
"""Milliseconds without a key before the gaps are worked out."""


class GapRoom(RegisterRoom):
    """A register whose entries have findings."""

    begin_words: ClassVar[str] = ""
    """What is said of a new entry."""
    part_places: ClassVar[Mapping[str, str]] = {}
    """Sections that a duty leads to and whose work is done in parts: section to kind of part."""
    follows: ClassVar[Collection[str]] = ()
    """Registers on which the findings of an entry depend, besides its own and its parts."""

    # --- what a room adds ----------------------------------------------------------------

    def found(self, entry: Entry) -> Sequence[GapFound]:
        """The findings of an entry."""
        raise NotImplementedError

    def meter(self, entry: Entry) -> tuple[int, int]:
        """How many questions of an entry are answered, of how many."""
        raise NotImplementedError

    def settled(self, entry: Entry) -> tuple[str, Sequence[Offer]]:
        """What is said of an entry in order, and what can be done with it."""
        raise NotImplementedError

    def more_panels(self) -> Sequence[QWidget]:
        """Panels besides the gaps."""
        return ()

    # --- showing -------------------------------------------------------------------------

    def panels(self) -> Sequence[QWidget]:
        """The gaps, and what a room adds."""
        self.gaps = GapsPanel(self.found, self.meter)
        return [self.gaps, *self.more_panels()]

    def furnish(self) -> None:
        """The next step above the questions, the gaps on top of the rail."""
        page = self.page
        self.step = EntryStep(page)
        page.body.insertWidget(0, self.step)
        page.rail.removeWidget(self.gaps)
        page.rail.insertWidget(0, self.gaps)
        self.way = SectionMenu(page.form, page.parts, page)
        page.head.buttons.addWidget(self.way)
        self._typed = QTimer(self, singleShot=True, interval=_TYPED)
        self._typed.timeout.connect(self._preview)
        page.form.changed.connect(self._typed.start)
        page.shown.connect(self._show_step)
        self.gaps.mend_asked.connect(self.mend)
        self.step.asked.connect(self._do)
        self.around.bus.changed.connect(self._follow_others)

    def follow(self, entry: Entry) -> None:
        """A part changed what is missing."""
        self.gaps.show_entry(entry)
        self._show_step(entry)

    def _follow_others(self, changes: Changes) -> None:
        entry = self.page.entry
        if entry.id and changes.registers & set(self.follows):
            self.follow(self.service.load(entry.id))

    def _preview(self) -> None:
        form = self.page.form
        self.gaps.preview({n: v for n, v in form.values().items() if v is not None})

    def _show_step(self, entry: Entry) -> None:
        settled, offers = self.settled(entry)
        self.step.show_standing(
            entry,
            self.gaps.found if entry.id else (),
            self.missing(entry),
            begin=self.begin_words,
            settled=settled,
            offers=offers,
        )

    def missing(self, entry: Entry) -> Sequence[Open]:
        """The questions of an entry that still want an answer."""
        found = self.service.missing(entry.values, entry.id)
        return [(field.label, f"field:{field.name}") for field in found]

    # --- going ---------------------------------------------------------------------------

    def open_entry(self, entry_id: int, place: str = "") -> None:
        """Shows an entry at a section, or where the work of that section is noted."""
        super().open_entry(entry_id, place)
        if place in self.part_places:
            self.way.go_to_part(self.part(self.part_places[place]))

    def _do(self, name: str) -> None:
        what, _, detail = name.partition(":")
        if what == "mend" and self.gaps.found:
            self.mend(self.gaps.found[0])
        elif what == "field":
            self.page.form.focus_field(detail)
        elif what == "part":
            key, number, field = detail.split(":")
            self.show_part(key, int(number), field)

    def mend(self, found: GapFound) -> None:
        """Puts the keyboard where a finding is mended."""
        if found.register:
            self.around.navigator.open_entry(found.register, found.number, found.question)
        elif found.gap.part:
            self.show_part(found.gap.part, found.number, found.question)
        else:
            self.page.form.focus_field(found.question)

    def show_part(self, key: str, number: int = 0, field: str = "") -> None:
        """Opens a part at a question, or begins one with what is known of it."""
        panel = self.part(key)
        if panel.part is None or panel.part.id != number:
            if number:
                panel.edit(number)
            else:
                panel.begin(self.part_known(key))
        if field and number:
            panel.form.focus_field(field)

    def part_known(self, key: str) -> Mapping[str, Any]:
        """What is known of a part that is begun."""
        return {}

"""The same answer for several places that were searched, given once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.dates import read_date
from dpdesk.law.words import count, long_date
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.requests.asking import Awaited
from dpdesk.requests.search_terms import as_noted
from ui.kit.look.theme import SMALL, TINY
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import column, row, words
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.passphrases import QuestionField
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.in_sight import InSight, area_of
from ui.requests.place_ticks import PlaceTicks

_LEAST = 2


class SearchesTogether(QWidget):
    """Offers the places of a request that are not recorded yet, with the questions they share.

    Whoever looks through fifteen places on one afternoon answers by whom, when and what came of
    it once, and opens only those places where something else came of it.
    """

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._around = desk, around
        self._entry_id = 0
        self.offer = button("Record several at once", "mdi6.playlist-check", does=self.begin)
        self.inside = QWidget()
        self.banner = Banner()
        self.ticks = PlaceTicks()
        self.ticks.changed.connect(self._ticked)
        self.result = QComboBox()
        found = next(field for field in self._register.fields if field.name == "found")
        for choice in found.choices:
            self.result.addItem(choice.label, choice.code)
        self.result.setCurrentIndex(self.result.findData("no"))
        self.result.setAccessibleName("Result")
        label = words("Result", "label")
        label.setBuddy(self.result)
        self.terms = QuestionField("What did you search for?", example="full name; initials")
        self.by_whom = QuestionField("Searched by")
        self.on = QuestionField("Searched on")
        self.keep = button("Record these", "mdi6.check", role="primary", does=self.save)
        stop = button("Cancel", does=self._leave)
        layout = column(
            words("The same for all that are ticked", "strong"),
            self.banner,
            self.ticks,
            column(label, self.result, space=TINY),
            self.terms,
            self.by_whom,
            self.on,
            row(self.keep, stop, None),
            space=SMALL,
        )
        layout.setContentsMargins(0, SMALL, 0, 0)
        self.inside.setLayout(layout)
        self.inside.hide()
        on_escape(self.inside, self._leave)
        whole = column(row(self.offer, None), self.inside, space=SMALL)
        whole.setContentsMargins(0, SMALL, 0, 0)
        self.setLayout(whole)
        self.hide()

    @property
    def _register(self) -> Any:
        return self._desk.requests.requests.searches.register

    def show_entry(self, entry: Entry) -> None:
        """Offers it where several places wait; what is being typed stays."""
        if entry.id != self._entry_id:
            self._stop()
        self._entry_id = entry.id
        parts = self._desk.requests.requests.searches.open_places(entry.id) if entry.id else ()
        if parts != self.ticks.parts:
            self.ticks.show_places(parts)
        asked = any(part.values.get("asked_whom") for part in parts)
        self.setVisible(len(parts) >= _LEAST or asked)

    def _ticked(self) -> None:
        chosen = len(self.ticks.chosen)
        self.keep.setEnabled(bool(chosen))
        self.keep.setText(f"Record {count(chosen, 'place')}" if chosen else "Record these")

    def begin_for(self, awaited: Awaited) -> None:
        """Opens the questions for what a colleague answered."""
        self.begin()
        self.ticks.tick({part.id for part in awaited.places})
        self.by_whom.line.setText(awaited.name)

    def begin(self) -> None:
        """Opens the questions, with what is known already."""
        if self.inside.isHidden():
            requests = self._desk.requests.requests
            self.by_whom.line.setText(self._desk.school.particulars().dpo_name)
            self.on.line.setText(long_date(requests.today()))
            entry = requests.load(self._entry_id)
            self.terms.line.setText(as_noted(self._desk.requests.asking.terms(entry)))
            self.terms.line.setCursorPosition(0)
            # Those that were unticked the last time are what is left to be recorded now.
            self.ticks.tick({part.id for part in self.ticks.parts})
        self.banner.hide()
        self.offer.hide()
        self.inside.show()
        # The first of what is seen: below fifteen places the fields would be out of sight.
        (self.ticks.boxes[0] if self.ticks.boxes else self.terms.line).setFocus()
        area = area_of(self)
        if area is not None:
            # Below fifteen places nobody would see it.
            InSight(area, self.inside)

    def _leave(self) -> None:
        """Puts the questions away unanswered; the keyboard stays where they were opened."""
        self._stop()
        self.offer.setFocus()

    def _stop(self) -> None:
        self.inside.hide()
        self.offer.show()
        self.terms.clear()

    def save(self) -> None:
        """Records the answers for all places that are ticked."""
        requests = self._desk.requests.requests
        values: dict[str, Any] = {"found": self.result.currentData()}
        for name, question in (("terms", self.terms), ("by_whom", self.by_whom)):
            if question.text():
                values[name] = question.text()
        chosen = self.ticks.chosen
        try:
            if self.on.text():
                values["searched_on"] = read_date(self.on.text(), requests.today())
            saved = requests.searches.record_together(chosen, values)
        except (ValueError, DpdeskError) as error:
            self.banner.say(str(error), "danger")
            return
        self._stop()
        self._keep_keys()
        self._around.messages.say(
            f"{count(len(saved), 'place')} recorded.", undo=lambda: self._undo(saved)
        )
        self._publish(saved)
        self._keep_keys()

    def _keep_keys(self) -> None:
        """What had the keyboard is gone; it stays on the page, where the work goes on."""
        area = area_of(self)
        if not self.isHidden():
            self.offer.setFocus()
        elif area is not None:
            area.setFocus()

    def _undo(self, saved: Sequence[Saved]) -> None:
        searches = self._desk.requests.requests.searches
        self._publish([searches.undo(each) for each in saved])

    def _publish(self, saved: Sequence[Saved]) -> None:
        touched: frozenset[tuple[str, int]] = frozenset({("requests", self._entry_id)})
        for each in saved:
            touched |= each.changes.entries
        self._around.bus.publish(Changes(touched))

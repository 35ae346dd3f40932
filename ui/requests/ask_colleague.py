"""Asking a colleague to search: who was asked, and a request to print or to send by e-mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.dates import read_date
from dpdesk.law.words import count, long_date
from dpdesk.registers.entries import Changes, Entry, Saved
from dpdesk.requests.asking import Awaited, Colleague
from dpdesk.requests.search_terms import as_noted
from ui.kit.look.theme import SMALL, TINY
from ui.kit.pieces.banner import Banner
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import clear_layout, column, row, words
from ui.kit.pieces.keys import on_escape
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.passphrases import QuestionField
from ui.kit.pieces.surroundings import Surroundings
from ui.requests.place_ticks import PlaceTicks


class AskColleague(QWidget):
    """Writes to whoever knows the place, notes it, and shows from whom an answer is awaited.

    ``answered`` carries the :class:`Awaited` whose answer is to be recorded.
    """

    answered = Signal(object)

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._around, self._door = desk, around, door
        self._entry: Entry | None = None
        self.offer = button("Ask a colleague to search", "mdi6.account-search", does=self.begin)
        self._waiting = QVBoxLayout()
        self._waiting.setSpacing(TINY)
        self.banner = Banner()
        self.ticks = PlaceTicks()
        self.ticks.changed.connect(self._ticked)
        self.whom = QuestionField("Who is asked?", needed=True)
        self.whom.line.editingFinished.connect(self._look_up)
        self.mail = QuestionField("E-mail address", "Only for a request by e-mail.")
        self.by = QuestionField("Answer wanted by", "Home reminds you on that day.")
        self.terms = QuestionField("What should they search for?")
        self.note = QuestionField(
            "Anything else they should know?", example="Only the second half of 2025"
        )
        self.print_button = button(
            "Print or save", "mdi6.printer-outline", role="primary", does=self.print_request
        )
        self.mail_button = button("For e-mail", "mdi6.email-outline", does=self.save_message)
        self.mail_button.setToolTip("Saves a message that your mail program opens, not sent yet.")
        self.inside = QWidget()
        layout = column(
            words("Ask a colleague about the places that are ticked", "strong"),
            self.banner,
            self.ticks,
            self.whom,
            self.mail,
            self.by,
            self.terms,
            self.note,
            row(self.print_button, self.mail_button, button("Cancel", does=self._leave), None),
            space=SMALL,
        )
        layout.setContentsMargins(0, SMALL, 0, 0)
        self.inside.setLayout(layout)
        self.inside.hide()
        on_escape(self.inside, self._leave)
        whole = column(self._waiting, row(self.offer, None), self.inside, space=SMALL)
        whole.setContentsMargins(0, SMALL, 0, 0)
        self.setLayout(whole)
        self.hide()

    # --- showing -------------------------------------------------------------------------

    def show_entry(self, entry: Entry) -> None:
        """Offers it where a place waits; what is being typed stays."""
        if self._entry is None or entry.id != self._entry.id:
            self._stop()
        self._entry = entry
        parts = self._desk.requests.requests.searches.open_places(entry.id) if entry.id else ()
        if parts != self.ticks.parts:
            self.ticks.show_places(parts)
        clear_layout(self._waiting)
        for awaited in self._desk.requests.asking.awaited(entry.id) if parts else ():
            self._show_waiting(awaited)
        self.setVisible(bool(parts))

    def _show_waiting(self, awaited: Awaited) -> None:
        day = f", wanted by {long_date(awaited.answer_by)}" if awaited.answer_by else ""
        said = f"{awaited.name}: {count(len(awaited.places), 'place')}, no answer yet{day}."
        late = awaited.answer_by is not None and awaited.answer_by < self._today()
        answer = button("Record the answer", role="link", does=partial(self._answered, awaited))
        answer.setAccessibleName(f"Record the answer of {awaited.name}")
        again = button("Ask again", role="link", does=partial(self.begin, awaited))
        again.setAccessibleName(f"Ask {awaited.name} again")
        line = row(words(said, "warn" if late else "", wraps=True), answer, again)
        line.setStretch(0, 1)
        self._waiting.addLayout(line)

    def _answered(self, awaited: Awaited) -> None:
        self._stop()
        self.answered.emit(awaited)

    def _today(self) -> dt.date:
        return self._desk.requests.requests.today()

    def _ticked(self) -> None:
        for made in (self.print_button, self.mail_button):
            made.setEnabled(bool(self.ticks.chosen))

    def begin(self, awaited: Awaited | None = None) -> None:
        """Opens the questions, with what is known already; for a colleague, those places only."""
        if self._entry is None:
            return
        asking = self._desk.requests.asking
        entry = self._desk.requests.requests.load(self._entry.id)
        self.by.line.setText(long_date(asking.usual_day()))
        self.terms.line.setText(as_noted(asking.terms(entry)))
        self.terms.line.setCursorPosition(0)
        self.whom.line.setText(awaited.name if awaited is not None else "")
        self.ticks.tick(
            {part.id for part in awaited.places}
            if awaited is not None
            else {p.id for p in self.ticks.parts if not p.values.get("asked_whom")}
        )
        self._look_up()
        self.banner.hide()
        self.offer.hide()
        self.inside.show()
        self.whom.line.setFocus()

    def _look_up(self) -> None:
        """Fills in the address of somebody on record, where none was typed."""
        if not self.mail.text():
            self.mail.line.setText(self._desk.requests.asking.mail_of(self.whom.text()))

    def _leave(self) -> None:
        """Puts the questions away unanswered; the keyboard stays where they were opened."""
        self._stop()
        self.offer.setFocus()

    def _stop(self) -> None:
        self.inside.hide()
        self.offer.show()
        for question in (self.whom, self.mail, self.note):
            question.clear()

    # --- asking --------------------------------------------------------------------------

    def print_request(self) -> None:
        """Offers the request for printing; once it went there, it is noted."""
        asked = self._asked()
        if asked is None:
            return
        entry, whom, places, terms = asked
        asking = self._desk.requests.asking
        done = self._door.offer(
            lambda: asking.letter(entry, whom, places, terms).content,
            f"{entry.reference} search request",
        )
        if done:
            self._record(whom, places)

    def save_message(self) -> None:
        """Saves the request as a message; once it was saved, it is noted."""
        asked = self._asked()
        if asked is None:
            return
        entry, whom, places, terms = asked
        try:
            content = self._desk.requests.asking.message(entry, whom, places, terms)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        if self._door.save(content, f"{entry.reference} search request.eml", "Message (*.eml)"):
            self._record(whom, places)

    def _asked(self) -> tuple[Entry, Colleague, list[Entry], list[str]] | None:
        """What was answered; None where something is wrong, which is said."""
        if self._entry is None:
            return None
        name = self.whom.text().strip()
        if not name:
            self.banner.say("Enter who you are asking.", "danger")
            self.whom.line.setFocus()
            return None
        try:
            day = read_date(self.by.text(), self._today())
        except ValueError as error:
            self.banner.say(str(error), "danger")
            self.by.line.setFocus()
            return None
        if day < self._today():
            self.banner.say("The day you want an answer by has already passed.", "danger")
            self.by.line.setFocus()
            return None
        self._look_up()
        whom = Colleague(name, day, self.mail.text().strip(), self.note.text().strip())
        terms = [term.strip() for term in self.terms.text().split(";") if term.strip()]
        entry = self._desk.requests.requests.load(self._entry.id)
        return entry, whom, self.ticks.chosen, terms

    def _record(self, whom: Colleague, places: Sequence[Entry]) -> None:
        try:
            saved = self._desk.requests.asking.record(whom, places)
        except DpdeskError as error:
            self.banner.say(str(error), "danger")
            return
        self._stop()
        self._around.messages.say(
            f"{whom.name} is recorded as asked. Home reminds you on {long_date(whom.answer_by)}.",
            undo=lambda: self._undo(saved),
        )
        self._publish(saved)

    def _undo(self, saved: Sequence[Saved]) -> None:
        searches = self._desk.requests.requests.searches
        self._publish([searches.undo(each) for each in saved])

    def _publish(self, saved: Sequence[Saved]) -> None:
        assert self._entry is not None
        touched: frozenset[tuple[str, int]] = frozenset({("requests", self._entry.id)})
        for each in saved:
            touched |= each.changes.entries
        self._around.bus.publish(Changes(touched))

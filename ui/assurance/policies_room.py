"""Policies: where one is older than the law, who still has to read it, and the sheets to sign."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from dpdesk.assurance.policy_rules import PolicyPlace
from dpdesk.assurance.policy_service import PolicyService
from dpdesk.desk import Desk
from dpdesk.law.words import count
from dpdesk.people.service import KnownPerson
from dpdesk.registers.entries import Changes, Entry
from ui.assurance.action_panel import ActionPanel
from ui.assurance.usual_room import UsualRoom
from ui.kit.pieces.buttons import button
from ui.kit.pieces.cards import Card, clear_layout, column, help_words, row, words
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.signed_dialog import SignedDialog

_NAMED = 12
"""So many readers are named on the card."""


class OlderCard(Card):
    """Each place of the policy that is out of date, with the wording that would be right."""

    copied = Signal(str)
    left = Signal(str)
    print_asked = Signal()

    def __init__(self, policies: PolicyService) -> None:
        super().__init__("Out of date with the law")
        self._policies = policies
        self.told = help_words("")
        self.add(self.told)
        self.print_button = button(
            "Print what to change", "mdi6.printer-outline", does=self.print_asked.emit
        )
        self.add(self.print_button)
        self._lines = column()
        self.add(self._lines)

    def show_entry(self, entry: Entry) -> None:
        """Reads the text of the policy afresh; hidden for policies that are about other things."""
        clear_layout(self._lines)
        found = self._policies.older(entry) if entry.id else None
        self.setVisible(found is not None)
        if found is None:
            return
        self.print_button.setVisible(bool(found.places))
        if not found.read_in:
            self.told.setText(
                "Add the text of the policy to the documents: dpdesk then shows where it is out "
                "of date with the law."
            )
            return
        number = count(len(found.places), "place") if found.places else "No place"
        self.told.setText(f"{number} found in “{found.read_in}”.")
        for place in found.places:
            self._line(place)

    def _line(self, place: PolicyPlace) -> None:
        self._lines.addWidget(words(f"{place.label} ({place.clause})", "label", wraps=True))
        self._lines.addWidget(words(place.about, wraps=True))
        self._lines.addWidget(help_words(f"It could say: “{place.wording}”"))
        said = " ".join(part for part in (f"{place.source}.", place.caution) if part)
        self._lines.addWidget(help_words(said))
        copy = button("Copy wording", role="link", does=partial(self.copied.emit, place.wording))
        leave = button("Leave as it is", role="link", does=partial(self.left.emit, place.code))
        copy.setAccessibleName(f"Copy wording: {place.label}")
        leave.setAccessibleName(f"Leave as it is: {place.label}")
        self._lines.addLayout(row(copy, leave, None))


class PoliciesRoom(UsualRoom):
    """The page "Policies"."""

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        self.policies = desk.assurance.policies
        super().__init__(desk, self.policies, around, door, parent)

    def panels(self) -> Sequence[QWidget]:
        """Where it is older than the law, and who still has to read it."""
        self.older = OlderCard(self.policies)
        self.older.copied.connect(self.copy)
        self.older.left.connect(self.leave)
        self.older.print_asked.connect(self.print_older)
        self.card = ActionPanel("Who still has to read it", self._name_readers)
        self.missing = help_words("")
        self.card.add(self.missing)
        self.sheet_button = button(
            "Print the sheet to sign", "mdi6.printer-outline", does=self.print_sheet
        )
        self.card.add(self.sheet_button)
        self.signed_button = button(
            "The sheet came back",
            "mdi6.draw",
            does=self.note_signed,
            hint="Says who signed and on which day, and files the scanned sheet",
        )
        self.card.add(self.signed_button)
        return [self.card, self.older]

    def follow(self, entry: Entry) -> None:
        """Reads both cards afresh."""
        self.card.show_entry(entry)
        self.older.show_entry(entry)

    def settle(self, entry_id: int) -> Changes:
        """A document came or went: the text of the policy may be another."""
        self.older.show_entry(self.policies.load(entry_id))
        return super().settle(entry_id)

    # --- older than the law --------------------------------------------------------------

    def copy(self, wording: str) -> None:
        """Puts the wording where it can be pasted from."""
        QApplication.clipboard().setText(wording)
        self.say("Copied. Paste it into the policy.")

    def leave(self, code: str) -> None:
        """Asks why a place stays as it is, and notes it."""
        entry = self._saved()
        if entry is None:
            return
        why = self.around.prompter.ask_words(
            "Why does this place stay as it is?",
            details="It is no longer counted. You can take this back on the form.",
        )
        if why:

            def note() -> None:
                saved = self.policies.leave(entry.id, entry.version, code, why)
                self.around.bus.publish(saved.changes)
                self.say("Recorded.")

            self.attempt(note)

    def print_older(self) -> None:
        """The places on paper."""
        entry = self._saved()
        if entry is not None:
            room = self.desk.assurance
            self.door.offer(
                lambda: room.prints.older(room.policies, entry).content, f"{entry.title} changes"
            )

    def _saved(self) -> Entry | None:
        return self.page.entry if self.page.save() and self.page.entry.id else None

    # --- readers -------------------------------------------------------------------------

    def _name_readers(self, entry: Entry) -> None:
        left = self._left(entry.id)
        names = ", ".join(each.name for each in left[:_NAMED])
        more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
        self.missing.setText(f"{names}{more}." if left else "Nobody.")
        self.sheet_button.setEnabled(bool(left))
        self.signed_button.setEnabled(bool(left))

    def print_sheet(self) -> None:
        """A sheet for those who still have to."""
        room, entry = self.desk.assurance, self.page.entry
        self.door.offer(
            lambda: room.prints.reading_sheet(room.policies, entry.id).content,
            f"{entry.title} sheet",
        )

    def note_signed(self) -> None:
        """Notes who has read it, by the sheet that they signed, and files the sheet."""
        policies, entry = self.policies, self._saved()
        left = self._left(entry.id) if entry is not None else ()
        if entry is None or not left:
            return
        dialog = SignedDialog(
            f"Who signed for “{entry.title}”?",
            [(each.id, each.name) for each in left],
            policies.today(),
            lambda: self.around.prompter.choose_files("Choose the scanned sheet"),
            self,
        )
        people = dialog.chosen() if self.run(dialog) else ()
        day, sheet = dialog.day, dialog.sheet
        dialog.deleteLater()
        if not people:
            return

        def note() -> None:
            self.around.bus.publish(policies.note_read(entry.id, people, day, "sheet"))
            self.say(f"{count(len(people), 'reading')} noted.")
            if sheet is not None:
                self.documents.add_files([sheet])

        self.attempt(note)

    def _left(self, entry_id: int) -> Sequence[KnownPerson]:
        found = (r for r in self.policies.readers() if r.entry.id == entry_id)
        return next((each.missing for each in found), ())

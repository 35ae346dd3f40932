"""The register of people, with lists from the school's system as its first step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from PySide6.QtWidgets import QDialog, QWidget

from dpdesk.desk import Desk
from dpdesk.law.words import count, long_date
from dpdesk.people.importing import ReadList
from dpdesk.people.moving_up import MovePlan
from dpdesk.people.undoing import Imported
from dpdesk.registers.entries import Entry, Listing
from dpdesk.registers.flagging import UseFlag
from dpdesk.registers.spreadsheet import Asked
from ui.kit.pieces.badges import Badge
from ui.kit.pieces.buttons import button
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.pieces.tasks import Progress
from ui.kit.register.flags_banner import FlagsBanner, flagged_badge
from ui.kit.register.register_room import RegisterRoom
from ui.kit.register.sheet_reading import Again, SheetReading
from ui.kit.register.table import BadgeMaker
from ui.people.children_panel import ChildrenPanel
from ui.people.import_dialog import PeopleImportDialog, Wanted
from ui.people.import_words import done_said
from ui.people.move_dialog import MoveDialog, MoveWanted

_KINDS = "Lists of people (*.xlsx *.xlsm *.csv *.tsv *.txt *.xml)"
_IMPORT = "Import a list"
_EMPTY = (
    "Pupils, parents and staff, so that consents, requests and redaction know who is who. Export a "
    "list from your school’s system (Excel, CSV or a Common Transfer File) and import it here."
)


_KIND_OF: Final = {"pupils": "pupil", "parents": "parent", "staff": "staff", "others": "other"}
"""Who somebody is that is added while the list shows only such people."""


class PeopleRoom(RegisterRoom):
    """The page "People"."""

    start_chip: ClassVar[str] = "pupils"

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        self._flags: Mapping[int, Sequence[UseFlag]] = {}
        self._read_for: Listing | None = None
        super().__init__(desk, desk.people.people, around, door, parent)
        self.importing = desk.people.importing
        self.look = self._show
        """Shows what a list would do; gives what was accepted. Tests answer for the user."""
        self.ask = self._ask
        """Shows what a new school year would do; gives what was accepted."""
        self.list.beginning = (_EMPTY, _IMPORT, self.bring_in)
        self.new_year = button(
            "New school year",
            "mdi6.calendar-arrow-right",
            does=self.move_up,
            hint="Moves all pupils up a year, and asks who leaves",
        )
        self.list.header.add_button(self.new_year)

    def panels(self) -> Sequence[QWidget]:
        """The children of an adult: the other end of a pupil's contacts."""
        self.children_panel = ChildrenPanel(self.desk.people.people)
        self.children_panel.opened.connect(partial(self.around.navigator.open_entry, self.key))
        return [self.children_panel]

    def furnish(self) -> None:
        """What must not be used stands above everything else."""
        self.flags = FlagsBanner(self.desk.people.people.flags_on, self.around)
        self.page.body.insertWidget(0, self.flags)
        self.page.shown.connect(self.flags.show_entry)

    def begun(self) -> Entry | None:
        """Whoever is added to a list of pupils is a pupil; it can be changed."""
        kind = _KIND_OF.get(self.list.query.chip)
        if kind is None:
            return None
        blank = self.service.blank()
        return replace(blank, values={**blank.values, "kind": kind})

    def badges(self) -> Mapping[str, BadgeMaker]:
        """The state says where data must not be used."""
        return {"state": self._state_badge}

    def _state_badge(self, listing: Listing, row: int) -> Badge | None:
        if listing is not self._read_for:
            self._read_for = listing
            self._flags = self.desk.people.people.flagged()
        key = listing.rows[row][3]
        if not key:
            return None
        state, flags = listing.register.state(key), self._flags.get(listing.id(row), ())
        if flags:
            return flagged_badge(state, flags)
        return Badge(state.label, state.icon, state.tone)

    def follow(self, entry: Entry) -> None:
        """Somebody else's contacts may have changed."""
        self.children_panel.show_entry(entry)

    # --- lists ---------------------------------------------------------------------------

    def bring_in(self) -> None:
        """Chooses a list, shows what it would do, and takes it in when accepted.

        Lists come in their own way, which knows parents and never makes anybody twice.
        """

        def read(name: str, content: bytes, asked: Asked, progress: Progress) -> ReadList:
            progress.step("Reading the list")
            return self.importing.read(
                name, content, asked=asked, cancelled=lambda: progress.cancelled
            )

        reading = SheetReading(self.around, read, "Reading the list")
        reading.choose("Choose a list of people", self._offer, kinds=_KINDS)

    def _offer(self, name: str, listing: ReadList, again: Again) -> None:
        if not self.isVisible():
            self.around.messages.say(
                "The list was read after you left this page. Import it again to see it.",
                tone="info",
            )
            return
        wanted = self.look(listing, name, again)
        if wanted is None:
            return

        def work(progress: Progress) -> Imported:
            if wanted.said:
                self.importing.remember(wanted.sheet, wanted.said)
            return self.importing.accept(
                wanted.plan,
                gone=wanted.gone,
                bring_back=wanted.bring_back,
                returned=wanted.returned,
                step=partial(progress.step, "Importing people"),
            )

        self.around.tasks.run(
            work, title="Importing people", on_success=partial(self._done, wanted)
        )

    # --- a new school year ---------------------------------------------------------------

    def move_up(self) -> None:
        """Shows where everybody would go, and moves them when accepted."""
        self.attempt(self._move_up)

    def _move_up(self) -> None:
        moving = self.desk.people.moving
        wanted = self.ask(moving.plan())
        if wanted is None:
            return

        def work(progress: Progress) -> Imported:
            return moving.accept(
                wanted.plan,
                wanted.leaving,
                wanted.day,
                forms=wanted.forms,
                step=partial(progress.step, "Moving up"),
            )

        moved = len(wanted.plan.moves) - len(wanted.leaving)
        gone = wanted.day < self.desk.people.people.today()
        leave = f"left on {long_date(wanted.day)}" if gone else f"leave on {long_date(wanted.day)}"
        said = f"{count(moved, 'pupil')} moved up."
        if wanted.leaving:
            said = f"{said[:-1]}, {len(wanted.leaving):,} {leave}."
        self.around.tasks.run(work, title="New school year", on_success=partial(self._moved, said))

    def _ask(self, plan: MovePlan) -> MoveWanted | None:
        dialog = MoveDialog(plan, self.around.now, self)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return dialog.wanted() if accepted else None

    def _moved(self, said: str, done: Imported) -> None:
        self.around.bus.publish(done.changes)
        self.around.messages.say(said, undo=partial(self._take_back, done))

    def _show(self, listing: ReadList, name: str, again: Again) -> Wanted | None:
        dialog = PeopleImportDialog(self.importing, listing, name, self, again=again)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return dialog.wanted() if accepted else None

    def _done(self, wanted: Wanted, done: Imported) -> None:
        self.around.bus.publish(done.changes)
        said = done_said(
            done,
            wanted.plan,
            left=len(wanted.gone),
            bring_back=wanted.bring_back,
            returned=wanted.returned,
        )
        self.around.messages.say(said, undo=partial(self._take_back, done))

    def _take_back(self, done: Imported) -> None:
        self.around.tasks.run(
            lambda progress: self.importing.take_back(done, partial(progress.step, "Undoing")),
            title="Undoing",
            on_success=self.around.bus.publish,
        )

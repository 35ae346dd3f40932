"""The information asset register, and the page of one asset with its gaps and rights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.words import count, long_date
from dpdesk.registers.entries import Changes, Entry, Listing
from dpdesk.registers.flagging import UseFlag
from ui.assets.gap_room import GapRoom
from ui.assets.next_step import Open
from ui.assets.rights_panel import RightsPanel
from ui.assets.starters import StarterPage
from ui.assets.summary import RegisterSummary
from ui.assets.workbook import Workbook
from ui.kit.pieces.badges import Badge
from ui.kit.pieces.next_step_card import Offer
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.flags_banner import FlagsBanner, flagged_badge
from ui.kit.register.policy_panel import PolicyPanel
from ui.kit.register.table import BadgeMaker

if TYPE_CHECKING:
    from dpdesk.assets.pick_lists import GapFound
    from dpdesk.assets.service import AssetProgress

PURPOSES, REVIEWS = "asset_purposes", "asset_reviews"
_USUAL = "Choose from typical records"
_EMPTY = (
    "List every set of records that the school holds. Where it holds personal data, "
    "the same entry is also your record of processing. Most of what schools hold is "
    "ready for you to choose from."
)


class AssetsRoom(GapRoom):
    """The page "Assets" of the assets tab."""

    begin_words = (
        "Say what it is and who owns it, and save. dpdesk then asks for what "
        "the law requires and shows what is missing; you can add the rest when "
        "you know it."
    )
    follows = ("systems", "retention_rules")
    part_places: ClassVar = {"review": REVIEWS}

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        self._progress: Mapping[int, AssetProgress] = {}
        self._flags: Mapping[str, Sequence[UseFlag]] = {}
        self._read_for: Listing | None = None
        super().__init__(desk, desk.assets.assets, around, door, parent)
        self.assets = desk.assets.assets
        self._starters: StarterPage | None = None
        self.workbook = Workbook(desk, around, door, self)
        self._build_summary()
        self.list.print_button.setText("Print list")  # beside "Print the register"
        self.list.export_button.setText("Export list")  # beside "Export for the ICO"
        self.list.beginning = (_EMPTY, _USUAL, self.show_starters)
        self.list.model.modelReset.connect(self._show_figures)

    def _build_summary(self) -> None:
        self.summary = RegisterSummary(self.list)
        self.list.body.insertWidget(1, self.summary)
        self.summary.add(
            "Export for the ICO",
            "mdi6.file-excel-outline",
            self.workbook.hand_over,
            "Save the register as the ICO’s own workbook, with its thirty columns",
        )
        self.summary.add(
            "Print the register",
            "mdi6.book-open-page-variant-outline",
            self.workbook.print_register,
            "Every entry in full, with the map and everything linked",
        )
        self.summary.add_to_menu(
            "Save a workbook to edit and import again",
            "mdi6.file-edit-outline",
            self.workbook.export,
        )
        self.summary.add_to_menu(
            "Import the edited workbook", "mdi6.file-import-outline", self.workbook.bring_in
        )
        self.summary.add_to_menu(_USUAL, "mdi6.playlist-check", self.show_starters)
        self.summary.add_to_menu("Print only the map", "mdi6.map-outline", self.workbook.print_map)

    # --- the list ------------------------------------------------------------------------

    def badges(self) -> Mapping[str, BadgeMaker]:
        """The state says how much is missing."""
        return {"state": self._state_badge}

    def _state_badge(self, listing: Listing, row: int) -> Badge | None:
        if listing is not self._read_for:
            self._read_for = listing
            self._progress = self.desk.assets.assets.progress()
            self._flags = self.desk.assets.assets.flagged()
        key = listing.rows[row][3]
        if not key:
            return None
        state = listing.register.state(key)
        if flags := self._flags.get(str(listing.raw(row, 0)), ()):
            return flagged_badge(state, flags)
        known = self._progress.get(listing.id(row))
        if known is None or key == "complete":
            return Badge(state.label, state.icon, state.tone)
        percent = int(known.answered * 100 / known.asked) if known.asked else 100
        gaps = count(known.gaps, "gap") if key == "gaps" else ""
        # Whole is no word for what has a gap, however many questions are answered.
        share = "" if gaps and percent == 100 else f"{percent}%"
        told = [gaps, f"{known.answered} of {known.asked} questions answered"]
        hint = f"{state.label}: {' · '.join(filter(None, told))}"
        return Badge(" · ".join(filter(None, (gaps, share))), state.icon, state.tone, hint)

    def _show_figures(self) -> None:
        listing = self.list.model.listing
        if listing is None:
            return
        kinds = {chip.key for chip in self.service.register.chips if not chip.standing}
        gaps = sum(number for key, number in listing.counts.items() if key in kinds)
        try:
            self.summary.show_figures(self.assets.meter(), gaps)
        except DpdeskError:
            # The list says so in its place.
            return

    # --- the usual records ---------------------------------------------------------------

    @property
    def starters(self) -> StarterPage:
        """The page with the usual records; made when it is first asked for."""
        if self._starters is None:
            self._starters = StarterPage(self.desk, self.around, self)
            self.addWidget(self._starters)
            self._starters.left.connect(self.show_list)
            self._starters.taken.connect(self._after_taking)
        return self._starters

    def show_starters(self) -> None:
        """Shows the usual records of a small school."""
        self.starters.reload()
        self.setCurrentWidget(self.starters)
        self.starters.take_focus()

    def _after_taking(self, changes: Changes) -> None:
        self.list.show_query()
        self.show_list()
        self.around.bus.publish(changes)
        self.around.messages.say(
            f"{count(len(changes.made), 'record')} added. Open each one and close its gaps.",
            undo=partial(self._put_back, changes),
        )

    def _put_back(self, changes: Changes) -> None:
        self.around.bus.publish(self.assets.take_back(changes))

    def can_leave(self) -> bool:
        """Nothing is lost with the page of usual records but ticks."""
        return self.currentWidget() is self._starters or super().can_leave()

    # --- the entry -----------------------------------------------------------------------

    def more_panels(self) -> Sequence[QWidget]:
        """The rights, as they follow from the bases."""
        self.rights = RightsPanel(self.assets.rights)
        self.policy = PolicyPanel(self.desk, self.around, lambda _entry: "assets")
        return [self.rights, self.policy]

    def stage_shown(self, stage: str) -> None:
        """What holds no personal data needs no lawful basis."""
        asked = bool(self.page.entry.id) and self.page.entry.values.get("personal") != "no"
        self.part(PURPOSES).setVisible(asked)

    def found(self, entry: Entry) -> Sequence[GapFound]:
        """The findings of an asset."""
        return self.assets.findings_of(entry)

    def meter(self, entry: Entry) -> tuple[int, int]:
        """How many of its questions are answered, purposes included."""
        return self.assets.completeness(entry)

    def missing(self, entry: Entry) -> Sequence[Open]:
        """The open questions of the asset, then those of its purposes."""
        found = list(super().missing(entry))
        if not entry.id or entry.values.get("personal") != "yes":
            return found
        service = self.assets.purposes
        for part in service.parts(entry.id):
            for field in service.missing(part.values):
                label = f"{field.label} ({part.title})"
                found.append((label, f"part:{PURPOSES}:{part.id}:{field.name}"))
        return found

    def settled(self, entry: Entry) -> tuple[str, Sequence[Offer]]:
        """When it is to be reviewed with its owner again."""
        owner = entry.values.get("owner") or "its owner"
        due = dt.date.fromisoformat(entry.due) if entry.due else None
        when = f" Review it with {owner} again by {long_date(due)}." if due else ""
        sign = ("Sign it off today", "mdi6.account-check-outline", f"part:{REVIEWS}:0:")
        return f"In order.{when}", [sign]

    def follow(self, entry: Entry) -> None:
        """A purpose changed the rights."""
        self.rights.show_entry(entry)
        super().follow(entry)

    def furnish(self) -> None:
        """The purposes are there where there are personal data."""
        super().furnish()
        self.flags = FlagsBanner(self.assets.flags_on, self.around)
        self.page.body.insertWidget(0, self.flags)
        self.page.shown.connect(self.flags.show_entry)
        self.page.shown.connect(lambda _entry: self.stage_shown(self.stage))

    def part_known(self, key: str) -> Mapping[str, Any]:
        """Gone through today with the owner, who confirmed it."""
        if key != REVIEWS:
            return {}
        return {
            "day": self.service.today(),
            "with_whom": self.page.entry.values.get("owner"),
            "outcome": "confirmed",
        }

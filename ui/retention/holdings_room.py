"""The holdings: what is kept, when each falls due and why, and what holds it up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from dpdesk.law.words import short_date
from ui.kit.pieces.badges import Badge, due_badge
from ui.kit.pieces.buttons import button
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.register_room import RegisterRoom
from ui.retention.blocks_panel import BlocksPanel
from ui.retention.due_page import KEY as DUE
from ui.retention.holding_step import HoldingStep
from ui.retention.many_page import ManyPage

if TYPE_CHECKING:
    from dpdesk.desk import Desk
    from dpdesk.law.clocks import ClockResult
    from dpdesk.registers.entries import Entry, Listing
    from ui.kit.register.table import BadgeMaker

_TYPING = 200


class HoldingsRoom(RegisterRoom):
    """The page Holdings of the retention tab. A spreadsheet is read into the lines for several."""

    importable = False

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.retention.holdings, around, door, parent)
        self.many_button = button(
            "Add several",
            "mdi6.table-plus",
            does=lambda: around.navigator.open_page(self.key, section="many"),
            hint="Type or paste a line for each",
        )
        self.sheet_button = button(
            "Import",
            "mdi6.file-upload-outline",
            does=self._import,
            hint="From a spreadsheet of boxes or files",
        )
        header = self.list.header.buttons
        for made in (self.sheet_button, self.many_button):
            header.insertWidget(header.count() - 1, made)
        self.list.add_action("Approve for disposal", "mdi6.archive-check-outline", self._approve)
        self.list.first_offer = ("Add several holdings", self.many_button.click)
        self._many: ManyPage | None = None

    @property
    def many(self) -> ManyPage:
        """The page for several; made when first asked for."""
        if self._many is None:
            self._many = ManyPage(self.desk, self.around, self)
            self.addWidget(self._many)
            self._many.closed.connect(self.show_list)
            self._many.added.connect(self._after_adding)
        return self._many

    def panels(self) -> Sequence[QWidget]:
        """What holds it up."""
        self.blocks = BlocksPanel(self.desk, self.around)
        return [self.blocks]

    def furnish(self) -> None:
        """The next step on top; the class decides which dates are asked."""
        self.step = HoldingStep(self.desk)
        self.page.body.insertWidget(0, self.step)
        self.step.asked.connect(self._do)
        self.page.shown.connect(self._shown)
        self._rule: int | None = None
        self._typed = QTimer(self, singleShot=True, interval=_TYPING)
        self._typed.timeout.connect(self._preview)
        self.page.form.changed.connect(self._follow_class)
        # What the period runs from follows from the class; nobody answers it.
        self.page.form.leave_out(["counts_from"])

    def badges(self) -> Mapping[str, BadgeMaker]:
        """What may be disposed of says since when; it alarms where a reason is missing."""
        return {**super().badges(), "due": self._due_badge}

    def due_badge(self, entry: Entry) -> Badge | None:
        """The same as in the list."""
        return self._badge(entry.state, str(entry.due or ""))

    def _due_badge(self, listing: Listing, place: int) -> Badge | None:
        return self._badge(listing.rows[place][3] or "", listing.rows[place][4] or "")

    def _badge(self, state: str, due: str) -> Badge | None:
        if not due:
            return None
        counting = state in {"running", "extended"}
        holdings = self.desk.retention.holdings
        if not counting or due >= holdings.today().isoformat():
            return due_badge(due, self.around.now(), settled=not counting)
        since = short_date(dt.date.fromisoformat(due))
        if holdings.long_overdue(due):
            hint = "Dispose of it, or give a reason for keeping it"
            return Badge(f"Overdue since {since}", "mdi6.alert-circle", "danger", hint)
        return Badge(f"Due since {since}", "mdi6.calendar-check-outline", "warn")

    # --- showing -------------------------------------------------------------------------

    def show_section(self, section: str) -> None:
        """The page for several."""
        if section == "many":
            self.setCurrentWidget(self.many)
            self.many.begin()
        else:
            self.show_list()

    def can_leave(self) -> bool:
        """Asks for the lines, too."""
        if self._many is not None and self.currentWidget() is self._many:
            return self._many.can_leave()
        return super().can_leave()

    def _after_adding(self) -> None:
        self.list.show_query(chip="all")
        self.show_list()

    def clock(self, entry: Entry) -> ClockResult | None:
        """When it falls due."""
        if not entry.id or entry.state == "disposed":
            return None
        return self.desk.retention.holdings.clock(entry)

    def follow(self, entry: Entry) -> None:
        """Something that holds it up changed."""
        self.step.show_entry(entry)
        self.blocks.show_entry(entry)

    def _shown(self, entry: Entry) -> None:
        self._rule = entry.values.get("rule")
        self.step.show_entry(entry)
        gone = entry.state == "disposed"
        self.page.form.set_read_only(gone or entry.archived)
        if gone:
            self.page.banner.say(
                "This has been disposed of. Its entry can no longer be changed.", "quiet"
            )

    def _follow_class(self) -> None:
        """Asks for the dates of the class as soon as it is chosen."""
        form = self.page.form
        values = form.values()
        rule = values.get("rule")
        if rule != self._rule:
            self._rule = rule
            known: dict[str, Any] = {"counts_from": None}
            if rule is not None:
                known |= self.desk.retention.holdings.asked(rule)
                entry = self.desk.retention.schedule.load(rule)
                if values.get("one_person") is None and entry.values.get("per_person") == "yes":
                    known["one_person"] = "yes"
            form.set_values({**values, **form.typed(), **known}, clean=False)
        self._typed.start()

    def _preview(self) -> None:
        if self.page.dirty or not self.page.entry.id:
            values = {n: v for n, v in self.page.form.values().items() if v is not None}
            self.step.preview(values)

    def _import(self) -> None:
        self.around.navigator.open_page(self.key, section="many")
        self.many.choose_sheet()

    # --- doing ---------------------------------------------------------------------------

    def _do(self, name: str) -> None:
        what, _, detail = name.partition(":")
        actions: dict[str, Callable[[], object]] = {
            "approve": lambda: self._approve((self.page.entry.id,)),
            "field": lambda: self.page.form.focus_field(detail),
            "missing": self._go_to_missing,
            "open": lambda: self._open(detail),
        }
        actions[what]()

    def _approve(self, numbers: tuple[int, ...]) -> None:
        references = [self.service.load(number).reference for number in numbers]
        self.around.navigator.open_page(DUE, section=" ".join(references))

    def _open(self, detail: str) -> None:
        register, _, number = detail.partition(":")
        self.around.navigator.open_entry(register, int(number))

    def _go_to_missing(self) -> None:
        form, register = self.page.form, self.service.register
        dates = (field.name for field in register.fields if field.section == "dates")
        asked = (name for name in dates if not form.rows[name].isHidden())
        first = next((name for name in asked if form.values().get(name) is None), "rule")
        form.focus_field(first)

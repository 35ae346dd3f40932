"""The room of a register: its list and the page of one entry, joined with everything around them.

A feature's room subclasses :class:`RegisterRoom` and says only what is special to it: its clock,
its own panels, and the stages during which its parts are asked for. A register with nothing
special needs no subclass.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.clocks import ClockResult, Step
from dpdesk.people.named_here import NameOffer
from dpdesk.registers.entries import Changes, Entry, LinkedEntry
from dpdesk.registers.fields import Stage
from dpdesk.registers.service import RegisterService
from ui.kit.pieces.area_page import AreaPage
from ui.kit.pieces.badges import Badge, called_due, entry_due_badge
from ui.kit.pieces.cards import hide_unless, row
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.shelf import PageStack
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.documents_panel import DocumentsPanel
from ui.kit.register.entry_page import EntryPage
from ui.kit.register.named_panel import NamedPanel
from ui.kit.register.parts_panel import PartsPanel
from ui.kit.register.rail import LinksPanel, WhyPanel
from ui.kit.register.register_page import RegisterPage, ShownList
from ui.kit.register.spreadsheets import Spreadsheets
from ui.kit.register.table import BadgeMaker


class RegisterRoom(AreaPage, PageStack):
    """A list and the page of an entry.

    A subclass may override ``panels``, ``clock``, ``stage_of``, ``done_of``, ``settle``,
    ``furnish`` and ``part_stages``. ``importable``: may entries come from a spreadsheet?
    """

    part_stages: ClassVar[Mapping[str, str]] = {}
    """During which stage each kind of part is asked for; parts not named here always are."""
    parts_elsewhere: ClassVar[frozenset[str]] = frozenset()
    """Kinds of parts that a page of the room's own shows, and not the page of the entry."""
    start_chip: ClassVar[str] = ""
    missing_for: ClassVar[str] = ""
    importable: ClassVar[bool] = True
    keeps_documents: ClassVar[bool] = True
    """May files be dropped on an entry?"""

    def __init__(
        self,
        desk: Desk,
        service: RegisterService[Any, Any],
        around: Surroundings,
        door: PaperDoor,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.service = service
        self.around = around
        self.door = door
        self.key = self.begins = service.register.key
        self.title = service.register.title
        self.icon = service.register.icon
        self.help_page = service.register.help_page
        self._stage = ""
        self._page: EntryPage | None = None
        self.list = RegisterPage(
            service,
            around,
            badges=self.badges(),
            start_chip=self.start_chip,
            importable=self.importable,
            parent=self,
        )
        self.addWidget(self.list)
        # Kept here: a signal does not keep what it calls alive.
        self._sheets = Spreadsheets(service, around, door, parent=self)
        self.list.print_asked.connect(self._print_list)
        self.list.export_asked.connect(self._sheets.export)
        self.list.import_asked.connect(self.bring_in)
        around.bus.changed.connect(self._follow)

    @property
    def page(self) -> EntryPage:
        """The page of an entry; made when the first one is opened, so that the list is quick."""
        if self._page is None:
            # A page of a hundred questions takes a moment: the pointer says so.
            QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                self._page = self._make_page()
                self.addWidget(self._page)
                self._connect()
                self.furnish()
            finally:
                QApplication.restoreOverrideCursor()
        return self._page

    def _make_page(self) -> EntryPage:
        self.why = WhyPanel(self._steps)
        self.links = LinksPanel(self.linked, changeable=True)
        self.named = NamedPanel(self._named)
        # A child from the beginning: where no documents are kept it stands in no rail, and must end
        # with its room all the same.
        self.documents = DocumentsPanel(self.desk.documents, self.around, self.settle, self)
        hide_unless(self.documents, self.keeps_documents)
        own = list(self.panels())
        kept: list[QWidget] = [self.documents] if self.keeps_documents else []
        return EntryPage(
            self.service,
            self.around,
            parts=self.desk.parts.get(self.key, ()),
            panels=[*kept, *own, self.why, self.named, self.links],
            stage_of=self.stage_of,
            done_of=self.done_of if self.service.register.stages else None,
            stages_of=self.stages_for,
            neighbours=self.list.ids,
            missing_for=self.missing_for,
            badge_of=self.due_badge,
            parent=self,
        )

    def _connect(self) -> None:
        for panel in self.page.parts:
            panel.known = partial(self.part_known, panel.register.key)
        self.page.shown.connect(self._show_parts)
        self.page.made.connect(self._after_first_save)
        self.page.stages.chosen.connect(self._choose_stage)
        self.page.print_asked.connect(self._print_entry)
        self.why.print_asked.connect(self._print_why)
        self.links.opened.connect(self.around.navigator.open_entry)
        self.links.add_asked.connect(self._draw_link)
        self.links.remove_asked.connect(self._cut_link)
        self.named.chosen.connect(self._link_named)

    # --- what a room adds ----------------------------------------------------------------

    def badges(self) -> Mapping[str, BadgeMaker]:
        """Badges of its own for columns of the list, by the column's name."""
        return {}

    def panels(self) -> Sequence[QWidget]:
        """Panels of its own for the rail, between the documents and "Why this date?"."""
        return ()

    def furnish(self) -> None:
        """Puts cards of its own into the page, once everything stands."""

    def clock(self, entry: Entry) -> ClockResult | None:
        """The clock of an entry; None where it has none. Raises DpdeskError for bad facts."""
        return None

    def stage_of(self, entry: Entry) -> str:
        """The stage that the work on an entry is in."""
        stages = self.service.register.stages
        return entry.state or (stages[0].key if stages else "")

    def stages_for(self, entry: Entry) -> Sequence[Stage]:
        """The stages that the work on an entry goes through; by default all there are."""
        return self.service.register.stages

    def done_of(self, entry: Entry) -> Collection[str]:
        """The stages in which something was really done."""
        keys = [stage.key for stage in self.service.register.stages]
        now = self.stage_of(entry)
        return keys[: keys.index(now)] if now in keys else ()

    def due_badge(self, entry: Entry) -> Badge | None:
        """How far off the due date is, for the head of the page: no heading stands over it."""
        return called_due(entry_due_badge(entry, self.around.now()))

    def linked(self, entry: Entry) -> Sequence[LinkedEntry]:
        """What an entry is linked with; a room leaves it out where thousands point to one."""
        return self.desk.links.of_entry(self.key, entry.id)

    def settle(self, entry_id: int) -> Changes:
        """What else changes when the documents of an entry do."""
        return Changes(frozenset({(self.key, entry_id)}))

    def part_stage(self, key: str, entry: Entry) -> str:
        """During which stage a kind of part of an entry is asked for; empty: always."""
        return self.part_stages.get(key, "")

    def follow(self, entry: Entry) -> None:
        """Something about the entry shown changed; cards of the room read it afresh."""

    def begun(self) -> Entry | None:
        """What a new entry begins with; None: the usual answers of its register."""
        return None

    def part_known(self, key: str) -> Mapping[str, Any]:
        """What is known of a part of that kind when it is begun; offered, not saved."""
        return {}

    def bring_in(self) -> None:
        """Takes entries in from a spreadsheet."""
        self._sheets.bring_in()

    def take_sub_bar(self, bar: QWidget) -> None:
        """Puts the way to the other pages of the area at the head of the list."""
        self.list.body.insertLayout(0, row(bar, None))

    # --- going ---------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """The stage whose questions are shown."""
        return self.stage

    def take_focus(self) -> None:
        """The keyboard comes to the list, or stays in what is shown in its place."""
        if self.currentWidget() is self.list:
            self.list.take_focus()
        elif self._page is not None and QApplication.focusWidget() is None:
            # As when it was opened: its name is said, and Tab leads to what comes first.
            self._page.setFocus()
        else:
            super().take_focus()

    def show_list(self) -> None:
        """Shows the list."""
        self.setCurrentWidget(self.list)

    def show_chip(self, chip: str) -> None:
        """Shows the list with one of its filters."""
        self.list.show_query(chip=chip)
        self.show_list()

    def open_entry(self, entry_id: int, place: str = "") -> None:
        """Shows an entry at a stage, section or question; by default where its work stands."""
        self.page.open(entry_id)
        # Before it is seen: only the questions of the stage that is shown are drawn.
        self.choose_stage(place or self.stage_of(self.page.entry))
        self.setCurrentWidget(self.page)
        if self.stage != place:
            self._go_to(place)

    def _go_to(self, place: str) -> None:
        register = self.service.register
        if place in {section.key for section in register.sections}:
            self.page.form.focus_section(place)
        elif place in self.page.form.rows:
            self.page.form.focus_field(place)

    def new_entry(self, like: int = 0) -> None:
        """Begins a new entry."""
        self.page.open_new(like, self.begun())
        stages = self.service.register.stages
        self.choose_stage(stages[0].key if stages else "")
        self.setCurrentWidget(self.page)
        known = self.page.form.values()
        required = [f.name for f in self.service.register.fields if f.required]
        unanswered = (name for name in required if known.get(name) is None)
        if required:
            self.page.form.focus_field(next(unanswered, required[0]))

    def _after_first_save(self, entry: Entry) -> None:
        """What was begun is an entry now: its page shows what comes next, from the top."""
        self.choose_stage(self.stage_of(entry))
        self.page.area.verticalScrollBar().setValue(0)
        # The question that had the keyboard may be gone with its stage: Tab leads on from the top.
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def use_kept(self) -> None:
        """Takes up what was kept of the entry shown."""
        if self.currentWidget() is self._page:
            self.page.use_kept()

    def can_leave(self) -> bool:
        """Asks, where something typed is not saved, whether it may be left."""
        return self.currentWidget() is self.list or self.page.can_leave()

    def choose_stage(self, stage: str) -> None:
        """Shows the questions and parts of one stage; empty shows everything."""
        known = {each.key for each in self.service.register.stages}
        stage = stage if stage in known else ""
        self.page.stages.choose(stage)
        self.page.form.show_stage(stage)
        self.page.show_missing()
        self._choose_stage(stage)

    def part(self, key: str) -> PartsPanel:
        """The panel of one kind of part."""
        return next(panel for panel in self.page.parts if panel.register.key == key)

    @property
    def stage(self) -> str:
        """The stage whose questions are shown; empty for all."""
        return self._stage

    def stage_shown(self, stage: str) -> None:
        """Another stage is shown; a room shows or hides cards of its own."""

    def _choose_stage(self, stage: str) -> None:
        self._stage = stage
        self._show_parts(self.page.entry)
        self.stage_shown(stage)

    def _show_parts(self, entry: Entry) -> None:
        for panel in self.page.parts:
            stage = self.part_stage(panel.register.key, entry)
            here = not stage or self._stage in {"", stage}
            here &= panel.register.key not in self.parts_elsewhere
            panel.setVisible(bool(entry.id) and here)

    def _follow(self, changes: Changes) -> None:
        entry_id = self._page.entry.id if self._page is not None else 0
        if entry_id and (self.key, entry_id) in changes.entries:
            try:
                entry = self.service.load(entry_id)
            except DpdeskError:
                # The page says so when it is used.
                return
            for panel in (self.named, self.links):
                panel.show_entry(entry)
            self.follow(entry)

    # --- links ---------------------------------------------------------------------------

    def _draw_link(self, entry: Entry) -> None:
        reference = self.around.prompter.ask_words(
            "Link it to which entry?",
            details="Its reference, for example SAR-2026-001.",
        )
        if not reference:
            return
        for key, service in self.desk.registers.items():
            try:
                other = service.find(reference.strip().upper())
                changes = self.desk.links.draw(self.key, entry.id, key, other.id)
            except DpdeskError:
                continue
            self.around.bus.publish(changes)
            return
        self.say(f"There is no other entry {reference}.", tone="warn")

    def _named(self, entry: Entry) -> Sequence[NameOffer]:
        """People on record who are named in the entry and not linked with it yet."""
        if not self.desk.people.named.asks(self.service):
            return ()
        linked = [each.id for each in self.linked(entry) if each.register == "people"]
        return self.desk.people.named.offers(self.service, entry, linked)

    def _link_named(self, number: int) -> None:
        changes = self.desk.links.draw(self.key, self.page.entry.id, "people", number)
        self.around.bus.publish(changes)
        self.say("Linked. What was typed stays.")

    def _cut_link(self, link: LinkedEntry) -> None:
        self.around.bus.publish(self.desk.links.cut(link.link_id))

    # --- paper ---------------------------------------------------------------------------

    def _steps(self, entry: Entry) -> Sequence[Step]:
        clock = self._clock(entry)
        return clock.steps if clock is not None else ()

    def _clock(self, entry: Entry) -> ClockResult | None:
        try:
            return self.clock(entry)
        except DpdeskError:
            # The form says what is wrong with the facts.
            return None

    def _print_list(self, shown: ShownList) -> None:
        self.door.offer(
            lambda: self.desk.prints.listing(shown.listing, shown.columns).content,
            f"{self.title} list",
        )

    def _print_entry(self, entry: Entry) -> None:
        self.door.offer(
            lambda: self.desk.prints.entry(entry, self._clock(entry)).content, entry.reference
        )

    def _print_why(self, entry: Entry) -> None:
        clock = self._clock(entry)
        if clock is not None:
            self.door.offer(
                lambda: self.desk.prints.why(entry, clock).content,
                f"{entry.reference} why this date",
            )

    # --- for rooms -----------------------------------------------------------------------

    def say(self, text: str, *, tone: str = "ok") -> None:
        """Says one sentence in the message bar."""
        self.around.messages.say(text, tone=tone)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Does something that may be refused; the message bar says why. True where it worked."""
        try:
            act()
        except DpdeskError as error:
            self.say(str(error), tone="danger")
            return False
        return True

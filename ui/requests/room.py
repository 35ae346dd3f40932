"""The log of requests, and the page of one request with its stages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.clocks import Step
from dpdesk.registers.entries import Changes, Entry, LinkedEntry
from ui.kit.documents_panel import DocumentsPanel
from ui.kit.entry_page import EntryPage
from ui.kit.paper_door import PaperDoor
from ui.kit.parts_panel import PartsPanel
from ui.kit.rail import LinksPanel, WhyPanel
from ui.kit.register_page import RegisterPage
from ui.kit.spreadsheets import Spreadsheets
from ui.kit.surroundings import Surroundings
from ui.requests.letters_panel import LettersPanel
from ui.requests.next_step import NextStep

REGISTER = "requests"
PART_STAGES = {"clarifications": "clarify", "searches": "search", "handovers": "respond"}
"""During which stage each kind of part is asked for."""


class RequestsRoom(QStackedWidget):
    """The requests tab. ``releases`` is the panel of releases, which belongs to another room."""

    key = REGISTER
    title = "Requests"
    icon = "mdi6.email-outline"

    def __init__(
        self,
        desk: Desk,
        around: Surroundings,
        door: PaperDoor,
        *,
        releases: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._around = around
        self._door = door
        self._stage = ""
        self.list = RegisterPage(desk.requests, around, importable=True)
        self._build_page(releases)
        self.addWidget(self.list)
        self.addWidget(self.page)
        self._connect()

    def _build_page(self, releases: Sequence[QWidget]) -> None:
        desk, around = self._desk, self._around
        self.next_step = NextStep(desk)
        self.why = WhyPanel(self._steps)
        self.documents = DocumentsPanel(desk.documents, around, desk.requests.settle)
        self.letters = LettersPanel(desk, around, self._door)
        self.links = LinksPanel(
            lambda entry: desk.links.of_entry(REGISTER, entry.id), changeable=True
        )
        self.page = EntryPage(
            desk.requests,
            around,
            parts=desk.parts[REGISTER],
            panels=[self.documents, *releases, self.why, self.letters, self.links],
            stage_of=lambda entry: entry.state or "logged",
            done_of=self._done,
            neighbours=self.list.ids,
        )
        self.page.body.insertWidget(0, self.next_step)
        # Above the questions: it is what the stage Respond is about.
        handovers = self._part("handovers")
        self.page.body.removeWidget(handovers)
        self.page.body.insertWidget(1, handovers)

    def _connect(self) -> None:
        # Kept here: a signal does not keep what it calls alive.
        self._sheets = Spreadsheets(self._desk.requests, self._around, self._door, parent=self)
        self.list.print_asked.connect(self._print_list)
        self.list.export_asked.connect(self._sheets.export)
        self.list.import_asked.connect(self._sheets.bring_in)
        self.page.shown.connect(self.next_step.show_entry)
        self.page.shown.connect(self._show_parts)
        self.page.stages.chosen.connect(self._choose_stage)
        self.page.print_asked.connect(self._print_entry)
        self.why.print_asked.connect(self._print_why)
        self.links.opened.connect(self._around.navigator.open_entry)
        self.links.add_asked.connect(self._draw_link)
        self.links.remove_asked.connect(self._cut_link)
        self.next_step.asked.connect(self._do)
        self.page.form.changed.connect(self._preview)
        self._around.bus.changed.connect(self._follow)

    # --- going ---------------------------------------------------------------------------

    def show_list(self) -> None:
        """Shows the log."""
        self.setCurrentWidget(self.list)

    def show_chip(self, chip: str) -> None:
        """Shows the log with one of its filters."""
        self.list.show_query(chip=chip)
        self.show_list()

    def open_entry(self, entry_id: int, place: str = "") -> None:
        """Shows a request at a stage; by default at the one its work has reached."""
        self.page.open(entry_id)
        self.setCurrentWidget(self.page)
        state = self.page.entry.state
        self.choose_stage(place or (state if state != "closed" else ""))

    def new_entry(self, like: int = 0) -> None:
        """Begins a new request."""
        self.page.open_new(like)
        self.setCurrentWidget(self.page)
        self.choose_stage("logged")
        self.page.form.focus_field("subject")

    def can_leave(self) -> bool:
        """Asks, where something typed is not saved, whether it may be left."""
        return self.currentWidget() is not self.page or self.page.can_leave()

    def choose_stage(self, stage: str) -> None:
        """Shows the questions and parts of one stage; empty shows everything."""
        known = {each.key for each in self._desk.requests.register.stages}
        stage = stage if stage in known else ""
        self.page.stages.choose(stage)
        self.page.form.show_stage(stage)
        self._choose_stage(stage)

    def _choose_stage(self, stage: str) -> None:
        self._stage = stage
        self._show_parts(self.page.entry)

    def _show_parts(self, entry: Entry) -> None:
        for panel in self.page.parts:
            stage = PART_STAGES[panel.register.key]
            panel.setVisible(bool(entry.id) and self._stage in {"", stage})

    def _part(self, key: str) -> PartsPanel:
        return next(panel for panel in self.page.parts if panel.register.key == key)

    def _done(self, entry: Entry) -> Collection[str]:
        if not entry.id:
            return ()
        progress = self._desk.review.progress(REGISTER, entry.id)
        reviewed = 0 < progress.pages == progress.reviewed
        return self._desk.requests.done(entry, reviewed=reviewed)

    def _preview(self) -> None:
        if not self.page.entry.id:
            self.next_step.preview(self.page.form.values())

    def _follow(self, changes: Changes) -> None:
        """A part or a document changed what comes next."""
        entry_id = self.page.entry.id
        if entry_id and (REGISTER, entry_id) in changes.entries:
            self.next_step.show_entry(self._desk.requests.load(entry_id))

    # --- doing ---------------------------------------------------------------------------

    def _do(self, name: str) -> None:
        what, _, detail = name.partition(":")
        actions: dict[str, Callable[[], object]] = {
            "places": self._add_places,
            "files": self.documents.choose_files,
            "workbench": lambda: self._around.navigator.open_page(
                "workbench", entry_id=self.page.entry.id
            ),
            "letter": lambda: self.letters.write(detail),
            "handover": self._note_handover,
            "close": self._close_today,
            "outcome": self._note_outcome,
        }
        actions[what]()

    def _add_places(self) -> None:
        try:
            added = self._desk.requests.start_searches(self.page.entry.id)
        except DpdeskError as error:
            self._around.messages.say(str(error), tone="danger")
            return
        self.choose_stage("search")
        self._around.messages.say(f"{added} places added. Change or remove what does not fit.")
        self._around.bus.publish(self._desk.requests.settle(self.page.entry.id))

    def _note_handover(self) -> None:
        self.choose_stage("respond")
        entry = self.page.entry
        releases = self._desk.releases.of_request(entry.id)
        self._part("handovers").begin(
            {
                "given_on": self._desk.requests.today(),
                "to_whom": entry.values.get("requester") or entry.values.get("subject"),
                "release_number": releases[-1].number if releases else None,
                "by_whom": self._desk.school.particulars().dpo_name,
            }
        )

    def _close_today(self) -> None:
        self.choose_stage("closed")
        form = self.page.form
        form.set_values({**form.values(), "closed": self._desk.requests.today()}, clean=False)
        form.focus_field("outcome")

    def _note_outcome(self) -> None:
        self.choose_stage("closed")
        self.page.form.focus_field("outcome")

    def _steps(self, entry: Entry) -> Sequence[Step]:
        try:
            return self._desk.requests.clock(entry).steps
        except DpdeskError:
            return ()

    def _draw_link(self, entry: Entry) -> None:
        reference = self._around.prompter.ask_words(
            "Which entry is it linked with?", details="Its reference, for example SAR-2026-001."
        )
        if not reference:
            return
        for key, service in self._desk.registers.items():
            try:
                other = service.find(reference.strip().upper())
            except DpdeskError:
                continue
            changes = self._desk.links.draw(REGISTER, entry.id, key, other.id)
            self._around.bus.publish(changes)
            return
        self._around.messages.say(f"There is no entry {reference}.", tone="warn")

    def _cut_link(self, link: LinkedEntry) -> None:
        self._around.bus.publish(self._desk.links.cut(link.link_id))

    # --- printing ------------------------------------------------------------------------

    def _print_list(self, shown: object) -> None:
        listing = shown.listing  # type: ignore[attr-defined]  # a Shown, through a signal
        columns = shown.columns  # type: ignore[attr-defined]  # as above
        self._door.offer(
            lambda: self._desk.prints.listing(listing, columns).content, "Requests list"
        )

    def _print_entry(self, entry: Entry) -> None:
        self._door.offer(
            lambda: self._desk.prints.entry(entry, self._desk.requests.clock(entry)).content,
            entry.reference,
        )

    def _print_why(self, entry: Entry) -> None:
        self._door.offer(
            lambda: self._desk.prints.why(entry, self._desk.requests.clock(entry)).content,
            f"{entry.reference} why this date",
        )

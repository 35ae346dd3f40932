"""The log of requests, and the page of one request with its stages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from dpdesk.desk import Desk
from dpdesk.errors import DpdeskError
from dpdesk.law.clocks import ClockResult
from dpdesk.law.request_kinds import kind_rules
from dpdesk.registers.entries import Changes, Entry
from dpdesk.registers.fields import Stage
from dpdesk.requests.asking import Awaited
from dpdesk.requests.search_terms import as_noted
from dpdesk.requests.states import places_of, stages_of
from ui.kit.pieces.badges import Badge, entry_due_badge
from ui.kit.pieces.buttons import button
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.register_room import RegisterRoom
from ui.kit.register.table import BadgeMaker
from ui.requests.ask_colleague import AskColleague
from ui.requests.destroying import destroy_papers
from ui.requests.due_words import badge_of_row, with_purpose
from ui.requests.letter_page import RequestLetterPage
from ui.requests.letters_panel import RequestLettersPanel
from ui.requests.next_step import NextStep
from ui.requests.people_panel import PeoplePanel
from ui.requests.policy_panel import RequestPolicyPanel
from ui.requests.searches_together import SearchesTogether

REGISTER = "requests"
_NOWHERE: Final = "-"
"""Stage of parts that a kind of request does not have."""
_LETTER = "letter:"
FIRST: Final = (
    "kind",
    "subject",
    "subject_kind",
    "received",
    "channel",
    "asked",
    "notes",
    "relationship",
    "requester",
)
"""What is asked at first: a request made in the car park is in the log within a minute."""


class RequestsRoom(RegisterRoom):
    """The requests tab. ``releases`` is the panel of releases, which belongs to another room."""

    parts_elsewhere: ClassVar = frozenset({"request_letters"})
    part_stages: ClassVar = {
        "clarifications": "clarify",
        "searches": "search",
        "request_enquiries": "enquire",
        "request_recipients": "act",
        "handovers": "respond",
        "request_feedback": "closed",
    }

    def __init__(
        self,
        desk: Desk,
        around: Surroundings,
        door: PaperDoor,
        *,
        releases: Callable[[], Sequence[QWidget]] = tuple,
        parent: QWidget | None = None,
    ) -> None:
        self._releases = releases
        super().__init__(desk, desk.requests.requests, around, door, parent)

    def panels(self) -> Sequence[QWidget]:
        """The bundles, the letters, and where the policy says something else than the law."""
        self.people = PeoplePanel(self.desk)
        self.people.chosen.connect(self._link_person)
        self.people.opened.connect(self._open_person)
        self.letters = RequestLettersPanel(self.desk, self.door)
        self.letters.asked.connect(self.write_letter)
        self.policy = RequestPolicyPanel(self.desk, self.around)
        return [self.people, *self._releases(), self.letters, self.policy]

    def furnish(self) -> None:
        """The next step on top; the handover above the questions, as Respond is about it."""
        self.documents.notes_of = self.desk.disclosure.sorting.notes
        self.next_step = NextStep(self.desk)
        self.page.body.insertWidget(0, self.next_step)
        handovers = self.part("handovers")
        self.page.body.removeWidget(handovers)
        self.page.body.insertWidget(1, handovers)
        # A question to the requester is the usual case, more time the rare one.
        clarifications = self.part("clarifications")
        self.page.body.removeWidget(clarifications)
        self.page.body.insertWidget(2, clarifications)
        self.together = SearchesTogether(self.desk, self.around)
        self.asking = AskColleague(self.desk, self.around, self.door)
        self.asking.answered.connect(self._record_answer)
        searches = self.part("searches")
        searches.suggested = self._suggest_search
        searches.add(self.asking)
        searches.add(self.together)
        self.part("request_recipients").head.addWidget(
            button("From the asset register", "mdi6.playlist-plus", does=self._add_recipients)
        )
        self._fitted: str | None = ""
        self._logging = False
        self.page.shown.connect(self._ask_all_of_known)
        self.page.shown.connect(lambda _entry: self._fit_kind())
        self.page.shown.connect(self.next_step.show_entry)
        self.page.shown.connect(self._shut)
        self.page.shown.connect(self.asking.show_entry)
        self.page.shown.connect(self.together.show_entry)
        self.next_step.asked.connect(self._do)
        self.letter = RequestLetterPage(self.desk, self.around, self.door)
        self.letter.closed.connect(self._close_letter)
        self.addWidget(self.letter)
        self.currentChanged.connect(self._turn_help)
        self.page.form.changed.connect(self._preview)

    def badges(self) -> Mapping[str, BadgeMaker]:
        """The due date says what is due."""
        return {"due": lambda listing, row: badge_of_row(listing, row, self.around.now())}

    def due_badge(self, entry: Entry) -> Badge | None:
        """What is due, and when."""
        return with_purpose(entry_due_badge(entry, self.around.now()), entry.state)

    def clock(self, entry: Entry) -> ClockResult | None:
        """The month of a request."""
        return self.desk.requests.requests.clock(entry)

    def stages_for(self, entry: Entry) -> Sequence[Stage]:
        """Those of its kind; of a new one, of the kind that is chosen."""
        return stages_of(self._kind(entry))

    def part_stage(self, key: str, entry: Entry) -> str:
        """Where the kind does not have the stage of a part, the part is not asked for."""
        stage = super().part_stage(key, entry)
        if key == "request_recipients" and not kind_rules(self._kind(entry)).told:
            return _NOWHERE
        known = {each.key for each in self.stages_for(entry)}
        return stage if stage in known else _NOWHERE

    def _show_parts(self, entry: Entry) -> None:
        """What this kind does not have is not shown, unless something was noted there."""
        super()._show_parts(entry)
        for panel in self.page.parts:
            nowhere = self.part_stage(panel.register.key, entry) == _NOWHERE
            if nowhere and not (entry.id and panel.service.parts(entry.id)):
                panel.setVisible(False)

    def _kind(self, entry: Entry) -> str | None:
        # What is typed counts before it is saved: the page follows the kind at once.
        typed = self._page.form.values().get("kind") if self._page is not None else None
        return typed or entry.values.get("kind")

    def _fit_kind(self) -> None:
        """The stages and sections of the page follow the kind."""
        kind = self._kind(self.page.entry)
        if kind != self._fitted:
            self._fitted = kind
            self.page.stages.offer(stages_of(kind))
            self.page.form.set_stages(places_of(kind))

    def stage_of(self, entry: Entry) -> str:
        """Its state, by another word only for a new one and one whose papers are gone."""
        return "closed" if entry.state == "disposed" else entry.state or "logged"

    def done_of(self, entry: Entry) -> Collection[str]:
        """The stages for which something was really noted."""
        if not entry.id:
            return ()
        progress = self.desk.disclosure.review.progress(REGISTER, entry.id)
        reviewed = 0 < progress.pages == progress.reviewed
        return self.desk.requests.requests.done(entry, reviewed=reviewed)

    def settle(self, entry_id: int) -> Changes:
        """Documents move a request on."""
        return self.desk.requests.requests.settle(entry_id)

    def follow(self, entry: Entry) -> None:
        """A part or a document changed what comes next."""
        self.next_step.show_entry(entry)
        self.asking.show_entry(entry)
        self.together.show_entry(entry)

    # --- letters -------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """The stage shown, or the letter that is being written."""
        return f"{_LETTER}{self.letter.kind}" if self._writing else self.stage

    @property
    def _writing(self) -> bool:
        return self._page is not None and self.currentWidget() is self.letter

    def open_entry(self, entry_id: int, place: str = "") -> None:
        """Shows a request at a stage, section or question, or one of its letters."""
        letter = place.removeprefix(_LETTER) if place.startswith(_LETTER) else ""
        super().open_entry(entry_id, "" if letter else place)
        if letter:
            self.write_letter(letter)

    def write_letter(self, kind: str) -> None:
        """Shows a letter as it will print, to be changed; what was typed is saved first."""
        if self.page.dirty and not self.page.save():
            return
        self.letter.show_entry(self.page.entry.id, kind)
        self.setCurrentWidget(self.letter)

    def _turn_help(self, _place: int) -> None:
        self.help_page = "letters" if self._writing else self.service.register.help_page

    def _close_letter(self) -> None:
        stage = self.stage
        self.page.open(self.page.entry.id)
        self.setCurrentWidget(self.page)
        self.choose_stage(stage)

    def can_leave(self) -> bool:
        """The words of a letter are kept; of a request it is asked."""
        return self.letter.keep() if self._writing else super().can_leave()

    def new_entry(self, like: int = 0) -> None:
        """Begins a new request at the name, with the few questions that cannot wait."""
        super().new_entry(like)
        self._logging = True
        if not like:
            self.page.form.show_only(FIRST)
        self.page.form.focus_field("subject")

    def begun(self) -> Entry:
        """A request is logged on the day it arrives, if all goes well: today is filled in."""
        blank = self.service.blank()
        return replace(blank, values={**blank.values, "received": self.service.today()})

    def _after_first_save(self, entry: Entry) -> None:
        """Who asks, and that they may, is settled before the work goes on to the search."""
        super()._after_first_save(entry)
        if self.next_step.unsettled(entry):
            self.choose_stage("logged")

    def _preview(self) -> None:
        self._fit_kind()
        if not self.page.entry.id:
            self.next_step.preview(self.page.form.values())

    # --- doing ---------------------------------------------------------------------------

    def _do(self, name: str) -> None:
        what, _, detail = name.partition(":")
        actions: dict[str, Callable[[], object]] = {
            "places": self._add_places,
            "searches": self._record_searches,
            "recipients": self._add_recipients,
            "enquiry": self._begin_enquiry,
            "reply": self._record_reply,
            "portable": self._save_portable,
            "files": self.documents.choose_files,
            "workbench": lambda: self.around.navigator.open_page(
                "workbench", entry_id=self.page.entry.id
            ),
            "sort": lambda: self.around.navigator.open_page(
                "workbench", entry_id=self.page.entry.id, sort=True
            ),
            "letter": lambda: self.write_letter(detail),
            "handover": self._note_handover,
            "close": self._close_today,
            "destroy": self._destroy,
            "case_file": self.letters.print_case,
            "feedback": self._note_feedback,
            "field": lambda: self.page.form.focus_field(detail),
            "outcome": self._note_outcome,
            "everything": self._ask_everything,
        }
        actions[what]()

    def _ask_all_of_known(self, entry: Entry) -> None:
        """Only a request that is being logged is short."""
        if not entry.id:
            return
        self.page.form.show_only(())
        if self._logging:
            self._logging = False
            # What had the keyboard is gone: Tab leads to the next step now.
            QTimer.singleShot(0, self, self.page.setFocus)

    def _ask_everything(self) -> None:
        self.page.form.show_only(())
        self.page.form.focus_field("subject_person")

    def _open_person(self, number: int) -> None:
        self.around.navigator.open_entry("people", number)

    def _link_person(self, field: str, number: int) -> None:
        """Links somebody of the register of people, as if it had been chosen in the form."""
        form = self.page.form
        form.set_values({**form.values(), field: number or None}, clean=False)
        if self.page.save():
            self.people.show_entry(self.page.entry)

    def _add_places(self) -> None:
        try:
            added = self.desk.requests.requests.start_searches(self.page.entry.id)
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.choose_stage("search")
        self.around.messages.say(f"{added} places added. Change or remove any that do not apply.")
        self.around.bus.publish(self.desk.requests.requests.settle(self.page.entry.id))

    def _add_recipients(self) -> None:
        requests = self.desk.requests.requests
        try:
            added = requests.propose_recipients(self.page.entry.id)
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        self.choose_stage("act")
        self.around.messages.say(
            f"{added} recipients added. Archive those who were never given this data."
            if added
            else "The asset register names nobody else. Add them by hand, or say below that nobody "
            "was given it.",
            tone="ok" if added else "info",
        )
        self.around.bus.publish(requests.settle(self.page.entry.id))

    def _save_portable(self) -> None:
        """The package of a request for transfer, where the user chooses; noted in the history."""
        portable, entry = self.desk.requests.portable, self.page.entry
        try:
            made = portable.package(entry)
        except DpdeskError as error:
            self.around.messages.say(str(error), tone="danger")
            return
        if self.door.save(made.content, f"{entry.reference} data.zip", "ZIP file (*.zip)"):
            self.around.bus.publish(portable.note(entry, made))
            told = " ".join(("Checked and saved:", made.said, *made.warnings))
            self.say(told, tone="warn" if made.warnings else "ok")

    def _begin_enquiry(self) -> None:
        self.choose_stage("enquire")
        self.part("request_enquiries").begin({"asked_on": self.service.today()})

    def _record_reply(self) -> None:
        """Opens the question that waits longest, where the day of the answer is entered."""
        self.choose_stage("clarify")
        panel = self.part("clarifications")
        waiting = [part for part in panel.model.entries if part.values.get("answered_on") is None]
        if waiting:
            panel.edit(waiting[0].id)
            panel.form.focus_field("answered_on")

    def _record_searches(self) -> None:
        self.choose_stage("search")
        self.together.begin()

    def _record_answer(self, awaited: Awaited) -> None:
        self.together.begin_for(awaited)

    def _suggest_search(self, part: Entry) -> Mapping[str, object]:
        """What to search for, while nothing is noted of a place."""
        if part.values.get("found") is not None or not self.page.entry.id:
            return {}
        return {"terms": as_noted(self.desk.requests.asking.terms(self.page.entry))}

    def _note_handover(self) -> None:
        self.choose_stage("respond")
        entry = self.page.entry
        releases = self.desk.disclosure.releases.of_request(entry.id)
        self.part("handovers").begin(
            {
                "given_on": self.desk.requests.requests.today(),
                "to_whom": entry.values.get("requester") or entry.values.get("subject"),
                "release_number": releases[-1].number if releases else None,
                "by_whom": self.desk.school.particulars().dpo_name,
            }
        )

    def _close_today(self) -> None:
        form = self.page.form
        form.set_values(
            {**form.values(), "closed": self.desk.requests.requests.today()}, clean=False
        )
        # How it ended is asked first, where it is not said yet.
        form.focus_field("closed" if form.values().get("outcome") else "outcome")

    def _destroy(self) -> None:
        """The papers of a case whose years are over; what was typed is saved first."""
        if self.page.dirty and not self.page.save():
            return
        if destroy_papers(self.desk, self.around, self.service.load(self.page.entry.id)):
            self.page.open(self.page.entry.id)
            self.choose_stage("closed")

    def _shut(self, entry: Entry) -> None:
        """What is left of a case whose papers were destroyed is only read."""
        for made in self.page.form.rows.values():
            made.set_read_only(entry.state == "disposed")
        if entry.state == "disposed":
            self.documents.hide()

    def _note_feedback(self) -> None:
        self.choose_stage("closed")
        self.part("request_feedback").begin({"given_on": self.service.today()})

    def _note_outcome(self) -> None:
        self.page.form.focus_field("outcome")

"""The breach log, and the page of one incident with the 72 hours, the report and the letters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from dpdesk.breaches.log import ShownIncidents
from dpdesk.desk import Desk
from dpdesk.law.clocks import ClockResult
from dpdesk.registers.entries import Entry
from ui.breaches.asked import SETTINGS
from ui.breaches.due_names import DueNames
from ui.breaches.letter_page import BreachLetterPage
from ui.breaches.letters_panel import BreachLettersPanel
from ui.breaches.next_step import BreachStep
from ui.breaches.proposal_panel import ProposalPanel
from ui.breaches.report_panel import ReportPanel
from ui.breaches.sent_panel import SentPanel
from ui.kit.pieces.badges import Badge, called_due, entry_due_badge
from ui.kit.pieces.buttons import option
from ui.kit.pieces.paper_door import PaperDoor
from ui.kit.pieces.surroundings import Surroundings
from ui.kit.register.inputs_many import ChoicesInput
from ui.kit.register.policy_panel import PolicyPanel
from ui.kit.register.register_page import ShownList
from ui.kit.register.register_room import RegisterRoom
from ui.kit.register.table import BadgeMaker

FIRST: Final = (
    "summary",
    "aware",
    "what",
    "incident_type",
    "equipment",
    "ongoing",
    "first_steps",
    "drill",
)
"""What is asked at first, so that an incident is in the log within two minutes."""

_LETTER: Final = "letter:"


class BreachesRoom(RegisterRoom):
    """The breaches tab."""

    part_stages: ClassVar = {
        "breach_staff": "assess",
        "breach_actions": "remediate",
        "breach_told": "report",
        "breach_reports": "report",
    }
    missing_for: ClassVar = " in the log"

    def __init__(
        self, desk: Desk, around: Surroundings, door: PaperDoor, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, desk.breaches.breaches, around, door, parent)
        # What is exported is the log with its reasons, as what is printed.
        self.list.export_asked.disconnect()
        self.list.export_asked.connect(self._export_log)

    def _part(self, shown: ShownList) -> ShownIncidents:
        """What the list shows, as a part of the log."""
        listing = shown.listing
        numbers = frozenset(listing.id(row) for row in range(len(listing.rows)))
        query = self.list.query
        chip = next((c.label for c in listing.register.chips if c.key == query.chip), "All")
        sought = f", found for “{query.search}”" if query.search else ""
        drills = "" if query.chip == "drill" else ", no drills"
        return ShownIncidents(numbers, f"{chip}{sought}{drills}")

    def _print_list(self, shown: ShownList) -> None:
        """The log as the policy asks for it, of what the list shows."""
        part, drills = self._part(shown), self.list.query.chip == "drill"
        log = self.desk.breaches.log
        self.door.offer(lambda: log.paper(drills=drills, part=part).content, "Breach log")

    def _export_log(self, shown: ShownList) -> None:
        part, drills = self._part(shown), self.list.query.chip == "drill"
        content = self.desk.breaches.log.spreadsheet(drills=drills, part=part)
        self.door.save(content, "Breach log.xlsx", "Excel file (*.xlsx)")

    def panels(self) -> Sequence[QWidget]:
        """The proposal, the letters and what was sent."""
        self.proposal = ProposalPanel(self.desk)
        self.letters = BreachLettersPanel(self.desk, self.door)
        self.sent = SentPanel(self.desk, self.door)
        self.policy = PolicyPanel(self.desk, self.around, lambda _entry: "breaches")
        return [self.proposal, self.letters, self.sent, self.policy]

    def furnish(self) -> None:
        """The countdown on top; the report as a page beside the questions."""
        self.step = BreachStep(self.desk, self.around)
        self.page.body.insertWidget(0, self.step)
        # A child of the page before it is ever shown, so that it ends with the page.
        self.report = ReportPanel(self.desk, self.around, self.door, self.page)
        self.report.hide()
        name = self.desk.school.particulars().regulator_short
        self.report_button = option(f"{name} report", "mdi6.file-document-outline", role="button")
        self.report_button.picked.connect(lambda on: self.show_report(on=on))
        self.letter = BreachLetterPage(self.desk, self.around, self.door)
        self.addWidget(self.letter)
        self.report_button.setToolTip("Show the report to the ICO as it would go now")
        self.page.head.buttons.addWidget(self.report_button)
        # A report goes by the button that keeps its paper, so there is none to add one without.
        self.part("breach_reports").add_button.hide()
        self._before: Mapping[str, Any] = {}
        self._typed = QTimer(self, singleShot=True, interval=200)
        self._typed.timeout.connect(self._preview)
        self._join()

    def _join(self) -> None:
        self.page.shown.connect(self._shown)
        self.page.form.changed.connect(self._typed.start)
        self.page.form.left.connect(self._carry)
        self.step.asked.connect(self._do)
        self.proposal.taken.connect(self._take)
        self.report.field_asked.connect(self._go_to_field)
        self.report.closed.connect(lambda: self.show_report(on=False))
        self.page.foot.next_asked.connect(self._uncover_step)
        self.letters.asked.connect(self._write_letter)
        self.letters.given_asked.connect(self._ask_given)
        self.letter.closed.connect(self._close_letter)
        self.proposal.print_asked.connect(self._print_assessment)
        self.report.save_asked.connect(self._save_first)
        self.report.sent.connect(self._after_sending)

    # --- showing -------------------------------------------------------------------------

    def _shown(self, entry: Entry) -> None:
        self.report_button.setVisible(bool(entry.id))
        self.step.show_entry(entry)
        self.report.show_entry(entry)
        if entry.id:
            self.page.form.show_only(())
        self._before = dict(self.page.form.values())
        self._offer_steps(entry.values)

    def due_badge(self, entry: Entry) -> Badge | None:
        """What is due next, by its name."""
        badge = entry_due_badge(entry, self.around.now())
        if badge is None or not entry.id:
            return badge
        name = self.desk.breaches.breaches.due_names([entry.id]).get(entry.id, "")
        return replace(badge, text=f"{name}: {badge.text}") if name else called_due(badge)

    def badges(self) -> Mapping[str, BadgeMaker]:
        """The due date says what is due: a date alone leaves one guessing."""
        return {"due": DueNames(self.desk, self.around).badge}

    def clock(self, entry: Entry) -> ClockResult | None:
        """The 72 hours."""
        return self.desk.breaches.breaches.clock(entry)

    def stage_of(self, entry: Entry) -> str:
        """Its state; a new one is being detected."""
        return entry.state or "detect"

    def done_of(self, entry: Entry) -> Collection[str]:
        """The stages in which something was noted."""
        return self.desk.breaches.breaches.done(entry)

    def follow(self, entry: Entry) -> None:
        """A part changed what comes next, or what the report says."""
        self.step.show_entry(entry)
        self.report.show_entry(entry)

    def part_known(self, key: str) -> Mapping[str, Any]:
        """The present moment, and who is at the desk."""
        who = self.desk.school.particulars().dpo_name
        if key == "breach_notes":
            return {"at": self.around.now(), "by_whom": who, "stage": self.stage or None}
        if key == "breach_told":
            return {"told_at": self.around.now()}
        if key == "breach_actions":
            return {"owner": who, "stage": "remediate"}
        return {}

    def new_entry(self, like: int = 0) -> None:
        """Begins an incident with the few questions that cannot wait."""
        self.show_report(on=False)
        super().new_entry(like)
        form = self.page.form
        if not like:
            self.choose_stage("detect")
            form.show_only(FIRST)
        # Whoever logs it looks after it, until somebody else is named.
        known = {"assigned_to": self.desk.school.particulars().dpo_name or None}
        form.set_values({**form.values(), **known})
        form.rows["summary"].input.setFocus()
        self.page.area.verticalScrollBar().setValue(0)
        self._before = dict(form.values())
        self._preview()

    def open_entry(self, entry_id: int, place: str = "") -> None:
        """Shows an incident; ``place`` may be a stage, or one of its letters."""
        self.show_report(on=False)
        letter = place.removeprefix(_LETTER) if place.startswith(_LETTER) else ""
        super().open_entry(entry_id, "" if letter else place)
        if letter:
            self._write_letter(letter)

    def _carry(self) -> None:
        """Fills in what the answers given since imply, where nothing stands; all of it is seen."""
        form = self.page.form
        values = {n: v for n, v in form.values().items() if v is not None}
        if values.get("aware") is None or self.page.entry.archived:
            return
        before = {n: v for n, v in self._before.items() if v is not None}
        implied = self.desk.breaches.breaches.carried(values, before, self.page.entry.id)
        self._before = {**form.values(), **implied}
        for name, answer in implied.items():
            form.rows[name].set_value(answer)
        if implied:
            form.refresh()
            self._preview()

    def _preview(self) -> None:
        values = {n: v for n, v in self.page.form.values().items() if v is not None}
        if not self.page.entry.id:
            self.step.preview(values)
        self.proposal.preview(values)
        self.report.preview(values)
        self._offer_steps(values)

    def _offer_steps(self, values: Mapping[str, Any]) -> None:
        """First steps are offered by the kind of incident."""
        steps = self.page.form.rows["first_steps"].input
        assert isinstance(steps, ChoicesInput)
        steps.offer(self.desk.breaches.breaches.first_steps(values))

    # --- the report ----------------------------------------------------------------------

    def show_report(self, *, on: bool) -> None:
        """Shows the report beside the questions or in their place, or the rail again."""
        page = self.page
        self.report_button.setChecked(on)
        page.show_beside(self.report if on else None)
        if on:
            self.report.preview(self.page.form.values())
            self.report.refresh()

    def _uncover_step(self) -> None:
        """The step named at the foot stands among the questions, which the report may cover."""
        if self.page.area.isHidden():
            self.show_report(on=False)
            self.page.next_in_sight.show_step()

    def _write_letter(self, kind: str) -> None:
        if not self._save_first():
            return
        self.letter.show_entry(self.page.entry, kind)
        self.setCurrentWidget(self.letter)

    def _close_letter(self) -> None:
        stage = self.stage
        self.page.open(self.page.entry.id)
        self.setCurrentWidget(self.page)
        self.choose_stage(stage)

    def can_leave(self) -> bool:
        """The words of a letter are kept; of a breach it is asked."""
        return self.letter.keep() if self._writing else super().can_leave()

    @property
    def place(self) -> str:
        """The stage shown, or the letter that is being written."""
        return f"{_LETTER}{self.letter.kind}" if self._writing else super().place

    @property
    def _writing(self) -> bool:
        return self._page is not None and self.currentWidget() is self.letter

    def _ask_given(self) -> None:
        """After the equipment report went to paper: when was it given?"""
        if self.page.entry.values.get("equipment_reported") is None:
            self._go_to_field("equipment_reported")

    def _print_assessment(self, entry: Entry) -> None:
        saved = self.desk.breaches.breaches.load(entry.id)
        self.door.offer(
            lambda: self.desk.breaches.reporting.assessment(saved).content,
            f"{saved.reference} assessment",
        )

    def _save_first(self) -> bool:
        return not self.page.dirty or self.page.save()

    def _after_sending(self) -> None:
        entry = self.desk.breaches.breaches.load(self.page.entry.id)
        self.say("Recorded as sent; the report is kept as it was.")
        self.around.bus.publish(self.settle(entry.id))

    # --- doing ---------------------------------------------------------------------------

    def _do(self, name: str) -> None:
        what, _, detail = name.partition(":")
        actions: dict[str, Callable[[], object]] = {
            "stage": lambda: self._go_to_stage(detail),
            "report": lambda: self.show_report(on=True),
            "letters": lambda: self._write_letter(self.letters.first(self.page.entry)),
            "given": lambda: self._note_now("equipment_reported"),
            "delay": lambda: self._go_to_field("delay_why"),
            "contained": lambda: self._go_to_field("contained"),
            "equipment": self.letters.print_equipment,
            "told": lambda: self._begin_part("report", "breach_told", {"whom": "people"}),
            "action": lambda: self._begin_part("remediate", "breach_actions", {}),
            "resolve": lambda: self._note_today("resolved", "resolved"),
            "reviewed": lambda: self._note_today("review", "reviewed"),
        }
        actions[what]()

    def _go_to_stage(self, stage: str) -> None:
        self.choose_stage(stage)
        rows = self.page.form.rows
        sections = {s.key for s in self.service.register.sections if s.stage == stage}
        unanswered = (
            field.name
            for field in self.service.register.fields
            if field.section in sections
            and not rows[field.name].isHidden()
            and self.page.form.values().get(field.name) is None
        )
        first = next(unanswered, "")
        if first:
            self.page.form.focus_field(first)

    def _go_to_field(self, name: str) -> None:
        if name == SETTINGS:
            self.around.navigator.open_page("settings", section="school")
            return
        section = self.service.register.field(name).section
        if self.page.area.isHidden():
            # On a small screen the report stands in the place of the questions.
            self.show_report(on=False)
        self.choose_stage(
            next(each.stage for each in self.service.register.sections if each.key == section)
        )
        self.page.form.focus_field(name)

    def _begin_part(self, stage: str, key: str, known: Mapping[str, Any]) -> None:
        self.choose_stage(stage)
        self.part(key).begin({**self.part_known(key), **known})

    def _note_today(self, stage: str, name: str) -> None:
        """Answers a question with today and saves it; the message bar takes it back."""
        self.choose_stage(stage)
        self._note(name, self.service.today())

    def _note_now(self, name: str) -> None:
        self._note(name, self.around.now().replace(second=0, microsecond=0))

    def _note(self, name: str, answer: Any) -> None:
        form = self.page.form
        form.set_values({**form.values(), name: answer}, clean=False)
        self.page.save()

    def _take(self, decision: str) -> None:
        """Puts the proposal with its reasons into the form, to be read and saved."""
        self.choose_stage("report")
        form = self.page.form
        values = {n: v for n, v in form.values().items() if v is not None}
        found = self.desk.breaches.breaches.as_decision(values)
        fresh = {n: v for n, v in found.items() if v is not None and not values.get(n)}
        form.set_values({**form.values(), **fresh, "decision": decision}, clean=False)
        self._carry()
        form.focus_field("decision_why")
        self._preview()

"""Reports, letters and papers of a breach, written from what the log knows; reports are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from dpdesk.breaches import name_free, rules
from dpdesk.breaches.name_free import Warned
from dpdesk.breaches.report_answers import Answered, answer_all
from dpdesk.breaches.report_case import NOTHING_EARLIER, Case, Earlier
from dpdesk.breaches.service import BreachService
from dpdesk.breaches.telling import GROUPS as GROUPS
from dpdesk.breaches.telling import Telling
from dpdesk.documents.shelf import PaperShelf, Shelved
from dpdesk.errors import InvalidEntry
from dpdesk.law.breach_lists import setting, steps_done
from dpdesk.law.words import LONDON
from dpdesk.papers.flow import Printed
from dpdesk.registers.entries import Entry
from dpdesk.registers.known_names import KnownNames
from dpdesk.registers.names import sure_within, typed_within
from dpdesk.registers.service import RegisterService

_PROMISED = "promised"
"""In the answers kept: the day by which the rest was promised, which is no question."""


_OF_EQUIPMENT = ("equipment_what", "equipment_by", "equipment_how", "occurred", "aware")
"""What the written report on equipment asks."""


class Reporting(Telling):
    """Writes what a breach needs on paper; letters as ``Telling`` says.

    The report to the regulator must hold no name of a person that any register knows.
    """

    def __init__(self, breaches: BreachService, shelf: PaperShelf) -> None:
        super().__init__(breaches)
        self._shelf = shelf
        self.named_in: Sequence[RegisterService[Any, Any]] = ()
        """The registers whose names no report may hold; all of the desk, once it is joined."""

    # --- the report to the regulator -----------------------------------------------------

    def answers(self, entry: Entry, *, follow_up: bool = False) -> tuple[Answered, ...]:
        """Every question that applies with its answer, in the order of the form."""
        return answer_all(self._case_now(entry, follow_up))

    def warnings(self, entry: Entry, answers: Iterable[Answered]) -> tuple[Warned, ...]:
        """What in the answers looks like a name or an identifier."""
        allowed = self._breaches.bodies_named()
        return name_free.warnings(answers, lambda: self._names(entry), allowed)

    def _names(self, entry: Entry) -> KnownNames:
        """Names of persons that any register knows."""
        school = self._breaches.school.particulars()
        typed = (school.head, school.dpo_name, *self._breaches.names(entry))
        with self._breaches.database.reading() as session:
            return KnownNames(
                (*typed, *typed_within(session, self.named_in)),
                sure_within(session, self.named_in),
            )

    def report(self, entry: Entry, *, follow_up: bool = False) -> Printed:
        """The report as a PDF, as it would go now."""
        case = self._case_now(entry, follow_up)
        return self._print(case, answer_all(case))

    def send(
        self,
        entry: Entry,
        *,
        sent_at: dt.datetime,
        channel: str,
        follow_up: bool = False,
        case_reference: str = "",
        note: str = "",
    ) -> Entry:
        """Notes that the report was sent, and keeps it as it is now, for good.

        Returns the entry of the report. Raises InvalidEntry where the moment cannot be, or the
        reasons for a delay are missing. What is kept is what the log says in that very moment.
        """
        kind = "follow_up" if follow_up else "initial"
        key = self._breaches.register.key
        with self._breaches.database.changing() as change:
            entry = self._breaches.load_within(change.session, entry.id)
            case = self._case(change.session, entry, follow_up, sent_at, case_reference)
            answers = answer_all(case)
            printed = self._print(case, answers)
            number = self._shelf.last_number(change.session, key, entry.id) + 1
            sent = {
                "sent_at": sent_at,
                "kind": kind,
                "channel": channel,
                "case_reference": case_reference,
                "paper": number,
                "note": note,
            }
            row = self._breaches.reports.save_within(change, sent, parent_id=entry.id)
            kept = self._shelf.keep(
                change,
                key,
                entry.id,
                printed.content,
                number=number,
                kind=kind,
                answers=_kept(answers, case),
            )
            label = f"{kind.replace('_', '-')} report {number}, SHA-256 {kept.sha256}"
            change.note(key, entry.id, "report", None, label)
            try:
                self._breaches.refresh_within(change, entry.id)
            except InvalidEntry as error:
                raise self._breaches.reports.against_parent(error) from error
            report_id = row.id
        return self._breaches.reports.load(report_id)

    def frozen(self, entry_id: int) -> tuple[Shelved, ...]:
        """The reports kept of a breach, oldest first."""
        return self._shelf.of_entry(self._breaches.register.key, entry_id)

    def content(self, frozen_id: int) -> bytes:
        """The paper of a report as it was sent. Raises NotFound, DamagedWorkspace."""
        return self._shelf.content(self._breaches.register.key, frozen_id)

    # --- other papers --------------------------------------------------------------------

    def equipment(self, entry: Entry) -> Printed:
        """The written report about lost, damaged or stolen equipment (policy 16.4)."""
        from dpdesk.breaches import papers  # reportlab is loaded only when something is printed

        school = self._breaches.school.particulars()
        due = entry.values["aware"] + dt.timedelta(hours=setting("equipment_hours"))
        facts = [(entry.register.field(n).label, entry.shown(n)) for n in _OF_EQUIPMENT]
        facts.append(("Personal data that may be affected", self._on_it(entry)))
        encrypted = entry.register.field("encrypted").label
        facts.append((encrypted, entry.shown("encrypted")))
        facts.append(("First steps taken", "\n".join(_steps(entry))))
        to = dict.fromkeys((school.head or "the head teacher", school.dpo_name))
        return papers.equipment_report(
            papers.EquipmentPaper(
                entry.reference,
                facts,
                due,
                tuple(to),
                self._today(),
                self._breaches.school.letterhead(),
                entry.values.get("drill") == "yes",
            )
        )

    def equipment_gaps(self, entry: Entry) -> tuple[str, ...]:
        """The questions of the written report on equipment that have no answer yet."""
        return tuple(entry.register.field(n).label for n in _OF_EQUIPMENT if not entry.shown(n))

    def _on_it(self, entry: Entry) -> str:
        """What the log says of the data: of the things affected, else by the kinds of data."""
        return entry.shown("affected") or entry.shown("data_kinds")

    def assessment(self, entry: Entry) -> Printed:
        """The proposal whether to report with its reasons, and the decision, to be kept."""
        from dpdesk.breaches import papers

        names = ("decision", "decision_why", "decided", "decided_by")
        return papers.assessment(
            papers.AssessmentPaper(
                entry.reference,
                entry.title,
                self._breaches.proposal(entry.values),
                [(entry.register.field(name).label, entry.shown(name)) for name in names],
                self._today(),
                self._breaches.school.letterhead(),
                entry.values.get("drill") == "yes",
            )
        )

    # --- inside --------------------------------------------------------------------------

    def _case_now(self, entry: Entry, follow_up: bool) -> Case:
        with self._breaches.database.reading() as session:
            return self._case(session, entry, follow_up, self._breaches.now())

    def _case(
        self,
        session: Session,
        entry: Entry,
        follow_up: bool,
        at: dt.datetime,
        case_reference: str = "",
    ) -> Case:
        """Everything that the answers are written from, as it stands at one moment."""
        breaches = self._breaches
        given = [row.case_reference for row in breaches.reports.part_rows(session, entry.id)]
        known = case_reference or next((each for each in reversed(given) if each), "")
        return Case(
            values=entry.values,
            reference=entry.reference,
            school=breaches.school.particulars(),
            at=at,
            follow_up=follow_up,
            reported=breaches.reported_within(session, entry.id),
            staff=breaches.staff.part_values(session, entry.id),
            actions=breaches.actions.part_values(session, entry.id),
            told=breaches.told.part_values(session, entry.id),
            case_reference=str(known),
            earlier=self._last(session, entry.id) if follow_up else NOTHING_EARLIER,
            bodies=breaches.settings.bodies(),
        )

    def _last(self, session: Session, entry_id: int) -> Earlier:
        """What the last report said that was kept."""
        kept = self._shelf.within(session, self._breaches.register.key, entry_id)
        found = dict(kept[-1].answers) if kept else {}
        promised = found.pop(_PROMISED, "")
        return Earlier(found, dt.date.fromisoformat(promised) if promised else None)

    def _print(self, case: Case, answers: tuple[Answered, ...]) -> Printed:
        from dpdesk.breaches import papers

        before = [moment for moment in case.reported if moment < case.at]
        return papers.regulator_report(
            papers.ReportPaper(
                answers,
                case.reference,
                case.school.regulator_name,
                case.follow_up,
                case.at.astimezone(LONDON).date(),
                rules.deadline(case.values),
                self._breaches.school.letterhead(),
                case.values.get("drill") == "yes",
                next((a.text for a in answers if a.question.number == "2" and a.known), ""),
                max((m.astimezone(LONDON).date() for m in before), default=None),
            )
        )


def _kept(answers: Iterable[Answered], case: Case) -> dict[str, str]:
    """What a follow-up is compared with: each answer, and the day promised for the rest."""
    kept = {each.question.number: each.text for each in answers}
    promised: dt.date | None = case.values.get("rest_by")
    return kept if promised is None else kept | {_PROMISED: promised.isoformat()}


def _steps(entry: Entry) -> list[str]:
    """What was done in the first hour, in sentences."""
    return [f"{step}." for step in steps_done(entry.values.get("first_steps") or ())]

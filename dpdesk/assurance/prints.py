"""Gathers for paper what the registers of assurance know."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select

from dpdesk import resources
from dpdesk.assurance.dpia_service import DpiaService
from dpdesk.assurance.pick_lists import setting
from dpdesk.assurance.policy_service import PolicyService
from dpdesk.assurance.risk_service import RiskService, counted
from dpdesk.assurance.services import AuditService, InterestService, SharingService
from dpdesk.assurance.sharing_records import Given, Sharing
from dpdesk.law.words import count, long_date, short_date
from dpdesk.registers.entries import Entry
from dpdesk.registers.wording import show
from dpdesk.school.service import SchoolService

if TYPE_CHECKING:
    from dpdesk.assurance.dpia_papers import DpiaQuestions
    from dpdesk.papers.flow import Printed
    from dpdesk.papers.leaflet import Leaflet


class AssurancePrints:
    """Assurance on paper."""

    def __init__(self, school: SchoolService) -> None:
        self._school = school

    def dpia(self, dpias: DpiaService, entry: Entry) -> Printed:
        """An impact assessment in the ICO's seven steps."""
        return dpias.paper(entry.id).printed()

    def questions(self, dpias: DpiaService, entry: Entry) -> DpiaQuestions:
        """The questions of an assessment, for staff who know what is planned."""
        from dpdesk.assurance.dpia_papers import DpiaQuestions

        officer = self._school.particulars().dpo_name
        head = self._school.letterhead()
        return DpiaQuestions(entry, officer, dpias.today(), head)

    def quiz(self, code: str, day: dt.date, *, answers: bool = False) -> Printed:
        """A quiz for staff, or its answers. Raises NotFound."""
        from dpdesk.assurance.quiz_papers import quiz, quiz_answers, quiz_sheet

        make = quiz_answers if answers else quiz_sheet
        return make(quiz(code), day, self._school.letterhead())

    def closure(self, audits: AuditService, entry: Entry) -> Printed:
        """The closure summary of an audit, on paper."""
        from dpdesk.papers.leaflet import leaflet_pdf

        return leaflet_pdf(self.closing(audits, entry))

    def closing(self, audits: AuditService, entry: Entry) -> Leaflet:
        """The same for paper, Word and a website."""
        from dpdesk.assurance.papers import ClosurePaper, closure_leaflet

        actions = [each.values for each in audits.actions.parts(entry.id)]
        head = self._school.letterhead()
        return closure_leaflet(
            ClosurePaper(entry.reference, entry.values, actions, audits.today(), head)
        )

    def ratings(self, audits: AuditService) -> Printed:
        """The self-assessments side by side."""
        from dpdesk.assurance.audit_papers import ratings_paper

        return ratings_paper(audits.self_assessments(), audits.today(), self._school.letterhead())

    def risks(self, risks: RiskService) -> Printed:
        """All risks that still are."""
        from dpdesk.assurance.papers import RiskRow, risks_paper

        judged = risks.judged()
        rows = [
            RiskRow(
                each.entry.reference,
                each.entry.title,
                each.level,
                "rose" if each.change > 0 else "fell" if each.change < 0 else "",
                "\n".join(
                    t for name in ("done", "more") if (t := str(each.entry.values.get(name) or ""))
                ),
                str(each.entry.values.get("who") or ""),
                short_date(each.entry.values["until"]) if each.entry.values.get("until") else "",
            )
            for each in judged
        ]
        return risks_paper(rows, counted(judged), risks.today(), self._school.letterhead())

    def shared(self, sharing: SharingService, first: dt.date, last: dt.date) -> Printed:
        """What is shared regularly, and what was given in a time; without names of people."""
        from dpdesk.assurance.papers import SharedRow, sharing_paper

        fields = {field.name: field for field in sharing.register.fields}
        rows = []
        with sharing.database.reading() as session:
            given: dict[int, int] = {}
            asked = select(Given.parent_id).where(
                Given.archived_at.is_(None), Given.day.between(first, last)
            )
            for number in session.scalars(asked):
                given[number] = given.get(number, 0) + 1
            kept = select(Sharing).where(
                Sharing.archived_at.is_(None), Sharing.state.in_(("approved", "no_agreement"))
            )
            for row in session.scalars(kept.order_by(Sharing.whom)):
                values = sharing.answers(row)
                if row.kind != "regular" and row.id not in given:
                    continue
                said = {name: show(fields[name], values.get(name)) for name in _PUBLIC}
                times = count(given[row.id], "time") if row.id in given else ""
                rows.append(
                    SharedRow(
                        said["whom"], said["what"], said["why"], said["basis"], said["kind"], times
                    )
                )
        span = f"From {long_date(first)} to {long_date(last)}."
        return sharing_paper(rows, span, sharing.today(), self._school.letterhead())

    def decision(self, sharing: SharingService, entry: Entry) -> Printed:
        """The five answers about sharing something, and what was decided."""
        from dpdesk.assurance.sharing_papers import DecisionPaper, decision_paper

        given = [each.values for each in sharing.part(Given).parts(entry.id)]
        return decision_paper(
            DecisionPaper(entry, given, sharing.today(), self._school.letterhead())
        )

    def agreement(self, sharing: SharingService, entry: Entry) -> Leaflet:
        """A sharing agreement to be changed in Word and signed by both."""
        from dpdesk.papers.leaflet import Leaflet, LeafletSection

        fields = {field.name: field for field in sharing.register.fields}

        def said(name: str) -> tuple[str, ...]:
            words = show(fields[name], entry.values.get(name))
            return tuple(line for line in words.split("\n") if line.strip()) or ("…",)

        def known(*names: str) -> tuple[str, ...]:
            told = ((fields[n].column, show(fields[n], entry.values.get(n))) for n in names)
            return tuple(f"{head}: {words}." for head, words in told if words)

        school, whom = self._school.letterhead().school, str(entry.values.get("whom") or "…")
        sections = (
            ("What is shared", said("what")),
            ("What for", said("why")),
            ("What allows it", (*said("basis"), *said("power"))),
            ("No more than is needed", said("less")),
            ("How it is sent and kept safe", (*said("sent_how"), *known("stored", "safeguards"))),
            ("How long it is kept", said("kept_for")),
            ("When it is reviewed", (_looked_at_again(entry),)),
            ("What both promise", tuple(_promises())),
        )
        return Leaflet(
            f"Agreement on sharing data between {school} and {whom}",
            tuple(LeafletSection(head, words) for head, words in sections),
            sharing.today(),
            reference=entry.reference,
            letterhead=self._school.letterhead(),
            foot=f"Draft of {long_date(sharing.today())}. Have it checked before it is signed.",
            signed_by=(school, whom),
        )

    def interest(self, interests: InterestService, entry: Entry) -> Leaflet:
        """The assessment of a legitimate interest: its three tests and their outcome."""
        from dpdesk.papers.leaflet import Leaflet, LeafletSection

        asked = [
            (section.title, self._answers(entry, section.key))
            for section in entry.register.sections
        ]
        done = entry.values.get("done_on")
        by = f" by {entry.values['by']}" if entry.values.get("by") else ""
        return Leaflet(
            f"Legitimate interest: {entry.title}",
            tuple(
                LeafletSection(
                    title, columns=("Question", "Answer"), rows=rows, shares=(0.38, 0.62)
                )
                for title, rows in asked
                if rows
            ),
            interests.today(),
            (f"{entry.register.state(entry.state).label}.",),
            foot=f"Weighed on {long_date(done)}{by}." if done else "Not weighed yet.",
            letterhead=self._school.letterhead(),
            marking="" if done else "Draft",
            reference=entry.reference,
        )

    @staticmethod
    def _answers(entry: Entry, section: str) -> tuple[tuple[str, str], ...]:
        """Questions and answers of one section, without notes to oneself."""
        return tuple(
            (field.label, entry.shown(field.name) or "Not recorded")
            for field in entry.register.fields
            if field.section == section
            and field.name not in {"name", "notes", "months"}
            and field.applies(entry.values)
            and (field.wanted or entry.values.get(field.name))
        )

    def older(self, policies: PolicyService, entry: Entry) -> Printed:
        """Where a policy is older than the law, with the wording that would be right."""
        from dpdesk.assurance.policy_papers import older_paper

        found = policies.older(entry)
        places = found.places if found is not None else ()
        read_in = found.read_in if found is not None else ""
        head = self._school.letterhead()
        return older_paper(entry.title, read_in, places, policies.today(), head)

    def reading_sheet(self, policies: PolicyService, entry_id: int) -> Printed:
        """A sheet to sign for those who still have to read a policy."""
        from dpdesk.assurance.papers import reading_sheet

        entry = policies.load(entry_id)
        found = next((r for r in policies.readers() if r.entry.id == entry_id), None)
        names = [each.name for each in found.missing] if found is not None else []
        version = found.version if found is not None else ""
        head = self._school.letterhead()
        return reading_sheet(entry.title, version, names, policies.today(), head)


def _looked_at_again(entry: Entry) -> str:
    months = entry.values.get("months") or setting("sharing_months")
    return f"Every {count(months, 'month')}, and whenever what is shared or its purpose changes."


def _promises() -> list[str]:
    found: list[str] = resources.kept("templates", "sharing_agreement.toml")["promises"]
    return found


_PUBLIC = ("whom", "what", "why", "basis", "kind")
"""What may be published of a share."""

"""Gathers what the papers of this room need, and the schedule as a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dpdesk.law.pick_lists import choice
from dpdesk.law.retention_periods import year_end_words
from dpdesk.law.sources import Confidence, advice
from dpdesk.papers.flow import Printed
from dpdesk.registers.entries import Entry, ListColumn, Listing
from dpdesk.registers.spreadsheet_out import export
from dpdesk.registers.wording import show_date
from dpdesk.retention.disposal_records import DisposedLine
from dpdesk.retention.disposal_service import DisposalService
from dpdesk.retention.hold_service import HoldService
from dpdesk.retention.holding_records import Holding
from dpdesk.retention.holding_service import HoldingService
from dpdesk.retention.schedule_service import EditionService, ScheduleService
from dpdesk.school.service import SchoolService

if TYPE_CHECKING:
    from dpdesk.retention.papers import ClassRow, DisposalPaper

_CERTIFIED = (
    "approved_on",
    "approved_by",
    "looked",
    "looked_how",
    "method",
    "done_on",
    "done_by",
    "witness",
    "handed_to",
    "receipt",
    "contractor",
    "certificate",
    "third_parties",
    "told",
)


class RetentionPrints:
    """The papers of the retention room."""

    def __init__(
        self,
        school: SchoolService,
        schedule: ScheduleService,
        editions: EditionService,
        holdings: HoldingService,
        holds: HoldService,
        disposals: DisposalService,
    ) -> None:
        self._school = school
        self._schedule = schedule
        self._editions = editions
        self._holdings = holdings
        self._holds = holds
        self._disposals = disposals

    # --- the schedule --------------------------------------------------------------------

    def schedule(self) -> Printed:
        """The schedule as it stands now, a draft, with what changed since the last edition."""
        return self._print_schedule(0, None, "")

    def working_copy(self) -> Printed:
        """The schedule with the school's own notes and with what an adviser should be asked."""
        return self._print_schedule(0, None, "", working=True)

    def edition(self, number: int, day: dt.date, signed_by: str) -> Printed:
        """The schedule as an edition that is being signed off."""
        return self._print_schedule(number, day, signed_by)

    def schedule_sheet(self) -> bytes:
        """The schedule as a spreadsheet for publication, with what changed since the edition."""
        since = self._editions.last()
        changed = {each.code: each.words for each in self._editions.changes_since(since)}
        heading = f"Changed since e{since.title[1:]}" if since else "Changed"
        named = (
            "Group",
            "Code",
            "Records",
            "Kept for",
            "Then",
            "Basis",
            "Source",
            "Note",
        )
        columns = tuple(ListColumn(name.lower(), name) for name in (*named, heading))
        rows: list[tuple[Any, ...]] = [
            (
                place,
                row.group,
                row.code,
                row.records,
                row.period,
                row.action,
                row.basis,
                row.source,
                row.note,
                changed.get(row.code, ""),
            )
            for place, row in enumerate(self._rows(), 1)
        ]
        for each in self._editions.changes_since(since):
            if each.kind == "withdrawn":
                blank = [""] * (len(named) - 3)
                rows.append((0, "", each.code, each.records, *blank, each.words))
        return export(Listing(self._schedule.register, columns, rows, len(rows)))

    def _print_schedule(
        self, number: int, day: dt.date | None, signed_by: str, *, working: bool = False
    ) -> Printed:
        from dpdesk.retention import papers  # reportlab is loaded only when something is printed

        since = self._editions.last()
        return papers.schedule(
            papers.SchedulePaper(
                self._rows(),
                self._today(),
                edition=number,
                signed_on=day,
                signed_by=signed_by,
                years=self._years(),
                changes=self._editions.changes_since(since),
                since=f"e{since.title[1:]}" if since else "",
                working=working,
                letterhead=self._school.letterhead(),
            )
        )

    def _rows(self) -> tuple[ClassRow, ...]:
        from dpdesk.retention.papers import ClassRow

        return tuple(
            ClassRow(
                group=entry.shown("group"),
                code=str(entry.values["code"]),
                records=str(entry.values["records"]),
                period=self._schedule.period_words(entry),
                action=entry.shown("action"),
                basis=entry.shown("basis"),
                source=str(entry.values.get("citation") or ""),
                note=str(entry.values.get("says") or ""),
                caution=_caution(entry),
                own=str(entry.values.get("note") or ""),
            )
            for entry in self._schedule.in_use()
        )

    def _years(self) -> str:
        values = self._school.entry().values
        school, money = (
            year_end_words(int(values.get(name) or 8))
            for name in ("school_year_ends", "financial_year_ends")
        )
        return (
            f"The school year ends on {school}, the financial year on {money}, the tax year on "
            "5 April."
        )

    # --- what is due ---------------------------------------------------------------------

    def due_list(self) -> Printed:
        """What is due for disposal today, with reasons, and what is held up."""
        from dpdesk.retention import papers

        return papers.due_list(self._due_paper())

    def outlook(self, years: int = 10) -> Printed:
        """A picture of what falls due in the years to come."""
        from dpdesk.retention import papers

        return papers.outlook(self._due_paper(years))

    def _due_paper(self, years: int = 10) -> Any:
        from dpdesk.retention import papers

        actions = self._schedule.register.field("action").choices
        return papers.DuePaper(
            self._holdings.due(),
            {each.code: each.label for each in actions},
            self._holdings.falls_due(years),
            self._today(),
            self._school.letterhead(),
        )

    # --- disposals and holds -------------------------------------------------------------

    def certificate_of(self, entry: Entry, lines: Sequence[DisposedLine]) -> Printed:
        """The certificate of a disposal that is being done."""
        from dpdesk.retention import papers

        return papers.certificate(_disposal(entry, lines), self._today(), self._school.letterhead())

    def certificate(self, entry: Entry) -> Printed:
        """The certificate with what was added since, such as the contractor’s number."""
        return self.certificate_of(entry, self._disposals.lines(entry.id))

    def log(self, first: dt.date, last: dt.date) -> Printed:
        """The disposal log between two days, both counted."""
        from dpdesk.retention import papers

        found = [_disposal(entry, lines) for entry, lines in self._disposals.log(first, last)]
        return papers.log(found, first, last, self._today(), self._school.letterhead())

    def hold_notice(self, entry: Entry) -> Printed:
        """The notice of a hold, for whoever keeps what it touches."""
        from dpdesk.retention import papers

        school = self._school.particulars()
        held = Holding.held_by.contains(entry.reference, autoescape=True)
        names = ["kind", "since", "by_whom", "everything", "people", "rules", "assets", "review_on"]
        if entry.state == "lifted":
            names += ["lifted", "lifted_by", "lifted_why"]
        facts = [("Why", str(entry.values["reason"]))]
        facts += [
            (entry.register.field(name).label, entry.shown(name))
            for name in names
            if entry.values.get(name) is not None
        ]
        contact = ", ".join(
            part for part in (school.dpo_name, school.dpo_email, school.dpo_telephone) if part
        )
        return papers.hold_notice(
            papers.HoldPaper(
                entry.reference,
                str(entry.values["reason"]),
                entry.state == "lifted",
                tuple(facts),
                tuple(
                    (each.reference, each.title, str(each.values.get("place") or ""))
                    for each in self._holdings.entries_where(held)
                ),
                self._today(),
                contact,
                self._school.letterhead(),
            )
        )

    # --- inside --------------------------------------------------------------------------

    def _today(self) -> dt.date:
        return self._holdings.today()


def _caution(entry: Entry) -> str:
    """A sentence while the period is not confirmed and nobody has asked the adviser."""
    checked = entry.values.get("checked")
    if checked is not None:
        return f"Checked with the school’s adviser on {show_date(checked)}."
    return advice(Confidence(entry.values.get("confidence") or "R"))


def _disposal(entry: Entry, lines: Sequence[DisposedLine]) -> DisposalPaper:
    from dpdesk.retention.papers import DisposalPaper

    method = choice("methods", str(entry.values["method"]), "retention").label
    facts = [
        (entry.register.field(name).label.rstrip("?"), method if name == "method" else shown)
        for name in _CERTIFIED
        if (shown := entry.shown(name)) or name == "witness"
    ]
    return DisposalPaper(entry.reference, entry.title, tuple(facts), tuple(lines))
